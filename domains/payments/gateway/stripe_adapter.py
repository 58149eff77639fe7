"""Stripe, through its official library: the shop's `Gateway` for real keys and for the sandbox alike."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
import stripe

from domains.payments.gateway.amounts import to_gateway
from domains.payments.gateway.breaker import CircuitBreaker
from domains.payments.gateway.errors import GatewayRefused, SignatureInvalid
from domains.payments.gateway.reading import Unreadable, read_event, read_intent, read_refund
from domains.payments.gateway.refusals import raise_ours, raise_unanswered
from domains.payments.gateway.shapes import GatewayEvent, GatewayRefund, Intent
from domains.payments.gateway.transport import HttpxTransport

API_VERSION = "2026-10-28.endive"
"""Pinned: a newer library or dashboard setting must not change what we read."""

WEBHOOK_TOLERANCE = timedelta(minutes=5)
READ_TIMEOUT = 5.0
AUTHORIZE_READ_TIMEOUT = 15.0
"""A bank may take its time over an authorisation; nothing else may."""

SEARCH_LAG = timedelta(hours=2)
"""Stripe's search may lag behind by minutes, in an outage by an hour; what is younger is listed as well."""

MONEY_EVENTS = (
    "payment_intent.amount_capturable_updated",
    "payment_intent.canceled",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.requires_action",
    "payment_intent.succeeded",
    "charge.captured",
    "charge.expired",
    "charge.failed",
    "charge.refunded",
    "charge.succeeded",
    "refund.created",
    "refund.failed",
    "refund.updated",
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.dispute.funds_reinstated",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
)
"""What the webhook endpoint must be subscribed to (Stripe filters a list by at most 20 types)."""

_STRIPE_REASONS = frozenset({"duplicate", "fraudulent", "requested_by_customer"})
_INTENT_PARTS = ["latest_charge", "payment_method"]
_PAGE = 100


class StripeGateway:
    """`api_base` points at the sandbox in the demo and in tests; left out, it is Stripe."""

    def __init__(
        self,
        *,
        secret_key: str,
        webhook_secret: str,
        api_base: str | None = None,
        breaker: CircuitBreaker | None = None,
        read_timeout: float = READ_TIMEOUT,
        authorize_read_timeout: float = AUTHORIZE_READ_TIMEOUT,
    ) -> None:
        self._livemode = secret_key.startswith(("sk_live_", "rk_live_"))
        self._webhook_secret = webhook_secret
        self.breaker = breaker or CircuitBreaker()
        base = urlsplit(api_base or "")
        direct = base.scheme == "http" and base.hostname in {"127.0.0.1", "localhost", "::1"}
        self._transports = [
            HttpxTransport(read_timeout=read_timeout, direct=direct),
            HttpxTransport(read_timeout=authorize_read_timeout, direct=direct),
        ]
        self._quick, self._patient = (
            stripe.StripeClient(
                secret_key,
                stripe_version=API_VERSION,
                base_addresses={"api": api_base.rstrip("/")} if api_base else {},
                http_client=transport,
                # Who asks again decides with which key; a hidden retry would only eat the shopper's time.
                max_network_retries=0,
            ).v1
            for transport in self._transports
        )

    @property
    def livemode(self) -> bool:
        return self._livemode

    async def aclose(self) -> None:
        for transport in self._transports:
            await transport.close_async()

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
        metadata = {
            "order_id": str(order_id),
            "order_number": order_number,
            "payment_id": str(payment_id),
            "attempt_id": str(attempt_id),
        }
        if account_id is not None:
            metadata["account_id"] = str(account_id)
        params: dict[str, Any] = {
            "amount": to_gateway(amount, currency),
            "currency": currency.lower(),
            "automatic_payment_methods": {"enabled": True},
            "capture_method": "manual",
            "confirm": True,
            "confirmation_token": confirmation_token,
            "description": f"Order {order_number}",
            "metadata": metadata,
            "return_url": return_url,
            # A page to go to rather than a script to run: the confirmation then works in every browser.
            "use_stripe_sdk": False,
            "expand": _INTENT_PARTS,
        }
        if receipt_mail is not None:
            params["receipt_email"] = receipt_mail
        return await self._change(
            lambda: self._patient.payment_intents.create_async(_as(params), {"idempotency_key": str(attempt_id)}),
            read_intent,
        )

    async def retrieve(self, intent_id: str) -> Intent:
        return await self._read(
            lambda: self._quick.payment_intents.retrieve_async(intent_id, {"expand": _INTENT_PARTS}), read_intent
        )

    async def find(self, payment_id: UUID, *, since: datetime | None = None) -> list[Intent]:
        since = since or _made_at(payment_id) or datetime.now(UTC) - timedelta(days=1)
        found: dict[str, Intent] = {}
        try:
            for intent in await self._search(f'metadata["payment_id"]:"{payment_id}"'):
                found[intent.id] = intent
            listed_from = max(since, datetime.now(UTC) - SEARCH_LAG)
        except GatewayRefused:
            # Stripe does not offer search to every country's merchants; the list is slower and always there.
            listed_from = since
        for intent in await self.intents_since(listed_from - timedelta(minutes=1)):
            found[intent.id] = intent
        ours = [intent for intent in found.values() if intent.payment_id == payment_id]
        return sorted(ours, key=lambda each: each.created)

    async def capture(self, intent_id: str, *, key: UUID, amount: int, currency: str | None = None) -> Intent:
        currency = currency or (await self.retrieve(intent_id)).currency
        params: dict[str, Any] = {"amount_to_capture": to_gateway(amount, currency), "expand": _INTENT_PARTS}
        try:
            return await self._change(
                lambda: self._patient.payment_intents.capture_async(
                    intent_id, _as(params), {"idempotency_key": str(key)}
                ),
                read_intent,
            )
        except GatewayRefused as refusal:
            # Stripe forgets keys after a day: a late repeat is then refused, though it did what was asked.
            if refusal.intent is None or refusal.intent.status != "succeeded":
                raise
            return await self._as_it_is(intent_id, refusal, lambda intent: intent.amount_received == amount)

    async def cancel(self, intent_id: str, *, key: UUID) -> Intent:
        params: dict[str, Any] = {"cancellation_reason": "abandoned", "expand": _INTENT_PARTS}
        try:
            return await self._change(
                lambda: self._quick.payment_intents.cancel_async(intent_id, _as(params), {"idempotency_key": str(key)}),
                read_intent,
            )
        except GatewayRefused as refusal:
            if refusal.intent is None or refusal.intent.status != "canceled":
                raise
            return await self._as_it_is(intent_id, refusal, lambda intent: intent.status == "canceled")

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
        currency = currency or (await self.retrieve(intent_id)).currency
        params: dict[str, Any] = {
            "payment_intent": intent_id,
            "amount": to_gateway(amount, currency),
            "metadata": {"refund_id": str(refund_id)},
        }
        # What staff wrote stays in the shop; Stripe takes three words only.
        if reason in _STRIPE_REASONS:
            params["reason"] = reason
        return await self._change(
            lambda: self._quick.refunds.create_async(_as(params), {"idempotency_key": str(key)}), read_refund
        )

    async def refunds(self, intent_id: str) -> list[GatewayRefund]:
        params = {"payment_intent": intent_id}
        found = await self._all(self._quick.refunds.list_async, params, read_refund)
        return sorted(found, key=lambda each: each.created)

    async def refunds_since(self, since: datetime) -> list[GatewayRefund]:
        params = {"created": {"gte": int(since.timestamp())}}
        found = await self._all(self._quick.refunds.list_async, params, read_refund)
        return sorted(found, key=lambda each: each.created)

    async def intents_since(self, since: datetime) -> list[Intent]:
        params = {
            "created": {"gte": int(since.timestamp())},
            "expand": [f"data.{part}" for part in _INTENT_PARTS],
        }
        found = await self._all(self._quick.payment_intents.list_async, params, read_intent)
        return sorted(found, key=lambda each: each.created)

    async def events_since(self, since: datetime) -> list[GatewayEvent]:
        params = {"created": {"gte": int(since.timestamp())}, "types": list(MONEY_EVENTS)}
        found = await self._all(self._quick.events.list_async, params, read_event)
        found.reverse()
        return sorted(found, key=lambda each: each.created)

    def parse_webhook(self, payload: bytes, signature: str) -> GatewayEvent:
        try:
            stripe.WebhookSignature.verify_header(
                payload, signature, self._webhook_secret, int(WEBHOOK_TOLERANCE.total_seconds())
            )
        except stripe.SignatureVerificationError as error:
            raise SignatureInvalid(str(error)) from error
        except (TypeError, ValueError) as error:
            # Bytes that are no UTF-8, or a signature beyond ASCII: the library lets both out as they come.
            raise SignatureInvalid("The signature or the body is not readable.") from error
        try:
            return read_event(msgspec.json.decode(payload, type=dict[str, Any]))
        except (msgspec.DecodeError, Unreadable) as error:
            raise SignatureInvalid("The signed body is not an event.") from error

    async def _search(self, query: str) -> list[Intent]:
        found: list[Intent] = []
        params: dict[str, Any] = {
            "query": query,
            "limit": _PAGE,
            "expand": [f"data.{part}" for part in _INTENT_PARTS],
        }
        while True:
            answer = await self._read(partial(self._quick.payment_intents.search_async, _as(params)), _plain)
            found.extend(_each(answer, read_intent))
            if not answer.get("has_more") or not answer.get("next_page"):
                return found
            params = {**params, "page": answer["next_page"]}

    async def _as_it_is(self, intent_id: str, refusal: GatewayRefused, is_done: Callable[[Intent], bool]) -> Intent:
        intent = await self.retrieve(intent_id)
        if not is_done(intent):
            raise refusal
        return intent

    async def _all[T](
        self, call: Callable[..., Awaitable[Any]], params: dict[str, Any], read: Callable[[Mapping[str, Any]], T]
    ) -> list[T]:
        found: list[T] = []
        page = {**params, "limit": _PAGE}
        while True:
            answer = await self._read(partial(call, page), _plain)
            rows = answer["data"]
            found.extend(_each(answer, read))
            if not answer.get("has_more") or not rows:
                return found
            page = {**page, "starting_after": rows[-1]["id"]}

    async def _read[T](self, call: Callable[[], Awaitable[Any]], read: Callable[[Mapping[str, Any]], T]) -> T:
        return await self._ask(call, read, changes=False)

    async def _change[T](self, call: Callable[[], Awaitable[Any]], read: Callable[[Mapping[str, Any]], T]) -> T:
        return await self._ask(call, read, changes=True)

    async def _ask[T](
        self, call: Callable[[], Awaitable[Any]], read: Callable[[Mapping[str, Any]], T], *, changes: bool
    ) -> T:
        with self.breaker.call():
            try:
                answer = await call()
                return read(answer.to_dict())
            except stripe.StripeError as error:
                raise_ours(error, changes=changes)
            except (Unreadable, AttributeError, TypeError) as error:
                # JSON that is no object of Stripe: a proxy's page, a list where an object should be.
                raise_unanswered("The payment service gave an answer that cannot be read.", None, changes, error)


def _as(params: dict[str, Any]) -> Any:
    """The library types each call's parameters as its own TypedDict; a dict that is built in steps is none of them."""
    return params


def _plain(answer: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(answer.get("data"), list):
        raise Unreadable("not a list")
    return dict(answer)


def _each[T](answer: dict[str, Any], read: Callable[[Mapping[str, Any]], T]) -> list[T]:
    return [read(row) for row in answer["data"]]


def _made_at(id_: UUID) -> datetime | None:
    if id_.version != 7:
        return None
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)
