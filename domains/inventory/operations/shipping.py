"""What was sold leaves the house, or turns out not to be there."""

from collections.abc import Mapping
from uuid import UUID

from domains.inventory.errors import NotAllocated, NotEnoughStock, StockItemUnknown
from domains.inventory.events import ChangedLine, InventoryUpdated
from domains.inventory.models import Reason
from domains.inventory.operations.alerts import Level, alert
from domains.inventory.views import Shortage
from domains.kit import Transaction, new_id, record

# Claim, guard and change are one statement: the key of a dispatch lets a shipment move its stock once, and only what
# the order's hold still has in the house can leave it. Rows in key order as everywhere.
_SHIP = """
WITH wanted AS (
    SELECT * FROM unnest(CAST(:variants AS uuid[]), CAST(:quantities AS int[])) AS line (variant_id, quantity)
), locked AS (
    SELECT s.variant_id FROM inventory.stock_items s
    WHERE s.warehouse_id = :warehouse_id AND s.variant_id IN (SELECT variant_id FROM wanted)
    ORDER BY s.variant_id, s.warehouse_id
    FOR UPDATE
), gone AS (
    UPDATE inventory.reservation_parts p SET shipped = p.shipped + wanted.quantity
    FROM wanted JOIN locked USING (variant_id)
    WHERE p.reservation_id = :id AND p.warehouse_id = :warehouse_id AND p.variant_id = wanted.variant_id
      AND p.quantity - p.shipped >= wanted.quantity
    RETURNING p.variant_id, wanted.quantity
), moved AS (
    UPDATE inventory.stock_items s
    SET quantity_allocated = s.quantity_allocated - gone.quantity, updated_at = kit.now()
    FROM gone WHERE s.variant_id = gone.variant_id AND s.warehouse_id = :warehouse_id
)
INSERT INTO inventory.dispatches (shipment_id, variant_id, warehouse_id, order_id, quantity)
SELECT :shipment_id, variant_id, :warehouse_id, :order_id, quantity FROM gone
RETURNING variant_id
"""


async def ship(
    tx: Transaction, *, shipment_id: UUID, order_id: UUID, warehouse_id: UUID, lines: Mapping[UUID, int]
) -> bool:
    """Let what a shipment holds leave its warehouse: allocated falls, and the dispatch is put down.

    Once per shipment: a repetition does nothing and returns False. Raises `NotAllocated` rather than let leave what
    the order does not have there.
    """
    reservation_id = await _hold_of(tx, order_id)
    done = await tx.sql(
        "SELECT FROM inventory.dispatches WHERE shipment_id = :shipment_id LIMIT 1", {"shipment_id": shipment_id}
    )
    if done.first() is not None:
        return False
    wanted = {variant_id: lines[variant_id] for variant_id in sorted(lines)}
    left = await tx.sql(
        _SHIP,
        {
            "id": reservation_id,
            "shipment_id": shipment_id,
            "order_id": order_id,
            "warehouse_id": warehouse_id,
            "variants": list(wanted),
            "quantities": list(wanted.values()),
        },
    )
    if set(left.scalars()) != set(wanted):
        raise NotAllocated
    return True


async def reallocate(
    tx: Transaction,
    *,
    order_id: UUID,
    variant_id: UUID,
    from_warehouse: UUID,
    to_warehouse: UUID,
    allocated: int = 0,
    backordered: int = 0,
    write_off: Reason | None = None,
) -> None:
    """Send from another warehouse what an order has at the first: so many allocated there, so many owed.

    What was allocated is on hand there again, or written off for the reason given: then it was not there after all.
    Emits `inventory.updated` and what a fall of stock emits. Raises `NotEnoughStock` when the other one has too few
    that are free, `NotAllocated` when the order has not so many at the first.
    """
    wanted = allocated + backordered
    reservation_id = await _hold_of(tx, order_id)
    levels = await _lock(tx, variant_id)
    there = levels.get(to_warehouse)
    if there is None or there.before < wanted:
        raise NotEnoughStock([Shortage(variant_id, wanted, 0 if there is None else max(there.before, 0))])
    if allocated:
        await _take_back(tx, reservation_id, order_id, variant_id, from_warehouse, allocated, write_off=write_off)
    if backordered:
        await _owe_less(tx, reservation_id, variant_id, from_warehouse, backordered)
    await tx.sql(
        "INSERT INTO inventory.reservation_parts AS p (reservation_id, variant_id, warehouse_id, quantity)"
        " VALUES (:id, :variant_id, :warehouse_id, :quantity)"
        " ON CONFLICT (reservation_id, variant_id, warehouse_id)"
        " DO UPDATE SET quantity = p.quantity + excluded.quantity",
        {"id": reservation_id, "variant_id": variant_id, "warehouse_id": to_warehouse, "quantity": wanted},
    )
    await _change(tx, variant_id, to_warehouse, on_hand=-wanted, allocated=wanted)
    await _write(tx, order_id, [(variant_id, to_warehouse, -wanted, Reason.SALE)])
    after = {from_warehouse: allocated if write_off is None else 0, to_warehouse: -wanted}
    await alert(
        tx,
        [
            Level(variant_id, warehouse_id, level.before, level.before + after.get(warehouse_id, 0), level.threshold)
            for warehouse_id, level in levels.items()
            if level.is_open
        ],
    )


async def owe(
    tx: Transaction,
    *,
    order_id: UUID,
    variant_id: UUID,
    warehouse_id: UUID,
    quantity: int,
    write_off: Reason | None = None,
) -> None:
    """Owe an order what was allocated to it: allocated falls, backordered rises, and the next delivery fills it.

    Without a reason to write it off it is on hand again. Emits `inventory.updated`. Raises `NotAllocated`.
    """
    reservation_id = await _hold_of(tx, order_id)
    await _lock(tx, variant_id)
    await _take_back(
        tx, reservation_id, order_id, variant_id, warehouse_id, quantity, write_off=write_off, owed=quantity
    )


async def cancel_part(
    tx: Transaction,
    *,
    order_id: UUID,
    variant_id: UUID,
    warehouse_id: UUID,
    allocated: int,
    backordered: int,
    write_off: Reason | None = None,
) -> None:
    """Free what an order has of a variant in a warehouse and will not get: so many allocated, so many owed.

    What was allocated is on hand again, or written off. Emits `inventory.updated`. Raises `NotAllocated`.
    """
    reservation_id = await _hold_of(tx, order_id)
    await _lock(tx, variant_id)
    if allocated:
        await _take_back(
            tx, reservation_id, order_id, variant_id, warehouse_id, allocated, write_off=write_off, cancelled=allocated
        )
    if backordered:
        await _owe_less(tx, reservation_id, variant_id, warehouse_id, backordered, cancelled=backordered)


class _Shelf:
    """A stock row under its lock."""

    def __init__(self, before: int, threshold: int, *, is_open: bool) -> None:
        self.before, self.threshold, self.is_open = before, threshold, is_open


async def _hold_of(tx: Transaction, order_id: UUID) -> UUID:
    """The hold of a paid order, locked before any stock row. Raises `NotAllocated` where there is none."""
    found: UUID | None = (
        await tx.sql(
            "SELECT id FROM inventory.reservations WHERE order_id = :order_id AND status = 'consumed' FOR UPDATE",
            {"order_id": order_id},
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotAllocated
    return found


async def _lock(tx: Transaction, variant_id: UUID) -> dict[UUID, _Shelf]:
    rows = await tx.sql(
        "SELECT s.warehouse_id, s.quantity_on_hand - s.quantity_reserved AS before, s.reorder_threshold, w.is_active"
        " FROM inventory.stock_items s JOIN inventory.warehouses w ON w.id = s.warehouse_id"
        " WHERE s.variant_id = :variant_id ORDER BY s.variant_id, s.warehouse_id FOR UPDATE OF s",
        {"variant_id": variant_id},
    )
    return {row.warehouse_id: _Shelf(row.before, row.reorder_threshold, is_open=row.is_active) for row in rows}


async def _take_back(
    tx: Transaction,
    reservation_id: UUID,
    order_id: UUID,
    variant_id: UUID,
    warehouse_id: UUID,
    quantity: int,
    *,
    write_off: Reason | None,
    owed: int = 0,
    cancelled: int = 0,
) -> None:
    """Undo the sale of `quantity` that has not left; the caller holds the variant's rows."""
    await _reduce(
        tx,
        reservation_id,
        variant_id,
        warehouse_id,
        allocated=quantity,
        backordered=-owed,
        cancelled=cancelled,
    )
    await _change(
        tx,
        variant_id,
        warehouse_id,
        on_hand=quantity if write_off is None else 0,
        allocated=-quantity,
        backordered=owed,
    )
    moves = [(variant_id, warehouse_id, quantity, Reason.CANCELLATION)]
    if write_off is not None:
        moves.append((variant_id, warehouse_id, -quantity, write_off))
    await _write(tx, order_id, moves)


async def _owe_less(
    tx: Transaction, reservation_id: UUID, variant_id: UUID, warehouse_id: UUID, quantity: int, *, cancelled: int = 0
) -> None:
    await _reduce(tx, reservation_id, variant_id, warehouse_id, allocated=0, backordered=quantity, cancelled=cancelled)
    await _change(tx, variant_id, warehouse_id, backordered=-quantity)


async def _reduce(
    tx: Transaction,
    reservation_id: UUID,
    variant_id: UUID,
    warehouse_id: UUID,
    *,
    allocated: int,
    backordered: int,
    cancelled: int,
) -> None:
    """Take so much from a part; one of which nothing is left goes, as an empty one says nothing."""
    part = {"id": reservation_id, "variant_id": variant_id, "warehouse_id": warehouse_id}
    which = " WHERE reservation_id = :id AND variant_id = :variant_id AND warehouse_id = :warehouse_id"
    emptied = await tx.sql(
        f"DELETE FROM inventory.reservation_parts{which} AND quantity = :allocated AND backordered = :backordered"
        " AND cancelled + :cancelled = 0 AND shipped = 0",
        {**part, "allocated": allocated, "backordered": backordered, "cancelled": cancelled},
    )
    if emptied.rowcount == 1:
        return
    reduced = await tx.sql(
        "UPDATE inventory.reservation_parts SET quantity = quantity - :allocated,"
        f" backordered = backordered - :backordered, cancelled = cancelled + :cancelled{which}"
        " AND quantity - shipped >= :allocated AND backordered >= :backordered",
        {**part, "allocated": allocated, "backordered": backordered, "cancelled": cancelled},
    )
    if reduced.rowcount != 1:
        raise NotAllocated


async def _change(
    tx: Transaction,
    variant_id: UUID,
    warehouse_id: UUID,
    *,
    on_hand: int = 0,
    allocated: int = 0,
    backordered: int = 0,
) -> None:
    changed = await tx.sql(
        "UPDATE inventory.stock_items SET quantity_on_hand = quantity_on_hand + :on_hand,"
        " quantity_allocated = quantity_allocated + :allocated,"
        " quantity_backordered = quantity_backordered + :backordered, updated_at = kit.now()"
        " WHERE variant_id = :variant_id AND warehouse_id = :warehouse_id",
        {
            "variant_id": variant_id,
            "warehouse_id": warehouse_id,
            "on_hand": on_hand,
            "allocated": allocated,
            "backordered": backordered,
        },
    )
    if changed.rowcount != 1:
        raise StockItemUnknown


async def _write(tx: Transaction, order_id: UUID, moves: list[tuple[UUID, UUID, int, Reason]]) -> None:
    """The movements of one change, each reason told by an event of its own."""
    for variant_id, warehouse_id, quantity, reason in moves:
        change_id = new_id()
        await tx.sql(
            "INSERT INTO inventory.stock_movements (id, change_id, variant_id, warehouse_id, quantity, reason,"
            " reference, actor_kind, actor_id, trace_id) VALUES (:id, :change_id, :variant_id, :warehouse_id,"
            " :quantity, :reason, :reference, :actor_kind, :actor_id, :trace_id)",
            {
                "id": new_id(),
                "change_id": change_id,
                "variant_id": variant_id,
                "warehouse_id": warehouse_id,
                "quantity": quantity,
                "reason": reason,
                "reference": str(order_id),
                "actor_kind": tx.actor.kind,
                "actor_id": tx.actor.id,
                "trace_id": tx.trace_id,
            },
        )
        lines = (ChangedLine(variant_id, warehouse_id, quantity),)
        await record(
            tx, InventoryUpdated(stock_change_id=change_id, reason=reason, reference=str(order_id), lines=lines)
        )
