"""What listings show."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Literal
from uuid import UUID

import msgspec

from domains.catalog import Picture
from domains.kit import Money
from domains.search.queries.filters import Filters

PAGE_SIZE = 24
MOST_PAGES = 400  # nobody reads further, and far pages cost the most


class Sort(StrEnum):
    """The orders a listing can have. `FEATURED` is relevance for a search, and what sells for a category."""

    FEATURED = "featured"
    NEWEST = "newest"
    PRICE_UP = "price-up"
    PRICE_DOWN = "price-down"
    RATING = "rating"
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


class Rating(msgspec.Struct, frozen=True):
    """What buyers gave a product: the average of 5, and how many they were."""

    average: Decimal
    count: int

    @property
    def shown(self) -> Decimal:
        """The average as pages say it: one decimal, half up."""
        return self.average.quantize(Decimal("0.1"), ROUND_HALF_UP)


class Card(msgspec.Struct, frozen=True):
    """A product in a listing; price and stock are of this moment.

    `price_from` is the lowest price, `compare_at` that variant's former one; `availability` the best of its variants.
    Where filters fit only some of its variants, all this is of those, and `sku` is the one to show first.
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
    rating: Rating | None = None
    sku: str | None = None


type FacetKind = Literal["values", "swatches", "switch", "rating", "price"]


class FacetValue(msgspec.Struct, frozen=True):
    """One value of a facet: `count` products would be left, None where there are too many to count.

    `depth` is how far it stands in below another (categories).
    """

    value: str
    label: str
    count: int | None
    is_chosen: bool = False
    swatch: str | None = None
    depth: int = 0

    @property
    def is_empty(self) -> bool:
        return self.count == 0


class Facet(msgspec.Struct, frozen=True):
    """What a listing can be narrowed by. `code` is its parameter in an address.

    Of `values` and `swatches` several can be chosen, of a `rating` one; a `switch` has one value. A `price` has no
    values but the lowest and the highest there are.
    """

    code: str
    name: str
    kind: FacetKind
    values: tuple[FacetValue, ...] = ()
    lowest: Money | None = None
    highest: Money | None = None

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        return tuple(value for value in self.values if value.is_chosen)


class Listing(msgspec.Struct, frozen=True):
    """One page of products. For a search, `whole` counts those that match every word, `total` all that match any.

    `corrected` is the query that was answered where it is not the one that was typed. `unfiltered` is how many there
    would be without `filters`.
    """

    cards: Sequence[Card]
    total: int
    page: int
    pages: int
    sort: Sort
    whole: int = 0
    corrected: str = ""
    filters: Filters = Filters()
    facets: tuple[Facet, ...] = ()
    unfiltered: int = 0

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return self.first + len(self.cards) - 1 if self.cards else 0
