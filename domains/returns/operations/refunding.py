"""Money back by line: what it comes to, who has to agree, and its row in the books of payments."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import insert

from domains import audit, fulfilment, inventory, invoicing, orders, payments, store
from domains.inventory import Arrival, Reason
from domains.kit import Invalid, Money, Transaction, new_id, record
from domains.kit.i18n import gettext as _
from domains.kit.idempotency import claim, complete
from domains.orders import OrderHead, OrderStatus
from domains.returns.amounts import due
from domains.returns.errors import (
    AlreadyRefunded,
    NothingToRefund,
    NotRestockable,
    RefundChanged,
    RefundDecided,
    RefundWaits,
    ReturnMoved,
    SecondPersonNeeded,
)
from domains.returns.events import ReturnRefunded
from domains.returns.models import LONGEST_TEXT, RefundLineRow, RefundRow, ReturnRow
from domains.returns.operations.calling_off import call_off, cancel
from domains.returns.operations.files import take_back
from domains.returns.operations.locking import lock_refund, lock_return, move
from domains.returns.queries import Case, case, refund
from domains.returns.states import RefundStatus, ReturnStatus
from domains.returns.views import Amounts, Refundable, RefundLine, RefundView

type _Part = tuple[UUID, int, int]
"""A line, how many of it, and what goes back for them."""


class _Wanted(msgspec.Struct, frozen=True):
    """A refund before it has a row."""

    lines: tuple[RefundLine, ...]
    amounts: Amounts
    shipping: int
    adjustment: int
    reason: str
    ends_order: bool = False
    warehouse_id: UUID | None = None


def amounts_of(found: Case, lines: Sequence[RefundLine], *, shipping: int = 0, adjustment: int = 0) -> Amounts:
    """What a refund would come to, of what was paid; `shipping` and `adjustment` in minor units.

    An adjustment adds to the sum (goodwill) or takes from it (wear), and uses up no line. Raises `AlreadyRefunded` with
    what is left where it is more, `Invalid`, `NothingToRefund`.
    """
    refundable = found.refundable
    by_line = {line.order_line_id: line for line in refundable.lines}
    if len({line.order_line_id for line in lines}) != len(lines) or any(
        line.order_line_id not in by_line or line.quantity < 1 for line in lines
    ):
        raise Invalid({"lines": _("Enter how many to refund, as a whole number from 1.")})
    if shipping < 0:
        raise Invalid({"shipping": _("Enter an amount of 0 or more.")})
    if any(line.quantity > by_line[line.order_line_id].left for line in lines) or shipping > (
        refundable.shipping_left.amount
    ):
        raise _already(refundable)
    alive = [each for each in found.refunds if each.is_alive]
    parts = []
    for line in lines:
        of = by_line[line.order_line_id]
        gone = [
            (part.quantity, part.amount.amount)
            for each in alive
            for part in each.lines
            if part.order_line_id == line.order_line_id
        ]
        parts.append(due(of.paid.amount, of.ordered, gone, line.quantity))
    goods = sum(parts)
    total = goods + shipping + adjustment
    if total < 1:
        raise NothingToRefund
    if total > refundable.left.amount:
        raise _already(refundable)
    return Amounts(tuple(parts), Money(goods, refundable.currency), Money(total, refundable.currency))


async def refund_lines(
    tx: Transaction,
    *,
    order_id: UUID,
    lines: Sequence[RefundLine] = (),
    shipping: int = 0,
    adjustment: int = 0,
    reason: str,
    key: str,
    return_id: UUID | None = None,
    warehouse_id: UUID | None = None,
    expected: int | None = None,
) -> RefundView:
    """Put down that staff send money back; once per `key`, and the caller sends it once this is committed.

    The program computes the amount from what was paid (`amounts_of`), under the order's row, so that of two who refund
    at once one is told what the other did. `expected` is the sum the person saw. Above the shop's limit, counted with
    what went back of this order without one, the refund waits for a second person (`approve_refund`). Lines with
    `restock` go on the shelf of `warehouse_id` when the money is given; with `return_id` the goods were received and
    the return becomes `refunded`.
    Emits `refund.requested` and `return.refunded`. Raises `AlreadyRefunded`, `RefundChanged`, `NotRestockable`,
    `ReturnMoved`, `payments.NotCaptured`, `KeyReused`, `Invalid`.
    """
    asked = [(line.order_line_id, line.quantity, line.restock) for line in lines]
    scope = f"returns.refund:{order_id}"
    head = await orders.lock(tx, order_id)
    known = await claim(tx, scope, key, [asked, shipping, adjustment, reason, return_id])
    if known is not None:
        return await refund(tx, UUID(known["refund_id"]))
    returned = None
    if return_id is not None:
        head, returned = await lock_return(tx, return_id)
        if returned.order_id != order_id or returned.status != ReturnStatus.RECEIVED:
            raise ReturnMoved(ReturnStatus(returned.status))
    if not reason.strip() or len(reason) > LONGEST_TEXT:
        raise Invalid({"reason": _("Write why, in at most {longest} characters.").format(longest=LONGEST_TEXT)})
    found = await case(tx, order_id)
    if found.order.payment is None or not found.order.payment.captured:
        raise payments.NotCaptured
    if return_id is not None and any(
        each.return_id == return_id and each.is_alive and each.status is RefundStatus.WAITING for each in found.refunds
    ):
        raise _already(found.refundable)
    _check_restock(found.refundable, lines, warehouse_id, is_return=return_id is not None)
    amounts = amounts_of(found, lines, shipping=shipping, adjustment=adjustment)
    if expected is not None and expected != amounts.total.amount:
        raise RefundChanged(amounts.total)
    wanted = _Wanted(tuple(lines), amounts, shipping, adjustment, reason.strip(), warehouse_id=warehouse_id)
    row = await _put_down(tx, head, found, wanted, returned)
    await complete(tx, scope, key, {"refund_id": str(row.id)})
    return await refund(tx, row.id)


async def refund_all(tx: Transaction, head: OrderHead, returned: ReturnRow) -> RefundView | None:
    """Put down the refund of all that is left of an order that is called off; None where nothing is left to refund.

    The caller holds the order and the return. Below the limit the order is cancelled with it.
    """
    found = await case(tx, head.id)
    if head.payment_id is None or not found.refundable.left:
        return None
    row = await _put_down(tx, head, found, _all_of_it(found, f"called off ({returned.number})"), returned)
    return await refund(tx, row.id)


async def ask_to_cancel(tx: Transaction, head: OrderHead, *, why: str) -> RefundView | None:
    """Put down that staff want to cancel an order whose money is above the shop's limit, for a second person.

    `approve_refund` cancels it. Asked again, it is the same request. None where one person may cancel it. The caller
    holds the order. Raises `RefundWaits` while another refund of it waits, `fulfilment.AlreadyShipped`.
    """
    found = await case(tx, head.id)
    paid = found.order.payment
    if paid is None or not paid.left or not await _needs_second_person(tx, found, paid.left):
        return None
    if any(each.has_left for each in await fulfilment.of_order(tx, head.id)):
        raise fulfilment.AlreadyShipped
    for each in found.refunds:
        if each.status is RefundStatus.WAITING:
            if each.ends_order and each.return_id is None:
                return each
            raise RefundWaits
    wanted = _all_of_it(found, why.strip()[:LONGEST_TEXT] or _("Order cancelled"))
    row = await _put_down(tx, head, found, wanted, None)
    return await refund(tx, row.id)


def _all_of_it(found: Case, reason: str) -> _Wanted:
    """All that is left of an order, which ends with it."""
    left = found.refundable.left
    lines = tuple(RefundLine(line.order_line_id, line.left) for line in found.refundable.lines if line.left)
    shipping = found.refundable.shipping_left.amount
    parts = tuple(line.amount_left.amount for line in found.refundable.lines if line.left)
    amounts = Amounts(parts, Money(sum(parts), left.currency), left)
    return _Wanted(lines, amounts, shipping, left.amount - sum(parts) - shipping, reason, ends_order=True)


async def approve_refund(tx: Transaction, refund_id: UUID) -> RefundView:
    """A second person agrees: the refund is given. Emits what `refund_lines` does.

    Raises `SecondPersonNeeded` for who asked for it, `RefundDecided`, `AlreadyRefunded` when its money has gone back
    another way meanwhile, `orders.TransitionRefused` when the order it calls off has arrived.
    """
    head, row = await lock_refund(tx, refund_id)
    if row.status != RefundStatus.WAITING:
        raise RefundDecided
    if tx.actor.id is None or tx.actor.id == row.requested_by_id:
        raise SecondPersonNeeded
    found = await case(tx, head.id)
    asked = found.refund(refund_id)
    # What waits is set aside here only: the order may have been cancelled meanwhile, with all its money.
    if found.order.payment is None or row.amount_cents > found.order.payment.left.amount:
        raise _already(found.refundable)
    returned = None if row.return_id is None else (await lock_return(tx, row.return_id))[1]
    parts = [(line.order_line_id, line.quantity, line.amount.amount) for line in asked.lines]
    now = await tx.now()  # every statement writes what the row says so far, and the database checks it as a whole
    row.payment_refund_id, row.status = await _ask_for(tx, head, row, parts), RefundStatus.GIVEN
    row.decided_by_id, row.decided_at = tx.actor.id, now
    await tx.session.flush()
    lines = tuple(RefundLine(line.order_line_id, line.quantity, line.restock) for line in asked.lines)
    await _follow(tx, head, row, lines, returned)
    await _note(tx, row, "approved")
    return await refund(tx, refund_id)


async def reject_refund(tx: Transaction, refund_id: UUID, *, note: str) -> RefundView:
    """It is not given; also for who asked for it and thinks better of it. Raises `RefundDecided`, `Invalid`."""
    _head, row = await lock_refund(tx, refund_id)
    if row.status != RefundStatus.WAITING:
        raise RefundDecided
    if tx.actor.id is None:
        raise SecondPersonNeeded
    if not note.strip() or len(note) > LONGEST_TEXT:
        raise Invalid({"note": _("Write why, in at most {longest} characters.").format(longest=LONGEST_TEXT)})
    now = await tx.now()
    row.status, row.decision_note = RefundStatus.REFUSED, note.strip()
    row.decided_by_id, row.decided_at = tx.actor.id, now
    await tx.session.flush()
    await _note(tx, row, "refused")
    return await refund(tx, refund_id)


async def _put_down(
    tx: Transaction, head: OrderHead, found: Case, wanted: _Wanted, returned: ReturnRow | None
) -> RefundRow:
    """The refund's row: given at once, with its row in the books of payments, or waiting."""
    assert head.payment_id is not None
    row = RefundRow(
        id=new_id(),
        order_id=head.id,
        payment_id=head.payment_id,
        return_id=None if returned is None else returned.id,
        status=RefundStatus.WAITING,
        ends_order=wanted.ends_order,
        amount_cents=wanted.amounts.total.amount,
        goods_cents=wanted.amounts.goods.amount,
        shipping_cents=wanted.shipping,
        adjustment_cents=wanted.adjustment,
        currency=wanted.amounts.total.currency,
        reason=wanted.reason,
        warehouse_id=wanted.warehouse_id,
        requested_by=tx.actor.kind,
        requested_by_id=tx.actor.id,
    )
    waits = await _needs_second_person(tx, found, wanted.amounts.total)
    if not waits:
        parts = [
            (line.order_line_id, line.quantity, part)
            for line, part in zip(wanted.lines, wanted.amounts.lines, strict=True)
        ]
        row.status, row.payment_refund_id = RefundStatus.GIVEN, await _ask_for(tx, head, row, parts)
    tx.session.add(row)
    await tx.session.flush()
    if wanted.lines:
        await tx.session.execute(
            insert(RefundLineRow),
            [
                {
                    "refund_id": row.id,
                    "order_line_id": line.order_line_id,
                    "quantity": line.quantity,
                    "amount_cents": amount,
                    "restock": line.restock,
                }
                for line, amount in zip(wanted.lines, wanted.amounts.lines, strict=True)
            ],
        )
    if waits:
        await _note(tx, row, "held_back")
    else:
        await _follow(tx, head, row, wanted.lines, returned)
    return row


async def _ask_for(tx: Transaction, head: OrderHead, row: RefundRow, parts: Sequence[_Part]) -> UUID:
    """Put the refund into the books of payments, by itself or with the order that it calls off; its id there."""
    if not row.ends_order:
        asked = await payments.request_refund(
            tx,
            payment_id=row.payment_id,
            amount=Money(row.amount_cents, row.currency),
            reason=row.reason,
            key=f"staff:{row.id}",
        )
        refund_id = asked.id
    else:
        if row.return_id is None:
            called_off = await cancel(tx, head, why=row.reason)
        else:
            called_off = await call_off(tx, head, row.return_id)
        if called_off is None:
            raise RefundDecided
        refund_id, asked = called_off, await payments.refund(tx, called_off)
        if asked.amount.amount != row.amount_cents:
            raise RefundChanged(asked.amount)
    await _explain(tx, row, refund_id, parts)
    return refund_id


async def _explain(tx: Transaction, row: RefundRow, refund_id: UUID, parts: Sequence[_Part]) -> None:
    """What the credit note will say the money is for."""
    of_line = {line.id: line for line in (await orders.order(tx, row.order_id)).lines}
    lines = [
        invoicing.CreditLine(
            of_line[line_id].product_name, quantity, amount, of_line[line_id].options, of_line[line_id].sku
        )
        for line_id, quantity, amount in parts
    ]
    if row.shipping_cents:
        lines.append(invoicing.CreditLine(_("Delivery"), 1, row.shipping_cents))
    if row.adjustment_cents:
        lines.append(invoicing.CreditLine(_("Adjustment"), 1, row.adjustment_cents))
    await invoicing.explain(tx, refund_id, lines)


async def _follow(
    tx: Transaction, head: OrderHead, row: RefundRow, lines: Sequence[RefundLine], returned: ReturnRow | None
) -> None:
    """What a given refund brings about: goods on the shelf, files taken back, and a return that is over."""
    restocked = [line for line in lines if line.restock]
    if restocked and row.warehouse_id is not None:
        of_line = {line.id: line.variant_id for line in (await orders.order(tx, head.id)).lines}
        quantities = {of_line[line.order_line_id]: line.quantity for line in restocked}
        await inventory.receive_all(
            tx, [Arrival(row.warehouse_id, quantities)], reason=Reason.RETURN, reference=f"refund:{row.id}"
        )
    await take_back(tx, head.id, {line.order_line_id for line in lines})
    if returned is None:
        return
    never_left = row.ends_order and head.status is OrderStatus.CONFIRMED
    if returned.status == ReturnStatus.RECEIVED or never_left:
        await finish(tx, returned, row)


async def finish(tx: Transaction, returned: ReturnRow, row: RefundRow) -> None:
    """The return's money was put down: it is `refunded`. Emits `return.refunded`."""
    assert row.payment_refund_id is not None
    await move(tx, returned, ReturnStatus.REFUNDED)
    await record(
        tx, ReturnRefunded(returned.id, returned.order_id, row.payment_refund_id, row.amount_cents, row.currency)
    )


def _check_restock(
    refundable: Refundable, lines: Sequence[RefundLine], warehouse_id: UUID | None, *, is_return: bool
) -> None:
    """Goods of a return were put away when they came; what is with the customer or still here cannot be."""
    returnable = {line.order_line_id: line.returnable for line in refundable.lines}
    for line in lines:
        if line.restock and (is_return or line.quantity > returnable.get(line.order_line_id, 0)):
            raise NotRestockable(line.order_line_id)
    if any(line.restock for line in lines) and warehouse_id is None:
        raise Invalid({"warehouse": _("Choose the warehouse where the goods are.")})


def _already(refundable: Refundable) -> AlreadyRefunded:
    left = {line.order_line_id: line.left for line in refundable.lines}
    return AlreadyRefunded(left, refundable.shipping_left, refundable.left)


async def _note(tx: Transaction, row: RefundRow, verb: str) -> None:
    """What is decided about a refund; that it was asked for, and how it went, `payments` writes."""
    await audit.record(
        tx,
        action=f"refund.{verb}",
        subject=("refund", row.payment_refund_id or row.id),
        label=await orders.number_of(tx, row.order_id),
        changes={"amount": (None, row.amount_cents), "currency": (None, row.currency)},
        note=row.decision_note or row.reason,
        money=True,
    )


async def _needs_second_person(tx: Transaction, found: Case, amount: Money) -> bool:
    """Whether the sum, with all that went back of the order on one person's word, is above the shop's limit.

    Counted together, because two halves are the same money as the whole; in another currency than the shop's the limit
    says nothing, so that two decide.
    """
    shop = await store.shop(tx)
    alone = sum(
        each.amount.amount
        for each in found.refunds
        if each.is_alive and each.status is RefundStatus.GIVEN and each.decided_by_id is None
    )
    return amount.currency != shop.currency or alone + amount.amount > shop.refund_limit
