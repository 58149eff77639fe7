"""Many at once, on a database that really commits."""

import asyncio
import random
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from domains import inventory
from domains.inventory import Demand
from domains.inventory.operations.reserve import HOLDS_PER_VISITOR
from domains.inventory.tests.factories import (
    STAFF,
    all_at_once,
    assert_stock_balances,
    available,
    hold,
    level,
    make_variants,
    make_warehouse,
    move_clock,
    put_on_shelf,
    stocked_variant,
    try_hold,
)
from domains.kit import Database, new_id
from domains.kit.testing import until_somebody_waits


async def test_sixty_buyers_of_ten_units_get_exactly_ten(live_db: Database) -> None:
    mug = await stocked_variant(live_db, on_hand=10)

    outcomes = await all_at_once(60, lambda number: try_hold(live_db, {mug: 1}, visitor=f"visitor {number}"))

    assert outcomes.count("held") == 10
    stock = await level(live_db, mug)
    assert (stock.quantity_on_hand, stock.quantity_reserved) == (10, 10)
    await assert_stock_balances(live_db)


async def test_the_last_one_is_held_once(live_db: Database) -> None:
    mug = await stocked_variant(live_db, on_hand=1)

    outcomes = await all_at_once(50, lambda _: try_hold(live_db, {mug: 1}))

    assert outcomes.count("held") == 1
    await assert_stock_balances(live_db)


async def test_sixty_buyers_of_many_things_in_any_order_do_not_deadlock(live_db: Database) -> None:
    houses = [await make_warehouse(live_db, priority=number) for number in range(2)]
    shelf = await make_variants(live_db, 8)
    for variant_id in shelf:
        for house in houses:
            await put_on_shelf(live_db, variant_id, house, 12)
    shuffled = random.Random(7)
    baskets = [dict.fromkeys(shuffled.sample(shelf, 5), 1) for _ in range(60)]

    outcomes = await all_at_once(60, lambda number: try_hold(live_db, baskets[number]))

    taken = {variant_id: 24 - await available(live_db, variant_id) for variant_id in shelf}
    assert sum(taken.values()) == 5 * outcomes.count("held")
    assert outcomes.count("refused") > 0
    assert max(taken.values()) == 24
    await assert_stock_balances(live_db)


async def test_holding_selling_freeing_and_correcting_at_once_keeps_the_books(live_db: Database) -> None:
    house = await make_warehouse(live_db)
    shelf = await make_variants(live_db, 4)
    for variant_id in shelf:
        await put_on_shelf(live_db, variant_id, house, 30)
    chance = random.Random(11)
    fates = [chance.choice(["sold", "cancelled", "left", "freed"]) for _ in range(40)]
    baskets = [{variant_id: chance.randint(1, 2) for variant_id in chance.sample(shelf, 3)} for _ in range(40)]

    async def live(number: int) -> None:
        cart, order = new_id(), new_id()
        if await try_hold(live_db, baskets[number], holder=cart) == "refused" or fates[number] == "left":
            return
        async with live_db.transaction(STAFF) as tx:
            if fates[number] == "freed":
                await inventory.release(tx, holder=cart)
                return
            await inventory.bind(tx, holder=cart, order_id=order)
        async with live_db.transaction(STAFF) as tx:
            await inventory.consume(tx, order_id=order)
        if fates[number] == "cancelled":
            async with live_db.transaction(STAFF) as tx:
                await inventory.release(tx, order_id=order)

    async def correct() -> None:
        for variant_id in shelf:
            async with live_db.transaction(STAFF) as tx:
                await inventory.adjust(
                    tx, variant_id=variant_id, warehouse_id=house, change=1, reason=inventory.Reason.COUNT
                )

    await asyncio.gather(correct(), *(live(number) for number in range(40)))

    await assert_stock_balances(live_db)


async def test_one_cart_that_asks_twenty_times_at_once_has_one_hold(live_db: Database) -> None:
    mug, cart = await stocked_variant(live_db, on_hand=1), new_id()

    holds = await all_at_once(20, lambda _: hold(live_db, {mug: 1}, holder=cart))

    assert len({each.id for each in holds}) == 1
    await assert_stock_balances(live_db)


async def test_the_cap_of_a_visitor_holds_when_he_asks_everything_at_once(live_db: Database) -> None:
    mug = await stocked_variant(live_db, on_hand=500)

    async def ask(_number: int) -> str:
        try:
            return await try_hold(live_db, {mug: 1}, visitor="one")
        except inventory.HoldLimit:
            return "capped"

    outcomes = await all_at_once(30, ask)

    assert outcomes.count("held") == HOLDS_PER_VISITOR
    await assert_stock_balances(live_db)


async def test_who_waited_for_the_shelf_sees_what_became_of_it(live_db: Database) -> None:
    """The shelf is full when both begin; the first takes all of it while the second waits for the row."""
    mug = await stocked_variant(live_db, on_hand=10)

    async with live_db.transaction(STAFF) as tx:
        await inventory.reserve(tx, lines=[Demand(mug, 10)], holder=new_id(), visitor="")
        second = asyncio.create_task(try_hold(live_db, {mug: 1}))
        await until_somebody_waits(live_db)

    assert await second == "refused"
    await assert_stock_balances(live_db)


async def test_who_waited_for_an_empty_shelf_sees_it_filled(live_db: Database) -> None:
    """The other way round, which proves that the refusal above comes from the shelf and not from waiting."""
    house = await make_warehouse(live_db)
    mug = await stocked_variant(live_db, on_hand=0, warehouse_id=house)

    async with live_db.transaction(STAFF) as tx:
        await inventory.receive(tx, variant_id=mug, warehouse_id=house, quantity=3)
        second = asyncio.create_task(try_hold(live_db, {mug: 3}))
        await until_somebody_waits(live_db)

    assert await second == "held"
    await assert_stock_balances(live_db)


async def test_the_database_refuses_to_oversell_even_when_the_statement_would(live_db: Database) -> None:
    mug = await stocked_variant(live_db, on_hand=10)

    async def careless(_number: int) -> str:
        try:
            async with live_db.transaction(STAFF) as tx:
                await tx.sql(
                    "UPDATE inventory.stock_items SET quantity_reserved = quantity_reserved + 1 WHERE variant_id = :v",
                    {"v": mug},
                )
        except IntegrityError:
            return "refused"
        return "held"

    outcomes = await all_at_once(20, careless)
    async with live_db.transaction(STAFF) as tx:
        await tx.sql("UPDATE inventory.stock_items SET quantity_reserved = 0")

    assert outcomes.count("held") == 10


async def test_paying_and_the_sweeper_at_the_same_moment_leave_one_winner(live_db: Database) -> None:
    shelf = [await stocked_variant(live_db, on_hand=1) for _ in range(10)]
    carts = {variant_id: new_id() for variant_id in shelf}
    for variant_id, cart in carts.items():
        await hold(live_db, {variant_id: 1}, holder=cart)
    await move_clock(live_db, minutes=14, seconds=59)

    async def bind(cart: UUID) -> str:
        try:
            async with live_db.transaction(STAFF) as tx:
                await inventory.bind(tx, holder=cart, order_id=new_id())
        except inventory.HoldExpired:
            return "late"
        return "bound"

    async def sweep() -> int:
        await move_clock(live_db, minutes=15, seconds=1)
        async with live_db.transaction(STAFF) as tx:
            return await inventory.expire_due(tx)

    freed, outcomes = await asyncio.gather(sweep(), asyncio.gather(*(bind(cart) for cart in carts.values())))
    async with live_db.transaction(STAFF) as tx:
        freed += await inventory.expire_due(tx)

    assert freed == outcomes.count("late")
    assert sum([await available(live_db, variant_id) for variant_id in shelf]) == freed
    await assert_stock_balances(live_db)


@pytest.mark.parametrize("repeat", [10])
async def test_a_payment_told_ten_times_at_once_sells_once(live_db: Database, repeat: int) -> None:
    mug, cart, order = await stocked_variant(live_db, on_hand=3), new_id(), new_id()
    await hold(live_db, {mug: 2}, holder=cart)
    async with live_db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)

    async def pay(_number: int) -> bool:
        async with live_db.transaction(STAFF) as tx:
            return await inventory.consume(tx, order_id=order, cause="webhook")

    outcomes = await all_at_once(repeat, pay)

    assert outcomes.count(True) == 1
    assert (await level(live_db, mug)).quantity_on_hand == 1
    await assert_stock_balances(live_db)
