"""What can be asked of payments."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains.kit import Money, Transaction
from domains.payments.errors import PaymentNotFound
from domains.payments.states import PaymentMethod, PaymentStatus, RefundState
from domains.payments.views import AttemptView, PaymentView, Refund

# What belongs to a payment comes in the same round trip: a purchase reads it many times.
_PAYMENT = """
SELECT p.id, p.order_id, p.user_id, p.amount_cents, p.currency, p.method, p.status, p.captured_cents,
       p.refunding_cents, p.refunded_cents, p.card_brand, p.card_last4, p.failure_code, p.created_at,
       p.authorized_at, p.captured_at,
    (SELECT coalesce(json_agg(json_build_object('id', id, 'number', number, 'status', status, 'intent_id', intent_id,
            'redirect_url', redirect_url, 'decline_code', decline_code, 'message', message, 'created_at', created_at)
            ORDER BY number), '[]')
     FROM payments.attempts WHERE payment_id = :id) AS attempts,
    (SELECT coalesce(json_agg(json_build_array(coalesce(g.intent_id, a.intent_id), coalesce(g.stage, 0) < 2,
            g.quarantine_reason) ORDER BY coalesce(g.intent_id, a.intent_id)), '[]')
     FROM (SELECT intent_id FROM payments.attempts WHERE payment_id = :id AND intent_id IS NOT NULL) a
     FULL JOIN (SELECT intent_id, stage, quarantine_reason FROM payments.gateway_intents WHERE payment_id = :id) g
       ON g.intent_id = a.intent_id) AS intents,
    (SELECT count(*) FROM payments.captures WHERE payment_id = :id AND status = 'pending') AS captures_pending,
    (SELECT count(*) FROM payments.captures c JOIN payments.attempts a ON a.id = c.attempt_id
     WHERE c.payment_id = :id AND c.status = 'failed' AND a.status = 'authorized') AS captures_failed,
    (SELECT coalesce(json_agg(json_build_object('id', id, 'amount', amount_cents, 'currency', currency,
            'reason', reason, 'status', status, 'gateway_refund_id', gateway_refund_id, 'failure_code', failure_code,
            'created_at', created_at, 'processed_at', processed_at) ORDER BY created_at, id), '[]')
     FROM payments.refunds WHERE payment_id = :id) AS refunds, p.gateway_transaction_id
FROM payments.payments p WHERE p.id = :id
"""

_REFUND = """
SELECT r.id, r.payment_id, p.gateway_transaction_id AS intent_id, r.amount_cents, r.currency, r.reason, r.status,
       r.gateway_refund_id, r.failure_code, r.created_at, r.processed_at
FROM payments.refunds r JOIN payments.payments p ON p.id = r.payment_id
"""

_IN_DOUBT = """
WITH waiting AS (
    SELECT id FROM payments.payments
    WHERE status IN ('pending', 'authorized') AND authorized_at < kit.now() - make_interval(secs => :age)
    UNION SELECT payment_id FROM payments.attempts
    WHERE status IN ('started', 'requires_action') AND updated_at < kit.now() - make_interval(secs => :age)
    UNION SELECT payment_id FROM payments.captures
    WHERE status = 'pending' AND created_at < kit.now() - make_interval(secs => :age)
)
SELECT id FROM waiting ORDER BY id LIMIT :limit
"""


class _Refund(msgspec.Struct, frozen=True):
    """A refund as the database tells it in JSON."""

    id: UUID
    amount: int
    currency: str
    reason: str
    status: RefundState
    gateway_refund_id: str | None
    failure_code: str | None
    created_at: datetime
    processed_at: datetime | None


async def payment(tx: Transaction, payment_id: UUID, *, lock: bool = False) -> PaymentView:
    """The payment; `lock` holds its row until the end of the transaction. Raises `PaymentNotFound`."""
    if lock:
        held = (await tx.sql("SELECT 1 FROM payments.payments WHERE id = :id FOR UPDATE", {"id": payment_id})).first()
        if held is None:
            raise PaymentNotFound
    row = (await tx.sql(_PAYMENT, {"id": payment_id})).one_or_none()
    if row is None:
        raise PaymentNotFound
    intents = msgspec.convert(row.intents, list[tuple[str, bool, str | None]])
    return PaymentView(
        id=row.id,
        order_id=row.order_id,
        user_id=row.user_id,
        amount=Money(row.amount_cents, row.currency),
        status=PaymentStatus(row.status),
        captured=row.captured_cents,
        refunding=row.refunding_cents,
        refunded=row.refunded_cents,
        method=PaymentMethod(row.method) if row.method else None,
        card_brand=row.card_brand,
        card_last4=row.card_last4,
        failure_code=row.failure_code,
        created_at=row.created_at,
        authorized_at=row.authorized_at,
        captured_at=row.captured_at,
        attempts=msgspec.convert(row.attempts, tuple[AttemptView, ...]),
        intents=tuple(intent_id for intent_id, _open, _reason in intents),
        open_intents=tuple(intent_id for intent_id, is_open, _reason in intents if is_open),
        quarantined=next((reason for _intent_id, _open, reason in intents if reason), None),
        capture_pending=row.captures_pending > 0,
        capture_failures=row.captures_failed,
        refunds=tuple(
            Refund(
                id=each.id,
                payment_id=row.id,
                intent_id=row.gateway_transaction_id,
                amount=Money(each.amount, each.currency),
                reason=each.reason,
                status=each.status,
                gateway_refund_id=each.gateway_refund_id,
                failure_code=each.failure_code,
                created_at=each.created_at,
                processed_at=each.processed_at,
            )
            for each in msgspec.convert(row.refunds, list[_Refund])
        ),
    )


async def statuses(tx: Transaction, payment_ids: Collection[UUID]) -> dict[UUID, PaymentStatus]:
    """How each of these payments stands; unknown ones are left out."""
    rows = await tx.sql(
        "SELECT id, status FROM payments.payments WHERE id = ANY(CAST(:ids AS uuid[]))", {"ids": list(payment_ids)}
    )
    return {row.id: PaymentStatus(row.status) for row in rows}


async def for_order(tx: Transaction, order_id: UUID) -> PaymentView | None:
    """The payment of an order; None for an order that costs nothing."""
    found = (await tx.sql("SELECT id FROM payments.payments WHERE order_id = :id", {"id": order_id})).scalar()
    return None if found is None else await payment(tx, found)


async def refund(tx: Transaction, refund_id: UUID, *, lock: bool = False) -> Refund:
    """One refund. Raises `PaymentNotFound`."""
    row = (
        await tx.sql(f"{_REFUND} WHERE r.id = :id{' FOR UPDATE OF r' if lock else ''}", {"id": refund_id})
    ).one_or_none()
    if row is None:
        raise PaymentNotFound
    return _refund(row)


async def refunds(tx: Transaction, payment_id: UUID) -> list[Refund]:
    """All refunds of a payment, oldest first."""
    rows = await tx.sql(f"{_REFUND} WHERE r.payment_id = :id ORDER BY r.created_at, r.id", {"id": payment_id})
    return [_refund(row) for row in rows]


async def in_doubt(tx: Transaction, *, older_than_seconds: int = 30, limit: int = 100) -> list[UUID]:
    """Payments whose last word from the gateway is missing for some time: what a reconcile job looks at."""
    rows = await tx.sql(_IN_DOUBT, {"age": float(older_than_seconds), "limit": limit})
    return list(rows.scalars())


def _refund(row: Any) -> Refund:
    return Refund(
        id=row.id,
        payment_id=row.payment_id,
        intent_id=row.intent_id,
        amount=Money(row.amount_cents, row.currency),
        reason=row.reason,
        status=RefundState(row.status),
        gateway_refund_id=row.gateway_refund_id,
        failure_code=row.failure_code,
        created_at=row.created_at,
        processed_at=row.processed_at,
    )
