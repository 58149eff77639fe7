"""A reader tells staff of a review that should not stand there."""

from uuid import UUID

from domains.kit import Transaction
from domains.reviews.errors import ReviewNotFound


async def report(tx: Transaction, product_id: UUID, review_id: UUID) -> None:
    """Count one report of a review of a product that is shown: one per reader, however often he presses.

    Nothing else happens by itself, or a few readers could silence a buyer; staff look. Raises `ReviewNotFound`.
    """
    reporter = str(tx.actor.id) if tx.actor.id is not None else tx.actor.visitor
    shown = await tx.sql(
        "SELECT 1 FROM reviews.reviews WHERE id = :id AND product_id = :product AND status = 'published' FOR UPDATE",
        {"id": review_id, "product": product_id},
    )
    if shown.first() is None:
        raise ReviewNotFound
    first = await tx.sql(
        "INSERT INTO reviews.reports (review_id, reporter) VALUES (:id, :reporter) ON CONFLICT DO NOTHING",
        {"id": review_id, "reporter": reporter},
    )
    if first.rowcount:
        await tx.sql("UPDATE reviews.reviews SET reports = reports + 1 WHERE id = :id", {"id": review_id})
