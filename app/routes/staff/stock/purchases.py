"""Purchase orders: planned, ordered of a supplier, received in parts, closed."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.stock.doing import do
from app.routes.staff.stock.levels import warehouse_options
from app.routes.staff.stock.lines import Sent, kept, sent_form, typed_lines
from app.routes.staff.stock.transfers import arrivals
from app.routes.staff.stock.words import PURCHASES, said_of
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.staff.lists import Column, StaffList, choice
from app.web.staff.showing import show_list
from app.web.visitors import Visitor
from domains import catalog, inventory
from domains.inventory import PurchaseTerms
from domains.kit import Database, Invalid, Transaction
from domains.kit.i18n import gettext as _


def _state(row: inventory.PurchaseView) -> State:
    return State(_("Late"), "bad") if row.is_late else PURCHASES[row.status]


PURCHASE_LIST = StaffList(
    key="purchases",
    title=_("Purchase orders"),
    route="staff.stock.purchases",
    permission="stock.see",
    search=_("Number, supplier or reference"),
    sort="-number",
    columns=(
        Column(
            "code",
            _("Purchase order"),
            lambda row: Link(row.code, "staff.stock.purchases.show", {"purchase": row.id}),
            sort="number",
            down=True,
        ),
        Column("supplier", _("Supplier"), sort="supplier"),
        Column("status", _("State"), _state),
        Column("expected_on", _("Expected"), sort="expected_on"),
        Column("pieces", _("Pieces"), number=True),
        Column("received", _("Received"), number=True),
        Column("warehouse", _("Warehouse"), phone=False),
        Column("supplier_reference", _("Their number"), shown=False),
        Column("note", _("Note"), shown=False),
    ),
    filters=(choice("status", _("State"), said_of(PURCHASES)), choice("warehouse", _("Warehouse"))),
    empty=_("No purchase orders"),
    empty_hint=_("What is ordered of suppliers is counted as incoming, and its day is told to those who wait for it."),
)
_FIELDS = ("supplier", "supplier_reference", "warehouse", "expected_on", "note", "add")


@get("/staff/stock/purchases", name="staff.stock.purchases", access=staff("stock.see"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await show_list(
        request,
        db,
        visitor,
        PURCHASE_LIST,
        inventory.purchase_slice,
        template="staff/stock/purchases.html",
        options=await warehouse_options(db, visitor),
    )


@get("/staff/stock/purchases/new", name="staff.stock.purchases.new", access=staff("stock.do"))
async def show_new(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _new_page(request, db, visitor, {})


@post("/staff/stock/purchases/new", name="staff.stock.purchases.draft", access=staff("stock.do"))
async def draft(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    sent = await sent_form(request)
    try:
        async with db.transaction(visitor.actor) as tx:
            made = await inventory.draft_purchase(tx, _terms(sent), await typed_lines(tx, sent.text("add")))
    except Invalid as refused:
        return await _new_page(request, db, visitor, kept(sent, _FIELDS), status=422, errors=refused.fields)
    return redirect(request, url_for(request, "staff.stock.purchases.show", purchase=made))


@get("/staff/stock/purchases/{purchase:uuid}", name="staff.stock.purchases.show", access=staff("stock.see"))
async def show(
    request: AnyRequest, purchase: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _page(request, db, visitor, purchase)


@post("/staff/stock/purchases/{purchase:uuid}", name="staff.stock.purchases.change", access=staff("stock.do"))
async def change(
    request: AnyRequest, purchase: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = await sent_form(request)
    try:
        async with db.transaction(visitor.actor) as tx:
            lines = {variant: number for variant, number in sent.numbers("quantity").items() if number}
            for variant_id, quantity in (await typed_lines(tx, sent.text("add"))).items():
                lines[variant_id] = lines.get(variant_id, 0) + quantity
            await inventory.change_purchase(tx, purchase, _terms(sent), lines)
    except Invalid as refused:
        return await _page(request, db, visitor, purchase, status=422, errors=refused.fields, sent=sent)
    answer = redirect(request, url_for(request, "staff.stock.purchases.show", purchase=purchase))
    say(request, answer, _("Saved."))
    return answer


@post("/staff/stock/purchases/{purchase:uuid}/ordering", name="staff.stock.purchases.order", access=staff("stock.do"))
async def order(
    request: AnyRequest, purchase: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async def act(tx: Transaction) -> str:
        await inventory.order_purchase(tx, purchase)
        return _("It counts as incoming from now on.")

    return await do(request, db, visitor, act, "staff.stock.purchases.show", purchase=purchase)


@post("/staff/stock/purchases/{purchase:uuid}/receipt", name="staff.stock.purchases.receive", access=staff("stock.do"))
async def receive(
    request: AnyRequest, purchase: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = await sent_form(request)

    async def act(tx: Transaction) -> str:
        is_done = await inventory.receive_purchase(tx, purchase, arrivals(sent))
        return _("All of it has come; the order is closed.") if is_done else _("Put down. The rest is still expected.")

    return await do(request, db, visitor, act, "staff.stock.purchases.show", purchase=purchase)


@post("/staff/stock/purchases/{purchase:uuid}/closing", name="staff.stock.purchases.close", access=staff("stock.do"))
async def close(
    request: AnyRequest, purchase: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async def act(tx: Transaction) -> str:
        found = await inventory.purchase(tx, purchase)
        if found.status == inventory.PurchaseStatus.DRAFT:
            await inventory.cancel_purchase(tx, purchase)
            return _("The draft is dropped.")
        await inventory.close_purchase(tx, purchase)
        return _("No more of it is expected.")

    return await do(request, db, visitor, act, "staff.stock.purchases.show", purchase=purchase)


def _terms(sent: Sent) -> PurchaseTerms:
    return PurchaseTerms(
        supplier=sent.text("supplier"),
        supplier_reference=sent.text("supplier_reference"),
        warehouse_id=sent.id("warehouse"),
        expected_on=sent.day("expected_on"),
        note=sent.text("note"),
    )


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
        suppliers = await inventory.suppliers(tx)
    return page(
        request,
        "staff/stock/purchase_new.html",
        status=status,
        form=form,
        suppliers=suppliers,
        houses=(await warehouse_options(db, visitor))["warehouse"],
        errors=errors or {},
    )


async def _page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    purchase_id: UUID,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
    sent: Sent | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await inventory.purchase(tx, purchase_id)
        named = await catalog.variants(tx, [line.variant_id for line in found.lines])
        suppliers = await inventory.suppliers(tx)
    return page(
        request,
        "staff/stock/purchase.html",
        status=status,
        purchase=found,
        state=_state(found),
        lines=[(line, named[line.variant_id]) for line in found.lines],
        suppliers=suppliers,
        houses=(await warehouse_options(db, visitor))["warehouse"],
        form=sent.fields
        if sent is not None
        else {
            "supplier": found.supplier,
            "supplier_reference": found.supplier_reference,
            "warehouse": str(found.warehouse_id),
            "expected_on": found.expected_on.isoformat() if found.expected_on else "",
            "note": found.note,
        },
        errors=errors or {},
        sent=sent.fields if sent is not None else {},
    )


ROUTES = [show_all, show_new, draft, show, change, order, receive, close]
