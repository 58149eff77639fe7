"""What the gateway's notices set in motion: they say where to look, never what to believe."""

import structlog

from domains import payments
from domains.checkout.flows.outcome import postponed
from domains.checkout.flows.settle import settle
from domains.kit import Actor, Database
from domains.payments.gateway import Gateway

log = structlog.get_logger(__name__)

WEBHOOK = Actor.system("webhook")


async def handle_webhooks(db: Database, gateway: Gateway, *, limit: int = 20) -> int:
    """Settle the payments of the notices in the inbox; answers how many notices are done.

    A notice of a payment that we do not know yet, or that cannot be settled now, is taken up again later, longer each
    time. A notice that is settled twice does nothing the second time, so a crash in between does no harm.
    """
    async with db.transaction(WEBHOOK) as tx:
        claimed = await payments.claim_webhooks(tx, limit=limit)
    done = 0
    for event in claimed:
        if event.payment_id is None:
            async with db.transaction(WEBHOOK) as tx:
                await payments.retry_webhook(tx, event.id, "payment unknown")
            continue
        try:
            outcome = await settle(db, gateway, event.payment_id, cause=event.id, actor=WEBHOOK)
        except Exception as error:  # whatever is wrong with this one must not hold up the others
            postponed(log, error, "webhook.postponed", event_id=event.id)
            async with db.transaction(WEBHOOK) as tx:
                await payments.retry_webhook(tx, event.id, type(error).__name__)
            continue
        async with db.transaction(WEBHOOK) as tx:
            await payments.finish_webhook(tx, event.id, outcome.state)
        done += 1
    return done
