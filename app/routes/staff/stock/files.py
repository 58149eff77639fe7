"""What lies where as a file that Shopify writes too: out, and in again."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Response, Stream

from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import PRIVATE, Page, page
from app.web.uploads import on_disk, upload_of
from app.web.visitors import Visitor
from domains import transfer
from domains.kit import Conflict, Database, DomainError, Invalid
from domains.kit.i18n import gettext as _
from domains.transfer import LevelOutcome, LevelsReport

OUTCOMES = {
    LevelOutcome.SET: _("set"),
    LevelOutcome.UNCHANGED: _("as they were"),
    LevelOutcome.CONFLICT: _("moved meanwhile"),
    LevelOutcome.REFUSED: _("refused"),
}
_CHUNK = 64 * 1024


@get("/staff/stock/files", name="staff.stock.files", access=staff("stock.see"))
async def show(request: AnyRequest) -> Page:
    return _page(request)


@get("/staff/stock/files/levels.csv", name="staff.stock.files.export", access=staff("exports.stock", fresh=True))
async def export(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Stream:
    """The whole file, written to disk first: however many rows, little of it is in memory."""
    file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="", prefix="stoa-levels-")  # noqa: SIM115
    try:
        async with db.transaction(visitor.actor, snapshot=True) as tx:
            await transfer.export_levels(tx, file)
        file.flush()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return Stream(
        _chunks(cast(BinaryIO, file.buffer), cast(TextIO, file)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="inventory.csv"', "Cache-Control": PRIVATE},
    )


@post("/staff/stock/files", name="staff.stock.files.import", access=staff("stock.do"), status_code=200)
async def take_in(
    request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page | Response[bytes]:
    """Looks first, unless told to set; `report` answers with a line for every row instead of a page."""
    form = await request.form()
    sent: dict[str, list[Any]] = {key: form.getall(key) for key in form}
    is_set = sent.get("do", [""])[-1] == "set"
    try:
        upload = upload_of(sent, "file")
        async with on_disk(upload) as path:
            if sent.get("report", [""])[-1] == "on":
                return await _whole_report(db, visitor, path, is_set=is_set)
            report = await transfer.import_levels(db, path, visitor.actor, dry_run=not is_set)
    except Invalid as refused:
        return _page(request, status=422, errors=refused.fields)
    except (transfer.FileRefused, Conflict) as refused:
        return _page(request, status=422, errors={"file": _words(refused)})
    return _page(request, status=409 if report.refused else 200, report=report, name=upload.filename)


async def _whole_report(db: Database, visitor: Visitor, path: Path, *, is_set: bool) -> Response[bytes]:
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        await transfer.import_levels(db, path, visitor.actor, dry_run=not is_set, report_to=file)
        file.seek(0)
        told = file.read().encode()
    return Response(
        told,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="inventory-report.csv"', "Cache-Control": PRIVATE},
    )


def _chunks(raw: BinaryIO, file: TextIO) -> Iterator[bytes]:
    with file:
        while chunk := raw.read(_CHUNK):
            yield chunk


def _words(refused: DomainError) -> str:
    return f"{refused.title} {refused.hint}".strip()


def _page(
    request: AnyRequest,
    *,
    status: int = 200,
    report: LevelsReport | None = None,
    name: str = "",
    errors: dict[str, str] | None = None,
) -> Page:
    return page(
        request,
        "staff/stock/files.html",
        status=status,
        report=report,
        name=name,
        told=[(words, report.count(outcome)) for outcome, words in OUTCOMES.items()] if report is not None else [],
        rows=[
            [finding.row, finding.sku, finding.location, OUTCOMES[finding.outcome], finding.problem]
            for finding in report.findings
        ]
        if report is not None
        else [],
        errors=errors or {},
    )


ROUTES = [show, export, take_in]
