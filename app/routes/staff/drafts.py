"""An order that staff write for a customer: begun, filled, offered by a link or ordered by transfer, or given up."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.routes.staff import drafts_list
from app.routes.staff.drafts_page import done, draft_page, reopened, taken, told
from app.routes.staff.stock.lines import sent_form
from app.web.access import staff
from app.web.address_fields import address_fields, in_page_order
from app.web.countries import country_choices
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import accounts, audit, cart, checkout, orders, store
from domains.checkout import CheckoutClosed, DraftIncomplete, DraftView, PaymentUnderWay, StockShort, TotalChanged
from domains.kit import Address, Database, Invalid
from domains.kit.i18n import gettext as _
from domains.payments.gateway import Gateway

_REFUSALS = (cart.TooFewLeft, cart.NotForSale, cart.CartFull, cart.LineNotFound, cart.CartNotFound)


class NewForm(msgspec.Struct, forbid_unknown_fields=True):
    email: str = ""


class AddForm(msgspec.Struct, forbid_unknown_fields=True):
    variant: str
    quantity: int = 1


class DeliveryForm(msgspec.Struct, forbid_unknown_fields=True):
    method: str = ""
    notes: str = ""


class OfferForm(msgspec.Struct, forbid_unknown_fields=True):
    total: int
    by: Literal["mail", "link"] = "mail"


class TransferForm(msgspec.Struct, forbid_unknown_fields=True):
    total: int
    key: str


class AddressForm(msgspec.Struct, forbid_unknown_fields=True):
    name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    phone: str = ""

    @property
    def typed(self) -> dict[str, str]:
        return {field: getattr(self, field) for field in Address.__struct_fields__}


class OtherAddressForm(AddressForm, forbid_unknown_fields=True):
    """As the page of an order's other address sends it."""

    method: str = ""
    total: str = ""


@get("/staff/drafts/new", name="staff.drafts.new", access=staff("orders.act"))
async def show_new(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    customer: FromQuery[UUID | None] = None,
) -> Page:
    """For `customer`, where staff come from his page."""
    email = ""
    if customer is not None:
        async with db.transaction(visitor.actor) as tx:
            email = (await accounts.account(tx, customer)).email
            await audit.seen(tx, ("customer", customer), "draft form")
    return page(request, "staff/drafts/new.html", email=email, errors={})


@post("/staff/drafts/new", name="staff.drafts.begin", access=staff("orders.act"))
async def begin(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, NewForm)
    try:
        async with db.transaction(visitor.actor) as tx:
            draft = await checkout.draft(tx, await checkout.begin_draft(tx, email=form.email))
    except Invalid as refused:
        return page(request, "staff/drafts/new.html", status=422, email=form.email, errors=refused.fields)
    return redirect(request, url_for(request, "staff.drafts.show", code=draft.code))


@get("/staff/drafts/{code:str}", name="staff.drafts.show", access=staff("orders.act"))
async def show(
    request: AnyRequest,
    code: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    find: FromQuery[str] = "",
) -> Page:
    return await draft_page(request, db, visitor, code, find=find)


@post("/staff/drafts/{code:str}/lines", name="staff.drafts.lines", access=staff("orders.act"))
async def set_lines(
    request: AnyRequest,
    code: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    """`quantity.<variant>` for each line; 0 takes it out."""
    sent = await sent_form(request)
    draft = await reopened(db, gateway, visitor, code)
    try:
        quantities = sent.numbers("quantity")
        async with db.transaction(visitor.actor) as tx:
            await checkout.set_draft_lines(tx, draft.id, quantities)
    except Invalid as refused:
        return await draft_page(request, db, visitor, code, status=422, errors=refused.fields, sent=sent.fields)
    except _REFUSALS as refused:
        field = f"quantity.{refused.variant_id}" if isinstance(refused, cart.TooFewLeft) else "lines"
        errors = {field: told(refused)}
        return await draft_page(request, db, visitor, code, status=409, errors=errors, sent=sent.fields)
    return done(request, code, _("Saved."))


@post("/staff/drafts/{code:str}/lines/new", name="staff.drafts.lines.add", access=staff("orders.act"))
async def add_line(
    request: AnyRequest,
    code: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    form = await read_form(request, AddForm)
    draft = await reopened(db, gateway, visitor, code)
    try:
        async with db.transaction(visitor.actor) as tx:
            await checkout.add_to_draft(tx, draft.id, _id(form.variant) or draft.id, form.quantity)
    except Invalid as refused:
        return await draft_page(
            request, db, visitor, code, status=422, errors={"find": " ".join(refused.fields.values())}
        )
    except _REFUSALS as refused:
        return await draft_page(request, db, visitor, code, status=409, errors={"find": told(refused)})
    return done(request, code, _("Added."))


@get("/staff/drafts/{code:str}/address", name="staff.drafts.address", access=staff("orders.act"))
async def show_address(
    request: AnyRequest, code: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        draft = await checkout.draft_by_code(tx, code)
        await audit.seen(tx, ("draft", draft.code), "address form", label=draft.code)
    return await _address_page(request, db, visitor, draft, draft.checkout.shipping_draft)


@post("/staff/drafts/{code:str}/address/country", name="staff.drafts.address.country", access=staff("orders.act"))
async def change_country(
    request: AnyRequest, code: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, AddressForm)
    async with db.transaction(visitor.actor) as tx:
        draft = await checkout.draft_by_code(tx, code)
    return await _address_page(request, db, visitor, draft, form.typed)


@post("/staff/drafts/{code:str}/address", name="staff.drafts.address.change", access=staff("orders.act"))
async def change_address(
    request: AnyRequest,
    code: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    form = await read_form(request, AddressForm)
    draft = await reopened(db, gateway, visitor, code)
    async with db.transaction(visitor.actor) as tx:
        problems = await checkout.address_draft(tx, draft.id, form.typed)
    if problems:
        return await _address_page(request, db, visitor, draft, form.typed, status=422, errors=problems)
    return done(request, code, _("Saved."))


@post("/staff/drafts/{code:str}/delivery", name="staff.drafts.delivery", access=staff("orders.act"))
async def choose_delivery(
    request: AnyRequest,
    code: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    form = await read_form(request, DeliveryForm)
    draft = await reopened(db, gateway, visitor, code)
    try:
        async with db.transaction(visitor.actor) as tx:
            problems = await checkout.deliver_draft(tx, draft.id, method_id=_id(form.method), notes=form.notes)
    except Invalid as refused:
        problems = refused.fields
    except checkout.StepMissing:
        problems = {"method": _("Enter where it goes first.")}
    if problems:
        return await draft_page(request, db, visitor, code, status=422, errors=problems, sent={"notes": form.notes})
    return done(request, code, _("Saved."))


@post("/staff/drafts/{code:str}/link", name="staff.drafts.link", access=staff("orders.act"))
async def offer(
    request: AnyRequest,
    code: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    """Send the link to pay by, or only make it, to be handed over by other means."""
    form = await read_form(request, OfferForm)
    draft = await reopened(db, gateway, visitor, code)
    try:
        async with db.transaction(visitor.actor) as tx:
            await checkout.offer_draft(tx, draft.id, total=form.total, by_mail=form.by == "mail")
    except (DraftIncomplete, TotalChanged) as refused:
        return await draft_page(request, db, visitor, code, status=409, errors={"link": told(refused)})
    return done(request, code, _("The link goes out by mail.") if form.by == "mail" else _("The link is made."))


@post("/staff/drafts/{code:str}/link/end", name="staff.drafts.link.end", access=staff("orders.act"))
async def withdraw(
    request: AnyRequest,
    code: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    draft = await reopened(db, gateway, visitor, code)
    async with db.transaction(visitor.actor) as tx:
        await checkout.withdraw_link(tx, draft.id)
    return done(request, code, _("The link no longer works."))


@post("/staff/drafts/{code:str}/transfer", name="staff.drafts.transfer", access=staff("orders.act"))
async def order_by_transfer(
    request: AnyRequest,
    code: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    """Order it as it stands, to be paid by bank transfer; the customer gets the bank details by mail."""
    form = await read_form(request, TransferForm)
    draft = await reopened(db, gateway, visitor, code)
    try:
        async with db.transaction(visitor.actor) as tx:
            await checkout.agree_draft(tx, draft.id, total=form.total)
        outcome = await checkout.flows.pay_by_transfer(
            db, visitor.actor, draft.checkout.id, key=form.key, total=form.total
        )
    except (DraftIncomplete, TotalChanged, StockShort) as refused:
        return await draft_page(request, db, visitor, code, status=409, errors={"transfer": told(refused)})
    except Invalid:
        errors = {"transfer": _("The shop takes no bank transfers: enter its bank details in the settings first.")}
        return await draft_page(request, db, visitor, code, status=422, errors=errors)
    answer = redirect(request, url_for(request, "staff.orders.show", number=outcome.order_number))
    say(request, answer, _("Ordered. The customer gets the bank details by mail."))
    return answer


@post("/staff/drafts/{code:str}/deletion", name="staff.drafts.delete", access=staff("orders.act"))
async def delete(
    request: AnyRequest,
    code: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    draft = await reopened(db, gateway, visitor, code)
    async with db.transaction(visitor.actor) as tx:
        await checkout.drop_draft(tx, draft.id)
    answer = redirect(request, url_for(request, "staff.drafts"))
    say(request, answer, _("{draft} is deleted, with all that was entered.").format(draft=draft.code))
    return answer


@post("/staff/orders/{number:str}/draft", name="staff.orders.draft", access=staff("orders.act"))
async def write_again(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """The order once more as a draft, to an address that is dearer than what was paid."""
    form = await read_form(request, OtherAddressForm)
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
        draft_id, left_out = await checkout.draft_again(tx, order, form.typed)
        draft = await checkout.draft(tx, draft_id)
    answer = redirect(request, url_for(request, "staff.drafts.show", code=draft.code))
    words = _("Order {number} stays as it is: cancel it once this one is paid.").format(number=order.number)
    if left_out:
        words += " " + _("Left out, because it cannot be had: {skus}.").format(skus=", ".join(left_out))
    say(request, answer, words, "info")
    return answer


async def _address_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    draft: DraftView,
    typed: Mapping[str, str],
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        shop = await store.shop(tx)
        is_sent = draft.checkout.needs_shipping
        countries = await checkout.deliverable_countries(tx) if is_sent else shop.countries
        asked = typed.get("country", "")
        bill = () if is_sent else await checkout.bill_fields(tx, asked if asked in shop.countries else shop.country)
    fields = address_fields(
        typed,
        country_choices(countries, request.app.state.shell().locale),
        home=shop.country,
        country_url=url_for(request, "staff.drafts.address.country", code=draft.code),
    )
    return page(
        request,
        "staff/drafts/address.html",
        fragment="address_fields",
        status=status,
        draft=draft,
        fields=fields,
        shipping_fields=fields,
        bill_fields=bill,
        errors=in_page_order(errors or {}),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


ROUTES = [
    *drafts_list.ROUTES,
    Router(
        path="/",
        route_handlers=[
            show_new,
            begin,
            show,
            set_lines,
            add_line,
            show_address,
            change_country,
            change_address,
            choose_delivery,
            offer,
            withdraw,
            order_by_transfer,
            delete,
            write_again,
        ],
        exception_handlers={CheckoutClosed: taken, PaymentUnderWay: taken},
    ),
]
