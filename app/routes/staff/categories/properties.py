"""The properties that products can have: defined, changed, removed."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.categories.forms import typed
from app.web.access import staff
from app.web.forms import form_from
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import texts_of
from app.web.visitors import Visitor
from domains import catalog
from domains.kit import Database, Invalid
from domains.kit.i18n import gettext as _

KINDS = (
    ("text", _("Text")),
    ("number", _("Number")),
    ("boolean", _("Yes or no")),
    ("choice", _("One of several choices")),
)


class Definition(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    code: str = ""
    kind: str = "text"
    unit: str = ""
    choices: str = ""


@get("/staff/categories/properties", name="staff.attributes", access=staff("catalogue.see"))
async def show_attributes(
    request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _attributes(request, db, visitor)


@post("/staff/categories/properties", name="staff.attributes.define", access=staff("catalogue.do"))
async def define(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    sent = texts_of((await request.form()).dict())
    try:
        form = form_from(sent, Definition)
        async with db.transaction(visitor.actor) as tx:
            await catalog.define_attribute(
                tx,
                code=form.code or _code_of(form.name),
                name=form.name,
                kind=form.kind,
                unit=form.unit or None,
                choices=_choices(form.choices),
            )
    except Invalid as refused:
        return await _attributes(request, db, visitor, values=typed(sent), errors=refused.fields, status=422)
    answer = redirect(request, url_for(request, "staff.attributes"))
    say(
        request,
        answer,
        _("{name} is there. Say on a category's page that its products have it.").format(name=form.name),
    )
    return answer


@post("/staff/categories/properties/{code:str}", name="staff.attributes.change", access=staff("catalogue.do"))
async def change_attribute(
    request: AnyRequest, code: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = texts_of((await request.form()).dict())
    try:
        form = form_from(sent, Definition)
        async with db.transaction(visitor.actor) as tx:
            await catalog.change_attribute(
                tx, code, name=form.name, unit=form.unit or None, choices=_choices(form.choices)
            )
    except (Invalid, catalog.AttributeInUse) as refused:
        words = " ".join(refused.fields.values()) if isinstance(refused, Invalid) else refused.title
        answer = redirect(request, url_for(request, "staff.attributes"))
        say(request, answer, words, "error")
        return answer
    answer = redirect(request, url_for(request, "staff.attributes"))
    say(request, answer, _("Saved."))
    return answer


@post("/staff/categories/properties/{code:str}/removal", name="staff.attributes.remove", access=staff("catalogue.do"))
async def remove_attribute(
    request: AnyRequest, code: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    answer = redirect(request, url_for(request, "staff.attributes"))
    try:
        async with db.transaction(visitor.actor) as tx:
            await catalog.remove_attribute(tx, code)
    except catalog.AttributeInUse as refused:
        say(request, answer, f"{refused.title} {refused.hint}", "error")
        return answer
    say(request, answer, _("It is gone."))
    return answer


async def _attributes(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    *,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        definitions = await catalog.attribute_definitions(tx)
        uses = await catalog.attribute_uses(tx)
    return page(
        request,
        "staff/categories/properties.html",
        status=status,
        definitions=list(definitions.values()),
        uses=uses,
        kinds=KINDS,
        values=values or {},
        errors=errors or {},
    )


def _choices(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _code_of(name: str) -> str:
    code = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name.lower()).strip("_")
    return code if code[:1].isalpha() else f"a_{code}"


ROUTES = [show_attributes, define, change_attribute, remove_attribute]
