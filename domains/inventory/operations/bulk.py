"""The shelves of many variants at once, for imports: what `receive`, `adjust` and `set_policy` do for one."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert

from domains.inventory.errors import StockIsReserved, StockItemUnknown
from domains.inventory.events import ChangedLine, InventoryUpdated
from domains.inventory.models import Reason, StockMovement
from domains.inventory.operations.alerts import Level, alert
from domains.inventory.operations.shelves import LARGEST_STOCK
from domains.kit import Invalid, Transaction, new_id, record_all
from domains.kit.i18n import gettext as _


class Arrival(msgspec.Struct, frozen=True):
    """What comes onto the shelves of one warehouse as one change: how many of each variant, 0 for an empty place."""

    warehouse_id: UUID
    quantities: Mapping[UUID, int]


_SHELVE = """
INSERT INTO inventory.stock_items AS s (id, variant_id, warehouse_id, quantity_on_hand, last_restocked_at)
SELECT id, variant_id, warehouse_id, quantity, kit.now()
FROM unnest(CAST(:ids AS uuid[]), CAST(:variants AS uuid[]), CAST(:warehouses AS uuid[]), CAST(:quantities AS int[]))
     AS given (id, variant_id, warehouse_id, quantity)
ORDER BY variant_id, warehouse_id
ON CONFLICT (variant_id, warehouse_id) DO UPDATE
SET quantity_on_hand = s.quantity_on_hand + excluded.quantity_on_hand, last_restocked_at = kit.now(),
    updated_at = kit.now()
"""


async def receive_all(tx: Transaction, arrivals: Sequence[Arrival], *, reason: Reason, reference: str = "") -> None:
    """Put first stocks on the shelves; a variant's first one makes its row in the warehouse.

    Each arrival is a change of its own. Emits `inventory.updated` for each that brings anything. Raises `Invalid`.
    """
    lines = [
        (variant_id, arrival.warehouse_id, quantity)
        for arrival in arrivals
        for variant_id, quantity in arrival.quantities.items()
    ]
    if any(not 0 <= quantity <= LARGEST_STOCK for _variant, _warehouse, quantity in lines):
        raise Invalid({"quantity": _("Enter how many arrived, as a whole number from 0.")})
    await tx.sql(
        _SHELVE,
        {
            "ids": [new_id() for _line in lines],
            "variants": [variant_id for variant_id, _warehouse, _quantity in lines],
            "warehouses": [warehouse_id for _variant, warehouse_id, _quantity in lines],
            "quantities": [quantity for _variant, _warehouse, quantity in lines],
        },
    )
    changes = [
        tuple(
            ChangedLine(variant_id, arrival.warehouse_id, quantity)
            for variant_id, quantity in arrival.quantities.items()
            if quantity
        )
        for arrival in arrivals
    ]
    await _moved(tx, [change for change in changes if change], reason=reason, reference=reference)


async def adjust_all(
    tx: Transaction, changes: Mapping[tuple[UUID, UUID], int], *, reason: Reason, reference: str = ""
) -> None:
    """Correct quantities on hand, by variant and warehouse, as one change; the rows are locked in key order.

    Emits `inventory.updated`, `inventory.low_stock` and `product.out_of_stock`. Raises `StockIsReserved`, which names
    the variant, rather than take what shoppers hold, and `StockItemUnknown`.
    """
    rows = (
        await tx.sql(
            "SELECT s.variant_id, s.warehouse_id, s.quantity_on_hand, s.quantity_reserved, s.reorder_threshold,"
            " w.is_active FROM inventory.stock_items s JOIN inventory.warehouses w ON w.id = s.warehouse_id"
            " WHERE s.variant_id = ANY(CAST(:variants AS uuid[]))"
            " ORDER BY s.variant_id, s.warehouse_id FOR UPDATE OF s",
            {"variants": sorted({variant_id for variant_id, _warehouse in changes})},
        )
    ).all()
    if set(changes) - {(row.variant_id, row.warehouse_id) for row in rows}:
        raise StockItemUnknown
    levels = []
    for row in rows:
        change = changes.get((row.variant_id, row.warehouse_id), 0)
        if row.quantity_on_hand + change < row.quantity_reserved:
            raise StockIsReserved(row.quantity_on_hand, row.quantity_reserved, row.variant_id)
        if row.is_active:
            before = row.quantity_on_hand - row.quantity_reserved
            levels.append(Level(row.variant_id, row.warehouse_id, before, before + change, row.reorder_threshold))
    await tx.sql(
        "UPDATE inventory.stock_items s SET quantity_on_hand = s.quantity_on_hand + given.change,"
        " updated_at = kit.now() FROM unnest(CAST(:variants AS uuid[]), CAST(:warehouses AS uuid[]),"
        " CAST(:changes AS int[])) AS given (variant_id, warehouse_id, change)"
        " WHERE s.variant_id = given.variant_id AND s.warehouse_id = given.warehouse_id",
        {
            "variants": [variant_id for variant_id, _warehouse in changes],
            "warehouses": [warehouse_id for _variant, warehouse_id in changes],
            "changes": list(changes.values()),
        },
    )
    lines = tuple(ChangedLine(variant, warehouse, change) for (variant, warehouse), change in changes.items() if change)
    if lines:
        await _moved(tx, [lines], reason=reason, reference=reference)
    await alert(tx, levels)


async def allow_backorders(tx: Transaction, allowed: Mapping[UUID, bool]) -> None:
    """Let variants be ordered when they are out, or not; when more is expected stays as it was."""
    await tx.sql(
        "INSERT INTO inventory.stock_policies (variant_id, backorder_allowed)"
        " SELECT * FROM unnest(CAST(:variants AS uuid[]), CAST(:allowed AS boolean[]))"
        " ON CONFLICT (variant_id) DO UPDATE SET backorder_allowed = excluded.backorder_allowed,"
        " updated_at = kit.now()",
        {"variants": list(allowed), "allowed": list(allowed.values())},
    )


async def _moved(
    tx: Transaction, changes: Sequence[tuple[ChangedLine, ...]], *, reason: Reason, reference: str
) -> None:
    rows: list[dict[str, Any]] = []
    events: list[InventoryUpdated] = []
    for lines in changes:
        change_id = new_id()
        events.append(
            InventoryUpdated(stock_change_id=change_id, reason=reason, reference=reference, lines=lines),
        )
        rows += [
            {
                "id": new_id(),
                "change_id": change_id,
                "variant_id": line.variant_id,
                "warehouse_id": line.warehouse_id,
                "quantity": line.quantity,
                "reason": reason.value,
                "reference": reference,
                "actor_kind": tx.actor.kind.value,
                "actor_id": tx.actor.id,
                "trace_id": tx.trace_id,
            }
            for line in lines
        ]
    if rows:
        await tx.session.execute(insert(StockMovement.__table__), rows)  # type: ignore[arg-type]
        await record_all(tx, events)
