"""What the shop knows of a payment at the gateway: plain frozen values, no card data beyond brand and last four."""

from datetime import datetime
from typing import Any, Literal, Protocol, get_args, runtime_checkable
from uuid import UUID

import msgspec

IntentStatus = Literal[
    "requires_payment_method",
    "requires_confirmation",
    "requires_action",
    "processing",
    "requires_capture",
    "canceled",
    "succeeded",
]
INTENT_STATUSES: frozenset[str] = frozenset(get_args(IntentStatus))

RefundStatus = Literal["pending", "requires_action", "succeeded", "failed", "canceled"]
REFUND_STATUSES: frozenset[str] = frozenset(get_args(RefundStatus))


class PaymentError(msgspec.Struct, frozen=True):
    """Why the last try did not pay. `message` is the gateway's sentence for the shopper."""

    code: str
    decline_code: str | None
    message: str


class Intent(msgspec.Struct, frozen=True):
    """A payment as the gateway tells it. Amounts are minor units of ISO 4217, `currency` is upper case."""

    id: str
    status: IntentStatus
    amount: int
    amount_capturable: int
    amount_received: int
    amount_refunded: int
    currency: str
    metadata: dict[str, str]
    customer: str | None
    livemode: bool
    created: datetime
    charge: str | None
    """The latest charge, if a card was tried."""
    method: str | None
    """The token of the card, `pm_…`."""
    authorization_code: str | None
    method_type: str | None
    card_brand: str | None
    card_last4: str | None
    card_funding: str | None
    """`credit`, `debit`, `prepaid` or `unknown`."""
    wallet: str | None
    redirect_url: str | None
    """Where the shopper must go to confirm, while the status is `requires_action`."""
    error: PaymentError | None
    response: dict[str, Any]
    """What may be stored of the answer, see `redacted`."""

    @property
    def order_id(self) -> UUID | None:
        return _uuid(self.metadata.get("order_id"))

    @property
    def payment_id(self) -> UUID | None:
        return _uuid(self.metadata.get("payment_id"))

    @property
    def attempt_id(self) -> UUID | None:
        return _uuid(self.metadata.get("attempt_id"))


class GatewayRefund(msgspec.Struct, frozen=True):
    """Money on its way back, as the gateway tells it."""

    id: str
    intent_id: str | None
    charge: str | None
    amount: int
    currency: str
    status: RefundStatus
    failure_reason: str | None
    metadata: dict[str, str]
    created: datetime

    @property
    def refund_id(self) -> UUID | None:
        return _uuid(self.metadata.get("refund_id"))


class GatewayEvent(msgspec.Struct, frozen=True):
    """A notice of the gateway. It says where to look; what it claims is never believed without retrieving."""

    id: str
    type: str
    created: datetime
    livemode: bool
    object_type: str
    object_id: str
    intent_id: str | None
    """The payment it is about, whatever the object is."""
    payment_id: UUID | None
    """Ours, where the object carries it in its metadata."""
    payload: dict[str, Any]
    """What may be stored of the event, see `redacted`."""


@runtime_checkable  # handlers are handed one, and Litestar looks at what it hands them
class Gateway(Protocol):
    """A payment provider that authorises first and captures later.

    Every method may raise `GatewayUnavailable` (nothing happened there) and `GatewayRefused`; those that change
    something also `GatewayOutcomeUnknown` (ask again with the same key, or look up) and `KeyReused`.
    """

    @property
    def livemode(self) -> bool:
        """Whether real money moves. An intent of the other mode is not ours."""

    async def authorize(
        self,
        *,
        attempt_id: UUID,
        payment_id: UUID,
        order_id: UUID,
        order_number: str,
        account_id: UUID | None,
        amount: int,
        currency: str,
        confirmation_token: str,
        return_url: str,
        receipt_mail: str | None = None,
    ) -> Intent:
        """Make and confirm a payment, money held but not taken. The attempt's id is the key. Raises `Declined`."""

    async def retrieve(self, intent_id: str) -> Intent: ...

    async def find(self, payment_id: UUID, *, since: datetime | None = None) -> list[Intent]:
        """Every intent that names our payment in its metadata, oldest first. For doubt, in place of a blind create.

        `since` is when the payment may have been made first; left out, it is read from the time-ordered id.
        """

    async def capture(self, intent_id: str, *, key: UUID, amount: int, currency: str | None = None) -> Intent:
        """Take the money held, and let the rest go. Raises `Declined` where the bank will not pay after all.

        Naming the `currency` saves a question to the gateway. What was captured already is answered as it is.
        """

    async def cancel(self, intent_id: str, *, key: UUID) -> Intent:
        """Let the money held go. What was cancelled already is answered as it is; what was paid is `GatewayRefused`."""

    async def refund(
        self,
        intent_id: str,
        *,
        key: UUID,
        amount: int,
        reason: str | None,
        refund_id: UUID,
        currency: str | None = None,
    ) -> GatewayRefund:
        """Send `amount` back. More than is left is `GatewayRefused`."""

    async def refunds(self, intent_id: str) -> list[GatewayRefund]: ...

    async def refunds_since(self, since: datetime) -> list[GatewayRefund]:
        """Every refund made since then, of whatever payment, oldest first."""

    async def intents_since(self, since: datetime) -> list[Intent]: ...

    async def events_since(self, since: datetime) -> list[GatewayEvent]:
        """The events about money since then, oldest first, for what no webhook brought."""

    def parse_webhook(self, payload: bytes, signature: str) -> GatewayEvent:
        """Verify the raw body and read it. Raises `SignatureInvalid`."""

    async def aclose(self) -> None: ...


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
