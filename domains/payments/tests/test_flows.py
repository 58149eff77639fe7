"""Payments against the gateway sandbox: lost answers, crashes between the steps, and what the reconcile job finds."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from app.sandbox.testing import (
    CARD_ASKS,
    CARD_CAPTURE_FAILS,
    CARD_DECLINED,
    CARD_PAYS,
    CARD_REFUND_FAILS,
    CARD_REFUND_WAITS,
    Sandbox,
    running_sandbox,
)
from domains import payments
from domains.kit import Database, Money
from domains.payments import AttemptStatus, PaymentStatus, RefundState, flows
from domains.payments.gateway import Declined, GatewayError, GatewayUnavailable, Intent, StripeGateway
from domains.payments.tests.factories import TESTER, assert_books_balance, opened

pytestmark = pytest.mark.slow


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
async def gateway(sandbox: Sandbox) -> AsyncIterator[StripeGateway]:
    adapter = StripeGateway(**sandbox.gateway_options(), read_timeout=2.0, authorize_read_timeout=2.0)
    yield adapter
    await adapter.aclose()


async def begun(db: Database, amount: int = 5000) -> payments.Attempt:
    async with db.transaction(TESTER) as tx:
        view = await opened(tx, amount)
        return await payments.start_attempt(tx, view.id)


async def ask(sandbox: Sandbox, gateway: StripeGateway, attempt: payments.Attempt, card: str) -> Intent | GatewayError:
    try:
        return await gateway.authorize(
            attempt_id=attempt.id,
            payment_id=attempt.payment_id,
            order_id=attempt.order_id,
            order_number="ORD-20261120-0000",
            account_id=None,
            amount=attempt.amount.amount,
            currency=attempt.amount.currency,
            confirmation_token=await sandbox.confirmation_token(card),
            return_url="http://127.0.0.1/checkout/return",
        )
    except GatewayError as error:
        return error


async def held(
    db: Database, sandbox: Sandbox, gateway: StripeGateway, card: str = CARD_PAYS, amount: int = 5000
) -> payments.PaymentView:
    attempt = await begun(db, amount)
    answer = await ask(sandbox, gateway, attempt, card)
    async with db.transaction(TESTER) as tx:
        return await payments.record(tx, attempt.id, answer, livemode=False)


async def taken(db: Database, sandbox: Sandbox, gateway: StripeGateway, card: str = CARD_PAYS) -> payments.PaymentView:
    view = await held(db, sandbox, gateway, card)
    async with db.transaction(TESTER) as tx:
        capture = await payments.request_capture(tx, view.id)
    return await flows.send_capture(db, gateway, capture, actor=TESTER)


async def test_money_is_held_taken_and_sent_back(live_db: Database, sandbox: Sandbox, gateway: StripeGateway) -> None:
    view = await taken(live_db, sandbox, gateway)
    assert (view.status, view.captured) == (PaymentStatus.CAPTURED, 5000)

    refund = await flows.refund(
        live_db, gateway, TESTER, payment_id=view.id, amount=Money(5000, "USD"), reason="came broken", key="desk-1"
    )

    assert refund.status is RefundState.PROCESSED
    (told,) = await gateway.refunds(view.intents[0])
    assert (told.refund_id, told.amount) == (refund.id, 5000)
    await assert_books_balance(live_db)


async def test_a_declined_card_and_then_another(live_db: Database, sandbox: Sandbox, gateway: StripeGateway) -> None:
    view = await held(live_db, sandbox, gateway, CARD_DECLINED)
    assert view.status is PaymentStatus.PENDING
    assert view.last_attempt is not None
    assert view.last_attempt.status is AttemptStatus.DECLINED
    assert view.last_attempt.message

    async with live_db.transaction(TESTER) as tx:
        second = await payments.start_attempt(tx, view.id)
    answer = await ask(sandbox, gateway, second, CARD_PAYS)
    async with live_db.transaction(TESTER) as tx:
        view = await payments.record(tx, second.id, answer, livemode=False)
    await flows.finish(live_db, gateway, older_than_seconds=0)

    async with live_db.transaction(TESTER) as tx:
        view = await payments.payment(tx, view.id)
    assert view.status is PaymentStatus.AUTHORIZED
    assert len(view.open_intents) == 1, "what the declined try had left open was closed at the gateway"
    await assert_books_balance(live_db)


async def test_an_answer_lost_on_its_way_is_found_by_our_own_id(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    await sandbox.fault(answer_lost=True, on="payment_intents.create", count=1)
    view = await held(live_db, sandbox, gateway)
    assert view.in_doubt

    view = await flows.look(live_db, gateway, view.id, actor=TESTER)

    assert view.status is PaymentStatus.AUTHORIZED
    assert len(await gateway.find(view.id)) == 1
    await assert_books_balance(live_db)


async def test_a_try_that_never_reached_the_gateway_is_given_up_after_a_minute(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    attempt = await begun(live_db)
    view = await flows.look(live_db, gateway, attempt.payment_id, actor=TESTER)
    assert view.in_doubt, "the request may still be on its way"

    async with live_db.transaction(TESTER) as tx:
        await tx.sql("UPDATE payments.attempts SET created_at = created_at - interval '61 s'")
    view = await flows.void(live_db, gateway, attempt.payment_id, actor=TESTER)

    assert not view.in_doubt
    async with live_db.transaction(TESTER) as tx:
        await payments.cancel(tx, attempt.payment_id)


async def test_a_capture_whose_answer_is_lost_takes_the_money_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    view = await held(live_db, sandbox, gateway)
    await sandbox.fault(answer_lost=True, on="payment_intents.capture", count=1)
    async with live_db.transaction(TESTER) as tx:
        capture = await payments.request_capture(tx, view.id)
    view = await flows.send_capture(live_db, gateway, capture, actor=TESTER)
    assert view.capture_pending

    await flows.finish(live_db, gateway, older_than_seconds=0)

    async with live_db.transaction(TESTER) as tx:
        view = await payments.payment(tx, view.id)
    assert (view.status, view.captured, view.capture_pending) == (PaymentStatus.CAPTURED, 5000, False)
    await assert_books_balance(live_db)


async def test_money_that_cannot_be_taken_is_let_go_and_the_payment_fails(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    view = await taken(live_db, sandbox, gateway, CARD_CAPTURE_FAILS)
    assert (view.status, view.capture_failures) == (PaymentStatus.AUTHORIZED, 1)

    view = await flows.void(live_db, gateway, view.id, actor=TESTER)
    async with live_db.transaction(TESTER) as tx:
        await payments.fail(tx, view.id, code="capture_failed")
        view = await payments.payment(tx, view.id)

    assert view.status is PaymentStatus.FAILED
    assert (await gateway.retrieve(view.intents[0])).status == "canceled"
    await assert_books_balance(live_db)


async def test_what_waits_for_the_shopper_is_closed_and_stays_closed(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    view = await held(live_db, sandbox, gateway, CARD_ASKS)
    assert view.live_attempt is not None
    assert view.live_attempt.status is AttemptStatus.REQUIRES_ACTION
    assert view.live_attempt.redirect_url

    view = await flows.void(live_db, gateway, view.id, actor=TESTER)

    assert view.open_intents == ()
    async with live_db.transaction(TESTER) as tx:
        await payments.cancel(tx, view.id)


async def test_a_void_that_finds_the_money_taken_says_so(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    view = await held(live_db, sandbox, gateway)
    await sandbox.api("POST", f"/v1/payment_intents/{view.intents[0]}/capture")

    view = await flows.void(live_db, gateway, view.id, actor=TESTER)

    assert (view.status, view.captured) == (PaymentStatus.CAPTURED, 5000)
    await assert_books_balance(live_db)


async def test_nothing_is_asked_of_the_gateway_when_nothing_is_open(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    async with live_db.transaction(TESTER) as tx:
        view = await opened(tx)
    await sandbox.fault(error_500=True)

    view = await flows.void(live_db, gateway, view.id, actor=TESTER)

    assert view.status is PaymentStatus.PENDING


async def test_a_gateway_that_is_down_is_told(live_db: Database, sandbox: Sandbox, gateway: StripeGateway) -> None:
    view = await held(live_db, sandbox, gateway)
    await sandbox.fault(error_500=True)

    with pytest.raises(GatewayUnavailable):
        await flows.void(live_db, gateway, view.id, actor=TESTER)


async def test_a_refund_whose_answer_is_lost_goes_out_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    view = await taken(live_db, sandbox, gateway)
    await sandbox.fault(answer_lost=True, on="refunds.create", count=1)
    refund = await flows.refund(
        live_db, gateway, TESTER, payment_id=view.id, amount=Money(2000, "USD"), reason="", key="desk-1"
    )
    assert refund.status is RefundState.PENDING

    await sandbox.fault(forget_keys=True)
    await flows.finish(live_db, gateway, older_than_seconds=0)

    assert [told.amount for told in await gateway.refunds(view.intents[0])] == [2000]
    async with live_db.transaction(TESTER) as tx:
        assert (await payments.refund(tx, refund.id)).status is RefundState.PROCESSED
    await assert_books_balance(live_db)


async def test_a_refund_put_down_before_a_crash_is_sent_by_the_next_round(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    view = await taken(live_db, sandbox, gateway)
    async with live_db.transaction(TESTER) as tx:
        refund = await payments.request_refund(
            tx, payment_id=view.id, amount=Money(5000, "USD"), reason="order cancelled", key="order-cancelled"
        )

    assert await flows.finish(live_db, gateway, older_than_seconds=30) == 0
    assert await flows.finish(live_db, gateway, older_than_seconds=0) == 1

    assert (await flows.send_refund(live_db, gateway, refund.id, actor=TESTER)).status is RefundState.PROCESSED
    assert len(await gateway.refunds(view.intents[0])) == 1
    await assert_books_balance(live_db)


@pytest.mark.parametrize("card", [CARD_REFUND_WAITS, CARD_REFUND_FAILS])
async def test_a_refund_that_changes_later_is_followed(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway, card: str
) -> None:
    view = await taken(live_db, sandbox, gateway, card)
    await flows.refund(live_db, gateway, TESTER, payment_id=view.id, amount=Money(5000, "USD"), reason="", key="desk-1")

    view = await flows.look(live_db, gateway, view.id, actor=TESTER)
    (told,) = await gateway.refunds(view.intents[0])

    async with live_db.transaction(TESTER) as tx:
        (ours,) = await payments.refunds(tx, view.id)
    expected = {"succeeded": RefundState.PROCESSED, "pending": RefundState.PENDING, "failed": RefundState.FAILED}
    assert ours.status is expected[told.status]
    await assert_books_balance(live_db)


async def test_the_comparison_finds_what_we_missed_and_what_is_not_ours(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    known = await taken(live_db, sandbox, gateway)
    lost = await begun(live_db)
    await ask(sandbox, gateway, lost, CARD_PAYS)
    stranger = payments.Attempt(
        id=lost.order_id, payment_id=lost.order_id, order_id=lost.order_id, user_id=None, number=1, amount=lost.amount
    )
    foreign = await ask(sandbox, gateway, stranger, CARD_PAYS)
    assert isinstance(foreign, Intent)
    async with live_db.transaction(TESTER) as tx:
        since = await tx.now() - timedelta(minutes=5)

    found = await flows.compare(live_db, gateway, since=since)

    assert found.behind == (lost.payment_id,)
    assert found.unknown == (foreign.id,)
    assert known.id not in found.behind
    for payment_id in found.behind:
        await flows.look(live_db, gateway, payment_id, actor=TESTER)
    assert (await flows.compare(live_db, gateway, since=since)).behind == ()


async def test_a_decline_is_an_answer_with_the_banks_words(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    attempt = await begun(live_db)

    answer = await ask(sandbox, gateway, attempt, CARD_DECLINED)

    assert isinstance(answer, Declined)
