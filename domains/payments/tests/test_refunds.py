"""Money back: whole and in parts, never more than was taken, each request once (PAY-02, PAY-13; A19, A20)."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from domains import payments
from domains.kit import Database, Invalid, Money
from domains.kit.idempotency import KeyReused as RequestKeyReused
from domains.payments import PaymentStatus, RefundState
from domains.payments.gateway import GatewayOutcomeUnknown, GatewayRefused
from domains.payments.tests.factories import (
    TESTER,
    ask_refund,
    assert_books_balance,
    authorized,
    captured,
    event_types,
    opened,
    refused_by_database,
    sent_back,
)


async def test_a_part_and_then_the_rest_go_back(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)

        part = await ask_refund(tx, view.id, 2000)
        await payments.record_refund(tx, part.id, sent_back(part))
        after_part = await payments.payment(tx, view.id)
        rest = await ask_refund(tx, view.id, 3000)
        done = await payments.record_refund(tx, rest.id, sent_back(rest))

        assert after_part.status is PaymentStatus.PARTIALLY_REFUNDED
        assert after_part.left == Money(3000, "USD")
        assert (await payments.payment(tx, view.id)).status is PaymentStatus.REFUNDED
        assert (done.status, done.gateway_refund_id) == (RefundState.PROCESSED, sent_back(rest).id)
        assert done.processed_at is not None
        assert (await event_types(tx, view.id)).count("refund.processed") == 2
    await assert_books_balance(db)


async def test_two_equal_parts_are_two_refunds(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)

        refunds = [await ask_refund(tx, view.id, 2500) for _ in range(2)]
        for refund in refunds:
            await payments.record_refund(tx, refund.id, sent_back(refund))

        assert (await payments.payment(tx, view.id)).refunded == 5000
    await assert_books_balance(db)


async def test_the_same_request_is_one_refund(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)

        first = await ask_refund(tx, view.id, 1000, key="desk-1")
        again = await ask_refund(tx, view.id, 1000, key="desk-1")
        with pytest.raises(RequestKeyReused):
            await ask_refund(tx, view.id, 1001, key="desk-1")

        assert first.id == again.id
        assert (await payments.payment(tx, view.id)).refunding == 1000


async def test_more_than_was_taken_is_refused_with_what_is_left(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)
        await ask_refund(tx, view.id, 4000)

        with pytest.raises(payments.RefundTooHigh) as refused:
            await ask_refund(tx, view.id, 1001)

        assert refused.value.left == Money(1000, "USD")


async def test_what_cannot_be_refunded_is_refused(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        waiting, (held, _attempt), paid = await opened(tx), await authorized(tx), await captured(tx)

        for view in (waiting, held):
            with pytest.raises(payments.NotCaptured):
                await ask_refund(tx, view.id, 100)
        for amount in (Money(0, "USD"), Money(-5, "USD"), Money(100, "EUR")):
            with pytest.raises(Invalid):
                await payments.request_refund(tx, payment_id=paid.id, amount=amount, reason="", key="k")
        with pytest.raises(Invalid):
            await payments.request_refund(tx, payment_id=paid.id, amount=Money(1, "USD"), reason="x" * 501, key="k")


async def test_ten_at_once_never_send_back_more_than_was_taken(live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        view = await captured(tx)

    async def refund(number: int) -> str:
        try:
            async with live_db.transaction(TESTER) as tx:
                asked = await ask_refund(tx, view.id, 1500, key=f"staff-{number}")
            async with live_db.transaction(TESTER) as tx:
                await payments.record_refund(tx, asked.id, sent_back(asked))
        except payments.RefundTooHigh:
            return "refused"
        return "sent"

    outcomes = await asyncio.gather(*(refund(number) for number in range(10)))

    assert outcomes.count("sent") == 3
    async with live_db.transaction(TESTER) as tx:
        assert (await payments.payment(tx, view.id)).refunded == 4500
    await assert_books_balance(live_db)


async def test_ten_equal_requests_at_once_are_one_refund(live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        view = await captured(tx)

    async def refund() -> payments.Refund:
        async with live_db.transaction(TESTER) as tx:
            return await ask_refund(tx, view.id, 5000, key="once")

    asked = await asyncio.gather(*(refund() for _ in range(10)))

    assert len({each.id for each in asked}) == 1
    await assert_books_balance(live_db)


async def test_the_database_refuses_what_the_operation_would(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)
        refund = await ask_refund(tx, view.id, 100)

        for change in ("refunding_cents = 5001", "refunding_cents = -1", "refunded_cents = 4901"):
            async with refused_by_database(tx, "refunded_within_captured|status_fits_amounts"):
                await tx.sql(f"UPDATE payments.payments SET {change} WHERE id = :id", {"id": view.id})
        for change, constraint in (
            ("amount_cents = 0", "ck_refunds_amount_cents"),
            ("currency = 'usd'", "ck_refunds_currency"),
            ("status = 'sent'", "ck_refunds_status"),
            ("status = 'processed'", "ck_refunds_processed_at"),
            ("reason = repeat('x', 501)", "too long|ck_refunds_reason"),
        ):
            async with refused_by_database(tx, constraint):
                await tx.sql(f"UPDATE payments.refunds SET {change} WHERE id = :id", {"id": refund.id})


async def test_a_refund_refused_by_the_gateway_gives_its_money_free(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)
        refund = await ask_refund(tx, view.id, 5000)

        failed = await payments.record_refund(tx, refund.id, GatewayRefused("no", code="charge_disputed"))

        assert (failed.status, failed.failure_code) == (RefundState.FAILED, "charge_disputed")
        assert (await payments.payment(tx, view.id)).left == Money(5000, "USD")
        assert "refund.failed" in await event_types(tx, view.id)
    await assert_books_balance(db)


async def test_a_refund_without_an_answer_stays_pending_and_keeps_its_money_aside(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)
        refund = await ask_refund(tx, view.id, 5000)

        waiting = await payments.record_refund(tx, refund.id, GatewayOutcomeUnknown("?"))

        assert waiting.status is RefundState.PENDING
        with pytest.raises(payments.RefundTooHigh):
            await ask_refund(tx, view.id, 1)
    await assert_books_balance(db)


async def test_a_refund_that_the_bank_sends_back_is_booked_back(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)
        refund = await ask_refund(tx, view.id, 5000)
        await payments.record_refund(tx, refund.id, sent_back(refund))

        await payments.observe_refund(tx, sent_back(refund, "failed"))
        await payments.observe_refund(tx, sent_back(refund, "succeeded"))

        view = await payments.payment(tx, view.id)
        assert (view.status, view.refunded, view.left.amount) == (PaymentStatus.CAPTURED, 0, 5000)
        kinds = await tx.sql(
            "SELECT kind FROM payments.ledger_transactions WHERE payment_id = :id ORDER BY recorded_at, id",
            {"id": view.id},
        )
        assert list(kinds.scalars()) == ["capture", "refund", "refund_returned"]
    await assert_books_balance(db)


async def test_a_refund_made_by_hand_at_the_gateway_becomes_one_of_ours(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)
        ours = await ask_refund(tx, view.id, 1000)
        by_hand = sent_back(ours, id="re_by_hand", amount=1500, metadata={})

        for _ in range(2):
            await payments.observe_refund(tx, by_hand)

        view = await payments.payment(tx, view.id)
        assert (view.refunded, view.refunding) == (1500, 1000)
        assert {refund.gateway_refund_id for refund in await payments.refunds(tx, view.id)} == {None, "re_by_hand"}
    await assert_books_balance(db)


async def test_a_refund_that_tells_another_amount_is_not_believed(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx)
        refund = await ask_refund(tx, view.id, 1000)

        await payments.observe_refund(tx, sent_back(refund, amount=900))

        assert (await payments.refund(tx, refund.id)).status is RefundState.PENDING
    await assert_books_balance(db)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amount=st.integers(1, 10_000),
    steps=st.lists(
        st.tuples(st.integers(1, 6_000), st.sampled_from(["succeeded", "failed", "pending", "refused", "returned"])),
        max_size=6,
    ),
)
async def test_the_books_balance_after_any_refunds(db: Database, amount: int, steps: list[tuple[int, str]]) -> None:
    async with db.transaction(TESTER) as tx:
        view = await captured(tx, amount)
        for part, outcome in steps:
            left = (await payments.payment(tx, view.id)).left.amount
            if part > left:
                with pytest.raises(payments.RefundTooHigh):
                    await ask_refund(tx, view.id, part)
                continue
            refund = await ask_refund(tx, view.id, part)
            if outcome == "refused":
                await payments.record_refund(tx, refund.id, GatewayRefused("no"))
            elif outcome == "returned":
                await payments.record_refund(tx, refund.id, sent_back(refund))
                await payments.observe_refund(tx, sent_back(refund, "failed"))
            else:
                await payments.record_refund(tx, refund.id, sent_back(refund, outcome))
        view = await payments.payment(tx, view.id)

        assert 0 <= view.refunded + view.refunding <= view.captured == amount
    await assert_books_balance(db)


async def test_a_movement_that_does_not_sum_to_zero_is_refused_by_the_database(live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        view = await captured(tx)

    async def book(entries: str) -> None:
        async with live_db.transaction(TESTER) as tx:
            movement = (
                await tx.sql(
                    "INSERT INTO payments.ledger_transactions (id, kind, payment_id, order_id, cause)"
                    " VALUES (gen_random_uuid(), 'refund', :payment, :order, 'planted') RETURNING id",
                    {"payment": view.id, "order": view.order_id},
                )
            ).scalar_one()
            if entries:
                await tx.sql(
                    "INSERT INTO payments.ledger_entries (transaction_id, position, account, amount, currency)"
                    f" VALUES {entries}",
                    {"id": movement},
                )

    for entries in (
        "(:id, 1, 'gateway_clearing', 100, 'USD'), (:id, 2, 'customer_orders', -99, 'USD')",
        "(:id, 1, 'gateway_clearing', 100, 'USD'), (:id, 2, 'customer_orders', -100, 'EUR')",
        "(:id, 1, 'gateway_clearing', 100, 'USD')",
        "",
    ):
        with pytest.raises(DBAPIError, match=r"is off by|has \d entries"):
            await book(entries)


async def test_no_entry_is_slipped_into_a_movement_that_is_booked(live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        await captured(tx)

    async def slip_in() -> None:
        async with live_db.transaction(TESTER) as tx:
            await tx.sql(
                "INSERT INTO payments.ledger_entries (transaction_id, position, account, amount, currency)"
                " SELECT id, 3, 'refunds', 1, 'USD' FROM payments.ledger_transactions"
            )

    with pytest.raises(DBAPIError, match="is off by"):
        await slip_in()


@pytest.mark.parametrize("table", ["ledger_transactions", "ledger_entries"])
async def test_the_books_are_only_added_to(db: Database, table: str) -> None:
    async with db.transaction(TESTER) as tx:
        await captured(tx)
        await tx.sql("SET CONSTRAINTS ALL IMMEDIATE")

        for change in (f"DELETE FROM payments.{table}", f"TRUNCATE payments.{table} CASCADE"):
            async with refused_by_database(tx, "append-only"):
                await tx.sql(change)
