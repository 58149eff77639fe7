"""`POST /webhooks/stripe`: only what the gateway signed, stored once, answered at once (PAY-10; A15, A17)."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from app.web.testing import Browser, browser
from domains.kit import Actor, Database

SECRET = "whsec_test_only"
KEYS = {"STRIPE_SECRET_KEY": "sk_test_x", "STRIPE_PUBLISHABLE_KEY": "pk_test_x", "STRIPE_WEBHOOK_SECRET": SECRET}


@pytest.fixture
async def shop(live_db: Database, redis_url: str) -> AsyncIterator[Browser]:
    async with browser(live_db.url, redis_url, **KEYS) as client:
        # Stripe's servers send neither cookies nor what a browser adds.
        client.headers.pop("Sec-Fetch-Site")
        yield client


def event(**changes: Any) -> bytes:
    body = {
        "id": "evt_1",
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": int(time.time()),
        "livemode": False,
        "type": "payment_intent.succeeded",
        "data": {
            "object": {
                "id": "pi_1",
                "object": "payment_intent",
                "amount": 5000,
                "currency": "usd",
                "status": "succeeded",
                "metadata": {},
                "payment_method": "pm_secret",
                "shipping": {"name": "Ada Lovelace"},
            }
        },
        **changes,
    }
    return json.dumps(body).encode()


def signed(payload: bytes, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    stamp = int(time.time() if at is None else at)
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + payload, hashlib.sha256).hexdigest()
    return {"Stripe-Signature": f"t={stamp},v1={digest}", "Content-Type": "application/json"}


async def stored(db: Database) -> list[Any]:
    async with db.transaction(Actor.system("tests")) as tx:
        return list((await tx.sql("SELECT id, status, payload::text FROM payments.webhook_events")).all())


async def test_a_signed_notice_is_stored_and_answered_at_once(shop: Browser, live_db: Database) -> None:
    payload = event()

    answer = await shop.post("/webhooks/stripe", content=payload, headers=signed(payload))

    assert answer.status_code == 200
    assert answer.json() == {"received": True}
    ((event_id, status, kept),) = await stored(live_db)
    assert (event_id, status) == ("evt_1", "pending")
    assert "Ada" not in kept
    assert "pm_secret" not in kept


async def test_the_same_notice_ten_times_at_once_is_stored_once_and_always_answered(
    shop: Browser, live_db: Database
) -> None:
    payload = event()

    answers = await asyncio.gather(
        *(shop.post("/webhooks/stripe", content=payload, headers=signed(payload)) for _ in range(10))
    )

    assert {answer.status_code for answer in answers} == {200}
    assert len(await stored(live_db)) == 1


@pytest.mark.parametrize("forgery", ["unsigned", "wrong secret", "too old", "one byte changed", "re-serialised", "no"])
async def test_a_forged_notice_is_refused_and_leaves_no_trace(shop: Browser, live_db: Database, forgery: str) -> None:
    payload = event()
    headers, sent = signed(payload), payload
    match forgery:
        case "unsigned":
            headers = {}
        case "wrong secret":
            headers = signed(payload, secret="whsec_other")
        case "too old":
            headers = signed(payload, at=time.time() - 360)
        case "one byte changed":
            sent = payload.replace(b"5000", b"5001")
        case "re-serialised":
            sent = json.dumps(json.loads(payload), separators=(",", ":")).encode()
        case "no":
            sent = b"\xff\xfe not json"
            headers = signed(payload)

    answer = await shop.post("/webhooks/stripe", content=sent, headers=headers)

    assert answer.status_code == 400
    assert await stored(live_db) == []


async def test_without_a_secret_no_signature_is_believed(live_db: Database, redis_url: str) -> None:
    payload = event()
    async with browser(live_db.url, redis_url) as shop:
        answer = await shop.post("/webhooks/stripe", content=payload, headers=signed(payload, secret=""))

    assert answer.status_code == 400
    assert await stored(live_db) == []


async def test_a_notice_of_the_other_mode_is_kept_for_a_person(shop: Browser, live_db: Database) -> None:
    payload = event(livemode=True)

    answer = await shop.post("/webhooks/stripe", content=payload, headers=signed(payload))

    assert answer.status_code == 200
    assert [status for _id, status, _kept in await stored(live_db)] == ["quarantined"]


async def test_the_insert_rings_the_worker(shop: Browser, live_db: Database) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    async with live_db.bind.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.add_listener("webhooks", lambda *_told: heard.put_nowait("ring"))
        payload = event()

        await shop.post("/webhooks/stripe", content=payload, headers=signed(payload))

        assert await asyncio.wait_for(heard.get(), 5) == "ring"
