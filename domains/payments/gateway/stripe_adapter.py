"""Stripe, through its official library: the shop's `Gateway` for real keys and for the sandbox alike."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, NoReturn
from urllib.parse import urlsplit
from uuid import UUID

import httpx
import msgspec
import stripe

from domains.payments.gateway.amounts import from_gateway, to_gateway
from domains.payments.gateway.breaker import CircuitBreaker
from domains.payments.gateway.errors import (
    Declined,
    GatewayOutcomeUnknown,
    GatewayRefused,
    GatewayUnavailable,
    KeyReused,
    SignatureInvalid,
    StillUnderWay,
)
from domains.payments.gateway.redaction import redacted
from domains.payments.gateway.shapes import (
    INTENT_STATUSES,
    REFUND_STATUSES,
    GatewayEvent,
    GatewayRefund,
    Intent,
    PaymentError,
)

API_VERSION = "2026-10-28.endive"
"""Pinned: a newer library or dashboard setting must not change what we read."""

WEBHOOK_TOLERANCE = timedelta(minutes=5)
CONNECT_TIMEOUT = 1.0
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
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError)

# Nothing about this machine is sent along, nor an id written into the user's home.
stripe.enable_telemetry = False


class _HttpxTransport(stripe.HTTPClient):
    """The library's own httpx client has neither limits on connections nor a deadline over the whole answer."""

    name = "httpx"

    def __init__(self, *, read_timeout: float, direct: bool) -> None:
        super().__init__()
        self._deadline = CONNECT_TIMEOUT + read_timeout + 1.0
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(read_timeout, connect=CONNECT_TIMEOUT, pool=CONNECT_TIMEOUT),
            limits=httpx.Limits(max_connections=40, max_keepalive_connections=20, keepalive_expiry=15),
            trust_env=not direct,
            # Plain HTTP to this machine needs no certificate authorities, and reading them takes 0.1 s.
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if direct else True,
        )

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        try:
            async with asyncio.timeout(self._deadline):
                answer = await self._client.request(method, url, headers=headers, content=post_data or None)
        except (httpx.HTTPError, TimeoutError) as error:
            raise stripe.APIConnectionError(type(error).__name__) from error  # type: ignore[no-untyped-call]
        return answer.content, answer.status_code, answer.headers

    async def sleep_async(self, secs: float) -> None:
        await asyncio.sleep(secs)

    async def close_async(self) -> None:
        await self._client.aclose()


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
            _HttpxTransport(read_timeout=read_timeout, direct=direct),
            _HttpxTransport(read_timeout=authorize_read_timeout, direct=direct),
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
        params: dict[str, Any] = {
            "query": f'metadata["payment_id"]:"{payment_id}"',
            "limit": _PAGE,
            "expand": [f"data.{part}" for part in _INTENT_PARTS],
        }
        while True:
            answer = await self._read(partial(self._quick.payment_intents.search_async, _as(params)), _plain)
            for intent in _each(answer, read_intent):
                found[intent.id] = intent
            if not answer.get("has_more") or not answer.get("next_page"):
                break
            params = {**params, "page": answer["next_page"]}
        recent = max(since - timedelta(minutes=1), datetime.now(UTC) - SEARCH_LAG)
        for intent in await self.intents_since(recent):
            if intent.payment_id == payment_id:
                found[intent.id] = intent
        return sorted(
            (intent for intent in found.values() if intent.payment_id == payment_id), key=lambda each: each.created
        )

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
        except (msgspec.DecodeError, _Unreadable) as error:
            raise SignatureInvalid("The signed body is not an event.") from error

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
                _raise_ours(error, changes=changes)
            except (_Unreadable, AttributeError, TypeError) as error:
                # JSON that is no object of Stripe: a proxy's page, a list where an object should be.
                _raise_unanswered("The payment service gave an answer that cannot be read.", None, changes, error)


class _Unreadable(Exception):
    """The answer lacks what every such object of Stripe has."""


def _raise_unanswered(message: str, request_id: str | None, changes: bool, cause: Exception) -> NoReturn:
    if changes:
        raise GatewayOutcomeUnknown(message, request_id=request_id) from cause
    raise GatewayUnavailable(message, request_id=request_id) from cause


def _raise_ours(error: stripe.StripeError, *, changes: bool) -> NoReturn:
    message = error.user_message or "The payment service refused without a word."
    request_id = error.request_id
    match error:
        case stripe.CardError():
            detail = error.error
            raise Declined(
                message,
                code=str(error.code or "card_declined"),
                decline_code=None if detail is None else detail.decline_code,
                intent=_intent_of(error),
                request_id=request_id,
            ) from error
        case _ if error.http_status == 409:
            raise StillUnderWay(message, request_id=request_id) from error
        case stripe.IdempotencyError():
            raise KeyReused(message, request_id=request_id) from error
        case stripe.RateLimitError():
            raise GatewayUnavailable("The payment service is busy.", retry_after=2.0, request_id=request_id) from error
        case stripe.InvalidRequestError():
            raise GatewayRefused(
                message,
                code=error.code,
                param=error.param,
                status=error.http_status,
                intent=_intent_of(error),
                request_id=request_id,
            ) from error
        case stripe.AuthenticationError() | stripe.PermissionError():
            raise GatewayRefused(message, code=error.code, status=error.http_status, request_id=request_id) from error
        case stripe.APIConnectionError() if isinstance(error.__cause__, _NOT_SENT):
            raise GatewayUnavailable("The payment service cannot be reached.") from error
        case _:
            # No answer, or a server error: for a change nobody knows what came of it.
            _raise_unanswered("The payment service did not answer.", request_id, changes, error)


def _intent_of(error: stripe.StripeError) -> Intent | None:
    body = error.json_body
    detail = body.get("error") if isinstance(body, dict) else None
    intent = detail.get("payment_intent") if isinstance(detail, dict) else None
    try:
        return read_intent(intent) if isinstance(intent, dict) else None
    except _Unreadable:
        return None


def _as(params: dict[str, Any]) -> Any:
    """The library types each call's parameters as its own TypedDict; a dict that is built in steps is none of them."""
    return params


def _plain(answer: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(answer.get("data"), list):
        raise _Unreadable("not a list")
    return dict(answer)


def _each[T](answer: dict[str, Any], read: Callable[[Mapping[str, Any]], T]) -> list[T]:
    return [read(row) for row in answer["data"]]


def _made_at(id_: UUID) -> datetime | None:
    if id_.version != 7:
        return None
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)


def read_intent(body: Mapping[str, Any]) -> Intent:
    """A `payment_intent` of Stripe as ours, its charge and method expanded or not."""
    try:
        if body["object"] != "payment_intent" or body["status"] not in INTENT_STATUSES:
            raise _Unreadable(f"object {body['object']}, status {body.get('status')}")
        currency = str(body["currency"]).upper()
        charge = body.get("latest_charge")
        expanded = charge if isinstance(charge, dict) else {}
        method = body.get("payment_method")
        # The charge says which card was tried; before there is one (confirmation asked for), the method does.
        details = expanded.get("payment_method_details") or (method if isinstance(method, dict) else {})
        card = details.get("card") or {}
        next_action = body.get("next_action") or {}
        error = body.get("last_payment_error")
        return Intent(
            id=str(body["id"]),
            status=body["status"],
            amount=from_gateway(int(body["amount"]), currency),
            amount_capturable=from_gateway(int(body.get("amount_capturable") or 0), currency),
            amount_received=from_gateway(int(body.get("amount_received") or 0), currency),
            # Money that was held and let go again counts as refunded there; it was never ours.
            amount_refunded=from_gateway(
                min(int(expanded.get("amount_refunded") or 0), int(body.get("amount_received") or 0)), currency
            ),
            currency=currency,
            metadata={str(name): str(value) for name, value in (body.get("metadata") or {}).items()},
            customer=_id_of(body.get("customer")),
            livemode=bool(body["livemode"]),
            created=_time(body["created"]),
            charge=_id_of(charge),
            method=_id_of(method) or _id_of(expanded.get("payment_method")),
            authorization_code=card.get("authorization_code"),
            method_type=details.get("type"),
            card_brand=card.get("brand"),
            card_last4=card.get("last4"),
            card_funding=card.get("funding"),
            wallet=(card.get("wallet") or {}).get("type"),
            redirect_url=(next_action.get("redirect_to_url") or {}).get("url"),
            error=None
            if not error
            else PaymentError(
                code=str(error.get("code") or "unknown"),
                decline_code=error.get("decline_code"),
                message=str(error.get("message") or ""),
            ),
            response=redacted(dict(body)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _Unreadable(repr(error)) from error


def read_refund(body: Mapping[str, Any]) -> GatewayRefund:
    """A `refund` of Stripe as ours."""
    try:
        if body["object"] != "refund" or body["status"] not in REFUND_STATUSES:
            raise _Unreadable(f"object {body['object']}, status {body.get('status')}")
        currency = str(body["currency"]).upper()
        return GatewayRefund(
            id=str(body["id"]),
            intent_id=_id_of(body.get("payment_intent")),
            charge=_id_of(body.get("charge")),
            amount=from_gateway(int(body["amount"]), currency),
            currency=currency,
            status=body["status"],
            failure_reason=body.get("failure_reason"),
            metadata={str(name): str(value) for name, value in (body.get("metadata") or {}).items()},
            created=_time(body["created"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _Unreadable(repr(error)) from error


def read_event(body: Mapping[str, Any]) -> GatewayEvent:
    """An `event` of Stripe as ours."""
    try:
        if body["object"] != "event":
            raise _Unreadable(f"object {body['object']}")
        about = body["data"]["object"]
        kind = str(about["object"])
        named = (about.get("metadata") or {}).get("payment_id")
        try:
            payment_id = UUID(named) if named else None
        except ValueError:
            payment_id = None
        return GatewayEvent(
            id=str(body["id"]),
            type=str(body["type"]),
            created=_time(body["created"]),
            livemode=bool(body["livemode"]),
            object_type=kind,
            object_id=str(about["id"]),
            intent_id=str(about["id"]) if kind == "payment_intent" else _id_of(about.get("payment_intent")),
            payment_id=payment_id,
            payload=redacted(dict(body)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _Unreadable(repr(error)) from error


def _id_of(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("id")
    return None if value is None else str(value)


def _time(seconds: Any) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
