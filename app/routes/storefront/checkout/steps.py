"""The steps before the payment, and what can be chosen beside them."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.routes.storefront.checkout.choosing import filled, keep_address
from app.routes.storefront.checkout.finding import begun, current, editable, needed
from app.routes.storefront.checkout.forms import (
    Addresses,
    AddressesOrSaved,
    Choice,
    Contact,
    Delivery,
    MoreTime,
    NewTotal,
    id_of,
)
from app.routes.storefront.checkout.pages import (
    go_on,
    redrawn,
    short_of_stock,
    show_step,
    step_page,
    step_url,
)
from app.routes.storefront.checkout.places import place_of
from app.runtime.settings import Settings
from app.web.access import PUBLIC
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, redirect, url_for
from app.web.visitors import Visitor, checkout_cookie
from domains import checkout
from domains.checkout import Step, StepMissing, StockShort, TotalChanged
from domains.kit import Database
from domains.kit.i18n import gettext as _
from domains.payments.gateway import Gateway


@get("/checkout", name="checkout.show", access=PUBLIC)
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await current(tx, request, visitor, settings)
    return redirect(request, step_url(request, found.next_step if found is not None else Step.CONTACT))


@get("/checkout/contact", name="checkout.contact", access=PUBLIC)
async def show_contact(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    return await show_step(request, db, visitor, settings, Step.CONTACT)


@post("/checkout/contact", name="checkout.contact.enter", access=PUBLIC)
async def enter_contact(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    gateway: NamedDependency[Gateway],
) -> Page:
    """The first Continue: the checkout begins, and with it the time for which the things are held."""
    form = await read_form(request, Contact)
    checkout_id, token = await begun(request, db, gateway, visitor, settings)
    async with db.transaction(visitor.actor) as tx:
        problems = await checkout.enter_contact(tx, checkout_id, email=form.email)
    answer = (
        await redrawn(request, db, visitor, checkout_id, Step.CONTACT, errors=problems, email=form.email)
        if problems
        else await go_on(request, db, visitor, checkout_id)
    )
    if token is not None:
        answer.set_cookie(checkout_cookie(settings, token))
    return answer


@get("/checkout/address", name="checkout.address", access=PUBLIC)
async def show_address(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    save: FromQuery[str | None] = None,
) -> Page:
    return await show_step(request, db, visitor, settings, Step.ADDRESS, save=None if save is None else save == "1")


@post("/checkout/address", name="checkout.address.enter", access=PUBLIC)
async def enter_address(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    gateway: NamedDependency[Gateway],
) -> Page:
    form = await read_form(request, Addresses)
    found = await editable(request, db, gateway, visitor, settings)
    async with db.transaction(visitor.actor) as tx:
        problems = await checkout.enter_addresses(
            tx,
            found.id,
            shipping_typed=form.typed(),
            billing_same=form.billing_same,
            billing_typed=form.typed("billing_"),
        )
        if form.save and not problems:
            await keep_address(tx, visitor, found.id)
    if problems:
        return await redrawn(request, db, visitor, found.id, Step.ADDRESS, errors=problems, save=form.save)
    return await go_on(request, db, visitor, found.id)


@post("/checkout/address/fields", name="checkout.address.fields", access=PUBLIC)
async def change_fields(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    gateway: NamedDependency[Gateway],
) -> Page:
    """Another country asks for other fields, and an address of the book fills them; what else was typed stays."""
    form = await read_form(request, AddressesOrSaved)
    found = await editable(request, db, gateway, visitor, settings)
    async with db.transaction(visitor.actor) as tx:
        shipping, billing = await filled(tx, visitor, form), await filled(tx, visitor, form, "billing_")
        await checkout.keep_typed(
            tx, found.id, shipping_typed=shipping, billing_same=form.billing_same, billing_typed=billing
        )
        place = await place_of(tx, visitor, await checkout.checkout(tx, found.id), Step.ADDRESS)
    pressed = [typed for prefix, typed in (("", shipping), ("billing_", billing)) if form.pressed(prefix)]
    return step_page(
        request,
        place,
        fragment="address_fields",
        at="checkout.address",
        save=form.save if visitor.account_id is not None else None,
        announcement=" ".join(
            _("{name}, {street} is filled in.").format(name=typed["name"], street=typed["line1"]) for typed in pressed
        ),
    )


@get("/checkout/shipping", name="checkout.shipping", access=PUBLIC)
async def show_shipping(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    return await show_step(request, db, visitor, settings, Step.SHIPPING)


@post("/checkout/shipping", name="checkout.shipping.choose", access=PUBLIC)
async def choose_shipping(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    gateway: NamedDependency[Gateway],
) -> Page:
    form = await read_form(request, Delivery)
    found = await editable(request, db, gateway, visitor, settings)
    try:
        async with db.transaction(visitor.actor) as tx:
            problems = await checkout.choose_shipping(tx, found.id, method_id=id_of(form.method))
    except StepMissing as missing:
        return redirect(request, step_url(request, missing.step))
    if problems:
        return await redrawn(request, db, visitor, found.id, Step.SHIPPING, errors=problems)
    return await go_on(request, db, visitor, found.id)


@post("/checkout/total", name="checkout.total.accept", access=PUBLIC)
async def accept_total(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    gateway: NamedDependency[Gateway],
) -> Page:
    form = await read_form(request, NewTotal)
    found = await editable(request, db, gateway, visitor, settings)
    try:
        async with db.transaction(visitor.actor) as tx:
            await checkout.accept_total(tx, found.id, total=form.total)
    except StepMissing as missing:
        return redirect(request, step_url(request, missing.step))
    except TotalChanged as changed:
        return await redrawn(request, db, visitor, found.id, Step.PAYMENT, status=409, total_was=changed.old)
    return await go_on(request, db, visitor, found.id)


@post("/checkout/hold", name="checkout.hold.extend", access=PUBLIC)
async def extend_hold(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
) -> Page:
    await read_form(request, MoreTime)
    async with db.transaction(visitor.actor) as tx:
        found = await needed(tx, request, visitor, settings)
    try:
        async with db.transaction(visitor.actor) as tx:
            await checkout.extend(tx, found.id)
            place = await place_of(tx, visitor, await checkout.checkout(tx, found.id), found.next_step)
    except StockShort as short:
        return await short_of_stock(request, db, visitor, found.id, short)
    return step_page(request, place, template="checkout/step.html", fragment="hold", at=f"checkout.{found.next_step}")


@post("/checkout/stock", name="checkout.stock.choose", access=PUBLIC)
async def choose_stock(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    settings: NamedDependency[Settings],
    gateway: NamedDependency[Gateway],
) -> Page:
    """Less is there than wanted: take what there is of one line, or leave it out."""
    form = await read_form(request, Choice)
    found = await editable(request, db, gateway, visitor, settings)
    async with db.transaction(visitor.actor) as tx:
        emptied = await checkout.settle_for(tx, found.id, variant_id=id_of(form.variant), take=form.choice == "take")
    if emptied:
        return redirect(request, url_for(request, "cart.show"))
    return await go_on(request, db, visitor, found.id)


ROUTES = [
    show,
    show_contact,
    enter_contact,
    show_address,
    enter_address,
    change_fields,
    show_shipping,
    choose_shipping,
    accept_total,
    extend_hold,
    choose_stock,
]
