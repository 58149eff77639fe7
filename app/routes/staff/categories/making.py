"""A category that is made."""

from collections.abc import Mapping
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from app.routes.staff.categories.forms import Words, errors_of, typed
from app.routes.staff.products.forms import id_of
from app.routes.staff.products.listing import category_options
from app.web.access import staff
from app.web.forms import form_from
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import texts_of
from app.web.visitors import Visitor
from domains import catalog
from domains.kit import Conflict, Database, Invalid
from domains.kit.i18n import gettext as _


@get("/staff/categories/new", name="staff.categories.new", access=staff("catalogue.see"))
async def show_new(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    parent: FromQuery[str | None] = None,
) -> Page:
    return await _new(request, db, visitor, {"parent": parent or "", "is_active": "on"})


@post("/staff/categories/new", name="staff.categories.make", access=staff("catalogue.do"))
async def make(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    sent = texts_of((await request.form()).dict())
    try:
        form = form_from(sent, Words)
        async with db.transaction(visitor.actor) as tx:
            parent_id = id_of(form.parent, "parent") if form.parent else None
            await catalog.check_room_below(tx, parent_id)
            category_id = await catalog.create_category(
                tx,
                name=" ".join(form.name.split()),
                parent_id=parent_id,
                slug=form.slug or None,
                description=form.description or None,
                is_active=form.is_active,
            )
            await catalog.put_category(tx, category_id, parent_id=parent_id)
    except (Invalid, Conflict) as refused:
        return await _new(request, db, visitor, typed(sent), errors=errors_of(refused), status=422)
    answer = redirect(request, url_for(request, "staff.categories.show", category_id=category_id))
    say(request, answer, _("{name} is made.").format(name=form.name))
    return answer


async def _new(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    values: Mapping[str, Any],
    *,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        parents = await category_options(tx)
    return page(
        request, "staff/categories/new.html", status=status, values=values, parents=parents, errors=errors or {}
    )


ROUTES = [show_new, make]
