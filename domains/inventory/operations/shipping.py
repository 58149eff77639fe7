"""What was sold leaves the house, or turns out not to be there."""

from collections.abc import Mapping
from uuid import UUID

from domains.inventory.errors import NotAllocated, NotEnoughStock
from domains.inventory.models import Reason
from domains.inventory.operations.rows import Change, Key, Rows, lock, put_down, settle
from domains.inventory.views import Shortage
from domains.kit import Transaction

# The key of a dispatch lets a shipment move its stock once, and only what the order's hold still has in the house can
# leave it.
_SHIP = """
WITH wanted AS (
    SELECT * FROM unnest(CAST(:variants AS uuid[]), CAST(:quantities AS int[])) AS line (variant_id, quantity)
), gone AS (
    UPDATE inventory.reservation_parts p SET shipped = p.shipped + wanted.quantity
    FROM wanted
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
        "SELECT 1 FROM inventory.dispatches WHERE shipment_id = :shipment_id LIMIT 1", {"shipment_id": shipment_id}
    )
    if done.first() is not None:
        return False
    wanted = {variant_id: lines[variant_id] for variant_id in sorted(lines)}
    await lock(tx, wanted)
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
    rows = await lock(tx, [variant_id])
    there = rows.by_key.get((variant_id, to_warehouse))
    if there is None or there.available < wanted:
        raise NotEnoughStock([Shortage(variant_id, wanted, 0 if there is None else max(there.available, 0))])
    if allocated:
        await _take_back(tx, rows, reservation_id, order_id, (variant_id, from_warehouse), allocated, write_off)
    if backordered:
        await _owe_less(tx, rows, reservation_id, (variant_id, from_warehouse), backordered)
    await tx.sql(
        "INSERT INTO inventory.reservation_parts AS p (reservation_id, variant_id, warehouse_id, quantity)"
        " VALUES (:id, :variant_id, :warehouse_id, :quantity)"
        " ON CONFLICT (reservation_id, variant_id, warehouse_id)"
        " DO UPDATE SET quantity = p.quantity + excluded.quantity",
        {"id": reservation_id, "variant_id": variant_id, "warehouse_id": to_warehouse, "quantity": wanted},
    )
    await _change(tx, rows, (variant_id, to_warehouse), on_hand=-wanted, allocated=wanted)
    await put_down(tx, [Change({(variant_id, to_warehouse): -wanted}, Reason.SALE, str(order_id))])
    await settle(tx, rows)


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
    rows = await lock(tx, [variant_id])
    await _take_back(tx, rows, reservation_id, order_id, (variant_id, warehouse_id), quantity, write_off, owed=quantity)
    await settle(tx, rows)


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
    rows = await lock(tx, [variant_id])
    place = (variant_id, warehouse_id)
    if allocated:
        await _take_back(tx, rows, reservation_id, order_id, place, allocated, write_off, cancelled=allocated)
    if backordered:
        await _owe_less(tx, rows, reservation_id, place, backordered, cancelled=backordered)
    await settle(tx, rows)


async def _hold_of(tx: Transaction, order_id: UUID) -> UUID:
    """The hold of a paid order, locked before any stock row. Raises `NotAllocated` where there is none.

    Not its key: who fills backorders adds parts to it with the stock rows in his hands.
    """
    found: UUID | None = (
        await tx.sql(
            "SELECT id FROM inventory.reservations WHERE order_id = :order_id AND status = 'consumed'"
            " FOR NO KEY UPDATE",
            {"order_id": order_id},
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotAllocated
    return found


async def _take_back(
    tx: Transaction,
    rows: Rows,
    reservation_id: UUID,
    order_id: UUID,
    place: Key,
    quantity: int,
    write_off: Reason | None,
    *,
    owed: int = 0,
    cancelled: int = 0,
) -> None:
    """Undo the sale of `quantity` that has not left."""
    await _reduce(tx, reservation_id, place, allocated=quantity, backordered=-owed, cancelled=cancelled)
    on_hand = quantity if write_off is None else 0
    await _change(tx, rows, place, on_hand=on_hand, allocated=-quantity, backordered=owed)
    changes = [Change({place: quantity}, Reason.CANCELLATION, str(order_id))]
    if write_off is not None:
        changes.append(Change({place: -quantity}, write_off, str(order_id)))
    await put_down(tx, changes)


async def _owe_less(
    tx: Transaction, rows: Rows, reservation_id: UUID, place: Key, quantity: int, *, cancelled: int = 0
) -> None:
    await _reduce(tx, reservation_id, place, allocated=0, backordered=quantity, cancelled=cancelled)
    await _change(tx, rows, place, backordered=-quantity)


async def _reduce(
    tx: Transaction, reservation_id: UUID, place: Key, *, allocated: int, backordered: int, cancelled: int
) -> None:
    """Take so much from a part; one of which nothing is left goes, as an empty one says nothing."""
    part = {"id": reservation_id, "variant_id": place[0], "warehouse_id": place[1]}
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
    tx: Transaction, rows: Rows, place: Key, *, on_hand: int = 0, allocated: int = 0, backordered: int = 0
) -> None:
    """Change a row that is locked, and what is known of it."""
    row = rows.by_key[place]
    row.on_hand += on_hand
    row.allocated += allocated
    row.backordered += backordered
    await tx.sql(
        "UPDATE inventory.stock_items SET quantity_on_hand = :on_hand, quantity_allocated = :allocated,"
        " quantity_backordered = :backordered, updated_at = kit.now()"
        " WHERE variant_id = :variant_id AND warehouse_id = :warehouse_id",
        {
            "variant_id": place[0],
            "warehouse_id": place[1],
            "on_hand": row.on_hand,
            "allocated": row.allocated,
            "backordered": row.backordered,
        },
    )
