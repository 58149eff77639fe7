"""The mirror of the gateway: what it last said, row by row. It never goes back in time.

An intent passes three stages: asked for, held, ended. An answer of an earlier stage than the one that is known was
overtaken on its way and changes nothing; of two ends the first one known stays, and what was received only grows. Once
quarantined, an intent stays so until a person has looked.
"""

from typing import Any

import msgspec

from domains.kit import Transaction
from domains.payments.gateway import GatewayRefund, Intent

_INTENT_STAGES = {
    "requires_payment_method": 0,
    "requires_confirmation": 0,
    "requires_action": 0,
    "processing": 0,
    "requires_capture": 1,
    "succeeded": 2,
    "canceled": 2,
}
_REFUND_STAGES = {"pending": 0, "requires_action": 0, "succeeded": 1, "failed": 2, "canceled": 2}

_KEEP_INTENT = """
INSERT INTO payments.gateway_intents AS known
    (intent_id, payment_id, order_id, attempt_id, status, stage, amount, amount_capturable, amount_received,
     amount_refunded, currency, livemode, charge, quarantine_reason, created_at)
VALUES (:intent_id, :payment_id, :order_id, :attempt_id, :status, :stage, :amount, :amount_capturable,
        :amount_received, :amount_refunded, :currency, :livemode, :charge, :quarantine_reason, :created_at)
ON CONFLICT (intent_id) DO UPDATE SET
    status = excluded.status, stage = excluded.stage, amount = excluded.amount,
    amount_capturable = excluded.amount_capturable, amount_received = excluded.amount_received,
    amount_refunded = excluded.amount_refunded, currency = excluded.currency, charge = excluded.charge,
    quarantine_reason = coalesce(excluded.quarantine_reason, known.quarantine_reason), observed_at = kit.now()
WHERE excluded.stage > known.stage
   OR excluded.stage = known.stage AND (excluded.stage < 2 OR excluded.status = known.status
                                        AND excluded.amount_received >= known.amount_received)
RETURNING intent_id
"""

_KEEP_REFUND = """
INSERT INTO payments.gateway_refunds AS known
    (gateway_refund_id, intent_id, refund_id, amount, currency, status, stage, failure_reason, created_at)
VALUES (:id, :intent_id, :refund_id, :amount, :currency, :status, :stage, :failure_reason, :created_at)
ON CONFLICT (gateway_refund_id) DO UPDATE SET
    status = excluded.status, stage = excluded.stage, failure_reason = excluded.failure_reason, observed_at = kit.now()
WHERE excluded.stage >= known.stage
RETURNING gateway_refund_id
"""


async def keep_intent(tx: Transaction, intent: Intent, *, quarantine: str | None = None) -> bool:
    """Write down what the gateway said; False if it was overtaken by what we know already."""
    row = await tx.sql(
        _KEEP_INTENT,
        {
            "intent_id": intent.id,
            "payment_id": intent.payment_id,
            "order_id": intent.order_id,
            "attempt_id": intent.attempt_id,
            "status": intent.status,
            "stage": _INTENT_STAGES[intent.status],
            "amount": intent.amount,
            "amount_capturable": intent.amount_capturable,
            "amount_received": intent.amount_received,
            "amount_refunded": intent.amount_refunded,
            "currency": intent.currency,
            "livemode": intent.livemode,
            "charge": intent.charge,
            "quarantine_reason": quarantine,
            "created_at": intent.created,
        },
    )
    return row.first() is not None


async def keep_refund(tx: Transaction, refund: GatewayRefund) -> bool:
    """Write down what the gateway said of a refund; False if it was overtaken by what we know already."""
    row = await tx.sql(
        _KEEP_REFUND,
        {
            "id": refund.id,
            "intent_id": refund.intent_id,
            "refund_id": refund.refund_id,
            "amount": refund.amount,
            "currency": refund.currency,
            "status": refund.status,
            "stage": _REFUND_STAGES[refund.status],
            "failure_reason": refund.failure_reason,
            "created_at": refund.created,
        },
    )
    return row.first() is not None


def storable(answer: dict[str, Any]) -> str:
    """`answer` as JSON without the tokens that stand for a card or a customer: nothing here needs them (PAY-08)."""
    return msgspec.json.encode(_without_tokens(answer)).decode()


def _without_tokens(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _without_tokens(part)
            for name, part in value.items()
            if not (name in {"payment_method", "customer"} and isinstance(part, str))
            and not (name == "id" and value.get("object") == "payment_method")
        }
    if isinstance(value, list):
        return [_without_tokens(part) for part in value]
    return value
