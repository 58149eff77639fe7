"""Files from other shops: handed in, looked through, imported by the worker, taken back."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.staff.lists import Column, StaffList, choice
from app.web.staff.live import unless_unchanged
from app.web.staff.showing import show_list
from app.web.uploads import on_disk, upload_of
from app.web.visitors import Visitor
from domains import transfer
from domains.catalog import FileStore
from domains.kit import Database, Invalid, NotFound
from domains.kit.i18n import gettext as _

MOST_BODY = 201 * 1024 * 1024
STATES = {
    "waiting": State(_("Waits to be looked through"), "wait"),
    "checking": State(_("Is being looked through"), "wait"),
    "checked": State(_("Ready to import"), "wait"),
    "ready": State(_("Waits for its turn"), "wait"),
    "running": State(_("Is being imported"), "wait"),
    "done": State(_("Imported"), "good"),
    "refused": State(_("Refused"), "bad"),
    "failed": State(_("Failed"), "bad"),
    "undoing": State(_("Is being taken back"), "wait"),
    "undone": State(_("Taken back"), "plain"),
}


def _name(row: transfer.ImportView) -> Link:
    return Link(row.name, "staff.imports.show", {"import_id": row.id})


IMPORTS = StaffList(
    key="imports",
    title=_("Imports"),
    route="staff.imports",
    permission="catalogue.do",
    sort="-created",
    columns=(
        Column("name", _("File"), _name, sort="name"),
        Column("status", _("State"), lambda row: STATES[row.status]),
        Column("total", _("Products"), number=True),
        Column("by", _("Handed in by"), phone=False),
        Column("created_at", _("When"), sort="created", down=True),
    ),
    filters=(choice("status", _("State"), [(key, state.label) for key, state in STATES.items()], many=False),),
    empty=_("Nothing was imported yet"),
    empty_hint=_("Hand in a product file from Shopify above; nothing happens before you say so."),
)


@get("/staff/imports", name="staff.imports", access=staff("catalogue.do"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await show_list(
        request, db, visitor, IMPORTS, transfer.find_imports, template="staff/imports/list.html", errors={}
    )


@post("/staff/imports", name="staff.imports.hand_in", access=staff("catalogue.do"), request_max_body_size=MOST_BODY)
async def hand_in(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    """The file goes to disk as it comes, whatever its size."""
    sent: dict[str, list[Any]] = {name: list(values) for name, values in (await request.form()).dict().items()}
    files: FileStore = request.app.state.files
    try:
        upload = upload_of(sent, "file")
        async with on_disk(upload) as path:
            import_id = await transfer.flows.hand_in(
                db, files, visitor.actor, path, name=upload.filename, set_stock=sent.get("set_stock") == ["on"]
            )
    except Invalid as refused:
        return await show_list(
            request,
            db,
            visitor,
            IMPORTS,
            transfer.find_imports,
            template="staff/imports/list.html",
            errors=refused.fields,
        )
    return redirect(request, url_for(request, "staff.imports.show", import_id=import_id))


@get("/staff/imports/{import_id:uuid}", name="staff.imports.show", access=staff("catalogue.do"))
async def show(
    request: AnyRequest, import_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await transfer.import_of(tx, import_id)
    return unless_unchanged(
        request,
        page(
            request,
            "staff/imports/show.html",
            fragment="standing",
            found=found,
            state=STATES[found.status],
        ),
    )


@post("/staff/imports/{import_id:uuid}/start", name="staff.imports.start", access=staff("catalogue.do"))
async def start(
    request: AnyRequest, import_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await transfer.start(tx, import_id)
    return redirect(request, url_for(request, "staff.imports.show", import_id=import_id))


@post("/staff/imports/{import_id:uuid}/undoing", name="staff.imports.undo", access=staff("catalogue.do"))
async def undo(
    request: AnyRequest, import_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        await transfer.ask_undo(tx, import_id)
    answer = redirect(request, url_for(request, "staff.imports.show", import_id=import_id))
    say(request, answer, _("It is being taken back."), "info")
    return answer


@get("/staff/imports/{import_id:uuid}/report.csv", name="staff.imports.report", access=staff("catalogue.do"))
async def report(
    request: AnyRequest, import_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Stream:
    async with db.transaction(visitor.actor) as tx:
        found = await transfer.import_of(tx, import_id)
    if found.report_key is None:
        raise NotFound
    files: FileStore = request.app.state.files
    return Stream(
        _pieces(files, found.report_key),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="report-{found.created_at:%Y-%m-%d}.csv"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


async def _pieces(files: FileStore, key: str) -> AsyncIterator[bytes]:
    async for piece in files.chunks(key):
        yield piece


ROUTES = [show_all, hand_in, show, start, undo, report]
