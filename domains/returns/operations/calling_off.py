"""An order that its customer gives back before it has arrived (ORD-07)."""

from uuid import UUID

from domains import fulfilment, inventory, orders
from domains.kit import Transaction
from domains.orders import CancelReason, OrderStatus


async def call_off(tx: Transaction, order_id: UUID, status: OrderStatus, return_id: UUID) -> UUID | None:
    """Cancel an order that has not arrived; the payment's refund, to be sent. What never left goes on the shelf."""
    cause = f"return:{return_id}"
    reason = CancelReason.CUSTOMER if status is OrderStatus.CONFIRMED else CancelReason.RECALLED
    await fulfilment.call_off(tx, order_id, recalled=status is not OrderStatus.CONFIRMED)
    refund_id = await orders.cancel(tx, order_id, reason=reason, cause=cause)
    if status is OrderStatus.CONFIRMED:
        await inventory.release(tx, order_id=order_id, cause=cause)
    return refund_id
