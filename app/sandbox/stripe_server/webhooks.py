"""Events, and their way to the shop: signed, at least once, retried with growing pauses, in no promised order."""

import asyncio
import contextlib
import hashlib
import hmac
import ssl
import time
from contextvars import ContextVar

import httpx
import msgspec
import structlog

from app.sandbox.stripe_server.errors import Body
from app.sandbox.stripe_server.faults import Faults
from app.sandbox.stripe_server.shapes import event
from app.sandbox.stripe_server.store import Delivery, Store

log = structlog.get_logger(__name__)

PAUSES = (0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300, 600, 1800, 3600)
"""Seconds before each new try. Stripe's are hours; a demo has no patience for them."""

_AT_ONCE = 8
_REVERSE_WAIT = 1.0


class Asked(msgspec.Struct, frozen=True):
    """The request that made something happen."""

    request_id: str | None = None
    key: str | None = None


asked: ContextVar[Asked] = ContextVar("asked")


def signature(secret: str, payload: bytes, at: int) -> str:
    """The `Stripe-Signature` header for `payload`."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + payload, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


class Announcer:
    """Writes events and sends them to `url`. Without a url they are only listed."""

    def __init__(self, store: Store, faults: Faults, *, url: str | None, secret: str) -> None:
        self._store = store
        self._faults = faults
        self._url = url
        self._secret = secret
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._sending: set[asyncio.Task[None]] = set()
        # The shop is on this machine and speaks plain HTTP; reading all certificate authorities would take 0.1 s.
        no_authorities = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(20, connect=2), trust_env=False, verify=no_authorities)

    @property
    def url(self) -> str | None:
        return self._url

    def point_at(self, url: str | None) -> None:
        self._url = url
        self._wake.set()

    def start(self) -> None:
        self._store.release()
        self._task = asyncio.create_task(self._deliver())

    async def aclose(self) -> None:
        for task in (self._task, *self._sending):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        await self._client.aclose()

    def announce(self, type_: str, about: Body, *, previous: Body | None = None, at: int | None = None) -> Body:
        """Write the event in the change that is going on, and plan its deliveries."""
        by = asked.get(Asked())
        said = event(
            type_, about, self._store.now() if at is None else at, request_id=by.request_id, key=by.key,
            previous=previous,
        )  # fmt: skip
        self._store.put(said)
        if self._url is None or self._faults.take("webhook_off", type_):
            self._store.queue(said["id"], 0, state="off")
            return said
        due = time.time()
        if late := self._faults.take("webhook_late", type_):
            due += late.value
        if self._faults.has("webhook_reverse"):
            due += _REVERSE_WAIT
        double = self._faults.take("webhook_double", type_)
        for _ in range(int(double.value) if double else 1):
            self._store.queue(said["id"], due)
        self._wake.set()
        return said

    def resend(self, event_id: str, times: int = 1) -> None:
        """Send an old event anew, as a merchant can from Stripe's dashboard."""
        for _ in range(times):
            self._store.queue(event_id, time.time())
        self._wake.set()

    async def _deliver(self) -> None:
        while True:
            self._wake.clear()
            try:
                if self._url is not None:
                    self._send_what_is_due()
            except Exception:
                log.exception("sandbox.webhooks_failed")
            due = self._store.next_due() if self._url is not None else None
            pause = 3600.0 if due is None else max(0.02, due - time.time())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause)

    def _send_what_is_due(self) -> None:
        free = _AT_ONCE - len(self._sending)
        if free <= 0:
            return
        newest_first = self._faults.has("webhook_reverse")
        due = self._store.due_together() if newest_first else self._store.due(free)
        for delivery in due:
            self._store.sending(delivery.id)
        if due and newest_first:
            self._faults.take("webhook_reverse")
        # The wrong order is only certain when one waits for the other.
        for batch in [due] if newest_first else [[delivery] for delivery in due]:
            task = asyncio.create_task(self._send(batch))
            self._sending.add(task)
            task.add_done_callback(self._sent)

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._wake.set()

    async def _send(self, batch: list[Delivery]) -> None:
        for delivery in batch:
            await self._send_one(delivery)

    async def _send_one(self, delivery: Delivery) -> None:
        said = self._store.get("event", delivery.event_id)
        if said is None or self._url is None:
            self._store.undelivered(delivery.id, "gone", None)
            return
        payload = msgspec.json.format(msgspec.json.encode(said), indent=2)
        at = int(time.time())
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Stripe-Signature": signature(self._secret, payload, at),
        }
        try:
            answer = await self._client.post(self._url, content=payload, headers=headers)
        except httpx.HTTPError as error:
            told, good = type(error).__name__, False
        else:
            told, good = str(answer.status_code), answer.is_success
        if good:
            self._store.delivered(delivery.id, told)
        elif delivery.tries < len(PAUSES):
            self._store.undelivered(delivery.id, told, time.time() + PAUSES[delivery.tries])
        else:
            self._store.undelivered(delivery.id, told, None)
