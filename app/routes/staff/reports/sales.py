"""Sales over time, by product, category and country."""

from babel import Locale

from app.routes.staff.reports.asking import STEPS, Wanted, step_words
from app.routes.staff.reports.showing import Col, Report, Shown, Table, Tile, Told, chart_of, report_routes
from app.web.staff.cells import Link, Noted, Value
from app.web.staff.charts import Point, Ranks, rank_chart
from domains import desk
from domains.desk import Figures, SalesRow
from domains.kit import Money, Transaction
from domains.kit.i18n import gettext as _
from domains.kit.money import divide_half_up

_DAYS = _("An order counts on the day it was paid, also if it was cancelled later. A refund counts on the day it went.")
_OF_LINES = _(
    "What was paid for a product is its price less its discount, with its tax. Delivery, and refunds of nothing named,"
    " stand in a line of their own, so that the sum is that of all sales."
)


def _amounts(*, has_delivery: bool) -> tuple[Col, ...]:
    columns = [
        Col(_("Goods"), lambda row: row.goods, number=True),
        Col(_("Discounts"), lambda row: row.discounts, number=True),
        Col(_("Delivery"), lambda row: row.delivery, number=True),
        Col(_("Tax"), lambda row: row.tax, number=True),
        Col(_("Paid"), lambda row: row.total, number=True, sort="total"),
        Col(_("Refunds"), lambda row: row.refunds, number=True, sort="refunds"),
        Col(_("Left"), lambda row: row.net, number=True),
    ]
    return tuple(column for column in columns if has_delivery or column.label != _("Delivery"))


_ORDERS = Col(_("Orders"), lambda row: row.orders, number=True)
_UNITS = (
    Col(_("Sold"), lambda row: row.units, number=True, sort="units"),
    Col(_("Came back"), lambda row: row.returned, number=True),
)


def _tiles(found: Figures[SalesRow], told: Told, *, has_orders: bool) -> tuple[Tile, ...]:
    total = found.total
    tiles = [Tile(_("Paid"), total.total), Tile(_("Refunds"), total.refunds), Tile(_("Left"), total.net)]
    if has_orders:
        each = Money(divide_half_up(total.total.amount, total.orders or 1), total.total.currency)
        tiles.insert(0, Tile(_("Orders"), total.orders, _("{amount} each").format(amount=told.money(each))))
    tiles.append(Tile(_("Tax"), total.tax))
    return tuple(tiles)


def _tax_words(total: SalesRow) -> str:
    if not total.tax.amount:
        return ""
    if total.tax_inside == total.tax:
        return _("Tax is contained in goods and delivery.")
    if not total.tax_inside.amount:
        return _("Tax comes on top of goods and delivery.")
    return _("Some of these prices contain tax, and others had it on top: “Paid” is what was paid.")


def _is_empty(found: Figures[SalesRow]) -> bool:
    return not any((found.total.orders, found.total.units, found.total.total.amount, found.total.refunds.amount))


async def _over_time(tx: Transaction, asked: Wanted, told: Told) -> Shown:
    found = await desk.sales_over_time(tx, asked.span, asked.step)

    def when(row: SalesRow) -> str:
        return "" if row.day is None else step_words(row.day, asked.step, told.locale)

    return Shown(
        tables=(
            Table(
                title=_("Sales by {step}").format(step=STEPS[asked.step]),
                columns=(
                    Col(STEPS[asked.step].capitalize(), when, in_file=lambda row: row.day),
                    _ORDERS,
                    *_amounts(has_delivery=True),
                ),
                rows=found.rows if told.is_whole else tuple(reversed(found.rows)),
                total=found.total,
            ),
        ),
        tiles=_tiles(found, told, has_orders=True),
        chart=chart_of(
            [(step_words(row.day, asked.step, told.locale, short=True), row.total) for row in found.rows if row.day],
            told,
            title=_("Paid by {step}").format(step=STEPS[asked.step]),
            axis=STEPS[asked.step].capitalize(),
            measure=_("Paid"),
        ),
        notes=tuple(note for note in (_DAYS, _tax_words(found.total)) if note),
        others=found.others,
        is_empty=_is_empty(found),
    )


async def _by_country(tx: Transaction, asked: Wanted, told: Told) -> Shown:
    found = await desk.sales_by_country(tx, asked.span)
    names = Locale.parse(told.locale).territories

    def country(row: SalesRow) -> str:
        return str(names.get(row.key, row.key)) if row.key else _("Nowhere: files only")

    return Shown(
        tables=(
            Table(
                title=_("Sales by country"),
                columns=(
                    Col(_("Country"), country, in_file=lambda row: row.key),
                    _ORDERS,
                    *_amounts(has_delivery=True),
                ),
                rows=found.rows,
                total=found.total,
            ),
        ),
        tiles=_tiles(found, told, has_orders=True),
        ranks=_ranks([(country(row), row) for row in found.rows], told, _("Paid by country"), _("Country")),
        notes=tuple(
            note for note in (_("The country is where the order was sent."), _DAYS, _tax_words(found.total)) if note
        ),
        others=found.others,
        is_empty=_is_empty(found),
    )


async def _by_category(tx: Transaction, asked: Wanted, told: Told) -> Shown:
    found = await desk.sales_by_category(tx, asked.span)

    def category(row: SalesRow) -> Value:
        if row.label:
            return Link(row.label, "staff.categories.show", {"category_id": row.key})
        return _("No longer in the catalogue") if row.key else _("Delivery, and refunds of no product")

    return Shown(
        tables=(
            Table(
                title=_("Sales by category"),
                columns=(Col(_("Category"), category), *_UNITS, *_amounts(has_delivery=False)),
                rows=found.rows,
                total=found.total,
            ),
        ),
        tiles=_tiles(found, told, has_orders=False),
        ranks=_ranks(
            [(_text(category(row)), row) for row in found.rows if row.key], told, _("Paid by category"), _("Category")
        ),
        notes=(_("Each product counts in the category in which it stands today."), _OF_LINES, _DAYS),
        others=found.others,
        is_empty=_is_empty(found),
    )


async def _by_product(tx: Transaction, asked: Wanted, told: Told) -> Shown:
    found = await desk.sales_by_product(
        tx,
        asked.span,
        sort=asked.sort,
        limit=None if told.is_whole else desk.MOST_PRODUCTS,
        offset=0 if told.is_whole else (asked.page - 1) * desk.MOST_PRODUCTS,
    )

    def product(row: SalesRow) -> Value:
        if not row.key:
            return _("Delivery, and refunds of no product")
        return Link(row.label, "staff.products.show", {"product_id": row.key}, row.note)

    columns = (Col(_("Product"), product, sort="name"), *_UNITS, *_amounts(has_delivery=False))
    if told.is_whole:
        columns = (columns[0], Col(_("SKU"), lambda row: row.note), *columns[1:])
    by_total = asked.sort in ("", "total") and asked.page == 1
    return Shown(
        tables=(
            Table(title=_("Sales by product"), columns=columns, rows=found.rows, total=found.total, count=found.count),
        ),
        tiles=_tiles(found, told, has_orders=False),
        ranks=_ranks([(row.label, row) for row in found.rows if row.key], told, _("Paid by product"), _("Product"))
        if by_total
        else None,
        notes=(_OF_LINES, _DAYS),
        others=found.others,
        is_empty=_is_empty(found),
    )


def _ranks(rows: list[tuple[str, SalesRow]], told: Told, title: str, axis: str) -> Ranks | None:
    if len(rows) < 2:
        return None
    points = [Point(label, row.total.amount, told.money(row.total)) for label, row in rows]
    return rank_chart(points, title=title, axis=axis, measure=_("Paid"))


def _text(value: Value) -> str:
    return value.text if isinstance(value, Link | Noted) else str(value)


def _report(key: str, title: str, tail: str, make: object, *, has_steps: bool = False) -> Report:
    return Report(
        key=f"report-{key}",
        title=title,
        tab=key,
        path=f"/staff/reports{tail.replace('.', '/')}",
        route=f"staff.reports{tail}",
        permission="reports.sales",
        export="exports.sales",
        make=make,  # type: ignore[arg-type]
        has_steps=has_steps,
    )


REPORTS = (
    _report("sales", _("Sales"), "", _over_time, has_steps=True),
    _report("products", _("Sales by product"), ".products", _by_product),
    _report("categories", _("Sales by category"), ".categories", _by_category),
    _report("countries", _("Sales by country"), ".countries", _by_country),
)
ROUTES = [route for report in REPORTS for route in report_routes(report)]
