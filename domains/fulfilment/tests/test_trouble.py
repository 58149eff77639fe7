"""What does not go as planned: owed things, other warehouses, cancelled lines, carriers that fail."""

from datetime import timedelta

import pytest

from domains import desk, fulfilment, inventory, orders
from domains.desk.testing import assert_sound
from domains.fulfilment import HoldReason, ParcelDraft, ShipmentStatus, TrackingKind
from domains.fulfilment.gateway import carriers_of
from domains.fulfilment.tests.factories import STAFF, allocated, facts, house, packed, paid_order, shelf
from domains.inventory import Reason
from domains.kit import Database, new_id
from domains.kit.clock import shift
from domains.orders import OrderStatus


async def test_what_is_owed_waits_for_the_delivery_and_then_goes_on_by_itself(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        here, owed = await allocated(tx, {shop.mug: 1, shop.lamp: 2})
        assert (here.status, owed.status, owed.missing) == (ShipmentStatus.ALLOCATED, ShipmentStatus.WAITING, 2)
        with pytest.raises(fulfilment.ShipmentRefused):
            await fulfilment.pick(tx, owed.id)

        await inventory.receive(tx, variant_id=shop.lamp, warehouse_id=shop.first, quantity=2)
        await fulfilment.fill(tx, owed.order_id, shop.lamp)
        await fulfilment.fill(tx, owed.order_id, shop.lamp)
        found = await fulfilment.shipment(tx, owed.id)

    assert (found.status, found.missing) == (ShipmentStatus.ALLOCATED, 0)
    await assert_sound(db, quiet=False, but=("I37",))


async def test_what_came_to_another_warehouse_goes_out_from_there_and_what_is_there_may_go_first(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (owed,) = await allocated(tx, {shop.lamp: 3})
        await inventory.receive(tx, variant_id=shop.lamp, warehouse_id=shop.second, quantity=1)
        await fulfilment.fill(tx, owed.order_id, shop.lamp)
        await inventory.receive(tx, variant_id=shop.lamp, warehouse_id=shop.first, quantity=1)
        await fulfilment.fill(tx, owed.order_id, shop.lamp)
        at_first, at_second = await fulfilment.of_order(tx, owed.order_id)

        assert (at_first.missing, at_first.count, at_first.status) == (1, 2, ShipmentStatus.WAITING)
        assert (at_second.warehouse_id, at_second.count, at_second.status) == (shop.second, 1, ShipmentStatus.ALLOCATED)
        gone_first = await fulfilment.shipment(tx, await fulfilment.send_what_is_there(tx, at_first.id))
        assert (gone_first.count, gone_first.status) == (1, ShipmentStatus.ALLOCATED)
    await assert_sound(db, quiet=False, but=("I37",))


async def test_staff_split_a_shipment_by_line_and_quantity(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 4})
        line = view.lines[0]
        for wrong in ({line.id: 0}, {line.id: 4}, {line.id: 5}, {new_id(): 1}, {}):
            with pytest.raises(fulfilment.NothingChosen):
                await fulfilment.split(tx, view.id, wrong)

        into = await fulfilment.split(tx, view.id, {line.id: 3})
        one, other = await fulfilment.of_order(tx, view.order_id)

        assert (one.count, other.count, other.id) == (1, 3, into)
        for each in (one, other):
            await packed(tx, each.id)
            await fulfilment.ship(tx, each.id, tracking_number=f"1Z {each.position}")
            assert await fulfilment.replayed(tx, each.id) == await fulfilment.standing(tx, each.id)
        assert (await orders.head(tx, view.order_id)).status is OrderStatus.SHIPPED
        assert await shelf(tx, shop.mug, shop.first) == (1, 0, 0)
    await assert_sound(db, quiet=False)


async def test_what_is_not_there_comes_from_another_warehouse(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 2})
        await fulfilment.begin_picking(tx, [view.id])
        await fulfilment.hold(tx, view.id, reason=HoldReason.MISSING, note="Shelf A-01 is empty")

        await fulfilment.send_from(tx, view.id, warehouse_id=shop.second, write_off=Reason.CORRECTION)
        moved = await fulfilment.shipment(tx, view.id)

        assert (moved.warehouse_id, moved.status, moved.hold_reason) == (shop.second, ShipmentStatus.ALLOCATED, None)
        assert await shelf(tx, shop.mug, shop.first) == (3, 0, 0)
        assert await shelf(tx, shop.mug, shop.second) == (3, 2, 0)
        assert await fulfilment.replayed(tx, view.id) == await fulfilment.standing(tx, view.id)
    await assert_sound(db, quiet=False)


async def test_another_warehouse_must_have_all_of_it(db: Database) -> None:
    shop = await house(db, mugs=(5, 1))
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 2})

        with pytest.raises(inventory.NotEnoughStock):
            await fulfilment.send_from(tx, view.id, warehouse_id=shop.second)
        await tx.session.rollback()


async def test_what_is_not_there_is_owed_again_and_the_rest_may_go(db: Database) -> None:
    shop = await house(db, mugs=(2, 0))
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 2})
        await fulfilment.hold(tx, view.id, reason=HoldReason.DAMAGED)

        await fulfilment.back_order(tx, view.id, {view.lines[0].id: 1}, write_off=Reason.DAMAGED)
        waiting = await fulfilment.shipment(tx, view.id)

        assert (waiting.status, waiting.missing) == (ShipmentStatus.WAITING, 1)
        assert await shelf(tx, shop.mug, shop.first) == (0, 1, 1)
        assert "shipment.back_ordered" in await facts(tx, view.id)
    await assert_sound(db, quiet=False)


async def test_cancelled_lines_free_their_stock_and_the_rest_of_the_order_is_all_of_it(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        mugs, bowls = await allocated(tx, {shop.mug: 3, shop.bowl: 1})
        await packed(tx, bowls.id)
        await fulfilment.ship(tx, bowls.id, tracking_number="1Z 1")

        some = await fulfilment.cancel_lines(tx, mugs.id, {mugs.lines[0].id: 1})
        before = (await orders.head(tx, mugs.order_id)).status
        rest = await fulfilment.cancel_lines(tx, mugs.id, {mugs.lines[0].id: 2}, write_off=Reason.DAMAGED)

        assert [(line.quantity, line.order_line_id) for line in (*some, *rest)] == [
            (1, mugs.lines[0].order_line_id),
            (2, mugs.lines[0].order_line_id),
        ]
        assert (await fulfilment.shipment(tx, mugs.id)).status is ShipmentStatus.CALLED_OFF
        assert (before, (await orders.head(tx, mugs.order_id)).status) == (OrderStatus.CONFIRMED, OrderStatus.SHIPPED)
        assert await shelf(tx, shop.mug, shop.first) == (3, 0, 0)
        assert await fulfilment.replayed(tx, mugs.id) == await fulfilment.standing(tx, mugs.id)
    await assert_sound(db, quiet=False)


async def test_a_held_shipment_goes_on_from_where_it_stood(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 1})
        await packed(tx, view.id)
        await fulfilment.hold(tx, view.id, reason=HoldReason.ADDRESS)
        with pytest.raises(fulfilment.ShipmentRefused):
            await fulfilment.ship(tx, view.id, tracking_number="1Z 1")

        assert await fulfilment.resume(tx, view.id) is ShipmentStatus.PACKED
        await fulfilment.ship(tx, view.id, tracking_number="1Z 1")


async def test_a_carrier_makes_the_label_and_its_number_sends_the_parcel(db: Database) -> None:
    shop, carriers = await house(db), carriers_of("secret")
    async with db.transaction(STAFF) as tx:
        code = await fulfilment.add_carrier(tx, name="Simulated Post", adapter="simulated")
        (view,) = await allocated(tx, {shop.mug: 1})
        await packed(tx, view.id, ParcelDraft(code, weight_grams=420))

    made = [await fulfilment.flows.make_labels(db, carriers) for _turn in range(2)]
    async with db.transaction(STAFF) as tx:
        parcel = (await fulfilment.shipment(tx, view.id)).parcels[0]
        drawn, number = await fulfilment.label(tx, parcel.id)
        sent = await fulfilment.ship(tx, view.id)

        assert made == [1, 0]
        assert drawn.startswith("<svg")
        assert "Ada Lovelace" in drawn
        assert (number, sent.tracking_number) == (view.number, parcel.tracking_number)
        assert "shipping.label.created" in await facts(tx, view.id)


async def test_a_carrier_that_fails_is_asked_again_ever_later_and_then_somebody_is_told(db: Database) -> None:
    shop, carriers = await house(db), carriers_of("secret")
    async with db.transaction(STAFF) as tx:
        code = await fulfilment.add_carrier(tx, name="Simulated Post", adapter="simulated")
        await fulfilment.change_carrier_row(
            tx, code, name="Simulated Post", tracking_page="", is_active=True, fails=True
        )
        (view,) = await allocated(tx, {shop.mug: 1})
        await packed(tx, view.id, ParcelDraft(code))

    waits = []
    for _try in range(fulfilment.MOST_TRIES):
        await fulfilment.flows.make_labels(db, carriers)
        async with db.transaction(STAFF) as tx:
            parcel = (await fulfilment.shipment(tx, view.id)).parcels[0]
            waits.append(round((parcel.next_try_at - await tx.now()).total_seconds()))
            await tx.sql("UPDATE fulfilment.parcels SET next_try_at = kit.now()")
    async with db.transaction(STAFF) as tx:
        held = await fulfilment.shipment(tx, view.id)

        assert waits[:4] == [10, 20, 40, 80]
        assert (held.status, held.hold_reason, parcel.label_state) == (
            ShipmentStatus.ON_HOLD, HoldReason.CARRIER, "failed",
        )  # fmt: skip
        assert (await facts(tx, view.id)).count("shipping.label.failed") == 1

        # Staff give it to somebody else.
        await fulfilment.change_carrier(tx, parcel.id, carrier=fulfilment.BY_HAND)
        await fulfilment.resume(tx, view.id)
        await fulfilment.ship(tx, view.id, tracking_number="1Z 1")


async def test_what_the_carrier_tells_is_put_down_once_and_delivers_the_order(db: Database) -> None:
    shop, carriers = await house(db), carriers_of("secret")
    async with db.transaction(STAFF) as tx:
        code = await fulfilment.add_carrier(tx, name="Simulated Post", adapter="simulated")
        (view,) = await allocated(tx, {shop.mug: 1})
        await packed(tx, view.id, ParcelDraft(code))
    await fulfilment.flows.make_labels(db, carriers)
    async with db.transaction(STAFF) as tx:
        await fulfilment.ship(tx, view.id)

    told = []
    for hours in (1, 9, 9.1, 60, 61):
        async with db.transaction(STAFF) as tx:
            await shift(tx, timedelta(hours=hours))
        told.append(await fulfilment.flows.follow(db, carriers))
    async with db.transaction(STAFF) as tx:
        arrived = await fulfilment.shipment(tx, view.id)

        assert told == [1, 1, 0, 3, 0]
        assert arrived.status is ShipmentStatus.DELIVERED
        assert arrived.events[0].kind is TrackingKind.DELIVERED
        assert (await orders.head(tx, view.order_id)).status is OrderStatus.DELIVERED
        await shift(tx, timedelta())


async def test_a_signed_notice_is_believed_and_any_other_is_not(db: Database) -> None:
    shop = await house(db)
    carriers = carriers_of("secret")
    simulated = fulfilment.SimulatedCarrier("secret")
    async with db.transaction(STAFF) as tx:
        code = await fulfilment.add_carrier(tx, name="Simulated Post", adapter="simulated")
        (view,) = await allocated(tx, {shop.mug: 1})
        await packed(tx, view.id, ParcelDraft(code, "SP 1"))
        await fulfilment.ship(tx, view.id)
    body = b'[{"id":"n1","number":"SP 1","event":"out_for_delivery","at":"2026-11-20T09:00:00Z","place":"Athens"}]'

    async def notice(signature: str) -> int:
        return await fulfilment.flows.take_notice(db, carriers, code, body, {"x-carrier-signature": signature})

    fresh = [await notice(simulated.sign(body)) for _twice in range(2)]
    for wrong in ("", simulated.sign(b"[]"), fulfilment.SimulatedCarrier("other").sign(body)):
        with pytest.raises(fulfilment.NoticeUnsigned):
            await notice(wrong)
    async with db.transaction(STAFF) as tx:
        events = (await fulfilment.shipment(tx, view.id)).events

    assert fresh == [1, 0]
    assert [(event.kind, event.place) for event in events] == [(TrackingKind.OUT_FOR_DELIVERY, "Athens")]


async def test_an_order_whose_delivery_was_lost_gets_its_shipments_later(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        order = await paid_order(tx, {shop.mug: 1})
        await shift(tx, timedelta(minutes=1))

    made = []
    for _twice in range(2):
        async with db.transaction(STAFF) as tx:
            left = await desk.without_shipments(tx)
        made.append(await fulfilment.flows.catch_up(db, left))

    assert made == [1, 0]
    async with db.transaction(STAFF) as tx:
        assert len(await fulfilment.of_order(tx, order.id)) == 1
        await shift(tx, timedelta())
