"""The states of what belongs to a payment, and the only arrows between them; the database repeats the tables."""

from enum import StrEnum


class PaymentStatus(StrEnum):
    """Where the money of one order is."""

    PENDING = "pending"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"


# A declined card is a declined attempt and leaves the payment pending: only the last word is `failed`.
# Money that was held and let go again makes the payment pending once more: another try may follow. There is no arrow
# from `authorized` to an end, so that no payment ends with money held (I13).
# `failed` and `cancelled` end the payment for the shop. Money that the gateway took all the same (somebody captured it
# by hand there) must not be hidden: it is recorded as captured, and then goes back by a refund.
# A refund that the bank sends back makes the payment worth again what it was before.
TRANSITIONS: dict[PaymentStatus, frozenset[PaymentStatus]] = {
    PaymentStatus.PENDING: frozenset(
        {PaymentStatus.AUTHORIZED, PaymentStatus.CAPTURED, PaymentStatus.FAILED, PaymentStatus.CANCELLED}
    ),
    PaymentStatus.AUTHORIZED: frozenset({PaymentStatus.CAPTURED, PaymentStatus.PENDING}),
    PaymentStatus.CAPTURED: frozenset({PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.REFUNDED}),
    PaymentStatus.PARTIALLY_REFUNDED: frozenset({PaymentStatus.REFUNDED, PaymentStatus.CAPTURED}),
    PaymentStatus.REFUNDED: frozenset({PaymentStatus.PARTIALLY_REFUNDED, PaymentStatus.CAPTURED}),
    PaymentStatus.FAILED: frozenset({PaymentStatus.CAPTURED}),
    PaymentStatus.CANCELLED: frozenset({PaymentStatus.CAPTURED}),
}


class AttemptStatus(StrEnum):
    """One try to pay; its id is the key of the request at the gateway."""

    STARTED = "started"
    REQUIRES_ACTION = "requires_action"
    AUTHORIZED = "authorized"
    CAPTURED = "captured"
    DECLINED = "declined"
    FAILED = "failed"
    SUPERSEDED = "superseded"
    VOIDED = "voided"


LIVE_ATTEMPTS = frozenset(
    {AttemptStatus.STARTED, AttemptStatus.REQUIRES_ACTION, AttemptStatus.AUTHORIZED, AttemptStatus.CAPTURED}
)
"""At most one of these per payment; the database has a unique index over them."""


class RequestStatus(StrEnum):
    """A capture or a void: the row stands before the gateway is asked, and says what came of it."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


class RefundState(StrEnum):
    """A refund (PAY-02): asked for, on its way or gone, or come to nothing."""

    PENDING = "pending"
    PROCESSED = "processed"
    FAILED = "failed"


class InboxStatus(StrEnum):
    """A webhook in the inbox. Quarantined ones wait for a person: what they say does not fit what we know."""

    PENDING = "pending"
    PROCESSED = "processed"
    QUARANTINED = "quarantined"


class PaymentMethod(StrEnum):
    """What was paid with, as the gateway tells it."""

    CREDIT_CARD = "credit_card"
    DEBIT_CARD = "debit_card"
    WALLET = "wallet"
    BANK_TRANSFER = "bank_transfer"
    """Past the gateway, to the merchant's bank: staff say that it has come."""
