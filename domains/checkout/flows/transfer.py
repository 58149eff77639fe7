"""Paying by bank transfer: ours alone, but for what has to be closed at the gateway before staff say that it came."""

from uuid import UUID

from domains import audit, orders, payments
from domains.checkout import operations
from domains.checkout.errors import PaymentUnderWay
from domains.checkout.flows.outcome import Outcome
from domains.checkout.flows.settle import outcome_of
from domains.kit import Actor, Conflict, Database
from domains.kit.i18n import gettext as _
from domains.orders import OrderStatus
from domains.payments.gateway import Gateway


class NotAwaited(Conflict):
    """The order does not wait for money."""

    code = "not_awaited"
    title = _("This order does not wait for a payment.")
    hint = _("Reload the page to see how it stands.")


async def pay_by_transfer(db: Database, actor: Actor, checkout_id: UUID, *, key: str, total: int) -> Outcome:
    """Place the order, to be paid by bank transfer; once per `key`, however often called.

    Its stock is kept for the days the shop waits; after that the sweeper ends it. Raises what `operations.place`
    raises.
    """
    async with db.transaction(actor) as tx:
        begun = await operations.place(tx, checkout_id, key=key, token="", total=total, by_transfer=True)
        if begun.payment_id is None:  # it cost nothing after all, and is confirmed
            return Outcome.confirmed(begun.order_id, begun.order_number)
        return await outcome_of(tx, begun.payment_id)


async def mark_paid(db: Database, gateway: Gateway, actor: Actor, order_id: UUID, *, reference: str) -> None:
    """Staff say that an order's money came by bank transfer: it is confirmed where every paid order is.

    What is open at the gateway is closed there first; should it turn out to be paid, it is that payment that counts.
    Said twice, or by two at once, it happens once. Raises `NotAwaited`, `PaymentUnderWay` while nobody knows if a card
    has paid.
    """
    async with db.transaction(actor) as tx:
        head = await orders.head(tx, order_id)
        paid = await payments.for_order(tx, order_id)
    if paid is None or head.status is OrderStatus.CANCELLED:
        raise NotAwaited
    if head.status is not OrderStatus.PENDING:
        if paid.is_by_transfer:
            return
        raise NotAwaited
    closed = await payments.flows.void(db, gateway, paid.id, actor=actor)
    if closed.captured and closed.is_by_transfer:  # somebody else has said it a moment ago
        return
    if closed.captured:
        raise NotAwaited
    try:
        async with db.transaction(actor) as tx:
            case = await operations.lock(tx, paid.id)
            if case.order.status is OrderStatus.CANCELLED:
                raise NotAwaited
            await payments.receive_transfer(tx, paid.id, reference=reference)
            await audit.record(
                tx,
                action="order.marked_paid",
                subject=("order", str(order_id)),
                label=head.number,
                changes={"paid": (False, True)},
                note=reference.strip()[: payments.LONGEST_REFERENCE],
            )
            following = await operations.decide(tx, paid.id, cause=f"transfer:{paid.id}")
    except payments.StillOpenAtGateway as still:
        raise PaymentUnderWay from still
    except payments.PaymentEnded as ended:
        raise NotAwaited from ended
    if isinstance(following, operations.SendBack):  # the stock was gone: nothing is sold, and the money goes back
        await payments.flows.send_refund(db, gateway, following.refund_id, actor=actor)
