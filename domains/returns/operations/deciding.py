"""What staff decide about a return: yes, no, or that it is over."""

from uuid import UUID

import msgspec

from domains import audit
from domains.kit import Invalid, Transaction, record
from domains.kit.i18n import gettext as _
from domains.orders import OrderStatus
from domains.returns.errors import RefundComesWithIt
from domains.returns.events import ReturnApproved, ReturnClosed, ReturnRejected
from domains.returns.models import LONGEST_TEXT, ReturnRow
from domains.returns.operations.calling_off import call_off
from domains.returns.operations.locking import lock_return, move
from domains.returns.operations.refunding import refund_all
from domains.returns.queries import case, return_
from domains.returns.states import ReturnStatus
from domains.returns.views import RefundView, ReturnView


class Approval(msgspec.Struct, frozen=True):
    """An approved return, and the refund that came with it if the order was called off."""

    return_: ReturnView
    refund: RefundView | None = None


async def approve(tx: Transaction, return_id: UUID, *, answer: str = "", with_refund: bool = False) -> Approval:
    """The customer may send it: `requested` → `approved`. Emits `return.approved`; `answer` is told to him.

    A return of all of an order that has not arrived calls the order off (ORD-07): it is cancelled, and its money goes
    back at once, or when a second person has agreed. Who may not give refunds (`with_refund`) is refused with
    `RefundComesWithIt`. Raises `ReturnMoved`.
    """
    head, row = await lock_return(tx, return_id)
    _check(answer)
    ends_order = (await case(tx, head.id)).return_(return_id).ends_order
    await move(tx, row, ReturnStatus.APPROVED)
    row.answer = answer.strip()
    await record(tx, ReturnApproved(row.id, row.order_id))
    await _note(tx, row, "approved", ReturnStatus.REQUESTED)
    if not ends_order:
        return Approval(await return_(tx, return_id))
    if not with_refund:
        raise RefundComesWithIt
    refund = await refund_all(tx, head, row)
    if refund is None:
        await call_off(tx, head, return_id)
        if head.status is OrderStatus.CONFIRMED:
            await _end(tx, row)
    return Approval(await return_(tx, return_id), refund)


async def reject(tx: Transaction, return_id: UUID, *, answer: str) -> ReturnView:
    """It will not be taken back, and the customer is told why: `requested` → `rejected`. Emits `return.rejected`."""
    _head, row = await lock_return(tx, return_id)
    _check(answer, needed=True)
    row.answer = answer.strip()
    await move(tx, row, ReturnStatus.REJECTED)
    await record(tx, ReturnRejected(row.id, row.order_id))
    await _note(tx, row, "rejected", ReturnStatus.REQUESTED)
    return await return_(tx, return_id)


async def close(tx: Transaction, return_id: UUID, *, answer: str) -> ReturnView:
    """It ends without a refund, because nothing came or nothing is to go back. Emits `return.closed`.

    What was announced and did not come can be returned another time. Raises `ReturnMoved`, `Invalid`.
    """
    _head, row = await lock_return(tx, return_id)
    _check(answer, needed=True)
    before = ReturnStatus(row.status)
    row.answer = answer.strip()
    await _end(tx, row)
    await _note(tx, row, "closed", before)
    return await return_(tx, return_id)


async def _end(tx: Transaction, row: ReturnRow) -> None:
    await move(tx, row, ReturnStatus.CLOSED)
    await record(tx, ReturnClosed(row.id, row.order_id))


async def _note(tx: Transaction, row: ReturnRow, verb: str, before: ReturnStatus) -> None:
    await audit.record(
        tx,
        action=f"return.{verb}",
        subject=("return", row.id),
        label=row.number,
        changes={"status": (before, ReturnStatus(row.status))},
    )


def _check(answer: str, *, needed: bool = False) -> None:
    if len(answer) > LONGEST_TEXT:
        raise Invalid({"answer": _("Use at most {longest} characters.").format(longest=LONGEST_TEXT)})
    if needed and not answer.strip():
        raise Invalid({"answer": _("Write why; the customer reads it.")})
