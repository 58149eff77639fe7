"""What waits to be done in the warehouses: the queues, how long they are, and what is to be fetched for them."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from domains import inventory
from domains.fulfilment.states import HoldReason, ShipmentStatus
from domains.kit import Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of


class Queue(StrEnum):
    """What has to be done next with a shipment."""

    ALLOCATE = "allocate"
    """Something in it is not there: wait, take it from elsewhere, send what is there."""
    PICK = "pick"
    PACK = "pack"
    SHIP = "ship"
    PROBLEMS = "problems"
    """On hold: somebody has to decide."""
    SENT = "sent"
    """On its way, or laid out for pick-up."""


_IN_QUEUE: dict[Queue, str] = {
    Queue.ALLOCATE: "s.status = 'waiting'",
    Queue.PICK: "(s.status = 'allocated' OR s.status = 'picking' AND s.picked_at IS NULL)",
    Queue.PACK: "(s.status = 'picking' AND s.picked_at IS NOT NULL)",
    Queue.SHIP: "s.status = 'packed'",
    Queue.PROBLEMS: "s.status = 'on_hold'",
    Queue.SENT: "s.status = 'shipped'",
}
MOST_TO_PICK = 100
"""How many shipments one list is for: more than that nobody carries."""
_OPEN = "s.status IN ('waiting', 'allocated', 'picking', 'packed', 'on_hold')"

_QUEUED = Source(
    select=(
        "s.id, s.number, s.order_id, s.warehouse_id, s.status, s.is_pick_up, s.method,"
        " s.country, s.hold_reason, s.picked_at, s.created_at, s.note,"
        " (SELECT sum(l.quantity) FROM fulfilment.shipment_lines l WHERE l.shipment_id = s.id) AS pieces,"
        " (SELECT sum(l.quantity - l.ready) FROM fulfilment.shipment_lines l WHERE l.shipment_id = s.id) AS missing,"
        " (SELECT string_agg(l.sku || ' × ' || l.quantity, ', ' ORDER BY l.sku) FROM fulfilment.shipment_lines l"
        "  WHERE l.shipment_id = s.id) AS goods"
    ),
    tables="fulfilment.shipments s",
    key="s.id",
    orders={"created": OrderBy("s.created_at", "timestamptz"), "number": OrderBy("s.number")},
)

# A number, an order's number, an SKU or a tracking number: each is asked of its own index and found first, as an array.
_FOUND_BY = """
s.id = ANY(ARRAY(
    SELECT id FROM fulfilment.shipments WHERE number = upper(:typed) OR number LIKE upper(:order) || '-%'
    UNION SELECT shipment_id FROM fulfilment.shipment_lines WHERE sku = upper(:typed)
    UNION SELECT shipment_id FROM fulfilment.parcels WHERE tracking_number = :typed
))
"""


class QueuedShipment(msgspec.Struct, frozen=True, kw_only=True):
    """A shipment in a list of many."""

    id: UUID
    number: str
    order_id: UUID
    warehouse_id: UUID
    warehouse_code: str
    status: ShipmentStatus
    is_pick_up: bool
    is_picked: bool
    method: str
    country: str
    hold_reason: HoldReason | None
    pieces: int
    missing: int
    goods: str
    note: str
    created_at: datetime


class Due(msgspec.Struct, frozen=True):
    """How many shipments wait in a queue, in one warehouse."""

    queue: Queue
    warehouse_id: UUID
    number: int


class Picked(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be fetched for several shipments: where it lies, how many in all, and how many for whom."""

    variant_id: UUID
    location: str
    name: str
    options: str
    sku: str
    quantity: int
    wanted: tuple[tuple[str, int], ...]


class PickingList(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be fetched for so many `shipments`, of so many that are `waiting`."""

    items: tuple[Picked, ...]
    shipments: int
    waiting: int


async def queue(tx: Transaction, asked: Asked) -> Slice[QueuedShipment]:
    """The shipments that fit; where no `queue` is chosen, all that are still in the house.

    What was typed finds by the number of a shipment or its order, an SKU, or a tracking number.
    Filters: `queue`, `warehouse`, `pick_up`, `waiting_since`.
    """
    where = Where()
    chosen = [_IN_QUEUE[Queue(name)] for name in asked.chosen("queue") if name in set(Queue)]
    if chosen:
        where.add(" OR ".join(chosen))
    elif not asked.q:
        where.add(_OPEN)
    where.one_of("s.warehouse_id", asked.chosen("warehouse"), type="uuid")
    if asked.chosen("way"):
        where.one_of("CASE WHEN s.is_pick_up THEN 'pick_up' ELSE 'parcel' END", asked.chosen("way"))
    where.within("s.created_at", asked.within("created"))
    if asked.q:
        where.add(
            _FOUND_BY,
            typed=asked.q,
            order=asked.q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"),
        )
    codes = {place.id: place.code for place in await inventory.warehouses(tx)}
    return (await slice_of(tx, _QUEUED, where, asked)).map(lambda row: _row(row, codes))


def _row(row: Any, codes: Mapping[UUID, str]) -> QueuedShipment:
    return QueuedShipment(
        id=row.id,
        number=row.number,
        order_id=row.order_id,
        warehouse_id=row.warehouse_id,
        warehouse_code=codes[row.warehouse_id],
        status=ShipmentStatus(row.status),
        is_pick_up=row.is_pick_up,
        is_picked=row.picked_at is not None,
        method=row.method,
        country=row.country,
        hold_reason=HoldReason(row.hold_reason) if row.hold_reason else None,
        pieces=int(row.pieces or 0),
        missing=int(row.missing or 0),
        goods=row.goods or "",
        note=row.note,
        created_at=row.created_at,
    )


_COUNTS = f"""
SELECT CASE {" ".join(f"WHEN {condition} THEN '{name}'" for name, condition in _IN_QUEUE.items())} END AS queue,
       s.warehouse_id, count(*) AS number
FROM fulfilment.shipments s WHERE {_OPEN} OR s.status = 'shipped' GROUP BY 1, 2
"""


async def counts(tx: Transaction) -> tuple[Due, ...]:
    """How many shipments wait in each queue of each warehouse; what is not there is 0."""
    rows = await tx.sql(_COUNTS)
    return tuple(Due(Queue(row.queue), row.warehouse_id, row.number) for row in rows if row.queue is not None)


_TO_PICK = f"""
WITH next AS (
    SELECT s.id, s.number, count(*) OVER () AS waiting FROM fulfilment.shipments s
    WHERE {_IN_QUEUE[Queue.PICK]} AND s.warehouse_id = :warehouse_id
    ORDER BY s.created_at, s.id LIMIT :most
)
SELECT next.number, next.waiting, l.variant_id, l.name, l.options, l.sku, l.ready - l.picked AS quantity
FROM next JOIN fulfilment.shipment_lines l ON l.shipment_id = next.id
WHERE l.ready > l.picked
ORDER BY next.number, l.sku
"""


async def picking_list(tx: Transaction, *, warehouse_id: UUID, most: int = MOST_TO_PICK) -> PickingList:
    """What is to be fetched for the shipments of a warehouse that wait longest to be picked, so many at `most`, in the
    order in which the shelves stand; what has no place comes last.
    """
    rows = (await tx.sql(_TO_PICK, {"warehouse_id": warehouse_id, "most": most})).all()
    places = await _places(tx, warehouse_id, {row.variant_id for row in rows})
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.variant_id].append(row)
    items = [
        Picked(
            variant_id=variant_id,
            location=places.get(variant_id, ""),
            name=of_variant[0].name,
            options=of_variant[0].options,
            sku=of_variant[0].sku,
            quantity=sum(row.quantity for row in of_variant),
            wanted=tuple((row.number, row.quantity) for row in of_variant),
        )
        for variant_id, of_variant in found.items()
    ]
    return PickingList(
        items=tuple(sorted(items, key=lambda one: (one.location == "", one.location, one.sku))),
        shipments=len({row.number for row in rows}),
        waiting=rows[0].waiting if rows else 0,
    )


async def _places(tx: Transaction, warehouse_id: UUID, wanted: Collection[UUID]) -> Mapping[UUID, str]:
    levels = await inventory.levels(tx, wanted)
    return {one.variant_id: one.warehouse_location or "" for one in levels if one.warehouse_id == warehouse_id}
