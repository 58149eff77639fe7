"""Opening a payment and trying to pay it."""

from uuid import UUID

import structlog

from domains.kit import Money, Transaction, new_id
from domains.kit import record as record_event
from domains.payments.errors import PaymentEnded, PaymentNotFound, PaymentUnderWay
from domains.payments.events import PaymentCreated, PaymentDeclined
from domains.payments.gateway import (
    Declined,
    GatewayError,
    GatewayOutcomeUnknown,
    GatewayRefused,
    GatewayUnavailable,
    Intent,
    KeyReused,
)
from domains.payments.operations.observations import observe
from domains.payments.operations.voids import ask_for_void
from domains.payments.queries import payment
from domains.payments.states import AttemptStatus, PaymentStatus
from domains.payments.views import Attempt, PaymentView

log = structlog.get_logger(__name__)


async def open(tx: Transaction, *, order_id: UUID, user_id: UUID | None, amount: Money) -> UUID:
    """Open the one payment of an order; the database refuses a second one. Emits `payment.created`."""
    payment_id = new_id()
    await tx.sql(
        "INSERT INTO payments.payments (id, order_id, user_id, amount_cents, currency)"
        " VALUES (:id, :order_id, :user_id, :amount, :currency)",
        {
            "id": payment_id,
            "order_id": order_id,
            "user_id": user_id,
            "amount": amount.amount,
            "currency": amount.currency,
        },
    )
    await record_event(tx, PaymentCreated(payment_id, order_id, user_id, amount.amount, amount.currency))
    return payment_id


async def start_attempt(tx: Transaction, payment_id: UUID) -> Attempt:
    """Begin another try to pay; its id is the key to ask the gateway with, once this is committed.

    What earlier tries left open at the gateway is to be voided there. Raises `PaymentUnderWay` while a try is in
    doubt, holds money or has paid, `PaymentEnded` when the payment failed for good or was cancelled.
    """
    view = await payment(tx, payment_id, lock=True)
    if view.status in {PaymentStatus.FAILED, PaymentStatus.CANCELLED}:
        raise PaymentEnded
    live = view.live_attempt
    if view.status is not PaymentStatus.PENDING or (live and live.status is not AttemptStatus.REQUIRES_ACTION):
        raise PaymentUnderWay
    if live is not None:
        await _set(tx, live.id, AttemptStatus.SUPERSEDED)
    for intent_id in view.open_intents:
        await ask_for_void(tx, payment_id, intent_id)
    attempt = Attempt(
        id=new_id(),
        payment_id=view.id,
        order_id=view.order_id,
        user_id=view.user_id,
        number=len(view.attempts) + 1,
        amount=view.amount,
    )
    await tx.sql(
        "INSERT INTO payments.attempts (id, payment_id, number) VALUES (:id, :payment_id, :number)",
        {"id": attempt.id, "payment_id": payment_id, "number": attempt.number},
    )
    return attempt


async def record(tx: Transaction, attempt_id: UUID, answer: Intent | GatewayError, *, livemode: bool) -> PaymentView:
    """Write down what the gateway answered to a try.

    A declined card ends the try and leaves the payment open (`payment.declined`). An answer that leaves the outcome
    unknown changes nothing: the try stays in doubt until it is looked up.
    """
    payment_id = await _payment_of(tx, attempt_id)
    if isinstance(answer, Intent):
        return await observe(tx, answer, livemode=livemode)
    if isinstance(answer, Declined | GatewayRefused) and answer.intent is not None:
        await observe(tx, answer.intent, livemode=livemode)
    view = await payment(tx, payment_id, lock=True)
    attempt = next(attempt for attempt in view.attempts if attempt.id == attempt_id)
    if attempt.status is not AttemptStatus.STARTED:
        return view
    match answer:
        case Declined():
            code = answer.decline_code or answer.code
            await _set(tx, attempt_id, AttemptStatus.DECLINED, code=code, message=answer.message)
            await record_event(tx, PaymentDeclined(payment_id, view.order_id, attempt_id, attempt.number, code))
        case GatewayRefused():
            log.error("payment.attempt_refused", payment_id=str(payment_id), code=answer.code, error=answer.message)
            await _set(tx, attempt_id, AttemptStatus.FAILED, code=answer.code or "refused")
        case GatewayUnavailable():
            await _set(tx, attempt_id, AttemptStatus.FAILED, code="gateway_unavailable")
        case GatewayOutcomeUnknown() | KeyReused():
            log.warning("payment.attempt_in_doubt", payment_id=str(payment_id), attempt_id=str(attempt_id))
        case _:
            raise TypeError(f"{type(answer).__name__} says nothing about an attempt") from answer
    return await payment(tx, payment_id)


async def abandon(tx: Transaction, attempt_id: UUID) -> PaymentView:
    """End a try of which the gateway knows nothing. Should it turn up there after all, `observe` takes it up again."""
    view = await payment(tx, await _payment_of(tx, attempt_id), lock=True)
    attempt = next(attempt for attempt in view.attempts if attempt.id == attempt_id)
    if attempt.status is not AttemptStatus.STARTED or attempt.intent_id is not None:
        return view
    await _set(tx, attempt_id, AttemptStatus.FAILED, code="never_reached_gateway")
    return await payment(tx, view.id)


async def _payment_of(tx: Transaction, attempt_id: UUID) -> UUID:
    found: UUID | None = (
        await tx.sql("SELECT payment_id FROM payments.attempts WHERE id = :id", {"id": attempt_id})
    ).scalar()
    if found is None:
        raise PaymentNotFound
    return found


async def _set(
    tx: Transaction, attempt_id: UUID, status: AttemptStatus, *, code: str | None = None, message: str | None = None
) -> None:
    await tx.sql(
        "UPDATE payments.attempts SET status = :status, decline_code = :code, message = :message, redirect_url = NULL,"
        " updated_at = kit.now() WHERE id = :id",
        {"id": attempt_id, "status": status, "code": code and code[:80], "message": message and message[:500]},
    )
