"""A running shop with a gateway, the sandbox over HTTP, and a shopper's browser on its checkout."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

import httpx

from app.sandbox.testing import CARD_PAYS, Sandbox, running_sandbox
from app.web.testing import Browser, browser
from domains.checkout.tests.factories import TinyShop, tiny_shop
from domains.kit import Database

HOME = {
    "country": "US",
    "name": "Ada Lovelace",
    "line1": "350 Fifth Avenue",
    "city": "New York",
    "state": "NY",
    "postal_code": "10118",
    "billing_same": "on",
}


class Face:
    """A running shop with a gateway, and a shopper's browser on it."""

    def __init__(self, http: Browser, sandbox: Sandbox, shop: TinyShop, db: Database) -> None:
        self.http, self.sandbox, self.shop, self.db = http, sandbox, shop, db

    async def fill_cart(self, quantity: int = 1, http: Browser | None = None) -> None:
        answer = await (http or self.http).post(
            "/cart/lines", data={"variant_id": str(self.shop.variant_id), "quantity": str(quantity)}
        )
        assert answer.status_code == 303, answer.text

    async def walk(self, *, to: str = "payment", email: str = "ada@example.com") -> httpx.Response:
        """Through the steps with good answers, to the page of the step `to`."""
        steps: list[tuple[str, dict[str, str]]] = [
            ("contact", {"email": email}),
            ("address", HOME),
            ("shipping", {"method": str(self.shop.standard)}),
        ]
        for step, answers in steps:
            if step == to:
                break
            answer = await self.http.post(f"/checkout/{step}", data=answers)
            assert answer.status_code == 303, answer.text
        return await self.http.get(f"/checkout/{to}")

    async def pay(self, page: httpx.Response, *, card: str = CARD_PAYS, **more: str) -> httpx.Response:
        """Press Pay on the payment page, with what the card frame would add to its form."""
        return await self.http.post(
            "/checkout/payment",
            data={**hidden(page), "confirmation_token": await self.sandbox.confirmation_token(card), **more},
        )


def hidden(page: httpx.Response) -> dict[str, str]:
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    return {name: fields[name] for name in ("key", "total")}


def text(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


@asynccontextmanager
async def opened(db: Database, redis_url: str, **options: int) -> AsyncIterator[Face]:
    shop = await tiny_shop(db, **options)
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
        ) as http,
    ):
        yield Face(http, sandbox, shop, db)
