"""What invoicing does when something happens below it."""

from domains.invoicing.operations import credit, issue, reverse
from domains.kit import RecordedEvent, Subscriber, Transaction
from domains.orders import OrderConfirmed
from domains.payments import RefundFailed, RefundProcessed


async def _issue(tx: Transaction, event: RecordedEvent) -> None:
    match event.fact():
        case OrderConfirmed() as fact:
            await issue(tx, fact.order_id)
        case RefundProcessed() as fact:
            await credit(tx, fact.refund_id)
        case RefundFailed(returned=True) as fact:
            await reverse(tx, fact.refund_id)


SUBSCRIBERS: tuple[Subscriber, ...] = (
    Subscriber("invoicing", (OrderConfirmed, RefundProcessed, RefundFailed), _issue),
)
