"""Who sees an order: its owner, and who holds a link; all others are told the same (ORD-14; B02, B05)."""

from datetime import timedelta

import pytest

from domains import orders
from domains.kit import Database, new_id, new_token
from domains.kit.clock import shift
from domains.kit.deliveries import drain, subscribe
from domains.orders.subscribers import SUBSCRIBERS
from domains.orders.tests.factories import TESTER, an_account, event_types, placed


async def test_a_link_opens_its_order_and_no_other(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        mine, other = await placed(tx), await placed(tx)
        token = await orders.open_access(tx, mine.id)

        assert (await orders.by_access(tx, mine.number, [token])).id == mine.id
        assert (await orders.visible(tx, mine.number, account_id=None, tokens=["x", token])).id == mine.id
        for number, tokens in (
            (other.number, [token]),
            (mine.number, []),
            (mine.number, [new_token()]),
            (mine.number, [token[:-1]]),
            (mine.number, [token + "A"]),
            ("ORD-20260101-0000", [token]),
        ):
            with pytest.raises(orders.OrderNotFound):
                await orders.by_access(tx, number, tokens)
            with pytest.raises(orders.OrderNotFound):
                await orders.visible(tx, number, account_id=None, tokens=tokens)


async def test_a_link_is_long_and_only_its_hash_is_kept(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx)
        token = await orders.open_access(tx, order.id)

        stored = (await tx.sql("SELECT token_hash FROM orders.access_tokens")).scalar_one()

        assert len(token) >= 43, "256 bits"
        assert token.encode() not in bytes(stored)


async def test_a_link_works_for_ninety_days(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx)
        token = await orders.open_access(tx, order.id)

        await shift(tx, timedelta(days=90) - timedelta(minutes=1))
        await orders.by_access(tx, order.number, [token])
        assert await orders.sweep_access(tx) == 0
        await shift(tx, timedelta(days=90, minutes=1))
        with pytest.raises(orders.OrderNotFound):
            await orders.by_access(tx, order.number, [token])
        assert await orders.sweep_access(tx) == 1


async def test_an_order_is_seen_by_its_account_and_no_other(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        ada, eve = await an_account(tx, "ada@example.com"), await an_account(tx, "eve@example.com")
        order = await placed(tx, user_id=ada)

        assert (await orders.visible(tx, order.number, account_id=ada, tokens=[])).id == order.id
        with pytest.raises(orders.OrderNotFound):
            await orders.visible(tx, order.number, account_id=eve, tokens=[])


async def test_a_guest_finds_his_order_by_number_and_address(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx)

        token = await orders.find_guest(tx, f" {order.number.lower()} ", " ADA@Example.com ")

        assert (await orders.by_access(tx, order.number, [token])).id == order.id


async def test_every_failed_search_is_answered_alike(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        ada = await an_account(tx, "ada@example.com")
        guest, member = await placed(tx), await placed(tx, user_id=ada)
        told = set()

        for number, email in (
            (guest.number, "eve@example.com"),
            ("ORD-20260101-0000", "ada@example.com"),
            (member.number, "ada@example.com"),
            ("", ""),
        ):
            with pytest.raises(orders.OrderNotFound) as refused:
                await orders.find_guest(tx, number, email)
            told.add((refused.value.title, refused.value.hint, refused.value.code))

        assert len(told) == 1


async def test_a_proven_address_brings_its_guest_orders_into_the_account(live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        await subscribe(tx, SUBSCRIBERS)
        first, second = await placed(tx), await placed(tx, email="ADA@example.com")
        foreign = await placed(tx, email="eve@example.com")
    async with live_db.transaction(TESTER) as tx:
        ada = await an_account(tx, "ada@example.com")

    await drain(live_db, SUBSCRIBERS)

    async with live_db.transaction(TESTER) as tx:
        assert {order.number for order in (await orders.history(tx, ada)).orders} == {first.number, second.number}
        assert (await orders.head(tx, foreign.id)).user_id is None
        assert (await event_types(tx, first.id))[-1] == "order.claimed"
        assert await orders.replayed(tx, first.id) == await orders.state_of(tx, first.id)
        assert await orders.claim(tx, ada) == 0


async def test_an_address_that_is_not_proven_brings_nothing(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await placed(tx)
        ada = await an_account(tx, "ada@example.com", verified=False)

        assert await orders.claim(tx, ada) == 0
        assert (await orders.history(tx, ada)).total == 0


async def test_nothing_replays_to_nothing(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        with pytest.raises(orders.OrderNotFound):
            await orders.replayed(tx, new_id())
