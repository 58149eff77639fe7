"""From a paid order to a delivered parcel."""

import pytest

from domains import fulfilment, inventory, orders
from domains.desk.testing import assert_sound
from domains.fulfilment import FulfilmentState, ParcelDraft, ShipmentStatus
from domains.fulfilment.tests.factories import STAFF, allocated, facts, house, packed, paid_order, shelf, waiting_order
from domains.kit import Database, Invalid
from domains.orders import CancelReason, OrderStatus


async def test_a_paid_order_goes_out_in_one_shipment_for_each_warehouse_its_things_lie_in(db: Database) -> None:
    shop = await house(db, mugs=(2, 5))

    async with db.transaction(STAFF) as tx:
        order = await paid_order(tx, {shop.mug: 3, shop.bowl: 1})
        await fulfilment.allocate(tx, order.id)
        first, second = await fulfilment.of_order(tx, order.id)

    assert (first.warehouse_id, [line.quantity for line in first.lines]) == (shop.first, [2])
    assert second.warehouse_id == shop.second
    assert {line.variant_id: line.quantity for line in second.lines} == {shop.mug: 1, shop.bowl: 1}
    assert {first.status, second.status} == {ShipmentStatus.ALLOCATED}
    assert (first.number, second.number) == (f"{order.number}-1", f"{order.number}-2")


async def test_shipments_are_made_once(db: Database) -> None:
    shop = await house(db)

    async with db.transaction(STAFF) as tx:
        order = await paid_order(tx, {shop.mug: 1})
        made = await fulfilment.allocate(tx, order.id)
        again = await fulfilment.allocate(tx, order.id)

    assert (len(made), again) == (1, ())


async def test_an_order_that_is_not_paid_has_no_shipments(db: Database) -> None:
    shop = await house(db)

    async with db.transaction(STAFF) as tx:
        order = await waiting_order(tx, {shop.mug: 1})
        made = await fulfilment.allocate(tx, order.id)

    assert made == ()


async def test_an_order_that_was_cancelled_meanwhile_gets_no_shipments(db: Database) -> None:
    shop = await house(db)

    async with db.transaction(STAFF) as tx:
        order = await paid_order(tx, {shop.mug: 1})
        await orders.cancel(tx, order.id, reason=CancelReason.STAFF)
        made = await fulfilment.allocate(tx, order.id)

    assert made == ()


async def test_an_order_is_shipped_with_its_last_shipment_and_delivered_with_its_last(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        first, second = await allocated(tx, {shop.mug: 1, shop.bowl: 2})

    seen = []
    async with db.transaction(STAFF) as tx:

        async def look() -> None:
            head = await orders.head(tx, first.order_id)
            state = (await fulfilment.state_of(tx, [first.order_id]))[first.order_id]
            seen.append((head.status, state))

        await look()
        for view, number in ((first, "1Z 1"), (second, "1Z 2")):
            await packed(tx, view.id)
            await fulfilment.ship(tx, view.id, tracking_number=number)
            await look()
        for view in (first, second):
            await fulfilment.deliver(tx, view.id)
            await look()

    assert seen == [
        (OrderStatus.CONFIRMED, FulfilmentState.ALLOCATED),
        (OrderStatus.CONFIRMED, FulfilmentState.PART_SHIPPED),
        (OrderStatus.SHIPPED, FulfilmentState.SHIPPED),
        (OrderStatus.SHIPPED, FulfilmentState.SHIPPED),
        (OrderStatus.DELIVERED, FulfilmentState.DELIVERED),
    ]
    async with db.transaction(STAFF) as tx:
        assert await facts(tx, first.id) == [
            "shipment.created", "shipment.picking_begun", "shipment.picked", "shipment.packed", "shipment.shipped",
            "shipment.delivered",
        ]  # fmt: skip
        assert await fulfilment.replayed(tx, first.id) == await fulfilment.standing(tx, first.id)
    await assert_sound(db, quiet=False)


async def test_what_is_shipped_leaves_the_shelf_once(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 2})
        await packed(tx, view.id)
        before = await shelf(tx, shop.mug, shop.first)

    async with db.transaction(STAFF) as tx:
        await fulfilment.ship(tx, view.id, tracking_number="1Z 1")
        after = await shelf(tx, shop.mug, shop.first)
        again = await inventory.ship(
            tx, shipment_id=view.id, order_id=view.order_id, warehouse_id=shop.first, lines={shop.mug: 2}
        )
        with pytest.raises(fulfilment.ShipmentRefused):
            await fulfilment.ship(tx, view.id, tracking_number="1Z 1")

    assert (before, after, again) == ((3, 2, 0), (3, 0, 0), False)
    await assert_sound(db, quiet=False)


async def test_nobody_ships_more_than_the_order_has_in_that_warehouse(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 2})

    async with db.transaction(STAFF) as tx:
        with pytest.raises(inventory.NotAllocated):
            await inventory.ship(
                tx, shipment_id=view.id, order_id=view.order_id, warehouse_id=shop.first, lines={shop.mug: 3}
            )
        await tx.session.rollback()


async def test_a_parcel_without_a_tracking_number_does_not_leave(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 1})
        await packed(tx, view.id)

    for number in ("", "   "):
        async with db.transaction(STAFF) as tx:
            with pytest.raises(fulfilment.TrackingMissing):
                await fulfilment.ship(tx, view.id, tracking_number=number)
            await tx.session.rollback()

    async with db.transaction(STAFF) as tx:
        assert (await fulfilment.shipment(tx, view.id)).status is ShipmentStatus.PACKED


async def test_two_parcels_under_way_do_not_have_one_number(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (one,) = await allocated(tx, {shop.mug: 1})
        (other,) = await allocated(tx, {shop.mug: 1})
        for view in (one, other):
            await packed(tx, view.id)
        await fulfilment.ship(tx, one.id, tracking_number="1Z 1")

        with pytest.raises(fulfilment.TrackingTaken):
            await fulfilment.ship(tx, other.id, tracking_number="1Z 1")


async def test_several_parcels_each_have_a_carrier_and_a_number_of_their_own(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        await fulfilment.add_carrier(tx, name="Nordpost", tracking_page="https://post.example/{number}")
        (view,) = await allocated(tx, {shop.mug: 3})
        both = await packed(tx, view.id, ParcelDraft("nordpost", weight_grams=900), ParcelDraft("other"))
        numbers = {both.parcels[0].id: "N 1", both.parcels[1].id: "X-2"}

        with pytest.raises(Invalid):
            await fulfilment.ship(tx, view.id, tracking_number="N 1")
        sent = await fulfilment.ship(tx, view.id, tracking=numbers)

    assert [(parcel.carrier_name, parcel.tracking_number) for parcel in sent.parcels] == [
        ("Nordpost", "N 1"),
        ("Other carrier", "X-2"),
    ]
    assert sent.parcels[0].tracking_url == "https://post.example/N1"


async def test_nothing_ships_once_all_of_its_money_went_back(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 1})
        await packed(tx, view.id)
        await tx.sql(
            "UPDATE payments.payments SET refunding_cents = captured_cents WHERE order_id = :id", {"id": view.order_id}
        )

        with pytest.raises(fulfilment.ShipmentUnpaid):
            await fulfilment.ship(tx, view.id, tracking_number="1Z 1")
        await tx.session.rollback()


async def test_nothing_ships_of_which_less_was_taken_than_it_costs(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 1})
        await packed(tx, view.id)
        await tx.sql("SET LOCAL session_replication_role = replica")
        await tx.sql(
            "UPDATE payments.payments SET captured_cents = captured_cents - 1 WHERE order_id = :id",
            {"id": view.order_id},
        )

        with pytest.raises(fulfilment.ShipmentUnpaid):
            await fulfilment.ship(tx, view.id, tracking_number="1Z 1")
        await tx.session.rollback()


async def test_only_what_is_packed_leaves_and_once(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        first, second = await allocated(tx, {shop.mug: 1, shop.bowl: 1})
        await packed(tx, first.id)
        await fulfilment.ship(tx, first.id, tracking_number="1Z 1")

        for view in (first, second):
            with pytest.raises(fulfilment.ShipmentRefused):
                await fulfilment.ship(tx, view.id, tracking_number="1Z 2")

        assert await shelf(tx, shop.mug, shop.first) == (4, 0, 0)
        assert await shelf(tx, shop.bowl, shop.second) == (4, 1, 0)
    await assert_sound(db, quiet=False)


async def test_packing_is_checked_against_what_was_ordered(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 3})
        await fulfilment.pick(tx, view.id)

        with pytest.raises(fulfilment.CountsDiffer) as refused:
            await fulfilment.pack(
                tx, view.id, parcels=[ParcelDraft("other")], counts={line.id: 2 for line in view.lines}
            )

    assert refused.value.lines == (f"{view.lines[0].sku}: 2 of 3",)


async def test_each_scan_counts_one_piece_fetched_and_then_packed(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 2})
        sku = view.lines[0].sku

        fetched = [(await fulfilment.scan(tx, view.id, code)).picked for code in (sku, f" {sku.lower()} ")]
        is_picked = (await fulfilment.shipment(tx, view.id)).is_picked
        counted = [(await fulfilment.scan(tx, view.id, sku)).packed for _piece in range(2)]
        with pytest.raises(fulfilment.NotInShipment):
            await fulfilment.scan(tx, view.id, sku)
        with pytest.raises(fulfilment.NotInShipment):
            await fulfilment.scan(tx, view.id, "V-UNKNOWN")
        done = await fulfilment.pack(tx, view.id, parcels=[ParcelDraft("other")])

    assert (fetched, is_picked, counted, done.status) == ([1, 2], True, [1, 2], ShipmentStatus.PACKED)


async def test_what_is_partly_fetched_cannot_be_packed_and_can_be_put_back(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 2})
        await fulfilment.pick(tx, view.id, {view.lines[0].id: 1})

        with pytest.raises(fulfilment.ShipmentRefused):
            await fulfilment.pack(tx, view.id, parcels=[ParcelDraft("other")], counts={view.lines[0].id: 2})
        await fulfilment.put_back(tx, view.id)
        again = await fulfilment.shipment(tx, view.id)

    assert (again.status, again.lines[0].picked) == (ShipmentStatus.ALLOCATED, 0)


async def test_one_list_says_what_to_fetch_for_many_orders_by_the_places_on_the_shelves(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        await inventory.arrange(tx, variant_id=shop.mug, warehouse_id=shop.second, warehouse_location="B-02")
        await inventory.arrange(tx, variant_id=shop.bowl, warehouse_id=shop.second, warehouse_location="A-01")
        await inventory.switch_warehouse(tx, shop.first, is_active=False)
        (one,) = await allocated(tx, {shop.mug: 2, shop.bowl: 1})
        (other,) = await allocated(tx, {shop.mug: 1})

        listed = await fulfilment.picking_list(tx, warehouse_id=shop.second)
        first = await fulfilment.picking_list(tx, warehouse_id=shop.second, most=1)
        done = await fulfilment.pick_all(tx, [one.id, other.id])
        left = await fulfilment.picking_list(tx, warehouse_id=shop.second)

    assert [(item.location, item.quantity, len(item.wanted)) for item in listed.items] == [
        ("A-01", 1, 1),
        ("B-02", 3, 2),
    ]
    assert (listed.shipments, listed.waiting) == (2, 2)
    assert ([item.quantity for item in first.items], first.shipments, first.waiting) == ([1, 2], 1, 2)
    assert (done, left.items, left.waiting) == (2, (), 0)


async def test_a_shop_that_packs_while_it_picks_sends_all_in_one_go(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        order = await paid_order(tx, {shop.mug: 1, shop.bowl: 1})

        sent = await fulfilment.send_whole(tx, order.id, tracking_number="1Z 9")
        await fulfilment.deliver_whole(tx, order.id)

        assert [view.tracking_number for view in sent] == ["1Z 9-1", "1Z 9-2"]
        assert (await orders.head(tx, order.id)).status is OrderStatus.DELIVERED
    await assert_sound(db, quiet=False)


async def test_a_cancelled_order_is_called_off_and_its_stock_is_free_again(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        (view,) = await allocated(tx, {shop.mug: 2})
        await fulfilment.pick(tx, view.id)

        ended = await fulfilment.call_off(tx, view.order_id)
        await orders.cancel(tx, view.order_id, reason=CancelReason.STAFF)
        await inventory.release(tx, order_id=view.order_id)
        with pytest.raises(fulfilment.OrderDead):
            await fulfilment.begin_picking(tx, [view.id])

        assert ended == 1
        assert await shelf(tx, shop.mug, shop.first) == (5, 0, 0)
        assert (await fulfilment.state_of(tx, [view.order_id]))[view.order_id] is FulfilmentState.NONE
    await assert_sound(db, quiet=False)


async def test_an_order_of_which_a_part_has_left_is_not_called_off(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        first, _second = await allocated(tx, {shop.mug: 1, shop.bowl: 1})
        await packed(tx, first.id)
        await fulfilment.ship(tx, first.id, tracking_number="1Z 1")

        with pytest.raises(fulfilment.AlreadyShipped):
            await fulfilment.call_off(tx, first.order_id)


async def test_a_parcel_that_arrives_after_its_order_was_called_back_is_delivered_all_the_same(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(STAFF) as tx:
        order = await paid_order(tx, {shop.mug: 1})
        (view,) = await fulfilment.send_whole(tx, order.id, tracking_number="1Z 1")
        await orders.cancel(tx, order.id, reason=CancelReason.RECALLED)
        await inventory.release(tx, order_id=order.id)

        await fulfilment.deliver(tx, view.id)

        assert (await fulfilment.shipment(tx, view.id)).status is ShipmentStatus.DELIVERED
        assert (await orders.head(tx, order.id)).status is OrderStatus.CANCELLED
        assert await shelf(tx, shop.mug, shop.first) == (4, 0, 0)
    await assert_sound(db, quiet=False)
