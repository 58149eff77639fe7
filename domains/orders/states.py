"""The five states of an order and the six arrows between them (ORD-05 to ORD-08); the database repeats the table."""

from enum import StrEnum

from domains.payments import PaymentStatus


class OrderStatus(StrEnum):
    """`confirmed` means paid. `delivered` and `cancelled` are ends: nothing reopens them."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


TRANSITIONS: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.PENDING: frozenset({OrderStatus.CONFIRMED, OrderStatus.CANCELLED}),
    OrderStatus.CONFIRMED: frozenset({OrderStatus.SHIPPED, OrderStatus.CANCELLED}),
    OrderStatus.SHIPPED: frozenset({OrderStatus.DELIVERED, OrderStatus.CANCELLED}),
    OrderStatus.DELIVERED: frozenset(),
    OrderStatus.CANCELLED: frozenset(),
}


class CancelReason(StrEnum):
    """Why an order was cancelled."""

    PAYMENT_FAILED = "payment_failed"
    EXPIRED = "expired"
    CUSTOMER = "customer"
    STAFF = "staff"
    OUT_OF_STOCK = "out_of_stock"
    RECALLED = "recalled"
    REPLACED = "replaced"
    """The shopper changed something before it was paid; another order follows."""
    UNAVAILABLE = "unavailable"
    """The payment service did not answer; another order follows."""


class DisplayStatus(StrEnum):
    """The order's life in the words of ORD-09, told by order and payment status together."""

    CREATED = "created"
    CONFIRMED = "confirmed"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    FAILED = "failed"


def display_status(
    order_status: OrderStatus, payment_status: PaymentStatus | None, cancel_reason: CancelReason | None
) -> DisplayStatus:
    """How an order is called where the longer life is shown (ORD-09).

    Its `confirmed` comes before `paid`: a pending order whose stock is set aside and whose money is held. Ours means
    paid. A cancelled order that died of its payment has failed.
    """
    match order_status:
        case OrderStatus.PENDING:
            held = payment_status in {PaymentStatus.AUTHORIZED, PaymentStatus.CAPTURED}
            return DisplayStatus.CONFIRMED if held else DisplayStatus.CREATED
        case OrderStatus.CONFIRMED:
            return DisplayStatus.PAID
        case OrderStatus.SHIPPED:
            return DisplayStatus.SHIPPED
        case OrderStatus.DELIVERED:
            return DisplayStatus.DELIVERED
        case OrderStatus.CANCELLED:
            failed = cancel_reason in {CancelReason.PAYMENT_FAILED, CancelReason.EXPIRED}
            return DisplayStatus.FAILED if failed else DisplayStatus.CANCELLED
