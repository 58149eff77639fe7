"""Placed checkouts that the reconcile job looks at."""

from uuid import UUID

from domains import orders
from domains.kit import Transaction

_LOOK = """
UPDATE checkout.checkouts SET looked_at = kit.now() WHERE id IN (
    SELECT id FROM checkout.checkouts
    WHERE status = 'placed' AND updated_at < kit.now() - make_interval(secs => :older)
      AND (looked_at IS NULL OR looked_at < kit.now() - make_interval(secs => :older))
    ORDER BY looked_at NULLS FIRST LIMIT :limit FOR UPDATE SKIP LOCKED)
RETURNING order_id
"""


async def due_payments(tx: Transaction, *, older_than_seconds: int, limit: int = 50) -> list[UUID]:
    """Payments of orders that have waited this long and were not looked at since; they count as looked at from now."""
    rows = await tx.sql(_LOOK, {"older": float(older_than_seconds), "limit": limit})
    heads = [await orders.head(tx, order_id) for order_id in sorted(rows.scalars())]
    return [head.payment_id for head in heads if head.payment_id is not None]
