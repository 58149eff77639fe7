"""A listing as a page shows it: its addresses, and what narrows it as chips."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from app.web import htmx
from app.web.htmx import AnyRequest
from app.web.page import Page, url_for
from domains import search
from domains.kit import Money
from domains.kit.i18n import gettext as _

SORTS = (
    (search.Sort.FEATURED, _("Featured")),
    (search.Sort.NEWEST, _("Newest")),
    (search.Sort.PRICE_UP, _("Price, low to high")),
    (search.Sort.PRICE_DOWN, _("Price, high to low")),
    (search.Sort.RATING, _("Best rated")),
    (search.Sort.NAME, _("Name")),
)

type Parameters = Mapping[str, str | list[str]]


class Chip(msgspec.Struct, frozen=True):
    """A filter that is set, and the address without it. A price has its ends instead of a label.

    `is_plain`: the label says it all, without the name of the facet.
    """

    name: str
    label: str
    href: str
    is_plain: bool = False
    low: Money | None = None
    high: Money | None = None


class Shelf(msgspec.Struct, frozen=True):
    """A listing with the addresses around it.

    `action` is where its form goes, `hidden` what the form carries along, `clear` the address without filters;
    `route` and `parameters` make the addresses of its pages.
    """

    listing: search.Listing
    sorts: Sequence[tuple[search.Sort, str]]
    route: str
    action: str
    hidden: Mapping[str, str]
    parameters: Parameters
    here: str
    clear: str
    chips: tuple[Chip, ...]


def shelve(
    request: AnyRequest,
    listing: search.Listing,
    *,
    route: str,
    path: Mapping[str, str],
    hidden: Mapping[str, str],
    sorts: Sequence[tuple[search.Sort, str]] = SORTS,
) -> Shelf:
    """`path` are the parameters of the route's path, `hidden` those of the address that no filter is (a query)."""
    # The whole shop has no path and no query: its order says that it is meant, and not an empty search.
    is_usual = listing.sort is search.Sort.FEATURED and (path or hidden)
    order = {} if is_usual else {"sort": listing.sort.value}

    def address(filters: search.Filters, page: int = 1) -> str:
        number = {"page": page} if page > 1 else {}
        return url_for(request, route, **{**path, **hidden, **filters.parameters, **order, **number})

    return Shelf(
        listing=listing,
        sorts=sorts,
        route=route,
        action=url_for(request, route, **path),
        hidden=hidden,
        parameters={**path, **hidden, **listing.filters.parameters, **order},
        here=address(listing.filters, listing.page),
        clear=address(search.Filters()),
        chips=tuple(
            Chip(
                facet.name,
                value.label,
                address(listing.filters.without(facet.code, value.value)),
                is_plain=facet.kind == "switch",
            )
            for facet in listing.facets
            for value in facet.chosen
        )
        + _price_chip(listing.filters, address(listing.filters.without("price"))),
    )


def with_address(page: Page, request: AnyRequest, shelf: Shelf) -> Page:
    """Put the clean address of what is shown into the browser's bar when a part was asked for."""
    if htmx.wants_fragment(request):
        htmx.push(page, shelf.here)
    return page


def _price_chip(filters: search.Filters, href: str) -> tuple[Chip, ...]:
    if filters.price_min is None and filters.price_max is None:
        return ()
    return (Chip(_("Price"), "", href, low=filters.price_min, high=filters.price_max),)


def filters_of(request: AnyRequest, currency: str) -> search.Filters:
    """The filters in the address of a request."""
    parameters: Iterable[tuple[str, str]] = request.query_params.multi_items()
    return search.Filters.read(parameters, currency)
