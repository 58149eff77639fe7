"""Payments as others read them."""

from datetime import datetime
from uuid import UUID

import msgspec

from domains.kit import Money
from domains.payments.states import LIVE_ATTEMPTS, AttemptStatus, PaymentMethod, PaymentStatus, RefundState


class Attempt(msgspec.Struct, frozen=True):
    """A try to pay that was just begun; `id` is the key to ask the gateway with."""

    id: UUID
    payment_id: UUID
    order_id: UUID
    user_id: UUID | None
    number: int
    amount: Money


class AttemptView(msgspec.Struct, frozen=True):
    """A try to pay. `message` is the gateway's sentence for the shopper after a decline."""

    id: UUID
    number: int
    status: AttemptStatus
    intent_id: str | None
    redirect_url: str | None
    decline_code: str | None
    message: str | None
    created_at: datetime


class Capture(msgspec.Struct, frozen=True):
    """A request to take the money held; `id` is the key to ask the gateway with."""

    id: UUID
    payment_id: UUID
    intent_id: str
    amount: Money


class Void(msgspec.Struct, frozen=True):
    """A request to let the money held go; `id` is the key to ask the gateway with."""

    id: UUID
    payment_id: UUID
    intent_id: str


class Refund(msgspec.Struct, frozen=True):
    """Money on its way back; `id` is the key to ask the gateway with, `intent_id` what it was taken by."""

    id: UUID
    payment_id: UUID
    intent_id: str
    amount: Money
    reason: str
    status: RefundState
    gateway_refund_id: str | None
    failure_code: str | None
    created_at: datetime
    processed_at: datetime | None


class PaymentView(msgspec.Struct, frozen=True, kw_only=True):
    """The one payment of an order, with its tries. Amounts without a type are minor units of `amount.currency`."""

    id: UUID
    order_id: UUID
    user_id: UUID | None
    amount: Money
    status: PaymentStatus
    captured: int
    refunding: int
    refunded: int
    method: PaymentMethod | None
    card_brand: str | None
    card_last4: str | None
    failure_code: str | None
    created_at: datetime
    authorized_at: datetime | None
    captured_at: datetime | None
    attempts: tuple[AttemptView, ...]
    intents: tuple[str, ...]
    """Every payment of the gateway that belongs to this one, as far as we know."""
    open_intents: tuple[str, ...]
    """Those with which the gateway may still take money."""
    quarantined: str | None
    """Why what the gateway told was not believed."""
    capture_pending: bool
    capture_failures: int
    """How often the money held by the live try could not be taken."""
    refunds: tuple[Refund, ...]
    """What went back of it or is on its way, the oldest first."""

    @property
    def live_attempt(self) -> AttemptView | None:
        """The try that may still pay, or has paid."""
        return next((attempt for attempt in self.attempts if attempt.status in LIVE_ATTEMPTS), None)

    @property
    def last_attempt(self) -> AttemptView | None:
        return self.attempts[-1] if self.attempts else None

    @property
    def in_doubt(self) -> bool:
        """Whether a request was sent, or may have been, of which no answer is known."""
        return self.capture_pending or any(attempt.status is AttemptStatus.STARTED for attempt in self.attempts)

    @property
    def is_by_transfer(self) -> bool:
        """Whether it goes, or went, past the gateway to the merchant's bank."""
        return self.method is PaymentMethod.BANK_TRANSFER

    @property
    def left(self) -> Money:
        """What can still be refunded."""
        return Money(self.captured - self.refunding - self.refunded, self.amount.currency)


class InboxEvent(msgspec.Struct, frozen=True):
    """A webhook to be worked through: which payment it is about, if any of ours."""

    id: str
    type: str
    intent_id: str | None
    payment_id: UUID | None
    attempts: int


class PaymentState(msgspec.Struct, frozen=True):
    """What the events of a payment add up to; equals its row (I20)."""

    order_id: UUID
    user_id: UUID | None
    amount: int
    currency: str
    status: PaymentStatus
    captured: int = 0
    refunding: int = 0
    refunded: int = 0
