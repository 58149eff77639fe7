"""What becomes of a hold: extended, bound to an order, given back, expired."""

from collections.abc import Sequence
from uuid import UUID

from domains.inventory.errors import AlreadyExtended, HoldExpired, HoldIsBound
from domains.inventory.events import HeldLine, InventoryReleased
from domains.inventory.models import HoldStatus
from domains.inventory.operations.reserve import HOLD_MINUTES
from domains.inventory.operations.rows import Key, lock, settle
from domains.inventory.operations.sales import return_to_stock
from domains.inventory.queries import hold
from domains.inventory.views import Hold
from domains.kit import Transaction, record


async def extend(tx: Transaction, holder: UUID) -> Hold:
    """Give the hold 15 minutes more, once, because the shopper asked for it.

    Raises `AlreadyExtended`, and `HoldExpired` when there is nothing to extend any more.
    """
    done = await tx.sql(
        "UPDATE inventory.reservations SET expires_at = expires_at + make_interval(mins => :minutes),"
        " extended_at = kit.now(), updated_at = kit.now()"
        " WHERE holder = :holder AND status IN ('held', 'bound') AND extended_at IS NULL AND expires_at > kit.now()"
        " RETURNING id",
        {"holder": holder, "minutes": HOLD_MINUTES},
    )
    extended = done.first() is not None
    standing = await hold(tx, holder)
    if standing is None or standing.is_over:
        raise HoldExpired
    if not extended:
        raise AlreadyExtended
    return standing


async def bind(tx: Transaction, *, holder: UUID, order_id: UUID) -> Hold:
    """Tie the hold to an order that was placed; from now on only the order's end frees it, not the time alone.

    A repetition for the same order is the same hold. Raises `HoldExpired` from the last moment of its time on, and
    `HoldIsBound` when another order has it.
    """
    await tx.sql(
        "UPDATE inventory.reservations SET status = 'bound', order_id = :order_id, bound_at = kit.now(),"
        " updated_at = kit.now()"
        " WHERE holder = :holder AND status = 'held' AND expires_at > kit.now()",
        {"holder": holder, "order_id": order_id},
    )
    standing = await hold(tx, holder)
    if standing is None or standing.is_over:
        raise HoldExpired
    if standing.order_id != order_id:
        raise HoldIsBound(standing.order_id or order_id)
    return standing


async def unbind(tx: Transaction, *, order_id: UUID) -> bool:
    """Give the hold of an unpaid order that ended back to its holder, with the time that is left.

    Returns whether there was one.
    """
    done = await tx.sql(
        "UPDATE inventory.reservations SET status = 'held', order_id = NULL, bound_at = NULL, updated_at = kit.now()"
        " WHERE order_id = :order_id AND status = 'bound' RETURNING id",
        {"order_id": order_id},
    )
    return done.first() is not None


async def release(
    tx: Transaction, *, holder: UUID | None = None, order_id: UUID | None = None, cause: str | None = None
) -> bool:
    """Free what a holder or an order holds; what a paid order took goes back on the shelf (INV-07).

    By `holder` only an unbound hold is freed: one that is bound belongs to its order, whose payment has to be
    cancelled first. Returns whether anything was freed; a repetition does nothing. Emits `inventory.released`, or
    `inventory.updated` for what was sold already.
    """
    if order_id is not None and await return_to_stock(tx, order_id=order_id, cause=cause):
        return True
    freed = await tx.sql(
        "UPDATE inventory.reservations SET status = 'released', ended_at = kit.now(), updated_at = kit.now()"
        " WHERE (status = 'bound' AND order_id = :order_id) OR (status = 'held' AND holder = :holder)"
        " RETURNING id",
        {"order_id": order_id, "holder": holder},
    )
    return bool(await _free(tx, list(freed.scalars()), reason=HoldStatus.RELEASED, cause=cause))


async def expire_due(tx: Transaction, limit: int = 200) -> int:
    """Free the unbound holds whose time is over by the database's clock; returns how many.

    Holds that somebody works on are left for the next time. Emits `inventory.released` for each.
    """
    due = await tx.sql(
        "UPDATE inventory.reservations SET status = 'expired', ended_at = kit.now(), updated_at = kit.now()"
        " WHERE id IN (SELECT id FROM inventory.reservations WHERE status = 'held' AND expires_at <= kit.now()"
        "              ORDER BY expires_at LIMIT :limit FOR UPDATE SKIP LOCKED)"
        " RETURNING id",
        {"limit": limit},
    )
    return await _free(tx, list(due.scalars()), reason=HoldStatus.EXPIRED)


_FREE = """
UPDATE inventory.stock_items s
SET quantity_reserved = s.quantity_reserved - given.quantity,
    quantity_backordered = s.quantity_backordered - given.backordered,
    updated_at = kit.now()
FROM unnest(CAST(:variants AS uuid[]), CAST(:warehouses AS uuid[]), CAST(:quantities AS int[]),
            CAST(:backordered AS int[])) AS given (variant_id, warehouse_id, quantity, backordered)
WHERE s.variant_id = given.variant_id AND s.warehouse_id = given.warehouse_id
"""

_FREED = """
SELECT r.id, r.holder, r.order_id, p.variant_id, p.warehouse_id, p.quantity, p.backordered
FROM inventory.reservations r LEFT JOIN inventory.reservation_parts p ON p.reservation_id = r.id
WHERE r.id = ANY(CAST(:ids AS uuid[])) ORDER BY r.id, p.variant_id, p.warehouse_id
"""


async def _free(tx: Transaction, ids: Sequence[UUID], *, reason: HoldStatus, cause: str | None = None) -> int:
    if not ids:
        return 0
    freed: dict[UUID, tuple[UUID, UUID | None, list[HeldLine]]] = {}
    for row in await tx.sql(_FREED, {"ids": ids}):
        lines = freed.setdefault(row.id, (row.holder, row.order_id, []))[2]
        if row.variant_id is not None:
            lines.append(HeldLine(row.variant_id, row.warehouse_id, row.quantity, row.backordered))
    for reservation_id, (holder, order_id, lines) in freed.items():
        event = InventoryReleased(
            reservation_id=reservation_id, holder=holder, order_id=order_id, reason=reason, lines=tuple(lines)
        )
        await record(tx, event, cause=cause)
    await _give_back(tx, [line for _holder, _order, lines in freed.values() for line in lines])
    return len(freed)


async def _give_back(tx: Transaction, lines: Sequence[HeldLine]) -> None:
    """What was held is free again; who is owed some of it gets it before anybody else can hold it."""
    if not lines:
        return
    rows = await lock(tx, [line.variant_id for line in lines])
    sums: dict[Key, tuple[int, int]] = {}
    for line in lines:
        row = rows.by_key[line.variant_id, line.warehouse_id]
        row.reserved -= line.quantity
        row.backordered -= line.backordered
        quantity, backordered = sums.get(row.key, (0, 0))
        sums[row.key] = quantity + line.quantity, backordered + line.backordered
    await tx.sql(
        _FREE,
        {
            "variants": [variant_id for variant_id, _ in sums],
            "warehouses": [warehouse_id for _, warehouse_id in sums],
            "quantities": [quantity for quantity, _ in sums.values()],
            "backordered": [backordered for _, backordered in sums.values()],
        },
    )
    await settle(tx, rows)
