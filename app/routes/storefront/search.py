"""Search: a page of products, or help when nothing is found."""

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.routes.storefront.catalog import READER, SORTS, PageNumber, number_of, sort_of
from app.web.access import PUBLIC
from app.web.htmx import AnyRequest
from app.web.page import Page, page
from domains import catalog, search, store
from domains.kit import Database
from domains.kit.i18n import gettext as _

_SORTS = ((search.Sort.FEATURED, _("Best match")), *SORTS[1:])


@get("/search", name="search.show", access=PUBLIC)
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    q: FromQuery[str | None] = None,
    sort: FromQuery[str | None] = None,
    page_number: PageNumber = None,
) -> Page:
    asked = search.asked(q or "")
    async with db.transaction(READER) as tx:
        currency = (await store.shop(tx)).currency
        listing = await search.listing(tx, currency=currency, q=asked, sort=sort_of(sort), page=number_of(page_number))
        popular = [] if listing.total else await search.popular(tx, 8, currency=currency)
        categories = () if listing.total else await catalog.tree(tx)
    return page(
        request,
        "search/show.html",
        cacheable=True,
        q=asked,
        listing=listing,
        popular=popular,
        categories=categories,
        sorts=_SORTS,
    )


ROUTES = [show]
