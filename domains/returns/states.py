"""The states of a return and of a refund that staff give, and their only arrows; the database repeats both tables."""

from enum import StrEnum


class ReturnStatus(StrEnum):
    """How far goods that come back have come. `rejected` and `closed` are ends."""

    REQUESTED = "requested"
    APPROVED = "approved"
    """The customer may send it; we wait for the parcel."""
    REJECTED = "rejected"
    RECEIVED = "received"
    """It is here and was looked at; the money is still to go back."""
    REFUNDED = "refunded"
    CLOSED = "closed"
    """It ended without a refund: nothing came, or nothing was to go back."""


# What never left the house is refunded without being received. A refund that the bank sends back makes the return wait
# for its money again.
TRANSITIONS: dict[ReturnStatus, frozenset[ReturnStatus]] = {
    ReturnStatus.REQUESTED: frozenset({ReturnStatus.APPROVED, ReturnStatus.REJECTED}),
    ReturnStatus.APPROVED: frozenset({ReturnStatus.RECEIVED, ReturnStatus.REFUNDED, ReturnStatus.CLOSED}),
    ReturnStatus.REJECTED: frozenset(),
    ReturnStatus.RECEIVED: frozenset({ReturnStatus.REFUNDED, ReturnStatus.CLOSED}),
    ReturnStatus.REFUNDED: frozenset({ReturnStatus.RECEIVED}),
    ReturnStatus.CLOSED: frozenset(),
}

OPEN = frozenset({ReturnStatus.REQUESTED, ReturnStatus.APPROVED, ReturnStatus.RECEIVED})
"""Somebody still has to do something."""

LIVE = frozenset(ReturnStatus) - {ReturnStatus.REJECTED, ReturnStatus.CLOSED}
"""What such a return names cannot be returned a second time."""


class ReturnKind(StrEnum):
    """A `withdrawal` is the customer's right and asks for no reason; everything else about it is as with a return."""

    RETURN = "return"
    WITHDRAWAL = "withdrawal"


class ReturnReason(StrEnum):
    """Why somebody sends something back, as he says it."""

    CHANGED_MIND = "changed_mind"
    DOES_NOT_FIT = "does_not_fit"
    NOT_AS_DESCRIBED = "not_as_described"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    OTHER = "other"
    NONE = "none"
    """Not asked: a withdrawal."""


class RefundStatus(StrEnum):
    """A refund that staff give: it waits for a second person, stands in the books of payments, or was refused."""

    WAITING = "waiting"
    GIVEN = "given"
    REFUSED = "refused"


REFUND_TRANSITIONS: dict[RefundStatus, frozenset[RefundStatus]] = {
    RefundStatus.WAITING: frozenset({RefundStatus.GIVEN, RefundStatus.REFUSED}),
    RefundStatus.GIVEN: frozenset(),
    RefundStatus.REFUSED: frozenset(),
}
