"""What becomes of downloads when something happens to their order."""

from domains.downloads.operations import grant, hand_over, revoke
from domains.kit import RecordedEvent, Subscriber, Transaction
from domains.orders import OrderCancelled, OrderConfirmed


async def _follow_order(tx: Transaction, event: RecordedEvent) -> None:
    match event.fact():
        case OrderConfirmed() as confirmed:
            await grant(tx, confirmed.order_id)  # there already, but for orders that came another way than checkout
            await hand_over(tx, confirmed.order_id)
        case OrderCancelled() as cancelled:
            await revoke(tx, cancelled.order_id)


SUBSCRIBERS: tuple[Subscriber, ...] = (Subscriber("downloads", (OrderConfirmed, OrderCancelled), _follow_order),)
