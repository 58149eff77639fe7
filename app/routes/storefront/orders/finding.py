"""How a guest comes to his order: by number and address, or by the link in his mail."""

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.web.access import PUBLIC
from app.web.client import client_address
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.order_access import grant
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import orders
from domains.kit import Database
from domains.orders import OrderNotFound

_TRIES_OF_A_HOUSE, _TRIES_OF_A_NUMBER, _WINDOW = 20, 10, 15 * 60


class Find(msgspec.Struct, forbid_unknown_fields=True):
    number: str = ""
    email: str = ""


@get("/orders/find", name="orders.find", access=PUBLIC, sync_to_thread=False)
def show_find(request: AnyRequest) -> Page:
    return page(request, "orders/find.html", form=Find(), errors={})


@post("/orders/find", name="orders.find.post", access=PUBLIC)
async def find(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
) -> Page:
    form = await read_form(request, Find)
    number = form.number.strip().upper()
    await limiter.hit("orders.find", client_address(request.scope), amount=_TRIES_OF_A_HOUSE, seconds=_WINDOW)
    await limiter.hit("orders.find.number", number[:40], amount=_TRIES_OF_A_NUMBER, seconds=_WINDOW)
    try:
        async with db.transaction(visitor.actor) as tx:
            token = await orders.find_guest(tx, number, form.email)
    except OrderNotFound as refused:
        return page(
            request, "orders/find.html", status=422, form=form, errors={"number": f"{refused.title} {refused.hint}"}
        )
    answer = redirect(request, url_for(request, "orders.show", number=number))
    grant(request, answer, token)
    return answer


@get("/orders/{number:str}/access/{token:str}", name="orders.access", access=PUBLIC)
async def open_link(
    request: AnyRequest,
    number: FromPath[str],
    token: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    to: FromQuery[str | None] = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await orders.by_access(tx, number, [token])
    goal = "orders.invoice" if to == "invoice" and found.confirmed_at is not None else "orders.show"
    answer = redirect(request, url_for(request, goal, number=found.number))
    grant(request, answer, token)
    return answer


ROUTES = [show_find, find, open_link]
