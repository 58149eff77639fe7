"""Out of the house: shipments leave with their carriers, arrive, or are handed over."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from domains import inventory, orders, payments
from domains.fulfilment.errors import ShipmentRefused, ShipmentUnpaid, TrackingMissing, TrackingTaken
from domains.fulfilment.events import SentParcel, ShipmentDelivered, ShipmentShipped
from domains.fulfilment.operations.allocating import allocate
from domains.fulfilment.operations.picking import change_carrier, checked_number, pack, pick
from domains.fulfilment.queries.reading import of_order, shipment
from domains.fulfilment.rows import Case, by_variant, lock, lock_to_work, move, require, told
from domains.fulfilment.states import GONE, ShipmentStatus
from domains.fulfilment.views import ParcelDraft, ShipmentView
from domains.kit import Transaction, record
from domains.orders import OrderStatus

BY_HAND = "other"
"""The carrier that is always there: whoever staff gave the parcel to."""


async def ship(
    tx: Transaction,
    shipment_id: UUID,
    *,
    carrier: str | None = None,
    tracking_number: str = "",
    tracking: Mapping[UUID, str] | None = None,
) -> ShipmentView:
    """It leaves the house: `packed` → `shipped`, and what was allocated is gone from the shelf.

    Every parcel needs a tracking number: of its label, in `tracking` by the parcels' ids, or `tracking_number` where
    there is one parcel; `carrier` is another one than was chosen when it was packed. What is picked up needs none: it
    is ready now. Nothing leaves unpaid, and nothing twice. The order is shipped with its last shipment. Emits
    `shipment.shipped`, and `order.shipped` with the last one.
    Raises `ShipmentRefused`, `OrderDead` for an order that somebody else has just cancelled, `ShipmentUnpaid`,
    `TrackingMissing`, `TrackingTaken`.
    """
    case = await lock_to_work(tx, shipment_id)
    require(case, ShipmentStatus.PACKED)
    if case.order.status is not OrderStatus.CONFIRMED:
        raise ShipmentRefused(case.view.status)
    await _require_paid(tx, case)
    if not case.view.is_pick_up:
        await _number_parcels(tx, case, carrier, tracking_number, tracking or {})
    await inventory.ship(
        tx,
        shipment_id=case.id,
        order_id=case.order.id,
        warehouse_id=case.view.warehouse_id,
        lines=by_variant(case.view.lines),
    )
    await move(tx, case, ShipmentStatus.SHIPPED, ", shipped_at = kit.now()")
    sent = await shipment(tx, shipment_id)
    all_of_it = await of_order(tx, case.order.id)
    is_last = all(each.status in GONE or each.status is ShipmentStatus.CALLED_OFF for each in all_of_it)
    await record(
        tx,
        ShipmentShipped(
            case.id,
            case.order.id,
            case.order.user_id,
            sent.warehouse_id,
            sent.is_pick_up,
            is_last,
            tuple(SentParcel(each.id, each.carrier, each.tracking_number) for each in sent.parcels),
            told(sent.lines),
        ),
    )
    if is_last:
        first = next((each.tracking_number for each in all_of_it if each.tracking_number), None)
        await orders.ship(tx, case.order.id, tracking_number=first)
    return sent


async def deliver(tx: Transaction, shipment_id: UUID) -> None:
    """It has arrived, or was handed over: `shipped` → `delivered`. Emits `shipment.delivered`.

    The order is delivered with its last shipment, if it was not called back meanwhile. To be told again changes
    nothing.
    """
    case = await lock(tx, shipment_id)
    if case.view.status is ShipmentStatus.DELIVERED:
        return
    await move(tx, case, ShipmentStatus.DELIVERED, ", delivered_at = kit.now()")
    await tx.sql(
        "UPDATE fulfilment.parcels SET delivered_at = kit.now() WHERE shipment_id = :id AND delivered_at IS NULL",
        {"id": case.id},
    )
    all_of_it = await of_order(tx, case.order.id)
    is_last = all(each.status in {ShipmentStatus.DELIVERED, ShipmentStatus.CALLED_OFF} for each in all_of_it)
    await record(tx, ShipmentDelivered(case.id, case.order.id, case.order.user_id, case.view.is_pick_up, is_last))
    if is_last and case.order.status is OrderStatus.SHIPPED:
        await orders.deliver(tx, case.order.id)


async def close_order(tx: Transaction, order_id: UUID) -> None:
    """Draw the consequence for the order when what was still in the house of it is called off: what has left is all.

    The caller holds the order's lock.
    """
    head = await orders.head(tx, order_id)
    live = [each for each in await of_order(tx, order_id) if each.status is not ShipmentStatus.CALLED_OFF]
    if head.status is not OrderStatus.CONFIRMED or not live or any(each.status not in GONE for each in live):
        return
    first = next((each.tracking_number for each in live if each.tracking_number), None)
    await orders.ship(tx, order_id, tracking_number=first)
    if all(each.status is ShipmentStatus.DELIVERED for each in live):
        await orders.deliver(tx, order_id)


async def send_whole(
    tx: Transaction, order_id: UUID, *, tracking_number: str = "", carrier: str = BY_HAND
) -> tuple[ShipmentView, ...]:
    """All of an order out of the house in one go: its shipments made, picked, packed and shipped.

    For shops that pack while they pick, and for what a shop has sent before it had this. Several shipments have the
    same number with their own behind it. Raises what `pick`, `pack` and `ship` raise.
    """
    await allocate(tx, order_id)
    sent = []
    waiting = [each for each in await of_order(tx, order_id) if each.status not in GONE | {ShipmentStatus.CALLED_OFF}]
    for view in waiting:
        if view.status in {ShipmentStatus.ALLOCATED, ShipmentStatus.PICKING} and not view.is_picked:
            await pick(tx, view.id)
        if (await shipment(tx, view.id)).status is ShipmentStatus.PICKING:
            drafts = () if view.is_pick_up else (ParcelDraft(carrier),)
            await pack(tx, view.id, parcels=drafts, counts={line.id: line.quantity for line in view.lines})
        number = tracking_number if not tracking_number or len(waiting) == 1 else f"{tracking_number}-{view.position}"
        sent.append(await ship(tx, view.id, tracking_number=number))
    return tuple(sent)


async def deliver_whole(tx: Transaction, order_id: UUID) -> None:
    """All that has left of an order has arrived."""
    for view in await of_order(tx, order_id):
        if view.status is ShipmentStatus.SHIPPED:
            await deliver(tx, view.id)


async def _require_paid(tx: Transaction, case: Case) -> None:
    """Nothing ships unpaid (I14), nor when all of the money went back."""
    if case.order.payment_id is None:
        if case.order.total.amount:
            raise ShipmentUnpaid
        return
    paid = await payments.payment(tx, case.order.payment_id, lock=True)
    if paid.captured < case.order.total.amount or not paid.left:
        raise ShipmentUnpaid


async def _number_parcels(
    tx: Transaction, case: Case, carrier: str | None, tracking_number: str, tracking: Mapping[UUID, str]
) -> None:
    numbers = dict(tracking)
    parcels = case.view.parcels
    if tracking_number.strip() and len(parcels) == 1:
        numbers.setdefault(parcels[0].id, tracking_number)
    if carrier is not None and len(parcels) == 1 and carrier != parcels[0].carrier:
        await change_carrier(tx, parcels[0].id, carrier=carrier)
    for parcel in (await shipment(tx, case.id)).parcels:
        field = "tracking_number" if len(parcels) == 1 else f"tracking_{parcel.position}"
        number = checked_number(numbers.get(parcel.id, ""), field) or parcel.tracking_number
        if not number:
            raise TrackingMissing(field)
        try:
            async with tx.session.begin_nested():
                await tx.sql(
                    "UPDATE fulfilment.parcels SET tracking_number = :number,"
                    " label_state = CASE label_state WHEN 'made' THEN 'made' ELSE 'none' END WHERE id = :id",
                    {"id": parcel.id, "number": number},
                )
        except IntegrityError as error:
            if "uq_parcels_tracking_number" in str(error.orig):
                raise TrackingTaken(number, field) from error
            raise
