"""The inbox of webhooks: stored before anything else, worked through later, each once."""

from typing import Any

import structlog

from domains.kit import Transaction
from domains.payments.gateway import GatewayEvent, from_gateway
from domains.payments.mirror import storable
from domains.payments.views import InboxEvent

log = structlog.get_logger(__name__)

_LONGEST_WAIT_SECONDS = 3600
_KEPT_TRYING_HOURS = 72

_STORE = """
INSERT INTO payments.webhook_events
    (id, type, object_type, object_id, intent_id, payment_id, livemode, payload, sent_at, status, quarantine_reason)
VALUES (:id, :type, :object_type, :object_id, :intent_id, :payment_id, :livemode, CAST(:payload AS jsonb), :sent_at,
        CASE WHEN CAST(:reason AS text) IS NULL THEN 'pending' ELSE 'quarantined' END, :reason)
ON CONFLICT (id) DO NOTHING RETURNING id
"""

_CLAIM = """
UPDATE payments.webhook_events w
SET attempts = w.attempts + 1, available_at = now() + make_interval(secs => :lease)
FROM (SELECT id FROM payments.webhook_events WHERE status = 'pending' AND available_at <= now()
      ORDER BY available_at LIMIT :limit FOR UPDATE SKIP LOCKED) due
WHERE w.id = due.id
RETURNING w.id, w.type, w.object_type, w.intent_id, w.attempts, w.payload, w.received_at,
    coalesce((SELECT a.payment_id FROM payments.attempts a WHERE a.intent_id = w.intent_id),
             (SELECT p.id FROM payments.payments p WHERE p.id = w.payment_id)) AS payment_id
"""


_RETRY = """
UPDATE payments.webhook_events SET
    last_error = CAST(:error AS text),
    available_at = now() + make_interval(secs => least(:longest, power(2, least(attempts, 12)))),
    status = CASE WHEN given_up THEN 'quarantined' ELSE 'pending' END,
    quarantine_reason = CASE WHEN given_up THEN 'given up: ' || CAST(:error AS text) END
FROM (SELECT id AS same, received_at < now() - make_interval(hours => :hours) AS given_up
      FROM payments.webhook_events WHERE id = :id AND status = 'pending' FOR UPDATE) judged
WHERE id = judged.same
"""


async def store_webhook(tx: Transaction, event: GatewayEvent, *, livemode: bool) -> bool:
    """Keep a notice whose signature was verified; False if it is here already. One of the other mode is quarantined."""
    wrong = None if event.livemode is livemode else "sent in the other mode (test or live)"
    fresh = await tx.sql(
        _STORE,
        {
            "id": event.id,
            "type": event.type[:80],
            "object_type": event.object_type[:40],
            "object_id": event.object_id,
            "intent_id": event.intent_id,
            "payment_id": event.payment_id,
            "livemode": event.livemode,
            "payload": storable(event.payload),
            "sent_at": event.created,
            "reason": wrong,
        },
    )
    if fresh.first() is None:
        return False
    if wrong:
        log.error("webhook.quarantined", event_id=event.id, reason=wrong)
    return True


async def claim_webhooks(tx: Transaction, *, limit: int = 20, lease_seconds: int = 60) -> list[InboxEvent]:
    """Take up notices that are due, for `lease_seconds`: nobody else gets them until then.

    What a notice claims is not believed, but one whose amount, currency or order contradicts our payment is not
    acted upon either: it is quarantined here and not returned.
    """
    rows = (await tx.sql(_CLAIM, {"limit": limit, "lease": float(lease_seconds)})).all()
    taken: list[InboxEvent] = []
    for row in sorted(rows, key=lambda each: (each.received_at, each.id)):
        reason = await _contradiction(tx, row)
        if reason is not None:
            await quarantine_webhook(tx, row.id, reason)
            continue
        taken.append(InboxEvent(row.id, row.type, row.intent_id, row.payment_id, row.attempts))
    return taken


async def finish_webhook(tx: Transaction, event_id: str, outcome: str) -> None:
    """The notice was worked through; `outcome` says with what result."""
    await tx.sql(
        "UPDATE payments.webhook_events SET status = 'processed', processed_at = now(), outcome = :outcome,"
        " last_error = NULL WHERE id = :id AND status = 'pending'",
        {"id": event_id, "outcome": outcome[:60]},
    )


async def retry_webhook(tx: Transaction, event_id: str, error: str) -> None:
    """The notice could not be worked through yet (its payment is not known, the gateway does not answer).

    It waits twice as long each time, up to an hour; after three days it is quarantined, never dropped.
    """
    await tx.sql(
        _RETRY,
        {"id": event_id, "error": error[:400], "longest": float(_LONGEST_WAIT_SECONDS), "hours": _KEPT_TRYING_HOURS},
    )


async def hurry_webhooks(tx: Transaction, *, tried: int, event_id: str | None = None) -> int:
    """Work through notices that wait after so many tries now, not when their wait is over: one, or all; how many."""
    found = await tx.sql(
        "UPDATE payments.webhook_events SET attempts = 0, available_at = now() WHERE status = 'pending'"
        " AND attempts >= :tried AND (CAST(:id AS text) IS NULL OR id = :id) RETURNING id",
        {"tried": tried, "id": event_id},
    )
    return len(found.all())


async def quarantine_webhook(tx: Transaction, event_id: str, reason: str) -> None:
    """The notice does not fit what we know; it is kept for a person and acted upon no more."""
    log.error("webhook.quarantined", event_id=event_id, reason=reason)
    await tx.sql(
        "UPDATE payments.webhook_events SET status = 'quarantined', quarantine_reason = :reason"
        " WHERE id = :id AND status = 'pending'",
        {"id": event_id, "reason": reason[:500]},
    )


async def _contradiction(tx: Transaction, row: Any) -> str | None:
    if row.object_type != "payment_intent" or row.payment_id is None:
        return None
    ours = (
        await tx.sql(
            "SELECT order_id, amount_cents, currency FROM payments.payments WHERE id = :id", {"id": row.payment_id}
        )
    ).one()
    told = row.payload.get("data", {}).get("object", {})
    currency = str(told.get("currency", "")).upper()
    if currency != ours.currency:
        return f"currency {currency or 'missing'} instead of {ours.currency}"
    amount = from_gateway(int(told.get("amount") or 0), currency)
    if amount != ours.amount_cents:
        return f"amount {amount} instead of {ours.amount_cents}"
    named = (told.get("metadata") or {}).get("order_id")
    if named != str(ours.order_id):
        return f"order {named} instead of {ours.order_id}"
    return None
