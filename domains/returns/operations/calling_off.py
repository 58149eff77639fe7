"""An order that is called off with its refund: given back by its customer before it has arrived (ORD-07), or cancelled
by two of staff."""

from uuid import UUID

from domains import audit, fulfilment, inventory, orders
from domains.kit import Transaction
from domains.orders import CancelReason, OrderHead, OrderStatus


async def call_off(tx: Transaction, head: OrderHead, return_id: UUID) -> UUID | None:
    """Cancel an order that has not arrived; the payment's refund, to be sent. What never left goes on the shelf."""
    cause = f"return:{return_id}"
    reason = CancelReason.CUSTOMER if head.status is OrderStatus.CONFIRMED else CancelReason.RECALLED
    await fulfilment.call_off(tx, head.id, recalled=head.status is not OrderStatus.CONFIRMED)
    refund_id = await orders.cancel(tx, head.id, reason=reason, cause=cause)
    if head.status is OrderStatus.CONFIRMED:
        await inventory.release(tx, order_id=head.id, cause=cause)
    return refund_id


async def cancel(tx: Transaction, head: OrderHead, *, why: str) -> UUID | None:
    """Cancel an order of which nothing has left, as a second person agreed; the payment's refund, to be sent.

    Raises `fulfilment.AlreadyShipped`, `orders.TransitionRefused`.
    """
    cause = f"cancelled:{head.id}"
    await fulfilment.call_off(tx, head.id)
    refund_id = await orders.cancel(tx, head.id, reason=CancelReason.STAFF, cause=cause)
    if refund_id is not None:
        await inventory.release(tx, order_id=head.id, cause=cause)
        await audit.record(
            tx,
            action="order.cancelled",
            subject=("order", str(head.id)),
            label=head.number,
            changes={"status": (head.status, OrderStatus.CANCELLED)},
            note=why,
        )
    return refund_id
