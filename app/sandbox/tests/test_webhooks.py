"""Webhooks arrive signed, at least once, and badly when that is asked for."""

import asyncio
from pathlib import Path

import pytest
import stripe

from app.sandbox.testing import CARD_DECLINED, Sandbox, running_sandbox
from app.sandbox.tests.buying import buy, client
from app.sandbox.tests.conftest import Ear
from domains.payments.gateway import StripeGateway

# The library hands httpx its body in a way that httpx wants no more.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")

OF_A_PURCHASE = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.amount_capturable_updated",
]


async def test_a_purchase_is_told_with_a_signature_that_the_shop_believes(heard_sandbox: Sandbox, ear: Ear) -> None:
    gateway = StripeGateway(**heard_sandbox.gateway_options())

    intent = await buy(heard_sandbox)
    await client(heard_sandbox).payment_intents.capture_async(intent.id)
    await ear.hears(5)

    assert sorted(ear.types) == sorted([*OF_A_PURCHASE, "charge.captured", "payment_intent.succeeded"])
    for body, signature in ear.heard:
        assert gateway.parse_webhook(body, signature).intent_id == intent.id
    await heard_sandbox.webhooks_delivered()
    assert (await heard_sandbox.state())["webhooks"]["done"] == 5
    await gateway.aclose()


async def test_an_event_tells_the_payment_as_it_was_then(heard_sandbox: Sandbox, ear: Ear) -> None:
    intent = await buy(heard_sandbox)
    await client(heard_sandbox).payment_intents.capture_async(intent.id)
    await ear.hears(5)

    [held] = [event for event in ear.events if event["type"] == "payment_intent.amount_capturable_updated"]
    assert held["data"]["object"]["status"] == "requires_capture"
    assert held["request"]["id"].startswith("req_")
    assert await heard_sandbox.api("GET", f"/v1/events/{held['id']}") == held


async def test_a_declined_card_is_told(heard_sandbox: Sandbox, ear: Ear) -> None:
    with pytest.raises(stripe.CardError):
        await buy(heard_sandbox, CARD_DECLINED)
    await ear.hears(3)

    assert "payment_intent.payment_failed" in ear.types
    assert "charge.failed" in ear.types


async def test_a_webhook_that_is_refused_comes_again(heard_sandbox: Sandbox, ear: Ear) -> None:
    ear.refusals = 4

    await buy(heard_sandbox)
    await ear.hears(3)

    assert sorted(ear.types) == sorted(OF_A_PURCHASE)


async def test_webhooks_come_several_times(heard_sandbox: Sandbox, ear: Ear) -> None:
    await heard_sandbox.fault(webhook_double=3, on="payment_intent.amount_capturable_updated")

    await buy(heard_sandbox)
    await ear.hears(5)

    assert ear.types.count("payment_intent.amount_capturable_updated") == 3
    assert len({event["id"] for event in ear.events}) == 3


async def test_webhooks_come_in_the_wrong_order(heard_sandbox: Sandbox, ear: Ear) -> None:
    await heard_sandbox.fault(webhook_reverse=True)

    intent = await buy(heard_sandbox)
    await client(heard_sandbox).payment_intents.capture_async(intent.id)
    await ear.hears(5)

    assert ear.types == ["payment_intent.succeeded", "charge.captured", *OF_A_PURCHASE[::-1]]


async def test_webhooks_come_late(heard_sandbox: Sandbox, ear: Ear) -> None:
    await heard_sandbox.fault(webhook_late=0.6)

    await buy(heard_sandbox)
    await asyncio.sleep(0.3)
    early = len(ear.heard)
    await ear.hears(3)

    assert early == 0


async def test_webhooks_never_come_but_are_listed_and_can_be_sent_anew(heard_sandbox: Sandbox, ear: Ear) -> None:
    await heard_sandbox.fault(webhook_off=True)
    await buy(heard_sandbox)
    await heard_sandbox.mend()
    listed = (await heard_sandbox.api("GET", "/v1/events"))["data"]

    await asyncio.sleep(0.2)
    assert ear.heard == []
    await heard_sandbox.resend(listed[0]["id"], times=10)
    await ear.hears(10)

    assert len(listed) == 3
    assert {event["id"] for event in ear.events} == {listed[0]["id"]}


async def test_what_was_not_delivered_before_a_restart_is_delivered_after_it(tmp_path: Path, ear: Ear) -> None:
    async with running_sandbox(webhook_url="http://127.0.0.1:9/nobody", data_dir=tmp_path) as before:
        await buy(before)
        await asyncio.sleep(0.1)

    async with running_sandbox(webhook_url=ear.url, data_dir=tmp_path):
        await ear.hears(3)

    assert sorted(ear.types) == sorted(OF_A_PURCHASE)
