"""Asking to send something back, by its customer or by staff, and withdrawing from the contract."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import insert

from domains import audit, orders
from domains.kit import ActorKind, Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _
from domains.orders import OrderStatus
from domains.returns.errors import NotReturnable, TooManyReturned, WindowClosed
from domains.returns.events import ReturnedItem, ReturnRequested, WithdrawalReceived
from domains.returns.models import LONGEST_TEXT, ReturnLineRow, ReturnRow
from domains.returns.queries import Case, case, return_, window
from domains.returns.states import ReturnKind, ReturnReason, ReturnStatus
from domains.returns.views import Asked, ReturnView


async def request(tx: Transaction, *, order_id: UUID, lines: Sequence[Asked], key: str, note: str = "") -> ReturnView:
    """Ask to send lines of an order back; once per `key`. Emits `return.requested`.

    Whose order it is, is the caller's to know. The order's row is held, so that two who ask at once never announce
    more than was shipped. Raises `NotReturnable` before the parcel has left, `WindowClosed` for a customer who is too
    late (staff may take back what they like), `TooManyReturned` with what is left, `Invalid`.
    """
    await orders.lock(tx, order_id)
    found = await case(tx, order_id)
    known = await _known(tx, order_id, key)
    if known is not None:
        return found.return_(known)
    if not any(line.returnable for line in found.refundable.lines):
        raise NotReturnable
    if tx.actor.kind is not ActorKind.STAFF:
        allowed = await window(tx, found.order)
        if not allowed.is_open:
            raise NotReturnable if allowed.until is None else WindowClosed(allowed.until)
    left = {line.order_line_id: line.returnable for line in found.refundable.lines}
    _check(lines, left, note)
    return await _put_down(tx, found, ReturnKind.RETURN, lines, key=key, note=note)


async def withdraw(tx: Transaction, *, order_id: UUID, note: str = "") -> ReturnView | None:
    """The customer withdraws from the contract (Directive 2011/83/EU, Article 11a): all of the order that is left.

    It is taken note of whether or not it is in time; staff decide. Repeated while the first waits, it is the first.
    None for an order that is not paid, is cancelled, or of which nothing is left. Emits `return.requested` and
    `return.withdrawal_received`, for the receipt.
    """
    await orders.lock(tx, order_id)
    found = await case(tx, order_id)
    if found.order.status in (OrderStatus.PENDING, OrderStatus.CANCELLED):
        return None
    open_one = next(
        (
            each
            for each in found.returns
            if each.kind is ReturnKind.WITHDRAWAL and each.status is ReturnStatus.REQUESTED
        ),
        None,
    )
    if open_one is not None:
        return open_one
    lines = [
        Asked(line.order_line_id, rest)
        for line in found.refundable.lines
        if (rest := line.ordered - line.returning - line.returned - line.kept) > 0
    ]
    if not lines:
        return None
    return await _put_down(
        tx, found, ReturnKind.WITHDRAWAL, lines, key=f"withdrawal:{new_id()}", note=note[:LONGEST_TEXT]
    )


def _check(lines: Sequence[Asked], left: Mapping[UUID, int], note: str) -> None:
    if len(note) > LONGEST_TEXT:
        raise Invalid({"note": _("Use at most {longest} characters.").format(longest=LONGEST_TEXT)})
    if not lines:
        raise Invalid({"lines": _("Choose what you want to return.")})
    if any(line.quantity < 1 or line.order_line_id not in left for line in lines):
        raise Invalid({"lines": _("Enter how many you want to return, as a whole number from 1.")})
    if any(line.reason is ReturnReason.NONE for line in lines):
        raise Invalid({"reason": _("Choose a reason for each thing.")})
    wanted: Counter[UUID] = Counter()
    for line in lines:
        wanted[line.order_line_id] += line.quantity
    if len(wanted) != len(lines):
        raise Invalid({"lines": _("Name each thing once.")})
    if any(quantity > left[line_id] for line_id, quantity in wanted.items()):
        raise TooManyReturned(left)


async def _known(tx: Transaction, order_id: UUID, key: str) -> UUID | None:
    found: UUID | None = (
        await tx.sql(
            "SELECT id FROM returns.returns WHERE order_id = :order AND request_key = :key",
            {"order": order_id, "key": key},
        )
    ).scalar()
    return found


async def _put_down(
    tx: Transaction, found: Case, kind: ReturnKind, lines: Sequence[Asked], *, key: str, note: str
) -> ReturnView:
    row = ReturnRow(
        id=new_id(),
        order_id=found.order.id,
        number=f"{found.order.number}-R{len(found.returns) + 1}",
        kind=kind,
        note=note.strip() or None,
        request_key=key[:80],
        requested_by=tx.actor.kind,
        requested_by_id=tx.actor.id,
    )
    tx.session.add(row)
    await tx.session.flush()
    await tx.session.execute(
        insert(ReturnLineRow),
        [
            {
                "return_id": row.id,
                "order_line_id": line.order_line_id,
                "quantity": line.quantity,
                "reason": line.reason.value,
            }
            for line in lines
        ],
    )
    items = tuple(ReturnedItem(line.order_line_id, line.quantity) for line in lines)
    await record(tx, ReturnRequested(row.id, row.order_id, row.number, kind, items))
    if kind is ReturnKind.WITHDRAWAL:
        await record(tx, WithdrawalReceived(row.id, row.order_id))
    await audit.record(tx, action="return.requested", subject=("return", row.id), label=row.number)
    return await return_(tx, row.id)
