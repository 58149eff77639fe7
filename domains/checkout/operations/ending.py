"""An order that dies unpaid, and the checkout that goes on."""

from uuid import UUID

from sqlalchemy import text

from domains import inventory, orders
from domains.checkout.models import Checkout
from domains.checkout.rows import move
from domains.checkout.states import CheckoutStatus
from domains.kit import Transaction
from domains.orders import CancelReason


async def end_order(
    tx: Transaction,
    row: Checkout | None,
    order_id: UUID,
    *,
    reason: CancelReason,
    cause: str,
    keep_hold: bool = False,
) -> UUID | None:
    """Cancel the order, give its stock back (or to the checkout, with `keep_hold`), and open the checkout again.

    All that was typed stays, so that the next press of Pay places a new order. The caller holds the locks and has made
    sure that nothing at the gateway may still take money: the database refuses otherwise.
    Answers the refund that must now be sent, if money was taken. Emits what `orders.cancel` and `inventory` emit.
    """
    refund_id = await orders.cancel(tx, order_id, reason=reason, cause=cause)
    if keep_hold:
        await inventory.unbind(tx, order_id=order_id)
    else:
        await inventory.release(tx, order_id=order_id, cause=cause)
    if row is not None and row.order_id == order_id and row.status == CheckoutStatus.PLACED:
        move(row, CheckoutStatus.OPEN)
        row.order_id = row.placed_as = None
        row.updated_at = text("kit.now()")  # type: ignore[assignment]
        await tx.session.flush()
    return refund_id


async def count_decline(tx: Transaction, order_id: UUID) -> None:
    """Remember that a card was refused, for the cap on tries."""
    await tx.sql(
        "UPDATE checkout.checkouts SET declined_at = kit.now(), updated_at = kit.now(), declines = CASE"
        " WHEN declined_at > kit.now() - interval '1 hour' THEN declines + 1 ELSE 1 END WHERE order_id = :order",
        {"order": order_id},
    )
