"""The tree of categories, and each moved up and down among those beside it."""

from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import staff
from app.web.forms import form_from
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.uploads import texts_of
from app.web.visitors import Visitor
from domains import catalog
from domains.kit import Database


class Move(msgspec.Struct, forbid_unknown_fields=True):
    """One place up or down among those beside it."""

    way: str


@get("/staff/categories", name="staff.categories", access=staff("catalogue.see"))
async def show_tree(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        lines = await catalog.category_lines(tx, counted=True)
    return page(request, "staff/categories/tree.html", lines=lines)


@post("/staff/categories/{category_id:uuid}/place", name="staff.categories.move", access=staff("catalogue.do"))
async def move(
    request: AnyRequest, category_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = form_from(texts_of((await request.form()).dict()), Move)
    async with db.transaction(visitor.actor) as tx:
        present = await catalog.category(tx, category_id)
        siblings = [one.id for one in await catalog.category_lines(tx) if one.parent_id == present.parent_id]
        place = siblings.index(category_id) + (-1 if form.way == "up" else 1)
        await catalog.put_category(tx, category_id, parent_id=present.parent_id, place=max(place, 0))
    return redirect(request, url_for(request, "staff.categories") + f"#c-{category_id}")


ROUTES = [show_tree, move]
