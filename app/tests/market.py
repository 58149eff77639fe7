"""A running shop with a gateway beside it, and as many shoppers as a test wants, each with a browser and an address.

The worker is the test itself: `work` does what a worker does in a minute, so that a test decides when it happens.
"""

import asyncio
import hashlib
import hmac
import itertools
import json
import re
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from html import unescape
from typing import Any

import httpx

from app.runtime.mail import MailRenderer
from app.runtime.regions import region_of
from app.sandbox.testing import CARD_PAYS, Sandbox, running_sandbox
from app.web.testing import Browser, another_browser, browser
from domains import checkout, notifications, store
from domains.checkout.tests.factories import (
    STAFF,
    TinyShop,
    gateway_of,
    move_clock,
    tiny_shop,
)
from domains.desk.testing import assert_sound
from domains.kit import Database
from domains.kit.deliveries import drain, subscribe
from domains.notifications import SmtpGateway
from domains.payments.gateway import StripeGateway
from workers.subscriptions import SUBSCRIBERS

HOME = {
    "country": "US",
    "name": "Ada Lovelace",
    "line1": "350 Fifth Avenue",
    "city": "New York",
    "state": "NY",
    "postal_code": "10118",
    "billing_same": "on",
}
_TRIES = 5  # a shopper presses again when the shop asks him to come back in a moment


class Shopper:
    """One browser, with cookies and an address of its own."""

    def __init__(self, market: "Market", http: Browser, number: int) -> None:
        self.market, self.http, self.number = market, http, number
        self.email = f"shopper{number}@example.com"
        self.token = ""

    async def post(self, url: str, **fields: str) -> httpx.Response:
        """Send a form; once more, and again, while the shop is too busy and says so."""
        for _try in range(_TRIES):
            answer = await self.http.post(url, data=fields)
            if answer.status_code != 503:
                break
            assert "retry-after" in answer.headers
            await asyncio.sleep(0.2)
        return answer

    async def add(self, quantity: int = 1) -> None:
        answer = await self.post("/cart/lines", variant_id=str(self.market.goods.variant_id), quantity=str(quantity))
        assert answer.status_code == 303, text(answer)

    async def contact(self) -> httpx.Response:
        """The first Continue, from which on the things are held."""
        return await self.post("/checkout/contact", email=self.email)

    async def walk(self, quantity: int = 1) -> httpx.Response:
        """To the payment page, with everything entered and held."""
        if quantity:
            await self.add(quantity)
        began = await self.contact()
        assert began.status_code == 303, text(began)
        return await self.go_on()

    async def go_on(self) -> httpx.Response:
        """From the second step to the payment page."""
        for url, fields in (
            ("/checkout/address", HOME),
            ("/checkout/shipping", {"method": str(self.market.goods.standard)}),
        ):
            answer = await self.post(url, **fields)
            assert answer.status_code == 303, text(answer)
        page = await self.http.get("/checkout/payment")
        assert page.status_code == 200, text(page)
        return page

    async def form(self, page: httpx.Response, *, card: str = CARD_PAYS) -> dict[str, str]:
        """What the payment page's form sends once the card frame has added its token."""
        return {**hidden(page), "confirmation_token": await self.market.sandbox.confirmation_token(card)}

    async def pay(self, page: httpx.Response, *, card: str = CARD_PAYS, **more: str) -> httpx.Response:
        return await self.post("/checkout/payment", **{**await self.form(page, card=card), **more})

    async def arrive(self, answer: httpx.Response, *, within: float = 30) -> str:
        """Follow where the shop leads, as a browser does; answers the number of the order he is thanked for, or ""
        where he is asked for another card."""
        until = time.monotonic() + within
        url = answer.headers.get("location", "/checkout/return")
        while time.monotonic() < until:
            found = re.match(r"/orders/(ORD-\d{8}-\w{4})", url)
            if found:
                return found[1]
            if url.startswith(("/checkout/payment", "/cart")):
                return ""
            shown = await self.http.get(url)
            if shown.status_code == 303:
                url = shown.headers["location"]
            else:
                await asyncio.sleep(0.2)
        raise AssertionError(f"still at {url}")


class Market:
    """The shop, its gateway, and what is sold."""

    def __init__(self, front: Browser, sandbox: Sandbox, gateway: StripeGateway, goods: TinyShop, db: Database) -> None:
        self.front, self.sandbox, self.gateway, self.goods, self.db = front, sandbox, gateway, goods, db
        self._numbers = itertools.count(1)
        self._open = AsyncExitStack()

    async def shopper(self, *, address: str = "") -> Shopper:
        number = next(self._numbers)
        http = await self._open.enter_async_context(another_browser(self.front.shop))
        http.headers["X-Forwarded-For"] = address or f"198.51.{100 + number // 250}.{number % 250 + 1}"
        return Shopper(self, http, number)

    async def shoppers(self, number: int) -> list[Shopper]:
        return [await self.shopper() for _ in range(number)]

    async def close(self) -> None:
        await self._open.aclose()

    async def notices(self) -> list[dict[str, Any]]:
        """Every event of the gateway so far, oldest first, as its webhooks carry it."""
        return list(reversed(await self.listed("events")))

    async def send(self, notice: dict[str, Any] | bytes, *, signature: str | None = None) -> httpx.Response:
        """A webhook arrives, signed as the gateway does it unless the test has a signature of its own."""
        body = notice if isinstance(notice, bytes) else json.dumps(notice).encode()
        return await self.front.post(
            "/webhooks/stripe",
            content=body,
            headers={
                "Stripe-Signature": sign(body, self.sandbox.webhook_secret) if signature is None else signature,
                "Sec-Fetch-Site": "cross-site",
            },
        )

    async def send_all(self, notices: Iterable[dict[str, Any]], *, times: int = 1) -> None:
        answers = await asyncio.gather(*(self.send(notice) for notice in notices for _ in range(times)))
        assert {answer.status_code for answer in answers} <= {200}

    async def work(self, *, seconds: Iterable[float] = (0,)) -> None:
        """What the worker does, at each of these moments of the shop's clock; then facts reach their subscribers."""
        for moment in seconds:
            if moment:
                await move_clock(self.db, seconds=moment)
            while await checkout.flows.handle_webhooks(self.db, self.gateway):
                pass
            await checkout.flows.sweep(self.db, self.gateway)
            await checkout.flows.cancel_of_closed(self.db, self.gateway)
            await checkout.flows.reconcile(self.db, self.gateway)
        await drain(self.db, SUBSCRIBERS)

    async def mails(self, *, to: str) -> list[str]:
        """Send what is queued; the subjects of what this address got."""
        async with self.db.transaction(STAFF) as tx:
            region = region_of(await store.shop(tx))
        await notifications.send_due(
            self.db,
            SmtpGateway(self.sandbox.smtp_url),
            MailRenderer(regional=lambda: region),
            base_url="http://127.0.0.1:8000",
        )
        return [mail["subject"] for mail in await self.sandbox.mails(to=to)]

    async def until(self, statement: str) -> None:
        """Wait until the statement finds a row: what it looks for is committed before the gateway has answered."""
        for _moment in range(400):
            async with self.db.transaction(STAFF) as tx:
                if (await tx.sql(statement)).first() is not None:
                    return
            await asyncio.sleep(0.02)
        raise AssertionError(f"nothing came of it: {statement}")

    async def assert_sound(self) -> None:
        """Every invariant holds, and what the gateway took and gave back is, one to one, what we say."""
        await assert_sound(self.db)
        await assert_one_to_one(self.db, self.sandbox)

    async def listed(self, what: str) -> list[dict[str, Any]]:
        """All the gateway has of `payment_intents`, `refunds` or `events`, newest first."""
        return await listed(self.sandbox, what)


async def listed(sandbox: Sandbox, what: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    while True:
        after = {"starting_after": found[-1]["id"]} if found else {}
        page = await sandbox.api("GET", f"/v1/{what}", limit="100", **after)
        found += page["data"]
        if not page["has_more"]:
            return found


async def assert_one_to_one(db: Database, sandbox: Sandbox) -> None:
    """What the gateway took and gave back is what we say, payment by payment and refund by refund."""
    async with db.transaction(STAFF) as tx:
        taken = await tx.sql(
            "SELECT gateway_transaction_id, captured_cents FROM payments.payments WHERE captured_cents > 0"
        )
        given_back = await tx.sql(
            "SELECT gateway_refund_id, amount_cents FROM payments.refunds WHERE status = 'processed'"
        )
        ours = {row[0]: row[1] for row in [*taken, *given_back]}
        unfinished = await tx.sql(
            "SELECT gateway_refund_id, amount_cents, status, request_key, failure_code FROM payments.refunds"
            " WHERE status <> 'processed'"
        )
        under_way = [tuple(row) for row in unfinished]
    theirs = {
        **{each["id"]: each["amount_received"] for each in await listed(sandbox, "payment_intents")},
        **{each["id"]: each["amount"] for each in await listed(sandbox, "refunds") if each["status"] == "succeeded"},
    }
    theirs = {key: amount for key, amount in theirs.items() if amount}
    differing = {key: (theirs.get(key), ours.get(key)) for key in theirs.keys() | ours.keys()}
    assert theirs == ours, ({key: pair for key, pair in differing.items() if pair[0] != pair[1]}, under_way)


@asynccontextmanager
async def open_market(db: Database, redis_url: str, *, on_hand: int = 10, **shop: Any) -> AsyncIterator[Market]:
    async with db.transaction(STAFF) as tx:
        await subscribe(tx, SUBSCRIBERS)
    goods = await tiny_shop(db, on_hand=on_hand, **shop)
    async with (
        running_sandbox() as sandbox,
        browser(
            db.url,
            redis_url,
            STRIPE_SECRET_KEY=sandbox.secret_key,
            STRIPE_PUBLISHABLE_KEY=sandbox.publishable_key,
            STRIPE_WEBHOOK_SECRET=sandbox.webhook_secret,
            STRIPE_API_BASE=sandbox.base_url,
            STRIPE_JS_URL=sandbox.stripe_js_url,
            TRUSTED_PROXIES="127.0.0.1/32",
        ) as front,
    ):
        gateway = gateway_of(sandbox)
        market = Market(front, sandbox, gateway, goods, db)
        try:
            yield market
        finally:
            await market.close()
            await gateway.aclose()


def sign(body: bytes, secret: str, *, age: int = 0) -> str:
    at = int(time.time()) - age
    return f"t={at},v1={hmac.new(secret.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"


def hidden(page: httpx.Response) -> dict[str, str]:
    """The key and the total that the payment page's form carries."""
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    return {name: fields[name] for name in ("key", "total")}


def text(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())
