"""What orders do when something happens below them."""

from domains.accounts import AccountUnknown, EmailVerified
from domains.kit import RecordedEvent, Subscriber, Transaction
from domains.orders.operations import claim


async def _claim_orders(tx: Transaction, event: RecordedEvent) -> None:
    fact = event.fact()
    assert isinstance(fact, EmailVerified)
    try:
        await claim(tx, fact.user_id)
    except AccountUnknown:
        return


SUBSCRIBERS: tuple[Subscriber, ...] = (Subscriber("orders", (EmailVerified,), _claim_orders),)
