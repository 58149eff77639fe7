"""Search and listings: the read model of what shoppers browse.

Owns: one document per product that is shown, made from what the domains below know and kept fresh by their events;
`rebuild` makes all of them anew. It is the one domain beside `desk` that reads other domains' tables by SQL.

Words: a *document* is what is found; a *card* is what a listing shows of it; a *query* is what a shopper typed;
a *facet* is what a listing can be narrowed by, a *filter* what it is narrowed by, an *offer* a variant with its price.

A document orders and filters; price and stock on a card are asked for at the moment of showing, so a listing never
shows a stale one. A product that is not shown has no document, so no listing can show it.

Filters on variants hold for one and the same variant, and each count is how many products choosing that value finds.

docs/search.md says how a query is understood, how products are ranked, and how good that is.
"""

from domains.search.operations import rebuild, refresh, refresh_prices_due, renew
from domains.search.queries import (
    PAGE_SIZE,
    Card,
    Choices,
    Facet,
    FacetValue,
    Filters,
    Listing,
    Rating,
    Sort,
    SuggestedCategory,
    SuggestedProduct,
    Suggestions,
    Swatch,
    chosen,
    listing,
    newest,
    popular,
    related,
    suggest,
)
from domains.search.subscribers import SUBSCRIBERS
from domains.search.words import asked

__all__ = [
    "PAGE_SIZE",
    "SUBSCRIBERS",
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
    "asked",
    "chosen",
    "listing",
    "newest",
    "popular",
    "rebuild",
    "refresh",
    "refresh_prices_due",
    "related",
    "renew",
    "suggest",
]
