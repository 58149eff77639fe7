"""Closing the account: what happens is said first, and the password is asked for once more."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency

from app.routes.storefront.account.entering import forget_member
from app.routes.storefront.account.proving import proven, refusal
from app.runtime.settings import Settings
from app.web.access import CUSTOMER, PUBLIC
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import accounts, orders
from domains.kit import Database, Invalid, TooMany
from domains.orders import OrderStatus


class Close(msgspec.Struct, forbid_unknown_fields=True):
    current_password: str


@get("/account/close", name="account.close", access=CUSTOMER)
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return page(request, "account/close.html", errors={}, **await _around(db, visitor))


@post("/account/close", name="account.close.post", access=CUSTOMER)
async def close(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    assert visitor.account is not None  # the guard has seen to it
    form = await read_form(request, Close)
    try:
        await proven(request, db, visitor, form.current_password)
    except (Invalid, TooMany) as refused:
        status, errors, headers = refusal(refused)
        answer = page(request, "account/close.html", status=status, errors=errors, **await _around(db, visitor))
        answer.headers.update(headers)
        return answer
    async with db.transaction(visitor.actor) as tx:
        await accounts.close(tx, visitor.account.id)
    return forget_member(redirect(request, url_for(request, "account.closed")), visitor, settings)


@get("/account/closed", name="account.closed", access=PUBLIC, sync_to_thread=False)
def show_closed(request: AnyRequest) -> Page:
    return page(request, "account/closed.html")


async def _around(db: Database, visitor: Visitor) -> dict[str, Any]:
    assert visitor.account is not None  # the guard has seen to it
    async with db.transaction(visitor.actor) as tx:
        newest = (await orders.history(tx, visitor.account.id)).orders
    return {
        "account": visitor.account,
        "unpaid": [order for order in newest if order.status is OrderStatus.PENDING],
        "coming": [order for order in newest if order.status in (OrderStatus.CONFIRMED, OrderStatus.SHIPPED)],
    }


ROUTES = [show, close, show_closed]
