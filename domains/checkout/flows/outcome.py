"""What became of a try to pay, as the asker is told."""

from enum import StrEnum
from typing import Self
from uuid import UUID

import msgspec
from structlog.typing import FilteringBoundLogger

from domains.kit import NotFound
from domains.payments.gateway import GatewayError


class PaymentState(StrEnum):
    CONFIRMED = "confirmed"
    """Paid; the order stands."""
    PROCESSING = "processing"
    """Not known yet; the reconcile job or a webhook will tell."""
    REQUIRES_ACTION = "requires_action"
    """The shopper has to confirm at his bank, at `url`."""
    DECLINED = "declined"
    """Nothing was charged; the order waits for another try."""
    UNAVAILABLE = "unavailable"
    """The gateway cannot be asked; nothing was charged and there is no order."""
    AWAITING_TRANSFER = "awaiting_transfer"
    """The order stands and waits for a bank transfer."""
    CANCELLED = "cancelled"
    """The order is dead; what was paid goes back."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """`message` is a sentence for the shopper."""

    state: PaymentState
    order_id: UUID
    order_number: str
    payment_id: UUID | None
    url: str = ""
    message: str = ""

    @classmethod
    def confirmed(cls, order_id: UUID, order_number: str) -> Self:
        """Of an order that costs nothing."""
        return cls(state=PaymentState.CONFIRMED, order_id=order_id, order_number=order_number, payment_id=None)


def postponed(log: FilteringBoundLogger, error: Exception, what: str, **of: str) -> None:
    """Log that one payment is looked at again later: in passing where the gateway does not answer or something is not
    there yet, loudly where nobody has foreseen it."""
    if isinstance(error, GatewayError | NotFound):
        log.warning(what, error=type(error).__name__, **of)
    else:
        log.error(what, exc_info=error, **of)
