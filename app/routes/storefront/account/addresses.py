"""The address book: one page with all of them, one form for a new and a known one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.web.access import CUSTOMER
from app.web.address_fields import address_fields, in_page_order, typed_of
from app.web.countries import every_country
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import accounts, store
from domains.accounts import AccountView
from domains.kit import Address, Database, Invalid
from domains.kit.i18n import gettext as _

_DONE = {
    "saved": _("The address is saved."),
    "removed": _("The address was deleted."),
    "default": _("This address is offered first from now on."),
}


class AddressForm(msgspec.Struct, forbid_unknown_fields=True):
    country: str
    name: str = ""
    company: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    phone: str = ""
    label: str = "home"
    is_default: bool = False
    address_id: UUID | None = None
    """Of the address that is edited, while its country is changed."""

    def address(self) -> Address:
        return Address(**{field: getattr(self, field).strip() for field in Address.__struct_fields__})


@get("/account/addresses", name="account.addresses", access=CUSTOMER)
async def show(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    done: FromQuery[str | None] = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        book = await accounts.addresses(tx, _owner(visitor).id)
    return page(request, "account/addresses.html", book=book, notice=_DONE.get(done or "", ""))


@get("/account/addresses/new", name="account.addresses.new", access=CUSTOMER)
async def show_new(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """Name and phone are known already and not asked for twice."""
    owner = _owner(visitor)
    async with db.transaction(visitor.actor) as tx:
        is_first = not await accounts.addresses(tx, owner.id)
    form = AddressForm(country="", name=owner.name, phone=owner.phone or "", is_default=is_first)
    return await _form_page(request, db, visitor, form)


@post("/account/addresses", name="account.addresses.add", access=CUSTOMER)
async def add(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, AddressForm)
    try:
        async with db.transaction(visitor.actor) as tx:
            await accounts.save_address(
                tx, _owner(visitor).id, form.address(), label=form.label, is_default=form.is_default
            )
    except Invalid as refused:
        return await _form_page(request, db, visitor, form, status=422, errors=refused.fields)
    return redirect(request, url_for(request, "account.addresses", done="saved"))


@get("/account/addresses/{address_id:uuid}", name="account.addresses.edit", access=CUSTOMER)
async def show_one(
    request: AnyRequest,
    address_id: FromPath[UUID],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await accounts.address(tx, _owner(visitor).id, address_id)
    form = AddressForm(**typed_of(found.address), label=found.label, is_default=found.is_default, address_id=address_id)
    return await _form_page(request, db, visitor, form)


@post("/account/addresses/{address_id:uuid}", name="account.addresses.change", access=CUSTOMER)
async def change(
    request: AnyRequest,
    address_id: FromPath[UUID],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
) -> Page:
    form = msgspec.structs.replace(await read_form(request, AddressForm), address_id=address_id)
    try:
        async with db.transaction(visitor.actor) as tx:
            await accounts.change_address(
                tx, _owner(visitor).id, address_id, form.address(), label=form.label, is_default=form.is_default
            )
    except Invalid as refused:
        return await _form_page(request, db, visitor, form, status=422, errors=refused.fields)
    return redirect(request, url_for(request, "account.addresses", done="saved"))


@post("/account/addresses/country", name="account.addresses.country", access=CUSTOMER)
async def change_country(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """Another country asks for other fields; what was typed so far stays, and nothing is checked or kept yet."""
    return await _form_page(request, db, visitor, await read_form(request, AddressForm))


@post("/account/addresses/{address_id:uuid}/default", name="account.addresses.default", access=CUSTOMER)
async def make_default(
    request: AnyRequest,
    address_id: FromPath[UUID],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await accounts.make_default(tx, _owner(visitor).id, address_id)
    return redirect(request, url_for(request, "account.addresses", done="default"))


@post("/account/addresses/{address_id:uuid}/remove", name="account.addresses.remove", access=CUSTOMER)
async def remove(
    request: AnyRequest,
    address_id: FromPath[UUID],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await accounts.remove_address(tx, _owner(visitor).id, address_id)
    return redirect(request, url_for(request, "account.addresses", done="removed"))


async def _form_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    form: AddressForm,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        home = (await store.shop(tx)).country
        known: Any = form.address_id and await accounts.address(tx, _owner(visitor).id, form.address_id)
    fields = address_fields(
        {field: getattr(form, field) for field in Address.__struct_fields__},
        every_country(request.app.state.shell().locale),
        home=home,
        country_url=url_for(request, "account.addresses.country"),
    )
    return page(
        request,
        "account/address.html",
        fragment="address_fields",
        status=status,
        form=form,
        fields=fields,
        errors=in_page_order(errors or {}),
        known=known or None,
    )


def _owner(visitor: Visitor) -> AccountView:
    assert visitor.account is not None  # the guard has seen to it
    return visitor.account


ROUTES = [show, show_new, add, show_one, change, change_country, make_default, remove]
