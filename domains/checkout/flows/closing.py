"""What is left of a closed account at the till: orders that are not paid are cancelled."""

import structlog

from domains import orders
from domains.checkout.errors import PaymentUnderWay
from domains.checkout.flows.cancel import cancel
from domains.checkout.flows.outcome import postponed
from domains.kit import Actor, Database
from domains.payments.gateway import Gateway

log = structlog.get_logger(__name__)

CLOSER = Actor.system("closed accounts")


async def cancel_of_closed(db: Database, gateway: Gateway) -> int:
    """Cancel every unpaid order of a closed account (EVT-08, user.deactivated); answers how many.

    Goes by what is, not by the event: a worker that dies in between, a gateway that does not answer or a payment that
    nobody knows the end of is looked at again by the next call, and a repetition finds nothing to do.
    """
    async with db.transaction(CLOSER) as tx:
        left = await orders.unpaid_of_closed(tx)
    ended = 0
    for order_id in left:
        try:
            await cancel(db, gateway, CLOSER, order_id)
            ended += 1
        except PaymentUnderWay:  # its end is not known yet; what settles it comes first
            log.info("closing.waits", order_id=str(order_id))
        except Exception as error:  # whatever is wrong with this one must not hold up the others
            postponed(log, error, "closing.postponed", order_id=str(order_id))
    return ended
