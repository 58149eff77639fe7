"""The stock rows of some variants under their locks: what was available before, what is now, and who is owed what.

Whoever makes more available than there was fills what is owed before he commits, so no order that was paid waits
beside free stock. All rows of a variant are locked in key order by one statement before anything is read that hangs
on them; the parts of paid orders change under these locks alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert

from domains.inventory.events import ChangedLine, InventoryBackorderFilled, InventoryUpdated
from domains.inventory.models import Reason, StockMovement
from domains.inventory.operations.alerts import Level, alert
from domains.kit import Transaction, new_id, record_all

type Key = tuple[UUID, UUID]
"""A variant and a warehouse."""


class Row(msgspec.Struct):
    """A stock row under its lock, kept in step with what the transaction does to it."""

    variant_id: UUID
    warehouse_id: UUID
    on_hand: int
    reserved: int
    allocated: int
    backordered: int
    reorder_threshold: int
    is_active: bool
    priority: int
    before: int
    place: str = ""

    @property
    def key(self) -> Key:
        return self.variant_id, self.warehouse_id

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


class Rows(msgspec.Struct):
    """All rows of the variants that are wanted, by variant and warehouse."""

    by_key: dict[Key, Row]

    def of(self, variant_id: UUID) -> list[Row]:
        """The open warehouses' rows of a variant, in the order they are emptied."""
        found = [row for row in self.by_key.values() if row.variant_id == variant_id and row.is_active]
        return sorted(found, key=lambda row: (row.priority, row.warehouse_id))


_LOCK = """
SELECT s.variant_id, s.warehouse_id, s.quantity_on_hand AS on_hand, s.quantity_reserved AS reserved,
       s.quantity_allocated AS allocated, s.quantity_backordered AS backordered, s.reorder_threshold,
       w.is_active, w.priority, s.quantity_on_hand - s.quantity_reserved AS before,
       coalesce(s.warehouse_location, '') AS place
FROM inventory.stock_items s JOIN inventory.warehouses w ON w.id = s.warehouse_id
WHERE s.variant_id = ANY(CAST(:variants AS uuid[]))
ORDER BY s.variant_id, s.warehouse_id
FOR UPDATE OF s
"""


async def lock(tx: Transaction, variant_ids: Iterable[UUID]) -> Rows:
    """Lock every stock row of these variants, in key order; what is read afterwards is what holds."""
    found = await tx.sql(_LOCK, {"variants": sorted(set(variant_ids))})
    rows = [Row(**row) for row in found.mappings()]
    return Rows({row.key: row for row in rows})


_MAKE = """
INSERT INTO inventory.stock_items (id, variant_id, warehouse_id)
SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:variants AS uuid[]), CAST(:warehouses AS uuid[]))
     AS given (id, variant_id, warehouse_id)
ORDER BY variant_id, warehouse_id
ON CONFLICT (variant_id, warehouse_id) DO NOTHING
"""


async def make(tx: Transaction, keys: Iterable[Key]) -> None:
    """Make the rows that are not there yet, empty; before any is locked."""
    wanted = sorted(set(keys))
    await tx.sql(
        _MAKE,
        {
            "ids": [new_id() for _ in wanted],
            "variants": [variant_id for variant_id, _ in wanted],
            "warehouses": [warehouse_id for _, warehouse_id in wanted],
        },
    )


class Change(msgspec.Struct, frozen=True):
    """What one operation moves on the shelves: one entry of the ledger for each line, one event for all of them."""

    lines: Mapping[Key, int]
    reason: Reason
    reference: str = ""
    note: str = ""


async def write(tx: Transaction, rows: Rows, changes: Sequence[Change], *, restocks: bool) -> None:
    """Apply changes to rows that are locked: quantities on hand, the ledger, `inventory.updated`.

    `restocks` says that what comes is a delivery. The caller has checked that nothing falls below what is reserved.
    """
    sums: dict[Key, int] = {}
    for change in changes:
        for key, quantity in change.lines.items():
            sums[key] = sums.get(key, 0) + quantity
    for key, quantity in sums.items():
        rows.by_key[key].on_hand += quantity
    await tx.sql(
        "UPDATE inventory.stock_items s SET quantity_on_hand = s.quantity_on_hand + given.change,"
        " last_restocked_at = CASE WHEN :restocks THEN kit.now() ELSE s.last_restocked_at END,"
        " updated_at = kit.now() FROM unnest(CAST(:variants AS uuid[]), CAST(:warehouses AS uuid[]),"
        " CAST(:changes AS int[])) AS given (variant_id, warehouse_id, change)"
        " WHERE s.variant_id = given.variant_id AND s.warehouse_id = given.warehouse_id",
        {
            "restocks": restocks,
            "variants": [variant_id for variant_id, _ in sums],
            "warehouses": [warehouse_id for _, warehouse_id in sums],
            "changes": list(sums.values()),
        },
    )
    await put_down(tx, changes)


async def put_down(tx: Transaction, changes: Sequence[Change]) -> None:
    """The ledger's entries of changes, and `inventory.updated` for each that moves anything."""
    movements: list[dict[str, Any]] = []
    events: list[InventoryUpdated] = []
    for change in changes:
        lines = tuple(ChangedLine(*key, quantity) for key, quantity in change.lines.items() if quantity)
        if not lines:
            continue
        change_id = new_id()
        events.append(
            InventoryUpdated(stock_change_id=change_id, reason=change.reason, reference=change.reference, lines=lines)
        )
        movements += [
            {
                "id": new_id(),
                "change_id": change_id,
                "variant_id": line.variant_id,
                "warehouse_id": line.warehouse_id,
                "quantity": line.quantity,
                "reason": change.reason.value,
                "reference": change.reference,
                "note": change.note,
                "actor_kind": tx.actor.kind.value,
                "actor_id": tx.actor.id,
                "trace_id": tx.trace_id,
            }
            for line in lines
        ]
    if movements:
        await tx.session.execute(insert(StockMovement.__table__), movements)  # type: ignore[arg-type]
        await record_all(tx, events)


async def settle(tx: Transaction, rows: Rows) -> None:
    """End a change of rows that are locked: fill what is owed, then tell what fell below a line.

    Emits `inventory.backorder_filled` with its `inventory.updated`, `inventory.low_stock`, `product.out_of_stock`.
    """
    await fill(tx, rows)
    await tell(tx, rows)


async def tell(tx: Transaction, rows: Rows) -> None:
    """Tell what fell below a line since the rows were locked."""
    await alert(
        tx,
        [
            Level(row.variant_id, row.warehouse_id, row.before, row.available, row.reorder_threshold)
            for row in rows.by_key.values()
            if row.is_active
        ],
    )


# The oldest order first: by when it was placed. Each that is served takes one piece at least, so no more of them than
# there are pieces can be.
_OWED = """
SELECT owed.reservation_id, owed.order_id, given.variant_id, owed.warehouse_id, owed.backordered
FROM unnest(CAST(:variants AS uuid[]), CAST(:free AS int[])) AS given (variant_id, free)
CROSS JOIN LATERAL (
    SELECT p.reservation_id, r.order_id, p.warehouse_id, p.backordered, r.bound_at
    FROM inventory.reservation_parts p JOIN inventory.reservations r ON r.id = p.reservation_id
    WHERE p.variant_id = given.variant_id AND p.backordered > 0 AND r.status = 'consumed'
    ORDER BY r.bound_at, r.order_id, p.warehouse_id
    LIMIT given.free
) owed
ORDER BY given.variant_id, owed.bound_at, owed.order_id, owed.warehouse_id
"""


async def fill(tx: Transaction, rows: Rows) -> list[InventoryBackorderFilled]:
    """Give what is free to those who are owed it, the oldest order first, from its own warehouse before others."""
    wanting = {row.variant_id for row in rows.by_key.values() if row.backordered}
    free = {variant_id: sum(max(row.available, 0) for row in rows.of(variant_id)) for variant_id in sorted(wanting)}
    free = {variant_id: pieces for variant_id, pieces in free.items() if pieces}
    if not free:
        return []
    found = await tx.sql(_OWED, {"variants": list(free), "free": list(free.values())})
    given: dict[tuple[UUID, UUID, UUID], int] = {}  # reservation, variant, warehouse: taken there
    served: dict[tuple[UUID, UUID, UUID], int] = {}  # reservation, variant, warehouse: no longer owed there
    orders: dict[UUID, UUID] = {}
    for owed in found:
        home = owed.variant_id, owed.warehouse_id
        left = owed.backordered
        for shelf in sorted(rows.of(owed.variant_id), key=lambda row, home=home: row.key != home):  # type: ignore[misc]
            taken = min(left, shelf.available)
            if taken <= 0:
                continue
            left -= taken
            orders[owed.reservation_id] = owed.order_id
            place = (owed.reservation_id, *shelf.key)
            given[place] = given.get(place, 0) + taken
            shelf.on_hand -= taken
            shelf.allocated += taken
            rows.by_key[home].backordered -= taken
        if left < owed.backordered:
            served[(owed.reservation_id, *home)] = owed.backordered - left
    if not given:
        return []
    await _hand_over(tx, given, served)
    filled = [
        InventoryBackorderFilled(
            stock_change_id=new_id(),
            order_id=orders[reservation_id],
            variant_id=variant_id,
            warehouse_id=warehouse_id,
            quantity=quantity,
        )
        for (reservation_id, variant_id, warehouse_id), quantity in given.items()
    ]
    await put_down(
        tx,
        [
            Change({(one.variant_id, one.warehouse_id): -one.quantity}, Reason.BACKORDER, str(one.order_id))
            for one in filled
        ],
    )
    await record_all(tx, filled)
    return filled


_SERVE = """
UPDATE inventory.reservation_parts p SET backordered = p.backordered - given.quantity
FROM unnest(CAST(:holds AS uuid[]), CAST(:variants AS uuid[]), CAST(:warehouses AS uuid[]), CAST(:quantities AS int[]))
     AS given (reservation_id, variant_id, warehouse_id, quantity)
WHERE p.reservation_id = given.reservation_id AND p.variant_id = given.variant_id
  AND p.warehouse_id = given.warehouse_id
"""
_GIVE = """
INSERT INTO inventory.reservation_parts AS p (reservation_id, variant_id, warehouse_id, quantity)
SELECT * FROM unnest(CAST(:holds AS uuid[]), CAST(:variants AS uuid[]), CAST(:warehouses AS uuid[]),
                     CAST(:quantities AS int[]))
ON CONFLICT (reservation_id, variant_id, warehouse_id) DO UPDATE SET quantity = p.quantity + excluded.quantity
"""
_MOVE = """
UPDATE inventory.stock_items s
SET quantity_on_hand = s.quantity_on_hand - given.taken, quantity_allocated = s.quantity_allocated + given.taken,
    quantity_backordered = s.quantity_backordered - given.served, updated_at = kit.now()
FROM unnest(CAST(:variants AS uuid[]), CAST(:warehouses AS uuid[]), CAST(:taken AS int[]), CAST(:served AS int[]))
     AS given (variant_id, warehouse_id, taken, served)
WHERE s.variant_id = given.variant_id AND s.warehouse_id = given.warehouse_id
"""


async def _hand_over(
    tx: Transaction, given: Mapping[tuple[UUID, UUID, UUID], int], served: Mapping[tuple[UUID, UUID, UUID], int]
) -> None:
    # What is given comes first: a part that is owed nothing any more and has nothing is none.
    await tx.sql(_GIVE, _columns(given))
    places = {place: quantity for place, quantity in served.items() if place not in given}
    await tx.sql(_SERVE, _columns({place: quantity for place, quantity in served.items() if place in given}))
    if places:
        await tx.sql(
            "DELETE FROM inventory.reservation_parts p USING unnest(CAST(:holds AS uuid[]), CAST(:variants AS uuid[]),"
            " CAST(:warehouses AS uuid[]), CAST(:quantities AS int[]))"
            " AS given (reservation_id, variant_id, warehouse_id, quantity)"
            " WHERE p.reservation_id = given.reservation_id AND p.variant_id = given.variant_id"
            " AND p.warehouse_id = given.warehouse_id AND p.quantity = 0 AND p.cancelled = 0"
            " AND p.backordered = given.quantity",
            _columns(places),
        )
        await tx.sql(_SERVE, _columns(places))
    taken: dict[Key, int] = {}
    gone: dict[Key, int] = {}
    for (_hold, variant_id, warehouse_id), quantity in given.items():
        taken[variant_id, warehouse_id] = taken.get((variant_id, warehouse_id), 0) + quantity
    for (_hold, variant_id, warehouse_id), quantity in served.items():
        gone[variant_id, warehouse_id] = gone.get((variant_id, warehouse_id), 0) + quantity
    keys = sorted({*taken, *gone})
    await tx.sql(
        _MOVE,
        {
            "variants": [variant_id for variant_id, _ in keys],
            "warehouses": [warehouse_id for _, warehouse_id in keys],
            "taken": [taken.get(key, 0) for key in keys],
            "served": [gone.get(key, 0) for key in keys],
        },
    )


def _columns(places: Mapping[tuple[UUID, UUID, UUID], int]) -> dict[str, list[Any]]:
    return {
        "holds": [hold for hold, _variant, _warehouse in places],
        "variants": [variant for _hold, variant, _warehouse in places],
        "warehouses": [warehouse for _hold, _variant, warehouse in places],
        "quantities": list(places.values()),
    }
