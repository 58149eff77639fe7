"""What staff change in the shop stands in the log with before and after, and can be taken back from there."""

from datetime import date
from typing import Any

import pytest

from domains import accounts, audit, content, inventory, pricing, store
from domains.accounts.tests.factories import a_customer
from domains.audit import ChangedSince, EntryRow, Filter, NotUndoable
from domains.content import PageDraft
from domains.inventory.tests.factories import make_variants
from domains.kit import Actor, Database, Transaction, new_id
from domains.store.tests.factories import details

OWNER = Actor.staff(new_id(), "owner")


async def newest(tx: Transaction) -> EntryRow:
    return (await audit.entries(tx, Filter(), limit=1))[0]


@pytest.fixture
async def shop(db: Database) -> Database:
    async with db.transaction(Actor.system("setup")) as tx:
        await store.set_up(tx, details())
    return db


async def test_the_program_that_sets_a_shop_up_fills_no_log(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        assert await audit.entries(tx, Filter()) == []


async def test_a_setting_is_taken_back(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        await store.change(tx, countries=("US",), tagline="Out there", holiday_from=date(2026, 12, 24),
                           holiday_until=date(2026, 12, 26))  # fmt: skip
        entry = await newest(tx)
        assert entry.action == "shop.changed"
        assert entry.changes["countries"] == (["US", "DE"], ["US"])

        undo = await audit.undo(tx, entry.id)

        assert settings_of(await store.shop(tx)) == settings_of(details())
        await audit.undo(tx, undo)
        assert (await store.shop(tx)).holiday_from == date(2026, 12, 24)


async def test_a_setting_that_a_colleague_changed_since_stays(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        await store.change(tx, name="Meanders", tagline="Out there")
        mistake = await newest(tx)
    async with shop.transaction(Actor.staff(new_id(), "manager")) as tx:
        await store.change(tx, tagline="Far out")
        with pytest.raises(ChangedSince, match="“tagline” of Meanders was changed again by manager on"):
            await audit.undo(tx, mistake.id)


async def test_a_page_is_taken_back_with_its_address_and_what_it_shows(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        await content.save_page(tx, PageDraft("returns", "Returns", "Within **30** days."))
        await content.change_page(tx, "returns", slug="send-back", body="Never.", menu=content.Menu.LEGAL)
        entry = await newest(tx)

        await audit.undo(tx, entry.id)

        page = await content.page(tx, "returns")
        assert "<strong>30</strong>" in page.html
        assert entry.changes["menu"] == ("none", "legal")


async def test_tax_rates_are_taken_back_whether_added_changed_or_removed(shop: Database) -> None:
    async with shop.transaction(OWNER) as tx:
        await pricing.add_tax_class(tx, code="books", name="Books")

        async def rates() -> list[int]:
            rows = await tx.sql("SELECT rate_ppm FROM pricing.tax_rates WHERE country = 'DE' ORDER BY rate_ppm")
            return list(rows.scalars())

        rate_id = await pricing.add_tax_rate(tx, name="VAT", rate_ppm=70_000, country="DE", tax_class="books")
        added = await newest(tx)
        await pricing.change_tax_rate(tx, rate_id, rate_ppm=190_000)
        changed = await newest(tx)
        with pytest.raises(ChangedSince):
            await audit.undo(tx, added.id)
        await pricing.remove_tax_rate(tx, rate_id)
        removed = await newest(tx)
        assert await rates() == []

        await audit.undo(tx, removed.id)
        assert await rates() == [190_000]
        await audit.undo(tx, changed.id)
        assert await rates() == [70_000]
        await audit.undo(tx, added.id)
        assert await rates() == []


async def test_whether_something_can_be_ordered_when_it_is_out_is_taken_back(shop: Database) -> None:
    (variant_id,) = await make_variants(shop)
    async with shop.transaction(OWNER) as tx:
        await inventory.set_policy(tx, variant_id=variant_id, backorder_allowed=True, restock_date=date(2026, 12, 1))
        first = await newest(tx)
        await inventory.set_policy(tx, variant_id=variant_id, backorder_allowed=True, restock_date=date(2027, 1, 1))
        second = await newest(tx)
        assert first.changes == {"backorder_allowed": (False, True), "restock_date": (None, "2026-12-01")}
        assert second.changes == {"restock_date": ("2026-12-01", "2027-01-01")}

        await audit.undo(tx, second.id)
        await audit.undo(tx, first.id)

        policy = (await tx.sql("SELECT backorder_allowed, restock_date FROM inventory.stock_policies")).one()
        assert tuple(policy) == (False, None)


async def test_who_may_log_in_stands_in_the_log_and_has_no_undo(shop: Database) -> None:
    account_id = await a_customer(shop)
    async with shop.transaction(OWNER) as tx:
        await accounts.suspend(tx, account_id)
        entry = await newest(tx)

        assert (entry.action, entry.changes) == ("account.suspended", {"status": ("active", "suspended")})
        with pytest.raises(NotUndoable):
            await audit.undo(tx, entry.id)


def settings_of(shop: Any) -> dict[str, Any]:
    return {field: getattr(shop, field) for field in store.ShopDetails.__struct_fields__}
