"""The routes of a list: its page, its CSV file, and what is done to many rows. One line makes all three."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.response import Response
from sqlalchemy.exc import DBAPIError

from app.web.access import may, staff
from app.web.htmx import AnyRequest, wants_fragment
from app.web.page import PRIVATE, Page, page, redirect, url_for
from app.web.staff.asking import Query, is_id, query_from, read_query
from app.web.staff.cells import Value, csv_text, defused
from app.web.staff.desk import say
from app.web.staff.listing import columns_of, listing_of
from app.web.staff.lists import Chosen, Find, Options, StaffList
from app.web.staff.live import unless_unchanged
from app.web.visitors import Visitor
from domains import desk
from domains.kit import Conflict, Database, Forbidden, Invalid, NotFound, Transaction, new_id
from domains.kit.i18n import gettext as _

MOST_IN_BULK = 5_000
MOST_IN_FILE = 100_000
_AT_ONCE = 1_000
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else


class TooManyRows(Conflict):
    """More rows were chosen than one action changes."""

    code = "too_many_rows"
    title = _("That is more than can be changed at once.")
    hint = _("Narrow the view to at most 5,000 rows and try again.")


class ViewChanged(Conflict):
    """Between the question and the answer rows came into the view or left it."""

    code = "view_changed"
    title = _("The view has changed since you were asked.")
    hint = _("Look at the list again and choose anew. Nothing was changed.")


def list_routes(spec: StaffList, find: Find, *, path: str = "") -> list[HTTPRouteHandler]:
    """The route `spec.route`, and as the list has them `.csv` and `.bulk`; `path` is its, else `/staff/<key>`."""
    at = path or f"/staff/{spec.key}"

    @get(at, name=spec.route, access=staff(spec.permission))
    async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
        return await show_list(request, db, visitor, spec, find)

    routes: list[HTTPRouteHandler] = [show]
    if spec.export:
        routes.append(csv_route(spec, find, path=at))
    if spec.bulk:
        routes.append(bulk_route(spec, find, path=at))
    return routes


async def show_list(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    spec: StaffList,
    find: Find,
    *,
    template: str = "staff/list.html",
    options: Mapping[str, Options] | None = None,
    **context: Any,
) -> Page:
    """The page of a list. `options` are those of filters that are known only now; `context` is for a template of one's
    own, which draws `{{ staff.list(listing) }}`."""
    assert visitor.account is not None
    query = _query(request, spec, options or {})
    try:
        async with db.transaction(visitor.actor) as tx:
            found = await find(tx, query.asked)
            views = await desk.views_of(tx, visitor.account.id, spec.key)
    except DBAPIError as error:
        if (query.asked.after is None and query.asked.before is None) or not _is_bad_place(error):
            raise
        return redirect(request, query.address(_path(request, spec)))
    listing = listing_of(
        spec,
        query,
        found,
        path=_path(request, spec),
        role=visitor.account.role,
        may=may,
        options=options or {},
        views=views,
        preferred=visitor.account.preferences.get("columns", {}).get(spec.key, ()),
    )
    if wants_fragment(request):
        # The rows are drawn alike whatever stands around them; a template of one's own need not say so again.
        return unless_unchanged(request, page(request, "staff/list.html", fragment="list_rows", listing=listing))
    return page(request, template, listing=listing, **context)


def csv_route(spec: StaffList, find: Find, *, path: str) -> HTTPRouteHandler:
    """`<route>.csv`: the present view as a file, every row of it, with the columns it shows."""

    @get(f"{path}.csv", name=f"{spec.route}.csv", access=staff(spec.export, fresh=True))
    async def export(
        request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]
    ) -> Response[bytes]:
        return await csv_of(request, db, visitor, spec, find)

    return export


async def csv_of(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    spec: StaffList,
    find: Find,
    *,
    options: Mapping[str, Options] | None = None,
) -> Response[bytes]:
    """The present view as a file of at most `MOST_IN_FILE` rows; cells that a spreadsheet would run are defused."""
    assert visitor.account is not None
    query = _query(request, spec, options or {})
    columns = columns_of(spec, query.columns or visitor.account.preferences.get("columns", {}).get(spec.key, ()))
    zone = ZoneInfo(request.app.state.shell().time_zone)
    async with db.transaction(visitor.actor, snapshot=True) as tx:
        rows = await _all_of(tx, find, query, most=MOST_IN_FILE)
        await desk.exported(tx, spec.key, query.text, len(rows))
    values = ([column.of(row) for column in columns] for row in rows)
    return csv_file(spec.key, [column.label for column in columns], values, zone)


def csv_file(name: str, heads: Iterable[str], rows: Iterable[Iterable[Value]], zone: ZoneInfo) -> Response[bytes]:
    """A CSV file to be saved under `name`; cells that a spreadsheet would run are defused."""
    out = io.StringIO()
    out.write(_BYTE_ORDER_MARK)
    writer = csv.writer(out)
    writer.writerow([defused(head) for head in heads])
    for row in rows:
        writer.writerow([csv_text(value, zone) for value in row])
    return Response(
        out.getvalue().encode(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": PRIVATE},
    )


def bulk_route(spec: StaffList, find: Find, *, path: str) -> HTTPRouteHandler:
    """`<route>.bulk`: asks first, and does it when it was confirmed."""

    @post(f"{path}/bulk", name=f"{spec.route}.bulk", access=staff(spec.permission), status_code=200)
    async def act(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
        return await act_on_many(request, db, visitor, spec, find)

    return act


async def act_on_many(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    spec: StaffList,
    find: Find,
    *,
    options: Mapping[str, Options] | None = None,
) -> Page:
    """Ask about the rows chosen (`row`), or all of the view (`all`, with its `query`), then do it.

    The number asked about must still be the number found: else `ViewChanged`. Raises `Forbidden` for an action the
    role may not take, `NotFound` for one that is not there.
    """
    assert visitor.account is not None
    sent = {key: [str(one) for one in values] for key, values in (await request.form()).dict().items()}
    form = {key: values[-1] for key, values in sent.items()}
    action = next((one for one in spec.bulk if one.key == form.get("action")), None)
    if action is None:
        raise NotFound
    if not may(visitor.account.role, action.permission):
        raise Forbidden
    query = _query_of(request, spec, form.get("query", ""), options or {})
    chosen = [UUID(word) for word in dict.fromkeys(sent.get("row", ())) if is_id(word)]
    is_all = form.get("all") == "on"
    async with db.transaction(visitor.actor) as tx:
        if is_all:
            rows = await _all_of(tx, find, query, most=MOST_IN_BULK + 1)
            chosen = [getattr(row, spec.row_id) for row in rows]
    if len(chosen) > MOST_IN_BULK:
        raise TooManyRows
    back = query.address(_path(request, spec))
    if not chosen:
        answer = redirect(request, back)
        say(request, answer, _("Choose at least one row first."), "info")
        return answer
    errors: dict[str, str] = {}
    if form.get("confirmed") == "on":
        if form.get("count") != str(len(chosen)):
            raise ViewChanged
        try:
            done = await action.apply(db, visitor.actor, Chosen(tuple(chosen), new_id(), form))
        except Invalid as refused:
            errors = refused.fields
        else:
            answer = redirect(request, back)
            say(request, answer, done)
            return answer
    return page(
        request,
        "staff/bulk.html",
        status=422 if errors else 200,
        action=action,
        spec=spec,
        count=len(chosen),
        ids=[] if is_all else chosen,
        is_all=is_all,
        query=query,
        back=back,
        form=form,
        errors=errors,
        options=options or {},
        send_to=url_for(request, f"{spec.route}.bulk", **spec.params),
    )


async def _all_of(tx: Transaction, find: Find, query: Query, *, most: int) -> list[Any]:
    rows: list[Any] = []
    asked = msgspec.structs.replace(query.asked, limit=_AT_ONCE, is_counted=False, after=None, before=None)
    while len(rows) < most:
        found = await find(tx, asked)
        rows += found.rows
        if found.next is None:
            break
        asked = msgspec.structs.replace(asked, after=found.next)
    return rows[:most]


def _query(request: AnyRequest, spec: StaffList, options: Mapping[str, Options]) -> Query:
    shop = request.app.state.shell()
    return read_query(request, spec, zone=ZoneInfo(shop.time_zone), currency=shop.currency, options=options)


def _query_of(request: AnyRequest, spec: StaffList, text: str, options: Mapping[str, Options]) -> Query:
    shop = request.app.state.shell()
    pairs = parse_qsl(text[:4000])
    return query_from(pairs, spec, zone=ZoneInfo(shop.time_zone), currency=shop.currency, options=options)


def _path(request: AnyRequest, spec: StaffList) -> str:
    return url_for(request, spec.route, **spec.params)


def _is_bad_place(error: DBAPIError) -> bool:
    """A place typed by hand: a value that its column's type does not know (SQLSTATE class 22)."""
    return str(getattr(error.orig, "sqlstate", "")).startswith("22")
