"""Returns: the queue by state, and each of them with the next thing to do."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.routes.storefront.returns import REASON_WORDS, REASONS
from app.web.access import may, staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.line_fields import Rows, pieces, read_with_lines
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.staff.lists import Column, StaffList, choice, days
from app.web.staff.showing import list_routes
from app.web.visitors import Visitor
from domains import audit, desk, inventory, orders, returns
from domains.kit import Conflict, Database, Invalid, Transaction, new_token
from domains.kit.i18n import gettext as _
from domains.payments.gateway import Gateway
from domains.returns import Arrived, Asked, Case, RefundView, ReturnKind, ReturnReason, ReturnStatus, ReturnView

STATES = {
    ReturnStatus.REQUESTED: State(_("To decide"), "wait"),
    ReturnStatus.APPROVED: State(_("On its way to us"), "plain"),
    ReturnStatus.RECEIVED: State(_("To refund"), "wait"),
    ReturnStatus.REFUNDED: State(_("Refunded"), "good"),
    ReturnStatus.REJECTED: State(_("Rejected"), "bad"),
    ReturnStatus.CLOSED: State(_("Closed"), "plain"),
}
KINDS = {ReturnKind.RETURN: _("Return"), ReturnKind.WITHDRAWAL: _("Withdrawal")}
_BY = {"customer": _("Customer"), "guest": _("Customer"), "staff": _("Staff"), "system": _("The shop")}


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    answer: str = ""


class Receipt(msgspec.Struct, forbid_unknown_fields=True):
    warehouse: str = ""


class StaffAsk(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    note: str = ""


class Extension(msgspec.Struct, forbid_unknown_fields=True):
    until: str = ""
    reason: str = ""
    back: str = ""


class Happened(msgspec.Struct, frozen=True):
    """An entry of the timeline."""

    at: datetime
    text: str
    by: str = ""
    note: str = ""
    kind: str = "event"
    tone: str = ""
    href: str = ""


def _link(row: desk.ReturnRow) -> Link:
    return Link(row.number, "staff.returns.show", {"number": row.number})


def _order(row: desk.ReturnRow) -> Link:
    return Link(row.order_number, "staff.orders.show", {"number": row.order_number})


RETURNS = StaffList(
    key="returns",
    title=_("Returns"),
    route="staff.returns",
    permission="returns.see",
    search=_("Number of the return or the order"),
    sort="-asked",
    live=30,
    columns=(
        Column("number", _("Return"), _link, sort="number"),
        Column("status", _("State"), lambda row: STATES[row.status]),
        Column("kind", _("Kind"), lambda row: KINDS[row.kind], phone=False),
        Column("order", _("Order"), _order, phone=False),
        Column("pieces", _("Pieces"), number=True),
        Column("requested_by", _("Asked by"), lambda row: _BY[row.requested_by], phone=False),
        Column("created_at", _("Asked"), sort="asked", down=True),
    ),
    filters=(
        choice("status", _("State"), [(str(key), state.label) for key, state in STATES.items()]),
        choice("kind", _("Kind"), [(str(key), label) for key, label in KINDS.items()]),
        days("asked", _("Asked")),
    ),
    empty=_("Nothing comes back"),
    empty_hint=_("What customers want to send back stands here."),
)  # fmt: skip


@get("/staff/returns/{number:str}", name="staff.returns.show", access=staff("returns.see"))
async def show(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _show(request, db, visitor, number)


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
            await returns.reject(tx, await _id_of(tx, number), answer=form.answer)
    except (Invalid, Conflict) as refused:
        return await _refused(request, db, visitor, number, refused, rejecting=form.answer)
    return _done(request, number, _("Rejected. The customer is told why."))


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
            await returns.receive(tx, await _id_of(tx, number), items=items, warehouse_id=warehouse_id)
    except (Invalid, Conflict) as refused:
        return await _refused(request, db, visitor, number, refused, rows=rows)
    return _done(request, number, _("Received. What is good is on the shelf again."))


@post("/staff/returns/{number:str}/closing", name="staff.returns.close", access=staff("returns.do"))
async def close(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Answer)
    try:
        async with db.transaction(visitor.actor) as tx:
            await returns.close(tx, await _id_of(tx, number), answer=form.answer)
    except (Invalid, Conflict) as refused:
        return await _refused(request, db, visitor, number, refused, closing=form.answer)
    return _done(request, number, _("Closed without a refund. The customer is told why."))


@get("/staff/orders/{number:str}/returns", name="staff.orders.returns", access=staff("returns.do"))
async def show_ask(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _ask_form(request, db, visitor, number, StaffAsk(new_token()), {}, {})


@post("/staff/orders/{number:str}/returns", name="staff.orders.returns.ask", access=staff("returns.do"))
async def ask(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form, rows = await read_with_lines(request, StaffAsk)
    known = {reason.value: reason for reason, _words in REASONS}
    try:
        async with db.transaction(visitor.actor) as tx:
            order = await orders.by_number(tx, number)
            made = await returns.request(
                tx,
                order_id=order.id,
                lines=[
                    Asked(line, count, known.get(row.get("reason", ""), ReturnReason.NONE))
                    for line, row in rows.items()
                    if (count := pieces(row))
                ],
                key=form.key,
                note=form.note,
            )
    except Invalid as wrong:
        return await _ask_form(request, db, visitor, number, form, rows, wrong.fields)
    answer = redirect(request, url_for(request, "staff.returns.show", number=made.number))
    say(request, answer, _("The return stands. Approve it, and the customer is told where to send it."))
    return answer


@post("/staff/orders/{number:str}/return-window", name="staff.orders.return_window", access=staff("returns.do"))
async def extend(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Extension)
    try:
        until = date.fromisoformat(form.until)
    except ValueError as error:
        raise Invalid({"until": _("Enter a day.")}) from error
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
        await returns.extend(tx, order.id, until=until, reason=form.reason)
    to = (
        url_for(request, "staff.returns.show", number=form.back)
        if form.back
        else url_for(request, "staff.orders.returns", number=order.number)
    )
    answer = redirect(request, to)
    say(request, answer, _("The customer has more time."))
    return answer


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
        return_id = await _id_of(tx, number)
    try:
        done = await returns.flows.approve(
            db, gateway, visitor.actor, return_id, answer=form.answer, with_refund=with_refund
        )
    except (Invalid, Conflict) as refused:
        return await _refused(request, db, visitor, number, refused)
    if done.refund is None:
        return _done(request, number, _("Approved. The customer is told where to send it."))
    if done.refund.payment_refund_id is None:
        return _done(request, number, _("Approved. The refund waits for a second person."), "info")
    return _done(request, number, _("Approved. The order is cancelled and its money is on its way back."))


def _done(request: AnyRequest, number: str, words: str, kind: str = "success") -> Page:
    answer = redirect(request, url_for(request, "staff.returns.show", number=number))
    say(request, answer, words, kind)
    return answer


async def _id_of(tx: Transaction, number: str) -> UUID:
    return (await returns.case_of_return(tx, number))[1].id


async def _refused(
    request: AnyRequest, db: Database, visitor: Visitor, number: str, refused: Invalid | Conflict, **more: Any
) -> Page:
    """The page as it is now, with what was refused: somebody may have been faster."""
    if isinstance(refused, Invalid):
        return await _show(request, db, visitor, number, errors=refused.fields, status=422, **more)
    told = f"{refused.title} {refused.hint}"
    return await _show(request, db, visitor, number, errors={"": told}, status=409, **more)


async def _show(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    number: str,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
    rows: Rows | None = None,
    rejecting: str = "",
    closing: str = "",
) -> Page:
    role = visitor.actor.role
    async with db.transaction(visitor.actor) as tx:
        found, back = await returns.case_of_return(tx, number.upper())
        window = await returns.window(tx, found.order)
        places = await inventory.warehouses(tx) if back.status is ReturnStatus.APPROVED else []
        told = await audit.of_subject(tx, "return", back.id)
        refunds = [each for each in found.refunds if each.return_id == back.id]
        names = await desk.names_of_staff(tx)
    return page(
        request,
        "staff/returns/show.html",
        status=status,
        back=back,
        order=found.order,
        state=STATES[back.status],
        kind=KINDS[back.kind],
        window=window,
        warehouses=[(each.id, each.name) for each in places],
        refunds=refunds,
        entries=_happened(found, back, refunds, told, names),
        words=REASON_WORDS,
        by=_BY[back.requested_by],
        refund_waits=any(each.payment_refund_id is None and each.is_alive for each in refunds),
        may_decide=may(role, "returns.do"),
        may_refund=may(role, "refunds.give"),
        rows={str(line): row for line, row in (rows or {}).items()},
        rejecting=rejecting,
        closing=closing,
        errors=errors or {},
    )


def _happened(
    found: Case, back: ReturnView, refunds: list[RefundView], told: list[Any], names: dict[UUID, str]
) -> list[Happened]:
    """The story of a return, the newest first."""
    by = {entry.action: names.get(entry.actor_id, "") for entry in reversed(told)}
    arrived = sum(line.received for line in back.lines)
    shelved = sum(line.restocked for line in back.lines)
    entries = [Happened(back.created_at, _("Asked for"), by=by.get("return.requested", ""), note=back.note or "")]
    if back.decided_at is not None:
        rejected = back.status is ReturnStatus.REJECTED
        entries.append(
            Happened(
                back.decided_at,
                _("Rejected") if rejected else _("Approved"),
                by=by.get("return.rejected" if rejected else "return.approved", ""),
                note=back.answer if back.status is not ReturnStatus.CLOSED else "",
                tone="bad" if rejected else "",
            )
        )
    if back.received_at is not None:
        words = _("{arrived} arrived, {shelved} went on the shelf").format(arrived=arrived, shelved=shelved)
        entries.append(Happened(back.received_at, words, by=by.get("return.received", ""), kind="parcel"))
    if back.status is ReturnStatus.CLOSED and back.ended_at is not None:
        entries.append(
            Happened(back.ended_at, _("Closed without a refund"), by=by.get("return.closed", ""), note=back.answer)
        )
    entries += [
        Happened(
            each.created_at,
            _("Refund asked for") if each.payment_refund_id is None else _("Refund given"),
            by=names.get(each.requested_by_id, "") if each.requested_by_id else "",
            note=each.reason,
            kind="money",
        )
        for each in refunds
    ]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


async def _ask_form(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    number: str,
    form: StaffAsk,
    rows: Rows,
    errors: dict[str, str],
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        order = await orders.by_number(tx, number)
        found = await returns.case(tx, order.id, order=order)
        window = await returns.window(tx, order)
    return page(
        request,
        "staff/returns/ask.html",
        status=422 if errors else 200,
        order=order,
        lines=[line for line in found.refundable.lines if line.returnable],
        window=window,
        reasons=REASONS,
        key=form.key,
        note=form.note,
        rows={str(line): row for line, row in rows.items()},
        errors=errors,
    )


ROUTES = [
    *list_routes(RETURNS, desk.find_returns),
    show,
    approve,
    recall,
    reject,
    receive,
    close,
    show_ask,
    ask,
    extend,
]
