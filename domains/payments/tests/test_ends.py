"""Taking the money, and ending a payment that did not pay (PAY-11)."""

import pytest

from domains import payments
from domains.kit import Database
from domains.payments import PaymentStatus
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


async def test_a_capture_is_asked_for_once_and_its_key_is_given_again(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, _attempt = await authorized(tx)

        first = await payments.request_capture(tx, view.id)
        second = await payments.request_capture(tx, view.id)

        assert first == second
        assert first.amount == view.amount
        assert (await payments.payment(tx, view.id)).in_doubt


async def test_without_money_held_nothing_is_captured(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        with pytest.raises(payments.NotAuthorized):
            await payments.request_capture(tx, view.id)

        paid = await captured(tx)
        with pytest.raises(payments.NotAuthorized):
            await payments.request_capture(tx, paid.id)


@pytest.mark.parametrize("answer", [Declined("no", code="expired"), GatewayRefused("no", code="capture_failed")])
async def test_a_refused_capture_leaves_the_money_held_for_another_request(db: Database, answer: GatewayError) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)
        first = await payments.request_capture(tx, view.id)

        view = await payments.record_capture(tx, first.id, answer, livemode=False)

        assert (view.status, view.capture_failures, view.capture_pending) == (PaymentStatus.AUTHORIZED, 1, False)
        second = await payments.request_capture(tx, view.id)
        assert second.id != first.id
        view = await payments.record_capture(tx, second.id, told(attempt, "succeeded"), livemode=False)
        assert view.status is PaymentStatus.CAPTURED
    await assert_books_balance(db)


@pytest.mark.parametrize("answer", [GatewayUnavailable("down"), GatewayOutcomeUnknown("?"), KeyReused("?")])
async def test_a_capture_without_an_answer_stays_pending(db: Database, answer: GatewayError) -> None:
    async with db.transaction(TESTER) as tx:
        view, _attempt = await authorized(tx)
        capture = await payments.request_capture(tx, view.id)

        view = await payments.record_capture(tx, capture.id, answer, livemode=False)

        assert view.capture_pending
        assert (await payments.request_capture(tx, view.id)).id == capture.id


async def test_a_payment_ends_only_when_nothing_is_open_at_the_gateway(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)
        with pytest.raises(payments.StillOpenAtGateway):
            await payments.cancel(tx, view.id)
        with pytest.raises(payments.StillOpenAtGateway):
            await payments.fail(tx, view.id, code="capture_failed")

        (void,) = await payments.request_void(tx, view.id)
        await payments.record_void(tx, void.id, told(attempt, "canceled"), livemode=False)
        await payments.fail(tx, view.id, code="capture_failed")

        view = await payments.payment(tx, view.id)
        assert (view.status, view.failure_code) == (PaymentStatus.FAILED, "capture_failed")
        assert (await event_types(tx, view.id))[-2:] == ["payment.voided", "payment.failed"]
    await assert_books_balance(db)


async def test_a_payment_in_doubt_does_not_end(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        await payments.start_attempt(tx, view.id)

        with pytest.raises(payments.StillOpenAtGateway):
            await payments.cancel(tx, view.id)


async def test_ending_twice_is_ending_once_and_a_paid_one_does_not_end(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        for _ in range(2):
            await payments.cancel(tx, view.id)
        await payments.fail(tx, view.id, code="late")

        assert (await payments.payment(tx, view.id)).status is PaymentStatus.CANCELLED
        assert (await event_types(tx, view.id)).count("payment.cancelled") == 1
        paid = await captured(tx)
        with pytest.raises(payments.AlreadyPaid):
            await payments.cancel(tx, paid.id)


async def test_a_void_that_comes_too_late_finds_the_money_taken(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)
        (void,) = await payments.request_void(tx, view.id)
        refusal = GatewayRefused("already succeeded", code="unexpected_state", intent=told(attempt, "succeeded"))

        view = await payments.record_void(tx, void.id, refusal, livemode=False)

        assert view.status is PaymentStatus.CAPTURED
        assert await payments.request_void(tx, view.id) == []
    await assert_books_balance(db)


async def test_a_void_is_put_down_once_and_waits_for_its_answer(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, _attempt = await authorized(tx)

        first = await payments.request_void(tx, view.id)
        await payments.record_void(tx, first[0].id, GatewayOutcomeUnknown("?"), livemode=False)

        assert await payments.request_void(tx, view.id) == first


async def test_money_taken_and_a_capture_let_go_never_meet(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view, attempt = await authorized(tx)
        await payments.request_capture(tx, view.id)

        view = await observe(tx, told(attempt, "canceled"))

        assert not view.capture_pending
        await payments.cancel(tx, view.id)


@pytest.mark.parametrize("was", payments.PaymentStatus)
@pytest.mark.parametrize("to", payments.PaymentStatus)
async def test_the_database_refuses_every_arrow_that_is_not_in_the_table(
    db: Database, was: PaymentStatus, to: PaymentStatus
) -> None:
    if was is to:
        return
    columns = {
        PaymentStatus.CAPTURED: (
            "captured_cents = 5000, captured_at = now(), gateway_transaction_id = 'x', refunded_cents = 0"
        ),
        PaymentStatus.PARTIALLY_REFUNDED: (
            "captured_cents = 5000, captured_at = now(), gateway_transaction_id = 'x', refunded_cents = 1"
        ),
        PaymentStatus.REFUNDED: (
            "captured_cents = 5000, captured_at = now(), gateway_transaction_id = 'x', refunded_cents = 5000"
        ),
    }
    plain = "captured_cents = 0, captured_at = NULL, refunded_cents = 0"
    async with db.transaction(TESTER) as tx:
        view = await opened(tx)
        await tx.sql("ALTER TABLE payments.payments DISABLE TRIGGER guard")
        await tx.sql(f"UPDATE payments.payments SET status = '{was}', {columns.get(was, plain)}")
        await tx.sql("ALTER TABLE payments.payments ENABLE TRIGGER guard")
        step = f"UPDATE payments.payments SET status = '{to}', {columns.get(to, 'refunded_cents = 0')} WHERE id = :id"

        if to in payments.TRANSITIONS[was]:
            await tx.sql(step, {"id": view.id})
        else:
            async with refused_by_database(tx, "cannot go from|status_fits_amounts"):
                await tx.sql(step, {"id": view.id})


async def test_a_payment_begins_pending_and_what_it_is_for_stays(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)

        async with refused_by_database(tx, "begins pending"):
            await tx.sql(
                "INSERT INTO payments.payments (id, order_id, amount_cents, currency, status)"
                " VALUES (gen_random_uuid(), gen_random_uuid(), 1, 'USD', 'cancelled')"
            )
        for change in ("amount_cents = 6000", "currency = 'EUR'", "order_id = gen_random_uuid()"):
            async with refused_by_database(tx, "does not change"):
                await tx.sql(f"UPDATE payments.payments SET {change} WHERE id = :id", {"id": view.id})
