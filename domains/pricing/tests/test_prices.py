from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from domains import pricing
from domains.inventory.tests.factories import events, make_variants, move_clock
from domains.kit import Database, Invalid, Money, new_id
from domains.pricing.tests.factories import STAFF, open_shop


async def test_a_price_counts_from_its_moment_on(db: Database) -> None:
    await open_shop(db)
    (mug,) = await make_variants(db)
    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, mug, 2000)
        await pricing.set_price(tx, mug, 1500, compare_at=2000, valid_from=await tx.now() + timedelta(hours=1))

        before = (await pricing.prices(tx, [mug], "USD"))[mug]
    await move_clock(db, hours=1, seconds=1)
    async with db.transaction(STAFF) as tx:
        after = (await pricing.prices(tx, [mug], "USD"))[mug]

    assert (before.amount, before.compare_at) == (Money(2000, "USD"), None)
    assert (after.amount, after.compare_at) == (Money(1500, "USD"), Money(2000, "USD"))
    assert after.is_reduced
    assert (await events(db))["price.changed"] == 2


async def test_of_two_prices_from_one_moment_the_later_written_counts(db: Database) -> None:
    await open_shop(db)
    (mug,) = await make_variants(db)

    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, mug, 2000)
        await pricing.set_price(tx, mug, 1800)
        found = await pricing.prices(tx, [mug], "USD")

    assert found[mug].amount == Money(1800, "USD")


async def test_prices_are_per_currency_and_what_has_none_is_left_out(db: Database) -> None:
    await open_shop(db)
    mug, lamp = await make_variants(db, 2)

    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, mug, 2000)
        await pricing.set_price(tx, mug, 1800, currency="EUR")
        euros = await pricing.prices(tx, [mug, lamp, new_id()], "EUR")

    assert euros == {mug: pricing.Price(Money(1800, "EUR"))}


async def test_what_was_asked_cannot_be_changed_afterwards(db: Database) -> None:
    await open_shop(db)
    (mug,) = await make_variants(db)
    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, mug, 2000)

    with pytest.raises(DBAPIError, match="append-only"):
        async with db.transaction(STAFF) as tx:
            await tx.sql("UPDATE pricing.prices SET amount = 1")


@pytest.mark.parametrize("amount", [-1, 10**10 + 1])
async def test_impossible_prices_are_refused(db: Database, amount: int) -> None:
    await open_shop(db)
    (mug,) = await make_variants(db)

    with pytest.raises(Invalid) as refused:
        async with db.transaction(STAFF) as tx:
            await pricing.set_price(tx, mug, 100, compare_at=amount)

    assert list(refused.value.fields) == ["compare_at"]


async def test_prices_and_costs_of_many_are_set_at_once_all_or_none(db: Database) -> None:
    await open_shop(db)
    mug, cup = await make_variants(db, 2)
    async with db.transaction(STAFF) as tx:
        await pricing.set_prices(tx, [pricing.NewPrice(mug, 2000, 2500), pricing.NewPrice(cup, 900)])
        await pricing.set_costs(tx, {mug: 800, cup: 300})
        await pricing.set_costs(tx, {mug: 700, cup: None})

    with pytest.raises(Invalid):
        async with db.transaction(STAFF) as tx:
            await pricing.set_prices(tx, [pricing.NewPrice(mug, 1), pricing.NewPrice(cup, -1)])

    async with db.transaction(STAFF) as tx:
        prices = await pricing.prices(tx, [mug, cup], "USD")
        assert await pricing.costs(tx, [mug, cup], "USD") == {mug: Money(700, "USD")}
    assert [prices[one].amount.amount for one in (mug, cup)] == [2000, 900]
    assert prices[mug].compare_at == Money(2500, "USD")
    assert (await events(db))["price.changed"] == 2
