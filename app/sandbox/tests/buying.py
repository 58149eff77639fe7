"""What several tests do: buy something with Stripe's own library, or by hand where headers matter."""

from typing import Any
from uuid import uuid4

import httpx
import stripe

from app.sandbox.testing import CARD_PAYS, Sandbox


def client(sandbox: Sandbox) -> Any:
    return stripe.StripeClient(
        sandbox.secret_key,
        base_addresses={"api": sandbox.base_url},
        http_client=stripe.HTTPXClient(timeout=10),
    ).v1


def wish(token: str, **different: Any) -> dict[str, Any]:
    return {
        "amount": 1999,
        "currency": "usd",
        "automatic_payment_methods": {"enabled": True},
        "capture_method": "manual",
        "confirm": True,
        "confirmation_token": token,
        "return_url": "http://127.0.0.1/back?order=7",
        "use_stripe_sdk": False,
        "metadata": {"payment_id": str(uuid4())},
        **different,
    }


async def buy(sandbox: Sandbox, card: str = CARD_PAYS, **different: Any) -> Any:
    token = await sandbox.confirmation_token(card)
    return await client(sandbox).payment_intents.create_async(wish(token, **different))


async def post(
    sandbox: Sandbox, path: str, data: dict[str, str], *, key: str | None = None, secret: str | None = None
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {secret or sandbox.secret_key}"}
    if key is not None:
        headers["Idempotency-Key"] = key
    async with httpx.AsyncClient(trust_env=False) as http:
        return await http.post(f"{sandbox.base_url}{path}", data=data, headers=headers)
