"""The five states of an order and the six arrows between them (ORD-05 to ORD-08); the database repeats the table."""

from enum import StrEnum


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
