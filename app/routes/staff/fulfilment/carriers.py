"""Who brings the parcels: names, where parcels are followed, and whether they are offered."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import fulfilment
from domains.kit import Database, Invalid
from domains.kit.i18n import gettext as _


class New(msgspec.Struct, forbid_unknown_fields=True):
    name: str = ""
    tracking_page: str = ""


class Changed(msgspec.Struct, forbid_unknown_fields=True):
    name: str = ""
    tracking_page: str = ""
    is_active: bool = False
    fails: bool = False


@get("/staff/fulfilment/carriers", name="staff.fulfilment.carriers", access=staff("settings.do"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _show(request, db, visitor)


@post("/staff/fulfilment/carriers", name="staff.fulfilment.carriers.add", access=staff("settings.do"))
async def add(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, New)
    try:
        async with db.transaction(visitor.actor) as tx:
            await fulfilment.add_carrier(tx, name=form.name, tracking_page=form.tracking_page)
    except Invalid as wrong:
        return await _show(request, db, visitor, errors=wrong.fields, typed=form)
    return _saved(request)


@post("/staff/fulfilment/carriers/{code:str}", name="staff.fulfilment.carriers.change", access=staff("settings.do"))
async def change(
    request: AnyRequest, code: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Changed)
    try:
        async with db.transaction(visitor.actor) as tx:
            await fulfilment.change_carrier_row(
                tx,
                code,
                name=form.name,
                tracking_page=form.tracking_page,
                is_active=form.is_active,
                fails=form.fails,
            )
    except Invalid as wrong:
        return await _show(request, db, visitor, errors=wrong.fields, wrong=code)
    return _saved(request)


async def _show(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    *,
    errors: dict[str, str] | None = None,
    typed: New | None = None,
    wrong: str = "",
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await fulfilment.carriers(tx, also_idle=True)
    return page(
        request,
        "staff/fulfilment/carriers.html",
        status=422 if errors else 200,
        carriers=found,
        errors=errors or {},
        typed=typed or New(),
        wrong=wrong,
    )


def _saved(request: AnyRequest) -> Page:
    answer = redirect(request, url_for(request, "staff.fulfilment.carriers"))
    say(request, answer, _("Saved."))
    return answer


ROUTES: list[Any] = [show, add, change]
