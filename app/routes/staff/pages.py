"""The shop's pages: written as drafts, looked at as shoppers will see them, published; and the menus they stand in."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State, Value
from app.web.staff.desk import say
from app.web.visitors import Visitor
from domains import content
from domains.content import Kind, Menu, PageDraft, PageRecord, SlugTaken
from domains.kit import Database, Invalid
from domains.kit.i18n import gettext as _

MENUS = [
    (Menu.SERVICE, _("Service")),
    (Menu.LEGAL, _("Legal")),
    (Menu.NONE, _("In no menu; reached by links")),
]
KINDS = [
    (Kind.TEXT, _("Words")),
    (Kind.DELIVERY, _("Words, and the ways to deliver with their prices")),
    (Kind.CONTACT, _("Words, and the contact form")),
]


class PageForm(msgspec.Struct, forbid_unknown_fields=True):
    title: str = ""
    slug: str = ""
    description: str = ""
    body: Annotated[str, msgspec.Meta(max_length=200_000)] = ""
    kind: Kind = Kind.TEXT
    menu: Menu = Menu.NONE
    position: int = 0
    then: str = "draft"

    def draft(self) -> PageDraft:
        return PageDraft(
            slug=self.slug,
            title=self.title,
            body=self.body,
            description=self.description,
            kind=self.kind,
            menu=self.menu,
            position=self.position,
        )


@get("/staff/pages", name="staff.pages", access=staff("pages.do"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        pages = await content.every_page(tx)
    menus = [(label, [_row(one) for one in pages if one.shown.menu is menu]) for menu, label in MENUS]
    return page(request, "staff/pages/index.html", menus=[(label, rows) for label, rows in menus if rows])


@get("/staff/pages/new", name="staff.pages.new", access=staff("pages.do"))
async def show_new(request: AnyRequest) -> Page:
    return _form_page(request, PageForm())


@post("/staff/pages/new", name="staff.pages.add", access=staff("pages.do"))
async def add(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    form = await read_form(request, PageForm)
    try:
        async with db.transaction(visitor.actor) as tx:
            page_id = await content.start_page(tx, form.draft())
            if form.then == "publish":
                await content.publish_page(tx, page_id)
    except Invalid as refused:
        return _form_page(request, form, errors=refused.fields)
    except SlugTaken as refused:
        return _form_page(request, form, errors={"slug": str(refused)})
    return _done(request, page_id, form.then)


@get("/staff/pages/{page_id:uuid}", name="staff.pages.show", access=staff("pages.do"))
async def show(
    request: AnyRequest, page_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        record = await content.page_record(tx, page_id)
    draft = record.draft or record.shown
    form = PageForm(
        title=draft.title,
        slug=draft.slug,
        description=draft.description,
        body=draft.body,
        kind=draft.kind,
        menu=draft.menu,
        position=draft.position,
    )
    return _form_page(request, form, record=record)


@post("/staff/pages/{page_id:uuid}", name="staff.pages.save", access=staff("pages.do"))
async def save(
    request: AnyRequest, page_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, PageForm)
    async with db.transaction(visitor.actor) as tx:
        record = await content.page_record(tx, page_id)
    try:
        async with db.transaction(visitor.actor) as tx:
            if form.then == "publish":
                await content.publish_page(tx, page_id, form.draft())
            else:
                await content.keep_draft(tx, page_id, form.draft())
    except Invalid as refused:
        return _form_page(request, form, record=record, errors=refused.fields)
    except SlugTaken as refused:
        return _form_page(request, form, record=record, errors={"slug": str(refused)})
    return _done(request, page_id, form.then)


@get("/staff/pages/{page_id:uuid}/preview", name="staff.pages.preview", access=staff("pages.do"))
async def show_preview(
    request: AnyRequest, page_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """The draft as shoppers will see it, without the form or the prices that a page may have below its words."""
    async with db.transaction(visitor.actor) as tx:
        view = await content.preview(tx, page_id)
    return page(request, "staff/pages/preview.html", content=view, page_id=page_id)


@post("/staff/pages/{page_id:uuid}/hiding", name="staff.pages.hide", access=staff("pages.do"))
async def hide(
    request: AnyRequest, page_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await content.hide_page(tx, page_id)
    return _done(request, page_id, "hide")


@post("/staff/pages/{page_id:uuid}/draft/removal", name="staff.pages.drop", access=staff("pages.do"))
async def drop(
    request: AnyRequest, page_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await content.drop_draft(tx, page_id)
    return _done(request, page_id, "drop")


_SAID = {
    "publish": _("Published. The audit log takes it back."),
    "hide": _("Nobody sees the page any more."),
    "drop": _("The draft is gone; what is shown stays."),
}


def _done(request: AnyRequest, page_id: UUID, what: str) -> Page:
    answer = redirect(request, url_for(request, "staff.pages.show", page_id=page_id))
    say(request, answer, _SAID.get(what, _("The draft is kept. Shoppers see it once it is published.")))
    return answer


def _row(record: PageRecord) -> list[Value]:
    title = (record.draft or record.shown).title
    return [
        Link(title, "staff.pages.show", {"page_id": record.id}, note=f"/pages/{record.shown.slug}"),
        State(_("shown"), "good") if record.shown.is_published else State(_("not shown")),
        State(_("draft"), "wait") if record.draft is not None else None,
        record.updated_at,
    ]


def _form_page(
    request: AnyRequest, form: PageForm, *, record: PageRecord | None = None, errors: dict[str, str] | None = None
) -> Page:
    return page(
        request,
        "staff/pages/form.html",
        status=422 if errors else 200,
        form=form,
        record=record,
        menus=MENUS,
        kinds=KINDS,
        errors=errors or {},
    )


ROUTES = [show_all, show_new, add, show, save, show_preview, hide, drop]
