"""The ledger: every change of every quantity on hand."""

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from app.routes.staff.stock.levels import warehouse_options
from app.routes.staff.stock.words import ALL_REASONS, REASONS
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page
from app.web.staff.cells import Link, Value
from app.web.staff.lists import Column, StaffList, choice, days, words
from app.web.staff.showing import csv_of, show_list
from app.web.visitors import Visitor
from domains import desk
from domains.inventory import Reason
from domains.kit import Database
from domains.kit.i18n import gettext as _

_PAGES = {
    "transfer": ("staff.stock.transfers.show", "transfer"),
    "purchase": ("staff.stock.purchases.show", "purchase"),
    "count": ("staff.stock.counts.show", "count"),
}


def about(row: desk.LedgerRow) -> Value:
    """What an entry belongs to, with the way to it."""
    if row.about is None:
        return row.movement.reference or None
    if row.about.kind == "order":
        return Link(row.about.label, "staff.orders.show", {"number": row.about.label})
    route, name = _PAGES[row.about.kind]
    return Link(row.about.label, route, {name: row.about.id})


LEDGER = StaffList(
    key="stock-ledger",
    title=_("Ledger"),
    route="staff.stock.ledger",
    permission="stock.see",
    export="exports.stock",
    search=_("SKU"),
    sort="-recorded_at",
    columns=(
        Column("recorded_at", _("When"), lambda row: row.movement.recorded_at, sort="recorded_at", down=True),
        Column("sku", _("SKU"), lambda row: Link(row.sku, "staff.stock.show", {"variant": row.movement.variant_id})),
        Column("name", _("Name"), phone=False),
        Column("warehouse", _("Warehouse"), phone=False),
        Column("quantity", _("Change"), lambda row: row.movement.quantity, number=True),
        Column("reason", _("Reason"), lambda row: REASONS[Reason(row.movement.reason)]),
        Column("about", _("Belongs to"), about),
        Column("note", _("Note"), lambda row: row.movement.note, phone=False),
        Column("by", _("By"), phone=False),
    ),
    filters=(
        choice("reason", _("Reason"), ALL_REASONS),
        choice("warehouse", _("Warehouse")),
        days("recorded_at", _("When")),
        words("reference", _("Reference")),
    ),
    empty=_("Nothing has moved"),
)


@get("/staff/stock/ledger", name="staff.stock.ledger", access=staff("stock.see"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await show_list(
        request,
        db,
        visitor,
        LEDGER,
        desk.find_movements,
        template="staff/stock/ledger.html",
        options=await warehouse_options(db, visitor),
    )


@get("/staff/stock/ledger.csv", name="staff.stock.ledger.csv", access=staff("exports.stock", fresh=True))
async def export(
    request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Response[bytes]:
    return await csv_of(request, db, visitor, LEDGER, desk.find_movements, options=await warehouse_options(db, visitor))


ROUTES = [show, export]
