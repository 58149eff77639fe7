"""What the gateway says is believed only where it fits, and never goes back in time."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from domains import payments
from domains.kit import Database, new_id
from domains.payments import AttemptStatus, PaymentStatus
from domains.payments.tests.factories import (
    TESTER,
    assert_books_balance,
    authorized,
    captured,
    event_types,
    observe,
    opened,
    told,
)

MISFITS: dict[str, dict[str, Any]] = {
    "another amount": {"amount": 4999},
    "another currency": {"currency": "EUR"},
    "another order": {"metadata": {"order_id": str(new_id())}},
    "another payment": {"metadata": {"payment_id": str(new_id())}},
    "another try": {"metadata": {"attempt_id": str(new_id())}},
    "real money in a test shop": {"livemode": True},
    "more money than asked": {"amount_received": 9999},
}


@pytest.mark.parametrize("misfit", MISFITS)
async def test_an_answer_that_does_not_fit_is_quarantined_and_moves_nothing(db: Database, misfit: str) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)
        changes = dict(MISFITS[misfit])
        honest = told(attempt, "succeeded")
        if "metadata" in changes:
            changes["metadata"] = {**honest.metadata, **changes["metadata"]}

        for _ in range(2):
            view = await observe(tx, told(attempt, "succeeded", **changes))

        assert view.status is PaymentStatus.AUTHORIZED
        assert view.captured == 0
        assert view.quarantined is not None
        assert (await event_types(tx, view.id)).count("payment.quarantined") == 1
        ledger = await tx.sql("SELECT 1 FROM payments.ledger_transactions WHERE payment_id = :id", {"id": view.id})
        assert ledger.first() is None
    await assert_books_balance(db)


async def test_the_answers_of_one_payment_in_any_order_end_in_the_same_place(db: Database) -> None:
    for order in permutations(["requires_action", "requires_capture", "succeeded"]):
        async with db.transaction(TESTER) as tx:
            view = await opened(tx)
            attempt = await payments.start_attempt(tx, view.id)

            for status in (*order, *order):
                view = await observe(tx, told(attempt, status))

            assert view.status is PaymentStatus.CAPTURED, order
            assert (await event_types(tx, view.id)).count("payment.captured") == 1
            assert (await event_types(tx, view.id)).count("payment.succeeded") == 1
            mirrored = await tx.sql(
                "SELECT status FROM payments.gateway_intents WHERE payment_id = :id", {"id": view.id}
            )
            assert mirrored.scalar_one() == "succeeded"
    await assert_books_balance(db)


async def test_an_intent_of_no_payment_of_ours_is_not_found_and_can_be_kept_for_a_person(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        _view, attempt = await authorized(tx)
        stranger = told(
            attempt,
            "succeeded",
            id="pi_stranger",
            metadata={"payment_id": str(new_id()), "order_id": str(new_id()), "attempt_id": str(new_id())},
        )

        with pytest.raises(payments.PaymentNotFound):
            await observe(tx, stranger)
        await payments.note_unknown(tx, stranger)

        kept = await tx.sql("SELECT quarantine_reason FROM payments.gateway_intents WHERE intent_id = 'pi_stranger'")
        assert "does not exist" in kept.scalar_one()


async def test_money_let_go_at_the_gateway_opens_the_payment_again(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)

        view = await observe(tx, told(attempt, "canceled"))

        assert view.status is PaymentStatus.PENDING
        assert view.live_attempt is None
        assert "payment.voided" in await event_types(tx, view.id)
        assert (await payments.start_attempt(tx, view.id)).number == 2
    await assert_books_balance(db)


async def test_money_taken_for_a_payment_that_ended_is_written_down_and_put_down_to_go_back(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        attempt = await payments.start_attempt(tx, view.id)
        await payments.abandon(tx, attempt.id)
        await payments.cancel(tx, view.id)

        view = await observe(tx, told(attempt, "succeeded"))

        assert view.status is PaymentStatus.CAPTURED
        assert (view.captured, view.refunding) == (5000, 5000)
        assert [refund.amount.amount for refund in await payments.refunds(tx, view.id)] == [5000]
    await assert_books_balance(db)


async def test_money_held_for_a_payment_that_ended_is_put_down_to_be_let_go(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        attempt = await payments.start_attempt(tx, view.id)
        await payments.abandon(tx, attempt.id)
        await payments.cancel(tx, view.id)

        view = await observe(tx, told(attempt))

        assert view.status is PaymentStatus.CANCELLED
        assert [void.intent_id for void in await payments.request_void(tx, view.id)] == [told(attempt).id]


async def test_a_second_payment_of_the_same_order_is_quarantined(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        first = await payments.start_attempt(tx, view.id)
        await observe(tx, told(first, "requires_action"))
        second = await payments.start_attempt(tx, view.id)
        await observe(tx, told(second, "succeeded"))

        for _ in range(2):
            view = await observe(tx, told(first, "succeeded"))

        assert view.captured == 5000
        assert (await event_types(tx, view.id)).count("payment.quarantined") == 1
        assert view.quarantined == "a second payment of the same order"
        statuses = {attempt.id: attempt.status for attempt in view.attempts}
        assert statuses == {first.id: AttemptStatus.SUPERSEDED, second.id: AttemptStatus.CAPTURED}
    await assert_books_balance(db)


@pytest.mark.parametrize("status", ["requires_payment_method", "requires_action", "requires_capture"])
async def test_a_second_intent_of_the_same_try_is_let_go_and_leaves_the_first_alone(db: Database, status: str) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)

        await observe(tx, told(attempt, status, id="pi_twin"))
        voids = await payments.request_void(tx, view.id)
        assert "pi_twin" in {void.intent_id for void in voids}
        view = await observe(tx, told(attempt, "canceled", id="pi_twin"))

        assert view.status is PaymentStatus.AUTHORIZED
        assert view.live_attempt is not None
        assert (view.live_attempt.status, view.live_attempt.intent_id) == (AttemptStatus.AUTHORIZED, told(attempt).id)
        assert view.open_intents == (told(attempt).id,)


async def test_money_taken_by_a_second_intent_of_the_same_try_is_quarantined(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)

        view = await observe(tx, told(attempt, "succeeded", id="pi_twin"))

        assert (view.status, view.captured) == (PaymentStatus.AUTHORIZED, 0)
        assert view.quarantined == "a second payment of the same order"
    await assert_books_balance(db)


async def test_part_of_the_money_taken_by_hand_is_written_down_as_it_is(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)

        view = await observe(tx, told(attempt, "succeeded", amount_received=3000))

        assert (view.status, view.captured) == (PaymentStatus.CAPTURED, 3000)
        assert "payment.succeeded" not in await event_types(tx, view.id)
    await assert_books_balance(db)


@pytest.mark.parametrize(
    ("changes", "method"),
    [
        ({"card_funding": "credit"}, "credit_card"),
        ({"card_funding": "debit"}, "debit_card"),
        ({"card_funding": "prepaid"}, "debit_card"),
        ({"wallet": "apple_pay"}, "wallet"),
        ({"method_type": "link"}, "wallet"),
    ],
)
async def test_the_method_is_what_the_gateway_tells(db: Database, changes: dict[str, Any], method: str) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        attempt = await payments.start_attempt(tx, view.id)

        assert (await observe(tx, told(attempt, **changes))).method == method


async def test_payments_without_a_last_word_are_found_by_age(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        waiting = await opened(tx)
        await payments.start_attempt(tx, waiting.id)
        held, _attempt = await authorized(tx)
        asked = await authorized(tx)
        await payments.request_capture(tx, asked[0].id)
        await captured(tx)

        assert set(await payments.in_doubt(tx, older_than_seconds=-1)) == {waiting.id, held.id, asked[0].id}
        assert await payments.in_doubt(tx, older_than_seconds=60) == []


async def test_created_at_of_the_gateway_is_kept(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, _attempt = await authorized(tx)
        kept = await tx.sql("SELECT created_at FROM payments.gateway_intents WHERE payment_id = :id", {"id": view.id})

        assert kept.scalar_one() == datetime(2026, 11, 20, tzinfo=UTC)
