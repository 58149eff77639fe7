"""Sending money back (PAY-13): all of it or a part, never more than was taken, each request once."""

from uuid import UUID

import structlog

from domains import audit
from domains.kit import Invalid, Money, Transaction, new_id, record
from domains.kit.i18n import gettext as _
from domains.kit.idempotency import KeyReused as RequestKeyReused
from domains.payments import ledger
from domains.payments.errors import NotCaptured, PaymentNotFound, RefundTooHigh
from domains.payments.events import RefundFailed, RefundProcessed, RefundRequested
from domains.payments.gateway import (
    Declined,
    GatewayError,
    GatewayOutcomeUnknown,
    GatewayRefund,
    GatewayRefused,
    GatewayUnavailable,
    KeyReused,
)
from domains.payments.mirror import keep_refund
from domains.payments.operations.observations import audit_refund
from domains.payments.queries import payment, refund
from domains.payments.states import PaymentStatus, RefundState
from domains.payments.views import PaymentView, Refund

log = structlog.get_logger(__name__)

_REASON_LENGTH = 500


async def request_refund(tx: Transaction, *, payment_id: UUID, amount: Money, reason: str, key: str) -> Refund:
    """Put down that `amount` is to go back; it is sent once this is committed (`flows.send_refund`).

    The amount is set aside under the payment's lock, and the database refuses more than was taken. `key` names the
    request: asked again with it, the first refund is the answer. Emits `refund.requested`. Raises `NotCaptured`,
    `RefundTooHigh` with what is left, `KeyReused` for the same key with another amount.
    """
    view = await payment(tx, payment_id, lock=True)
    if len(reason) > _REASON_LENGTH:
        raise Invalid({"reason": _("Use at most {longest} characters.").format(longest=_REASON_LENGTH)})
    known = (
        await tx.sql(
            "SELECT id FROM payments.refunds WHERE payment_id = :payment AND request_key = :key",
            {"payment": payment_id, "key": key},
        )
    ).scalar()
    if known is not None:
        first = await refund(tx, known)
        if first.amount != amount:
            raise RequestKeyReused
        return first
    if not view.captured:
        raise NotCaptured
    if amount.currency != view.amount.currency or amount.amount < 1:
        raise Invalid({"amount": _("Enter an amount in {currency}.").format(currency=view.amount.currency)})
    if amount > view.left:
        raise RefundTooHigh(view.left)
    refund_id = await _put_down(tx, view, amount, reason, key)
    await record(tx, RefundRequested(view.id, view.order_id, refund_id, amount.amount, amount.currency))
    return await refund(tx, refund_id)


async def record_refund(tx: Transaction, refund_id: UUID, answer: GatewayRefund | GatewayError) -> Refund:
    """Write down what the gateway answered to a refund; one without a clear answer stays pending and is sent again."""
    asked = await refund(tx, refund_id)
    match answer:
        case GatewayRefund():
            await observe_refund(tx, answer)
        case Declined() | GatewayRefused():
            view = await payment(tx, asked.payment_id, lock=True)
            await _come_to_nothing(tx, view, await refund(tx, refund_id, lock=True), answer.code or "refused")
        case GatewayUnavailable() | GatewayOutcomeUnknown() | KeyReused():
            log.warning("refund.in_doubt", refund_id=str(refund_id), error=type(answer).__name__)
        case _:
            raise TypeError(f"{type(answer).__name__} says nothing about a refund") from answer
    return await refund(tx, refund_id)


async def give_back_by_transfer(tx: Transaction, refund_id: UUID) -> Refund:
    """Write down a refund of what came by bank transfer: the merchant sends it from his bank himself.

    Emits `refund.processed`; said twice, once. Raises `ValueError` for a payment that the gateway took.
    """
    asked = await refund(tx, refund_id)
    view = await payment(tx, asked.payment_id, lock=True)
    if not view.is_by_transfer:
        raise ValueError("the gateway took this payment, so the gateway sends it back")
    await _gone(tx, view, await refund(tx, refund_id, lock=True))
    return await refund(tx, refund_id)


async def observe_refund(tx: Transaction, told: GatewayRefund) -> None:
    """Take note of a refund that was read from the gateway, and move ours along if it says something new.

    One that we did not ask for (made by hand, at the gateway) becomes one of ours, so that both books agree (I11).
    Emits `refund.processed` and `refund.failed`. Raises `PaymentNotFound` for a refund of no payment of ours.
    """
    payment_id: UUID | None = (
        await tx.sql(
            "SELECT payment_id FROM payments.refunds WHERE id = :ours"
            " UNION ALL SELECT payment_id FROM payments.attempts WHERE intent_id = :intent LIMIT 1",
            {"ours": told.refund_id, "intent": told.intent_id},
        )
    ).scalar()
    if payment_id is None:
        raise PaymentNotFound
    view = await payment(tx, payment_id, lock=True)
    ours = await _ours(tx, view, told)
    if not await keep_refund(tx, told) or ours is None:
        return
    if told.amount != ours.amount.amount or told.currency != ours.amount.currency:
        log.error("refund.mismatch", refund_id=str(ours.id), told=told.amount, asked=ours.amount.amount)
        return
    await tx.sql(
        "UPDATE payments.refunds SET gateway_refund_id = :told WHERE id = :id AND gateway_refund_id IS NULL",
        {"id": ours.id, "told": told.id},
    )
    match told.status:
        case "pending" | "requires_action":
            pass
        case "succeeded":
            await _gone(tx, view, ours)
        case "failed" | "canceled":
            await _come_to_nothing(tx, view, ours, told.failure_reason or told.status)


async def _ours(tx: Transaction, view: PaymentView, told: GatewayRefund) -> Refund | None:
    known = (
        await tx.sql(
            "SELECT id FROM payments.refunds WHERE payment_id = :payment AND (id = :ours OR gateway_refund_id = :told)",
            {"payment": view.id, "ours": told.refund_id, "told": told.id},
        )
    ).scalar()
    if known is not None:
        return await refund(tx, known, lock=True)
    amount = Money(told.amount, told.currency)
    if told.status in {"failed", "canceled"} or amount.currency != view.amount.currency or amount > view.left:
        log.error("refund.unknown", payment_id=str(view.id), gateway_refund_id=told.id, amount=told.amount)
        return None
    refund_id = await _put_down(tx, view, amount, "made at the payment service", f"gateway:{told.id}")
    await record(tx, RefundRequested(view.id, view.order_id, refund_id, amount.amount, amount.currency))
    return await refund(tx, refund_id)


async def _put_down(tx: Transaction, view: PaymentView, amount: Money, reason: str, key: str) -> UUID:
    refund_id = new_id()
    await tx.sql(
        "INSERT INTO payments.refunds (id, payment_id, request_key, amount_cents, currency, reason, requested_by,"
        " requested_by_id) VALUES (:id, :payment, :key, :amount, :currency, :reason, :by, :by_id)",
        {
            "id": refund_id,
            "payment": view.id,
            "key": key,
            "amount": amount.amount,
            "currency": amount.currency,
            "reason": reason,
            "by": tx.actor.role or tx.actor.name or tx.actor.kind,
            "by_id": tx.actor.id,
        },
    )
    await tx.sql(
        "UPDATE payments.payments SET refunding_cents = refunding_cents + :amount, updated_at = kit.now()"
        " WHERE id = :id",
        {"id": view.id, "amount": amount.amount},
    )
    await audit_refund(tx, refund_id, amount, reason)
    return refund_id


async def _gone(tx: Transaction, view: PaymentView, ours: Refund) -> None:
    if ours.status is not RefundState.PENDING:
        return
    await tx.sql(
        "UPDATE payments.refunds SET status = 'processed', processed_at = kit.now() WHERE id = :id", {"id": ours.id}
    )
    view = await payment(tx, view.id)
    await _set_sums(
        tx, view, refunding=view.refunding - ours.amount.amount, refunded=view.refunded + ours.amount.amount
    )
    kind: ledger.Kind = "transfer_refund" if view.is_by_transfer else "refund"
    await ledger.post(
        tx, kind, payment_id=view.id, order_id=view.order_id, amount=ours.amount, cause=f"refund:{ours.id}"
    )
    await record(
        tx,
        RefundProcessed(view.id, view.order_id, ours.id, ours.amount.amount, ours.amount.currency),
        cause=f"refund:{ours.id}",
    )
    await _audit_end(tx, "refund.processed", ours, RefundState.PROCESSED)


async def _come_to_nothing(tx: Transaction, view: PaymentView, ours: Refund, code: str) -> None:
    if ours.status is RefundState.FAILED:
        return
    returned = ours.status is RefundState.PROCESSED
    await tx.sql(
        "UPDATE payments.refunds SET status = 'failed', failure_code = :code WHERE id = :id",
        {"id": ours.id, "code": code[:80]},
    )
    view = await payment(tx, view.id)
    amount = ours.amount.amount
    await _set_sums(
        tx,
        view,
        refunding=view.refunding - (0 if returned else amount),
        refunded=view.refunded - (amount if returned else 0),
    )
    if returned:
        await ledger.post(
            tx,
            "refund_returned",
            payment_id=view.id,
            order_id=view.order_id,
            amount=ours.amount,
            cause=f"refund_returned:{ours.id}",
        )
    log.error("refund.failed", refund_id=str(ours.id), code=code, returned=returned)
    await record(
        tx,
        RefundFailed(view.id, view.order_id, ours.id, amount, ours.amount.currency, code[:80], returned),
        cause=f"refund:{ours.id}",
    )
    await _audit_end(tx, "refund.failed", ours, RefundState.FAILED, note=code[:80])


async def _audit_end(tx: Transaction, action: str, ours: Refund, state: RefundState, note: str = "") -> None:
    await audit.record(
        tx,
        action=action,
        subject=("refund", ours.id),
        changes={"status": (ours.status, state), "amount": (None, ours.amount)},
        note=note,
        money=True,
    )


async def _set_sums(tx: Transaction, view: PaymentView, *, refunding: int, refunded: int) -> None:
    status = PaymentStatus.CAPTURED
    if refunded:
        status = PaymentStatus.REFUNDED if refunded == view.captured else PaymentStatus.PARTIALLY_REFUNDED
    await tx.sql(
        "UPDATE payments.payments SET refunding_cents = :refunding, refunded_cents = :refunded, status = :status,"
        " updated_at = kit.now() WHERE id = :id",
        {"id": view.id, "refunding": refunding, "refunded": refunded, "status": status},
    )
