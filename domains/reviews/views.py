"""Reviews as others give and read them."""

from collections.abc import Sequence
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

import msgspec

from domains.catalog import Picture
from domains.reviews.states import ReviewStatus

PAGE_SIZE = 6
MOST_PAGES = 500  # nobody reads further, and far pages cost the most


class Sort(StrEnum):
    """The orders reviews can be read in; within equal stars the newest comes first."""

    NEWEST = "newest"
    HIGHEST = "highest"
    LOWEST = "lowest"


class Buyer(msgspec.Struct, frozen=True):
    """By what somebody proves that an order is his: the account he is logged in with, or links to orders."""

    account_id: UUID | None = None
    tokens: Sequence[str] = ()


class ReviewDraft(msgspec.Struct, frozen=True):
    """What a buyer writes. `name` is what is shown; title and body may be empty, the stars may not."""

    stars: int
    name: str
    title: str = ""
    body: str = ""


class Rating(msgspec.Struct, frozen=True):
    """The published reviews of a product in numbers; `spread` counts those of one star first, of five last."""

    count: int
    average: Decimal
    spread: tuple[int, int, int, int, int]

    @property
    def shown(self) -> Decimal:
        """The average as pages and search engines are told it: one decimal, half up."""
        return self.average.quantize(Decimal("0.1"), ROUND_HALF_UP)


class ReviewView(msgspec.Struct, frozen=True):
    """A published review. `options` is what was bought ("Colour: Sage"); texts are plain, lines kept."""

    id: UUID
    stars: int
    name: str
    title: str
    body: str
    options: str
    created_at: datetime
    edited_at: datetime | None
    reply: str | None
    replied_at: datetime | None


class ReviewPage(msgspec.Struct, frozen=True):
    """One page of a product's reviews; `rating` is None while there is none."""

    rating: Rating | None
    reviews: tuple[ReviewView, ...]
    sort: Sort
    page: int
    pages: int


class OwnReview(msgspec.Struct, frozen=True):
    """A review as its writer sees it, whether it is shown or not; `reason` is why not."""

    id: UUID
    status: ReviewStatus
    reason: str | None
    stars: int
    name: str
    title: str
    body: str
    reply: str | None


class Item(msgspec.Struct, frozen=True):
    """A product of an order, as it was sold and as it looks now, and what its buyer has said of it."""

    product_id: UUID
    name: str
    options: str
    slug: str
    image: Picture | None
    review: OwnReview | None


class OrderReviews(msgspec.Struct, frozen=True):
    """The products of an order that can be reviewed; `has_arrived` says whether it is time."""

    has_arrived: bool
    items: tuple[Item, ...]

    @property
    def owed(self) -> tuple[Item, ...]:
        """What can be reviewed and was not."""
        return tuple(item for item in self.items if item.review is None) if self.has_arrived else ()

    def item(self, product_id: UUID) -> Item | None:
        """The item of this product, if the order has it."""
        return next((item for item in self.items if item.product_id == product_id), None)


class Written(msgspec.Struct, frozen=True):
    """What became of a review just written."""

    id: UUID
    status: ReviewStatus


class Settings(msgspec.Struct, frozen=True):
    """What the merchant decides about reviews."""

    ask_after_days: int
    blocked_words: tuple[str, ...]
