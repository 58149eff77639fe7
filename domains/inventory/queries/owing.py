"""What orders are owed, and when it may be expected."""

from uuid import UUID

from domains.inventory.views import Owed
from domains.kit import Transaction

# The queue of a variant is that of paid orders by when they were placed; one that is not paid stands behind them all.
_OWED = """
SELECT own.variant_id, own.quantity,
       CASE WHEN policy.restock_date >= CAST(kit.now() AS date) THEN policy.restock_date ELSE due.expected_on END
           AS expected_on
FROM (SELECT p.variant_id, r.status, r.bound_at, CAST(sum(p.backordered) AS int) AS quantity
      FROM inventory.reservations r JOIN inventory.reservation_parts p ON p.reservation_id = r.id
      WHERE r.order_id = :order_id AND r.status IN ('bound', 'consumed') AND p.backordered > 0
      GROUP BY p.variant_id, r.status, r.bound_at) own
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.backordered), 0) AS quantity
    FROM inventory.reservation_parts p JOIN inventory.reservations r ON r.id = p.reservation_id
    WHERE p.variant_id = own.variant_id AND p.backordered > 0 AND r.status = 'consumed'
      AND r.order_id <> :order_id AND (own.status = 'bound' OR (r.bound_at, r.order_id) < (own.bound_at, :order_id))
) ahead
LEFT JOIN inventory.stock_policies policy ON policy.variant_id = own.variant_id
LEFT JOIN LATERAL (
    SELECT min(coming.expected_on) AS expected_on
    FROM (SELECT o.expected_on, sum(l.quantity - l.received) OVER (ORDER BY o.expected_on, o.id) AS pieces
          FROM inventory.purchase_lines l
          JOIN inventory.purchase_orders o ON o.id = l.purchase_order_id AND o.status = 'ordered'
          WHERE l.variant_id = own.variant_id AND l.received < l.quantity
            AND o.expected_on >= CAST(kit.now() AS date)) coming
    WHERE coming.pieces >= ahead.quantity + own.quantity
) due ON true
"""


async def owed_to(tx: Transaction, order_id: UUID) -> dict[UUID, Owed]:
    """What an order waits for, by variant: how many pieces, and the day of the delivery that is to bring them.

    A delivery serves older orders first, so the day is that of the one that is large enough for them and for this.
    """
    rows = await tx.sql(_OWED, {"order_id": order_id})
    return {row.variant_id: Owed(row.quantity, row.expected_on) for row in rows}
