"""What the adapter makes of a gateway that is slow, broken, busy or talks nonsense (F3, F6, F16, F27, F28)."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from app.sandbox.testing import Sandbox, running_sandbox
from domains.kit import new_id
from domains.payments.gateway import (
    Circuit,
    CircuitBreaker,
    Declined,
    GatewayError,
    GatewayOutcomeUnknown,
    GatewayRefused,
    GatewayUnavailable,
    Intent,
    KeyReused,
    StripeGateway,
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def gateway(sandbox: Sandbox) -> AsyncIterator[StripeGateway]:
    gateway = StripeGateway(**sandbox.gateway_options(), read_timeout=0.4, authorize_read_timeout=0.6)
    yield gateway
    await gateway.aclose()


async def wish(sandbox: Sandbox, **different: Any) -> dict[str, Any]:
    return {
        "attempt_id": uuid4(),
        "payment_id": new_id(),
        "order_id": uuid4(),
        "order_number": "ORD-20261120-7K3M",
        "account_id": None,
        "amount": 1999,
        "currency": "USD",
        "confirmation_token": await sandbox.confirmation_token(),
        "return_url": "http://127.0.0.1:8000/checkout/return",
        **different,
    }


async def paid(sandbox: Sandbox, gateway: StripeGateway) -> Intent:
    intent = await gateway.authorize(**await wish(sandbox))
    return await gateway.capture(intent.id, key=uuid4(), amount=1999, currency="USD")


@pytest.mark.parametrize("fault", [{"answer_lost": True}, {"slow": 1.2}, {"garbage": True}])
async def test_an_authorisation_whose_answer_is_lost_is_one_payment_when_asked_again(
    sandbox: Sandbox, gateway: StripeGateway, fault: dict[str, Any]
) -> None:
    asked = await wish(sandbox)
    await sandbox.fault(**fault, on="payment_intents.create", count=1)

    with pytest.raises(GatewayOutcomeUnknown):
        await gateway.authorize(**asked)
    known = await gateway.find(asked["payment_id"])
    again = await until_answered(lambda: gateway.authorize(**asked))

    assert [intent.id for intent in known] == [again.id]
    assert (await sandbox.state())["objects"]["payment_intent"] == 1


async def until_answered(ask: Any) -> Intent:
    """The twin of a request that is still under way is told to come back."""
    for _ in range(20):
        try:
            return await ask()  # type: ignore[no-any-return]
        except GatewayOutcomeUnknown:
            await asyncio.sleep(0.1)
    raise AssertionError("never answered")


async def test_a_capture_whose_answer_is_lost_takes_the_money_once(sandbox: Sandbox, gateway: StripeGateway) -> None:
    intent = await gateway.authorize(**await wish(sandbox))
    key = uuid4()
    await sandbox.fault(answer_lost=True, on="payment_intents.capture", count=1)

    with pytest.raises(GatewayOutcomeUnknown):
        await gateway.capture(intent.id, key=key, amount=1999, currency="USD")
    captured = await gateway.capture(intent.id, key=key, amount=1999, currency="USD")

    assert captured.amount_received == 1999
    charges = (await sandbox.api("GET", "/v1/balance_transactions", type="charge"))["data"]
    assert [charge["amount"] for charge in charges] == [1999]


async def test_a_refund_whose_answer_is_lost_is_sent_once(sandbox: Sandbox, gateway: StripeGateway) -> None:
    intent = await paid(sandbox, gateway)
    refund = uuid4()
    await sandbox.fault(answer_lost=True, on="refunds.create", count=1)
    asked = {"key": refund, "amount": 700, "reason": None, "refund_id": refund, "currency": "USD"}

    with pytest.raises(GatewayOutcomeUnknown):
        await gateway.refund(intent.id, **asked)  # type: ignore[arg-type]
    again = await gateway.refund(intent.id, **asked)  # type: ignore[arg-type]

    assert [each.id for each in await gateway.refunds(intent.id)] == [again.id]


async def test_forgotten_keys_do_not_take_money_twice(sandbox: Sandbox, gateway: StripeGateway) -> None:
    intent = await gateway.authorize(**await wish(sandbox))
    key = uuid4()
    await gateway.capture(intent.id, key=key, amount=1999, currency="USD")
    await sandbox.fault(forget_keys=True)

    again = await gateway.capture(intent.id, key=key, amount=1999, currency="USD")

    assert (again.status, again.amount_received) == ("succeeded", 1999)
    assert await sandbox.requests("payment_intents.capture") == 2


async def test_a_payment_is_found_while_search_lags_behind(sandbox: Sandbox, gateway: StripeGateway) -> None:
    asked = await wish(sandbox)
    made = await gateway.authorize(**asked)
    await sandbox.fault(search_lag=3600)

    found = await gateway.find(asked["payment_id"])

    assert [intent.id for intent in found] == [made.id]


async def test_a_payment_is_found_where_search_is_not_offered(sandbox: Sandbox, gateway: StripeGateway) -> None:
    asked = await wish(sandbox)
    made = await gateway.authorize(**asked)
    await sandbox.fault(no_search=True)

    found = await gateway.find(asked["payment_id"])

    assert [intent.id for intent in found] == [made.id]


async def test_a_busy_gateway_did_nothing_and_says_when_to_come_back(sandbox: Sandbox, gateway: StripeGateway) -> None:
    asked = await wish(sandbox)
    await sandbox.fault(rate_limit=True, on="payment_intents.create", count=1)

    with pytest.raises(GatewayUnavailable) as unavailable:
        await gateway.authorize(**asked)

    assert unavailable.value.retry_after is not None
    assert (await sandbox.state())["objects"]["payment_intent"] == 0
    assert (await gateway.authorize(**asked)).status == "requires_capture"


async def test_a_server_error_leaves_a_change_in_doubt_and_a_question_unanswered(
    sandbox: Sandbox, gateway: StripeGateway
) -> None:
    asked = await wish(sandbox)
    await sandbox.fault(error_500=True, count=2)

    with pytest.raises(GatewayOutcomeUnknown):
        await gateway.authorize(**asked)
    with pytest.raises(GatewayUnavailable):
        await gateway.retrieve("pi_1")
    assert (await gateway.authorize(**asked)).status == "requires_capture"


async def test_a_server_error_that_the_key_remembers_stays_in_doubt_until_looked_up(
    sandbox: Sandbox, gateway: StripeGateway
) -> None:
    asked = await wish(sandbox)
    await sandbox.fault(error_500=True, kept=True, on="payment_intents.create", count=1)

    for _ in range(2):
        with pytest.raises(GatewayOutcomeUnknown):
            await gateway.authorize(**asked)

    assert await gateway.find(asked["payment_id"]) == []


async def test_nonsense_for_an_answer_is_an_error_of_ours_and_not_a_crash(
    sandbox: Sandbox, gateway: StripeGateway
) -> None:
    intent = await gateway.authorize(**await wish(sandbox))
    await sandbox.fault(garbage=True, count=3)

    with pytest.raises(GatewayUnavailable):
        await gateway.retrieve(intent.id)
    with pytest.raises(GatewayUnavailable):
        await gateway.refunds(intent.id)
    with pytest.raises(GatewayOutcomeUnknown):
        await gateway.cancel(intent.id, key=uuid4())


async def test_a_gateway_that_is_not_there_did_nothing(sandbox: Sandbox) -> None:
    options = {**sandbox.gateway_options(), "api_base": "http://127.0.0.1:9"}
    gateway = StripeGateway(**options)

    with pytest.raises(GatewayUnavailable):
        await gateway.authorize(**await wish(sandbox))

    await gateway.aclose()


async def test_a_wrong_key_is_refused_and_never_shown(sandbox: Sandbox) -> None:
    gateway = StripeGateway(**{**sandbox.gateway_options(), "secret_key": "sk_test_somebody_elses_key"})

    with pytest.raises(GatewayRefused) as refused:
        await gateway.retrieve("pi_1")

    assert refused.value.status == 401
    assert "somebody_elses" not in str(refused.value)
    await gateway.aclose()


async def test_a_debit_card_and_a_wallet_are_told_from_a_credit_card(sandbox: Sandbox, gateway: StripeGateway) -> None:
    debit = await sandbox.confirmation_token("4000 0566 5566 5556")
    wallet = await sandbox.confirmation_token(wallet="google_pay")

    with_debit = await gateway.authorize(**await wish(sandbox, confirmation_token=debit))
    with_wallet = await gateway.authorize(**await wish(sandbox, confirmation_token=wallet))

    assert (with_debit.card_funding, with_debit.wallet) == ("debit", None)
    assert (with_wallet.card_funding, with_wallet.wallet) == ("credit", "google_pay")


async def test_a_bank_may_refuse_at_the_capture(sandbox: Sandbox, gateway: StripeGateway) -> None:
    intent = await gateway.authorize(**await wish(sandbox))
    await sandbox.fault(refuse_capture=True, count=1)

    with pytest.raises(Declined) as declined:
        await gateway.capture(intent.id, key=uuid4(), amount=1999, currency="USD")

    assert declined.value.intent is not None
    assert declined.value.intent.status == "requires_capture"
    # Another try has another key: the first one remembers its refusal.
    assert (await gateway.capture(intent.id, key=uuid4(), amount=1999, currency="USD")).status == "succeeded"


async def test_an_authorisation_ends_after_a_week(sandbox: Sandbox, gateway: StripeGateway) -> None:
    intent = await gateway.authorize(**await wish(sandbox))
    await sandbox.set_clock(offset=8 * 24 * 3600)

    with pytest.raises(GatewayRefused) as refused:
        await gateway.capture(intent.id, key=uuid4(), amount=1999, currency="USD")

    assert refused.value.code == "payment_intent_unexpected_state"
    assert (await gateway.retrieve(intent.id)).status == "canceled"


async def test_a_twin_of_a_request_under_way_is_no_second_payment(sandbox: Sandbox, gateway: StripeGateway) -> None:
    asked = await wish(sandbox)
    await sandbox.fault(slow=0.3, on="payment_intents.create", count=1)

    answers = await asyncio.gather(*(gateway.authorize(**asked) for _ in range(5)), return_exceptions=True)

    assert sum(isinstance(answer, Intent) for answer in answers) >= 1
    assert all(isinstance(answer, Intent | GatewayOutcomeUnknown) for answer in answers)
    assert len(await gateway.find(asked["payment_id"])) == 1


async def test_the_circuit_opens_at_once_when_the_gateway_fails_and_closes_when_it_is_back(sandbox: Sandbox) -> None:
    breaker = CircuitBreaker(failures=4, rest=0.5)
    gateway = StripeGateway(**sandbox.gateway_options(), breaker=breaker)
    await sandbox.fault(error_500=True)
    start = time.monotonic()

    for _ in range(4):
        with pytest.raises(GatewayError):
            await gateway.retrieve("pi_1")
    opened_after = time.monotonic() - start
    asked_before = await sandbox.requests("payment_intents.retrieve")
    with pytest.raises(GatewayUnavailable) as refused:
        await gateway.authorize(**await wish(sandbox))

    assert breaker.state is Circuit.OPEN
    assert opened_after < 5
    assert refused.value.retry_after is not None
    assert await sandbox.requests("payment_intents.retrieve") == asked_before
    assert await sandbox.requests("payment_intents.create") == 0

    await asyncio.sleep(0.6)
    with pytest.raises(GatewayUnavailable):
        await gateway.retrieve("pi_1")
    assert breaker.state is Circuit.OPEN, "a probe that fails keeps it open"

    await sandbox.mend()
    await asyncio.sleep(0.6)
    assert (await gateway.authorize(**await wish(sandbox))).status == "requires_capture"
    assert breaker.state is Circuit.CLOSED
    await gateway.aclose()


async def test_a_half_open_circuit_lets_one_call_through(sandbox: Sandbox) -> None:
    breaker = CircuitBreaker(failures=1, rest=0.1)
    gateway = StripeGateway(**sandbox.gateway_options(), breaker=breaker)
    intent = await gateway.authorize(**await wish(sandbox))
    await sandbox.fault(error_500=True, count=1)
    for _ in range(2):
        with pytest.raises(GatewayUnavailable):
            await gateway.retrieve(intent.id)
    await asyncio.sleep(0.15)
    before = await sandbox.requests("payment_intents.retrieve")

    answers = await asyncio.gather(*(gateway.retrieve(intent.id) for _ in range(10)), return_exceptions=True)

    assert sum(isinstance(answer, Intent) for answer in answers) == 1
    assert await sandbox.requests("payment_intents.retrieve") == before + 1
    await gateway.aclose()


async def test_a_cancelled_probe_does_not_hold_the_circuit_open_for_ever(sandbox: Sandbox) -> None:
    breaker = CircuitBreaker(failures=1, rest=0.1)
    gateway = StripeGateway(**sandbox.gateway_options(), breaker=breaker)
    intent = await gateway.authorize(**await wish(sandbox))
    await sandbox.fault(error_500=True, count=1)
    for _ in range(2):
        with pytest.raises(GatewayUnavailable):
            await gateway.retrieve(intent.id)
    await asyncio.sleep(0.15)
    await sandbox.fault(slow=5, count=1)

    probe = asyncio.create_task(gateway.retrieve(intent.id))
    await asyncio.sleep(0.1)
    probe.cancel()
    await asyncio.gather(probe, return_exceptions=True)

    assert (await gateway.retrieve(intent.id)).id == intent.id
    await gateway.aclose()


async def test_declines_and_refusals_are_answers_and_never_open_the_circuit(sandbox: Sandbox) -> None:
    breaker = CircuitBreaker(failures=2)
    gateway = StripeGateway(**sandbox.gateway_options(), breaker=breaker)
    declined = await sandbox.confirmation_token("4000 0000 0000 0002")
    asked = await wish(sandbox, confirmation_token=declined)

    for _ in range(5):
        with pytest.raises(Declined):
            await gateway.authorize(**asked)
        with pytest.raises(GatewayRefused):
            await gateway.retrieve("pi_nobodys")
        with pytest.raises(KeyReused):
            await gateway.authorize(**{**asked, "amount": 2000})

    assert breaker.state is Circuit.CLOSED
    await gateway.aclose()
