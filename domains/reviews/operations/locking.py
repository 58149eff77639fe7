"""A review's row, held until the end of the transaction."""

from uuid import UUID

from sqlalchemy import select

from domains.kit import Transaction
from domains.reviews.models import ReviewRow


async def lock(tx: Transaction, review_id: UUID) -> ReviewRow | None:
    """The review, as it is now."""
    found = await tx.session.execute(
        select(ReviewRow).where(ReviewRow.id == review_id).with_for_update().execution_options(populate_existing=True)
    )
    return found.scalar_one_or_none()


async def lock_own(tx: Transaction, order_id: UUID, product_id: UUID) -> ReviewRow | None:
    """The review of a product of an order, as it is now."""
    found = await tx.session.execute(
        select(ReviewRow)
        .where(ReviewRow.order_id == order_id, ReviewRow.product_id == product_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.scalar_one_or_none()
