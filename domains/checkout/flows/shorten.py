"""A part of an order that cannot be sent: cancelled, and its money sent back, together."""

from collections.abc import Mapping
from uuid import UUID

from domains import fulfilment, orders, payments, returns
from domains.inventory import Reason
from domains.kit import Actor, Database, idempotency
from domains.payments.gateway import Gateway
from domains.returns import RefundLine, RefundView


async def shorten(
    db: Database,
    gateway: Gateway,
    actor: Actor,
    shipment_id: UUID,
    quantities: Mapping[UUID, int],
    *,
    write_off: Reason | None,
    reason: str,
    key: str,
) -> RefundView | None:
    """Cancel so many of a shipment's lines and refund them, once per `key` (FUL-07).

    Stock, shipment and the refund in the books change in one transaction, and the money is sent after it; a refund
    above the shop's limit waits for a second person. None for a repetition, and for an order that cost nothing.
    Raises what `fulfilment.cancel_lines` and `returns.refund_lines` raise; then nothing has changed.
    """
    async with db.transaction(actor) as tx:
        scope = f"fulfilment.cancel_lines:{shipment_id}"
        asked = {str(line_id): quantity for line_id, quantity in sorted(quantities.items())}
        if await idempotency.claim(tx, scope, key, asked) is not None:
            return None
        view = await fulfilment.shipment(tx, shipment_id)
        gone = await fulfilment.cancel_lines(tx, shipment_id, quantities, write_off=write_off)
        refund = None
        head = await orders.head(tx, view.order_id)
        if head.payment_id is not None:
            refund = await returns.refund_lines(
                tx,
                order_id=view.order_id,
                lines=[RefundLine(line.order_line_id, line.quantity) for line in gone],
                reason=reason,
                key=f"cancelled:{key}",
            )
        await idempotency.complete(tx, scope, key, {"pieces": sum(line.quantity for line in gone)})
    if refund is not None and refund.payment_refund_id is not None:
        await payments.flows.send_refund(db, gateway, refund.payment_refund_id, actor=actor)
    return refund
