"""Sending an order somewhere else than was said: ours, and then what goes back is sent."""

from uuid import UUID

import structlog

from domains import payments
from domains.checkout import operations
from domains.kit import Actor, Address, Database
from domains.payments.gateway import Gateway, GatewayError

log = structlog.get_logger(__name__)


async def readdress(
    db: Database,
    gateway: Gateway,
    actor: Actor,
    order_id: UUID,
    *,
    address: Address,
    method_id: UUID | None,
    total: int,
) -> None:
    """Give a paid order another address before it is picked; the difference goes back. Raises what
    `operations.readdress` raises. A gateway that does not answer leaves the refund pending, and `finish` sends it."""
    async with db.transaction(actor) as tx:
        refund_id = await operations.readdress(tx, order_id, address=address, method_id=method_id, total=total)
    if refund_id is None:
        return
    try:
        await payments.flows.send_refund(db, gateway, refund_id, actor=actor)
    except GatewayError as error:
        log.warning("readdress.refund_waits", refund_id=str(refund_id), error=type(error).__name__)
