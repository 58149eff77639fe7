"""Transfers between warehouses: planned, sent, received in parts."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.stock.doing import do
from app.routes.staff.stock.levels import warehouse_options
from app.routes.staff.stock.lines import Sent, kept, sent_form, typed_lines
from app.routes.staff.stock.words import TRANSFERS, said_of
from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link
from app.web.staff.desk import say
from app.web.staff.lists import Column, StaffList, choice
from app.web.staff.showing import show_list
from app.web.visitors import Visitor
from domains import catalog, inventory
from domains.inventory import Arrived
from domains.kit import Database, Invalid, Transaction
from domains.kit.i18n import gettext as _

TRANSFER_LIST = StaffList(
    key="transfers",
    title=_("Transfers"),
    route="staff.stock.transfers",
    permission="stock.see",
    search=_("Number or note"),
    sort="-number",
    columns=(
        Column(
            "code",
            _("Transfer"),
            lambda row: Link(row.code, "staff.stock.transfers.show", {"transfer": row.id}),
            sort="number",
            down=True,
        ),
        Column("status", _("State"), lambda row: TRANSFERS[row.status]),
        Column("source", _("From")),
        Column("destination", _("To")),
        Column("pieces", _("Pieces"), number=True),
        Column("left", _("On their way"), lambda row: row.left if row.status == "sent" else 0, number=True),
        Column("expected_on", _("Expected"), phone=False),
        Column("note", _("Note"), phone=False),
    ),
    filters=(choice("status", _("State"), said_of(TRANSFERS)), choice("warehouse", _("Warehouse"))),
    empty=_("No transfers"),
    empty_hint=_("A transfer takes stock from one warehouse to another, and counts it while it travels."),
)
_FIELDS = ("source", "destination", "expected_on", "note", "add")


@get("/staff/stock/transfers", name="staff.stock.transfers", access=staff("stock.see"))
async def show_all(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await show_list(
        request,
        db,
        visitor,
        TRANSFER_LIST,
        inventory.transfer_slice,
        template="staff/stock/transfers.html",
        options=await warehouse_options(db, visitor),
    )


@get("/staff/stock/transfers/new", name="staff.stock.transfers.new", access=staff("stock.do"))
async def show_new(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await _new_page(request, db, visitor, {})


@post("/staff/stock/transfers/new", name="staff.stock.transfers.draft", access=staff("stock.do"))
async def draft(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    sent = await sent_form(request)
    try:
        async with db.transaction(visitor.actor) as tx:
            made = await inventory.draft_transfer(
                tx,
                source_id=sent.id("source"),
                destination_id=sent.id("destination"),
                lines=await typed_lines(tx, sent.text("add")),
                expected_on=sent.day("expected_on"),
                note=sent.text("note"),
            )
    except Invalid as refused:
        fields = {name.removesuffix("_id"): why for name, why in refused.fields.items()}
        return await _new_page(request, db, visitor, kept(sent, _FIELDS), status=422, errors=fields)
    return redirect(request, url_for(request, "staff.stock.transfers.show", transfer=made))


@get("/staff/stock/transfers/{transfer:uuid}", name="staff.stock.transfers.show", access=staff("stock.see"))
async def show(
    request: AnyRequest, transfer: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _page(request, db, visitor, transfer)


@post("/staff/stock/transfers/{transfer:uuid}", name="staff.stock.transfers.change", access=staff("stock.do"))
async def change(
    request: AnyRequest, transfer: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = await sent_form(request)
    try:
        async with db.transaction(visitor.actor) as tx:
            lines = {variant: number for variant, number in sent.numbers("quantity").items() if number}
            for variant_id, quantity in (await typed_lines(tx, sent.text("add"))).items():
                lines[variant_id] = lines.get(variant_id, 0) + quantity
            await inventory.change_transfer(
                tx, transfer, lines=lines, expected_on=sent.day("expected_on"), note=sent.text("note")
            )
    except Invalid as refused:
        return await _page(request, db, visitor, transfer, status=422, errors=refused.fields, sent=sent)
    answer = redirect(request, url_for(request, "staff.stock.transfers.show", transfer=transfer))
    say(request, answer, _("Saved."))
    return answer


@post("/staff/stock/transfers/{transfer:uuid}/sending", name="staff.stock.transfers.send", access=staff("stock.do"))
async def send(
    request: AnyRequest, transfer: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async def act(tx: Transaction) -> str:
        await inventory.send_transfer(tx, transfer)
        return _("It is on its way.")

    return await do(request, db, visitor, act, "staff.stock.transfers.show", transfer=transfer)


@post("/staff/stock/transfers/{transfer:uuid}/receipt", name="staff.stock.transfers.receive", access=staff("stock.do"))
async def receive(
    request: AnyRequest, transfer: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    sent = await sent_form(request)

    async def act(tx: Transaction) -> str:
        is_done = await inventory.receive_transfer(tx, transfer, arrivals(sent))
        return _("All of it has arrived.") if is_done else _("Put down. The rest is still on its way.")

    return await do(request, db, visitor, act, "staff.stock.transfers.show", transfer=transfer)


@post("/staff/stock/transfers/{transfer:uuid}/cancellation", name="staff.stock.transfers.cancel",
      access=staff("stock.do"))  # fmt: skip
async def cancel(
    request: AnyRequest, transfer: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async def act(tx: Transaction) -> str:
        await inventory.cancel_transfer(tx, transfer)
        return _("The draft is dropped.")

    return await do(request, db, visitor, act, "staff.stock.transfers.show", transfer=transfer)


def arrivals(sent: Sent) -> dict[UUID, Arrived]:
    """What a form says has come, with what its page showed as come before. Raises `Invalid`."""
    received, returned, lost = sent.numbers("received"), sent.numbers("returned"), sent.numbers("lost")
    seen = sent.numbers("seen")
    return {
        variant: Arrived(received.get(variant, 0), returned.get(variant, 0), lost.get(variant, 0), seen.get(variant))
        for variant in {*received, *returned, *lost}
        if received.get(variant, 0) + returned.get(variant, 0) + lost.get(variant, 0)
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
    return page(
        request,
        "staff/stock/transfer_new.html",
        status=status,
        form=form,
        houses=(await warehouse_options(db, visitor))["warehouse"],
        errors=errors or {},
    )


async def _page(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    transfer_id: UUID,
    *,
    status: int = 200,
    errors: dict[str, str] | None = None,
    sent: Sent | None = None,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await inventory.transfer(tx, transfer_id)
        named = await catalog.variants(tx, [line.variant_id for line in found.lines])
    return page(
        request,
        "staff/stock/transfer.html",
        status=status,
        transfer=found,
        state=TRANSFERS[found.status],
        lines=[(line, named[line.variant_id]) for line in found.lines],
        errors=errors or {},
        sent=sent.fields if sent is not None else {},
    )


ROUTES = [show_all, show_new, draft, show, change, send, receive, cancel]
