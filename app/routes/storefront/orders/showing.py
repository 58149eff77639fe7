"""An order's page, for the account that owns it and for a guest who holds a link."""

import time
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.routes.storefront.orders.standing import is_under_way, paid_with, parcels, stamp, standing, timeline
from app.routes.storefront.returns import can_return, standings
from app.web import htmx
from app.web.access import PUBLIC
from app.web.htmx import AnyRequest
from app.web.order_access import tokens
from app.web.page import Page, page, unchanged, url_for
from app.web.visitors import Visitor
from domains import catalog, downloads, fulfilment, inventory, invoicing, orders, returns, reviews, store
from domains.catalog import VariantView
from domains.kit import Database, Money
from domains.orders import OrderStatus, OrderView
from domains.payments import RefundState

_WATCHED_FOR = 2 * 3600  # seconds; a page left open longer says so and asks no more
_SOON, _LATER = 2, 60


class Watch(msgspec.Struct, frozen=True):
    """How the page keeps itself up to date: it asks `url` every so many seconds; 0 is not any more."""

    url: str
    every: int


@get("/orders/{number:str}", name="orders.show", access=PUBLIC)
async def show(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    thanks: FromQuery[str | None] = None,
    seen: FromQuery[str | None] = None,
    since: FromQuery[str | None] = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        order = await orders.visible(tx, number, account_id=visitor.account_id, tokens=tokens(request))
        things = await catalog.variants(tx, [line.variant_id for line in order.lines])
        documents = await invoicing.documents_of(tx, order.id)
        shop = await store.shop(tx)
        files = await downloads.of_order(tx, order.id)
        shipments = await fulfilment.of_order(tx, order.id)
        said = None if order.shipped_at is None else await reviews.of_order(tx, order)
        back = await returns.case(tx, order.id, order=order)
        returnable = await can_return(tx, back)
        waits = await inventory.owed_to(tx, order.id)
    stamped = stamp(
        order,
        papers=len(documents),
        returns=[(each.id, each.status) for each in back.returns],
        parcels=[(each.id, each.status, each.count, each.tracking_number, len(each.events)) for each in shipments],
    )
    is_over = seen is not None and _age(since) > _WATCHED_FOR
    if htmx.wants_fragment(request) and seen == stamped and not is_over:
        return unchanged()
    thanked = "1" if thanks == "1" else None
    return page(
        request,
        "orders/show.html",
        fragment="order",
        also=("announcement_oob",) if seen is not None else (),
        order=order,
        things=_still_shown(things),
        waits=waits,
        documents=documents,
        bank_details=shop.bank_details,
        transfer_days=shop.transfer_days,
        downloads=files,
        names={line.variant_id: line.product_name for line in order.lines},
        said=said if said is not None and said.has_arrived and said.items else None,
        timeline=timeline(order, shipments),
        shipments=parcels(shipments),
        is_picked_up=any(each.is_pick_up for each in shipments),
        standing=standing(order),
        paid_with=paid_with(order),
        tracking_url=orders.tracking_url(order.tracking_number),
        refunded=_sum(order, RefundState.PROCESSED),
        refunding=_sum(order, RefundState.PENDING),
        returns=standings(back),
        returnable=returnable,
        thanks=thanked is not None and order.status not in {OrderStatus.PENDING, OrderStatus.CANCELLED},
        again=url_for(request, "orders.show", number=order.number, thanks=thanked),
        watch=_watch(request, order, thanked, stamped, is_over=is_over),
        offer_account=thanked is not None and visitor.account is None and order.user_id is None,
        is_mine=visitor.account_id is not None and order.user_id == visitor.account_id,
    )


def _watch(request: AnyRequest, order: OrderView, thanks: str | None, stamped: str, *, is_over: bool) -> Watch | None:
    if not is_under_way(order):
        return None
    every = 0 if is_over else _SOON if standing(order) == "waiting" else _LATER
    url = url_for(request, "orders.show", number=order.number, thanks=thanks, seen=stamped, since=int(time.time()))
    return Watch(url, every)


def _age(since: str | None) -> float:
    """Seconds since a page was made; one that says nonsense is too old."""
    if since is None or not since.isascii() or not since.isdecimal() or len(since) > 12:
        return float("inf")
    return time.time() - int(since)


def _sum(order: OrderView, state: RefundState) -> Money:
    return Money(sum(refund.amount.amount for refund in order.refunds if refund.status is state), order.total.currency)


def _still_shown(things: dict[UUID, VariantView]) -> dict[UUID, VariantView]:
    return {variant_id: thing for variant_id, thing in things.items() if thing.is_sellable or thing.image}


ROUTES = [show]
