"""What becomes of a payment, its refunds, its dispute and its card, as at Stripe."""

import asyncio
from typing import Any

import httpx
import pytest
import stripe

from app.sandbox.testing import (
    CARD_ASKS,
    CARD_CAPTURE_FAILS,
    CARD_DECLINED,
    CARD_REFUND_FAILS,
    CARD_REFUND_WAITS,
    Sandbox,
)
from app.sandbox.tests.buying import buy, client, post

# The library hands httpx its body in a way that httpx wants no more.
pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")


async def test_a_part_may_be_captured_and_the_rest_is_let_go(sandbox: Sandbox) -> None:
    intent = await buy(sandbox)

    captured = await client(sandbox).payment_intents.capture_async(intent.id, {"amount_to_capture": 1500})

    assert (captured.status, captured.amount_received, captured.amount_capturable) == ("succeeded", 1500, 0)
    with pytest.raises(stripe.InvalidRequestError, match=r"greater than unrefunded amount on charge \(\$15.00\)"):
        await client(sandbox).refunds.create_async({"payment_intent": intent.id, "amount": 1501})


async def test_the_card_that_cannot_be_captured_stays_authorised(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, CARD_CAPTURE_FAILS)

    with pytest.raises(stripe.CardError):
        await client(sandbox).payment_intents.capture_async(intent.id)

    assert (await client(sandbox).payment_intents.retrieve_async(intent.id)).status == "requires_capture"


async def test_a_declined_payment_may_be_tried_with_another_card(sandbox: Sandbox) -> None:
    with pytest.raises(stripe.CardError) as declined:
        await buy(sandbox, CARD_DECLINED)
    intent: Any = declined.value.error.payment_intent

    again = await client(sandbox).payment_intents.confirm_async(
        intent.id,
        {"confirmation_token": await sandbox.confirmation_token(), "return_url": "http://127.0.0.1/back"},
    )

    assert (again.status, again.last_payment_error) == ("requires_capture", None)


async def test_the_shopper_confirms_and_comes_back(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, CARD_ASKS)
    url = intent.next_action.redirect_to_url.url

    back = await sandbox.shopper_answers(url)
    again = await sandbox.shopper_answers(url, "fail")

    assert back.startswith(f"http://127.0.0.1/back?order=7&payment_intent={intent.id}&payment_intent_client_secret=")
    assert back.endswith("redirect_status=succeeded")
    assert again == back, "an answer is given once"
    assert (await client(sandbox).payment_intents.retrieve_async(intent.id)).status == "requires_capture"


async def test_the_shopper_refuses_and_may_try_another_card(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, CARD_ASKS)

    back = await sandbox.shopper_answers(intent.next_action.redirect_to_url.url, "fail")

    now = await client(sandbox).payment_intents.retrieve_async(intent.id)
    assert back.endswith("redirect_status=failed")
    assert now.status == "requires_payment_method"
    assert now.last_payment_error.code == "payment_intent_authentication_failure"


async def test_nobody_confirms_for_another_without_the_payments_secret(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, CARD_ASKS)
    url = intent.next_action.redirect_to_url.url

    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(url[:-3] + "xyz", data={"answer": "confirm"})

    assert answer.status_code == 404
    assert (await client(sandbox).payment_intents.retrieve_async(intent.id)).status == "requires_action"


async def test_a_bank_may_decline_after_it_asked(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, "4000 0084 0000 1629")

    back = await sandbox.shopper_answers(intent.next_action.redirect_to_url.url)

    now = await client(sandbox).payment_intents.retrieve_async(intent.id)
    assert back.endswith("redirect_status=failed")
    assert now.last_payment_error.decline_code == "generic_decline"


async def test_a_refund_may_be_pending_and_a_refund_may_come_back(sandbox: Sandbox) -> None:
    pending = await buy(sandbox, CARD_REFUND_WAITS, capture_method="automatic")
    failing = await buy(sandbox, CARD_REFUND_FAILS, capture_method="automatic")
    refunds = client(sandbox).refunds

    first = await refunds.create_async({"payment_intent": pending.id})
    second = await refunds.create_async({"payment_intent": failing.id})
    assert (first.status, second.status) == ("pending", "succeeded")
    await sandbox.set_clock(offset=60)

    first = await until(lambda: refunds.retrieve_async(first.id), "succeeded")
    second = await until(lambda: refunds.retrieve_async(second.id), "failed")
    charge = await client(sandbox).charges.retrieve_async(failing.latest_charge)
    assert (charge.amount_refunded, charge.refunded) == (0, False)
    assert second.failure_reason == "expired_or_canceled_card"


async def until(ask: Any, status: str) -> Any:
    for _ in range(100):
        found = await ask()
        if found.status == status:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"{found.status} in place of {status}")


async def test_a_dispute_takes_the_money_and_a_decision_brings_it_back(sandbox: Sandbox) -> None:
    intent = await buy(sandbox, capture_method="automatic")
    disputes = client(sandbox).disputes

    dispute = await sandbox.dispute(intent.id)
    answered = await disputes.update_async(dispute["id"], {"evidence": {"receipt": "file_1"}, "submit": True})
    with pytest.raises(stripe.InvalidRequestError):
        await client(sandbox).refunds.create_async({"payment_intent": intent.id})
    await sandbox.decide(dispute["id"], "won")

    assert answered.status == "under_review"
    assert (await disputes.retrieve_async(dispute["id"])).status == "won"
    assert not (await client(sandbox).charges.retrieve_async(intent.latest_charge)).disputed
    booked = await client(sandbox).balance_transactions.list_async({"type": "adjustment"})
    assert sum(each.amount for each in booked.data) == 0


async def test_a_card_is_kept_for_a_customer_and_taken_off(sandbox: Sandbox) -> None:
    methods = client(sandbox).payment_methods
    card = await methods.create_async(
        {"type": "card", "card": {"number": "5555555555554444", "exp_month": 12, "exp_year": 2031, "cvc": "123"}}
    )

    await methods.attach_async(card.id, {"customer": "cus_1"})
    kept = await methods.list_async({"customer": "cus_1", "type": "card"})
    await methods.detach_async(card.id)

    assert [(each.card.brand, each.card.last4) for each in kept.data] == [("mastercard", "4444")]
    assert (await methods.list_async({"customer": "cus_1"})).data == []


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ({"number": "4242424242424241"}, "incorrect_number"),
        ({"number": "4242"}, "incorrect_number"),
        ({"exp_month": "13"}, "invalid_expiry_month"),
        ({"exp_year": "2020"}, "invalid_expiry_year"),
        ({"cvc": "12"}, "invalid_cvc"),
        ({"number": "378282246310005", "cvc": "123"}, "invalid_cvc"),
    ],
)
async def test_a_mistyped_card_is_refused_before_any_bank_is_asked(
    sandbox: Sandbox, card: dict[str, str], code: str
) -> None:
    given = {"number": "4242424242424242", "exp_month": "12", "exp_year": "2031", "cvc": "123", **card}
    data = {f"payment_method_data[card][{name}]": value for name, value in given.items()}

    answer = await post(
        sandbox, "/v1/confirmation_tokens", {"payment_method_data[type]": "card", **data},
        secret=sandbox.publishable_key,
    )  # fmt: skip

    assert answer.status_code == 402
    assert (answer.json()["error"]["type"], answer.json()["error"]["code"]) == ("card_error", code)


async def test_a_real_card_is_declined(sandbox: Sandbox) -> None:
    with pytest.raises(stripe.CardError, match="used a non test"):
        await buy(sandbox, "4539 1488 0343 6467")
