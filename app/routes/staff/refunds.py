"""Refunds: what went back, what waits for a second person, and the form that sends money back by line."""

import re
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from app.routes.staff.returns import warehouse_of
from app.web.access import may, staff
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.line_fields import Rows, pieces, read_with_lines
from app.web.page import Page, page, redirect, url_for
from app.web.staff.cells import Link, State
from app.web.staff.desk import say
from app.web.staff.lists import Column, StaffList, amounts, choice, days
from app.web.staff.showing import list_routes
from app.web.visitors import Visitor
from domains import desk, inventory, orders, returns
from domains.kit import Conflict, Database, Invalid, Money, Transaction, new_token
from domains.kit.i18n import gettext as _
from domains.payments.gateway import Gateway
from domains.returns import (
    AlreadyRefunded,
    Amounts,
    Case,
    RefundChanged,
    RefundLine,
    RefundView,
    ReturnStatus,
    ReturnView,
)

STATES = {
    "waiting": State(_("Waits for a second person"), "wait"),
    "pending": State(_("On its way"), "plain"),
    "processed": State(_("Went back"), "good"),
    "failed": State(_("Came to nothing"), "bad"),
    "refused": State(_("Refused"), "bad"),
}
_AMOUNT = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,3})?", re.ASCII)

ReturnNumber = Annotated[str | None, QueryParameter(name="return")]


class RefundForm(msgspec.Struct, forbid_unknown_fields=True):
    """What staff entered. `seen` is the sum they were shown, in minor units; empty before they were."""

    key: str = ""
    shipping: str = ""
    adjustment: str = ""
    reason: str = ""
    warehouse: str = ""
    back: str = ""
    seen: str = ""
    change: str = ""


class Note(msgspec.Struct, forbid_unknown_fields=True):
    note: str = ""


class _Wanted(msgspec.Struct, frozen=True):
    lines: tuple[RefundLine, ...]
    shipping: int
    adjustment: int


def _order(row: desk.RefundRow) -> Link:
    if row.own_id is not None:
        return Link(row.order_number, "staff.refunds.show", {"refund_id": row.own_id})
    return Link(row.order_number, "staff.orders.show", {"number": row.order_number})


REFUNDS = StaffList(
    key="refunds",
    title=_("Refunds"),
    route="staff.refunds",
    permission="refunds.see",
    export="exports.take",
    search=_("Number of the order"),
    sort="-asked",
    live=30,
    columns=(
        Column("order_number", _("Order"), _order, sort="order"),
        Column("state", _("State"), lambda row: STATES[row.state]),
        Column("amount", _("Amount"), sort="amount", number=True, down=True),
        Column("reason", _("Reason"), phone=False),
        Column("by", _("By"), lambda row: row.by or _("The shop"), phone=False),
        Column("created_at", _("Asked"), sort="asked", down=True),
    ),
    filters=(
        choice("state", _("State"), [(key, state.label) for key, state in STATES.items()]),
        days("asked", _("Asked")),
        amounts("amount", _("Amount")),
    ),
    empty=_("No refunds yet"),
    empty_hint=_("Refunds are given from an order's page or from a return."),
)


@get("/staff/refunds/{refund_id:uuid}", name="staff.refunds.show", access=staff("refunds.see"))
async def show(
    request: AnyRequest, refund_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    return await _show(request, db, visitor, refund_id)


@post(
    "/staff/refunds/{refund_id:uuid}/approval", name="staff.refunds.approve", access=staff("refunds.give", fresh=True)
)
async def approve(
    request: AnyRequest,
    refund_id: FromPath[UUID],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    try:
        done = await returns.flows.approve_refund(db, gateway, visitor.actor, refund_id)
    except Conflict as refused:
        told = {"": f"{refused.title} {refused.hint}"}
        return await _show(request, db, visitor, refund_id, errors=told, status=409)
    answer = redirect(request, url_for(request, "staff.refunds.show", refund_id=done.id))
    say(request, answer, _("Approved. The money is on its way back."))
    return answer


@post("/staff/refunds/{refund_id:uuid}/refusal", name="staff.refunds.refuse", access=staff("refunds.give", fresh=True))
async def refuse(
    request: AnyRequest, refund_id: FromPath[UUID], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form = await read_form(request, Note)
    try:
        async with db.transaction(visitor.actor) as tx:
            await returns.reject_refund(tx, refund_id, note=form.note)
    except Invalid as wrong:
        return await _show(request, db, visitor, refund_id, errors=wrong.fields, status=422)
    except Conflict as refused:
        told = {"": f"{refused.title} {refused.hint}"}
        return await _show(request, db, visitor, refund_id, errors=told, status=409)
    answer = redirect(request, url_for(request, "staff.refunds.show", refund_id=refund_id))
    say(request, answer, _("Refused. No money goes back."))
    return answer


@get("/staff/orders/{number:str}/refund", name="staff.orders.refund", access=staff("refunds.give", fresh=True))
async def show_form(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    of_return: ReturnNumber = None,
) -> Page:
    return await _form(request, db, visitor, number, RefundForm(key=new_token(), back=of_return or ""), {})


@post("/staff/orders/{number:str}/refund", name="staff.orders.refund.give", access=staff("refunds.give", fresh=True))
async def give(
    request: AnyRequest,
    number: FromPath[str],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    gateway: NamedDependency[Gateway],
) -> Page:
    """First what it comes to is shown; sent again with the sum that was seen, the money goes back."""
    form, rows = await read_with_lines(request, RefundForm)
    if form.change:
        return await _form(request, db, visitor, number, form, rows)
    try:
        async with db.transaction(visitor.actor) as tx:
            found, back = await _load(tx, number, form.back)
            wanted = _wanted(form, rows, found.order.total.currency)
            warehouse_id = (
                await warehouse_of(tx, form.warehouse) if any(line.restock for line in wanted.lines) else None
            )
            came_to = returns.amounts_of(found, wanted.lines, shipping=wanted.shipping, adjustment=wanted.adjustment)
        if not form.reason.strip():
            raise Invalid({"reason": _("Write why; it stands in the books.")})
        if not form.seen:
            return await _confirm(request, db, visitor, number, form, rows, wanted, came_to)
        done = await returns.flows.refund(
            db,
            gateway,
            visitor.actor,
            order_id=found.order.id,
            lines=wanted.lines,
            shipping=wanted.shipping,
            adjustment=wanted.adjustment,
            reason=form.reason,
            key=form.key,
            return_id=None if back is None else back.id,
            warehouse_id=warehouse_id,
            expected=int(form.seen) if form.seen.isascii() and form.seen.isdecimal() else -1,
        )
    except Invalid as wrong:
        return await _form(request, db, visitor, number, form, rows, errors=wrong.fields, status=422)
    except Conflict as refused:
        return await _form(request, db, visitor, number, form, rows, refused=refused, status=409)
    return _given(request, done)


def _given(request: AnyRequest, done: RefundView) -> Page:
    answer = redirect(request, url_for(request, "staff.refunds.show", refund_id=done.id))
    if done.payment_refund_id is None:
        say(request, answer, _("The refund is above the shop's limit. A second person has to approve it."), "info")
    else:
        say(request, answer, _("The money is on its way back."))
    return answer


def _wanted(form: RefundForm, rows: Rows, currency: str) -> _Wanted:
    lines = tuple(
        RefundLine(line, count, restock=row.get("restock", "") == "on")
        for line, row in rows.items()
        if (count := pieces(row))
    )
    return _Wanted(
        lines,
        _minor(form.shipping, currency, "shipping"),
        _minor(form.adjustment, currency, "adjustment"),
    )


def _minor(typed: str, currency: str, field: str) -> int:
    """What was typed in minor units; nothing is 0. Raises `Invalid`."""
    text = typed.strip().replace("−", "-")
    if not text:
        return 0
    if not _AMOUNT.fullmatch(text):
        raise Invalid({field: _("Enter an amount such as 12.50.")})
    return Money.parse(text.replace(",", "."), currency).amount


async def _load(tx: Transaction, number: str, back: str) -> tuple[Case, ReturnView | None]:
    order = await orders.by_number(tx, number)
    found = await returns.case(tx, order.id, order=order)
    return found, next((each for each in found.returns if each.number == back), None)


async def _form(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    number: str,
    form: RefundForm,
    rows: Rows,
    *,
    errors: dict[str, str] | None = None,
    refused: Conflict | None = None,
    status: int = 200,
) -> Page:
    """The form, filled in; of a return with what has arrived. After a refusal with what somebody else did meanwhile."""
    async with db.transaction(visitor.actor) as tx:
        found, back = await _load(tx, number, form.back)
        places = await inventory.warehouses(tx)
        names = await desk.names_of_staff(tx)
    typed: dict[str, dict[str, str]] = {str(line): dict(row) for line, row in rows.items()}
    if back is not None and not rows:
        typed = {str(line.order_line_id): {"quantity": str(line.received)} for line in back.lines if line.received}
    outrun = isinstance(refused, AlreadyRefunded | RefundChanged)
    latest = found.refunds[-1] if outrun and found.refunds else None
    return page(
        request,
        "staff/refunds/form.html",
        status=status,
        order=found.order,
        refundable=found.refundable,
        back=back,
        is_captured=found.order.payment is not None and bool(found.order.payment.captured),
        received=back is None or back.status is ReturnStatus.RECEIVED,
        warehouses=[(each.id, each.name) for each in places],
        form=msgspec.structs.replace(form, seen="", change=""),
        rows=typed,
        refunds=[(each, names.get(each.requested_by_id, "") if each.requested_by_id else "") for each in found.refunds],
        refused=refused,
        latest=latest,
        latest_by=names.get(latest.requested_by_id, "") if latest is not None and latest.requested_by_id else "",
        errors=errors or {},
    )


async def _confirm(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    number: str,
    form: RefundForm,
    rows: Rows,
    wanted: _Wanted,
    came_to: Amounts,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found, back = await _load(tx, number, form.back)
    lines = {line.order_line_id: line for line in found.refundable.lines}
    currency = found.refundable.currency
    return page(
        request,
        "staff/refunds/confirm.html",
        order=found.order,
        back=back,
        lines=[
            (lines[line.order_line_id].name, line.quantity, line.restock, Money(amount, currency))
            for line, amount in zip(wanted.lines, came_to.lines, strict=True)
        ],
        shipping=Money(wanted.shipping, currency),
        adjustment=Money(wanted.adjustment, currency),
        total=came_to.total,
        left=found.refundable.left - came_to.total,
        form=form,
        kept=_kept(form, rows),
    )


def _kept(form: RefundForm, rows: Rows) -> list[tuple[str, str]]:
    """Everything that was entered, to be sent again."""
    own = [(name, getattr(form, name)) for name in ("key", "shipping", "adjustment", "reason", "warehouse", "back")]
    return own + [(f"{field}-{line}", value) for line, row in rows.items() for field, value in row.items()]


async def _show(
    request: AnyRequest,
    db: Database,
    visitor: Visitor,
    refund_id: UUID,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found, one = await returns.case_of_refund(tx, refund_id)
        order = found.order
        back = None if one.return_id is None else found.return_(one.return_id)
        sent = next((each for each in order.refunds if each.id == one.payment_refund_id), None)
        names: dict[Any, str] = dict(await desk.names_of_staff(tx))
    return page(
        request,
        "staff/refunds/show.html",
        status=status,
        one=one,
        order=order,
        back=back,
        sent=sent,
        state=STATES[str(one.state or one.status)],
        by=names.get(one.requested_by_id, _("The shop")),
        decided_by=names.get(one.decided_by_id, ""),
        may_decide=one.payment_refund_id is None and one.is_alive and may(visitor.actor.role, "refunds.give"),
        is_mine=visitor.actor.id == one.requested_by_id,
        errors=errors or {},
    )


ROUTES = [*list_routes(REFUNDS, desk.find_refunds), show, approve, refuse, show_form, give]
