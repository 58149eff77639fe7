"""What can be asked about reviews."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from domains import catalog
from domains.kit import Transaction
from domains.orders import OrderLineView, OrderStatus, OrderView
from domains.reviews.models import ReviewRow
from domains.reviews.states import ReviewStatus
from domains.reviews.views import (
    MOST_PAGES,
    PAGE_SIZE,
    Item,
    OrderReviews,
    OwnReview,
    Rating,
    ReviewPage,
    ReviewView,
    Settings,
    Sort,
)

# A parcel that nobody marked as delivered has come by then; small shops often mark none.
SURELY_ARRIVED = timedelta(days=14)

_RATINGS = """
SELECT product_id, count, average, stars_1, stars_2, stars_3, stars_4, stars_5 FROM reviews.ratings
WHERE product_id = ANY(:ids) AND count > 0
"""
_ORDERS = {
    Sort.NEWEST: (ReviewRow.created_at.desc(), ReviewRow.id.desc()),
    Sort.HIGHEST: (ReviewRow.stars.desc(), ReviewRow.created_at.desc(), ReviewRow.id.desc()),
    Sort.LOWEST: (ReviewRow.stars, ReviewRow.created_at.desc(), ReviewRow.id.desc()),
}


async def ratings(tx: Transaction, product_ids: Iterable[UUID]) -> dict[UUID, Rating]:
    """The ratings of these products; those without a published review are left out."""
    ids = sorted(set(product_ids))
    if not ids:
        return {}
    return {row.product_id: _rating(row) for row in await tx.sql(_RATINGS, {"ids": ids})}


async def page(tx: Transaction, product_id: UUID, *, sort: Sort = Sort.NEWEST, page: int = 1) -> ReviewPage:
    """The published reviews of a product, `PAGE_SIZE` to a page, with its rating."""
    rating = (await ratings(tx, [product_id])).get(product_id)
    pages = min(max(1, -(-(rating.count if rating else 0) // PAGE_SIZE)), MOST_PAGES)
    page = min(max(page, 1), pages)
    if rating is None:
        return ReviewPage(None, (), sort, page, pages)
    rows = (
        await tx.session.execute(
            select(ReviewRow)
            .where(ReviewRow.product_id == product_id, ReviewRow.status == ReviewStatus.PUBLISHED)
            .order_by(*_ORDERS[sort])
            .limit(PAGE_SIZE)
            .offset((page - 1) * PAGE_SIZE)
        )
    ).scalars()
    return ReviewPage(rating, tuple(_view(row) for row in rows), sort, page, pages)


async def of_order(tx: Transaction, order: OrderView) -> OrderReviews:
    """What of an order can be reviewed, each product once, and what its buyer has said. Who may see it is checked by
    whoever got the order."""
    known = await catalog.variants(tx, [line.variant_id for line in order.lines])
    lines: dict[UUID, OrderLineView] = {}
    for line in order.lines:
        if line.variant_id in known:
            lines.setdefault(line.product_id, line)
    rows = (await tx.session.execute(select(ReviewRow).where(ReviewRow.order_id == order.id))).scalars()
    written = {row.product_id: _own(row) for row in rows}
    return OrderReviews(
        has_arrived=arrived(order, await tx.now()),
        items=tuple(_item(line, known[line.variant_id], written.get(line.product_id)) for line in lines.values()),
    )


def arrived(order: OrderView, now: datetime) -> bool:
    """Whether the buyer has what he ordered: it was delivered, or shipped so long ago that it must have come."""
    if order.status is OrderStatus.SHIPPED and order.shipped_at is not None:
        return order.shipped_at + SURELY_ARRIVED <= now
    return order.status is OrderStatus.DELIVERED


async def in_lock_order(tx: Transaction, review_ids: Iterable[UUID]) -> list[UUID]:
    """These reviews in the order in which one transaction may change many of them: with them it holds the ratings of
    their products, which others hold too."""
    rows = await tx.sql(
        "SELECT id FROM reviews.reviews WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY product_id, id",
        {"ids": list(review_ids)},
    )
    return list(rows.scalars())


async def settings(tx: Transaction) -> Settings:
    """What the merchant has decided."""
    row = (await tx.sql("SELECT ask_after_days, blocked_words FROM reviews.settings")).one()
    return Settings(row.ask_after_days, tuple(row.blocked_words))


def _rating(row: Any) -> Rating:
    return Rating(row.count, row.average, (row.stars_1, row.stars_2, row.stars_3, row.stars_4, row.stars_5))


def _item(line: OrderLineView, thing: catalog.VariantView, review: OwnReview | None) -> Item:
    return Item(line.product_id, line.product_name, line.options, thing.slug, thing.image, review)


def _view(row: ReviewRow) -> ReviewView:
    return ReviewView(
        id=row.id,
        stars=row.stars,
        name=row.name,
        title=row.title,
        body=row.body,
        options=row.options,
        created_at=row.created_at,
        edited_at=row.edited_at,
        reply=row.reply,
        replied_at=row.replied_at,
    )


def _own(row: ReviewRow) -> OwnReview:
    return OwnReview(row.id, ReviewStatus(row.status), row.reason, row.stars, row.name, row.title, row.body, row.reply)
