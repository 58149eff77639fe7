"""Counting the shelves: lists to count by, what was found, what differs, and a second look before it counts."""

import csv
import io
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from app.routes.staff.stock.doing import do, told
from app.routes.staff.stock.levels import warehouse_options
from app.routes.staff.stock.lines import Sent, kept, sent_form, typed_lines
from app.routes.staff.stock.words import COUNTS, said_of
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import PRIVATE, Page, page, redirect, url_for
from app.web.staff.cells import Link, defused
from app.web.staff.desk import say
from app.web.staff.lists import Column, StaffList, choice
from app.web.staff.showing import show_list
from app.web.visitors import Visitor
from domains import catalog, inventory
from domains.catalog import CategoryNode
from domains.inventory import CountStatus, CountView
from domains.kit import Conflict, Database, Invalid, Transaction
from domains.kit.i18n import gettext as _
from domains.kit.listing import Asked, Place, Slice

_AT_ONCE = 50
_ON_PAPER = 1000

COUNT_LIST = StaffList(
    key="counts",
    title=_("Counts"),
    route="staff.stock.counts",
    permission="stock.see",
    sort="-number",
    columns=(
        Column(
            "code",
            _("Count"),
            lambda row: Link(row.code, "staff.stock.counts.show", {"count": row.id}),
            sort="number",
            down=True,
        ),
        Column("status", _("State"), lambda row: COUNTS[row.status]),
        Column("warehouse", _("Warehouse")),
        Column("place", _("Places"), phone=False),
        Column("lines", _("Lines"), number=True),
        Column("counted", _("Counted"), number=True),
        Column("different", _("Differ"), lambda row: row.different if row.status != "counting" else None, number=True),
        Column("accuracy", _("Books were right"), lambda row: percent(row.accuracy), number=True, phone=False),
        Column("created_at", _("Begun"), phone=False),
    ),
    filters=(choice("status", _("State"), said_of(COUNTS)), choice("warehouse", _("Warehouse"))),
    empty=_("No counts"),
    empty_hint=_("Count one row of shelves a week, and the books stay right."),
)


def percent(share: float | None) -> str | None:
    """A share as people read it; never rounded up to all."""
    return None if share is None else f"{int(share * 1000) / 10:.1f} %"


@get("/staff/stock/counts", name="staff.stock.counts", access=staff("stock.see"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await show_list(
        request,
        db,
        visitor,
        COUNT_LIST,
        inventory.count_slice,
        template="staff/stock/counts.html",
        options=await warehouse_options(db, visitor),
    )


@get("/staff/stock/counts/new", name="staff.stock.counts.new", access=staff("stock.do"))
async def show_new(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _new_page(request, db, visitor, {})


@post("/staff/stock/counts/new", name="staff.stock.counts.start", access=staff("stock.do"))
async def start(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    sent = await sent_form(request)
    try:
        async with db.transaction(visitor.actor) as tx:
            made = await inventory.start_count(
                tx,
                warehouse_id=sent.id("warehouse"),
                place=sent.text("place"),
                category_id=sent.id("category") if sent.text("category") else None,
                is_blind=sent.text("open") != "on",
                note=sent.text("note"),
            )
    except Invalid as refused:
        form = kept(sent, ("warehouse", "place", "category", "open", "note"))
        return await _new_page(request, db, visitor, form, status=422, errors=refused.fields)
    return redirect(request, url_for(request, "staff.stock.counts.show", count=made))


@get("/staff/stock/counts/{count:uuid}", name="staff.stock.counts.show", access=staff("stock.see"))
async def show(
    request: AnyRequest, count: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _page(request, db, visitor, count)


@post("/staff/stock/counts/{count:uuid}", name="staff.stock.counts.enter", access=staff("stock.do"))
async def enter(
    request: AnyRequest, count: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """What was found of the lines of a page, and of things found that were not on the list."""
    sent = await sent_form(request)
    try:
        moment = _moment(request, sent)
        found = sent.numbers("counted")
        async with db.transaction(visitor.actor) as tx:
            for variant_id, counted in (await typed_lines(tx, sent.text("add"))).items():
                await inventory.add_to_count(tx, count, variant_id)
                found[variant_id] = counted
            if found:
                await inventory.enter_count(tx, count, found, counted_at=moment)
    except Invalid as refused:
        return await _page(request, db, visitor, count, status=422, errors=refused.fields, sent=sent)
    except Conflict as refused:
        return await _said(request, count, await told(db, visitor, refused), "error")
    return await _said(request, count, _("{count} lines are counted.").format(count=len(found)), view=sent.text("view"))


@get("/staff/stock/counts/{count:uuid}/sheet", name="staff.stock.counts.sheet", access=staff("stock.see"))
async def sheet(
    request: AnyRequest, count: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """The list for paper: in the order one walks, with room to write."""
    async with db.transaction(visitor.actor, snapshot=True) as tx:
        found = await inventory.count(tx, count)
        lines = (await inventory.count_lines(tx, count, Asked(limit=_ON_PAPER, is_counted=False))).rows
        named = await catalog.variants(tx, [line.variant_id for line in lines])
        books = {} if found.is_blind else await _books(tx, found, [line.variant_id for line in lines])
    return page(
        request,
        "staff/stock/count_sheet.html",
        count=found,
        lines=[(line, named[line.variant_id], books.get(line.variant_id)) for line in lines],
        most=_ON_PAPER,
    )


@get("/staff/stock/counts/{count:uuid}/sheet.csv", name="staff.stock.counts.csv", access=staff("exports.stock"))
async def sheet_csv(
    request: AnyRequest, count: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Response[bytes]:
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    async with db.transaction(visitor.actor, snapshot=True) as tx:
        found = await inventory.count(tx, count)
        is_done = found.status in {CountStatus.CHECKING, CountStatus.APPROVED}
        writer.writerow(["SKU", "Name", "Place", *(["Expected"] if is_done else []), "Counted"])
        asked: Asked | None = Asked(limit=_ON_PAPER, is_counted=False)
        while asked is not None:
            lines = await inventory.count_lines(tx, count, asked)
            named = await catalog.variants(tx, [line.variant_id for line in lines.rows])
            for line in lines.rows:
                variant = named[line.variant_id]
                name = f"{variant.product_name}, {variant.options}" if variant.options else variant.product_name
                cells = [defused(variant.sku), defused(name), defused(line.place)]
                cells += [_cell(line.expected)] if is_done else []
                writer.writerow([*cells, _cell(line.counted)])
            asked = None
            if lines.next is not None:
                asked = Asked(limit=_ON_PAPER, is_counted=False, after=lines.next)
    return Response(
        out.getvalue().encode(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{found.code}.csv"', "Cache-Control": PRIVATE},
    )


@post("/staff/stock/counts/{count:uuid}/end", name="staff.stock.counts.finish", access=staff("stock.do"))
async def finish(
    request: AnyRequest, count: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = await sent_form(request)
    rest = sent.text("rest")
    try:
        async with db.transaction(visitor.actor) as tx:
            await inventory.finish_count(
                tx, count, rest="leave_out" if rest == "leave_out" else "none_found" if rest == "none_found" else "ask"
            )
    except inventory.CountUnfinished as refused:
        return await _page(request, db, visitor, count, status=409, unfinished=refused.lines)
    except Invalid as refused:
        return await _said(request, count, " ".join(refused.fields.values()), "error")
    return await _said(request, count, _("Look at what differs, and approve it."))


@post("/staff/stock/counts/{count:uuid}/recount", name="staff.stock.counts.recount", access=staff("stock.do"))
async def recount(
    request: AnyRequest, count: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    """The chosen lines are counted again."""
    sent = await sent_form(request)

    async def act(tx: Transaction) -> str:
        chosen = [UUID(name.removeprefix("again.")) for name in sent.fields if name.startswith("again.")]
        if not chosen:
            raise Invalid({"again": _("Choose what is to be counted again.")})
        await inventory.recount(tx, count, chosen)
        return _("{count} lines are to be counted again.").format(count=len(chosen))

    return await do(request, db, visitor, act, "staff.stock.counts.show", count=count)


@post("/staff/stock/counts/{count:uuid}/approval", name="staff.stock.counts.approve", access=staff("stock.do"))
async def approve(
    request: AnyRequest, count: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async def act(tx: Transaction) -> str:
        adjusted = await inventory.approve_count(tx, count)
        return _("Approved: {count} quantities were put right.").format(count=adjusted)

    return await do(request, db, visitor, act, "staff.stock.counts.show", count=count)


@post("/staff/stock/counts/{count:uuid}/cancellation", name="staff.stock.counts.cancel", access=staff("stock.do"))
async def cancel(
    request: AnyRequest, count: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async def act(tx: Transaction) -> str:
        await inventory.cancel_count(tx, count)
        return _("The count is dropped; nothing was changed.")

    return await do(request, db, visitor, act, "staff.stock.counts.show", count=count)


def _cell(number: int | None) -> str:
    return "" if number is None else str(number)


def _moment(request: AnyRequest, sent: Sent) -> datetime | None:
    """When it was counted, in the shop's time; none for now. Raises `Invalid`."""
    if not sent.text("counted_at"):
        return None
    try:
        given = datetime.fromisoformat(sent.text("counted_at"))
    except ValueError:
        raise Invalid({"counted_at": _("Enter a day and a time.")}) from None
    return given if given.tzinfo else given.replace(tzinfo=ZoneInfo(request.app.state.shell().time_zone))


async def _said(request: AnyRequest, count_id: UUID, words: str, kind: str = "success", *, view: str = "") -> Page:
    address = url_for(request, "staff.stock.counts.show", count=count_id)
    answer = redirect(request, f"{address}?found={view}" if view in {"open", "counted"} else address)
    say(request, answer, words, kind)
    return answer


async def _books(tx: Transaction, count: CountView, ids: list[UUID]) -> dict[UUID, int]:
    """What the books say now lies there, for those who do not count blind."""
    return {
        level.variant_id: level.quantity_on_hand + level.quantity_allocated
        for level in await inventory.levels(tx, ids)
        if level.warehouse_id == count.warehouse_id
    }


async def _new_page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    form: dict[str, Any],
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        categories = _flat(await catalog.tree(tx, include_inactive=True))
    return page(
        request,
        "staff/stock/count_new.html",
        status=status,
        form=form,
        houses=(await warehouse_options(db, visitor))["warehouse"],
        categories=categories,
        errors=errors or {},
    )


def _flat(nodes: tuple[CategoryNode, ...] | list[CategoryNode], depth: int = 0) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for node in nodes:
        found.append((str(node.id), f"{'— ' * depth}{node.name}"))
        found += _flat(list(node.children), depth + 1)
    return found


async def _page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    count_id: UUID,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
    sent: Sent | None = None,
    unfinished: int = 0,
) -> Page:
    asked = request.query_params
    async with db.transaction(visitor.actor) as tx:
        found = await inventory.count(tx, count_id)
        view = asked.get("found", "open" if found.status is CountStatus.COUNTING else "different")
        lines: Slice[inventory.CountLineView] = await inventory.count_lines(
            tx,
            count_id,
            Asked(
                q=asked.get("q", "")[:50],
                choices={"found": (view,)},
                after=Place.parse(asked["after"]) if asked.get("after") else None,
                before=Place.parse(asked["before"]) if asked.get("before") else None,
                limit=_AT_ONCE,
            ),
        )
        ids = [line.variant_id for line in lines.rows]
        named = await catalog.variants(tx, ids)
        is_told = not found.is_blind and found.status is CountStatus.COUNTING
        books = await _books(tx, found, ids) if is_told else {}
    return page(
        request,
        "staff/stock/count.html",
        status=status,
        count=found,
        state=COUNTS[found.status],
        lines=[(line, named[line.variant_id], books.get(line.variant_id)) for line in lines.rows],
        slice=lines,
        view=view,
        q=asked.get("q", "")[:50],
        accuracy=percent(found.accuracy),
        unfinished=unfinished,
        errors=errors or {},
        sent=sent.fields if sent is not None else {},
    )


ROUTES = [show_all, show_new, start, show, enter, sheet, sheet_csv, finish, recount, approve, cancel]
