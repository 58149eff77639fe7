"""Facts of payments: ids and plain values. Amounts are minor units of `currency`."""

from typing import ClassVar
from uuid import UUID

from domains.kit import Event


class PaymentCreated(Event, frozen=True):
    """An order is to be paid."""

    type: ClassVar[str] = "payment.created"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    user_id: UUID | None
    amount: int
    currency: str


class PaymentAuthorized(Event, frozen=True):
    """The bank holds the money for us."""

    type: ClassVar[str] = "payment.authorized"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    attempt_id: UUID
    intent_id: str
    amount: int
    currency: str
    method: str


class PaymentDeclined(Event, frozen=True):
    """One try was refused; another may follow."""

    type: ClassVar[str] = "payment.declined"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    attempt_id: UUID
    number: int
    code: str


class PaymentVoided(Event, frozen=True):
    """Money that was held was let go; the payment is open again."""

    type: ClassVar[str] = "payment.voided"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    attempt_id: UUID
    intent_id: str


class PaymentCaptured(Event, frozen=True):
    """The money was taken."""

    type: ClassVar[str] = "payment.captured"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    intent_id: str
    amount: int
    currency: str


class PaymentSucceeded(Event, frozen=True):
    """What was taken covers all that was to be paid."""

    type: ClassVar[str] = "payment.succeeded"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    amount: int
    currency: str


class PaymentFailed(Event, frozen=True):
    """The last word: this payment will not come."""

    type: ClassVar[str] = "payment.failed"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    code: str


class PaymentCancelled(Event, frozen=True):
    """The payment is wanted no more; nothing was taken and nothing is held."""

    type: ClassVar[str] = "payment.cancelled"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID


class PaymentQuarantined(Event, frozen=True):
    """The gateway told of a payment that does not fit ours; nothing was believed, a person must look."""

    type: ClassVar[str] = "payment.quarantined"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    intent_id: str
    reason: str


class RefundRequested(Event, frozen=True):
    """Money is to go back."""

    type: ClassVar[str] = "refund.requested"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    refund_id: UUID
    amount: int
    currency: str


class RefundProcessed(Event, frozen=True):
    """Money went back."""

    type: ClassVar[str] = "refund.processed"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    refund_id: UUID
    amount: int
    currency: str


class RefundFailed(Event, frozen=True):
    """Money did not go back. `returned`: it had gone, and the bank sent it back to us."""

    type: ClassVar[str] = "refund.failed"
    stream: ClassVar[str] = "payment"

    payment_id: UUID
    order_id: UUID
    refund_id: UUID
    amount: int
    currency: str
    code: str
    returned: bool
