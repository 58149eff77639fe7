"""A payment from its events alone: what they add up to must equal the row (I20)."""

from collections.abc import Iterable
from uuid import UUID

from domains.kit import Event, RecordedEvent, Transaction
from domains.kit.events import history
from domains.payments.errors import PaymentNotFound
from domains.payments.events import (
    PaymentAuthorized,
    PaymentCancelled,
    PaymentCaptured,
    PaymentCreated,
    PaymentFailed,
    PaymentVoided,
    RefundFailed,
    RefundProcessed,
    RefundRequested,
)
from domains.payments.queries import payment
from domains.payments.states import PaymentStatus
from domains.payments.views import PaymentState


def replay(events: Iterable[Event | RecordedEvent]) -> PaymentState:
    """What the events of one payment, oldest first, say about it. Raises `PaymentNotFound` for none."""
    found: dict[str, object] | None = None
    captured = refunding = refunded = 0
    status = PaymentStatus.PENDING
    for recorded in events:
        fact = recorded.fact() if isinstance(recorded, RecordedEvent) else recorded
        match fact:
            case PaymentCreated():
                found = {
                    "order_id": fact.order_id,
                    "user_id": fact.user_id,
                    "amount": fact.amount,
                    "currency": fact.currency,
                }
            case PaymentAuthorized():
                status = PaymentStatus.AUTHORIZED
            case PaymentVoided():
                status = PaymentStatus.PENDING
            case PaymentFailed():
                status = PaymentStatus.FAILED
            case PaymentCancelled():
                status = PaymentStatus.CANCELLED
            case PaymentCaptured():
                status, captured = PaymentStatus.CAPTURED, fact.amount
            case RefundRequested():
                refunding += fact.amount
            case RefundProcessed():
                refunding, refunded = refunding - fact.amount, refunded + fact.amount
            case RefundFailed() if fact.returned:
                refunded -= fact.amount
            case RefundFailed():
                refunding -= fact.amount
            case _:
                pass
    if found is None:
        raise PaymentNotFound
    if captured:
        status = PaymentStatus.CAPTURED
        if refunded:
            status = PaymentStatus.REFUNDED if refunded == captured else PaymentStatus.PARTIALLY_REFUNDED
    return PaymentState(**found, status=status, captured=captured, refunding=refunding, refunded=refunded)  # type: ignore[arg-type]


async def replayed(tx: Transaction, payment_id: UUID) -> PaymentState:
    """The payment as its stored events tell it."""
    return replay(await history(tx, "payment", payment_id))


async def state_of(tx: Transaction, payment_id: UUID) -> PaymentState:
    """The payment as its row tells it, in the same shape."""
    view = await payment(tx, payment_id)
    return PaymentState(
        order_id=view.order_id,
        user_id=view.user_id,
        amount=view.amount.amount,
        currency=view.amount.currency,
        status=view.status,
        captured=view.captured,
        refunding=view.refunding,
        refunded=view.refunded,
    )
