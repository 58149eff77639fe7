"""Stock leaves for a paid order, and comes back from a cancelled one."""

from collections.abc import Sequence
from uuid import UUID

from domains.inventory.errors import HoldGone
from domains.inventory.events import ChangedLine, InventoryUpdated
from domains.inventory.models import Reason
from domains.inventory.operations.rows import Rows, lock, settle
from domains.kit import Transaction, new_id, record

# The rows in key order as everywhere; the movement is written from the rows that were changed.
_MOVE = """
WITH parts AS (
    SELECT variant_id, warehouse_id, quantity - shipped AS quantity, backordered
    FROM inventory.reservation_parts WHERE reservation_id = :id
), locked AS (
    SELECT s.variant_id, s.warehouse_id FROM inventory.stock_items s
    WHERE (s.variant_id, s.warehouse_id) IN (SELECT variant_id, warehouse_id FROM parts)
    ORDER BY s.variant_id, s.warehouse_id
    FOR UPDATE
), moved AS (
    UPDATE inventory.stock_items s
    SET quantity_on_hand = s.quantity_on_hand + :sign * parts.quantity,
        quantity_allocated = s.quantity_allocated - :sign * parts.quantity,
        quantity_reserved = s.quantity_reserved - CASE WHEN :sign < 0 THEN parts.quantity ELSE 0 END,
        quantity_backordered = s.quantity_backordered - CASE WHEN :sign > 0 THEN parts.backordered ELSE 0 END,
        updated_at = kit.now()
    FROM locked JOIN parts USING (variant_id, warehouse_id)
    WHERE s.variant_id = locked.variant_id AND s.warehouse_id = locked.warehouse_id
    RETURNING s.variant_id, s.warehouse_id, :sign * parts.quantity AS quantity
)
INSERT INTO inventory.stock_movements
    (id, change_id, variant_id, warehouse_id, quantity, reason, reference, actor_kind, actor_id, trace_id)
SELECT gen_random_uuid(), :change_id, m.variant_id, m.warehouse_id, m.quantity, :reason, :reference,
       :actor_kind, :actor_id, :trace_id
FROM moved m WHERE m.quantity <> 0
RETURNING variant_id, warehouse_id, quantity
"""


async def consume(tx: Transaction, *, order_id: UUID, cause: str | None = None) -> bool:
    """Take what a paid order holds off the shelf: on hand and reserved fall, allocated rises, and a sale is written.

    Once: a repetition does nothing and returns False. Emits `inventory.updated`; what the order is owed it gets as far
    as it has come meanwhile, which emits what `fill_backorders` does. Raises `HoldGone` when the stock was
    given back before, so that the caller refunds.
    """
    taken = await tx.sql(
        "UPDATE inventory.reservations SET status = 'consumed', ended_at = kit.now(), updated_at = kit.now()"
        " WHERE order_id = :order_id AND status = 'bound' RETURNING id",
        {"order_id": order_id},
    )
    reservation_id = taken.scalar_one_or_none()
    if reservation_id is not None:
        parts = (
            await tx.sql(
                "SELECT variant_id, backordered FROM inventory.reservation_parts WHERE reservation_id = :id",
                {"id": reservation_id},
            )
        ).all()
        # Something may have come since it was held; then it is his at once. All that he has is locked at once, what he
        # is owed and what not, or two who pay would lock each other out.
        is_owed = any(part.backordered for part in parts)
        rows = await lock(tx, [part.variant_id for part in parts]) if is_owed else None
        await _move(tx, reservation_id, order_id, rows, reason=Reason.SALE, cause=cause)
        return True
    done = await tx.sql(
        "SELECT id FROM inventory.reservations WHERE order_id = :order_id AND status = 'consumed'",
        {"order_id": order_id},
    )
    if done.first() is None:
        raise HoldGone(order_id)
    return False


async def return_to_stock(tx: Transaction, *, order_id: UUID, cause: str | None = None) -> bool:
    """Put what a paid order took, and what has not left the house, back on the shelf.

    Who is owed some of it gets it, the oldest order first. Once: a repetition does nothing and returns False. Emits
    `inventory.updated` and `inventory.backorder_filled`.
    """
    back = await tx.sql(
        "UPDATE inventory.reservations SET status = 'released', ended_at = kit.now(), updated_at = kit.now()"
        " WHERE order_id = :order_id AND status = 'consumed' RETURNING id",
        {"order_id": order_id},
    )
    reservation_id = back.scalar_one_or_none()
    if reservation_id is None:
        return False
    variants = await tx.sql(
        "SELECT DISTINCT variant_id FROM inventory.reservation_parts WHERE reservation_id = :id",
        {"id": reservation_id},
    )
    # The parts of a paid order change under the locks of its variants' rows: these first, then what they are.
    rows = await lock(tx, variants.scalars())
    await _move(tx, reservation_id, order_id, rows, reason=Reason.CANCELLATION, cause=cause)
    return True


async def _move(
    tx: Transaction, reservation_id: UUID, order_id: UUID, rows: Rows | None, *, reason: Reason, cause: str | None
) -> None:
    change_id = new_id()
    moved = await tx.sql(
        _MOVE,
        {
            "id": reservation_id,
            "sign": -1 if reason is Reason.SALE else 1,
            "change_id": change_id,
            "reason": reason,
            "reference": str(order_id),
            "actor_kind": tx.actor.kind,
            "actor_id": tx.actor.id,
            "trace_id": tx.trace_id,
        },
    )
    lines = tuple(ChangedLine(row.variant_id, row.warehouse_id, row.quantity) for row in moved)
    await record(
        tx,
        InventoryUpdated(stock_change_id=change_id, reason=reason, reference=str(order_id), lines=lines),
        cause=cause,
    )
    if rows is not None:
        await _serve(tx, rows, lines, is_sale=reason is Reason.SALE)


async def _serve(tx: Transaction, rows: Rows, lines: Sequence[ChangedLine], *, is_sale: bool) -> None:
    for line in lines:
        row = rows.by_key.get((line.variant_id, line.warehouse_id))
        if row is not None:
            row.on_hand += line.quantity
            row.allocated -= line.quantity
            row.reserved += line.quantity if is_sale else 0
    await settle(tx, rows)
