"""Sending something back: from the order's page, and the withdrawal that the law asks for from every page."""

from datetime import datetime
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from app.web.access import PUBLIC
from app.web.client import client_address
from app.web.forms import read_form
from app.web.htmx import AnyRequest
from app.web.limits import Limiter
from app.web.line_fields import Rows, pieces, read_with_lines
from app.web.order_access import tokens
from app.web.page import Page, page, redirect, url_for
from app.web.visitors import Visitor
from domains import orders, returns
from domains.kit import Database, Invalid, Transaction, new_token
from domains.kit.i18n import gettext as _
from domains.returns import Asked, Case, RefundStatus, ReturnKind, ReturnReason, ReturnStatus, Window

REASONS = (
    (ReturnReason.CHANGED_MIND, _("I changed my mind")),
    (ReturnReason.DOES_NOT_FIT, _("It does not fit")),
    (ReturnReason.NOT_AS_DESCRIBED, _("It is not as described")),
    (ReturnReason.DAMAGED, _("It arrived damaged")),
    (ReturnReason.WRONG_ITEM, _("It is the wrong thing")),
    (ReturnReason.OTHER, _("Something else")),
)
REASON_WORDS = {**dict(REASONS), ReturnReason.NONE: _("Not asked")}
WORDS = {
    ReturnStatus.REQUESTED: _("We are looking at it"),
    ReturnStatus.APPROVED: _("Please send it to us"),
    ReturnStatus.REJECTED: _("Not accepted"),
    ReturnStatus.RECEIVED: _("It has arrived; the refund follows"),
    ReturnStatus.REFUNDED: _("Refunded"),
    ReturnStatus.CLOSED: _("Closed"),
}
_TONES = {ReturnStatus.REJECTED: "bad", ReturnStatus.CLOSED: "plain", ReturnStatus.REFUNDED: "good"}
_OF_A_HOUSE, _OF_A_NUMBER, _WINDOW = 20, 10, 15 * 60
_LONGEST = {"number": 40, "email": 254, "note": 500}


class Standing(msgspec.Struct, frozen=True):
    """A return as its customer reads it."""

    number: str
    kind: ReturnKind
    words: str
    tone: str
    answer: str
    pieces: tuple[tuple[str, int], ...]
    at: datetime


class AskForm(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    note: str = ""


class WithdrawalForm(msgspec.Struct, forbid_unknown_fields=True):
    number: str = ""
    email: str = ""
    note: str = ""


def standings(found: Case) -> list[Standing]:
    """The returns of an order for its page, the newest first."""
    return [
        Standing(
            number=each.number,
            kind=each.kind,
            words=_called_off(found, each.id) or WORDS[each.status],
            tone=_TONES.get(each.status, "wait"),
            answer=each.answer,
            pieces=tuple((line.name, line.quantity) for line in each.lines),
            at=each.ended_at or each.received_at or each.decided_at or each.created_at,
        )
        for each in reversed(found.returns)
    ]


def _called_off(found: Case, return_id: UUID) -> str:
    """An order that was called off: the money does not wait for the parcel."""
    gone = any(each.return_id == return_id and each.status is RefundStatus.GIVEN for each in found.refunds)
    is_approved = found.return_(return_id).status is ReturnStatus.APPROVED
    return _("The money is on its way back; the parcel is still to come to us") if gone and is_approved else ""


async def can_return(tx: Transaction, found: Case) -> Window | None:
    """The window in which something of the order can be sent back; none when nothing can."""
    if not any(line.returnable for line in found.refundable.lines):
        return None
    window = await returns.window(tx, found.order)
    return window if window.is_open else None


@get("/orders/{number:str}/returns", name="orders.returns", access=PUBLIC)
async def show(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found, window = await _load(tx, request, visitor, number)
    return _form(request, found, window, key=new_token(), rows={}, note="", errors={})


@post("/orders/{number:str}/returns", name="orders.returns.ask", access=PUBLIC)
async def ask(
    request: AnyRequest, number: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    form, rows = await read_with_lines(request, AskForm)
    try:
        async with db.transaction(visitor.actor) as tx:
            order = await orders.visible(tx, number, account_id=visitor.account_id, tokens=tokens(request))
            await returns.request(tx, order_id=order.id, lines=_asked(rows), key=form.key, note=form.note)
    except Invalid as wrong:
        async with db.transaction(visitor.actor) as tx:
            found, window = await _load(tx, request, visitor, number)
        return _form(request, found, window, key=form.key, rows=rows, note=form.note, errors=wrong.fields, status=422)
    return redirect(request, url_for(request, "orders.show", number=order.number) + "#returns-title")


def _asked(rows: Rows) -> list[Asked]:
    known = {reason.value: reason for reason, _words in REASONS}
    return [
        Asked(line_id, count, known.get(row.get("reason", ""), ReturnReason.NONE))
        for line_id, row in rows.items()
        if (count := pieces(row))
    ]


async def _load(tx: Transaction, request: AnyRequest, visitor: Visitor, number: str) -> tuple[Case, Window]:
    order = await orders.visible(tx, number, account_id=visitor.account_id, tokens=tokens(request))
    return await returns.case(tx, order.id, order=order), await returns.window(tx, order)


def _form(
    request: AnyRequest,
    found: Case,
    window: Window,
    *,
    key: str,
    rows: Rows,
    note: str,
    errors: dict[str, str],
    status: int = 200,
) -> Page:
    return page(
        request,
        "returns/ask.html",
        status=status,
        order=found.order,
        lines=[line for line in found.refundable.lines if line.returnable],
        window=window,
        reasons=REASONS,
        key=key,
        rows={str(line_id): row for line_id, row in rows.items()},
        note=note,
        errors=errors,
    )


@get("/withdrawal", name="withdrawal", access=PUBLIC, sync_to_thread=False)
def show_withdrawal(request: AnyRequest) -> Page:
    return page(request, "returns/withdrawal.html", form=WithdrawalForm(), errors={})


@post("/withdrawal", name="withdrawal.check", access=PUBLIC, status_code=200)
async def check_withdrawal(request: AnyRequest) -> Page:
    """The second step shows what was entered, and nothing about the order: whose it is, nobody has proved."""
    form = await read_form(request, WithdrawalForm)
    errors = _wrong(form)
    if errors:
        return page(request, "returns/withdrawal.html", status=422, form=form, errors=errors)
    return page(request, "returns/withdrawal_confirm.html", form=form)


@post("/withdrawal/confirmation", name="withdrawal.confirm", access=PUBLIC, status_code=200)
async def withdraw(
    request: AnyRequest,
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
    limiter: NamedDependency[Limiter],
) -> Page:
    """Answers alike whether there is such an order or not; the receipt goes by mail to who placed it."""
    form = await read_form(request, WithdrawalForm)
    errors = _wrong(form)
    if errors:
        return page(request, "returns/withdrawal.html", status=422, form=form, errors=errors)
    number = form.number.strip().upper()
    await limiter.hit("withdrawal", client_address(request.scope), amount=_OF_A_HOUSE, seconds=_WINDOW)
    await limiter.hit("withdrawal.number", number, amount=_OF_A_NUMBER, seconds=_WINDOW)
    async with db.transaction(visitor.actor) as tx:
        received_at = await tx.now()
        order_id = await orders.matching(tx, number, form.email.strip())
        if order_id is not None:
            await returns.withdraw(tx, order_id=order_id, note=form.note)
    return page(request, "returns/withdrawal_receipt.html", form=form, number=number, received_at=received_at)


def _wrong(form: WithdrawalForm) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not form.number.strip():
        errors["number"] = _("Enter the order number; it is in the mail that confirmed your order.")
    if "@" not in form.email:
        errors["email"] = _("Enter the e-mail address that you ordered with.")
    for field, longest in _LONGEST.items():
        if len(getattr(form, field)) > longest:
            errors[field] = _("Use at most {longest} characters.").format(longest=longest)
    return errors


ROUTES = [show, ask, show_withdrawal, check_withdrawal, withdraw]
