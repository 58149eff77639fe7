"""What every gateway must do for the shop, through the official library and over real HTTP.

The suite runs against the sandbox, and against Stripe's own test mode when `GATEWAY_TEST_KEY` holds a test key.
"""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.sandbox.testing import running_sandbox
from domains.kit import new_id
from domains.payments.gateway import (
    API_VERSION,
    Declined,
    Gateway,
    GatewayRefused,
    Intent,
    KeyReused,
    StripeGateway,
)

STRIPE = "https://api.stripe.com"
LIVE_KEY = os.environ.get("GATEWAY_TEST_KEY", "")


class Till:
    """A gateway and the means to make a shopper's card at it."""

    def __init__(self, gateway: Gateway, token: Callable[[str], Awaitable[str]]) -> None:
        self.gateway = gateway
        self.token = token

    async def authorize(self, card: str = "pm_card_visa", **different: Any) -> Intent:
        wish: dict[str, Any] = {
            "attempt_id": uuid4(),
            "payment_id": new_id(),
            "order_id": uuid4(),
            "order_number": "ORD-20261120-7K3M",
            "account_id": None,
            "amount": 1999,
            "currency": "USD",
            "return_url": "https://shop.example/checkout/return",
            **different,
        }
        wish.setdefault("confirmation_token", await self.token(card))
        return await self.gateway.authorize(**wish)


def _tokens(base: str, key: str, http: httpx.AsyncClient) -> Callable[[str], Awaitable[str]]:
    async def token(card: str) -> str:
        answer = await http.post(
            f"{base}/v1/test_helpers/confirmation_tokens",
            data={"payment_method": card, "return_url": "https://shop.example/checkout/return"},
            headers={"Authorization": f"Bearer {key}", "Stripe-Version": API_VERSION},
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    return token


@pytest.fixture(params=["sandbox", "stripe"] if LIVE_KEY else ["sandbox"])
async def till(request: pytest.FixtureRequest) -> AsyncIterator[Till]:
    async with httpx.AsyncClient(trust_env=request.param == "stripe", timeout=20) as http:
        if request.param == "stripe":
            assert LIVE_KEY.startswith("sk_test_"), "GATEWAY_TEST_KEY must be a key of Stripe's test mode"
            stripe = StripeGateway(secret_key=LIVE_KEY, webhook_secret="whsec_unused")
            yield Till(stripe, _tokens(STRIPE, LIVE_KEY, http))
            await stripe.aclose()
            return
        async with running_sandbox() as sandbox:
            gateway = StripeGateway(**sandbox.gateway_options())
            yield Till(gateway, _tokens(sandbox.base_url, sandbox.secret_key, http))
            await gateway.aclose()


@pytest.mark.skipif(not LIVE_KEY, reason="GATEWAY_TEST_KEY is not set, so this suite asks the sandbox alone")
def test_stripe_itself_is_asked_too() -> None:
    assert LIVE_KEY.startswith("sk_test_")


async def test_a_card_is_authorised_and_nothing_is_taken_yet(till: Till) -> None:
    attempt, payment, order, account = uuid4(), new_id(), uuid4(), uuid4()

    intent = await till.authorize(attempt_id=attempt, payment_id=payment, order_id=order, account_id=account)

    assert (intent.status, intent.amount, intent.currency) == ("requires_capture", 1999, "USD")
    assert (intent.amount_capturable, intent.amount_received, intent.amount_refunded) == (1999, 0, 0)
    assert (intent.attempt_id, intent.payment_id, intent.order_id) == (attempt, payment, order)
    assert intent.metadata["account_id"] == str(account)
    assert (intent.method_type, intent.card_brand, intent.card_last4) == ("card", "visa", "4242")
    assert intent.livemode is till.gateway.livemode is False
    assert abs(datetime.now(UTC) - intent.created) < timedelta(minutes=2)
    assert intent.charge is not None
    assert intent.method is not None
    assert intent.error is None
    assert await till.gateway.retrieve(intent.id) == intent


async def test_what_was_authorised_is_captured_once(till: Till) -> None:
    intent = await till.authorize()
    key = uuid4()

    captured = await till.gateway.capture(intent.id, key=key, amount=1999, currency="USD")
    again = await till.gateway.capture(intent.id, key=key, amount=1999, currency="USD")
    with_another_key = await till.gateway.capture(intent.id, key=uuid4(), amount=1999)

    assert (captured.status, captured.amount_received, captured.amount_capturable) == ("succeeded", 1999, 0)
    assert again.amount_received == with_another_key.amount_received == 1999


async def test_no_more_is_captured_than_was_authorised(till: Till) -> None:
    intent = await till.authorize()

    with pytest.raises(GatewayRefused) as refused:
        await till.gateway.capture(intent.id, key=uuid4(), amount=2000, currency="USD")

    assert refused.value.param == "amount_to_capture"
    assert (await till.gateway.retrieve(intent.id)).status == "requires_capture"


@pytest.mark.parametrize(
    ("card", "code", "decline_code"),
    [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", None),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", None),
        ("pm_card_chargeDeclinedProcessingError", "processing_error", None),
    ],
)
async def test_a_refused_card_says_why_and_leaves_a_payment_to_be_found(
    till: Till, card: str, code: str, decline_code: str | None
) -> None:
    payment = new_id()

    with pytest.raises(Declined) as declined:
        await till.authorize(card, payment_id=payment)

    assert declined.value.code == code
    assert decline_code is None or declined.value.decline_code == decline_code
    assert declined.value.message.startswith(("Your card", "An error occurred"))
    assert declined.value.request_id is not None
    assert declined.value.intent is not None
    assert declined.value.intent.status == "requires_payment_method"
    assert declined.value.intent.error is not None
    assert declined.value.intent.error.code == code
    assert declined.value.intent.card_brand == "visa"
    assert [intent.id for intent in await till.gateway.find(payment)] == [declined.value.intent.id]


async def test_the_same_attempt_twice_is_one_payment(till: Till) -> None:
    attempt, payment, order = uuid4(), new_id(), uuid4()
    token = await till.token("pm_card_visa")

    first, second = [
        await till.authorize(attempt_id=attempt, payment_id=payment, order_id=order, confirmation_token=token)
        for _ in range(2)
    ]

    assert first.id == second.id
    assert len(await till.gateway.find(payment)) == 1


async def test_a_declined_attempt_sent_again_is_declined_again_and_tries_no_card(till: Till) -> None:
    attempt, payment, order = uuid4(), new_id(), uuid4()
    token = await till.token("pm_card_chargeDeclined")
    intents = []

    for _ in range(2):
        with pytest.raises(Declined) as declined:
            await till.authorize(attempt_id=attempt, payment_id=payment, order_id=order, confirmation_token=token)
        assert declined.value.intent is not None
        intents.append((declined.value.intent.id, declined.value.intent.charge))

    assert intents[0] == intents[1]


async def test_a_key_is_not_good_for_another_amount(till: Till) -> None:
    attempt, payment, order = uuid4(), new_id(), uuid4()
    token = await till.token("pm_card_visa")
    await till.authorize(attempt_id=attempt, payment_id=payment, order_id=order, confirmation_token=token)

    with pytest.raises(KeyReused):
        await till.authorize(attempt_id=attempt, payment_id=payment, order_id=order, confirmation_token=token, amount=1)

    assert len(await till.gateway.find(payment)) == 1


async def test_a_card_is_good_for_one_payment(till: Till) -> None:
    token = await till.token("pm_card_visa")
    await till.authorize(confirmation_token=token)

    with pytest.raises(GatewayRefused):
        await till.authorize(confirmation_token=token)


async def test_a_bank_that_asks_the_shopper_gives_a_page_to_go_to(till: Till) -> None:
    intent = await till.authorize("pm_card_authenticationRequired")

    assert intent.status == "requires_action"
    assert intent.redirect_url is not None
    assert intent.redirect_url.startswith("http")
    assert intent.amount_capturable == 0


async def test_a_payment_that_was_let_go_cannot_be_captured(till: Till) -> None:
    intent = await till.authorize()
    key = uuid4()

    cancelled = await till.gateway.cancel(intent.id, key=key)
    again = await till.gateway.cancel(intent.id, key=uuid4())

    assert (cancelled.status, cancelled.amount_capturable, cancelled.amount_refunded) == ("canceled", 0, 0)
    assert again.status == "canceled"
    with pytest.raises(GatewayRefused) as refused:
        await till.gateway.capture(intent.id, key=uuid4(), amount=1999, currency="USD")
    assert refused.value.intent is not None
    assert refused.value.intent.status == "canceled"


async def test_a_payment_that_was_taken_cannot_be_let_go(till: Till) -> None:
    intent = await till.authorize()
    await till.gateway.capture(intent.id, key=uuid4(), amount=1999, currency="USD")

    with pytest.raises(GatewayRefused) as refused:
        await till.gateway.cancel(intent.id, key=uuid4())

    assert refused.value.code == "payment_intent_unexpected_state"
    assert refused.value.intent is not None
    assert refused.value.intent.status == "succeeded"


async def test_money_goes_back_in_parts_and_never_more_than_was_taken(till: Till) -> None:
    intent = await till.authorize()
    await till.gateway.capture(intent.id, key=uuid4(), amount=1999, currency="USD")
    ours = [uuid4(), uuid4()]
    refund = till.gateway.refund

    first = await refund(intent.id, key=ours[0], amount=500, reason=None, refund_id=ours[0], currency="USD")
    same = await refund(intent.id, key=ours[0], amount=500, reason=None, refund_id=ours[0], currency="USD")
    # A second of the same amount is a refund of its own: another row, another key.
    second = await refund(intent.id, key=ours[1], amount=500, reason="faulty", refund_id=ours[1])
    with pytest.raises(GatewayRefused):
        await refund(intent.id, key=uuid4(), amount=1000, reason=None, refund_id=uuid4(), currency="USD")

    assert first.id == same.id != second.id
    assert (first.amount, first.currency, first.status, first.intent_id) == (500, "USD", "succeeded", intent.id)
    assert first.refund_id == ours[0]
    assert {each.refund_id for each in await till.gateway.refunds(intent.id)} == set(ours)
    assert (await till.gateway.retrieve(intent.id)).amount_refunded == 1000


async def test_money_that_was_not_taken_cannot_go_back(till: Till) -> None:
    intent = await till.authorize()

    with pytest.raises(GatewayRefused):
        await till.gateway.refund(intent.id, key=uuid4(), amount=1, reason=None, refund_id=uuid4(), currency="USD")


async def test_an_unknown_payment_is_refused_and_a_search_for_it_is_empty(till: Till) -> None:
    with pytest.raises(GatewayRefused) as refused:
        await till.gateway.retrieve("pi_3ThisOneIsNobodys0000000")

    assert (refused.value.status, refused.value.code) == (404, "resource_missing")
    assert await till.gateway.find(new_id()) == []


async def test_a_currency_without_cents_is_charged_in_whole_units(till: Till) -> None:
    intent = await till.authorize(amount=2500, currency="JPY")

    assert (intent.amount, intent.currency) == (2500, "JPY")


async def test_everything_since_a_moment_is_listed(till: Till) -> None:
    start = datetime.now(UTC) - timedelta(seconds=2)
    intent = await till.authorize()
    await till.gateway.capture(intent.id, key=uuid4(), amount=1999, currency="USD")

    since = await till.gateway.intents_since(start)
    events = await till.gateway.events_since(start)

    assert intent.id in {each.id for each in since}
    of_ours = [event.type for event in events if event.intent_id == intent.id]
    assert of_ours.index("payment_intent.amount_capturable_updated") < of_ours.index("payment_intent.succeeded")
    assert all(UUID(str(event.payment_id)) == intent.payment_id for event in events if event.intent_id == intent.id)


async def test_nothing_personal_and_nothing_secret_is_kept_of_an_answer(till: Till) -> None:
    intent = await till.authorize()

    told = str(intent.response)

    assert "4242" in told
    for secret in ("_secret_", "fingerprint", "exp_month", "billing_details", "receipt_url", "checks"):
        assert secret not in told
