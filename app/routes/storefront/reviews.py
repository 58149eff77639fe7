"""Reviews: what others said on a product's page, and where a buyer writes his own."""

from typing import Annotated
from uuid import UUID

import msgspec
import structlog
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from app.web.access import PUBLIC
from app.web.client import client_address
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.order_access import grant, tokens
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import catalog, orders, reviews
from domains.kit import Actor, Database, Invalid, LogInNeeded, Transaction
from domains.kit.i18n import gettext as _
from domains.orders import OrderNotFound, OrderView
from domains.reviews import Buyer, Doubt, HideReason, OrderReviews, ReviewDraft, ReviewPage, Sort

log = structlog.get_logger(__name__)

READER = Actor.guest()
SORTS = (
    (Sort.NEWEST, _("Newest")),
    (Sort.HIGHEST, _("Highest rating")),
    (Sort.LOWEST, _("Lowest rating")),
)
STARS = (
    (1, _("Very poor")),
    (2, _("Poor")),
    (3, _("All right")),
    (4, _("Good")),
    (5, _("Very good")),
)
_STARS = {str(number) for number, _words in STARS}
REASONS: dict[str, str] = {
    Doubt.LINK: _("We look at it before it is shown, because it names a web or mail address."),
    Doubt.WORD: _("We look at it before it is shown."),
    Doubt.CHANGED: _("We look at it again before it is shown."),
    HideReason.SPAM: _("We do not show it: it is advertising."),
    HideReason.ABUSE: _("We do not show it: it insults somebody."),
    HideReason.PERSONAL: _("We do not show it: it tells something personal about somebody."),
    HideReason.OFF_TOPIC: _("We do not show it: it is not about the product."),
    HideReason.UNLAWFUL: _("We do not show it: it may be against the law."),
}

_PATIENCE = 1000  # milliseconds that a product page waits for its reviews
_WRITES, _REPORTS, _WINDOW = 30, 20, 60 * 60

PageNumber = Annotated[str | None, QueryParameter(name="page")]


class ReviewForm(msgspec.Struct, forbid_unknown_fields=True):
    stars: str = ""
    title: str = ""
    body: str = ""
    name: str = ""


async def shown_beside(db: Database, product_id: UUID) -> ReviewPage | None:
    """The first reviews of a product for its page, which does without them when they cannot be read (OPS-03)."""
    try:
        async with db.transaction(READER) as tx:
            await tx.sql(f"SET LOCAL statement_timeout = {_PATIENCE}")
            return await reviews.page(tx, product_id)
    except Exception as error:  # whatever is wrong with the reviews, the product can be bought
        log.error("reviews.unreadable", error=type(error).__name__)
        return None


@get("/products/{slug:str}/reviews", name="products.reviews", access=PUBLIC)
async def show_all(
    request: AnyRequest,
    db: NamedDependency[Database],
    slug: FromPath[str],
    sort: FromQuery[str | None] = None,
    page_number: PageNumber = None,
    reported: FromQuery[str | None] = None,
) -> Page:
    async with db.transaction(READER) as tx:
        product = await catalog.product_by_slug(tx, slug)
        found = await reviews.page(tx, product.id, sort=_sort_of(sort), page=_number_of(page_number))
    return page(
        request,
        "reviews/list.html",
        fragment="reviews",
        also=("turned_oob",),
        cacheable=True,
        product=product,
        reviews=found,
        reported=reported or "",
        sorts=SORTS,
    )


@post("/products/{slug:str}/reviews/{review_id:uuid}/reports", name="products.reviews.report", access=PUBLIC)
async def report(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
    slug: FromPath[str],
    review_id: FromPath[UUID],
) -> Page:
    await limiter.hit("reviews.report", client_address(request.scope), amount=_REPORTS, seconds=_WINDOW)
    async with db.transaction(visitor.actor) as tx:
        product = await catalog.product_by_slug(tx, slug)
        await reviews.report(tx, product.id, review_id)
    return page(
        request,
        "reviews/list.html",
        fragment="reported",
        at="products.reviews",
        at_params={"slug": slug, "reported": review_id},
    )


@get("/orders/{number:str}/reviews/access/{token:str}", name="orders.reviews.access", access=PUBLIC)
async def open_link(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    number: FromPath[str],
    token: FromPath[str],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await orders.by_access(tx, number, [token])
    answer = redirect(request, url_for(request, "orders.reviews", number=found.number))
    grant(request, answer, token)
    return answer


@get("/orders/{number:str}/reviews", name="orders.reviews", access=PUBLIC)
async def show_order(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    number: FromPath[str],
    written: FromQuery[str | None] = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        order, found = await _opened(request, tx, visitor, number)
    if len(found.items) == 1 and found.owed:  # nothing to choose from
        return redirect(
            request, url_for(request, "orders.review", number=order.number, product_id=found.items[0].product_id)
        )
    return page(
        request,
        "reviews/order.html",
        order=order,
        found=found,
        written=next((item for item in found.items if str(item.product_id) == written), None),
        reasons=REASONS,
    )


@get("/orders/{number:str}/reviews/{product_id:uuid}", name="orders.review", access=PUBLIC)
async def show_form(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    number: FromPath[str],
    product_id: FromPath[UUID],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        order, found = await _opened(request, tx, visitor, number)
    item = found.item(product_id)
    if item is None:
        raise reviews.NotBought
    if not found.has_arrived:
        raise reviews.NotArrived
    own = item.review
    if own is None:
        form = ReviewForm(name=reviews.suggested_name(order.shipping_address.name))
    elif own.status is reviews.ReviewStatus.REMOVED:
        raise reviews.ReviewGone
    else:
        form = ReviewForm(stars=str(own.stars), title=own.title, body=own.body, name=own.name)
    return _form(request, order, item, form)


@post("/orders/{number:str}/reviews/{product_id:uuid}", name="orders.review.post", access=PUBLIC)
async def write(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
    number: FromPath[str],
    product_id: FromPath[UUID],
) -> Page:
    form = await read_form(request, ReviewForm)
    await limiter.hit("reviews.write", client_address(request.scope), amount=_WRITES, seconds=_WINDOW)
    draft = ReviewDraft(
        int(form.stars) if form.stars in "12345" and form.stars else 0, form.name, form.title, form.body
    )
    try:
        async with db.transaction(visitor.actor) as tx:
            await reviews.write(tx, number=number, product_id=product_id, buyer=_buyer(request, visitor), draft=draft)
    except Invalid as refused:
        async with db.transaction(visitor.actor) as tx:
            order, found = await _opened(request, tx, visitor, number)
        item = found.item(product_id)
        if item is None:
            raise
        return _form(request, order, item, form, refused)
    return redirect(request, url_for(request, "orders.reviews", number=number, written=product_id))


@post("/orders/{number:str}/reviews/{product_id:uuid}/removal", name="orders.review.remove", access=PUBLIC)
async def remove(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    number: FromPath[str],
    product_id: FromPath[UUID],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await reviews.remove(tx, number=number, product_id=product_id, buyer=_buyer(request, visitor))
    return redirect(request, url_for(request, "orders.reviews", number=number, written=product_id))


def _form(
    request: AnyRequest, order: OrderView, item: reviews.Item, form: ReviewForm, refused: Invalid | None = None
) -> Page:
    return page(
        request,
        "reviews/write.html",
        status=200 if refused is None else 422,
        order=order,
        item=item,
        form=form,
        errors={} if refused is None else refused.fields,
        stars=STARS,
        longest_title=reviews.LONGEST_TITLE,
        longest_body=reviews.LONGEST_BODY,
        longest_name=reviews.LONGEST_NAME,
    )


async def _opened(
    request: AnyRequest, tx: Transaction, visitor: Visitor, number: str
) -> tuple[OrderView, OrderReviews]:
    """The order, and what of it can be reviewed.

    Raises `LogInNeeded` for who is not logged in, because the mail that asks a customer links here without a key; else
    `OrderNotFound`. Both are the same for unknown and foreign orders.
    """
    try:
        order = await orders.visible(tx, number, account_id=visitor.account_id, tokens=tokens(request))
    except OrderNotFound:
        if visitor.account is None:
            raise LogInNeeded from None
        raise
    return order, await reviews.of_order(tx, order)


def _buyer(request: AnyRequest, visitor: Visitor) -> Buyer:
    return Buyer(visitor.account_id, tokens(request))


def _sort_of(text: str | None) -> Sort:
    try:
        return Sort(text or Sort.NEWEST)
    except ValueError:
        return Sort.NEWEST


def _number_of(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 6 else 1


ROUTES = [show_all, report, open_link, show_order, show_form, write, remove]
