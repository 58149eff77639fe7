"""The literal table of arrows is what the database allows, and no order of acts leaves the shop unsound."""

import random
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from domains import fulfilment, inventory, orders
from domains.desk.testing import assert_sound
from domains.fulfilment import (
    TRANSITIONS,
    FulfilmentState,
    HoldReason,
    ParcelDraft,
    ShipmentStatus,
    ShipmentView,
    state_of_all,
)
from domains.fulfilment.tests.factories import STAFF, House, allocated, house, paid_order
from domains.inventory import Reason
from domains.kit import Conflict, Database, Invalid, Transaction
from domains.orders import CancelReason

_TO = """
UPDATE fulfilment.shipments SET status = CAST(:to AS varchar), packed_at = kit.now(),
    held_from = CASE WHEN CAST(:to AS varchar) = 'on_hold' THEN 'allocated' END,
    hold_reason = CASE WHEN CAST(:to AS varchar) = 'on_hold' THEN 'other' END,
    shipped_at = CASE WHEN CAST(:to AS varchar) IN ('shipped', 'delivered') THEN kit.now() END,
    delivered_at = CASE WHEN CAST(:to AS varchar) = 'delivered' THEN kit.now() END
WHERE id = :id
"""


async def test_the_database_allows_the_arrows_of_the_table_and_no_other(db: Database) -> None:
    shop = await house(db)
    allowed: dict[ShipmentStatus, set[ShipmentStatus]] = {status: set() for status in ShipmentStatus}
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 1})
        for before in ShipmentStatus:
            for after in ShipmentStatus:
                await tx.sql("SET LOCAL session_replication_role = replica")
                await tx.sql(_TO, {"id": view.id, "to": before})
                await tx.sql("SET LOCAL session_replication_role = origin")
                with suppress(DBAPIError):
                    async with tx.session.begin_nested():
                        await tx.sql(_TO, {"id": view.id, "to": after})
                        allowed[before].add(after)
        await tx.session.rollback()

    assert {status: found - {status} for status, found in allowed.items()} == TRANSITIONS


def test_an_orders_state_is_what_hinders_it_or_is_furthest_behind() -> None:
    status = ShipmentStatus
    cases = {
        frozenset[ShipmentStatus](): FulfilmentState.NONE,
        frozenset({status.CALLED_OFF}): FulfilmentState.NONE,
        frozenset({status.WAITING, status.PACKED}): FulfilmentState.WAITING,
        frozenset({status.PICKING, status.PACKED, status.CALLED_OFF}): FulfilmentState.PICKING,
        frozenset({status.SHIPPED, status.PACKED}): FulfilmentState.PART_SHIPPED,
        frozenset({status.SHIPPED, status.DELIVERED}): FulfilmentState.SHIPPED,
        frozenset({status.DELIVERED, status.CALLED_OFF}): FulfilmentState.DELIVERED,
        frozenset({status.SHIPPED, status.ON_HOLD}): FulfilmentState.ON_HOLD,
    }

    assert {statuses: state_of_all(statuses) for statuses in cases} == cases


@pytest.mark.parametrize("seed", [3, 7])
async def test_no_order_of_acts_leaves_the_shop_unsound(db: Database, seed: int) -> None:
    dice = random.Random(seed)
    shop = await house(db, mugs=(4, 6))
    async with db.transaction(STAFF) as tx:
        held = [await paid_order(tx, wanted) for wanted in ({shop.mug: 5, shop.bowl: 1}, {shop.mug: 2, shop.lamp: 2})]
        for order in held:
            await fulfilment.allocate(tx, order.id)

    done = 0
    for step in range(30):
        async with db.transaction(STAFF) as tx:
            order = dice.choice(held)
            view = dice.choice(await fulfilment.of_order(tx, order.id))
            try:
                async with tx.session.begin_nested():
                    await dice.choices(_acts(tx, dice, step, shop, view, held), _WEIGHTS)[0]()
                done += 1
            except (Conflict, Invalid):
                continue  # refused, and nothing has changed
            for each in await fulfilment.of_order(tx, order.id):
                assert await fulfilment.replayed(tx, each.id) == await fulfilment.standing(tx, each.id)

    assert done > 3
    await assert_sound(db, quiet=False)


_WEIGHTS = (4, 4, 4, 2, 1, 2, 1, 1, 2, 1, 1, 1, 2, 1, 0.3)


def _acts(
    tx: Transaction,
    dice: random.Random,
    step: int,
    shop: House,
    view: ShipmentView,
    held: Sequence[orders.OrderHead],
) -> tuple[Callable[[], Awaitable[object]], ...]:
    some = {line.id: dice.randint(0, line.quantity) for line in view.lines}
    whole = {line.id: line.quantity for line in view.lines}
    lost = dice.choice((None, Reason.DAMAGED))
    return (
        lambda: fulfilment.pick(tx, view.id),
        lambda: fulfilment.pack(tx, view.id, parcels=[ParcelDraft(fulfilment.BY_HAND)], counts=whole),
        lambda: fulfilment.ship(tx, view.id, tracking_number=f"1Z {step}"),
        lambda: fulfilment.deliver(tx, view.id),
        lambda: fulfilment.put_back(tx, view.id),
        lambda: fulfilment.split(tx, view.id, some),
        lambda: fulfilment.send_what_is_there(tx, view.id),
        lambda: fulfilment.hold(tx, view.id, reason=HoldReason.OTHER),
        lambda: fulfilment.resume(tx, view.id),
        lambda: fulfilment.send_from(tx, view.id, warehouse_id=shop.second, write_off=lost),
        lambda: fulfilment.back_order(tx, view.id, some),
        lambda: fulfilment.cancel_lines(tx, view.id, some, write_off=lost),
        lambda: _delivery(tx, shop.lamp, shop.first, held),
        lambda: _delivery(tx, shop.mug, shop.second, held),
        lambda: _cancel(tx, view.order_id),
    )


async def _delivery(tx: Transaction, variant_id: UUID, warehouse_id: UUID, held: Sequence[orders.OrderHead]) -> None:
    await inventory.receive(tx, variant_id=variant_id, warehouse_id=warehouse_id, quantity=1)
    for order in held:
        await fulfilment.fill(tx, order.id, variant_id)


async def _cancel(tx: Transaction, order_id: UUID) -> None:
    await fulfilment.call_off(tx, order_id)
    await orders.cancel(tx, order_id, reason=CancelReason.STAFF)
    await inventory.release(tx, order_id=order_id)
