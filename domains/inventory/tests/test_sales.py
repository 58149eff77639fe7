import pytest
from sqlalchemy.exc import DBAPIError, IntegrityError

from domains import inventory
from domains.inventory import Reason
from domains.inventory.tests.factories import (
    STAFF,
    assert_stock_balances,
    available,
    events,
    hold,
    level,
    make_warehouse,
    stocked_variant,
    violations,
)
from domains.kit import Database, Invalid, new_id


async def test_a_paid_order_takes_its_stock_off_the_shelf_once(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=5), new_id(), new_id()
    await hold(db, {mug: 2}, holder=cart)

    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)
        outcomes = [await inventory.consume(tx, order_id=order, cause="settled") for _ in range(2)]

    stock = await level(db, mug)
    assert outcomes == [True, False]
    assert (stock.quantity_on_hand, stock.quantity_reserved, stock.quantity_allocated) == (3, 0, 2)
    await assert_stock_balances(db)


async def test_a_cancelled_order_that_was_paid_puts_its_stock_back_once(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=5), new_id(), new_id()
    await hold(db, {mug: 2}, holder=cart)
    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)
        await inventory.consume(tx, order_id=order)

    async with db.transaction(STAFF) as tx:
        outcomes = [await inventory.release(tx, order_id=order, cause="cancelled") for _ in range(2)]

    stock = await level(db, mug)
    assert outcomes == [True, False]
    assert (stock.quantity_on_hand, stock.quantity_reserved, stock.quantity_allocated) == (5, 0, 0)
    await assert_stock_balances(db)


async def test_a_cancelled_order_that_was_not_paid_frees_its_hold(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=5), new_id(), new_id()
    await hold(db, {mug: 2}, holder=cart)

    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)
        outcomes = [await inventory.release(tx, order_id=order) for _ in range(2)]

    assert outcomes == [True, False]
    assert await available(db, mug) == 5
    await assert_stock_balances(db)


async def test_stock_that_was_given_back_cannot_be_sold_for_its_order(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=5), new_id(), new_id()
    await hold(db, {mug: 2}, holder=cart)
    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)
        await inventory.release(tx, order_id=order)

    with pytest.raises(inventory.HoldGone) as refused:
        async with db.transaction(STAFF) as tx:
            await inventory.consume(tx, order_id=order)

    assert refused.value.order_id == order
    assert (await level(db, mug)).quantity_on_hand == 5


async def test_what_was_sold_on_backorder_stays_owed(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=1), new_id(), new_id()
    async with db.transaction(STAFF) as tx:
        await inventory.set_policy(tx, variant_id=mug, backorder_allowed=True)
    await hold(db, {mug: 3}, holder=cart)

    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)
        await inventory.consume(tx, order_id=order)

    stock = await level(db, mug)
    assert (stock.quantity_on_hand, stock.quantity_allocated, stock.quantity_backordered) == (0, 1, 2)
    await assert_stock_balances(db)


async def test_a_correction_moves_the_shelf_and_the_ledger(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await stocked_variant(db, on_hand=5, warehouse_id=house)

    async with db.transaction(STAFF) as tx:
        await inventory.adjust(tx, variant_id=mug, warehouse_id=house, change=-2, reason=Reason.DAMAGED)
        await inventory.adjust(tx, variant_id=mug, warehouse_id=house, change=1, reason=Reason.COUNT, reference="C-1")

    assert (await level(db, mug)).quantity_on_hand == 4
    assert (await events(db))["inventory.updated"] == 3
    await assert_stock_balances(db)


async def test_a_correction_cannot_take_what_shoppers_hold(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await stocked_variant(db, on_hand=5, warehouse_id=house)
    await hold(db, {mug: 3})

    with pytest.raises(inventory.StockIsReserved) as refused:
        async with db.transaction(STAFF) as tx:
            await inventory.adjust(tx, variant_id=mug, warehouse_id=house, change=-3, reason=Reason.COUNT)

    assert (refused.value.on_hand, refused.value.reserved) == (5, 3)
    await assert_stock_balances(db)


async def test_a_sale_cannot_be_entered_as_a_correction(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await stocked_variant(db, on_hand=5, warehouse_id=house)

    for reason in (Reason.SALE, Reason.RECEIVED):
        with pytest.raises(Invalid):
            async with db.transaction(STAFF) as tx:
                await inventory.adjust(tx, variant_id=mug, warehouse_id=house, change=-1, reason=reason)
    with pytest.raises(inventory.StockItemUnknown):
        async with db.transaction(STAFF) as tx:
            await inventory.adjust(tx, variant_id=mug, warehouse_id=new_id(), change=1, reason=Reason.COUNT)


async def test_a_delivery_is_dated_and_the_place_and_threshold_are_kept(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await stocked_variant(db, on_hand=0, warehouse_id=house)

    async with db.transaction(STAFF) as tx:
        await inventory.receive(tx, variant_id=mug, warehouse_id=house, quantity=7, reference="D-1")
        await inventory.arrange(tx, variant_id=mug, warehouse_id=house, reorder_threshold=3, warehouse_location="A-12")

    stock = await level(db, mug)
    assert (stock.quantity_on_hand, stock.reorder_threshold, stock.warehouse_location) == (7, 3, "A-12")
    assert stock.last_restocked_at is not None
    await assert_stock_balances(db)


@pytest.mark.parametrize(
    "broken",
    [
        "quantity_on_hand = -1",
        "quantity_reserved = -1",
        "quantity_reserved = quantity_on_hand + 1",
        "quantity_allocated = -1",
        "quantity_backordered = -1",
        "reorder_threshold = -1",
    ],
)
async def test_the_database_refuses_impossible_quantities(db: Database, broken: str) -> None:
    await stocked_variant(db, on_hand=1)

    with pytest.raises(IntegrityError):
        async with db.transaction(STAFF) as tx:
            await tx.sql(f"UPDATE inventory.stock_items SET {broken}")


@pytest.mark.parametrize(
    "change", ["UPDATE inventory.stock_movements SET quantity = 9", "DELETE FROM inventory.stock_movements"]
)
async def test_the_ledger_cannot_be_rewritten(db: Database, change: str) -> None:
    await stocked_variant(db, on_hand=1)

    with pytest.raises(DBAPIError, match="append-only"):
        async with db.transaction(STAFF) as tx:
            await tx.sql(change)


async def test_the_balance_check_sees_a_planted_difference(db: Database) -> None:
    await stocked_variant(db, on_hand=5)

    async with db.transaction(STAFF) as tx:
        await tx.sql("UPDATE inventory.stock_items SET quantity_on_hand = 6")

    assert len(await violations(db)) == 1
