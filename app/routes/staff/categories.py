"""The tree of categories and the properties that products have in them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.routes.staff.products.forms import id_of
from app.routes.staff.products.listing import category_options
from app.web.access import staff
from app.web.forms import form_from
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import texts_of, uploads_of
from app.web.visitors import Visitor
from domains import catalog
from domains.catalog import AttributeUse, CategoryLine, PictureRefused, Storage
from domains.kit import Conflict, Database, Invalid, Transaction
from domains.kit.i18n import gettext as _

MOST_BODY = catalog.MOST_BYTES + 1024 * 1024
KINDS = (
    ("text", _("Text")),
    ("number", _("Number")),
    ("boolean", _("Yes or no")),
    ("choice", _("One of several choices")),
)


class Words(msgspec.Struct, forbid_unknown_fields=True):
    """A category's own page; `parent` is empty for the top."""

    name: str
    parent: str = ""
    slug: str = ""
    description: str = ""
    is_active: bool = False
    remove_picture: bool = False


class Move(msgspec.Struct, forbid_unknown_fields=True):
    """One place up or down among those beside it."""

    way: str


class Definition(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    code: str = ""
    kind: str = "text"
    unit: str = ""
    choices: str = ""


@get("/staff/categories", name="staff.categories", access=staff("catalogue.see"))
async def show_tree(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        lines = await catalog.category_lines(tx, counted=True)
    return page(request, "staff/categories/tree.html", lines=lines)


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
        return await _new(request, db, visitor, _typed(sent), errors=_errors(refused), status=422)
    answer = redirect(request, url_for(request, "staff.categories.show", category_id=category_id))
    say(request, answer, _("{name} is made.").format(name=form.name))
    return answer


@get("/staff/categories/{category_id:uuid}", name="staff.categories.show", access=staff("catalogue.see"))
async def show(
    request: AnyRequest, category_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _one(request, db, visitor, category_id)


@post(
    "/staff/categories/{category_id:uuid}",
    name="staff.categories.save",
    access=staff("catalogue.do"),
    request_max_body_size=MOST_BODY,
)
async def save(
    request: AnyRequest, category_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """Words, place and picture; a category cannot come to stand below itself."""
    everything = {name: list(values) for name, values in (await request.form()).dict().items()}
    sent = texts_of(everything)
    storage: Storage = request.app.state.storage
    try:
        form = form_from({name: values for name, values in sent.items() if name != "picture"}, Words)
        changes: dict[str, Any] = {
            "name": " ".join(form.name.split()),
            "description": form.description or None,
            "is_active": form.is_active,
        }
        if form.slug:
            changes["slug"] = form.slug
        if form.remove_picture:
            changes["picture_id"] = None
        for upload in uploads_of(everything, "picture")[:1]:
            upload.file.seek(0)
            content = upload.file.read(catalog.MOST_BYTES + 1)
            changes["picture_id"] = await catalog.store_picture(db, storage, visitor.actor, content)
        async with db.transaction(visitor.actor) as tx:
            parent_id = id_of(form.parent, "parent") if form.parent else None
            present = await catalog.category(tx, category_id)
            if parent_id != present.parent_id:
                await catalog.put_category(tx, category_id, parent_id=parent_id)
            await catalog.change_category(tx, category_id, **changes)
    except (Invalid, Conflict) as refused:
        return await _one(request, db, visitor, category_id, values=_typed(sent), errors=_errors(refused), status=422)
    answer = redirect(request, url_for(request, "staff.categories.show", category_id=category_id))
    say(request, answer, _("Saved."))
    return answer


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


@post("/staff/categories/{category_id:uuid}/removal", name="staff.categories.remove", access=staff("catalogue.do"))
async def remove(
    request: AnyRequest, category_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    try:
        async with db.transaction(visitor.actor) as tx:
            await catalog.remove_category(tx, category_id)
    except catalog.CategoryInUse as refused:
        answer = redirect(request, url_for(request, "staff.categories.show", category_id=category_id))
        say(request, answer, f"{refused.title} {refused.hint}", "error")
        return answer
    answer = redirect(request, url_for(request, "staff.categories"))
    say(request, answer, _("The category is gone."))
    return answer


@post("/staff/categories/{category_id:uuid}/properties", name="staff.categories.uses", access=staff("catalogue.do"))
async def set_uses(
    request: AnyRequest, category_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """Which properties products have here: as they are ticked, in the order of their places."""
    sent = texts_of((await request.form()).dict())
    required = set(sent.get("required", ()))
    async with db.transaction(visitor.actor) as tx:
        await catalog.category(tx, category_id)
        known = await catalog.attribute_definitions(tx)
        chosen = [code for code in dict.fromkeys(sent.get("code", ())) if code in known]
        chosen.sort(key=lambda code: _place(sent, code))
        await catalog.set_category_attributes(
            tx, category_id, [AttributeUse(code, is_required=code in required) for code in chosen]
        )
    answer = redirect(request, url_for(request, "staff.categories.show", category_id=category_id))
    say(request, answer, _("Saved."))
    return answer


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
        return await _attributes(request, db, visitor, values=_typed(sent), errors=refused.fields, status=422)
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


async def _one(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    category_id: UUID,
    *,
    values: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        category = await catalog.category(tx, category_id)
        lines = await catalog.category_lines(tx)
        definitions = await catalog.attribute_definitions(tx)
        inherited = await _inherited(tx, category.parent_id)
    own = dict(category.attributes)
    return page(
        request,
        "staff/categories/show.html",
        status=status,
        category=category,
        parents=[(str(one.id), " › ".join(one.path)) for one in _not_below(lines, category_id)],
        values=values
        or {
            "name": category.name,
            "slug": category.slug,
            "description": category.description or "",
            "parent": str(category.parent_id or ""),
            "is_active": "on" if category.is_active else "",
        },
        definitions=[
            (one, code in own, own.get(code, False), list(own).index(code) + 1 if code in own else "")
            for code, one in definitions.items()
            if code not in inherited
        ],
        inherited=list(inherited.values()),
        errors=errors or {},
    )


async def _inherited(tx: Transaction, parent_id: UUID | None) -> dict[str, str]:
    if parent_id is None:
        return {}
    return {one.code: one.name for one in await catalog.attributes_of(tx, parent_id)}


def _not_below(lines: list[CategoryLine], category_id: UUID) -> list[CategoryLine]:
    """All categories but this one and what stands below it: the places it may move to."""
    below = {category_id}
    kept = []
    for line in lines:  # each stands behind the one it is in
        if line.id in below or line.parent_id in below:
            below.add(line.id)
        else:
            kept.append(line)
    return kept


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


def _errors(refused: Invalid | Conflict) -> dict[str, str]:
    if isinstance(refused, PictureRefused):
        return {"picture": refused.fields["picture"]}
    if isinstance(refused, Invalid):
        return {("parent" if field == "category_id" else field): message for field, message in refused.fields.items()}
    return {"parent": f"{refused.title} {refused.hint}"}


def _typed(sent: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: values[-1] for name, values in sent.items()}


def _choices(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _code_of(name: str) -> str:
    code = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name.lower()).strip("_")
    return code if code[:1].isalpha() else f"a_{code}"


def _place(sent: Mapping[str, list[str]], code: str) -> tuple[int, str]:
    text = (sent.get(f"place.{code}") or [""])[-1].strip()
    return (int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 9999, code)


ROUTES = [
    show_tree,
    show_new,
    make,
    show_attributes,
    define,
    change_attribute,
    remove_attribute,
    show,
    save,
    move,
    remove,
    set_uses,
]
