"""Asking buyers what they think: planned when an order has arrived, decided when the time has come."""

from datetime import timedelta
from uuid import UUID

from domains import accounts, orders
from domains.kit import Transaction, record
from domains.orders import OrderStatus, OrderView
from domains.reviews.events import ReviewRequested
from domains.reviews.queries import of_order, settings
from domains.reviews.states import RequestOutcome

TOO_LATE = timedelta(days=14)  # past its time; after a long stop nobody is asked of what he has forgotten

_DUE = """
SELECT order_id, due_at < kit.now() - CAST(:late AS interval) AS is_late FROM reviews.requests
WHERE done_at IS NULL AND due_at <= kit.now() ORDER BY due_at LIMIT :limit FOR UPDATE SKIP LOCKED
"""


async def plan_request(tx: Transaction, order_id: UUID) -> None:
    """Put down when the buyer of an order that has arrived is asked: so many days after it did. Once per order."""
    order = await orders.order(tx, order_id)
    if order.delivered_at is None:
        return
    wait = timedelta(days=(await settings(tx)).ask_after_days)
    await tx.sql(
        "INSERT INTO reviews.requests (order_id, due_at) VALUES (:order, :due) ON CONFLICT DO NOTHING",
        {"order": order_id, "due": order.delivered_at + wait},
    )


async def ask_due(tx: Transaction, *, limit: int = 50) -> int:
    """Decide the requests whose time has come by the shop's clock; returns how many were taken up.

    Whether to ask is read now and not kept up to date before: nobody is asked whose order was cancelled or refunded in
    full, whose account is closed, who has reviewed everything, or whose time passed long ago. Emits `review.requested`
    for the others, once in an order's life.
    """
    due = (await tx.sql(_DUE, {"late": TOO_LATE, "limit": limit})).all()
    for row in due:
        order = await orders.order(tx, row.order_id)
        outcome = RequestOutcome.LATE if row.is_late else await _outcome(tx, order)
        await tx.sql(
            "UPDATE reviews.requests SET done_at = kit.now(), outcome = :outcome WHERE order_id = :order",
            {"outcome": outcome, "order": row.order_id},
        )
        if outcome is RequestOutcome.ASKED:
            await record(tx, ReviewRequested(order.id, order.user_id), cause="request")
    return len(due)


async def _outcome(tx: Transaction, order: OrderView) -> RequestOutcome:
    if order.status is not OrderStatus.DELIVERED or (order.payment is not None and not order.payment.left):
        return RequestOutcome.WITHDRAWN
    if order.user_id is not None and (await accounts.account(tx, order.user_id)).status != "active":
        return RequestOutcome.CLOSED
    if not (await of_order(tx, order)).owed:
        return RequestOutcome.REVIEWED
    return RequestOutcome.ASKED
