"""What failed in the background: deliveries of facts that were given up, notices of the gateway that do not go through.

Staff have them tried again once the cause is mended; an effect is never doubled, since a delivery is marked in the
transaction of its effect.
"""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from domains import audit, payments
from domains.kit import Transaction
from domains.kit.deliveries import revive

MOST_SHOWN = 200

# A notice that was tried so often and still is pending is stuck, whatever it waits for.
_TRIED = 3
_STUCK = f"""
SELECT 'delivery' AS kind, d.event_id::text AS id, d.subscriber, e.type, e.stream, e.stream_id::text AS stream_id,
       d.attempts, coalesce(d.last_error, '') AS error, d.created_at AS since
FROM kit.deliveries d JOIN kit.events e ON e.id = d.event_id WHERE d.state = 'dead'
UNION ALL
SELECT 'webhook', w.id, 'gateway', w.type, 'payment', '', w.attempts, coalesce(w.last_error, ''), w.received_at
FROM payments.webhook_events w WHERE w.status = 'pending' AND w.attempts >= {_TRIED}
"""


class Stuck(msgspec.Struct, frozen=True):
    """Something that waits: a fact of a stream that `subscriber` could not take, or a notice of the gateway."""

    kind: Literal["delivery", "webhook"]
    id: str
    subscriber: str
    type: str
    stream: str
    stream_id: str
    attempts: int
    error: str
    since: datetime


async def stuck(tx: Transaction) -> list[Stuck]:
    """What waits for somebody, the oldest first; at most `MOST_SHOWN`."""
    rows = await tx.sql(f"{_STUCK} ORDER BY since LIMIT {MOST_SHOWN}")
    return [Stuck(**row) for row in rows.mappings()]


async def count_stuck(tx: Transaction) -> int:
    """How much waits for somebody."""
    number: int = (await tx.sql(f"SELECT count(*) FROM ({_STUCK}) AS stuck")).scalar_one()
    return number


async def replay(tx: Transaction, subscriber: str, event_id: UUID) -> bool:
    """Have a delivery that was given up tried again; whether there was one."""
    if not await revive(tx, subscriber, event_id):
        return False
    await audit.record(tx, action="delivery.replayed", subject=("delivery", event_id), label=subscriber)
    return True


async def replay_webhook(tx: Transaction, notice_id: str) -> bool:
    """Have a notice of the gateway handled now; whether it waited."""
    if not await payments.hurry_webhooks(tx, tried=_TRIED, event_id=notice_id):
        return False
    await audit.record(tx, action="webhook.replayed", subject=("webhook", notice_id[:80]))
    return True


async def replay_all(tx: Transaction) -> int:
    """Have everything that waits tried again; how much."""
    count = await revive(tx) + await payments.hurry_webhooks(tx, tried=_TRIED)
    if count:
        await audit.record(
            tx, action="delivery.replayed", subject=("delivery", "all"), changes={"count": (None, count)}
        )
    return count
