"""Trying to pay: one live try at a time, a decline ends the try and not the payment."""

import msgspec
import pytest

from domains import payments
from domains.kit import Database
from domains.payments import AttemptStatus, PaymentStatus
from domains.payments.gateway import (
    Declined,
    GatewayError,
    GatewayOutcomeUnknown,
    GatewayRefused,
    GatewayUnavailable,
    KeyReused,
)
from domains.payments.tests.factories import (
    TESTER,
    assert_books_balance,
    authorized,
    captured,
    event_types,
    observe,
    opened,
    refused_by_database,
    told,
)


async def test_a_payment_is_opened_once_per_order(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        assert await event_types(tx, view.id) == ["payment.created"]

        async with refused_by_database(tx, "uq_payments_order_id"):
            await payments.open(tx, order_id=view.order_id, user_id=None, amount=view.amount)


async def test_a_paid_order_goes_through_every_fact(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)

        assert view.status is PaymentStatus.CAPTURED
        assert (view.captured, view.card_brand, view.card_last4, view.method) == (5000, "visa", "4242", "credit_card")
        assert view.live_attempt is not None
        assert view.live_attempt.status is AttemptStatus.CAPTURED
        assert not view.in_doubt
        assert not view.open_intents
        assert await event_types(tx, view.id) == [
            "payment.created",
            "payment.authorized",
            "payment.captured",
            "payment.succeeded",
        ]
    await assert_books_balance(db)


async def test_a_declined_card_leaves_the_payment_open_for_another_try(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        first = await payments.start_attempt(tx, view.id)
        refusal = Declined("Your card was declined.", code="card_declined", decline_code="generic_decline")

        view = await payments.record(tx, first.id, refusal, livemode=False)
        second = await payments.start_attempt(tx, view.id)
        view = await payments.record(tx, second.id, told(second), livemode=False)

        assert [attempt.status for attempt in view.attempts] == [AttemptStatus.DECLINED, AttemptStatus.AUTHORIZED]
        assert view.attempts[0].message == "Your card was declined."
        assert (second.payment_id, second.number) == (first.payment_id, 2)
        assert view.status is PaymentStatus.AUTHORIZED
        assert "payment.declined" in await event_types(tx, view.id)
        assert "payment.failed" not in await event_types(tx, view.id)
    await assert_books_balance(db)


async def test_a_decline_told_by_the_intent_is_the_same_decline(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        attempt = await payments.start_attempt(tx, view.id)
        intent = told(attempt, "requires_payment_method")

        view = await payments.record(
            tx, attempt.id, Declined("No.", code="card_declined", decline_code="x", intent=intent), livemode=False
        )
        view = await observe(tx, intent)

        assert view.last_attempt is not None
        assert (view.last_attempt.status, view.last_attempt.decline_code) == (
            AttemptStatus.DECLINED,
            "insufficient_funds",
        )
        assert (await event_types(tx, view.id)).count("payment.declined") == 1


async def test_while_a_try_is_in_doubt_no_other_may_start(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        attempt = await payments.start_attempt(tx, view.id)
        await payments.record(tx, attempt.id, GatewayOutcomeUnknown("no answer"), livemode=False)

        with pytest.raises(payments.PaymentUnderWay):
            await payments.start_attempt(tx, view.id)

        view = await payments.abandon(tx, attempt.id)
        again = await payments.start_attempt(tx, view.id)
        assert again.number == 2


@pytest.mark.parametrize("stage", ["held", "taken"])
async def test_money_held_or_taken_lets_no_other_try_start(db: Database, stage: str) -> None:
    async with db.transaction(TESTER) as tx:
        view = (await authorized(tx))[0] if stage == "held" else await captured(tx)

        with pytest.raises(payments.PaymentUnderWay):
            await payments.start_attempt(tx, view.id)


async def test_the_database_refuses_a_second_live_try(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, _attempt = await authorized(tx)

        async with refused_by_database(tx, "uq_attempts_live"):
            await tx.sql(
                "INSERT INTO payments.attempts (id, payment_id, number) VALUES (gen_random_uuid(), :id, 9)",
                {"id": view.id},
            )


async def test_another_card_supersedes_a_try_that_waits_for_the_shopper_and_voids_it(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        first = await payments.start_attempt(tx, view.id)
        view = await observe(tx, told(first, "requires_action"))
        assert view.live_attempt is not None
        assert view.live_attempt.redirect_url == "https://bank.example/confirm"

        second = await payments.start_attempt(tx, view.id)
        voids = await payments.request_void(tx, view.id)
        late = await observe(tx, told(first))
        view = await observe(tx, told(second))

        assert [void.intent_id for void in voids] == [told(first).id]
        assert late.status is PaymentStatus.PENDING, "the try that is not wanted any more holds money and is not used"
        assert view.status is PaymentStatus.AUTHORIZED
        assert view.live_attempt is not None
        assert view.live_attempt.id == second.id


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        (GatewayUnavailable("down"), AttemptStatus.FAILED, "gateway_unavailable"),
        (GatewayRefused("bad request", code="parameter_invalid"), AttemptStatus.FAILED, "parameter_invalid"),
        (GatewayOutcomeUnknown("no answer"), AttemptStatus.STARTED, None),
        (KeyReused("other body"), AttemptStatus.STARTED, None),
    ],
)
async def test_what_an_answer_without_an_intent_means(
    db: Database, answer: GatewayError, status: AttemptStatus, code: str | None
) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        attempt = await payments.start_attempt(tx, view.id)

        view = await payments.record(tx, attempt.id, answer, livemode=False)

        assert view.last_attempt is not None
        assert (view.last_attempt.status, view.last_attempt.decline_code) == (status, code)
        assert view.status is PaymentStatus.PENDING


async def test_a_try_given_up_is_taken_up_again_when_its_money_turns_up(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        attempt = await payments.start_attempt(tx, view.id)
        await payments.abandon(tx, attempt.id)

        view = await observe(tx, told(attempt))

        assert view.status is PaymentStatus.AUTHORIZED
    await assert_books_balance(db)


async def test_nothing_of_the_card_is_stored_but_brand_and_last_four(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        attempt = await payments.start_attempt(tx, view.id)
        intent = told(attempt)
        answer = {
            **intent.response,
            "customer": "cus_1",
            "latest_charge": {"object": "charge", "payment_method": "pm_1", "payment_method_details": {"type": "card"}},
        }

        await observe(tx, msgspec.structs.replace(intent, response=answer))

        stored = (
            await tx.sql("SELECT gateway_response::text FROM payments.payments WHERE id = :id", {"id": view.id})
        ).scalar_one()
        assert "pm_1" not in stored
        assert "cus_1" not in stored
        assert "payment_method_details" in stored


async def test_a_try_ends_with_the_payment(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        await payments.cancel(tx, view.id)

        with pytest.raises(payments.PaymentEnded):
            await payments.start_attempt(tx, view.id)


async def test_an_unknown_payment_is_not_found(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)

        with pytest.raises(payments.PaymentNotFound):
            await payments.payment(tx, attempt.id)
        with pytest.raises(payments.PaymentNotFound):
            await payments.record(tx, view.id, GatewayUnavailable("down"), livemode=False)
        assert await payments.for_order(tx, view.id) is None
        found = await payments.for_order(tx, view.order_id)
        assert found is not None
        assert found.id == view.id
