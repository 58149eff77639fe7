"""The arrows between the states of an order, a verb each (ORD-05 to ORD-08).

Each holds the order's row, then the payment's. What the state has no arrow for is refused with `TransitionRefused`;
to be told again what is so already changes nothing and emits nothing.
"""

from typing import Any
from uuid import UUID

from domains import payments
from domains.kit import Invalid, Transaction, record
from domains.kit.i18n import gettext as _
from domains.orders.errors import NotPaid, OrderNotFound, TrackingNumberNeeded, TransitionRefused
from domains.orders.events import (
    OrderAwaitsTransfer,
    OrderCancelled,
    OrderConfirmed,
    OrderDelivered,
    OrderedItem,
    OrderShipped,
)
from domains.orders.queries import lock
from domains.orders.states import TRANSITIONS, CancelReason, OrderStatus
from domains.orders.views import OrderHead

_LONGEST_TRACKING_NUMBER = 100


async def confirm(tx: Transaction, order_id: UUID, *, cause: str | None = None) -> None:
    """The order is paid: `pending` → `confirmed`. Emits `order.confirmed`.

    Raises `NotPaid` unless the payment's money was taken in full; an order that costs nothing needs none.
    """
    head = await lock(tx, order_id)
    if head.status is OrderStatus.CONFIRMED:
        return
    _refuse_unless_arrow(head, OrderStatus.CONFIRMED)
    method: str | None = None
    if head.payment_id is not None:
        paid = await payments.payment(tx, head.payment_id, lock=True)
        if paid.captured - paid.refunded - paid.refunding < head.total.amount:
            raise NotPaid
        method = paid.method
    await _set(tx, order_id, "status = 'confirmed', confirmed_at = kit.now(), payment_method = :method", method=method)
    await record(
        tx,
        OrderConfirmed(
            order_id,
            head.user_id,
            head.payment_id,
            head.total.currency,
            head.total.amount,
            await _items(tx, order_id),
        ),
        cause=cause,
    )


async def await_transfer(tx: Transaction, order_id: UUID) -> None:
    """The order stays `pending` until staff say that its bank transfer came. Emits `order.awaits_transfer`."""
    head = await lock(tx, order_id)
    _refuse_unless_arrow(head, OrderStatus.CONFIRMED)
    await record(tx, OrderAwaitsTransfer(order_id, head.user_id), cause="placed")


async def ship(tx: Transaction, order_id: UUID, *, tracking_number: str | None, cause: str | None = None) -> None:
    """All of it is on its way, or waits to be picked up: `confirmed` → `shipped`. Emits `order.shipped`.

    `tracking_number` is None for what cannot be followed: what is picked up, or is a file. Raises
    `TrackingNumberNeeded` for an empty one. The goods leave the shelves by `fulfilment.ship`, which calls this.
    """
    if tracking_number is not None:
        tracking_number = tracking_number.strip()
        if not tracking_number:
            raise TrackingNumberNeeded
        if len(tracking_number) > _LONGEST_TRACKING_NUMBER:
            raise Invalid(
                {"tracking_number": _("Use at most {longest} characters.").format(longest=_LONGEST_TRACKING_NUMBER)}
            )
    head = await lock(tx, order_id)
    _refuse_unless_arrow(head, OrderStatus.SHIPPED)
    await _set(
        tx,
        order_id,
        "status = 'shipped', shipped_at = kit.now(), tracking_number = :tracking",
        tracking=tracking_number,
    )
    await record(tx, OrderShipped(order_id, head.user_id, tracking_number), cause=cause)


async def deliver(tx: Transaction, order_id: UUID, *, cause: str | None = None) -> None:
    """The parcel has arrived: `shipped` → `delivered`. Emits `order.delivered`."""
    head = await lock(tx, order_id)
    if head.status is OrderStatus.DELIVERED:
        return
    _refuse_unless_arrow(head, OrderStatus.DELIVERED)
    await _set(tx, order_id, "status = 'delivered', delivered_at = kit.now()")
    await record(tx, OrderDelivered(order_id, head.user_id), cause=cause)


async def cancel(tx: Transaction, order_id: UUID, *, reason: CancelReason, cause: str | None = None) -> UUID | None:
    """The order will not come: `pending`, `confirmed` or `shipped` → `cancelled`. Emits `order.cancelled`.

    The payment ends with it: what was taken is put down to go back (the refund's id is returned, to be sent by
    `payments.flows.send_refund`), and one that has not paid is failed or cancelled. Raises `StillOpenAtGateway` while
    the gateway might still take money (`payments.flows.void` first). Who may cancel, and the stock, are the caller's.
    """
    head = await lock(tx, order_id)
    if head.status is OrderStatus.CANCELLED:
        return None
    _refuse_unless_arrow(head, OrderStatus.CANCELLED)
    refund_id = None if head.payment_id is None else await _end_payment(tx, head.payment_id, reason)
    await _set(tx, order_id, "status = 'cancelled', cancelled_at = kit.now(), cancel_reason = :reason", reason=reason)
    await record(
        tx,
        OrderCancelled(
            order_id, head.user_id, head.payment_id, reason, head.status, refund_id, await _items(tx, order_id)
        ),
        cause=cause,
    )
    return refund_id


async def _end_payment(tx: Transaction, payment_id: UUID, reason: CancelReason) -> UUID | None:
    paid = await payments.payment(tx, payment_id, lock=True)
    if paid.captured:
        if not paid.left:
            return None
        refund = await payments.request_refund(
            tx, payment_id=payment_id, amount=paid.left, reason=f"order cancelled ({reason})", key="order-cancelled"
        )
        return refund.id
    if reason is CancelReason.PAYMENT_FAILED:
        last = paid.last_attempt
        await payments.fail(tx, payment_id, code=(last and last.decline_code) or "payment_failed")
    else:
        await payments.cancel(tx, payment_id)
    return None


def _refuse_unless_arrow(head: OrderHead, to: OrderStatus) -> None:
    if to not in TRANSITIONS[head.status]:
        raise TransitionRefused(head.status)


async def _set(tx: Transaction, order_id: UUID, columns: str, **values: Any) -> None:
    changed = await tx.sql(
        f"UPDATE orders.orders SET {columns}, updated_at = kit.now() WHERE id = :id", {"id": order_id, **values}
    )
    if changed.rowcount != 1:
        raise OrderNotFound


async def _items(tx: Transaction, order_id: UUID) -> tuple[OrderedItem, ...]:
    rows = await tx.sql(
        "SELECT variant_id, product_id, quantity, unit_price_cents AS unit_price FROM orders.order_lines"
        " WHERE order_id = :id ORDER BY position",
        {"id": order_id},
    )
    return tuple(OrderedItem(**row) for row in rows.mappings())
