"""The states of a checkout, and the steps a shopper sees."""

from enum import StrEnum


class CheckoutStatus(StrEnum):
    OPEN = "open"
    """Being filled in."""
    PLACED = "placed"
    """Its order stands and waits for the payment."""
    COMPLETED = "completed"
    """Its order is paid, or waits for a bank transfer: the shopper has no more to do here."""
    ABANDONED = "abandoned"
    """Its cart is gone."""


# From `placed` back to `open`: the order died unpaid (expired, payment failed, something was changed), the shopper may
# go on with all he typed, and the next try places a new order.
TRANSITIONS: dict[CheckoutStatus, frozenset[CheckoutStatus]] = {
    CheckoutStatus.OPEN: frozenset({CheckoutStatus.PLACED, CheckoutStatus.COMPLETED, CheckoutStatus.ABANDONED}),
    CheckoutStatus.PLACED: frozenset({CheckoutStatus.OPEN, CheckoutStatus.COMPLETED}),
    CheckoutStatus.COMPLETED: frozenset(),
    CheckoutStatus.ABANDONED: frozenset(),
}

LIVE = frozenset({CheckoutStatus.OPEN, CheckoutStatus.PLACED})


class Step(StrEnum):
    """In the order in which they are taken; the value is the last part of the page's address."""

    CONTACT = "contact"
    ADDRESS = "address"
    SHIPPING = "shipping"
    PAYMENT = "payment"
