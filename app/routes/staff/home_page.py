"""The home page: its sections written as a draft, put in order, looked at, published."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from app.routes.staff.home_sections import ABOUT, ICONS, closed_up, empty_form, id_or_none, section_from, told, typed_of
from app.routes.storefront.home import arranged, home_answer
from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.desk import say
from app.web.uploads import texts_of, uploads_of
from app.web.visitors import Visitor
from domains import catalog, content, store
from domains.catalog import PictureRefused, Storage
from domains.content import KINDS, MOST_PROMISES, HomeChangedMeanwhile, SectionNotFound
from domains.kit import Database, Invalid
from domains.kit.i18n import gettext as _

MOST_BODY = 21 * 1024 * 1024  # a picture of the largest size
KIND_CHOICES = [(key, kind.label, ABOUT[key]) for key, kind in KINDS.items()]


class Way(msgspec.Struct, forbid_unknown_fields=True):
    way: Literal["up", "down"] = "up"


class Seen(msgspec.Struct, forbid_unknown_fields=True):
    seen: Annotated[str, msgspec.Meta(max_length=100)] = ""


@get("/staff/home-page", name="staff.home_page", access=staff("pages.do"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        home = await content.home_page(tx)
    sections = [told(one) for one in home.present]
    return page(request, "staff/home_page/index.html", home=home, sections=sections, kinds=KIND_CHOICES)


@get("/staff/home-page/preview", name="staff.home_page.preview", access=staff("pages.do"))
async def show_preview(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """The draft as shoppers would see it now."""
    async with db.transaction(visitor.actor) as tx:
        shop = await store.shop(tx)
        shown = await arranged(tx, (await content.home_page(tx, shop)).present, shop)
    return home_answer(request, shown, is_preview=True)


@get("/staff/home-page/sections/new", name="staff.home_page.sections.new", access=staff("pages.do"))
async def show_new(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    kind: FromQuery[str | None] = None,
) -> Page:
    return await _form_page(request, db, visitor, _known(kind or "banner"), empty_form(kind or "banner"))


@post(
    "/staff/home-page/sections/new",
    name="staff.home_page.sections.add",
    access=staff("pages.do"),
    request_max_body_size=MOST_BODY,
)
async def add(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    sent = {name: list(values) for name, values in (await request.form()).dict().items()}
    typed = {name: values[-1] for name, values in texts_of(sent).items()}
    kind = _known(typed.get("kind", ""))
    try:
        typed = await _with_picture(request, db, visitor, sent, typed)
        async with db.transaction(visitor.actor) as tx:
            await content.add_section(tx, await section_from(tx, request, kind, typed))
    except Invalid as refused:
        return await _form_page(request, db, visitor, kind, closed_up(typed), errors=refused.fields)
    return _done(request, _("The section stands at the end of the draft. Shoppers see it once it is published."))


@get("/staff/home-page/sections/{section_id:str}", name="staff.home_page.sections.show", access=staff("pages.do"))
async def show_section(
    request: AnyRequest, section_id: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        section = (await content.home_page(tx)).section(section_id)
        typed = await typed_of(tx, section)
    return await _form_page(request, db, visitor, content.kind_of(section), typed, section=section)


@post(
    "/staff/home-page/sections/{section_id:str}",
    name="staff.home_page.sections.save",
    access=staff("pages.do"),
    request_max_body_size=MOST_BODY,
)
async def save(
    request: AnyRequest, section_id: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = {name: list(values) for name, values in (await request.form()).dict().items()}
    typed = {name: values[-1] for name, values in texts_of(sent).items()}
    async with db.transaction(visitor.actor) as tx:
        present = (await content.home_page(tx)).section(section_id)
    kind = content.kind_of(present)
    try:
        typed = await _with_picture(request, db, visitor, sent, typed)
        async with db.transaction(visitor.actor) as tx:
            wanted = await section_from(tx, request, kind, typed, section_id=section_id)
            await content.change_section(tx, wanted, seen=typed.get("seen", ""))
    except Invalid as refused:
        typed = closed_up(typed)
        return await _form_page(request, db, visitor, kind, typed, section=present, errors=refused.fields)
    except HomeChangedMeanwhile:
        words = _(
            "Somebody has changed this section meanwhile. What you entered is still here; saving puts it in place."
        )
        return await _form_page(request, db, visitor, kind, closed_up(typed), section=present, errors={"": words})
    return _done(request, _("Kept in the draft. Shoppers see it once it is published."), at=section_id)


@post(
    "/staff/home-page/sections/{section_id:str}/place", name="staff.home_page.sections.move", access=staff("pages.do")
)
async def move(
    request: AnyRequest, section_id: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Way)
    async with db.transaction(visitor.actor) as tx:
        await content.move_section(tx, section_id, form.way)
    return redirect(request, url_for(request, "staff.home_page") + f"#row-{section_id}")


@post(
    "/staff/home-page/sections/{section_id:str}/removal",
    name="staff.home_page.sections.remove",
    access=staff("pages.do"),
)
async def remove(
    request: AnyRequest, section_id: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await content.remove_section(tx, section_id)
    return _done(request, _("The section is out of the draft. The audit log takes it back."))


@post("/staff/home-page/publication", name="staff.home_page.publish", access=staff("pages.do"))
async def publish(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, Seen)
    try:
        async with db.transaction(visitor.actor) as tx:
            await content.publish_home(tx, seen=form.seen)
    except HomeChangedMeanwhile as changed:
        answer = redirect(request, url_for(request, "staff.home_page"))
        say(request, answer, _("{what} Look at it below, then publish it.").format(what=changed.title), "error")
        return answer
    return _done(request, _("Published. The audit log takes it back."))


@post("/staff/home-page/draft/removal", name="staff.home_page.drop", access=staff("pages.do"))
async def drop(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await content.drop_home_draft(tx)
    return _done(request, _("The draft is gone; what is shown stays."))


@post("/staff/home-page/beginning", name="staff.home_page.begin", access=staff("pages.do"))
async def begin(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """The page that every shop begins with, as a draft."""
    async with db.transaction(visitor.actor) as tx:
        await content.begin_usual_home(tx)
    return _done(request, _("The draft is the page that every shop begins with. Publish it to show it."))


async def _with_picture(
    request: AnyRequest, db: Database, visitor: Visitor, sent: dict[str, list[Any]], typed: dict[str, str]
) -> dict[str, str]:
    """The form with the picture that came along taken in. Raises `Invalid` for one that is none."""
    uploads = uploads_of(sent, "file")
    if not uploads:
        return typed
    storage: Storage = request.app.state.storage
    uploads[0].file.seek(0)
    try:
        content_of = uploads[0].file.read(catalog.MOST_BYTES + 1)
        picture_id = await catalog.store_picture(db, storage, visitor.actor, content_of)
    except PictureRefused as refused:
        raise Invalid({"file": refused.fields["picture"]}) from refused
    return {**typed, "picture": "kept", "picture_id": str(picture_id)}


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise SectionNotFound
    return kind


def _done(request: AnyRequest, words: str, *, at: str = "") -> Page:
    answer = redirect(request, url_for(request, "staff.home_page") + (f"#row-{at}" if at else ""))
    say(request, answer, words)
    return answer


async def _form_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    kind: str,
    typed: dict[str, str],
    *,
    section: content.AnySection | None = None,
    errors: dict[str, str] | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        categories = await catalog.category_lines(tx) if kind == "category" else []
        pictures = await catalog.pictures_of(tx, [id_or_none(typed.get("picture_id", ""))])
        if section is not None:
            section = (await content.home_page(tx)).section(section.id)
    return page(
        request,
        "staff/home_page/section.html",
        status=422 if errors else 200,
        kind=kind,
        label=KINDS[kind].label,
        about=ABOUT[kind],
        typed=typed,
        section=section,
        seen=content.mark_of(section) if section is not None else "",
        picture=next(iter(pictures.values()), None),
        categories=[(str(one.id), " › ".join(one.path)) for one in categories],
        icons=list(ICONS.items()),
        rows=range(1, MOST_PROMISES + 1),
        errors=errors or {},
    )


ROUTES = [show, show_preview, show_new, add, show_section, save, move, remove, publish, drop, begin]
