"""What is done with a return: approved, rejected, received, closed."""

from uuid import UUID

import msgspec
from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.staff.returns.showing import done, id_of, refused_return
from app.web.access import staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.line_fields import pieces, read_with_lines
from app.web.page import Page
from app.web.visitors import Visitor
from domains import inventory, returns
from domains.kit import Conflict, Database, Invalid, Transaction
from domains.kit.i18n import gettext as _
from domains.payments.gateway import Gateway
from domains.returns import Arrived


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    answer: str = ""


class Receipt(msgspec.Struct, forbid_unknown_fields=True):
    warehouse: str = ""


@post("/staff/returns/{number:str}/approval", name="staff.returns.approve", access=staff("returns.do"))
async def approve(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    """One that calls the order off sends money back, and has a route of its own for who may."""
    return await _approve(request, db, visitor, gateway, number, with_refund=False)


@post("/staff/returns/{number:str}/recall", name="staff.returns.recall", access=staff("refunds.give", fresh=True))
async def recall(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    return await _approve(request, db, visitor, gateway, number, with_refund=True)


@post("/staff/returns/{number:str}/rejection", name="staff.returns.reject", access=staff("returns.do"))
async def reject(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Answer)
    try:
        async with db.transaction(visitor.actor) as tx:
            await returns.reject(tx, await id_of(tx, number), answer=form.answer)
    except (Invalid, Conflict) as refused:
        return await refused_return(request, db, visitor, number, refused, rejecting=form.answer)
    return done(request, number, _("Rejected. The customer is told why."))


@post("/staff/returns/{number:str}/receipt", name="staff.returns.receive", access=staff("returns.do"))
async def receive(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form, rows = await read_with_lines(request, Receipt)
    try:
        async with db.transaction(visitor.actor) as tx:
            items = [
                Arrived(line, good, scrap)
                for line, row in rows.items()
                if (good := pieces(row, "restock")) + (scrap := pieces(row, "scrap"))
            ]
            warehouse_id = await warehouse_of(tx, form.warehouse)
            await returns.receive(tx, await id_of(tx, number), items=items, warehouse_id=warehouse_id)
    except (Invalid, Conflict) as refused:
        return await refused_return(request, db, visitor, number, refused, rows=rows)
    return done(request, number, _("Received. What is good is on the shelf again."))


@post("/staff/returns/{number:str}/closing", name="staff.returns.close", access=staff("returns.do"))
async def close(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Answer)
    try:
        async with db.transaction(visitor.actor) as tx:
            await returns.close(tx, await id_of(tx, number), answer=form.answer)
    except (Invalid, Conflict) as refused:
        return await refused_return(request, db, visitor, number, refused, closing=form.answer)
    return done(request, number, _("Closed without a refund. The customer is told why."))


async def warehouse_of(tx: Transaction, typed: str) -> UUID:
    """The warehouse that was chosen. Raises `Invalid`."""
    for warehouse in await inventory.warehouses(tx):
        if str(warehouse.id) == typed:
            return warehouse.id
    raise Invalid({"warehouse": _("Choose the warehouse where the goods are.")})


async def _approve(
    request: AnyRequest, db: Database, visitor: Visitor, gateway: Gateway, number: str, *, with_refund: bool
) -> Page:
    form = await read_form(request, Answer)
    async with db.transaction(visitor.actor) as tx:
        return_id = await id_of(tx, number)
    try:
        approval = await returns.flows.approve(
            db, gateway, visitor.actor, return_id, answer=form.answer, with_refund=with_refund
        )
    except (Invalid, Conflict) as refused:
        return await refused_return(request, db, visitor, number, refused)
    if approval.refund is None:
        return done(request, number, _("Approved. The customer is told where to send it."))
    if approval.refund.payment_refund_id is None:
        return done(request, number, _("Approved. The refund waits for a second person."), "info")
    return done(request, number, _("Approved. The order is cancelled and its money is on its way back."))


ROUTES = [approve, recall, reject, receive, close]
