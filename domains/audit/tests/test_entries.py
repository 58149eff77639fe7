"""What is written, by whom, and what never is."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from domains import audit
from domains.audit import Filter
from domains.kit import Actor, Database, new_id

STAFF = Actor.staff(new_id(), "manager")
SHOPPER = Actor.customer(new_id())


async def all_of(db: Database) -> list[audit.EntryRow]:
    async with db.transaction(STAFF) as tx:
        return await audit.entries(tx, Filter())


async def test_an_entry_says_who_did_what_with_before_and_after(db: Database) -> None:
    mug = new_id()

    async with db.transaction(STAFF) as tx:
        entry_id = await audit.record(
            tx,
            action="product.changed",
            subject=("product", mug),
            label="Mug",
            changes={"name": ("Cup", "Mug"), "slug": ("mug", "mug")},
        )

    (entry,) = await all_of(db)
    assert entry.id == entry_id
    assert (entry.actor_kind, entry.actor_id, entry.actor_name) == ("staff", STAFF.id, "manager")
    assert (entry.action, entry.subject_kind, entry.subject_id, entry.label) == (
        "product.changed", "product", str(mug), "Mug",
    )  # fmt: skip
    assert entry.changes == {"name": ("Cup", "Mug")}
    assert len(entry.trace_id) == 32


async def test_what_changes_nothing_leaves_no_entry(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        written = await audit.record(
            tx, action="product.changed", subject=("product", "1"), changes={"name": ("Mug", "Mug")}
        )

    assert written is None
    assert await all_of(db) == []


async def test_of_personal_data_stands_only_that_it_changed(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await audit.record(
            tx,
            action="order.address_changed",
            subject=("order", "1"),
            changes={"phone": ("0123", "0456"), "country": ("DE", "AT")},
            sensitive=("phone", "address"),
        )

    (entry,) = await all_of(db)
    assert entry.changes == {"country": ("DE", "AT")}
    assert entry.hidden == ["address", "phone"]
    async with db.transaction(STAFF) as tx:
        whole = (await tx.sql("SELECT e::text FROM audit.entries e")).scalar_one()
    assert "0123" not in whole
    assert "0456" not in whole


async def test_what_shoppers_do_is_written_only_where_money_moves(db: Database) -> None:
    async with db.transaction(SHOPPER) as tx:
        assert await audit.record(tx, action="profile.changed", subject=("account", "1")) is None
        paid = await audit.record(tx, action="payment.captured", subject=("payment", "1"), money=True)
    async with db.transaction(Actor.system("shop")) as tx:
        assert await audit.record(tx, action="product.changed", subject=("product", "1")) is None
        reset = await audit.record(tx, action="staff.mfa_reset", subject=("account", "1"), always=True)

    assert {entry.id for entry in await all_of(db)} == {paid, reset}


async def test_a_view_of_personal_data_is_an_entry(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await audit.seen(tx, ("customer", "1"), "customer page")
    async with db.transaction(SHOPPER) as tx:
        await audit.seen(tx, ("customer", "1"), "own page")

    (entry,) = await all_of(db)
    assert (entry.action, entry.note) == ("customer.seen", "customer page")


@pytest.mark.parametrize("table", ["entries", "seals"])
@pytest.mark.parametrize("statement", ["UPDATE audit.{} SET {}", "DELETE FROM audit.{}", "TRUNCATE audit.{} CASCADE"])
async def test_the_database_refuses_to_change_what_was_written(db: Database, table: str, statement: str) -> None:
    async with db.transaction(STAFF) as tx:
        await audit.record(tx, action="product.changed", subject=("product", "1"))
        await audit.seal(tx)
        column = {"entries": "label = 'other'", "seals": "position = position + 1"}[table]

        with pytest.raises(IntegrityError, match="append-only"):
            async with tx.session.begin_nested():
                await tx.sql(statement.format(table, column))


async def test_the_log_is_found_by_who_what_when_and_words(db: Database) -> None:
    other = Actor.staff(new_id(), "owner")
    batch = new_id()
    async with db.transaction(STAFF) as tx:
        mug = await audit.record(tx, action="product.changed", subject=("product", "1"), label="Blue mug", batch=batch)
        sent = await audit.record(tx, action="refund.requested", subject=("refund", "2"), label="ORD-7", money=True)
    async with db.transaction(other) as tx:
        page = await audit.record(tx, action="page.changed", subject=("page", "3"), label="100 % wool")

        async def found(**wanted: Any) -> list[UUID]:
            return [entry.id for entry in await audit.entries(tx, Filter(**wanted))]

        assert await found() == [page, sent, mug]
        assert await found(actor_id=other.id) == [page]
        assert await found(action="product") == [mug]
        assert await found(action="product.changed") == [mug]
        assert await found(subject_kind="refund", subject_id="2") == [sent]
        assert await found(money_only=True) == [sent]
        assert await found(search="blue MUG") == [mug]
        assert await found(search="0 % w") == [page]
        assert await found(search="%") == [page]
        assert await found(search=str(batch)) == [mug]
        assert await found(since=await tx.now()) == [page, sent, mug]
        assert await found(until=await tx.now()) == []
        assert await audit.actions(tx) == ["page.changed", "product.changed", "refund.requested"]
        assert [entry.id for entry in await audit.entries(tx, Filter(), before=page, limit=1)] == [sent]
        assert [entry.id for entry in await audit.entries(tx, Filter(), after=mug, limit=1)] == [sent]
