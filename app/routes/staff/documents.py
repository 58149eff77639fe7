"""Papers of an order for staff: its invoice and credit notes, and what goes with the goods."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Response

from app.runtime.documents import DocumentPrinter, Sheet
from app.web.access import staff
from app.web.papers import as_pdf
from app.web.visitors import Visitor
from domains import audit, fulfilment, inventory, invoicing, orders, store
from domains.catalog import Storage
from domains.fulfilment import ShipmentStatus, ShipmentView
from domains.invoicing import DocumentNotFound, Printed, Seller
from domains.kit import Database, Transaction
from domains.kit.i18n import gettext as _
from domains.orders import OrderView

_BOX = "[ ]"


@get("/staff/orders/{number:str}/invoice.pdf", name="staff.orders.invoice", access=staff("orders.see"))
async def invoice(
    number: FromPath[str],
    db: NamedDependency[Database],
    papers: NamedDependency[Storage],
    printer: NamedDependency[DocumentPrinter],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
        if order.confirmed_at is None:
            raise DocumentNotFound
        found = await invoicing.issue(tx, order.id)
        await audit.seen(tx, ("order", str(order.id)), "invoice", label=order.number)
    return as_pdf(await invoicing.flows.pdf(db, papers, printer, visitor.actor, found.id))


@get("/staff/orders/{number:str}/documents/{label:str}", name="staff.orders.document", access=staff("orders.see"))
async def document(
    number: FromPath[str],
    label: FromPath[str],
    db: NamedDependency[Database],
    papers: NamedDependency[Storage],
    printer: NamedDependency[DocumentPrinter],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    async with db.transaction(visitor.actor) as tx:
        order_id = await orders.id_of(tx, number)
        found = await invoicing.by_label(tx, order_id, label.removesuffix(".pdf"))
        await audit.seen(tx, ("order", str(order_id)), "document", label=number)
    return as_pdf(await invoicing.flows.pdf(db, papers, printer, visitor.actor, found.id))


@get("/staff/orders/{number:str}/packing-slip.pdf", name="staff.orders.packing", access=staff("orders.see"))
async def packing_slip(
    number: FromPath[str],
    db: NamedDependency[Database],
    printer: NamedDependency[DocumentPrinter],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    """A page for each shipment that goes out: what lies in it, and no prices."""
    async with db.transaction(visitor.actor) as tx:
        order, shipments = await _to_send(tx, number)
        seller, today = await _seller(tx), await store.today(tx)
        await audit.seen(tx, ("order", str(order.id)), "packing slip", label=order.number)
    sheets = [_slip(order, shipment) for shipment in shipments]
    title = _("Packing slip {number}").format(number=order.number)
    return as_pdf(Printed(f"packing-{order.number}.pdf", await printer.sheets(seller, title, sheets, today)))


@get("/staff/orders/{number:str}/picking-list.pdf", name="staff.orders.picking", access=staff("fulfilment.see"))
async def picking_list(
    number: FromPath[str],
    db: NamedDependency[Database],
    printer: NamedDependency[DocumentPrinter],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    """A page for each shipment: what to fetch from which warehouse, in the order of SKUs, with boxes to tick."""
    async with db.transaction(visitor.actor) as tx:
        order, shipments = await _to_send(tx, number)
        seller, today = await _seller(tx), await store.today(tx)
        warehouses: dict[UUID, str] = {each.id: each.name for each in await inventory.warehouses(tx)}
    sheets = [_list(order, shipment, warehouses.get(shipment.warehouse_id, "")) for shipment in shipments]
    title = _("Picking list {number}").format(number=order.number)
    return as_pdf(Printed(f"picking-{order.number}.pdf", await printer.sheets(seller, title, sheets, today)))


async def _to_send(tx: Transaction, number: str) -> tuple[OrderView, list[ShipmentView]]:
    order = await orders.by_number(tx, number)
    found = await fulfilment.of_order(tx, order.id)
    shipments = [each for each in found if each.status is not ShipmentStatus.CALLED_OFF]
    if not shipments:
        raise DocumentNotFound
    return order, shipments


async def _seller(tx: Transaction) -> Seller:
    shop = await store.shop(tx)
    return Seller(shop.name, shop.legal_name, shop.address, shop.country, shop.reply_email or shop.alerts_email)


def _slip(order: OrderView, shipment: ShipmentView) -> Sheet:
    return Sheet(
        title=_("Packing slip"),
        facts=_facts(order, shipment),
        address=tuple(order.shipping_address.lines()),
        columns=(_("Item"), _("Quantity")),
        widths=("fill", "count"),
        rows=tuple(((line.name, _quiet(line)), str(line.quantity)) for line in shipment.lines),
        notes=(_("Something missing or broken? Answer the mail that confirmed your order."),),
    )


def _list(order: OrderView, shipment: ShipmentView, warehouse: str) -> Sheet:
    lines = sorted(shipment.lines, key=lambda line: line.sku)
    return Sheet(
        title=_("Picking list"),
        facts=(*_facts(order, shipment), (_("Warehouse"), warehouse)),
        columns=("", _("SKU"), _("Item"), _("Quantity")),
        widths=("auto", "auto", "fill", "count"),
        rows=tuple((_BOX, line.sku, (line.name, line.options), str(line.quantity)) for line in lines),
    )


def _facts(order: OrderView, shipment: ShipmentView) -> tuple[tuple[str, str], ...]:
    return ((_("Order"), order.number), (_("Shipment"), shipment.number), (_("Delivery"), shipment.method))


def _quiet(line: Any) -> str:
    return " · ".join(filter(None, (line.options, line.sku)))


ROUTES = [invoice, document, packing_slip, picking_list]
