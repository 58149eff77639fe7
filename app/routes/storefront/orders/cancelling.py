"""An order that its customer takes back before it is paid."""

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import PUBLIC
from app.web.htmx import AnyRequest
from app.web.order_access import tokens
from app.web.page import Page, redirect, url_for
from app.web.visitors import Visitor
from domains import checkout, orders
from domains.kit import Database
from domains.payments.gateway import Gateway


@post("/orders/{number:str}/cancellation", name="orders.cancel", access=PUBLIC)
async def cancel(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        order_id = await orders.cancellable(tx, number, account_id=visitor.account_id, tokens=tokens(request))
    await checkout.flows.cancel(db, gateway, visitor.actor, order_id)
    return redirect(request, url_for(request, "orders.show", number=number))


ROUTES = [cancel]
