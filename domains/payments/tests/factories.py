"""Payments and answers of the gateway for tests. The answers are shaped as the adapter reads them from the wire."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError

from domains import payments
from domains.kit import Actor, Database, Money, Transaction, new_id
from domains.payments.gateway import GatewayRefund, Intent, PaymentError

TESTER = Actor.system("tests")


@asynccontextmanager
async def refused_by_database(tx: Transaction, constraint: str) -> AsyncIterator[None]:
    """What is done in the block must break `constraint`; the transaction can go on."""
    with pytest.raises(DBAPIError, match=constraint):
        async with tx.session.begin_nested():
            yield


async def opened(tx: Transaction, amount: int = 5000, currency: str = "USD") -> payments.PaymentView:
    """A payment of an order, waiting."""
    payment_id = await payments.open(tx, order_id=new_id(), user_id=None, amount=Money(amount, currency))
    return await payments.payment(tx, payment_id)


def told(attempt: payments.Attempt, status: str = "requires_capture", **changes: Any) -> Intent:
    """What the gateway says of an attempt."""
    amount = attempt.amount.amount
    paid = status == "succeeded"
    intent = Intent(
        id=f"pi_{attempt.id.hex}",
        status=status,  # type: ignore[arg-type]
        amount=amount,
        amount_capturable=amount if status == "requires_capture" else 0,
        amount_received=amount if paid else 0,
        amount_refunded=0,
        currency=attempt.amount.currency,
        metadata={
            "order_id": str(attempt.order_id),
            "payment_id": str(attempt.payment_id),
            "attempt_id": str(attempt.id),
        },
        customer=None,
        livemode=False,
        created=datetime(2026, 11, 20, tzinfo=UTC),
        charge=f"ch_{attempt.id.hex}",
        authorization_code="A12345",
        method="pm_1",
        method_type="card",
        card_brand="visa",
        card_last4="4242",
        card_funding="credit",
        wallet=None,
        redirect_url="https://bank.example/confirm" if status == "requires_action" else None,
        error=PaymentError("card_declined", "insufficient_funds", "Your card has insufficient funds.")
        if status == "requires_payment_method"
        else None,
        response={"id": f"pi_{attempt.id.hex}", "object": "payment_intent", "payment_method": "pm_1"},
    )
    return msgspec.structs.replace(intent, **changes)


def sent_back(asked: payments.Refund, status: str = "succeeded", **changes: Any) -> GatewayRefund:
    """What the gateway says of a refund."""
    refund = GatewayRefund(
        id=f"re_{asked.id.hex}",
        intent_id=asked.intent_id,
        charge=None,
        amount=asked.amount.amount,
        currency=asked.amount.currency,
        status=status,  # type: ignore[arg-type]
        failure_reason="expired_or_canceled_card" if status == "failed" else None,
        metadata={"refund_id": str(asked.id)},
        created=datetime(2026, 11, 20, tzinfo=UTC),
    )
    return msgspec.structs.replace(refund, **changes)


async def observe(tx: Transaction, intent: Intent) -> payments.PaymentView:
    return await payments.observe(tx, intent, livemode=False)


async def authorized(tx: Transaction, amount: int = 5000) -> tuple[payments.PaymentView, payments.Attempt]:
    """A payment whose money is held, and the try that holds it."""
    view = await opened(tx, amount)
    attempt = await payments.start_attempt(tx, view.id)
    return await observe(tx, told(attempt)), attempt


async def captured(tx: Transaction, amount: int = 5000) -> payments.PaymentView:
    """A payment whose money was taken."""
    view, attempt = await authorized(tx, amount)
    capture = await payments.request_capture(tx, view.id)
    return await payments.record_capture(tx, capture.id, told(attempt, "succeeded"), livemode=False)


async def ask_refund(tx: Transaction, payment_id: UUID, amount: int, key: str = "") -> payments.Refund:
    return await payments.request_refund(
        tx, payment_id=payment_id, amount=Money(amount, "USD"), reason="came broken", key=key or str(new_id())
    )


async def assert_books_balance(db: Database) -> None:
    """I10, I16, I17 and I20: no refund beyond what was taken, books at zero, cash as taken and sent, events replay."""
    async with db.transaction(TESTER) as tx:
        unbalanced = await tx.sql(
            "SELECT transaction_id, currency FROM payments.ledger_entries GROUP BY 1, 2 HAVING sum(amount) <> 0"
        )
        assert unbalanced.all() == []
        cash = await tx.sql(
            "SELECT p.id FROM payments.payments p WHERE p.captured_cents - p.refunded_cents <> coalesce(("
            " SELECT sum(e.amount) FROM payments.ledger_entries e JOIN payments.ledger_transactions t"
            " ON t.id = e.transaction_id WHERE t.payment_id = p.id AND e.account = 'gateway_clearing'), 0)"
        )
        assert cash.all() == []
        counters = await tx.sql(
            "SELECT p.id FROM payments.payments p WHERE (p.refunding_cents, p.refunded_cents) <> ("
            " SELECT coalesce(sum(amount_cents) FILTER (WHERE status = 'pending'), 0),"
            " coalesce(sum(amount_cents) FILTER (WHERE status = 'processed'), 0)"
            " FROM payments.refunds r WHERE r.payment_id = p.id)"
        )
        assert counters.all() == []
        for payment_id in (await tx.sql("SELECT id FROM payments.payments")).scalars().all():
            assert await payments.replayed(tx, payment_id) == await payments.state_of(tx, payment_id)


async def event_types(tx: Transaction, payment_id: UUID) -> list[str]:
    rows = await tx.sql(
        "SELECT type FROM kit.events WHERE stream = 'payment' AND stream_id = :id ORDER BY version", {"id": payment_id}
    )
    return list(rows.scalars())
