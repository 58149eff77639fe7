"""What lies where: the list, and quantities changed for many rows at once."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Response

from app.routes.staff.stock.words import TO_CHOOSE
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page
from app.web.staff.cells import Link, State
from app.web.staff.lists import Bulk, Chosen, Column, Options, StaffList, choice
from app.web.staff.showing import act_on_many, csv_of, show_list
from app.web.visitors import Visitor
from domains import desk, inventory
from domains.inventory import Reason
from domains.kit import Actor, Database, Invalid
from domains.kit.i18n import gettext as _


async def _adjust(db: Database, actor: Actor, chosen: Chosen) -> str:
    """Change the quantity on hand of every chosen row: by so many, or to so many."""
    try:
        number = int(chosen.form.get("number", ""))
        reason = Reason(chosen.form.get("reason", ""))
    except ValueError:
        raise Invalid({"number": _("Enter a whole number, and choose a reason.")}) from None
    is_set = chosen.form.get("how") == "set"
    note = chosen.form.get("note", "").strip()
    if (is_set and number < 0) or len(note) > 200 or str(reason) not in dict(TO_CHOOSE):
        raise Invalid({"number": _("Enter a whole number, and choose a reason.")})
    async with db.transaction(actor) as tx:
        rows = await desk.levels_of(tx, chosen.ids)
        changes = {
            (row.variant_id, row.warehouse_id): change
            for row in rows
            if (change := number - row.on_hand if is_set else number)
        }
        try:
            if changes:
                await inventory.adjust_all(tx, changes, reason=reason, note=note)
        except inventory.StockIsReserved as refused:
            sku = next(row.sku for row in rows if row.variant_id == refused.variant_id)
            raise Invalid({"number": f"{sku}: {refused.title} {refused.hint}"}) from refused
    return _("{count} quantities are changed.").format(count=len(changes))


async def _warn_below(db: Database, actor: Actor, chosen: Chosen) -> str:
    try:
        threshold = int(chosen.form.get("threshold", ""))
    except ValueError:
        raise Invalid({"threshold": _("Enter a whole number from 0.")}) from None
    async with db.transaction(actor) as tx:
        for row in await desk.levels_of(tx, chosen.ids):
            await inventory.arrange(
                tx, variant_id=row.variant_id, warehouse_id=row.warehouse_id, reorder_threshold=threshold
            )
    return _("You are warned below {threshold} from now on.").format(threshold=threshold)


def _state(row: desk.LevelRow) -> State:
    if row.backordered:
        return State(_("Owed"), "bad")
    if row.available <= 0:
        return State(_("Out"), "bad")
    return State(_("Low"), "wait") if row.is_low else State(_("Enough"), "good")


LEVELS = StaffList(
    key="stock",
    title=_("Stock"),
    route="staff.stock",
    permission="stock.see",
    export="exports.stock",
    search=_("SKU, barcode or name"),
    sort="sku",
    columns=(
        Column("sku", _("SKU"), lambda row: Link(row.sku, "staff.stock.show", {"variant": row.variant_id}), sort="sku"),
        Column("name", _("Name"), lambda row: f"{row.name}, {row.options}" if row.options else row.name, phone=False),
        Column("warehouse", _("Warehouse")),
        Column("state", _("State"), _state),
        Column(
            "on_hand",
            _("On hand"),
            lambda row: Link(str(row.on_hand), "staff.stock.show", {"variant": row.variant_id}),
            number=True,
        ),
        Column("reserved", _("Held"), number=True, phone=False),
        Column("available", _("Available"), number=True),
        Column("allocated", _("Allocated"), number=True, phone=False),
        Column("incoming", _("Incoming"), lambda row: row.incoming.all, number=True, phone=False),
        Column("expected_on", _("Expected"), lambda row: row.incoming.expected_on, shown=False),
        Column("backordered", _("Owed"), number=True, phone=False),
        Column("reorder_threshold", _("Warn below"), number=True, shown=False),
        Column("place", _("Place"), sort="place", phone=False),
    ),
    filters=(
        choice("warehouse", _("Warehouse")),
        choice("state", _("State"), [("low", _("Low")), ("out", _("Out")), ("backordered", _("Owed to customers"))]),
    ),
    bulk=(
        Bulk(
            key="adjust",
            label=_("Change quantities"),
            permission="stock.do",
            question=_("Change the quantity on hand of {count} rows?"),
            apply=_adjust,
            fields="staff/stock/_adjust_fields.html",
        ),
        Bulk(
            key="warn",
            label=_("Warn below"),
            permission="stock.do",
            question=_("From which quantity on shall {count} rows count as low?"),
            apply=_warn_below,
            fields="staff/stock/_warn_fields.html",
        ),
    ),
    empty=_("Nothing on the shelves"),
    empty_hint=_("Import products, or receive a purchase order."),
)


async def warehouse_options(db: Database, visitor: Visitor) -> dict[str, Options]:
    async with db.transaction(visitor.actor) as tx:
        houses = [(str(house.id), house.name) for house in await inventory.warehouses(tx)]
    return {"warehouse": houses}


@get("/staff/stock", name="staff.stock", access=staff("stock.see"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    options = await warehouse_options(db, visitor)
    return await show_list(
        request, db, visitor, LEVELS, desk.find_levels, template="staff/stock/levels.html", options=options
    )


@get("/staff/stock.csv", name="staff.stock.csv", access=staff("exports.stock", fresh=True))
async def export(
    request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Response[bytes]:
    return await csv_of(request, db, visitor, LEVELS, desk.find_levels, options=await warehouse_options(db, visitor))


@post("/staff/stock/bulk", name="staff.stock.bulk", access=staff("stock.do"), status_code=200)
async def change_many(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await act_on_many(
        request, db, visitor, LEVELS, desk.find_levels, options=await warehouse_options(db, visitor)
    )


ROUTES = [show, export, change_many]
