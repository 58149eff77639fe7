"""Tables of payments: what we asked for, what the gateway said, and the ledger of the money."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit.database import Base

_NOW = text("kit.now()")
_LARGEST = 2**53


def _currency() -> CheckConstraint:
    return CheckConstraint("currency ~ '^[A-Z]{3}$'", name="currency")


def _positive(column: str) -> CheckConstraint:
    return CheckConstraint(f"{column} > 0 AND {column} < {_LARGEST}", name=column)


class PaymentRow(Base):
    """The one payment of an order. `refunding_cents` is what pending refunds have set aside of what was captured."""

    __tablename__ = "payments"
    __table_args__ = (
        _positive("amount_cents"),
        _currency(),
        CheckConstraint("method IN ('credit_card', 'debit_card', 'wallet', 'bank_transfer')", name="method"),
        CheckConstraint(
            "status IN ('pending', 'authorized', 'captured', 'failed', 'cancelled', 'partially_refunded', 'refunded')",
            name="status",
        ),
        CheckConstraint("captured_cents BETWEEN 0 AND amount_cents", name="captured_within_amount"),
        CheckConstraint(
            "refunding_cents >= 0 AND refunded_cents >= 0 AND refunding_cents + refunded_cents <= captured_cents",
            name="refunded_within_captured",
        ),
        CheckConstraint(
            "CASE status WHEN 'captured' THEN captured_cents > 0 AND refunded_cents = 0"
            " WHEN 'partially_refunded' THEN refunded_cents > 0 AND refunded_cents < captured_cents"
            " WHEN 'refunded' THEN captured_cents > 0 AND refunded_cents = captured_cents"
            " ELSE captured_cents = 0 END",
            name="status_fits_amounts",
        ),
        CheckConstraint("(captured_cents > 0) = (captured_at IS NOT NULL)", name="captured_at"),
        CheckConstraint(
            "(captured_cents > 0) <= (gateway_transaction_id IS NOT NULL OR coalesce(method = 'bank_transfer', false))",
            name="captured_where",
        ),
        UniqueConstraint("order_id"),
        Index("ix_payments_user_id", "user_id"),
        Index("uq_payments_gateway_transaction_id", "gateway_transaction_id", unique=True),
        Index("ix_payments_status", "status"),
        Index("ix_payments_open", "created_at", postgresql_where=text("status IN ('pending', 'authorized')")),
        {"schema": "payments"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID]
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id"))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3), server_default="USD")
    method: Mapped[str | None] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20), server_default="pending")
    captured_cents: Mapped[int] = mapped_column(BigInteger, server_default="0")
    refunding_cents: Mapped[int] = mapped_column(BigInteger, server_default="0")
    refunded_cents: Mapped[int] = mapped_column(BigInteger, server_default="0")
    gateway_transaction_id: Mapped[str | None] = mapped_column(String(255))
    authorization_code: Mapped[str | None] = mapped_column(String(255))
    card_brand: Mapped[str | None] = mapped_column(String(40))
    card_last4: Mapped[str | None] = mapped_column(String(4))
    gateway_response: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    failure_code: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    authorized_at: Mapped[datetime | None]
    captured_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class AttemptRow(Base):
    """One try to pay. Its id is the idempotency key at the gateway, so it is committed before the gateway is asked."""

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint(
            "status IN ('started', 'requires_action', 'authorized', 'captured', 'declined', 'failed', 'superseded',"
            " 'voided')",
            name="status",
        ),
        CheckConstraint("number >= 1", name="number"),
        UniqueConstraint("payment_id", "number"),
        UniqueConstraint("intent_id"),
        Index("ix_attempts_waiting", "updated_at", postgresql_where=text("status IN ('started', 'requires_action')")),
        Index(
            "uq_attempts_live",
            "payment_id",
            unique=True,
            postgresql_where=text("status IN ('started', 'requires_action', 'authorized', 'captured')"),
        ),
        {"schema": "payments"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.payments.id"))
    number: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(20), server_default="started")
    intent_id: Mapped[str | None] = mapped_column(String(255))
    redirect_url: Mapped[str | None] = mapped_column(Text)
    decline_code: Mapped[str | None] = mapped_column(String(80))
    message: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    updated_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class CaptureRow(Base):
    """A request to take the money held; its id is the key at the gateway. One that may still succeed per payment."""

    __tablename__ = "captures"
    __table_args__ = (
        CheckConstraint("status IN ('pending', 'succeeded', 'failed')", name="status"),
        CheckConstraint("(status = 'pending') = (finished_at IS NULL)", name="finished_at"),
        _positive("amount_cents"),
        _currency(),
        Index(
            "uq_captures_live", "payment_id", unique=True, postgresql_where=text("status IN ('pending', 'succeeded')")
        ),
        Index("ix_captures_attempt_id", "attempt_id"),
        Index("ix_captures_pending", "created_at", postgresql_where=text("status = 'pending'")),
        {"schema": "payments"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.payments.id"))
    attempt_id: Mapped[UUID] = mapped_column(ForeignKey("payments.attempts.id"))
    intent_id: Mapped[str] = mapped_column(String(255))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(20), server_default="pending")
    failure_code: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    finished_at: Mapped[datetime | None]


class VoidRow(Base):
    """A request to let the money held go; its id is the key at the gateway."""

    __tablename__ = "voids"
    __table_args__ = (
        CheckConstraint("status IN ('pending', 'succeeded', 'failed')", name="status"),
        CheckConstraint("(status = 'pending') = (finished_at IS NULL)", name="finished_at"),
        Index("uq_voids_live", "intent_id", unique=True, postgresql_where=text("status IN ('pending', 'succeeded')")),
        Index("ix_voids_payment_id", "payment_id"),
        Index("ix_voids_pending", "created_at", postgresql_where=text("status = 'pending'")),
        {"schema": "payments"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.payments.id"))
    intent_id: Mapped[str] = mapped_column(String(255))
    status: Mapped[str] = mapped_column(String(20), server_default="pending")
    failure_code: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    finished_at: Mapped[datetime | None]


class RefundRow(Base):
    """Money on its way back; its id is the key at the gateway, `request_key` the key of who asked for it."""

    __tablename__ = "refunds"
    __table_args__ = (
        _positive("amount_cents"),
        _currency(),
        CheckConstraint("status IN ('pending', 'processed', 'failed')", name="status"),
        CheckConstraint("length(reason) <= 500", name="reason"),
        CheckConstraint("(status = 'processed') <= (processed_at IS NOT NULL)", name="processed_at"),
        UniqueConstraint("payment_id", "request_key"),
        UniqueConstraint("gateway_refund_id"),
        Index("ix_refunds_pending", "created_at", postgresql_where=text("status = 'pending'")),
        {"schema": "payments"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.payments.id"))
    request_key: Mapped[str] = mapped_column(String(120))
    amount_cents: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(String(500), server_default="")
    status: Mapped[str] = mapped_column(String(20), server_default="pending")
    gateway_refund_id: Mapped[str | None] = mapped_column(String(255))
    failure_code: Mapped[str | None] = mapped_column(String(80))
    requested_by: Mapped[str] = mapped_column(String(60), server_default="")
    requested_by_id: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    processed_at: Mapped[datetime | None]


class GatewayIntentRow(Base):
    """The mirror: what the gateway last said about a payment of ours. A later state never goes back to an earlier.

    `payment_id` is what the intent itself names, so that one of a payment we lost is kept too; hence no foreign key.
    """

    __tablename__ = "gateway_intents"
    __table_args__ = (
        CheckConstraint("stage BETWEEN 0 AND 2", name="stage"),
        Index("ix_gateway_intents_payment_id", "payment_id"),
        Index("ix_gateway_intents_open", "payment_id", postgresql_where=text("stage < 2")),
        {"schema": "payments"},
    )

    intent_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    payment_id: Mapped[UUID | None]
    order_id: Mapped[UUID | None]
    attempt_id: Mapped[UUID | None]
    status: Mapped[str] = mapped_column(String(40))
    stage: Mapped[int] = mapped_column(Integer)
    amount: Mapped[int] = mapped_column(BigInteger)
    amount_capturable: Mapped[int] = mapped_column(BigInteger)
    amount_received: Mapped[int] = mapped_column(BigInteger)
    amount_refunded: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    livemode: Mapped[bool] = mapped_column(Boolean)
    charge: Mapped[str | None] = mapped_column(String(255))
    quarantine_reason: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    observed_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class GatewayRefundRow(Base):
    """The mirror of a refund. Stages: under way, sent, come to nothing; a bank can still send back what was sent."""

    __tablename__ = "gateway_refunds"
    __table_args__ = (
        CheckConstraint("stage BETWEEN 0 AND 2", name="stage"),
        Index("ix_gateway_refunds_intent_id", "intent_id"),
        {"schema": "payments"},
    )

    gateway_refund_id: Mapped[str] = mapped_column(String(255), primary_key=True)
    intent_id: Mapped[str | None] = mapped_column(String(255))
    refund_id: Mapped[UUID | None]
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    status: Mapped[str] = mapped_column(String(40))
    stage: Mapped[int] = mapped_column(Integer)
    failure_reason: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime]
    observed_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class WebhookRow(Base):
    """The inbox: every notice the gateway signed, kept before it is looked at, once per event of the gateway."""

    __tablename__ = "webhook_events"
    __table_args__ = (
        CheckConstraint("status IN ('pending', 'processed', 'quarantined')", name="status"),
        CheckConstraint("(status = 'processed') = (processed_at IS NOT NULL)", name="processed_at"),
        CheckConstraint("(status = 'quarantined') = (quarantine_reason IS NOT NULL)", name="quarantine_reason"),
        Index("ix_webhook_events_due", "available_at", postgresql_where=text("status = 'pending'")),
        Index("ix_webhook_events_intent_id", "intent_id"),
        {"schema": "payments"},
    )

    id: Mapped[str] = mapped_column(String(255), primary_key=True)
    type: Mapped[str] = mapped_column(String(80))
    object_type: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[str] = mapped_column(String(255))
    intent_id: Mapped[str | None] = mapped_column(String(255))
    payment_id: Mapped[UUID | None]
    livemode: Mapped[bool] = mapped_column(Boolean)
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    status: Mapped[str] = mapped_column(String(20), server_default="pending")
    outcome: Mapped[str | None] = mapped_column(String(60))
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    available_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    last_error: Mapped[str | None] = mapped_column(String(500))
    quarantine_reason: Mapped[str | None] = mapped_column(String(500))
    sent_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    processed_at: Mapped[datetime | None]


class LedgerTransactionRow(Base):
    """One movement of money in the books; append-only. `cause` makes each movement of a payment happen once."""

    __tablename__ = "ledger_transactions"
    __table_args__ = (
        CheckConstraint("kind IN ('capture', 'refund', 'refund_returned', 'transfer', 'transfer_refund')", name="kind"),
        UniqueConstraint("cause"),
        Index("ix_ledger_transactions_order_id", "order_id"),
        Index("ix_ledger_transactions_payment_id", "payment_id"),
        Index("ix_ledger_transactions_recorded_at", "recorded_at"),
        {"schema": "payments"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.payments.id"))
    order_id: Mapped[UUID]
    cause: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class LedgerEntryRow(Base):
    """One side of a movement: debits positive, credits negative; a deferred trigger holds each movement at zero."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint("account IN ('gateway_clearing', 'bank', 'customer_orders', 'refunds')", name="account"),
        CheckConstraint(f"amount <> 0 AND abs(amount) < {_LARGEST}", name="amount"),
        _currency(),
        Index("ix_ledger_entries_account", "account", "currency"),
        {"schema": "payments"},
    )

    transaction_id: Mapped[UUID] = mapped_column(ForeignKey("payments.ledger_transactions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    account: Mapped[str] = mapped_column(String(40))
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))


class ComparisonRow(Base):
    """A day of the shop's calendar as the gateway's list has it and as we have it: payments that were begun on it and
    taken, refunds that were made on it."""

    __tablename__ = "comparisons"
    __table_args__ = (_currency(), {"schema": "payments"})

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    their_payments: Mapped[int] = mapped_column(Integer)
    their_taken: Mapped[int] = mapped_column(BigInteger)
    our_payments: Mapped[int] = mapped_column(Integer)
    our_taken: Mapped[int] = mapped_column(BigInteger)
    their_refunds: Mapped[int] = mapped_column(Integer)
    their_refunded: Mapped[int] = mapped_column(BigInteger)
    our_refunds: Mapped[int] = mapped_column(Integer)
    our_refunded: Mapped[int] = mapped_column(BigInteger)
    compared_at: Mapped[datetime] = mapped_column(server_default=_NOW)


class FindingRow(Base):
    """Something that differs between the gateway's list and ours, of one payment or refund; amounts in minor units.

    `ended_at` is when it no longer differed, `looked_at` when a member of staff had seen to it.
    """

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('payment_unknown', 'payment_differs', 'payment_missing', 'payment_held_back', 'refund_unknown',"
            " 'refund_differs', 'refund_missing')",
            name="kind",
        ),
        CheckConstraint("(looked_at IS NULL) = (looked_by IS NULL)", name="looked_by"),
        CheckConstraint("length(note) <= 500", name="note"),
        _currency(),
        UniqueConstraint("kind", "reference"),
        Index("ix_findings_day", "day", "id"),
        Index("ix_findings_open", "day", postgresql_where=text("looked_at IS NULL AND ended_at IS NULL")),
        {"schema": "payments"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date)
    kind: Mapped[str] = mapped_column(String(20))
    reference: Mapped[str] = mapped_column(String(255))
    payment_id: Mapped[UUID | None]
    currency: Mapped[str] = mapped_column(String(3))
    theirs: Mapped[int] = mapped_column(BigInteger)
    ours: Mapped[int] = mapped_column(BigInteger)
    detail: Mapped[str] = mapped_column(String(500), server_default="")
    found_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    found_again_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    ended_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    looked_by: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.accounts.id"))
    note: Mapped[str] = mapped_column(String(500), server_default="")
