"""Cancelling an order: nothing paid is kept, nothing held stays held."""

from uuid import UUID

from domains import audit, fulfilment, inventory, orders, payments, returns
from domains.checkout import operations
from domains.checkout.errors import PaymentUnderWay, PickingBegun
from domains.checkout.flows.settle import let_go
from domains.kit import Actor, ActorKind, Database, Transaction
from domains.orders import CancelReason, OrderStatus
from domains.payments.gateway import Gateway
from domains.returns import RefundView


async def cancel(
    db: Database,
    gateway: Gateway,
    actor: Actor,
    order_id: UUID,
    *,
    why: str = "",
    only_before_picking: bool = False,
) -> RefundView | None:
    """Cancel an order before it is shipped; who may is decided by whoever calls. `why` is kept for staff.

    One that is not paid is ended at the gateway first. One that is paid gives its stock back and its money: the refund
    stands in the books in the same transaction and is sent after it. What the warehouse has begun is called off under
    the order's lock, which whoever ships holds too. Repeating it changes nothing.
    Where one of staff would send back more than the shop's limit, nothing is cancelled: the answer is the refund that
    waits for a second person, whose approval (`returns.flows.approve_refund`) cancels the order.
    Raises `orders.TransitionRefused` for what is delivered, `PaymentUnderWay` while nobody knows if it is paid,
    `fulfilment.AlreadyShipped`, `returns.RefundWaits`, and with `only_before_picking` `PickingBegun`.
    """
    reason = CancelReason.STAFF if actor.kind is ActorKind.STAFF else CancelReason.CUSTOMER
    cause = f"cancelled:{order_id}"
    async with db.transaction(actor) as tx:
        head = await orders.head(tx, order_id)
    if head.status is OrderStatus.PENDING and head.payment_id is not None:
        if await let_go(db, gateway, head.payment_id, reason=reason, actor=actor, cause=cause):
            async with db.transaction(actor) as tx:
                await _note(tx, head, why)
            return None
        async with db.transaction(actor) as tx:
            if not (await payments.payment(tx, head.payment_id)).captured:
                raise PaymentUnderWay
    async with db.transaction(actor) as tx:
        case = None if head.payment_id is None else await operations.lock(tx, head.payment_id)
        head = await orders.lock(tx, order_id)
        if head.status is OrderStatus.CANCELLED:
            return None
        if only_before_picking and await fulfilment.has_begun(tx, order_id):
            raise PickingBegun
        if actor.kind is ActorKind.STAFF:
            waiting = await returns.ask_to_cancel(tx, head, why=why)
            if waiting is not None:
                return waiting
        await fulfilment.call_off(tx, order_id)
        if case is None:
            refund_id = await orders.cancel(tx, order_id, reason=reason, cause=cause)
            await inventory.release(tx, order_id=order_id, cause=cause)
        else:
            refund_id = await operations.end_order(tx, case.checkout, order_id, reason=reason, cause=cause)
        await _note(tx, head, why)
    if refund_id is not None:
        await payments.flows.send_refund(db, gateway, refund_id, actor=actor)
    return None


async def _note(tx: Transaction, head: orders.OrderHead, why: str) -> None:
    await audit.record(
        tx,
        action="order.cancelled",
        subject=("order", str(head.id)),
        label=head.number,
        changes={"status": (head.status, OrderStatus.CANCELLED)},
        note=why[:500],
    )
