"""The completer: finds what a crash, a lost answer or a lost webhook left between two beats."""

from datetime import timedelta
from uuid import UUID

import structlog

from domains import payments
from domains.checkout import operations
from domains.checkout.flows.outcome import postponed
from domains.checkout.flows.settle import settle
from domains.checkout.flows.webhooks import handle_webhooks
from domains.kit import Actor, Database
from domains.payments.gateway import Gateway, GatewayError

log = structlog.get_logger(__name__)

RECONCILER = Actor.system("reconcile")
DOUBT = 30
"""Seconds without an answer after which it is looked for. With a call every few seconds all is mended in a minute."""


async def reconcile(db: Database, gateway: Gateway) -> int:
    """Settle every payment of which the last word is missing, and work through the inbox; answers how many."""
    settled = await handle_webhooks(db, gateway)
    try:
        await payments.flows.finish(db, gateway)
    except GatewayError as error:
        log.warning("reconcile.postponed", error=type(error).__name__)
    async with db.transaction(RECONCILER) as tx:
        doubtful = await payments.in_doubt(tx, older_than_seconds=DOUBT)
        waiting = await operations.due_payments(tx, older_than_seconds=DOUBT)
    for payment_id in dict.fromkeys([*doubtful, *waiting]):
        settled += await _settled(db, gateway, payment_id, cause=f"reconcile:{payment_id}")
    return settled


async def compare(db: Database, gateway: Gateway, *, hours: int = 48) -> int:
    """Hold the gateway's list of payments against ours and settle what it knows better; for every hour.

    What the gateway has and we do not is reported as an error: a person must look at it.
    """
    async with db.transaction(RECONCILER) as tx:
        since = await tx.now() - timedelta(hours=hours)
    differences = await payments.flows.compare(db, gateway, since=since)
    for intent_id in differences.unknown:
        log.error("reconcile.unknown_payment", intent_id=intent_id)
    return sum(
        [await _settled(db, gateway, payment_id, cause=f"compare:{payment_id}") for payment_id in differences.behind]
    )


async def _settled(db: Database, gateway: Gateway, payment_id: UUID, *, cause: str) -> bool:
    try:
        await settle(db, gateway, payment_id, cause=cause, actor=RECONCILER)
    except Exception as error:  # whatever is wrong with this one must not hold up the others
        postponed(log, error, "reconcile.postponed", payment_id=str(payment_id))
        return False
    return True
