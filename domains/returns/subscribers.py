"""What returns do when something happens below them."""

from domains.kit import RecordedEvent, Subscriber, Transaction
from domains.payments import RefundFailed
from domains.returns.operations import refund_failed


async def _reopen(tx: Transaction, event: RecordedEvent) -> None:
    fact = event.fact()
    assert isinstance(fact, RefundFailed)
    await refund_failed(tx, fact.refund_id)


SUBSCRIBERS: tuple[Subscriber, ...] = (Subscriber("returns", (RefundFailed,), _reopen),)
