"""Two at once: one wins, and the other is told."""

import asyncio
from uuid import UUID

from domains import fulfilment, inventory, orders
from domains.desk.testing import assert_sound
from domains.fulfilment.tests.factories import STAFF, allocated, house, packed, shelf
from domains.inventory.tests.factories import assert_stock_balances
from domains.kit import Conflict, Database
from domains.orders import CancelReason, OrderStatus


async def _cancel(db: Database, order_id: UUID) -> str:
    """As `checkout.flows.cancel` does with an order that is paid."""
    try:
        async with db.transaction(STAFF) as tx:
            await fulfilment.call_off(tx, order_id)
            await orders.cancel(tx, order_id, reason=CancelReason.STAFF)
            await inventory.release(tx, order_id=order_id)
    except fulfilment.AlreadyShipped:
        return "told that it left"
    return "cancelled"


async def _ship(db: Database, shipment_id: UUID, number: str) -> str:
    try:
        async with db.transaction(STAFF) as tx:
            await fulfilment.ship(tx, shipment_id, tracking_number=number)
    except fulfilment.OrderDead:
        return "told that it is cancelled"
    except Conflict:
        return "told that it left"
    return "shipped"


async def test_cancel_beside_ship_one_wins_and_the_other_is_told(live_db: Database) -> None:
    shop = await house(live_db, mugs=(8, 0))
    stories = []
    for turn in range(4):
        async with live_db.transaction(STAFF) as tx:
            (view,) = await allocated(tx, {shop.mug: 1})
            await packed(tx, view.id)

        acts = [_cancel(live_db, view.order_id), _ship(live_db, view.id, f"1Z {turn}")]
        if turn % 2:
            acts.reverse()
        told = await asyncio.gather(*acts)

        async with live_db.transaction(STAFF) as tx:
            status = (await orders.head(tx, view.order_id)).status
        stories.append(frozenset(told))
        assert (status is OrderStatus.SHIPPED) is ("shipped" in told)
        assert (status is OrderStatus.CANCELLED) is ("cancelled" in told)

    assert set(stories) <= {
        frozenset({"cancelled", "told that it is cancelled"}),
        frozenset({"shipped", "told that it left"}),
    }
    await assert_stock_balances(live_db)
    await assert_sound(live_db, quiet=False)


async def test_a_shipment_sent_by_two_at_once_leaves_the_shelf_once(live_db: Database) -> None:
    shop = await house(live_db, mugs=(5, 0))
    async with live_db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 2})
        await packed(tx, view.id)

    told = await asyncio.gather(*(_ship(live_db, view.id, f"1Z {turn}") for turn in range(4)))

    assert sorted(told) == ["shipped", *["told that it left"] * 3]
    async with live_db.transaction(STAFF) as tx:
        assert await shelf(tx, shop.mug, shop.first) == (3, 0, 0)
    await assert_sound(live_db, quiet=False)
