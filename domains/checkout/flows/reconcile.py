"""The completer: finds what a crash, a lost answer or a lost webhook left between two beats."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from domains import payments, store
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


async def compare(db: Database, gateway: Gateway, *, days: int = 2) -> int:
    """Hold the gateway's list of payments and refunds against ours and settle what it knows better; for every hour.

    The list is that of today and of whole `days` of the shop's calendar before it. What still differs when all is
    settled is kept for staff to look at (`payments.keep_comparison`), and what the gateway has and we do not is also
    reported as an error. Before the shop is set up nothing is kept.
    """
    async with db.transaction(RECONCILER) as tx:
        shop = await store.shop(tx) if await store.is_set_up(tx) else None
        zone = ZoneInfo(shop.time_zone if shop is not None else "UTC")
        first = (await tx.now()).astimezone(zone).date() - timedelta(days=days)
    since = datetime.combine(first, time(), zone)
    differences = await payments.flows.compare(db, gateway, since=since)
    for intent_id in differences.unknown:
        log.error("reconcile.unknown_payment", intent_id=intent_id)
    settled = sum(
        [await _settled(db, gateway, payment_id, cause=f"compare:{payment_id}") for payment_id in differences.behind]
    )
    if shop is not None:
        async with db.transaction(RECONCILER) as tx:
            await payments.keep_comparison(tx, differences.listed, zone=shop.time_zone, currency=shop.currency)
    return settled


async def _settled(db: Database, gateway: Gateway, payment_id: UUID, *, cause: str) -> bool:
    try:
        await settle(db, gateway, payment_id, cause=cause, actor=RECONCILER)
    except Exception as error:  # whatever is wrong with this one must not hold up the others
        postponed(log, error, "reconcile.postponed", payment_id=str(payment_id))
        return False
    return True
