"""An order for staff: everything about it on one page, and what can be done to it there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.order_states import BACK, GOODS, PAYMENTS, STATUSES
from app.routes.staff.returns import Happened
from app.web.access import may, staff
from app.web.address_fields import address_fields, in_page_order, typed_of
from app.web.countries import country_choices
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import State
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import audit, catalog, checkout, desk, notifications, orders
from domains.checkout import CostsMoreThere, NoWayThere, Rerating, TotalChanged
from domains.desk import OrderDetail
from domains.kit import Address, Database, Invalid, Money, Transaction, addresses
from domains.kit.i18n import gettext as _
from domains.orders import OrderStatus, OrderView
from domains.payments import PaymentView
from domains.payments.gateway import Gateway

SHIPMENTS = {**GOODS, "called_off": State(_("Called off"), "plain")}
_NEXT_OF_SHIPMENT = {
    "on_hold": _("Decide about the shipment"),
    "waiting": _("See what is missing"),
    "allocated": _("Pick it"),
    "picking": _("Pack it"),
    "packed": _("Send it"),
    "shipped": _("Follow the parcel"),
}


class NoteForm(msgspec.Struct, forbid_unknown_fields=True):
    text: str = ""


class CancelForm(msgspec.Struct, forbid_unknown_fields=True):
    why: str = ""


class PaidForm(msgspec.Struct, forbid_unknown_fields=True):
    reference: str = ""


class AddressForm(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`total` is what the page said it costs there, empty before it was looked at."""

    name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    phone: str = ""
    method: str = ""
    total: str = ""

    @property
    def typed(self) -> dict[str, str]:
        return {field: getattr(self, field) for field in Address.__struct_fields__}


class NextStep(msgspec.Struct, frozen=True):
    """The one obvious thing to do: a page to go to."""

    label: str
    route: str
    params: Mapping[str, Any]


@get("/staff/orders/{number:str}", name="staff.orders.show", access=staff("orders.see"))
async def show(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _order_page(request, db, visitor, number)


@post("/staff/orders/{number:str}/notes", name="staff.orders.note", access=staff("orders.serve"))
async def note(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, NoteForm)
    try:
        async with db.transaction(visitor.actor) as tx:
            await orders.add_note(tx, await orders.id_of(tx, number), form.text)
    except Invalid as refused:
        return await _order_page(request, db, visitor, number, status=422, note=form.text, errors=refused.fields)
    return _done(request, number, _("Noted."))


@post("/staff/orders/{number:str}/cancellation", name="staff.orders.cancel", access=staff("orders.cancel", fresh=True))
async def cancel(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    """Who may give no refunds cancels only what nobody has begun to pick."""
    form = await read_form(request, CancelForm)
    if not form.why.strip():
        errors = {"why": _("Say why, for those who look at the order later.")}
        return await _order_page(request, db, visitor, number, status=422, errors=errors)
    async with db.transaction(visitor.actor) as tx:
        order_id = await orders.id_of(tx, number)
    only_before_picking = not may(visitor.actor.role, "refunds.give")
    waiting = await checkout.flows.cancel(
        db, gateway, visitor.actor, order_id, why=form.why.strip(), only_before_picking=only_before_picking
    )
    if waiting is not None:
        words = _("Not cancelled yet: what goes back is above the shop's limit. A second person decides under Refunds.")
        return _done(request, number, words, "info")
    return _done(request, number, _("The order is cancelled. What was paid goes back."))


@get("/staff/orders/{number:str}/payment", name="staff.orders.paid", access=staff("orders.act"))
async def show_paid(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
    return page(request, "staff/orders/paid.html", order=order)


@post("/staff/orders/{number:str}/payment", name="staff.orders.paid.mark", access=staff("orders.act"))
async def mark_paid(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    form = await read_form(request, PaidForm)
    async with db.transaction(visitor.actor) as tx:
        order_id = await orders.id_of(tx, number)
    await checkout.flows.mark_paid(db, gateway, visitor.actor, order_id, reference=form.reference)
    return _done(request, number, _("It is marked as paid."))


@post("/staff/orders/{number:str}/mails/{mail_id:uuid}/again", name="staff.orders.mail", access=staff("orders.serve"))
async def send_again(
    request: AnyRequest,
    number: FromPath[str],
    mail_id: FromPath[UUID],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await notifications.send_again(tx, mail_id, order_id=await orders.id_of(tx, number))
    return _done(request, number, _("The mail is sent again."))


@get("/staff/orders/{number:str}/address", name="staff.orders.address", access=staff("orders.serve"))
async def show_address(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
        await audit.seen(tx, ("order", str(order.id)), "address form", label=order.number)
    form = msgspec.convert(typed_of(order.shipping_address), AddressForm)
    return await _address_page(request, db, visitor, order, form)


@post("/staff/orders/{number:str}/address/country", name="staff.orders.address.country", access=staff("orders.serve"))
async def change_country(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, AddressForm)
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
    return await _address_page(request, db, visitor, order, form)


@post("/staff/orders/{number:str}/address", name="staff.orders.address.change", access=staff("orders.serve"))
async def change_address(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    """Once to look at what it costs there, once more to do it."""
    form = await read_form(request, AddressForm)
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
        try:
            address, method = await _checked(tx, form), _id(form.method)
            found = await checkout.rerate(tx, order, address, method_id=method)
        except Invalid as refused:
            wrong: Mapping[str, str] = refused.fields
        except NoWayThere as refused:
            wrong = {"country": f"{refused.title} {refused.hint}"}
        else:
            wrong = {}
    if wrong:
        return await _address_page(request, db, visitor, order, form, status=422, errors=wrong)
    if not form.total.isdecimal():
        return await _address_page(request, db, visitor, order, form, found=found)
    try:
        await checkout.flows.readdress(
            db, gateway, visitor.actor, order.id, address=address, method_id=method, total=int(form.total[:16])
        )
    except (TotalChanged, CostsMoreThere) as refused:
        errors = {"method": f"{refused.title} {refused.hint}"}
        return await _address_page(request, db, visitor, order, form, found=found, status=409, errors=errors)
    return _done(request, number, _("It goes to the new address."))


async def _order_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    number: str,
    *,
    status: int = 200,
    note: str = "",
    errors: Mapping[str, str] | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        detail = await desk.order_detail(tx, number)
        things = await catalog.variants(tx, [line.variant_id for line in detail.order.lines])
        await audit.seen(tx, ("order", str(detail.order.id)), "order page", label=detail.order.number)
    order = detail.order
    role = visitor.actor.role
    return page(
        request,
        "staff/orders/show.html",
        status=status,
        detail=detail,
        order=order,
        things=things,
        state=STATUSES[order.status],
        payment_state=PAYMENTS[order.payment.status] if order.payment else State(_("Nothing to pay"), "plain"),
        goods_state=GOODS[detail.fulfilment],
        return_states=[(each, BACK[each.status]) for each in detail.returns],
        money=_money_facts(order.payment),
        shipments=[(each, SHIPMENTS[each.status]) for each in detail.shipments],
        happened=[_happened(request, entry, role) for entry in detail.timeline],
        step=next_step(detail, role),
        may_cancel=_may_cancel(detail, role),
        note=note,
        errors=errors or {},
    )


def _happened(request: AnyRequest, entry: desk.TimelineEntry, role: str | None) -> Happened:
    """An entry of the timeline, with the way to its mail or message for who may read those."""
    pages = {"mail": "staff.mails.show", "message": "staff.messages.show"}
    is_open = entry.kind in pages and may(role, "mails.do")
    href = url_for(request, pages[entry.kind], id=entry.about) if is_open else ""
    return Happened(entry.at, entry.text, entry.by, entry.note, entry.kind, entry.tone, href)


def _money_facts(payment: PaymentView | None) -> list[tuple[str, Money | str | None]]:
    """What was paid and what went back; what is nothing is left out."""
    if payment is None:
        return []

    def of(amount: int) -> Money | None:
        return Money(amount, payment.amount.currency) if amount else None

    card = f"{(payment.card_brand or '').capitalize()} {payment.card_last4}" if payment.card_last4 else None
    method = None if payment.method is None else payment.method.replace("_", " ")
    return [
        (_("To pay"), payment.amount),
        (_("Taken"), of(payment.captured)),
        (_("On its way back"), of(payment.refunding)),
        (_("Sent back"), of(payment.refunded)),
        (_("Can still go back"), payment.left if payment.left else None),
        (_("Paid with"), card or method),
        (_("Does not fit"), payment.quarantined),
    ]


def next_step(detail: OrderDetail, role: str | None) -> NextStep | None:
    """What this person should do next with the order; None where nothing is his to do."""
    number = detail.order.number
    if may(role, "returns.do"):
        for each in detail.returns:
            if each.status == "requested":
                return NextStep(_("Decide the return"), "staff.returns.show", {"number": each.number})
            if each.status == "received":
                return NextStep(_("Refund the return"), "staff.returns.show", {"number": each.number})
    if detail.order.status is OrderStatus.PENDING and may(role, "orders.act") and detail.awaits_transfer:
        return NextStep(_("Mark as paid"), "staff.orders.paid", {"number": number})
    if may(role, "fulfilment.do"):
        for shipment in detail.live_shipments:
            if (label := _NEXT_OF_SHIPMENT.get(shipment.status)) is not None and shipment.status != "shipped":
                return NextStep(label, "staff.fulfilment.show", {"number": shipment.number})
    return None


def _may_cancel(detail: OrderDetail, role: str | None) -> bool:
    if not detail.can_be_cancelled or detail.held is not None or not may(role, "orders.cancel"):
        return False
    return may(role, "refunds.give") or detail.is_before_picking


async def _address_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    order: OrderView,
    form: AddressForm,
    *,
    found: Rerating | None = None,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        countries = await checkout.deliverable_countries(tx)
    fields = address_fields(
        form.typed,
        country_choices(countries, request.app.state.shell().locale),
        home=order.shipping_address.country,
        country_url=url_for(request, "staff.orders.address.country", number=order.number),
    )
    return page(
        request,
        "staff/orders/address.html",
        fragment="address_fields",
        status=status,
        order=order,
        form=form,
        fields=fields,
        found=found,
        errors=in_page_order(errors or {}),
    )


async def _checked(tx: Transaction, form: AddressForm) -> Address:
    given = Address(**{field: value.strip() for field, value in form.typed.items()})
    return addresses.check(given, countries=await checkout.deliverable_countries(tx))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _done(request: AnyRequest, number: str, words: str, kind: str = "success") -> Page:
    answer = redirect(request, url_for(request, "staff.orders.show", number=number))
    say(request, answer, words, kind)
    return answer


ROUTES = [show, note, cancel, show_paid, mark_paid, send_again, show_address, change_country, change_address]
