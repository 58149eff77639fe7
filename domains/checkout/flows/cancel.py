"""Cancelling an order: nothing paid is kept, nothing held stays held."""

from uuid import UUID

from domains import inventory, orders, payments
from domains.checkout import operations
from domains.checkout.errors import PaymentUnderWay
from domains.checkout.flows.settle import let_go
from domains.kit import Actor, ActorKind, Database
from domains.orders import CancelReason, OrderStatus
from domains.payments.gateway import Gateway


async def cancel(db: Database, gateway: Gateway, actor: Actor, order_id: UUID) -> None:
    """Cancel an order before it is shipped; who may is decided by whoever calls.

    One that is not paid is ended at the gateway first. One that is paid gives its stock back and its money: the refund
    stands in the books in the same transaction and is sent after it. Repeating it changes nothing.
    Raises `orders.TransitionRefused` for what is delivered, `PaymentUnderWay` while nobody knows if it is paid.
    """
    reason = CancelReason.STAFF if actor.kind is ActorKind.STAFF else CancelReason.CUSTOMER
    cause = f"cancelled:{order_id}"
    async with db.transaction(actor) as tx:
        head = await orders.head(tx, order_id)
    if head.status is OrderStatus.PENDING and head.payment_id is not None:
        if await let_go(db, gateway, head.payment_id, reason=reason, actor=actor, cause=cause):
            return
        async with db.transaction(actor) as tx:
            if not (await payments.payment(tx, head.payment_id)).captured:
                raise PaymentUnderWay
    async with db.transaction(actor) as tx:
        if head.payment_id is None:
            refund_id = await orders.cancel(tx, order_id, reason=reason, cause=cause)
            await inventory.release(tx, order_id=order_id, cause=cause)
        else:
            case = await operations.lock(tx, head.payment_id)
            refund_id = await operations.end_order(tx, case.checkout, order_id, reason=reason, cause=cause)
    if refund_id is not None:
        await payments.flows.send_refund(db, gateway, refund_id, actor=actor)
