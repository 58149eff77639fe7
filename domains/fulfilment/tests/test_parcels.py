"""Parcels of a shipment: how many there are, who brings them, and what is heard of them."""

import pytest

from domains import fulfilment, orders
from domains.desk.testing import assert_sound
from domains.fulfilment import ParcelDraft, ShipmentStatus, TrackingKind
from domains.fulfilment.gateway import carriers_of
from domains.fulfilment.tests.factories import STAFF, allocated, house, packed
from domains.kit import Database, Invalid
from domains.orders import OrderStatus


async def test_parcels_are_added_and_taken_away_until_they_leave_and_one_stays(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 2})
        with pytest.raises(fulfilment.ShipmentRefused):
            await fulfilment.add_parcel(tx, view.id, ParcelDraft(fulfilment.BY_HAND))
        first = (await packed(tx, view.id)).parcels[0]

        second = await fulfilment.add_parcel(tx, view.id, ParcelDraft(fulfilment.BY_HAND, weight_grams=300))
        await fulfilment.remove_parcel(tx, first.id)
        with pytest.raises(fulfilment.ShipmentRefused):
            await fulfilment.remove_parcel(tx, second)
        sent = await fulfilment.ship(tx, view.id, tracking_number="1Z 7")

        assert [parcel.id for parcel in sent.parcels] == [second]
        for late in (
            fulfilment.add_parcel(tx, view.id, ParcelDraft(fulfilment.BY_HAND)),
            fulfilment.remove_parcel(tx, second),
            fulfilment.change_carrier(tx, second, carrier=fulfilment.BY_HAND),
            fulfilment.want_label(tx, second),
        ):
            with pytest.raises(fulfilment.ShipmentRefused):
                await late


async def test_an_order_is_found_by_the_number_of_its_parcel(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 1})
        begun = [await fulfilment.has_begun(tx, view.order_id)]
        await fulfilment.begin_picking(tx, [view.id])
        begun.append(await fulfilment.has_begun(tx, view.order_id))
        await packed(tx, view.id)
        await fulfilment.ship(tx, view.id, tracking_number="1Z 7")
        begun.append(await fulfilment.has_begun(tx, view.order_id))

        assert await fulfilment.by_tracking_number(tx, " 1Z 7 ") == (view.order_id,)
        assert await fulfilment.by_tracking_number(tx, "1Z 8") == ()
        assert begun == [False, True, True]


async def test_what_staff_hear_of_a_parcel_is_told_and_its_arrival_delivers_the_order(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 1})
        parcel = (await packed(tx, view.id)).parcels[0]
        with pytest.raises(fulfilment.ShipmentRefused):
            await fulfilment.tell_by_hand(tx, parcel.id, kind=TrackingKind.DELIVERED)
        await fulfilment.ship(tx, view.id, tracking_number="1Z 7")

        await fulfilment.tell_by_hand(tx, parcel.id, kind=TrackingKind.DELAYED, place="Lyon", words="Snow")
        under_way = await fulfilment.shipment(tx, view.id)
        await fulfilment.tell_by_hand(tx, parcel.id, kind=TrackingKind.DELIVERED)

        arrived = await fulfilment.shipment(tx, view.id)
        assert under_way.status is ShipmentStatus.SHIPPED
        assert [(event.kind, event.place, event.words) for event in under_way.parcels[0].events] == [
            (TrackingKind.DELAYED, "Lyon", "Snow")
        ]
        assert arrived.status is ShipmentStatus.DELIVERED
        assert (await orders.head(tx, view.order_id)).status is OrderStatus.DELIVERED
        with pytest.raises(Invalid):
            await fulfilment.tell_by_hand(tx, parcel.id, kind=TrackingKind.DELAYED, place="x" * 500)
    await assert_sound(db, quiet=False)


async def test_a_label_that_its_carrier_refused_is_asked_for_anew_once_staff_want_it(db: Database) -> None:
    shop, carriers = await house(db), carriers_of("secret")
    async with db.transaction(STAFF) as tx:
        code = await fulfilment.add_carrier(tx, name="Simulated Post", adapter="simulated")
        (view,) = await allocated(tx, {shop.mug: 1})
        parcel = (await packed(tx, view.id, ParcelDraft(code))).parcels[0]
        await tx.sql(
            "UPDATE fulfilment.parcels SET label_state = 'failed', label_tries = 5, label_error = 'No such street'"
        )

    idle = await fulfilment.flows.make_labels(db, carriers)
    async with db.transaction(STAFF) as tx:
        await fulfilment.want_label(tx, parcel.id)
    made = await fulfilment.flows.make_labels(db, carriers)

    async with db.transaction(STAFF) as tx:
        after = (await fulfilment.shipment(tx, view.id)).parcels[0]
    assert (idle, made) == (0, 1)
    assert (after.label_state, after.label_error) == ("made", "")
    assert after.tracking_number
