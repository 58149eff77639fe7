"""What nobody finished: holds that ran out, and orders that wait for a payment which will not come."""

from uuid import UUID

import structlog

from domains import inventory, orders
from domains.checkout import operations
from domains.checkout.flows.outcome import PaymentState, postponed
from domains.checkout.flows.settle import let_go, settle
from domains.kit import Actor, Database
from domains.orders import CancelReason
from domains.payments.gateway import Gateway

log = structlog.get_logger(__name__)

SWEEPER = Actor.system("sweeper")


async def sweep(db: Database, gateway: Gateway) -> int:
    """Free what was held too long; answers how many holds ended.

    Holds without an order end at once. One that is bound to an order ends only after the gateway was asked: what was
    paid in the meantime is confirmed, because its stock is still there; everything else is cancelled there first, and
    only then is the order cancelled and the stock free. A gateway that does not answer leaves all as it is.
    Who waits beside free stock, for whatever reason, gets it. Checkouts that were left a month ago are forgotten with
    what was typed in them.
    """
    async with db.transaction(SWEEPER) as tx:
        freed = await inventory.expire_due(tx)
    async with db.transaction(SWEEPER) as tx:
        await inventory.fill_backorders(tx)
    async with db.transaction(SWEEPER) as tx:
        over = await inventory.expired_bound(tx)
        await operations.forget_left(tx)
    for order_id in over:
        try:
            freed += await expire(db, gateway, order_id)
        except Exception as error:  # whatever is wrong with this one must not hold up the others
            postponed(log, error, "sweep.postponed", order_id=str(order_id))
    return freed


async def expire(db: Database, gateway: Gateway, order_id: UUID) -> bool:
    """End an unpaid order whose hold is over, or confirm it if it was paid after all. True if its stock is free."""
    cause = f"expired:{order_id}"
    async with db.transaction(SWEEPER) as tx:
        payment_id = (await orders.head(tx, order_id)).payment_id
    if payment_id is None:
        return False
    outcome = await settle(db, gateway, payment_id, cause=cause, actor=SWEEPER)
    if outcome.state in (PaymentState.CONFIRMED, PaymentState.CANCELLED):
        return False
    return await let_go(db, gateway, payment_id, reason=CancelReason.EXPIRED, actor=SWEEPER, cause=cause)
