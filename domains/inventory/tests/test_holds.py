from uuid import UUID

import pytest

from domains import inventory
from domains.inventory import Demand
from domains.inventory.operations.reserve import HOLDS_PER_VISITOR
from domains.inventory.tests.factories import (
    STAFF,
    assert_stock_balances,
    available,
    events,
    hold,
    level,
    make_variants,
    make_warehouse,
    move_clock,
    put_on_shelf,
    stocked_variant,
)
from domains.kit import Actor, Database, new_id


async def test_what_is_held_cannot_be_held_again(db: Database) -> None:
    mug = await stocked_variant(db, on_hand=3)

    await hold(db, {mug: 2})

    assert await available(db, mug) == 1
    with pytest.raises(inventory.NotEnoughStock) as refused:
        await hold(db, {mug: 2})
    assert refused.value.shortages == (inventory.Shortage(mug, wanted=2, available=1),)
    await assert_stock_balances(db)


async def test_every_line_or_nothing(db: Database) -> None:
    mug, lamp, never_stocked = (
        await stocked_variant(db, on_hand=5),
        await stocked_variant(db, on_hand=1),
        (await make_variants(db))[0],
    )

    with pytest.raises(inventory.NotEnoughStock) as refused:
        await hold(db, {mug: 2, lamp: 2, never_stocked: 1})

    assert {short.variant_id: short.available for short in refused.value.shortages} == {lamp: 1, never_stocked: 0}
    assert await available(db, mug) == 5
    await assert_stock_balances(db)


async def test_the_same_thing_in_two_lines_is_summed_before_it_is_checked(db: Database) -> None:
    mug = await stocked_variant(db, on_hand=3)

    with pytest.raises(inventory.NotEnoughStock) as refused:
        async with db.transaction(STAFF) as tx:
            await inventory.reserve(tx, lines=[Demand(mug, 2), Demand(mug, 2)], holder=new_id(), visitor="")

    assert refused.value.shortages == (inventory.Shortage(mug, wanted=4, available=3),)
    await assert_stock_balances(db)


async def test_the_shelves_are_emptied_in_the_order_of_the_warehouses(db: Database) -> None:
    (mug,) = await make_variants(db)
    far, near = await make_warehouse(db, priority=2), await make_warehouse(db, priority=1)
    await put_on_shelf(db, mug, far, 5)
    await put_on_shelf(db, mug, near, 3)

    await hold(db, {mug: 4})

    async with db.transaction(STAFF) as tx:
        levels = {item.warehouse_id: item.quantity_reserved for item in await inventory.levels(tx, [mug])}
    assert levels == {near: 3, far: 1}
    await assert_stock_balances(db)


async def test_a_closed_warehouse_sells_nothing(db: Database) -> None:
    house = await make_warehouse(db)
    mug = await stocked_variant(db, on_hand=3, warehouse_id=house)

    async with db.transaction(STAFF) as tx:
        await inventory.switch_warehouse(tx, house, is_active=False)

    assert await available(db, mug) == 0
    with pytest.raises(inventory.NotEnoughStock):
        await hold(db, {mug: 1})


async def test_a_retry_with_the_last_unit_succeeds(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=1), new_id()
    first = await hold(db, {mug: 1}, holder=cart)

    again = await hold(db, {mug: 1}, holder=cart)

    assert (again.id, again.expires_at) == (first.id, first.expires_at)
    assert await available(db, mug) == 0
    assert await available(db, mug, holder=cart) == 1
    await assert_stock_balances(db)


async def test_a_retry_after_the_hold_ran_out_begins_a_new_one(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=1), new_id()
    await hold(db, {mug: 1}, holder=cart)

    await move_clock(db, minutes=16)
    again = await hold(db, {mug: 1}, holder=cart)

    assert 14 * 60 < again.seconds_left <= 15 * 60
    assert again.can_extend
    await assert_stock_balances(db)


async def test_a_changed_cart_changes_its_own_hold(db: Database) -> None:
    mug, lamp, cart = await stocked_variant(db, on_hand=2), await stocked_variant(db, on_hand=2), new_id()
    await hold(db, {mug: 2}, holder=cart)

    changed = await hold(db, {mug: 1, lamp: 2}, holder=cart)

    assert changed.lines == {mug: 1, lamp: 2}
    assert await available(db, mug) == 1
    assert await available(db, lamp) == 0
    await assert_stock_balances(db)


async def test_a_refused_change_leaves_the_hold_as_it_was(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=2), new_id()
    await hold(db, {mug: 1}, holder=cart)

    with pytest.raises(inventory.NotEnoughStock) as refused:
        await hold(db, {mug: 3}, holder=cart)

    assert refused.value.shortages[0].available == 2
    assert await available(db, mug) == 1
    await assert_stock_balances(db)


async def test_changing_the_cart_again_and_again_does_not_hold_for_ever(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=2), new_id()
    await hold(db, {mug: 1}, holder=cart)

    await move_clock(db, minutes=14)
    await hold(db, {mug: 2}, holder=cart)
    await move_clock(db, minutes=28)
    late = await hold(db, {mug: 1}, holder=cart)

    assert late.seconds_left <= 2 * 60


async def test_a_hold_lives_until_fifteen_minutes_are_over(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=1), new_id(), new_id()
    await hold(db, {mug: 1}, holder=cart)

    await move_clock(db, minutes=14, seconds=59)
    async with db.transaction(STAFF) as tx:
        freed = await inventory.expire_due(tx)
        bound = await inventory.bind(tx, holder=cart, order_id=order)

    assert freed == 0
    assert bound.order_id == order
    assert await available(db, mug) == 0
    await assert_stock_balances(db)


async def test_a_hold_is_free_again_after_fifteen_minutes(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=1), new_id()
    await hold(db, {mug: 1}, holder=cart)

    await move_clock(db, minutes=15, seconds=1)
    with pytest.raises(inventory.HoldExpired):
        async with db.transaction(STAFF) as tx:
            await inventory.bind(tx, holder=cart, order_id=new_id())
    async with db.transaction(STAFF) as tx:
        freed = await inventory.expire_due(tx)
        again = await inventory.expire_due(tx)

    assert (freed, again) == (1, 0)
    assert await available(db, mug) == 1
    assert (await events(db))["inventory.released"] == 1
    await assert_stock_balances(db)


async def test_the_sweeper_leaves_what_an_order_holds(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=1), new_id(), new_id()
    await hold(db, {mug: 1}, holder=cart)
    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)

    await move_clock(db, minutes=16)
    async with db.transaction(STAFF) as tx:
        freed = await inventory.expire_due(tx)
        waiting = await inventory.expired_bound(tx)

    assert (freed, waiting) == (0, [order])
    assert await available(db, mug) == 0


async def test_a_hold_is_extended_once(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=1), new_id()
    first = await hold(db, {mug: 1}, holder=cart)

    async with db.transaction(STAFF) as tx:
        longer = await inventory.extend(tx, cart)
    with pytest.raises(inventory.AlreadyExtended):
        async with db.transaction(STAFF) as tx:
            await inventory.extend(tx, cart)

    assert (longer.expires_at - first.expires_at).total_seconds() == 15 * 60
    assert first.can_extend
    assert not longer.can_extend


async def test_a_hold_that_is_over_is_not_extended(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=1), new_id()
    await hold(db, {mug: 1}, holder=cart)

    await move_clock(db, minutes=15, seconds=1)

    with pytest.raises(inventory.HoldExpired):
        async with db.transaction(STAFF) as tx:
            await inventory.extend(tx, cart)


async def test_binding_twice_for_one_order_is_one_hold_and_another_order_is_refused(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=1), new_id(), new_id()
    await hold(db, {mug: 1}, holder=cart)

    async with db.transaction(STAFF) as tx:
        first = await inventory.bind(tx, holder=cart, order_id=order)
        second = await inventory.bind(tx, holder=cart, order_id=order)
    with pytest.raises(inventory.HoldIsBound) as refused:
        async with db.transaction(STAFF) as tx:
            await inventory.bind(tx, holder=cart, order_id=new_id())

    assert first == second
    assert refused.value.order_id == order


async def test_a_bound_hold_is_kept_for_the_same_lines_and_refused_for_others(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=5), new_id(), new_id()
    await hold(db, {mug: 1}, holder=cart)
    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)

    same = await hold(db, {mug: 1}, holder=cart)
    with pytest.raises(inventory.HoldIsBound):
        await hold(db, {mug: 2}, holder=cart)

    assert same.order_id == order
    await assert_stock_balances(db)


async def test_when_the_order_ends_unpaid_the_shopper_goes_on_with_his_hold(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=1), new_id(), new_id()
    first = await hold(db, {mug: 1}, holder=cart)
    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)

    async with db.transaction(STAFF) as tx:
        given_back = await inventory.unbind(tx, order_id=order)
    again = await hold(db, {mug: 1}, holder=cart)

    assert given_back
    assert again.expires_at == first.expires_at
    await assert_stock_balances(db)


async def test_giving_a_hold_back_frees_it_once(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=2), new_id()
    await hold(db, {mug: 2}, holder=cart)

    async with db.transaction(STAFF) as tx:
        outcomes = [await inventory.release(tx, holder=cart) for _ in range(2)]

    assert outcomes == [True, False]
    assert await available(db, mug) == 2
    await assert_stock_balances(db)


async def test_leaving_the_cart_does_not_take_the_stock_from_under_its_order(db: Database) -> None:
    mug, cart, order = await stocked_variant(db, on_hand=1), new_id(), new_id()
    await hold(db, {mug: 1}, holder=cart)
    async with db.transaction(STAFF) as tx:
        await inventory.bind(tx, holder=cart, order_id=order)

        assert not await inventory.release(tx, holder=cart)

    assert await available(db, mug) == 0


async def test_a_variant_on_backorder_is_held_beyond_the_shelf_and_counted_apart(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=2), new_id()
    async with db.transaction(STAFF) as tx:
        await inventory.set_policy(tx, variant_id=mug, backorder_allowed=True)

    held = await hold(db, {mug: 5}, holder=cart)

    stock = await level(db, mug)
    assert held.lines == {mug: 5}
    assert (stock.quantity_on_hand, stock.quantity_reserved, stock.quantity_backordered) == (2, 2, 3)
    await assert_stock_balances(db)
    async with db.transaction(STAFF) as tx:
        await inventory.release(tx, holder=cart)
    stock = await level(db, mug)
    assert (stock.quantity_on_hand, stock.quantity_reserved, stock.quantity_backordered) == (2, 0, 0)


async def test_one_visitor_cannot_hold_everything_by_opening_many_carts(db: Database) -> None:
    mug = await stocked_variant(db, on_hand=500)
    for _ in range(HOLDS_PER_VISITOR):
        await hold(db, {mug: 1}, visitor="one")

    with pytest.raises(inventory.HoldLimit) as refused:
        await hold(db, {mug: 1}, visitor="one")
    await hold(db, {mug: 1}, visitor="another")

    assert refused.value.variant_id == mug
    await assert_stock_balances(db)


async def test_one_visitor_cannot_hold_more_than_the_largest_line_over_all_his_carts(db: Database) -> None:
    mug = await stocked_variant(db, on_hand=5000)
    await hold(db, {mug: 990}, visitor="one")

    with pytest.raises(inventory.HoldLimit):
        await hold(db, {mug: 10}, visitor="one")
    await hold(db, {mug: 9}, visitor="one")


async def test_low_stock_is_told_once_per_crossing(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=12), new_id()

    await hold(db, {mug: 2})
    assert (await events(db))["inventory.low_stock"] == 0
    await hold(db, {mug: 1}, holder=cart)
    await hold(db, {mug: 1})
    assert (await events(db))["inventory.low_stock"] == 1
    async with db.transaction(STAFF) as tx:
        await inventory.receive(
            tx, variant_id=mug, warehouse_id=(await inventory.levels(tx, [mug]))[0].warehouse_id, quantity=5
        )
    await hold(db, {mug: 5})

    assert (await events(db))["inventory.low_stock"] == 2


async def test_the_last_one_taken_is_told(db: Database) -> None:
    (mug,) = await make_variants(db)
    await put_on_shelf(db, mug, await make_warehouse(db), 1)
    await put_on_shelf(db, mug, await make_warehouse(db), 1)

    await hold(db, {mug: 1})
    assert (await events(db))["product.out_of_stock"] == 0
    await hold(db, {mug: 1})

    assert (await events(db))["product.out_of_stock"] == 1


async def test_a_shortage_is_recorded_after_the_refusal(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=0), new_id()

    with pytest.raises(inventory.NotEnoughStock) as refused:
        await hold(db, {mug: 1}, holder=cart)
    async with db.transaction(Actor.guest()) as tx:
        await inventory.report_shortage(tx, holder=cart, shortages=refused.value.shortages)

    assert (await events(db))["inventory.insufficient"] == 1


async def test_a_hold_says_what_it_has_and_how_long(db: Database) -> None:
    mug, cart = await stocked_variant(db, on_hand=3), new_id()
    granted = await hold(db, {mug: 3}, holder=cart)

    async with db.transaction(STAFF) as tx:
        found = await inventory.hold(tx, cart)
        nobody = await inventory.hold(tx, new_id())

    assert found is not None
    assert (found.id, found.lines, found.status) == (granted.id, {mug: 3}, inventory.HoldStatus.HELD)
    assert 14 * 60 < found.seconds_left <= 15 * 60
    assert nobody is None


async def test_availability_is_told_in_states(db: Database) -> None:
    many, few, none, later = [await stocked_variant(db, on_hand=number) for number in (6, 5, 0, 0)]
    unknown: UUID = new_id()
    async with db.transaction(STAFF) as tx:
        await inventory.set_policy(tx, variant_id=later, backorder_allowed=True)
        found = await inventory.availability(tx, [many, few, none, later, unknown])

    assert [found[each].state for each in (many, few, none, later, unknown)] == [
        "in_stock",
        "low",
        "out",
        "backorder",
        "out",
    ]
    assert [found[each].most for each in (many, few, none, later)] == [6, 5, 0, 999]
