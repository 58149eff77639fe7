"""What can be asked of returns; everything about one order is read at once."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domains import fulfilment, orders, store
from domains.kit import Money, Transaction
from domains.kit.crypto import keyring
from domains.orders import OrderLineView, OrderStatus, OrderView
from domains.returns.amounts import due, paid_parts
from domains.returns.errors import RefundNotFound, ReturnNotFound
from domains.returns.models import NOTE_CONTEXT
from domains.returns.states import RefundStatus, ReturnKind, ReturnReason, ReturnStatus
from domains.returns.views import (
    Refundable,
    RefundableLine,
    RefundLineView,
    RefundView,
    ReturnLineView,
    ReturnView,
    Window,
)

_RETURNS = """
SELECT r.id, r.order_id, r.number, r.kind, r.status, r.note, r.answer, r.requested_by, r.requested_by_id,
       r.warehouse_id, r.created_at, r.decided_at, r.received_at, r.ended_at,
       (SELECT json_agg(json_build_array(order_line_id, quantity, reason, received, restocked))
        FROM returns.return_lines WHERE return_id = r.id) AS lines
FROM returns.returns r WHERE r.order_id = :order ORDER BY r.created_at, r.id
"""
_REFUNDS = """
SELECT r.id, r.order_id, r.payment_id, r.return_id, r.payment_refund_id, r.status, r.ends_order, r.amount_cents,
       r.goods_cents, r.shipping_cents, r.adjustment_cents, r.currency, r.reason, r.requested_by, r.requested_by_id,
       r.decided_by_id, r.decision_note, r.created_at, r.decided_at,
       (SELECT json_agg(json_build_array(order_line_id, quantity, amount_cents, restock))
        FROM returns.refund_lines WHERE refund_id = r.id) AS lines
FROM returns.refunds r WHERE r.order_id = :order ORDER BY r.created_at, r.id
"""


class Case(msgspec.Struct, frozen=True):
    """An order with all that comes and goes back of it, as of one moment."""

    order: OrderView
    returns: tuple[ReturnView, ...]
    refunds: tuple[RefundView, ...]
    refundable: Refundable

    def return_(self, return_id: UUID) -> ReturnView:
        """Raises `ReturnNotFound`."""
        found = next((each for each in self.returns if each.id == return_id), None)
        if found is None:
            raise ReturnNotFound
        return found

    def refund(self, refund_id: UUID) -> RefundView:
        """Raises `RefundNotFound`."""
        found = next((each for each in self.refunds if each.id == refund_id), None)
        if found is None:
            raise RefundNotFound
        return found


async def case(tx: Transaction, order_id: UUID, *, order: OrderView | None = None) -> Case:
    """All of one order; `order` saves reading it again. Raises `orders.OrderNotFound`."""
    order = order or await orders.order(tx, order_id)
    gone = await fulfilment.shipped_quantities(tx, order.id)
    shipped = {line.id: _shipped(order, line, gone) for line in order.lines}
    refunds = tuple(_refund(row, order) for row in await tx.sql(_REFUNDS, {"order": order.id}))
    rows = (await tx.sql(_RETURNS, {"order": order.id})).all()
    returns = tuple(_return(row, order, refunds, shipped) for row in rows)
    return Case(order, returns, refunds, _refundable(order, returns, refunds, shipped))


async def of_order(tx: Transaction, order_id: UUID) -> tuple[ReturnView, ...]:
    """The returns of an order, oldest first."""
    return (await case(tx, order_id)).returns


async def refunds_of(tx: Transaction, order_id: UUID) -> tuple[RefundView, ...]:
    """The refunds that staff gave or want to give of an order, oldest first."""
    return (await case(tx, order_id)).refunds


async def refundable(tx: Transaction, order_id: UUID) -> Refundable:
    """What can still go back of an order."""
    return (await case(tx, order_id)).refundable


async def case_of_return(tx: Transaction, number: str) -> tuple[Case, ReturnView]:
    """The return with this number and its order. Raises `ReturnNotFound`."""
    row = (
        await tx.sql("SELECT id, order_id FROM returns.returns WHERE number = :number", {"number": number})
    ).one_or_none()
    if row is None:
        raise ReturnNotFound
    found = await case(tx, row.order_id)
    return found, found.return_(row.id)


async def return_(tx: Transaction, return_id: UUID) -> ReturnView:
    """Raises `ReturnNotFound`."""
    return (await case(tx, await order_of_return(tx, return_id))).return_(return_id)


async def refund(tx: Transaction, refund_id: UUID) -> RefundView:
    """Raises `RefundNotFound`."""
    return (await case(tx, await order_of_refund(tx, refund_id))).refund(refund_id)


async def case_of_refund(tx: Transaction, refund_id: UUID) -> tuple[Case, RefundView]:
    """The refund and its order. Raises `RefundNotFound`."""
    found = await case(tx, await order_of_refund(tx, refund_id))
    return found, found.refund(refund_id)


async def order_of_return(tx: Transaction, return_id: UUID) -> UUID:
    """Raises `ReturnNotFound`."""
    found: UUID | None = (
        await tx.sql("SELECT order_id FROM returns.returns WHERE id = :id", {"id": return_id})
    ).scalar()
    if found is None:
        raise ReturnNotFound
    return found


async def order_of_refund(tx: Transaction, refund_id: UUID) -> UUID:
    """Raises `RefundNotFound`."""
    found: UUID | None = (
        await tx.sql("SELECT order_id FROM returns.refunds WHERE id = :id", {"id": refund_id})
    ).scalar()
    if found is None:
        raise RefundNotFound
    return found


async def window(tx: Transaction, order: OrderView) -> Window:
    """Until when the order can be returned (RET-02): so many days from delivery, by the shop's calendar.

    Longer if staff said so for this order, or for all that is delivered from a day on (over the holidays).
    """
    shop = await store.shop(tx)
    if order.delivered_at is None:
        # What has left in part is on its way too; whether anything has is the caller's to know.
        return Window(None, order.status in (OrderStatus.CONFIRMED, OrderStatus.SHIPPED), False)
    delivered = order.delivered_at.astimezone(ZoneInfo(shop.time_zone)).date()
    usual = until = delivered + timedelta(days=shop.return_days)
    if shop.holiday_from is not None and shop.holiday_until is not None and delivered >= shop.holiday_from:
        until = max(until, shop.holiday_until)
    row = (
        await tx.sql(
            "SELECT kit.now() AS now, (SELECT until FROM returns.extensions WHERE order_id = :order) AS extended",
            {"order": order.id},
        )
    ).one()
    if row.extended is not None:
        until = max(until, row.extended)
    today = row.now.astimezone(ZoneInfo(shop.time_zone)).date()
    return Window(until, today <= until, until > usual)


async def waiting_refunds(tx: Transaction) -> int:
    """How many refunds wait for a second person."""
    found: int = (await tx.sql("SELECT count(*) FROM returns.refunds WHERE status = 'waiting'")).scalar_one()
    return found


async def states_of(tx: Transaction, order_ids: Sequence[UUID]) -> dict[UUID, ReturnStatus]:
    """The state of the newest return of each of these orders; those without one are left out."""
    rows = await tx.sql(
        "SELECT DISTINCT ON (order_id) order_id, status FROM returns.returns"
        " WHERE order_id = ANY(CAST(:ids AS uuid[])) ORDER BY order_id, created_at DESC, id DESC",
        {"ids": list(order_ids)},
    )
    return {row.order_id: ReturnStatus(row.status) for row in rows}


def _return(row: Any, order: OrderView, refunds: Sequence[RefundView], shipped: Mapping[UUID, int]) -> ReturnView:
    lines = _in_order(msgspec.convert(row.lines or [], list[tuple[UUID, int, str, int, int]], strict=False), order)
    status = ReturnStatus(row.status)
    return ReturnView(
        id=row.id,
        order_id=row.order_id,
        number=row.number,
        kind=ReturnKind(row.kind),
        status=status,
        note=None if row.note is None else keyring().decrypt(row.note, NOTE_CONTEXT),
        answer=row.answer,
        requested_by=row.requested_by,
        requested_by_id=row.requested_by_id,
        warehouse_id=row.warehouse_id,
        lines=tuple(
            ReturnLineView(
                order_line_id=line.id,
                variant_id=line.variant_id,
                name=line.product_name,
                options=line.options,
                sku=line.sku,
                quantity=quantity,
                reason=ReturnReason(reason),
                received=received,
                restocked=restocked,
            )
            for line, (_id, quantity, reason, received, restocked) in lines
        ),
        ends_order=status in (ReturnStatus.REQUESTED, ReturnStatus.APPROVED)
        and (
            order.status is OrderStatus.SHIPPED
            # Of one that has left in part the rest is called off at the queue, and what has left comes back.
            or (order.status is OrderStatus.CONFIRMED and not any(shipped.values()))
        )
        and _is_all(order, {part[0]: part[1] for _line, part in lines}, row.id, refunds),
        created_at=row.created_at,
        decided_at=row.decided_at,
        received_at=row.received_at,
        ended_at=row.ended_at,
    )


def _is_all(order: OrderView, quantities: dict[UUID, int], return_id: UUID, refunds: Sequence[RefundView]) -> bool:
    """Whether the return takes back every piece of the order that was not refunded otherwise."""
    others = [each for each in refunds if each.is_alive and each.return_id != return_id]
    return all(
        quantities.get(line.id, 0) >= line.quantity - sum(count for count, _amount in _gone(others, line.id))
        for line in order.lines
    )


def _refund(row: Any, order: OrderView) -> RefundView:
    def money(amount: int) -> Money:
        return Money(amount, row.currency)

    lines = _in_order(msgspec.convert(row.lines or [], list[tuple[UUID, int, int, bool]], strict=False), order)
    return RefundView(
        id=row.id,
        order_id=row.order_id,
        payment_id=row.payment_id,
        return_id=row.return_id,
        payment_refund_id=row.payment_refund_id,
        status=RefundStatus(row.status),
        state=next((told.status for told in order.refunds if told.id == row.payment_refund_id), None),
        ends_order=row.ends_order,
        amount=money(row.amount_cents),
        goods=money(row.goods_cents),
        shipping=money(row.shipping_cents),
        adjustment=row.adjustment_cents,
        reason=row.reason,
        lines=tuple(
            RefundLineView(
                order_line_id=line.id,
                variant_id=line.variant_id,
                name=line.product_name,
                options=line.options,
                quantity=quantity,
                amount=money(amount),
                restock=restock,
            )
            for line, (_id, quantity, amount, restock) in lines
        ),
        requested_by=row.requested_by,
        requested_by_id=row.requested_by_id,
        decided_by_id=row.decided_by_id,
        decision_note=row.decision_note,
        created_at=row.created_at,
        decided_at=row.decided_at,
    )


def _in_order[T: tuple[Any, ...]](parts: Sequence[T], order: OrderView) -> list[tuple[OrderLineView, T]]:
    """The parts beside their lines, in the order of the lines."""
    of_line = {part[0]: part for part in parts}
    return [(line, of_line[line.id]) for line in order.lines if line.id in of_line]


def _gone(refunds: Sequence[RefundView], order_line_id: UUID) -> list[tuple[int, int]]:
    return [
        (line.quantity, line.amount.amount)
        for each in refunds
        for line in each.lines
        if line.order_line_id == order_line_id
    ]


def _refundable(
    order: OrderView, returns: Sequence[ReturnView], refunds: Sequence[RefundView], shipped: Mapping[UUID, int]
) -> Refundable:
    currency = order.total.currency
    captured = order.payment.captured if order.payment is not None else 0
    alive = [each for each in refunds if each.is_alive]
    waiting = sum(each.amount.amount for each in alive if each.status is RefundStatus.WAITING)
    goods, shipping = paid_parts(order, captured)
    lines = []
    for line, paid in zip(order.lines, goods, strict=True):
        gone = _gone(alive, line.id)
        refunded = sum(count for count, _amount in gone)
        lines.append(
            RefundableLine(
                order_line_id=line.id,
                variant_id=line.variant_id,
                name=line.product_name,
                options=line.options,
                sku=line.sku,
                ordered=line.quantity,
                shipped=shipped[line.id],
                returning=_returning(line.id, returns),
                returned=_returned(line.id, returns, refunds),
                kept=_kept(line.id, alive),
                refunded=refunded,
                paid=Money(paid, currency),
                amount_left=Money(due(paid, line.quantity, gone, line.quantity - refunded), currency),
            )
        )
    left = captured - waiting - (order.payment.refunding + order.payment.refunded if order.payment else 0)
    return Refundable(
        order_id=order.id,
        payment_id=order.payment_id,
        currency=currency,
        captured=Money(captured, currency),
        left=Money(max(0, left), currency),
        waiting=Money(waiting, currency),
        shipping=Money(shipping, currency),
        shipping_left=Money(max(0, shipping - sum(each.shipping.amount for each in alive)), currency),
        lines=tuple(lines),
    )


def _shipped(order: OrderView, line: OrderLineView, gone: Mapping[UUID, int] | None) -> int:
    """How many pieces of the line have left the house; of an order sent without shipments, all or none. Files have no
    way back."""
    if line.is_digital:
        return 0
    if gone is None:
        return line.quantity if order.shipped_at is not None else 0
    return gone.get(line.id, 0)


def _returning(order_line_id: UUID, returns: Sequence[ReturnView]) -> int:
    return sum(
        line.quantity
        for each in returns
        if each.status in (ReturnStatus.REQUESTED, ReturnStatus.APPROVED)
        for line in each.lines
        if line.order_line_id == order_line_id
    )


def _kept(order_line_id: UUID, alive: Sequence[RefundView]) -> int:
    """Pieces whose money goes back though they stay where they are, or are to be put on the shelf by a refund that
    waits."""
    return sum(
        line.quantity
        for each in alive
        if each.return_id is None
        for line in each.lines
        if line.order_line_id == order_line_id and not (line.restock and each.status is RefundStatus.GIVEN)
    )


def _returned(order_line_id: UUID, returns: Sequence[ReturnView], refunds: Sequence[RefundView]) -> int:
    came = sum(line.received for each in returns for line in each.lines if line.order_line_id == order_line_id)
    return came + sum(
        line.quantity
        for each in refunds
        if each.status is RefundStatus.GIVEN
        for line in each.lines
        if line.order_line_id == order_line_id and line.restock
    )
