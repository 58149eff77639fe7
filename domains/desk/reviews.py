"""Reviews as staff read them: with the product, the order and the account they came from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains.kit import Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of
from domains.reviews import ReviewNotFound, ReviewStatus

_SELECT = (
    "r.id, r.product_id, p.name AS product_name, p.slug, o.order_number, o.user_id, r.options, r.stars, r.name,"
    " r.title, r.body, r.status, r.reason, r.reply, r.replied_at, r.reports, r.created_at, r.edited_at"
)
_TABLES = "reviews.reviews r JOIN catalog.products p ON p.id = r.product_id JOIN orders.orders o ON o.id = r.order_id"
_REVIEWS = Source(
    select=_SELECT,
    tables=_TABLES,
    key="r.id",
    orders={"written": OrderBy("r.created_at", "timestamptz"), "stars": OrderBy("r.stars", "smallint")},
)
# What staff look at: what waits, and what readers reported.
_TO_READ = "r.status = 'pending' OR (r.status = 'published' AND r.reports > 0)"
_STATES: Mapping[str, str] = {
    "to_read": _TO_READ,
    "reported": "r.status = 'published' AND r.reports > 0",
    **{status.value: f"r.status = '{status}'" for status in ReviewStatus},
}
_NEXT = f"""
SELECT r.id FROM reviews.reviews r WHERE ({_TO_READ}) AND r.id <> :id
ORDER BY r.created_at, r.id LIMIT 1
"""


class ReviewRow(msgspec.Struct, frozen=True, kw_only=True):
    """A review with what it is about; `user_id` is the buyer's account, if he has one."""

    id: UUID
    product_id: UUID
    product_name: str
    slug: str
    order_number: str
    user_id: UUID | None
    options: str
    stars: int
    name: str
    title: str
    body: str
    status: ReviewStatus
    reason: str | None
    reply: str | None
    replied_at: datetime | None
    reports: int
    created_at: datetime
    edited_at: datetime | None

    @property
    def words(self) -> str:
        """What it is called in a list: its title, else how it begins."""
        return self.title or self.body.partition("\n")[0][:80]

    @property
    def is_to_read(self) -> bool:
        """Whether staff have still to look at it."""
        return self.status is ReviewStatus.PENDING or (self.status is ReviewStatus.PUBLISHED and self.reports > 0)


async def find_reviews(tx: Transaction, asked: Asked) -> Slice[ReviewRow]:
    """The reviews that fit. What was typed is a part of the product's name.

    Filters: `state` (a status, `to_read` or `reported`), `stars`, `answered` (yes or no), `written`, and `product`, the
    product's address in the shop.
    """
    where = Where()
    if chosen := [_STATES[state] for state in asked.chosen("state") if state in _STATES]:
        where.add(" OR ".join(f"({condition})" for condition in chosen))
    where.one_of("r.stars", [int(stars) for stars in asked.chosen("stars") if stars.isdecimal()], type="smallint")
    if len(answered := asked.chosen("answered")) == 1:
        where.add(f"r.reply IS {'NOT ' if answered[0] == 'yes' else ''}NULL")
    if product := asked.text("product"):
        where.add("r.product_id IN (SELECT id FROM catalog.products WHERE slug = :slug)", slug=product.strip().lower())
    if asked.q:
        where.add(
            "r.product_id IN (SELECT id FROM catalog.products WHERE name ILIKE :named)",
            named="%" + asked.q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",
        )
    where.within("r.created_at", asked.within("written"))
    return (await slice_of(tx, _REVIEWS, where, asked)).map(_row)


async def review(tx: Transaction, review_id: UUID) -> ReviewRow:
    """One review. Raises `ReviewNotFound`."""
    row = (await tx.sql(f"SELECT {_SELECT} FROM {_TABLES} WHERE r.id = :id", {"id": review_id})).one_or_none()
    if row is None:
        raise ReviewNotFound
    return _row(row)


async def next_review(tx: Transaction, review_id: UUID) -> UUID | None:
    """The one that has waited longest to be read, besides this one."""
    found: UUID | None = (await tx.sql(_NEXT, {"id": review_id})).scalar()
    return found


async def reviews_of(tx: Transaction, account_id: UUID, *, most: int = 10) -> tuple[ReviewRow, ...]:
    """The last reviews of a customer's orders, the newest first."""
    rows = await tx.sql(
        f"SELECT {_SELECT} FROM {_TABLES} WHERE o.user_id = :account ORDER BY r.created_at DESC, r.id DESC LIMIT :most",
        {"account": account_id, "most": most},
    )
    return tuple(_row(row) for row in rows)


def _row(row: Any) -> ReviewRow:
    fields = {name: getattr(row, name) for name in ReviewRow.__struct_fields__}
    return ReviewRow(**{**fields, "status": ReviewStatus(row.status)})
