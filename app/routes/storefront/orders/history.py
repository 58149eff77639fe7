"""The orders of an account: filtered by state and year, found by number or by what was in them."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from app.routes.storefront.catalog import number_of
from app.web.access import CUSTOMER
from app.web.htmx import AnyRequest
from app.web.page import Page, page
from app.web.visitors import Visitor
from domains import catalog, orders
from domains.kit import Database
from domains.kit.i18n import gettext as _
from domains.orders import OrderFilter, OrderPage, OrderStatus

STATES = (
    (OrderStatus.PENDING, _("Waiting for payment")),
    (OrderStatus.CONFIRMED, _("Being packed")),
    (OrderStatus.SHIPPED, _("On its way")),
    (OrderStatus.DELIVERED, _("Delivered")),
    (OrderStatus.CANCELLED, _("Cancelled")),
)
_LONGEST = 100
_PICTURES = 4

Chosen = Annotated[str | None, QueryParameter(name="state")]  # Litestar keeps the name for itself
PageNumber = Annotated[str | None, QueryParameter(name="page")]


@get("/account/orders", name="account.orders", access=CUSTOMER)
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    chosen: Chosen = None,
    year: FromQuery[str | None] = None,
    q: FromQuery[str | None] = None,
    page_number: PageNumber = None,
) -> Page:
    assert visitor.account_id is not None  # the guard has seen to it
    only = OrderFilter(status=_state(chosen), year=_year(year), q=(q or "").strip()[:_LONGEST])
    async with db.transaction(visitor.actor) as tx:
        found = await orders.history(tx, visitor.account_id, page=number_of(page_number), only=only)
        things = await catalog.variants(tx, _pictured(found))
    return page(
        request,
        "orders/history.html",
        history=found,
        things=things,
        pictures=_PICTURES,
        only=only,
        states=STATES,
        state_word=dict(STATES).get(only.status, "") if only.status else "",
    )


def _pictured(found: OrderPage) -> list[UUID]:
    return [line.variant_id for order in found.orders for line in order.lines[:_PICTURES]]


def _state(text: str | None) -> OrderStatus | None:
    return OrderStatus(text) if text in set(OrderStatus) else None


def _year(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) == 4 else None


ROUTES = [show]
