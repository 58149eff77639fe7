"""What the stock is worth: over time, by warehouse and category, and of each product."""

from app.routes.staff.reports.asking import STEPS, Wanted, step_words
from app.routes.staff.reports.showing import Col, Report, Shown, Table, Tile, Told, chart_of, report_routes
from app.web.staff.cells import Link
from app.web.staff.lists import Column, StaffList, choice
from app.web.staff.showing import list_routes
from domains import desk
from domains.desk import StockValue
from domains.kit import Transaction
from domains.kit.i18n import gettext as _

_VALUES = (
    Col(_("On hand"), lambda row: row.on_hand, number=True),
    Col(_("Sold, not sent"), lambda row: row.allocated, number=True),
    Col(_("Without a cost"), lambda row: row.uncosted, number=True),
    Col(_("Worth"), lambda row: row.cost, number=True),
)


async def _stock(tx: Transaction, asked: Wanted, told: Told) -> Shown:
    found = await desk.stock_report(tx, asked.span, asked.step)
    step = STEPS[asked.step]

    def when(row: StockValue) -> str:
        return "" if row.day is None else step_words(asked.step.start(row.day), asked.step, told.locale)

    def category(row: StockValue) -> str:
        return row.label or _("No longer in the catalogue")

    over_time = Table(
        title=_("At the end of each {step}").format(step=step),
        columns=(Col(step.capitalize(), when, in_file=lambda row: row.day), *_VALUES),
        rows=found.over_time if told.is_whole else tuple(reversed(found.over_time)),
    )
    notes = [
        _("Worth is what the pieces on the shelf cost you, by the cost of each variant on that day."),
        _("Days are kept from the first day that was looked at; today is looked at every few minutes."),
    ]
    if found.total.uncosted:
        notes.append(_("Pieces without a cost count as worth nothing. “Stock by product” shows which they are."))
    return Shown(
        tables=(over_time,)
        if told.is_whole
        else (
            Table(
                title=_("By warehouse"),
                columns=(Col(_("Warehouse"), lambda row: row.label), *_VALUES),
                rows=found.warehouses,
                total=found.total,
            ),
            Table(
                title=_("By category"),
                columns=(Col(_("Category"), category), *_VALUES),
                rows=found.categories,
                total=found.total,
            ),
            over_time,
        ),
        tiles=(
            Tile(_("Worth"), found.total.cost),
            Tile(_("On hand"), found.total.on_hand),
            Tile(_("Sold, not sent"), found.total.allocated),
            Tile(_("Without a cost"), found.total.uncosted),
        ),
        chart=chart_of(
            [
                (step_words(row.day, asked.step, told.locale, short=True), row.cost)
                for row in found.over_time
                if row.day
            ],
            told,
            title=_("Worth at the end of each {step}").format(step=step),
            axis=step.capitalize(),
            measure=_("Worth"),
        ),
        notes=tuple(notes),
        is_empty=not found.warehouses,
        link=(_("Stock by product"), "staff.reports.stock.products"),
    )


PRODUCTS = StaffList(
    key="stock-values",
    title=_("Stock by product"),
    route="staff.reports.stock.products",
    permission="reports.stock",
    export="exports.stock",
    search=_("SKU"),
    sort="sku",
    columns=(
        Column(
            "sku",
            _("SKU"),
            lambda row: Link(row.sku, "staff.products.show", {"product_id": row.product_id}),
            sort="sku",
        ),
        Column("name", _("Product"), phone=False),
        Column("warehouse", _("Warehouse")),
        Column("on_hand", _("On hand"), number=True, phone=False),
        Column("allocated", _("Sold, not sent"), number=True, phone=False),
        Column("unit_cost", _("Cost"), number=True, phone=False),
        Column("cost", _("Worth"), number=True),
    ),
    filters=(choice("cost", _("Cost"), (("none", _("Without a cost")),)),),
    empty=_("Nothing on the shelves"),
    empty_hint=_("Import products, or receive a delivery."),
)

REPORT = Report(
    key="report-stock",
    title=_("Stock value"),
    tab="stock",
    path="/staff/reports/stock",
    route="staff.reports.stock",
    permission="reports.stock",
    export="exports.stock",
    make=_stock,
)
ROUTES = [*report_routes(REPORT), *list_routes(PRODUCTS, desk.find_stock_values, path="/staff/reports/stock/products")]
