"""Search: a page of products, help when nothing is found, and what may be meant while it is typed."""

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.routes.storefront.catalog import READER, PageNumber, number_of, sort_of
from app.routes.storefront.listings import SORTS, filters_of, shelve, with_address
from app.web.access import PUBLIC
from app.web.client import client_address
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.page import Page, page
from domains import catalog, search, store
from domains.kit import Database
from domains.kit.i18n import gettext as _

_SORTS = ((search.Sort.FEATURED, _("Best match")), *SORTS[1:])
# Nobody types faster; who asks more often than this is no shopper.
_SUGGESTIONS, _WINDOW = 240, 60


@get("/search", name="search.show", access=PUBLIC)
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    q: FromQuery[str | None] = None,
    literal: FromQuery[str | None] = None,
    sort: FromQuery[str | None] = None,
    page_number: PageNumber = None,
) -> Page:
    asked = search.asked(q or "")
    async with db.transaction(READER) as tx:
        currency = (await store.shop(tx)).currency
        filters = filters_of(request, currency)
        # Without words, but with a filter or an order, it is the whole shop that is looked through.
        everything = not asked and (sort is not None or not filters.is_empty)
        listing = await search.listing(
            tx,
            currency=currency,
            q=None if everything else asked,
            literal=literal == "1",
            filters=filters,
            sort=sort_of(sort),
            page=number_of(page_number),
        )
        popular = [] if listing.total else await search.popular(tx, 8, currency=currency)
        categories = () if listing.total else await catalog.tree(tx)
    hidden = {**({"q": asked} if asked else {}), **({"literal": "1"} if literal == "1" else {})}
    sorts = SORTS if everything else _SORTS
    shelf = shelve(request, listing, route="search.show", path={}, hidden=hidden, sorts=sorts)
    answer = page(
        request,
        "search/show.html",
        fragment="listing",
        also=("announcement_oob",),
        cacheable=True,
        q=asked,
        shelf=shelf,
        popular=popular,
        categories=categories,
    )
    return with_address(answer, request, shelf)


@get("/search/suggest", name="search.suggest", access=PUBLIC)
async def suggest(
    request: AnyRequest,
    db: NamedDependency[Database],
    limiter: NamedDependency[Limiter],
    q: FromQuery[str | None] = None,
) -> Page:
    await limiter.hit(
        "search.suggest", client_address(request.scope), amount=_SUGGESTIONS, seconds=_WINDOW, open_without_redis=True
    )
    asked = search.asked(q or "")
    async with db.transaction(READER) as tx:
        currency = (await store.shop(tx)).currency
        suggestions = await search.suggest(tx, asked, currency=currency, limit=5)
    answer = page(request, "search/suggestions.html", cacheable=True, q=asked, suggestions=suggestions)
    answer.headers["Cache-Control"] = "public, max-age=60"
    return answer


ROUTES = [show, suggest]
