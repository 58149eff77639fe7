"""What the stock is worth, day by day, warehouse by warehouse, thing by thing."""

from datetime import timedelta

from domains import desk, pricing, store
from domains.desk import Span, Step
from domains.fulfilment.tests.factories import STAFF, house, paid_order
from domains.kit import Database
from domains.kit.clock import shift
from domains.kit.listing import Asked


async def test_what_is_sold_and_still_here_counts_and_what_has_no_cost_is_told_apart(db: Database) -> None:
    shop = await house(db, mugs=(5, 3), bowls=4)
    async with db.transaction(STAFF) as tx:
        await pricing.set_costs(tx, {shop.mug: 350})
        await paid_order(tx, {shop.mug: 2})
        today = await store.today(tx)

        told = await desk.stock_report(tx, Span(today, today), Step.DAY)

    assert told.over_time == ()  # not looked at yet today
    assert (told.total.on_hand, told.total.allocated, told.total.uncosted) == (10, 2, 4)
    assert told.total.cost.amount == 8 * 350
    for parts in (told.warehouses, told.categories):
        assert sum(part.cost.amount for part in parts) == 8 * 350
    assert sorted(part.cost.amount for part in told.warehouses) == [3 * 350, 5 * 350]


async def test_a_later_cost_changes_no_earlier_day(db: Database) -> None:
    shop = await house(db, mugs=(5, 0), bowls=0)
    async with db.transaction(STAFF) as tx:
        await pricing.set_costs(tx, {shop.mug: 350})
        first = await store.today(tx)
        await desk.keep_stock(tx)
        await shift(tx, timedelta(days=1))
        await pricing.set_costs(tx, {shop.mug: 400})
        await desk.keep_stock(tx)
        await desk.keep_stock(tx)

        told = await desk.stock_report(tx, Span(first, first + timedelta(days=1)), Step.DAY)

    assert [(value.day, value.cost.amount) for value in told.over_time] == [
        (first, 5 * 350),
        (first + timedelta(days=1), 5 * 400),
    ]
    assert told.total.cost.amount == 5 * 400


async def test_each_thing_is_listed_with_its_worth_and_those_without_a_cost_are_found(db: Database) -> None:
    shop = await house(db, mugs=(5, 0), bowls=4)
    async with db.transaction(STAFF) as tx:
        await pricing.set_costs(tx, {shop.mug: 350})
        asked = Asked(sort="sku", limit=50, is_counted=False)

        listed = (await desk.find_stock_values(tx, asked)).rows
        without = (await desk.find_stock_values(tx, Asked(sort="sku", limit=50, choices={"cost": ("none",)}))).rows

    worth = {(row.warehouse, row.on_hand): row.cost and row.cost.amount for row in listed if row.on_hand}
    assert sorted(worth.values(), key=str) == [1750, None]
    assert [(row.on_hand, row.cost) for row in without] == [(4, None)]
