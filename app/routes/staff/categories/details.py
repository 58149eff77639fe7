"""A category's own page: its words, its place, its picture, and the properties that products have there."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.categories.forms import Details, Seen, errors_of, typed
from app.routes.staff.products.forms import id_of
from app.web.access import staff
from app.web.forms import form_from
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import texts_of, uploads_of
from app.web.visitors import Visitor
from domains import catalog
from domains.catalog import AttributeUse, CategoryChangedMeanwhile, CategoryLine, Storage
from domains.kit import Conflict, Database, Invalid, Transaction
from domains.kit.i18n import gettext as _

MOST_BODY = catalog.MOST_BYTES + 1024 * 1024


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
        form = form_from({name: values for name, values in sent.items() if name != "picture"}, Details)
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
            await catalog.expect_category_version(tx, category_id, form.version)
            parent_id = id_of(form.parent, "parent") if form.parent else None
            present = await catalog.category(tx, category_id)
            if parent_id != present.parent_id:
                await catalog.put_category(tx, category_id, parent_id=parent_id)
            await catalog.change_category(tx, category_id, **changes)
    except CategoryChangedMeanwhile as refused:
        return await _one(request, db, visitor, category_id, values=typed(sent), errors=errors_of(refused), status=409)
    except (Invalid, Conflict) as refused:
        return await _one(request, db, visitor, category_id, values=typed(sent), errors=errors_of(refused), status=422)
    answer = redirect(request, url_for(request, "staff.categories.show", category_id=category_id))
    say(request, answer, _("Saved."))
    return answer


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
    form = form_from({"version": sent.get("version", [])}, Seen)
    required = set(sent.get("required", ()))
    ticked = sorted(dict.fromkeys(sent.get("code", ())), key=lambda code: _place(sent, code))
    uses = [AttributeUse(code, is_required=code in required) for code in ticked]
    try:
        async with db.transaction(visitor.actor) as tx:
            await catalog.expect_category_version(tx, category_id, form.version)
            known = await catalog.attribute_definitions(tx)
            await catalog.set_category_attributes(tx, category_id, [use for use in uses if use.code in known])
    except CategoryChangedMeanwhile as refused:
        return await _one(request, db, visitor, category_id, uses=uses, uses_errors=errors_of(refused), status=409)
    answer = redirect(request, url_for(request, "staff.categories.show", category_id=category_id))
    say(request, answer, _("Saved."))
    return answer


async def _one(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    category_id: UUID,
    *,
    values: Mapping[str, str] | None = None,
    uses: Sequence[AttributeUse] | None = None,
    errors: Mapping[str, str] | None = None,
    uses_errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        category = await catalog.category(tx, category_id)
        lines = await catalog.category_lines(tx)
        definitions = await catalog.attribute_definitions(tx)
        inherited = await _inherited(tx, category.parent_id)
    own = dict(category.attributes) if uses is None else {use.code: use.is_required for use in uses}
    if values is not None and status == 409:
        values = {**values, "version": str(category.version)}  # who saves again has been told
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
            "version": str(category.version),
        },
        definitions=[
            (one, code in own, own.get(code, False), list(own).index(code) + 1 if code in own else "")
            for code, one in definitions.items()
            if code not in inherited
        ],
        inherited=list(inherited.values()),
        errors=errors or {},
        uses_errors=uses_errors or {},
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


def _place(sent: Mapping[str, list[str]], code: str) -> tuple[int, str]:
    text = (sent.get(f"place.{code}") or [""])[-1].strip()
    return (int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 9999, code)


ROUTES = [show, save, remove, set_uses]
