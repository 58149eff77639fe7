"""What can be asked: listings, searches, and what to show first."""

from domains.search.queries.filters import Filters
from domains.search.queries.listing import chosen, listing, newest, popular, related
from domains.search.queries.suggesting import SuggestedCategory, SuggestedProduct, Suggestions, suggest
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
    "SuggestedCategory",
    "SuggestedProduct",
    "Suggestions",
    "Swatch",
    "chosen",
    "listing",
    "newest",
    "popular",
    "related",
    "suggest",
]
