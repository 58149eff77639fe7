"""What is owed, and who gets what comes."""

import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest

from domains import inventory
from domains.inventory import Arrived, PurchaseTerms, Reason
from domains.inventory.tests.factories import (
    STAFF,
    all_at_once,
    assert_stock_balances,
    available,
    hold,
    level,
    make_variants,
    make_warehouse,
    put_on_shelf,
    stocked_variant,
)
from domains.kit import Database, Transaction, new_id


async def promised(db: Database, *, on_hand: int = 0, warehouse_id: UUID | None = None) -> UUID:
    """A variant that may be ordered when it is out."""
    variant_id = await stocked_variant(db, on_hand=on_hand, warehouse_id=warehouse_id)
    async with db.transaction(STAFF) as tx:
        await inventory.set_policy(tx, variant_id=variant_id, backorder_allowed=True)
    return variant_id


async def bought(db: Database, lines: dict[UUID, int]) -> UUID:
    """An order of its own that was placed and paid."""
    cart, order = new_id(), new_id()
    await hold(db, lines, holder=cart)
    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)
    async with db.transaction(STAFF) as tx:
        await inventory.consume(tx, order_id=order)
    return order


async def owed(db: Database, order: UUID) -> dict[UUID, int]:
    async with db.transaction(STAFF) as tx:
        return {variant: waits.quantity for variant, waits in (await inventory.owed_to(tx, order)).items()}


async def filled(db: Database) -> list[tuple[UUID, int]]:
    async with db.transaction(STAFF) as tx:
        rows = await tx.sql(
            "SELECT payload FROM kit.events WHERE type = 'inventory.backorder_filled' ORDER BY recorded_at, id"
        )
        return [(UUID(row.payload["order_id"]), row.payload["quantity"]) for row in rows]


async def purchase(
    db: Database, lines: dict[UUID, int], *, warehouse_id: UUID, expected_on: date | None = None
) -> UUID:
    """An open purchase order."""
    async with db.transaction(STAFF) as tx:
        made = await inventory.draft_purchase(
            tx, PurchaseTerms("Potter & Sons", warehouse_id, expected_on=expected_on), lines
        )
        await inventory.order_purchase(tx, made)
    return made


async def receive(db: Database, purchase_id: UUID, came: dict[UUID, int], *, seen: int | None = None) -> bool:
    async with db.transaction(STAFF) as tx:
        return await inventory.receive_purchase(
            tx, purchase_id, {variant: Arrived(quantity, seen=seen) for variant, quantity in came.items()}
        )


async def test_a_delivery_goes_to_those_who_are_owed_it_the_oldest_order_first(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await promised(db, warehouse_id=house)
    first, second, third = [await bought(db, {mug: 2}) for _ in range(3)]
    order = await purchase(db, {mug: 10}, warehouse_id=house)

    await receive(db, order, {mug: 3})

    assert (await owed(db, first), await owed(db, second), await owed(db, third)) == ({}, {mug: 1}, {mug: 2})
    assert await filled(db) == [(first, 2), (second, 1)]
    stock = await level(db, mug)
    assert (stock.quantity_on_hand, stock.quantity_allocated, stock.quantity_backordered) == (0, 3, 3)
    await assert_stock_balances(db)

    assert await receive(db, order, {mug: 7}, seen=3)

    assert await owed(db, third) == {}
    stock = await level(db, mug)
    assert (stock.quantity_on_hand, stock.quantity_allocated, stock.quantity_backordered) == (4, 6, 0)
    await assert_stock_balances(db)


async def test_who_placed_first_is_served_first_though_he_paid_later(db: Database) -> None:
    mug = await promised(db)
    carts, orders = [new_id() for _ in range(2)], [new_id() for _ in range(2)]
    for cart, order in zip(carts, orders, strict=True):
        await hold(db, {mug: 1}, holder=cart)
        async with db.transaction(STAFF) as tx:
            await inventory.bind(tx, holder=cart, order_id=order)
            await tx.sql(
                "UPDATE inventory.reservations SET bound_at = bound_at + make_interval(mins => :later)"
                " WHERE order_id = :order",
                {"order": order, "later": orders.index(order)},
            )
    for order in reversed(orders):
        async with db.transaction(STAFF) as tx:
            await inventory.consume(tx, order_id=order)

    await restock(db, mug, 1)

    assert [await owed(db, order) for order in orders] == [{}, {mug: 1}]


async def restock(db: Database, variant_id: UUID, quantity: int, *, warehouse_id: UUID | None = None) -> None:
    async with db.transaction(STAFF) as tx:
        place = warehouse_id or (await inventory.levels(tx, [variant_id]))[0].warehouse_id
        await inventory.receive(tx, variant_id=variant_id, warehouse_id=place, quantity=quantity)


@pytest.mark.parametrize("way", ["correction", "set", "import", "return"])
async def test_whatever_brings_stock_serves_those_who_wait(db: Database, way: str) -> None:
    mug = await promised(db)
    order = await bought(db, {mug: 2})
    place = (await level(db, mug)).warehouse_id

    async def bring(tx: Transaction) -> None:
        if way == "correction":
            await inventory.adjust(tx, variant_id=mug, warehouse_id=place, change=3, reason=Reason.CORRECTION)
        elif way == "set":
            await inventory.set_on_hand(tx, variant_id=mug, warehouse_id=place, on_hand=3, reason=Reason.RECEIVED)
        elif way == "import":
            await inventory.adjust_all(tx, {(mug, place): 3}, reason=Reason.IMPORT)
        else:
            await inventory.receive(tx, variant_id=mug, warehouse_id=place, quantity=3, reason=Reason.RETURN)

    async with db.transaction(STAFF) as tx:
        await bring(tx)

    assert await owed(db, order) == {}
    assert await available(db, mug) == 1
    await assert_stock_balances(db)


async def test_what_another_order_gives_back_goes_to_who_waits_not_to_the_next_shopper(db: Database) -> None:
    mug = await promised(db, on_hand=2)
    gives_back, waits = await bought(db, {mug: 2}), await bought(db, {mug: 1})

    async with db.transaction(STAFF) as tx:
        await inventory.release(tx, order_id=gives_back)

    assert await owed(db, waits) == {}
    assert await available(db, mug) == 1
    await assert_stock_balances(db)


async def test_a_hold_that_ends_serves_who_waits(db: Database) -> None:
    mug, cart = await promised(db, on_hand=2), new_id()
    await hold(db, {mug: 2}, holder=cart)
    waits = await bought(db, {mug: 1})

    async with db.transaction(STAFF) as tx:
        await inventory.release(tx, holder=cart)

    assert await owed(db, waits) == {}
    await assert_stock_balances(db)


async def test_what_came_between_order_and_payment_is_his_when_he_pays(db: Database) -> None:
    mug, cart, order = await promised(db), new_id(), new_id()
    await hold(db, {mug: 2}, holder=cart)
    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)
    await restock(db, mug, 5)

    async with db.transaction(STAFF) as tx:
        await inventory.consume(tx, order_id=order)

    stock = await level(db, mug)
    assert (stock.quantity_on_hand, stock.quantity_allocated, stock.quantity_backordered) == (3, 2, 0)
    await assert_stock_balances(db)


async def test_a_delivery_to_one_warehouse_serves_what_another_owes(db: Database) -> None:
    near, far = await make_warehouse(db), await make_warehouse(db, priority=1)
    mug = await promised(db, warehouse_id=near)
    order = await bought(db, {mug: 3})

    await restock(db, mug, 2, warehouse_id=far)

    assert await owed(db, order) == {mug: 1}
    async with db.transaction(STAFF) as tx:
        parts = {part.warehouse_id: part for part in await inventory.allocation(tx, order)}
    assert (parts[far].quantity, parts[near].backordered) == (2, 1)
    await assert_stock_balances(db)


async def test_an_order_of_more_than_there_was_is_cancelled_whole_after_part_of_it_came(db: Database) -> None:
    mug = await promised(db, on_hand=1)
    order = await bought(db, {mug: 4})
    await restock(db, mug, 2)

    async with db.transaction(STAFF) as tx:
        await inventory.release(tx, order_id=order)

    stock = await level(db, mug)
    assert (stock.quantity_on_hand, stock.quantity_allocated, stock.quantity_backordered) == (3, 0, 0)
    await assert_stock_balances(db)


async def test_one_who_is_owed_and_served_at_once_alarms_nobody(db: Database) -> None:
    mug = await promised(db)
    await bought(db, {mug: 8})

    await restock(db, mug, 10)

    async with db.transaction(STAFF) as tx:
        alarms = await tx.sql("SELECT count(*) FROM kit.events WHERE type = 'inventory.low_stock'")
        assert alarms.scalar_one() == 0


async def test_the_day_of_what_is_out_is_that_of_the_delivery_that_is_large_enough(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await promised(db, warehouse_id=house)
    async with db.transaction(STAFF) as tx:
        today = (await tx.now()).date()
    soon, later = today + timedelta(days=3), today + timedelta(days=9)
    await purchase(db, {mug: 2}, warehouse_id=house, expected_on=soon)
    await purchase(db, {mug: 5}, warehouse_id=house, expected_on=later)

    async def day() -> date | None:
        async with db.transaction(STAFF) as tx:
            return (await inventory.availability(tx, [mug]))[mug].backorder_date

    assert await day() == soon
    first, second = await bought(db, {mug: 2}), await bought(db, {mug: 1})
    assert await day() == later
    async with db.transaction(STAFF) as tx:
        assert (await inventory.owed_to(tx, first))[mug].expected_on == soon
        assert (await inventory.owed_to(tx, second))[mug].expected_on == later
        await inventory.set_policy(tx, variant_id=mug, backorder_allowed=True, restock_date=today + timedelta(days=1))
    assert await day() == today + timedelta(days=1)
    async with db.transaction(STAFF) as tx:
        await inventory.set_policy(tx, variant_id=mug, backorder_allowed=True, restock_date=today - timedelta(days=1))
    assert await day() == later


async def test_a_delivery_that_nobody_dated_promises_no_day(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await promised(db, warehouse_id=house)
    await purchase(db, {mug: 2}, warehouse_id=house)

    async with db.transaction(STAFF) as tx:
        found = (await inventory.availability(tx, [mug]))[mug]

    assert (found.state, found.backorder_date) == ("backorder", None)


async def test_a_warehouse_that_opens_again_serves_who_waits_when_the_worker_looks(db: Database) -> None:
    near, far = await make_warehouse(db), await make_warehouse(db, priority=1)
    mug = await promised(db, warehouse_id=near)
    async with db.transaction(STAFF) as tx:
        await inventory.switch_warehouse(tx, far, is_active=False)
    await put_on_shelf(db, mug, far, 5)
    order = await bought(db, {mug: 2})
    assert await owed(db, order) == {mug: 2}

    async with db.transaction(STAFF) as tx:
        await inventory.switch_warehouse(tx, far, is_active=True)
        assert await inventory.fill_backorders(tx) == 1

    assert await owed(db, order) == {}
    await assert_stock_balances(db)


async def test_two_receipts_of_one_delivery_at_once_put_it_down_once(live_db: Database) -> None:
    house = await make_warehouse(live_db)
    mug = await promised(live_db, warehouse_id=house)
    waiting = [await bought(live_db, {mug: 1}) for _ in range(3)]
    order = await purchase(live_db, {mug: 5}, warehouse_id=house)

    async def put_down(_number: int) -> str:
        try:
            await receive(live_db, order, {mug: 5}, seen=0)
        except (inventory.CameMeanwhile, inventory.PurchaseMoved):
            return "told"
        return "received"

    outcomes = await all_at_once(4, put_down)

    assert sorted(outcomes) == ["received", "told", "told", "told"]
    assert await available(live_db, mug) == 2
    assert [await owed(live_db, each) for each in waiting] == [{}, {}, {}]
    await assert_stock_balances(live_db)


async def test_deliveries_beside_payments_and_cancellations_leave_nobody_waiting_beside_stock(
    live_db: Database,
) -> None:
    house, other = await make_warehouse(live_db), await make_warehouse(live_db, priority=1)
    mugs = [await promised(live_db, warehouse_id=house) for _ in range(2)]

    async def buy(number: int) -> UUID | None:
        try:
            order = await bought(live_db, {mugs[0]: 1 + number % 3, mugs[1]: 1})
        except inventory.NotEnoughStock:
            return None
        if number % 4 == 0:
            async with live_db.transaction(STAFF) as tx:
                await inventory.release(tx, order_id=order)
        return order

    async def deliver(number: int) -> None:
        for mug in mugs if number % 2 else reversed(mugs):
            await restock(live_db, mug, 2, warehouse_id=(house, other)[number % 2])

    await asyncio.gather(*(buy(number) for number in range(12)), *(deliver(number) for number in range(6)))

    await assert_stock_balances(live_db)
    for mug in mugs:
        async with live_db.transaction(STAFF) as tx:
            levels = await inventory.levels(tx, [mug])
        assert sum(each.available for each in levels) == 0 or sum(each.quantity_backordered for each in levels) == 0


async def test_variants_of_one_delivery_are_served_apart(db: Database) -> None:
    house = await make_warehouse(db)
    mugs = await make_variants(db, 2)
    for mug in mugs:
        await put_on_shelf(db, mug, house, 0)
        async with db.transaction(STAFF) as tx:
            await inventory.set_policy(tx, variant_id=mug, backorder_allowed=True)
    for _ in range(4):
        await bought(db, {mugs[0]: 1})
    last = await bought(db, {mugs[1]: 1})
    order = await purchase(db, {mugs[0]: 1, mugs[1]: 1}, warehouse_id=house)

    await receive(db, order, {mugs[0]: 1, mugs[1]: 1})

    assert await owed(db, last) == {}
    assert (await level(db, mugs[0])).quantity_backordered == 3
    await assert_stock_balances(db)
