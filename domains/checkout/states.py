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


class DraftState(StrEnum):
    """How an order that staff write stands, as its list and its page say it."""

    WRITING = "writing"
    """Nobody outside the shop can see it."""
    SENT = "sent"
    """Its link opens it."""
    LINK_OVER = "link_over"
    """Its link no longer opens it."""
    PAYING = "paying"
    """The customer has pressed Pay, and it is not known yet what came of it, or his card was refused."""
    ORDERED = "ordered"
    """It has become an order."""
    DROPPED = "dropped"
    """Staff gave it up, or nobody touched it for a month."""


# Of `checkout.drafts d` with `checkout.checkouts c`: the one place that says so, for the page and for the list.
DRAFT_STATE = """
CASE WHEN c.status = 'completed' THEN 'ordered' WHEN c.status = 'abandoned' THEN 'dropped'
     WHEN c.status = 'placed' THEN 'paying' WHEN d.link_until > kit.now() THEN 'sent'
     WHEN d.link_until IS NOT NULL THEN 'link_over' ELSE 'writing' END
"""
