"""Warehouses, deliveries and corrections: what staff do with the stock."""

from datetime import date
from uuid import UUID

from domains.inventory.errors import StockIsReserved, StockItemUnknown
from domains.inventory.events import ChangedLine, InventoryUpdated
from domains.inventory.models import Reason, Warehouse
from domains.inventory.operations.alerts import Level, alert
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _

LARGEST_STOCK = 1_000_000_000

_GIVEN = frozenset({Reason.INITIAL, Reason.RECEIVED, Reason.RETURN, Reason.IMPORT})
_CORRECTED = frozenset(Reason) - {Reason.INITIAL, Reason.RECEIVED, Reason.RETURN, Reason.SALE, Reason.CANCELLATION}


async def add_warehouse(tx: Transaction, *, code: str, name: str, country: str, priority: int = 0) -> UUID:
    """Open a warehouse; orders are filled from the lowest `priority` first."""
    warehouse = Warehouse(id=new_id(), code=code, name=name, country=country, priority=priority)
    tx.session.add(warehouse)
    await tx.session.flush()
    return warehouse.id


async def switch_warehouse(tx: Transaction, warehouse_id: UUID, *, is_active: bool) -> None:
    """Close a warehouse for new holds, or open it again; what is held there stays held."""
    await tx.sql(
        "UPDATE inventory.warehouses SET is_active = :is_active, updated_at = kit.now() WHERE id = :id",
        {"id": warehouse_id, "is_active": is_active},
    )


_RECEIVE = """
INSERT INTO inventory.stock_items AS s (id, variant_id, warehouse_id, quantity_on_hand, last_restocked_at)
VALUES (:id, :variant_id, :warehouse_id, :quantity, kit.now())
ON CONFLICT (variant_id, warehouse_id) DO UPDATE
SET quantity_on_hand = s.quantity_on_hand + excluded.quantity_on_hand, last_restocked_at = kit.now(),
    updated_at = kit.now()
RETURNING s.id
"""


async def receive(
    tx: Transaction,
    *,
    variant_id: UUID,
    warehouse_id: UUID,
    quantity: int,
    reason: Reason = Reason.RECEIVED,
    reference: str = "",
    note: str = "",
) -> None:
    """Put a delivery, a first stock or a return on the shelf; a variant's first one makes its row in the warehouse.

    `quantity` may be 0 to keep an empty place for it. Emits `inventory.updated`.
    """
    if not 0 <= quantity <= LARGEST_STOCK or reason not in _GIVEN:
        raise Invalid({"quantity": _("Enter how many arrived, as a whole number from 0.")})
    await tx.sql(
        _RECEIVE, {"id": new_id(), "variant_id": variant_id, "warehouse_id": warehouse_id, "quantity": quantity}
    )
    if quantity:
        await _moved(tx, variant_id, warehouse_id, quantity, reason=reason, reference=reference, note=note)


async def adjust(
    tx: Transaction,
    *,
    variant_id: UUID,
    warehouse_id: UUID,
    change: int,
    reason: Reason,
    reference: str = "",
    note: str = "",
) -> None:
    """Correct a quantity on hand by `change`, with the reason for it.

    Emits `inventory.updated`, `inventory.low_stock` and `product.out_of_stock`. Raises `StockIsReserved` rather than
    take what shoppers hold, and `StockItemUnknown`.
    """
    if change == 0 or abs(change) > LARGEST_STOCK or reason not in _CORRECTED:
        raise Invalid({"change": _("Enter by how much the quantity changed, and why.")})
    rows = (
        await tx.sql(
            "SELECT s.warehouse_id, s.quantity_on_hand, s.quantity_reserved, s.reorder_threshold, w.is_active"
            " FROM inventory.stock_items s JOIN inventory.warehouses w ON w.id = s.warehouse_id"
            " WHERE s.variant_id = :variant_id ORDER BY s.variant_id, s.warehouse_id FOR UPDATE OF s",
            {"variant_id": variant_id},
        )
    ).all()
    row = next((row for row in rows if row.warehouse_id == warehouse_id), None)
    if row is None:
        raise StockItemUnknown
    if row.quantity_on_hand + change < row.quantity_reserved:
        raise StockIsReserved(row.quantity_on_hand, row.quantity_reserved)
    await tx.sql(
        "UPDATE inventory.stock_items SET quantity_on_hand = quantity_on_hand + :change, updated_at = kit.now()"
        " WHERE variant_id = :variant_id AND warehouse_id = :warehouse_id",
        {"variant_id": variant_id, "warehouse_id": warehouse_id, "change": change},
    )
    await _moved(tx, variant_id, warehouse_id, change, reason=reason, reference=reference, note=note)
    levels = []
    for each in rows:
        if each.is_active:
            before = each.quantity_on_hand - each.quantity_reserved
            after = before + (change if each.warehouse_id == warehouse_id else 0)
            levels.append(Level(variant_id, each.warehouse_id, before, after, each.reorder_threshold))
    await alert(tx, levels)


async def arrange(
    tx: Transaction,
    *,
    variant_id: UUID,
    warehouse_id: UUID,
    reorder_threshold: int | None = None,
    warehouse_location: str | None = None,
) -> None:
    """Set below which number to warn, and where in the warehouse it lies. Raises `StockItemUnknown`."""
    if (reorder_threshold is not None and not 0 <= reorder_threshold <= LARGEST_STOCK) or (
        warehouse_location is not None and len(warehouse_location) > 50
    ):
        raise Invalid({"reorder_threshold": _("Enter a whole number from 0, and a place of at most 50 characters.")})
    done = await tx.sql(
        "UPDATE inventory.stock_items SET reorder_threshold = coalesce(:reorder_threshold, reorder_threshold),"
        " warehouse_location = coalesce(:warehouse_location, warehouse_location), updated_at = kit.now()"
        " WHERE variant_id = :variant_id AND warehouse_id = :warehouse_id RETURNING id",
        {
            "variant_id": variant_id,
            "warehouse_id": warehouse_id,
            "reorder_threshold": reorder_threshold,
            "warehouse_location": warehouse_location,
        },
    )
    if done.first() is None:
        raise StockItemUnknown


async def set_policy(
    tx: Transaction, *, variant_id: UUID, backorder_allowed: bool, restock_date: date | None = None
) -> None:
    """Let a variant be ordered when it is out, or not, and say when more is expected."""
    await tx.sql(
        "INSERT INTO inventory.stock_policies (variant_id, backorder_allowed, restock_date)"
        " VALUES (:variant_id, :backorder_allowed, :restock_date)"
        " ON CONFLICT (variant_id) DO UPDATE SET backorder_allowed = excluded.backorder_allowed,"
        " restock_date = excluded.restock_date, updated_at = kit.now()",
        {"variant_id": variant_id, "backorder_allowed": backorder_allowed, "restock_date": restock_date},
    )


async def _moved(
    tx: Transaction,
    variant_id: UUID,
    warehouse_id: UUID,
    quantity: int,
    *,
    reason: Reason,
    reference: str,
    note: str,
) -> None:
    change_id = new_id()
    await tx.sql(
        "INSERT INTO inventory.stock_movements (id, change_id, variant_id, warehouse_id, quantity, reason, reference,"
        " note, actor_kind, actor_id, trace_id) VALUES (:id, :change_id, :variant_id, :warehouse_id, :quantity,"
        " :reason, :reference, :note, :actor_kind, :actor_id, :trace_id)",
        {
            "id": new_id(),
            "change_id": change_id,
            "variant_id": variant_id,
            "warehouse_id": warehouse_id,
            "quantity": quantity,
            "reason": reason,
            "reference": reference,
            "note": note,
            "actor_kind": tx.actor.kind,
            "actor_id": tx.actor.id,
            "trace_id": tx.trace_id,
        },
    )
    line = ChangedLine(variant_id, warehouse_id, quantity)
    await record(tx, InventoryUpdated(stock_change_id=change_id, reason=reason, reference=reference, lines=(line,)))
