"""A review's row, held until the end of the transaction."""

from uuid import UUID

from sqlalchemy import ColumnElement, select

from domains.kit import Transaction
from domains.reviews.models import ReviewRow


async def lock(tx: Transaction, review_id: UUID) -> ReviewRow | None:
    """The review, as it is now."""
    return await _held(tx, ReviewRow.id == review_id)


async def lock_own(tx: Transaction, order_id: UUID, product_id: UUID) -> ReviewRow | None:
    """The review of a product of an order, as it is now."""
    return await _held(tx, (ReviewRow.order_id == order_id) & (ReviewRow.product_id == product_id))


async def _held(tx: Transaction, which: ColumnElement[bool]) -> ReviewRow | None:
    # populate_existing: a session that has seen the row before must not answer from what it saw then.
    found = await tx.session.execute(
        select(ReviewRow).where(which).with_for_update().execution_options(populate_existing=True)
    )
    return found.scalar_one_or_none()
