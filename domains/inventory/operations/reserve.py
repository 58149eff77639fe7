"""Setting stock aside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from domains import catalog
from domains.inventory.errors import HoldIsBound, HoldLimit, NotEnoughStock
from domains.inventory.events import HeldLine, InventoryInsufficient, InventoryReserved, WantedLine
from domains.inventory.models import HoldStatus
from domains.inventory.operations.alerts import Level, alert
from domains.inventory.queries import hold
from domains.inventory.views import MOST_PER_LINE, Demand, Hold, Shortage
from domains.kit import Transaction, new_id, record

HOLD_MINUTES = 15
LONGEST_MINUTES = 30  # of one hold with its extension and all its changes
HOLDS_PER_VISITOR = 10  # unpaid holds of one SKU; a network behind one address is one visitor
UNITS_PER_VISITOR = MOST_PER_LINE

# Finds or makes the holder's one live hold and locks it. The advisory lock makes a visitor's holds queue up, so that
# the cap is counted by one at a time.
_CLAIM = """
INSERT INTO inventory.reservations AS r (id, holder, visitor, expires_at)
SELECT :id, :holder, :visitor, kit.now() + make_interval(mins => :minutes)
FROM pg_advisory_xact_lock(hashtextextended('inventory.reserve ' || CAST(:queue AS text), 0))
ON CONFLICT (holder) WHERE status IN ('held', 'bound') DO UPDATE SET updated_at = kit.now()
RETURNING r.id, r.status, r.order_id, r.expires_at, r.extended_at, r.held_since, kit.now() AS now
"""

_HELD_BY_VISITOR = """
SELECT p.variant_id, count(DISTINCT r.id) AS holds, sum(p.quantity + p.backordered) AS units
FROM inventory.reservations r JOIN inventory.reservation_parts p ON p.reservation_id = r.id
WHERE r.visitor = :visitor AND r.status = 'held' AND r.id <> :id AND p.variant_id = ANY(CAST(:variants AS uuid[]))
GROUP BY p.variant_id
"""

# One statement reads, decides and writes under the rows' locks. The rows are locked in key order, so that buyers of
# many things cannot deadlock; what the holder has already counts as free for him; the shelves are emptied by the
# warehouses' priority; and if one line cannot be filled, nothing is written at all.
# The UPDATE takes the quantities from the locked rows, on hand too, and asks nothing of `s`: where the lock was waited
# for, `s` is at first the version from before, and PostgreSQL would hold the CHECK against that.
_FILL = """
WITH wanted AS (
    SELECT * FROM unnest(CAST(:variants AS uuid[]), CAST(:quantities AS int[])) AS line (variant_id, quantity)
), own AS (
    SELECT variant_id, warehouse_id, quantity, backordered
    FROM inventory.reservation_parts WHERE reservation_id = :id
), locked AS (
    SELECT s.variant_id, s.warehouse_id, s.quantity_on_hand, s.quantity_reserved, s.quantity_backordered,
           s.quantity_on_hand - s.quantity_reserved AS available, s.reorder_threshold
    FROM inventory.stock_items s
    WHERE s.variant_id IN (SELECT variant_id FROM wanted UNION SELECT variant_id FROM own)
    ORDER BY s.variant_id, s.warehouse_id
    FOR UPDATE
), shelves AS (
    SELECT l.*, w.is_active, w.priority,
           coalesce(wanted.quantity, 0) AS wanted,
           coalesce(own.quantity, 0) AS own,
           coalesce(own.backordered, 0) AS own_backordered,
           coalesce(policy.backorder_allowed, false) AS backorder_allowed,
           CASE WHEN w.is_active THEN l.available + coalesce(own.quantity, 0) ELSE 0 END AS free
    FROM locked l
    JOIN inventory.warehouses w ON w.id = l.warehouse_id
    LEFT JOIN wanted ON wanted.variant_id = l.variant_id
    LEFT JOIN own ON own.variant_id = l.variant_id AND own.warehouse_id = l.warehouse_id
    LEFT JOIN inventory.stock_policies policy ON policy.variant_id = l.variant_id
), ranked AS (
    SELECT s.*,
           coalesce(sum(free) OVER (in_order ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before,
           sum(free) OVER (PARTITION BY variant_id) AS total,
           row_number() OVER in_order AS place
    FROM shelves s
    WINDOW in_order AS (PARTITION BY variant_id ORDER BY is_active DESC, priority, warehouse_id)
), filled AS (
    SELECT r.*, CAST(greatest(0, least(free, wanted - before)) AS int) AS take,
           CAST(CASE WHEN backorder_allowed AND is_active AND place = 1 THEN greatest(0, wanted - total) ELSE 0 END
                AS int) AS owed
    FROM ranked r
), missing AS (
    SELECT wanted.variant_id FROM wanted LEFT JOIN filled f ON f.variant_id = wanted.variant_id
    GROUP BY wanted.variant_id, wanted.quantity
    HAVING coalesce(sum(f.take + f.owed), 0) < wanted.quantity
), changed AS (
    UPDATE inventory.stock_items s
    SET quantity_on_hand = f.quantity_on_hand,
        quantity_reserved = f.quantity_reserved + f.take - f.own,
        quantity_backordered = f.quantity_backordered + f.owed - f.own_backordered,
        updated_at = kit.now()
    FROM filled f
    WHERE s.variant_id = f.variant_id AND s.warehouse_id = f.warehouse_id
      AND (f.take <> f.own OR f.owed <> f.own_backordered)
      AND NOT EXISTS (SELECT FROM missing)
    RETURNING s.variant_id, s.warehouse_id
), kept AS (
    INSERT INTO inventory.reservation_parts AS p (reservation_id, variant_id, warehouse_id, quantity, backordered)
    SELECT :id, f.variant_id, f.warehouse_id, f.take, f.owed FROM filled f
    WHERE f.take + f.owed > 0 AND NOT EXISTS (SELECT FROM missing)
    ON CONFLICT (reservation_id, variant_id, warehouse_id)
    DO UPDATE SET quantity = excluded.quantity, backordered = excluded.backordered
), dropped AS (
    DELETE FROM inventory.reservation_parts p USING filled f
    WHERE p.reservation_id = :id AND p.variant_id = f.variant_id AND p.warehouse_id = f.warehouse_id
      AND f.take + f.owed = 0 AND NOT EXISTS (SELECT FROM missing)
)
SELECT f.variant_id, f.warehouse_id, f.take, f.owed, f.own, f.total, f.available, f.is_active, f.reorder_threshold,
       (f.take = f.own AND f.owed = f.own_backordered) OR c.variant_id IS NOT NULL AS written,
       EXISTS (SELECT FROM missing) AS refused
FROM filled f LEFT JOIN changed c ON c.variant_id = f.variant_id AND c.warehouse_id = f.warehouse_id
"""


async def reserve(
    tx: Transaction, *, lines: Sequence[Demand], holder: UUID, visitor: str, minutes: int = HOLD_MINUTES
) -> Hold:
    """Set stock aside for `holder` for `minutes`: every line, or nothing.

    A holder has one hold. Asking again for the same keeps it and its time; asking for other lines changes it, and
    what he has already counts as his, so a retry never loses the last unit to itself. Such a change gives fresh time,
    but no hold lives longer than 30 minutes; one whose time is over begins anew.

    Guard and change are one statement on rows locked in key order, so two buyers can neither take the last one nor
    deadlock; do not touch stock twice in one transaction. A hold has no part of what is digital: of that there is
    always enough. Emits `inventory.reserved`, `inventory.low_stock` and
    `product.out_of_stock`. Raises `NotEnoughStock` with every shortage at once, `HoldLimit`, and `HoldIsBound` when
    an order already has the hold and the lines differ or its time is over.
    """
    summed = _summed(lines)
    digital = await catalog.digital(tx, list(summed))
    wanted = {variant_id: quantity for variant_id, quantity in summed.items() if variant_id not in digital}
    fresh_id = new_id()
    claimed = (
        await tx.sql(
            _CLAIM,
            {
                "id": fresh_id,
                "holder": holder,
                "visitor": visitor,
                "minutes": minutes,
                "queue": visitor or str(holder),
            },
        )
    ).one()
    standing = None if claimed.id == fresh_id else await hold(tx, holder)
    if standing is not None and standing.lines == wanted and not standing.is_over:
        return standing
    if claimed.status == HoldStatus.BOUND:
        raise HoldIsBound(claimed.order_id)
    if visitor:
        await _check_cap(tx, claimed.id, visitor, wanted)
    expires_at, can_extend = claimed.expires_at, claimed.extended_at is None
    if standing is not None:
        expires_at = await _renew(tx, claimed, is_over=standing.is_over, minutes=minutes)
        can_extend = can_extend or standing.is_over
    taken = await _fill(tx, claimed.id, wanted)
    await record(
        tx, InventoryReserved(reservation_id=claimed.id, holder=holder, lines=tuple(taken), expires_at=expires_at)
    )
    return Hold(
        id=claimed.id,
        holder=holder,
        status=HoldStatus.HELD,
        order_id=None,
        lines=wanted,
        expires_at=expires_at,
        seconds_left=ceil((expires_at - claimed.now).total_seconds()),
        can_extend=can_extend,
    )


async def report_shortage(tx: Transaction, *, holder: UUID, shortages: Sequence[Shortage]) -> None:
    """Record that a hold was refused: in a transaction of its own, as the refused one was rolled back.

    Emits `inventory.insufficient`.
    """
    lines = tuple(WantedLine(short.variant_id, short.wanted, short.available) for short in shortages)
    await record(tx, InventoryInsufficient(shortage_id=new_id(), holder=holder, lines=lines))


def _summed(lines: Sequence[Demand]) -> dict[UUID, int]:
    if not lines or any(line.quantity < 1 for line in lines):
        raise ValueError("a hold needs lines of at least one each")
    wanted: Counter[UUID] = Counter()
    for line in lines:
        wanted[line.variant_id] += line.quantity
    return dict(wanted)


async def _check_cap(tx: Transaction, reservation_id: UUID, visitor: str, wanted: Mapping[UUID, int]) -> None:
    rows = await tx.sql(_HELD_BY_VISITOR, {"visitor": visitor, "id": reservation_id, "variants": list(wanted)})
    for row in rows:
        if row.holds >= HOLDS_PER_VISITOR or row.units + wanted[row.variant_id] > UNITS_PER_VISITOR:
            raise HoldLimit(row.variant_id)


async def _renew(tx: Transaction, claimed: Any, *, is_over: bool, minutes: int) -> datetime:
    fresh: datetime = claimed.now + timedelta(minutes=minutes)
    if not is_over:
        fresh = max(claimed.expires_at, min(fresh, claimed.held_since + timedelta(minutes=LONGEST_MINUTES)))
    await tx.sql(
        "UPDATE inventory.reservations SET expires_at = :expires_at,"
        " held_since = CASE WHEN :anew THEN kit.now() ELSE held_since END,"
        " extended_at = CASE WHEN :anew THEN NULL ELSE extended_at END WHERE id = :id",
        {"id": claimed.id, "expires_at": fresh, "anew": is_over},
    )
    return fresh


async def _fill(tx: Transaction, reservation_id: UUID, wanted: Mapping[UUID, int]) -> list[HeldLine]:
    rows = (
        await tx.sql(_FILL, {"id": reservation_id, "variants": list(wanted), "quantities": list(wanted.values())})
    ).all()
    if (wanted and not rows) or (rows and rows[0].refused):
        free = {row.variant_id: int(row.total) for row in rows}
        got: Counter[UUID] = Counter()
        for row in rows:
            got[row.variant_id] += row.take + row.owed
        raise NotEnoughStock(
            [Shortage(variant, quantity, free.get(variant, 0)) for variant, quantity in wanted.items()
             if got[variant] < quantity]
        )  # fmt: skip
    if not all(row.written for row in rows):
        raise RuntimeError("a stock row changed under its lock")
    await alert(
        tx,
        [
            Level(row.variant_id, row.warehouse_id, row.available, row.available + row.own - row.take,
                  row.reorder_threshold)
            for row in rows
            if row.is_active
        ],
    )  # fmt: skip
    return [HeldLine(row.variant_id, row.warehouse_id, row.take, row.owed) for row in rows if row.take + row.owed]
