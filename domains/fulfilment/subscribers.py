"""What fulfilment does when something happens below it."""

from domains.fulfilment.operations import allocate, fill
from domains.inventory import InventoryBackorderFilled
from domains.kit import RecordedEvent, Subscriber, Transaction
from domains.orders import OrderConfirmed


async def _react(tx: Transaction, event: RecordedEvent) -> None:
    match event.fact():
        case OrderConfirmed(order_id=order_id):
            await allocate(tx, order_id)
        case InventoryBackorderFilled(order_id=order_id, variant_id=variant_id):
            await fill(tx, order_id, variant_id)


SUBSCRIBERS: tuple[Subscriber, ...] = (Subscriber("fulfilment", (OrderConfirmed, InventoryBackorderFilled), _react),)
