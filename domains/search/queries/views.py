"""What listings show."""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

import msgspec

from domains.catalog import Picture
from domains.kit import Money

PAGE_SIZE = 24
MOST_PAGES = 400  # nobody reads further, and far pages cost the most


class Sort(StrEnum):
    """The orders a listing can have. `FEATURED` is relevance for a search, and what sells for a category."""

    FEATURED = "featured"
    NEWEST = "newest"
    PRICE_UP = "price-up"
    PRICE_DOWN = "price-down"
    NAME = "name"


class Swatch(msgspec.Struct, frozen=True):
    """A colour a product comes in."""

    name: str
    colour: str


class Choices(msgspec.Struct, frozen=True):
    """An option and the values it can be had in."""

    name: str
    values: tuple[str, ...]


class CardBody(msgspec.Struct, frozen=True):
    """What a card shows that is kept with the document."""

    slug: str
    name: str
    brand: str | None
    swatches: tuple[Swatch, ...] = ()
    choices: tuple[Choices, ...] = ()
    image: Picture | None = None
    second_image: Picture | None = None


class Card(msgspec.Struct, frozen=True):
    """A product in a listing; price and stock are of this moment.

    `price_from` is the lowest price, `compare_at` that variant's former one; `availability` the best of its variants.
    """

    product_id: UUID
    slug: str
    name: str
    brand: str | None
    price_from: Money
    compare_at: Money | None
    many_prices: bool
    availability: str
    available: int
    swatches: tuple[Swatch, ...]
    choices: tuple[Choices, ...]
    image: Picture | None
    second_image: Picture | None


class Listing(msgspec.Struct, frozen=True):
    """One page of products. For a search, `whole` counts those that match every word, `total` all that match any.

    `hint` is what may have been meant where a word is not known; empty if all are.
    """

    cards: Sequence[Card]
    total: int
    page: int
    pages: int
    sort: Sort
    whole: int = 0
    hint: str = ""

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.cards) - 1 if self.cards else 0
