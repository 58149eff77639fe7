"""Refunds around the gateway: put down (ours), sent (theirs), written down (ours).

A process that dies in between leaves a row in the books of payments with the key of the request, and
`payments.flows.finish` sends it within a minute, once.
"""

from collections.abc import Sequence
from uuid import UUID

from domains import payments
from domains.kit import Actor, Database, crash_point
from domains.payments.gateway import Gateway
from domains.returns import operations, queries
from domains.returns.operations import Approval
from domains.returns.views import RefundLine, RefundView


async def refund(
    db: Database,
    gateway: Gateway,
    actor: Actor,
    *,
    order_id: UUID,
    lines: Sequence[RefundLine] = (),
    shipping: int = 0,
    adjustment: int = 0,
    reason: str,
    key: str,
    return_id: UUID | None = None,
    warehouse_id: UUID | None = None,
    expected: int | None = None,
) -> RefundView:
    """Send money back by line, once per `key`; one above the limit waits for a second person and nothing is sent.

    Raises what `operations.refund_lines` does. A gateway that does not answer leaves the refund on its way.
    """
    async with db.transaction(actor) as tx:
        asked = await operations.refund_lines(
            tx,
            order_id=order_id,
            lines=lines,
            shipping=shipping,
            adjustment=adjustment,
            reason=reason,
            key=key,
            return_id=return_id,
            warehouse_id=warehouse_id,
            expected=expected,
        )
    return await _send(db, gateway, actor, asked)


async def approve_refund(db: Database, gateway: Gateway, actor: Actor, refund_id: UUID) -> RefundView:
    """A second person agrees, and the money is sent. Raises what `operations.approve_refund` does."""
    async with db.transaction(actor) as tx:
        asked = await operations.approve_refund(tx, refund_id)
    return await _send(db, gateway, actor, asked)


async def approve(
    db: Database, gateway: Gateway, actor: Actor, return_id: UUID, *, answer: str = "", with_refund: bool = False
) -> Approval:
    """Approve a return; what goes back with an order that is called off is sent. Raises what `approve` does."""
    async with db.transaction(actor) as tx:
        approved = await operations.approve(tx, return_id, answer=answer, with_refund=with_refund)
    if approved.refund is None:
        return approved
    return Approval(approved.return_, await _send(db, gateway, actor, approved.refund))


async def _send(db: Database, gateway: Gateway, actor: Actor, asked: RefundView) -> RefundView:
    crash_point("returns_refund")
    if asked.payment_refund_id is None:
        return asked
    await payments.flows.send_refund(db, gateway, asked.payment_refund_id, actor=actor)
    async with db.transaction(actor) as tx:
        return await queries.refund(tx, asked.id)
