"""What can be asked: listings, searches, and what to show first."""

from domains.search.queries.filters import Filters
from domains.search.queries.listing import listing, newest, popular, related
from domains.search.queries.views import (
    PAGE_SIZE,
    Card,
    Choices,
    Facet,
    FacetValue,
    Listing,
    Rating,
    Sort,
    Swatch,
)

__all__ = [
    "PAGE_SIZE",
    "Card",
    "Choices",
    "Facet",
    "FacetValue",
    "Filters",
    "Listing",
    "Rating",
    "Sort",
    "Swatch",
    "listing",
    "newest",
    "popular",
    "related",
]
