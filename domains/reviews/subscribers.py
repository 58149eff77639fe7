"""What reviews do when something happens below them."""

from domains.kit import RecordedEvent, Subscriber, Transaction
from domains.orders import OrderDelivered
from domains.reviews.operations import plan_request


async def _plan_request(tx: Transaction, event: RecordedEvent) -> None:
    fact = event.fact()
    assert isinstance(fact, OrderDelivered)
    await plan_request(tx, fact.order_id)


SUBSCRIBERS: tuple[Subscriber, ...] = (Subscriber("reviews", (OrderDelivered,), _plan_request),)
