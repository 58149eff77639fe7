"""A report as its page and its file show it: declared once, with both routes made of it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.response import Response

from app.routes.staff.reports.asking import STEPS, Wanted, usual_spans, wanted
from app.runtime.templates import money_text
from app.web.access import may, staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, url_for
from app.web.staff.cells import Value
from app.web.staff.charts import Chart, Point, Ranks, bar_chart, line_chart, steps
from app.web.staff.desk import address_of
from app.web.staff.showing import csv_file
from app.web.visitors import Visitor
from domains import desk, store
from domains.kit import Database, Money, Transaction
from domains.kit.i18n import gettext as _

_FEW = 12  # so many values stand side by side as bars; more are a line


class Told(msgspec.Struct, frozen=True):
    """In which words a report is told: the locale, and whether all its rows are wanted, for a file."""

    locale: str
    is_whole: bool = False

    def money(self, amount: Money) -> str:
        return money_text(amount, self.locale)


class Col(msgspec.Struct, frozen=True):
    """A column: what it shows of a row, and what a file has in its place; `sort` is the order it can be put into."""

    label: str
    value: Callable[[Any], Value]
    number: bool = False
    in_file: Callable[[Any], Value] | None = None
    sort: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """Rows under columns, and their sum. `count` is how many rows there are in all, if more than those."""

    title: str
    columns: tuple[Col, ...]
    rows: Sequence[Any]
    total: Any = None
    count: int = 0

    @property
    def cells(self) -> list[list[Value]]:
        return [[column.value(row) for column in self.columns] for row in self.rows]

    @property
    def sums(self) -> list[Value]:
        """The row of the sum, without what names a row."""
        if self.total is None:
            return []
        return [column.value(self.total) if column.number else "" for column in self.columns]


class Tile(msgspec.Struct, frozen=True):
    label: str
    value: Value
    before: str = ""


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What a report has to say. The first of `tables` is the one that becomes a file."""

    tables: tuple[Table, ...]
    tiles: tuple[Tile, ...] = ()
    chart: Chart | None = None
    ranks: Ranks | None = None
    notes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    is_empty: bool = False
    link: tuple[str, str] | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report: its route, who may see it and who may take it as a file, and what makes it."""

    key: str
    title: str
    tab: str
    path: str
    route: str
    permission: str
    export: str
    make: Callable[[Transaction, Wanted, Told], Awaitable[Shown]]
    has_steps: bool = True


class Tab(msgspec.Struct, frozen=True):
    label: str
    href: str
    is_here: bool


# Every page of the reports, in the order of its tabs: label, route, permission.
TABS: list[tuple[str, str, str]] = [
    (_("Sales"), "staff.reports", "reports.sales"),
    (_("Products"), "staff.reports.products", "reports.sales"),
    (_("Categories"), "staff.reports.categories", "reports.sales"),
    (_("Countries"), "staff.reports.countries", "reports.sales"),
    (_("Tax"), "staff.reports.tax", "reports.see"),
    (_("Payments"), "staff.reports.payments", "reports.see"),
    (_("Stock"), "staff.reports.stock", "reports.stock"),
    (_("Reconciliation"), "staff.reports.reconciliation", "reports.see"),
]


def tabs(request: AnyRequest, role: str | None, here: str, asked: Wanted | None = None) -> list[Tab]:
    """The reports this role may see; they keep the span that is looked at."""
    found = []
    for label, route, permission in TABS:
        href = address_of(request, route)
        if href is not None and may(role, permission):
            if asked is not None and route != "staff.reports.reconciliation":
                href = asked.address(href, sort="")
            found.append(Tab(label, href, route == here))
    return found


def report_routes(report: Report) -> list[HTTPRouteHandler]:
    """The page of a report at its path, and its file beside it."""

    @get(report.path, name=report.route, access=staff(report.permission))
    async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
        return await _show(request, db, visitor, report)

    @get(f"{report.path}.csv", name=f"{report.route}.csv", access=staff(report.export, fresh=True))
    async def export(
        request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]
    ) -> Response[bytes]:
        return await _file(request, db, visitor, report)

    return [show, export]


async def _show(request: AnyRequest, db: Database, visitor: Visitor, report: Report) -> Page:
    shell = request.app.state.shell()
    async with db.transaction(visitor.actor, snapshot=True) as tx:
        today = await store.today(tx)
        asked = wanted(request, today)
        shown = await report.make(tx, asked, Told(shell.locale))
    path, role = url_for(request, report.route), visitor.actor.role
    return page(
        request,
        "staff/reports/show.html",
        report=report,
        shown=shown,
        asked=asked,
        path=path,
        tabs=tabs(request, role, report.route, asked),
        presets=_presets(asked, today, path, has_steps=report.has_steps),
        steps=list(STEPS.items()) if report.has_steps else [],
        zone=shell.time_zone,
        csv=asked.address(url_for(request, f"{report.route}.csv")) if may(role, report.export) else "",
    )


async def _file(request: AnyRequest, db: Database, visitor: Visitor, report: Report) -> Response[bytes]:
    shell = request.app.state.shell()
    async with db.transaction(visitor.actor, snapshot=True) as tx:
        asked = wanted(request, await store.today(tx))
        table = (await report.make(tx, asked, Told(shell.locale, is_whole=True))).tables[0]
        await desk.exported(tx, report.key, request.url.query, len(table.rows))
    return csv_file(
        f"{report.key}-{asked.span.first}-{asked.span.last}",
        [column.label for column in table.columns],
        ([(column.in_file or column.value)(row) for column in table.columns] for row in table.rows),
        ZoneInfo(shell.time_zone),
    )


def _presets(asked: Wanted, today: date, path: str, *, has_steps: bool) -> list[tuple[str, str, bool]]:
    return [
        (
            label,
            asked.address(path, **{"from": str(first), "to": str(last), "by": str(step) if has_steps else ""}),
            (first, last) == (asked.span.first, asked.span.last),
        )
        for label, first, last, step in usual_spans(today)
    ]


def chart_of(points: Sequence[tuple[str, Money]], told: Told, *, title: str, axis: str, measure: str) -> Chart | None:
    """Amounts over time: a few as bars, more as a line; one alone needs no drawing."""
    if len(points) < 2:
        return None
    currency = points[0][1].currency
    greatest = max(amount.amount for _label, amount in points)
    draw = bar_chart if len(points) <= _FEW else line_chart
    return draw(
        [Point(label, amount.amount, told.money(amount)) for label, amount in points],
        title=title,
        axis=axis,
        measure=measure,
        scale=[(amount, told.money(Money(int(amount), currency))) for amount in steps(greatest)],
    )
