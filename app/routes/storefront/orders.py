"""An order's page: for the account that owns it, and for a guest by the link in his mail or by number and address."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.web.access import PUBLIC
from app.web.client import client_address
from app.web.forms import read_form
from app.web.limits import Limiter
from app.web.order_access import grant, tokens
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import catalog, orders
from domains.catalog import VariantView
from domains.kit import Database, Money
from domains.kit.i18n import gettext as _
from domains.orders import CancelReason, OrderNotFound, OrderStatus, OrderView
from domains.payments import AttemptStatus, PaymentStatus, RefundState

AnyRequest = Request[Any, Any, Any]
type Entry = tuple[str, datetime | None, str, str]

_TRIES_OF_A_HOUSE, _TRIES_OF_A_NUMBER, _WINDOW = 20, 10, 15 * 60

_ENDED = {
    CancelReason.PAYMENT_FAILED: _("The payment did not come through. Nothing was charged."),
    CancelReason.EXPIRED: _("It was not paid in time. Nothing was charged."),
    CancelReason.CUSTOMER: _("You cancelled it."),
    CancelReason.STAFF: _("We had to cancel it."),
    CancelReason.OUT_OF_STOCK: _("Something in it was no longer there. We are sorry."),
    CancelReason.RECALLED: _("It was called back on its way."),
    CancelReason.REPLACED: _("You changed it before it was paid. Nothing was charged."),
    CancelReason.UNAVAILABLE: _("The payment service did not answer. Nothing was charged."),
}


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
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await orders.by_access(tx, number, [token])
    answer = redirect(request, url_for(request, "orders.show", number=found.number))
    grant(request, answer, token)
    return answer


@get("/orders/{number:str}", name="orders.show", access=PUBLIC)
async def show(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    thanks: FromQuery[str | None] = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        order = await orders.visible(tx, number, account_id=visitor.account_id, tokens=tokens(request))
        things = await catalog.variants(tx, [line.variant_id for line in order.lines])
    return page(
        request,
        "orders/show.html",
        fragment="order",
        order=order,
        things=_still_shown(things),
        timeline=timeline(order),
        standing=standing(order),
        paid_with=paid_with(order),
        refunded=Money(order.payment.refunded if order.payment else 0, order.total.currency),
        thanks=thanks == "1" and order.status not in {OrderStatus.PENDING, OrderStatus.CANCELLED},
        again=url_for(request, "orders.show", number=order.number, thanks="1" if thanks == "1" else None),
        offer_account=thanks == "1" and visitor.account is None and order.user_id is None,
    )


def standing(order: OrderView) -> str:
    """What the page says first: `waiting` (it asks again by itself), `bank`, `unpaid`, or nothing in particular."""
    if order.status is not OrderStatus.PENDING or order.payment is None:
        return ""
    live = order.payment.live_attempt
    if live is None:
        return "unpaid"
    return "bank" if live.status is AttemptStatus.REQUIRES_ACTION and live.redirect_url else "waiting"


def timeline(order: OrderView) -> list[Entry]:
    """The order's life as a person reads it: words, time, whether done, now or next, and a note."""
    entries: list[Entry] = [(_("Order placed"), order.created_at, "done", "")]
    entries += _paying(order)
    if order.status is OrderStatus.CANCELLED:
        reason = _ENDED[order.cancel_reason] if order.cancel_reason else ""
        entries.append((_("Order cancelled"), order.cancelled_at, "bad", reason))
    else:
        entries += _parcel(order)
    return entries + _refunds(order)


def _paying(order: OrderView) -> list[Entry]:
    payment = order.payment
    if payment is None:
        return [(_("Nothing to pay"), order.confirmed_at, "done", "")]
    if payment.captured:
        return [(_("Payment received"), payment.captured_at, "done", paid_with(order))]
    if payment.status is PaymentStatus.FAILED:
        return [(_("Payment failed"), order.cancelled_at, "bad", "")]
    if order.status is OrderStatus.CANCELLED:
        return []
    if standing(order) == "waiting":
        return [(_("Your payment is being confirmed"), None, "now", "")]
    return [(_("Waiting for your payment"), None, "now", "")]


def _parcel(order: OrderView) -> list[Entry]:
    shipped, delivered = order.shipped_at is not None, order.delivered_at is not None
    packing = "done" if shipped else "now" if order.status is OrderStatus.CONFIRMED else "next"
    tracking = _("Tracking number {number}").format(number=order.tracking_number) if order.tracking_number else ""
    return [
        (_("Being packed"), None, packing, ""),
        (_("On its way"), order.shipped_at, "done" if delivered else "now" if shipped else "next", tracking),
        (_("Delivered"), order.delivered_at, "done" if delivered else "next", ""),
    ]


def _refunds(order: OrderView) -> list[Entry]:
    words = {
        RefundState.PENDING: (_("Refund on its way"), "now", _("The money is on its way back to you.")),
        RefundState.PROCESSED: (_("Refunded"), "done", _("It shows on your statement in five to ten days.")),
    }
    return [
        (words[refund.status][0], refund.processed_at or refund.created_at, *words[refund.status][1:])
        for refund in order.refunds
        if refund.status in words
    ]


def paid_with(order: OrderView) -> str:
    """The card as its holder knows it: brand and last four."""
    payment = order.payment
    if payment is None or not payment.card_last4:
        return ""
    brand = (payment.card_brand or _("card")).replace("_", " ").capitalize()
    return _("{brand} ending in {last4}").format(brand=brand, last4=payment.card_last4)


def _still_shown(things: dict[UUID, VariantView]) -> dict[UUID, VariantView]:
    return {variant_id: thing for variant_id, thing in things.items() if thing.is_sellable or thing.image}


ROUTES = [show_find, find, open_link, show]
