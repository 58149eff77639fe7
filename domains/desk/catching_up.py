"""What the worker makes up for: work that an event should have brought and did not."""

from uuid import UUID

from domains.kit import Transaction


async def without_shipments(tx: Transaction, limit: int = 100) -> list[UUID]:
    """Orders that were paid a while ago, have goods to be sent, and no shipments; the oldest first."""
    rows = await tx.sql(
        "SELECT o.id FROM orders.orders o WHERE o.status = 'confirmed' AND o.confirmed_at < kit.now() - interval '30 s'"
        " AND NOT EXISTS (SELECT FROM fulfilment.shipments s WHERE s.order_id = o.id)"
        " AND EXISTS (SELECT FROM orders.order_lines l WHERE l.order_id = o.id AND NOT l.is_digital)"
        " ORDER BY o.created_at LIMIT :limit",
        {"limit": limit},
    )
    return list(rows.scalars())
