"""Shipments whole, and what those of an order come to."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, select

from domains import orders
from domains.fulfilment.errors import CarrierUnknown, ShipmentNotFound
from domains.fulfilment.models import ParcelRow, ShipmentRow
from domains.fulfilment.states import FulfilmentState, HoldReason, ShipmentStatus, TrackingKind, state_of_all
from domains.fulfilment.views import CarrierView, ParcelView, ShipmentLine, ShipmentView, TrackingEvent
from domains.kit import Transaction

_SHIPMENTS = """
SELECT id, number, order_id, position, warehouse_id, status, is_pick_up, method, country, hold_reason, held_from, note,
       created_at, picked_at, packed_at, shipped_at, delivered_at
FROM fulfilment.shipments
"""
_LINES = """
SELECT id, shipment_id, order_line_id, variant_id, name, options, sku, quantity, ready, picked, packed
FROM fulfilment.shipment_lines WHERE shipment_id = ANY(CAST(:ids AS uuid[])) ORDER BY shipment_id, sku, id
"""
_PARCELS = """
SELECT p.id, p.shipment_id, p.position, p.carrier, c.name AS carrier_name, c.tracking_page, p.tracking_number,
       p.weight_grams, p.label_state, p.label_tries, p.label_error, p.next_try_at, p.delivered_at
FROM fulfilment.parcels p JOIN fulfilment.carriers c ON c.code = p.carrier
WHERE p.shipment_id = ANY(CAST(:ids AS uuid[])) ORDER BY p.shipment_id, p.position
"""
_EVENTS = """
SELECT e.id, e.parcel_id, e.kind, e.place, e.words, e.occurred_at
FROM fulfilment.tracking_events e WHERE e.parcel_id = ANY(CAST(:ids AS uuid[]))
ORDER BY e.parcel_id, e.occurred_at DESC, e.id DESC
"""


async def shipment(tx: Transaction, shipment_id: UUID) -> ShipmentView:
    """The shipment whole. Raises `ShipmentNotFound`."""
    found = await load(tx, "WHERE id = :id", {"id": shipment_id})
    if not found:
        raise ShipmentNotFound
    return found[0]


async def by_number(tx: Transaction, number: str) -> ShipmentView:
    """The shipment of this number. Raises `ShipmentNotFound`."""
    found = await load(tx, "WHERE number = :number", {"number": number.strip().upper()})
    if not found:
        raise ShipmentNotFound
    return found[0]


async def with_siblings(tx: Transaction, number: str) -> tuple[ShipmentView, tuple[ShipmentView, ...]]:
    """The shipment of this number, and the others of its order. Raises `ShipmentNotFound`."""
    wanted = number.strip().upper()
    found = await load(
        tx,
        "WHERE order_id = (SELECT order_id FROM fulfilment.shipments WHERE number = :number) ORDER BY position",
        {"number": wanted},
    )
    for view in found:
        if view.number == wanted:
            return view, tuple(each for each in found if each.id != view.id)
    raise ShipmentNotFound


async def of_order(tx: Transaction, order_id: UUID) -> tuple[ShipmentView, ...]:
    """The shipments of an order in the order they were made; those called off too."""
    return await load(tx, "WHERE order_id = :id ORDER BY position", {"id": order_id})


async def shipments(tx: Transaction, shipment_ids: Collection[UUID]) -> tuple[ShipmentView, ...]:
    """These shipments, by their numbers; unknown ids are left out."""
    return await load(tx, "WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY number", {"ids": list(shipment_ids)})


async def load(tx: Transaction, which: str, values: Mapping[str, Any]) -> tuple[ShipmentView, ...]:
    """Shipments with all that hangs on them, in four statements however many they are."""
    rows = (await tx.sql(_SHIPMENTS + which, values)).mappings().all()
    ids = [row["id"] for row in rows]
    if not ids:
        return ()
    lines: dict[UUID, list[ShipmentLine]] = defaultdict(list)
    for line in (await tx.sql(_LINES, {"ids": ids})).mappings():
        facts = dict(line)
        lines[facts.pop("shipment_id")].append(ShipmentLine(**facts))
    parcels = await _parcels(tx, ids)
    return tuple(
        ShipmentView(
            **{
                **row,
                "status": ShipmentStatus(row["status"]),
                "hold_reason": row["hold_reason"] and HoldReason(row["hold_reason"]),
                "held_from": row["held_from"] and ShipmentStatus(row["held_from"]),
            },
            lines=tuple(lines[row["id"]]),
            parcels=tuple(parcels[row["id"]]),
        )
        for row in rows
    )


async def _parcels(tx: Transaction, shipment_ids: Sequence[UUID]) -> dict[UUID, list[ParcelView]]:
    rows = (await tx.sql(_PARCELS, {"ids": list(shipment_ids)})).mappings().all()
    events: dict[UUID, list[TrackingEvent]] = defaultdict(list)
    if rows:
        for event in (await tx.sql(_EVENTS, {"ids": [row["id"] for row in rows]})).mappings():
            events[event["parcel_id"]].append(TrackingEvent(**{**event, "kind": TrackingKind(event["kind"])}))
    parcels: dict[UUID, list[ParcelView]] = defaultdict(list)
    for row in rows:
        facts = dict(row)
        page = facts.pop("tracking_page")
        parcels[row["shipment_id"]].append(
            ParcelView(
                **facts,
                tracking_url=tracking_url(page, row["tracking_number"]),
                events=tuple(events[row["id"]]),
            )
        )
    return parcels


def tracking_url(page: str, number: str | None) -> str | None:
    """The carrier's page about this parcel; where the carrier has none, what the number itself gives away."""
    if number is None:
        return None
    if page:
        return page.replace("{number}", "".join(number.split()))
    return orders.tracking_url(number)


async def state_of(tx: Transaction, order_ids: Collection[UUID]) -> dict[UUID, FulfilmentState]:
    """How far each order has come, by its shipments; `none` for one that has none."""
    rows = await tx.sql(
        "SELECT order_id, array_agg(DISTINCT status) AS statuses FROM fulfilment.shipments"
        " WHERE order_id = ANY(CAST(:ids AS uuid[])) GROUP BY order_id",
        {"ids": list(order_ids)},
    )
    found = {row.order_id: state_of_all(frozenset(ShipmentStatus(status) for status in row.statuses)) for row in rows}
    return {order_id: found.get(order_id, FulfilmentState.NONE) for order_id in order_ids}


async def has_begun(tx: Transaction, order_id: UUID) -> bool:
    """Whether anybody has begun to pick the order: from then on support may not cancel it nor change its address."""
    rows = await tx.sql(
        "SELECT id FROM fulfilment.shipments WHERE order_id = :id AND (status IN ('picking', 'packed', 'shipped',"
        " 'delivered') OR held_from IN ('picking', 'packed')) LIMIT 1",
        {"id": order_id},
    )
    return rows.first() is not None


async def shipped_quantities(tx: Transaction, order_id: UUID) -> dict[UUID, int] | None:
    """How many pieces of each of an order's lines have left the house; none at all for an order without shipments."""
    rows = (
        await tx.sql(
            "SELECT l.order_line_id, coalesce(sum(l.quantity) FILTER (WHERE s.status IN ('shipped', 'delivered')), 0)"
            " AS gone FROM fulfilment.shipments s JOIN fulfilment.shipment_lines l ON l.shipment_id = s.id"
            " WHERE s.order_id = :id GROUP BY l.order_line_id",
            {"id": order_id},
        )
    ).all()
    return {row.order_line_id: int(row.gone) for row in rows} or None


async def by_tracking_number(tx: Transaction, number: str) -> tuple[UUID, ...]:
    """The orders that have a parcel of this number, the newest first."""
    rows = await tx.sql(
        "SELECT s.order_id, max(p.created_at) AS at FROM fulfilment.parcels p"
        " JOIN fulfilment.shipments s ON s.id = p.shipment_id WHERE p.tracking_number = :number"
        " GROUP BY s.order_id ORDER BY at DESC",
        {"number": number.strip()},
    )
    return tuple(row.order_id for row in rows)


async def carriers(tx: Transaction, *, also_idle: bool = False) -> tuple[CarrierView, ...]:
    """The carriers that can be chosen, in the order the merchant gave them."""
    which = "" if also_idle else " WHERE is_active"
    rows = await tx.sql(
        "SELECT code, name, adapter, tracking_page, is_active, fails FROM fulfilment.carriers"
        f"{which} ORDER BY sort_order, name"
    )
    return tuple(msgspec.convert(dict(row), CarrierView) for row in rows.mappings())


async def carrier(tx: Transaction, code: str) -> CarrierView:
    """The carrier of this code. Raises `CarrierUnknown`."""
    for found in await carriers(tx, also_idle=True):
        if found.code == code:
            return found
    raise CarrierUnknown


async def label(tx: Transaction, parcel_id: UUID) -> tuple[str, str]:
    """A parcel's label as SVG, and the number of its shipment. Raises `ShipmentNotFound` where there is none."""
    row = (await tx.session.execute(_label_of(parcel_id))).one_or_none()
    if row is None or row[0] is None:
        raise ShipmentNotFound
    return row[0], row[1]


def _label_of(parcel_id: UUID) -> Select[str | None, str]:
    return (
        select(ParcelRow.label, ShipmentRow.number)
        .join(ShipmentRow, ShipmentRow.id == ParcelRow.shipment_id)
        .where(ParcelRow.id == parcel_id)
    )
