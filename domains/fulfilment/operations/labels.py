"""Labels: asked for outside of any transaction, and again while the carrier fails."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from domains import inventory, orders, store
from domains.fulfilment.errors import TrackingTaken
from domains.fulfilment.events import LabelCreated, LabelFailed
from domains.fulfilment.models import ParcelRow
from domains.fulfilment.operations.trouble import put_on_hold
from domains.fulfilment.rows import lock
from domains.fulfilment.states import OPEN, HoldReason, ShipmentStatus
from domains.fulfilment.views import Label, LabelRequest
from domains.kit import Transaction, record
from domains.orders import OrderStatus

MOST_TRIES = 5
_LEASE = 60  # seconds in which nobody else asks for the same label
_FIRST_WAIT, _LONGEST_WAIT = 10, 600  # seconds; doubled after each failure


class Asked(msgspec.Struct, frozen=True):
    """A label to be asked for, of which carrier; `tries` counts this one."""

    parcel_id: UUID
    carrier: str
    tries: int
    request: LabelRequest


async def due_labels(tx: Transaction, limit: int = 20) -> list[Asked]:
    """Take up the labels whose time has come: for a minute nobody else does. Each counts as one try."""
    rows = await tx.sql(
        "UPDATE fulfilment.parcels p SET label_tries = p.label_tries + 1,"
        " next_try_at = kit.now() + make_interval(secs => :lease)"
        " FROM fulfilment.shipments s, fulfilment.carriers c"
        " WHERE p.id IN (SELECT id FROM fulfilment.parcels WHERE label_state = 'wanted' AND next_try_at <= kit.now()"
        "                ORDER BY next_try_at LIMIT :limit FOR UPDATE SKIP LOCKED)"
        " AND s.id = p.shipment_id AND c.code = p.carrier"
        " RETURNING p.id, p.carrier, p.label_tries, p.weight_grams, p.position, p.created_at, s.number, s.order_id,"
        " s.warehouse_id, c.fails",
        {"limit": limit, "lease": float(_LEASE)},
    )
    return [await _asked(tx, row) for row in rows.all()]


async def keep_label(tx: Transaction, parcel_id: UUID, label: Label) -> bool:
    """The carrier has made the label. False where it is not wanted any more. Emits `shipping.label.created`.

    Raises `TrackingTaken` for a number that another parcel under way has.
    """
    found = await _of(tx, parcel_id)
    if found is None:
        return False
    case = await lock(tx, found)
    if case.view.status is not ShipmentStatus.PACKED and case.view.held_from is not ShipmentStatus.PACKED:
        return False
    try:
        async with tx.session.begin_nested():
            kept = await tx.session.execute(
                update(ParcelRow)
                .where(ParcelRow.id == parcel_id, ParcelRow.label_state == "wanted")
                .values(label_state="made", label=label.svg, tracking_number=label.tracking_number, label_error="")
                .returning(ParcelRow.carrier)
            )
            carrier = kept.scalar_one_or_none()
    except IntegrityError as error:
        if "uq_parcels_tracking_number" in str(error.orig):
            raise TrackingTaken(label.tracking_number) from error
        raise
    if carrier is None:
        return False
    await record(tx, LabelCreated(case.id, case.order.id, parcel_id, carrier, label.tracking_number))
    return True


async def label_failed(tx: Transaction, asked: Asked, *, why: str, for_good: bool) -> None:
    """The carrier made no label: again after a while, longer each time.

    After `MOST_TRIES`, or when asking again cannot help, the shipment is held and operations are told: emits
    `shipping.label.failed` and `shipment.held`.
    """
    found = await _of(tx, asked.parcel_id)
    if found is None:
        return
    case = await lock(tx, found)
    gives_up = for_good or asked.tries >= MOST_TRIES
    wait = min(_FIRST_WAIT * 2 ** (asked.tries - 1), _LONGEST_WAIT)
    changed = await tx.sql(
        "UPDATE fulfilment.parcels SET label_state = :state, label_error = :why,"
        " next_try_at = kit.now() + make_interval(secs => :wait) WHERE id = :id AND label_state = 'wanted'",
        {"id": asked.parcel_id, "state": "failed" if gives_up else "wanted", "why": why[:200], "wait": float(wait)},
    )
    if not gives_up or changed.rowcount != 1:
        return
    await record(tx, LabelFailed(case.id, case.order.id, asked.parcel_id, asked.carrier, asked.tries))
    if case.view.status in OPEN - {ShipmentStatus.ON_HOLD} and case.order.status is not OrderStatus.CANCELLED:
        await put_on_hold(tx, case, reason=HoldReason.CARRIER)


async def _asked(tx: Transaction, row: Any) -> Asked:
    order = await orders.order(tx, row.order_id)
    at: datetime = row.created_at
    return Asked(
        row.id,
        row.carrier,
        row.label_tries,
        LabelRequest(
            parcel_id=row.id,
            number=f"{row.number}/{row.position}",
            sender=await _sender(tx, row.warehouse_id),
            recipient=order.shipping_address,
            weight_grams=row.weight_grams,
            at=at,
            fails=row.fails,
        ),
    )


async def _sender(tx: Transaction, warehouse_id: UUID) -> tuple[str, ...]:
    shop = await store.shop(tx)
    warehouse = await inventory.warehouse(tx, warehouse_id)
    return (shop.name, *((warehouse.name, warehouse.country) if warehouse is not None else ()))


async def _of(tx: Transaction, parcel_id: UUID) -> UUID | None:
    found: UUID | None = (
        await tx.sql("SELECT shipment_id FROM fulfilment.parcels WHERE id = :id", {"id": parcel_id})
    ).scalar_one_or_none()
    return found
