"""What is fetched by who bought it."""

from uuid import UUID

from domains import fulfilment, orders, shipping
from domains.desk.testing import assert_sound
from domains.fulfilment import HoldReason, ShipmentStatus
from domains.fulfilment.tests.factories import STAFF, allocated, house, shelf
from domains.kit import Database, Money, Transaction
from domains.orders import OrderStatus


async def _method(tx: Transaction, warehouse_id: UUID) -> UUID:
    zone = await shipping.add_zone(tx, name="Home", regions=[shipping.RegionDraft("US")])
    return await shipping.add_method(
        tx,
        zone_id=zone,
        code="pick-up",
        name="Pick up",
        days_min=0,
        days_max=1,
        bands=[shipping.BandDraft("USD", 0)],
        pick_up_at=warehouse_id,
    )


async def test_pick_up_is_offered_for_nothing(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        await _method(tx, shop.first)

        (offered,) = await shipping.options(
            tx, country="US", state="NY", postal_code="10001", weight_grams=500, subtotal=Money(2000, "USD")
        )

    assert (offered.is_pick_up, offered.amount.amount) == (True, 0)


async def test_what_is_picked_up_is_gathered_where_it_is_picked_up_and_needs_no_parcel(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        method = await _method(tx, shop.second)
        (view,) = await allocated(tx, {shop.mug: 2, shop.bowl: 1}, shipping_method_id=method)
        assert (view.is_pick_up, view.warehouse_id, view.count) == (True, shop.second, 3)
        assert await shelf(tx, shop.mug, shop.first) == (5, 0, 0)

        picked = await fulfilment.pick(tx, view.id)
        await fulfilment.pack(tx, view.id, counts={line.id: line.quantity for line in picked.lines})
        ready = await fulfilment.ship(tx, view.id)
        await fulfilment.deliver(tx, view.id)

        assert (ready.status, ready.parcels) == (ShipmentStatus.SHIPPED, ())
        order = await orders.order(tx, view.order_id)
        assert (order.status, order.tracking_number) == (OrderStatus.DELIVERED, None)
    await assert_sound(db, quiet=False)


async def test_what_lies_in_another_warehouse_alone_waits_for_somebody_to_decide(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        method = await _method(tx, shop.first)

        (view,) = await allocated(tx, {shop.bowl: 1}, shipping_method_id=method)

    assert (view.status, view.hold_reason) == (ShipmentStatus.ON_HOLD, HoldReason.ELSEWHERE)
    await assert_sound(db, quiet=False)
