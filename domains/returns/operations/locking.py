"""Rows held until the end of the transaction: always the order first, then what belongs to it."""

from uuid import UUID

from sqlalchemy import select

from domains import orders
from domains.kit import Transaction
from domains.orders import OrderHead
from domains.returns.errors import RefundNotFound, ReturnMoved, ReturnNotFound
from domains.returns.models import RefundRow, ReturnRow
from domains.returns.queries import order_of_refund, order_of_return
from domains.returns.states import TRANSITIONS, ReturnStatus


async def lock_return(tx: Transaction, return_id: UUID) -> tuple[OrderHead, ReturnRow]:
    """The order and the return, as they are now. Raises `ReturnNotFound`."""
    head = await orders.lock(tx, await order_of_return(tx, return_id))
    # populate_existing: a session that has seen the row before must not answer from what it saw then.
    row = (
        await tx.session.execute(
            select(ReturnRow)
            .where(ReturnRow.id == return_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).scalar_one_or_none()
    if row is None:
        raise ReturnNotFound
    return head, row


async def lock_refund(tx: Transaction, refund_id: UUID) -> tuple[OrderHead, RefundRow]:
    """The order and the refund, as they are now. Raises `RefundNotFound`."""
    head = await orders.lock(tx, await order_of_refund(tx, refund_id))
    row = (
        await tx.session.execute(
            select(RefundRow)
            .where(RefundRow.id == refund_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ).scalar_one_or_none()
    if row is None:
        raise RefundNotFound
    return head, row


async def move(tx: Transaction, row: ReturnRow, to: ReturnStatus) -> None:
    """Take the arrow to `to`. Raises `ReturnMoved` where there is none."""
    present = ReturnStatus(row.status)
    if to not in TRANSITIONS[present]:
        raise ReturnMoved(present)
    now = await tx.now()
    if present is ReturnStatus.REQUESTED:
        row.decided_at = now
    row.ended_at = now if to in (ReturnStatus.REJECTED, ReturnStatus.REFUNDED, ReturnStatus.CLOSED) else None
    row.status = to
    row.updated_at = now
    await tx.session.flush()
