"""The account's home: what is to be done next, what was bought, and what may be liked."""

from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.web.access import CUSTOMER
from app.web.htmx import AnyRequest
from app.web.page import Page, page, url_for
from app.web.visitors import Visitor
from domains import accounts, cart, orders, search, store, wishlists
from domains.kit import Database, Transaction
from domains.kit.i18n import gettext as _
from domains.orders import DisplayStatus, OrderSummary
from domains.search import Card

_ORDERS, _WISHES, _LIKED = 3, 4, 4


class NextStep(msgspec.Struct, frozen=True):
    """The one thing that waits for the customer."""

    title: str
    text: str
    action: str
    url: str


@get("/account", name="account.show", access=CUSTOMER)
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    sent: FromQuery[str | None] = None,
) -> Page:
    assert visitor.account is not None  # the guard has seen to it
    account = visitor.account
    async with db.transaction(visitor.actor) as tx:
        newest = (await orders.history(tx, account.id)).orders[:_ORDERS]
        book = await accounts.addresses(tx, account.id)
        currency = (await store.shop(tx)).currency
        wishlist = await wishlists.view(tx, account_id=account.id, token="", currency=currency)
        cart_id = await cart.for_account(tx, account.id)
        pieces = 0 if cart_id is None else await cart.count(tx, cart_id)
        liked = await _liked(tx, newest, currency)
    return page(
        request,
        "account/show.html",
        account=account,
        next_step=_next_step(request, newest, pieces),
        orders=newest,
        address=book[0] if book else None,
        wishes=wishlist.items[:_WISHES],
        liked=liked,
        has_bought=bool(newest),
        sent=sent == "1",
    )


def _next_step(request: AnyRequest, newest: tuple[OrderSummary, ...], pieces: int) -> NextStep | None:
    unpaid = next((order for order in newest if order.display_status is DisplayStatus.CREATED), None)
    if unpaid is not None:
        return NextStep(
            _("An order waits for its payment"),
            _("We keep the things of order {number} for a short time.").format(number=unpaid.number),
            _("Go on to payment"),
            url_for(request, "orders.show", number=unpaid.number),
        )
    if pieces:
        return NextStep(
            _("Your cart is kept"),
            _("What you put in is still there, on every device that you log in with."),
            _("To your cart"),
            url_for(request, "cart.show"),
        )
    return None


async def _liked(tx: Transaction, newest: tuple[OrderSummary, ...], currency: str) -> list[Card]:
    """What goes with the last purchases, without them; for who bought nothing what others take home."""
    bought: dict[UUID, None] = {}
    for order in newest:
        bought.update(dict.fromkeys(line.product_id for line in (await orders.order(tx, order.id)).lines))
    found: dict[UUID, Card] = {}
    for product_id in list(bought)[:_LIKED]:
        for card in await search.related(tx, product_id, _LIKED, currency=currency):
            found.setdefault(card.product_id, card)
    if len(found) < _LIKED:
        for card in await search.popular(tx, _LIKED + len(bought), currency=currency):
            found.setdefault(card.product_id, card)
    return [card for product_id, card in found.items() if product_id not in bought][:_LIKED]


ROUTES = [show]
