"""An order once more: put into the cart, and the page that says what has changed since."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.runtime.settings import Settings
from app.web.access import PUBLIC
from app.web.htmx import AnyRequest
from app.web.keeping import keep_cart
from app.web.order_access import tokens
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import cart, orders
from domains.kit import Database


@post("/orders/{number:str}/again", name="orders.again.put", access=PUBLIC)
async def put_again(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    """The cart is brought to at least what was ordered: pressed twice, it holds the same."""
    async with db.transaction(visitor.actor) as tx:
        order = await orders.visible(tx, number, account_id=visitor.account_id, tokens=tokens(request))
        cart_id, token = await cart.open_for(tx, account_id=visitor.account_id, token=visitor.cart_token)
        await orders.put_again(tx, order, cart_id)
    answer = redirect(request, url_for(request, "orders.again", number=order.number))
    return keep_cart(answer, visitor, settings, token)


@get("/orders/{number:str}/again", name="orders.again", access=PUBLIC)
async def show(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
) -> Page:
    """Held against the shop and the cart of this moment, so that it may be loaded as often as one likes."""
    async with db.transaction(visitor.actor) as tx:
        order = await orders.visible(tx, number, account_id=visitor.account_id, tokens=tokens(request))
        cart_id = await cart.current(tx, account_id=visitor.account_id, token=visitor.cart_token)
        found = await orders.again(tx, order, cart_id)
    return page(request, "orders/again.html", order=order, again=found)


ROUTES = [put_again, show]
