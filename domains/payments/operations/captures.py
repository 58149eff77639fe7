"""Taking the money that is held."""

from uuid import UUID

import structlog

from domains.kit import Money, Transaction, new_id
from domains.payments.errors import NotAuthorized, PaymentNotFound
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
from domains.payments.queries import payment
from domains.payments.states import PaymentStatus
from domains.payments.views import Capture, PaymentView

log = structlog.get_logger(__name__)


async def request_capture(tx: Transaction, payment_id: UUID) -> Capture:
    """Put down that the money held is to be taken; the request goes to the gateway once this is committed.

    A request that is under way is given again, with its key. Raises `NotAuthorized` when no money is held.
    """
    view = await payment(tx, payment_id, lock=True)
    attempt = view.live_attempt
    if view.status is not PaymentStatus.AUTHORIZED or attempt is None or attempt.intent_id is None:
        raise NotAuthorized
    pending = (
        await tx.sql(
            "SELECT id, intent_id, amount_cents, currency FROM payments.captures"
            " WHERE payment_id = :id AND status = 'pending'",
            {"id": payment_id},
        )
    ).one_or_none()
    if pending is not None:
        return Capture(pending.id, payment_id, pending.intent_id, Money(pending.amount_cents, pending.currency))
    capture = Capture(new_id(), payment_id, attempt.intent_id, view.amount)
    await tx.sql(
        "INSERT INTO payments.captures (id, payment_id, attempt_id, intent_id, amount_cents, currency)"
        " VALUES (:id, :payment, :attempt, :intent, :amount, :currency)",
        {
            "id": capture.id,
            "payment": payment_id,
            "attempt": attempt.id,
            "intent": capture.intent_id,
            "amount": capture.amount.amount,
            "currency": capture.amount.currency,
        },
    )
    return capture


async def record_capture(
    tx: Transaction, capture_id: UUID, answer: Intent | GatewayError, *, livemode: bool
) -> PaymentView:
    """Write down what the gateway answered to a capture.

    Refused: the request failed and the money is still held, until it is asked for again or voided. No answer, or none
    that tells: the request stays pending and is sent again with the same key.
    """
    found: UUID | None = (
        await tx.sql("SELECT payment_id FROM payments.captures WHERE id = :id", {"id": capture_id})
    ).scalar()
    if found is None:
        raise PaymentNotFound
    if isinstance(answer, Intent):
        return await observe(tx, answer, livemode=livemode)
    view = await payment(tx, found, lock=True)
    match answer:
        case Declined() | GatewayRefused():
            code = answer.code or "refused"
            log.warning("payment.capture_refused", payment_id=str(found), code=code)
            await tx.sql(
                "UPDATE payments.captures SET status = 'failed', failure_code = :code, finished_at = kit.now()"
                " WHERE id = :id AND status = 'pending'",
                {"id": capture_id, "code": code[:80]},
            )
            if answer.intent is not None:
                return await observe(tx, answer.intent, livemode=livemode)
        case GatewayUnavailable() | GatewayOutcomeUnknown() | KeyReused():
            log.warning("payment.capture_in_doubt", payment_id=str(found), error=type(answer).__name__)
            return view
        case _:
            raise TypeError(f"{type(answer).__name__} says nothing about a capture") from answer
    return await payment(tx, found)
