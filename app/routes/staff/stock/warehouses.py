"""Warehouses: where stock lies, and in which order orders empty them."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.stock.lines import Sent, kept, sent_form
from app.web.access import staff
from app.web.countries import every_country
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import inventory
from domains.inventory import WarehouseView
from domains.kit import Database, Invalid, NotFound
from domains.kit.i18n import gettext as _

_FIELDS = ("code", "name", "country", "priority")


@get("/staff/stock/warehouses", name="staff.stock.warehouses", access=staff("stock.see"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        houses = await inventory.warehouses(tx)
    return page(request, "staff/stock/warehouses.html", rows=[_row(house) for house in houses])


@get("/staff/stock/warehouses/new", name="staff.stock.warehouses.new", access=staff("stock.do"))
async def show_new(request: AnyRequest) -> Page:
    return _form_page(request, None, {"priority": "0"})


@post("/staff/stock/warehouses/new", name="staff.stock.warehouses.add", access=staff("stock.do"))
async def add(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    sent = await sent_form(request)
    try:
        async with db.transaction(visitor.actor) as tx:
            await inventory.add_warehouse(
                tx,
                code=sent.text("code").upper(),
                name=sent.text("name"),
                country=sent.text("country"),
                priority=_priority(sent),
            )
    except Invalid as refused:
        return _form_page(request, None, kept(sent, _FIELDS), status=422, errors=refused.fields)
    return _done(request, _("The warehouse is open."))


@get("/staff/stock/warehouses/{warehouse:uuid}", name="staff.stock.warehouses.show", access=staff("stock.do"))
async def show(
    request: AnyRequest, warehouse: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    house = await _house(db, visitor, warehouse)
    return _form_page(request, house, {"name": house.name, "country": house.country, "priority": str(house.priority)})


@post("/staff/stock/warehouses/{warehouse:uuid}", name="staff.stock.warehouses.change", access=staff("stock.do"))
async def change(
    request: AnyRequest, warehouse: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = await sent_form(request)
    house = await _house(db, visitor, warehouse)
    try:
        async with db.transaction(visitor.actor) as tx:
            await inventory.change_warehouse(
                tx, warehouse, name=sent.text("name"), country=sent.text("country"), priority=_priority(sent)
            )
    except Invalid as refused:
        return _form_page(request, house, kept(sent, _FIELDS), status=422, errors=refused.fields)
    return _done(request, _("Saved."))


@post("/staff/stock/warehouses/{warehouse:uuid}/opening", name="staff.stock.warehouses.switch",
      access=staff("stock.do"))  # fmt: skip
async def switch(
    request: AnyRequest, warehouse: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = await sent_form(request)
    is_active = sent.text("open") == "on"
    async with db.transaction(visitor.actor) as tx:
        await inventory.switch_warehouse(tx, warehouse, is_active=is_active)
    return _done(
        request,
        _("It is open: orders are filled from it.")
        if is_active
        else _("It is closed for new orders; what is held there stays held."),
    )


def _row(house: WarehouseView) -> list[Any]:
    return [
        Link(house.name, "staff.stock.warehouses.show", {"warehouse": house.id}, note=house.code),
        State(_("open"), "good") if house.is_active else State(_("closed")),
        house.priority,
        house.country,
    ]


def _priority(sent: Sent) -> int:
    number = sent.whole("priority")
    return 0 if number is None else number


async def _house(db: Database, visitor: Visitor, warehouse_id: UUID) -> WarehouseView:
    async with db.transaction(visitor.actor) as tx:
        house = await inventory.warehouse(tx, warehouse_id)
    if house is None:
        raise NotFound
    return house


def _form_page(
    request: AnyRequest,
    house: WarehouseView | None,
    form: dict[str, Any],
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
) -> Page:
    return page(
        request,
        "staff/stock/warehouse.html",
        status=status,
        house=house,
        form=form,
        countries=every_country("en_US"),
        errors=errors or {},
    )


def _done(request: AnyRequest, words: str) -> Page:
    answer = redirect(request, url_for(request, "staff.stock.warehouses"))
    say(request, answer, words)
    return answer


ROUTES = [show_all, show_new, add, show, change, switch]
