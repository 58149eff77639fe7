"""Ending a payment that has not paid."""

from uuid import UUID

import structlog

from domains.kit import Transaction, record
from domains.payments.errors import AlreadyPaid, PaymentNotFound, StillOpenAtGateway
from domains.payments.events import PaymentCancelled, PaymentFailed
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
from domains.payments.states import PaymentStatus
from domains.payments.views import PaymentView, Void

log = structlog.get_logger(__name__)


async def fail(tx: Transaction, payment_id: UUID, *, code: str) -> None:
    """Say the last word: this payment will not come. Emits `payment.failed`; raises like `cancel`."""
    view = await _closable(tx, payment_id)
    if view is None:
        return
    await _end(tx, payment_id, PaymentStatus.FAILED, code)
    await record(tx, PaymentFailed(view.id, view.order_id, code))


async def cancel(tx: Transaction, payment_id: UUID) -> None:
    """End a payment that is wanted no more; one that has ended is left as it is. Emits `payment.cancelled`.

    Raises `StillOpenAtGateway` while the gateway might still take money for it, as far as is known: `flows.void`
    closes it there first. Raises `AlreadyPaid` when money was taken.
    """
    view = await _closable(tx, payment_id)
    if view is None:
        return
    await _end(tx, payment_id, PaymentStatus.CANCELLED, None)
    await record(tx, PaymentCancelled(view.id, view.order_id))


async def request_void(tx: Transaction, payment_id: UUID) -> list[Void]:
    """Put down that everything the payment has open at the gateway is to be voided; returns what is to be sent."""
    view = await payment(tx, payment_id, lock=True)
    for intent_id in view.open_intents:
        await ask_for_void(tx, payment_id, intent_id)
    rows = await tx.sql(
        "SELECT id, payment_id, intent_id FROM payments.voids WHERE payment_id = :id AND status = 'pending'"
        " ORDER BY id",
        {"id": payment_id},
    )
    return [Void(**row) for row in rows.mappings()]


async def record_void(tx: Transaction, void_id: UUID, answer: Intent | GatewayError, *, livemode: bool) -> PaymentView:
    """Write down what the gateway answered to a void; one without a clear answer stays pending and is sent again."""
    row = (
        await tx.sql("SELECT payment_id, intent_id FROM payments.voids WHERE id = :id", {"id": void_id})
    ).one_or_none()
    if row is None:
        raise PaymentNotFound
    view = await payment(tx, row.payment_id, lock=True)
    match answer:
        case Intent():
            view = await observe(tx, answer, livemode=livemode)
            if answer.status == "canceled":
                # Also for an intent in quarantine, of which nothing else is believed.
                await _finish_void(tx, void_id, "succeeded", None)
        case Declined() | GatewayRefused():
            await _finish_void(tx, void_id, "failed", answer.code or "refused")
            if answer.intent is not None:
                view = await observe(tx, answer.intent, livemode=livemode)
        case GatewayUnavailable() | GatewayOutcomeUnknown() | KeyReused():
            log.warning("payment.void_in_doubt", payment_id=str(row.payment_id), error=type(answer).__name__)
        case _:
            raise TypeError(f"{type(answer).__name__} says nothing about a void") from answer
    return view


async def _finish_void(tx: Transaction, void_id: UUID, status: str, code: str | None) -> None:
    await tx.sql(
        "UPDATE payments.voids SET status = :status, failure_code = :code, finished_at = kit.now()"
        " WHERE id = :id AND status = 'pending'",
        {"id": void_id, "status": status, "code": code and code[:80]},
    )


async def _closable(tx: Transaction, payment_id: UUID) -> PaymentView | None:
    view = await payment(tx, payment_id, lock=True)
    if view.status in {PaymentStatus.FAILED, PaymentStatus.CANCELLED}:
        return None
    if view.captured:
        raise AlreadyPaid
    if view.open_intents or view.in_doubt:
        raise StillOpenAtGateway
    return view


async def _end(tx: Transaction, payment_id: UUID, status: PaymentStatus, code: str | None) -> None:
    await tx.sql(
        "UPDATE payments.payments SET status = :status, failure_code = :code, ended_at = kit.now(),"
        " updated_at = kit.now() WHERE id = :id",
        {"id": payment_id, "status": status, "code": code and code[:80]},
    )
