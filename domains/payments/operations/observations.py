"""Taking note of what the gateway says of a payment, and moving ours along.

Every answer comes through here, whoever asked: the shopper's request, a webhook, the reconcile job. Nothing is
believed that does not fit the payment in amount, currency, order and mode; what is older than what is known changes
nothing; what was applied once is not applied again.
"""

from typing import Any
from uuid import UUID

import structlog

from domains import audit
from domains.kit import Money, Transaction, new_id, record
from domains.payments import ledger
from domains.payments.errors import PaymentNotFound
from domains.payments.events import (
    PaymentAuthorized,
    PaymentCaptured,
    PaymentDeclined,
    PaymentQuarantined,
    PaymentSucceeded,
    PaymentVoided,
    RefundRequested,
)
from domains.payments.gateway import Intent
from domains.payments.mirror import keep_intent, storable
from domains.payments.operations.voids import ask_for_void
from domains.payments.queries import payment
from domains.payments.states import LIVE_ATTEMPTS, AttemptStatus, PaymentMethod, PaymentStatus
from domains.payments.views import AttemptView, PaymentView

log = structlog.get_logger(__name__)

_OPEN = {PaymentStatus.PENDING, PaymentStatus.AUTHORIZED}
_WAITING = {AttemptStatus.STARTED, AttemptStatus.REQUIRES_ACTION}
_SECOND_PAYMENT = "a second payment of the same order"
_REVIVABLE = {AttemptStatus.DECLINED, AttemptStatus.FAILED}


async def observe(tx: Transaction, intent: Intent, *, livemode: bool) -> PaymentView:
    """Take note of a payment that was read from the gateway, and move ours along if it says something new.

    Holds the payment's row, so answers that come in at once are applied one after the other. An intent that does not
    fit is quarantined and changes nothing else (`payment.quarantined`). Money held by a try that is no longer wanted
    is put down to be voided, money taken after the payment ended to be refunded. Emits `payment.authorized`,
    `payment.declined`, `payment.voided`, `payment.captured` and `payment.succeeded`. Raises `PaymentNotFound` for an
    intent of no payment of ours.
    """
    view = await payment(tx, await _payment_of(tx, intent), lock=True)
    reason = mismatch(view, intent, livemode=livemode)
    if reason is not None:
        await _quarantine(tx, view, intent, reason)
        return await payment(tx, view.id)
    if not await keep_intent(tx, intent):
        return await payment(tx, view.id)
    attempt = await _attempt_of(tx, view, intent)
    if attempt is None:
        await _stray(tx, view, intent)
        return await payment(tx, view.id)
    match intent.status:
        case "requires_payment_method":
            await _declined(tx, view, attempt, intent)
        case "requires_action" | "requires_confirmation":
            await _waits_for_shopper(tx, attempt, intent)
        case "processing":
            pass
        case "requires_capture":
            await _held(tx, view, attempt, intent)
        case "succeeded":
            await _taken(tx, view, attempt, intent)
        case "canceled":
            await _let_go(tx, view, attempt, intent)
    return await payment(tx, view.id)


async def note_unknown(tx: Transaction, intent: Intent) -> None:
    """Keep an intent that names a payment we do not have: money may hang on it, so a person must look (I06)."""
    if await keep_intent(tx, intent, quarantine="names a payment that does not exist here"):
        log.error("payment.unknown_intent", intent_id=intent.id, status=intent.status)


def mismatch(view: PaymentView, intent: Intent, *, livemode: bool) -> str | None:
    """What about the intent does not fit the payment; None if all does. Amounts are told, as they are not secret."""
    wrong: list[str] = []
    if intent.payment_id != view.id:
        wrong.append(f"names payment {intent.payment_id}")
    if intent.order_id != view.order_id:
        wrong.append(f"names order {intent.order_id}")
    if intent.currency != view.amount.currency:
        wrong.append(f"currency {intent.currency} instead of {view.amount.currency}")
    if intent.amount != view.amount.amount:
        wrong.append(f"amount {intent.amount} instead of {view.amount.amount}")
    if intent.amount_received > view.amount.amount:
        wrong.append(f"received {intent.amount_received} of {view.amount.amount}")
    if intent.livemode is not livemode:
        wrong.append("real money in a test shop" if intent.livemode else "test money in a real shop")
    if intent.attempt_id not in {attempt.id for attempt in view.attempts}:
        wrong.append(f"names attempt {intent.attempt_id}")
    return "; ".join(wrong) or None


async def _payment_of(tx: Transaction, intent: Intent) -> UUID:
    found: UUID | None = (
        await tx.sql(
            "SELECT payment_id FROM payments.attempts WHERE intent_id = :intent"
            " UNION ALL SELECT id FROM payments.payments WHERE id = :named LIMIT 1",
            {"intent": intent.id, "named": intent.payment_id},
        )
    ).scalar()
    if found is None:
        raise PaymentNotFound
    return found


async def _quarantine(tx: Transaction, view: PaymentView, intent: Intent, reason: str) -> None:
    known = (
        await tx.sql("SELECT quarantine_reason FROM payments.gateway_intents WHERE intent_id = :id", {"id": intent.id})
    ).scalar()
    await keep_intent(tx, intent, quarantine=reason[:500])
    if known is None:
        log.error("payment.quarantined", payment_id=str(view.id), intent_id=intent.id, reason=reason)
        await record(tx, PaymentQuarantined(view.id, view.order_id, intent.id, reason), cause=f"intent:{intent.id}")


async def _attempt_of(tx: Transaction, view: PaymentView, intent: Intent) -> AttemptView | None:
    """The try the intent belongs to; None if that try has another intent already (its key was forgotten there)."""
    attempt = next(attempt for attempt in view.attempts if attempt.id == intent.attempt_id)
    if attempt.intent_id not in {None, intent.id}:
        return None
    if attempt.intent_id is None:
        await tx.sql(
            "UPDATE payments.attempts SET intent_id = :intent_id WHERE id = :id",
            {"id": attempt.id, "intent_id": intent.id},
        )
    return attempt


async def _stray(tx: Transaction, view: PaymentView, intent: Intent) -> None:
    if intent.status == "succeeded":
        await _quarantine(tx, view, intent, _SECOND_PAYMENT)
    elif intent.status == "canceled":
        await _finish_voids(tx, intent)
    else:
        await ask_for_void(tx, view.id, intent.id)


async def _declined(tx: Transaction, view: PaymentView, attempt: AttemptView, intent: Intent) -> None:
    if attempt.status not in _WAITING:
        return
    error = intent.error
    code = (error.decline_code or error.code) if error else "not_paid"
    await _set_attempt(tx, attempt, AttemptStatus.DECLINED, code=code, message=error.message if error else None)
    await record(tx, PaymentDeclined(view.id, view.order_id, attempt.id, attempt.number, code))


async def _waits_for_shopper(tx: Transaction, attempt: AttemptView, intent: Intent) -> None:
    if attempt.status in _WAITING:
        await _set_attempt(tx, attempt, AttemptStatus.REQUIRES_ACTION, redirect_url=intent.redirect_url)


async def _held(tx: Transaction, view: PaymentView, attempt: AttemptView, intent: Intent) -> None:
    if attempt.status is AttemptStatus.AUTHORIZED:
        return
    others_live = any(other.id != attempt.id and other.status in LIVE_ATTEMPTS for other in view.attempts)
    wanted = attempt.status in _WAITING or (attempt.status in _REVIVABLE and not others_live)
    if view.status is not PaymentStatus.PENDING or not wanted or await _void_asked(tx, intent.id):
        await ask_for_void(tx, view.id, intent.id)
        return
    await _set_attempt(tx, attempt, AttemptStatus.AUTHORIZED)
    method = _method(intent)
    await tx.sql(
        "UPDATE payments.payments SET status = 'authorized', authorized_at = kit.now(), updated_at = kit.now(),"
        " gateway_transaction_id = :intent, authorization_code = :authorization, method = :method, card_brand = :brand,"
        " card_last4 = :last4, gateway_response = CAST(:response AS jsonb) WHERE id = :id",
        _told(view, intent),
    )
    await record(
        tx,
        PaymentAuthorized(
            view.id, view.order_id, attempt.id, intent.id, view.amount.amount, view.amount.currency, method
        ),
        cause=f"intent:{intent.id}",
    )


async def _taken(tx: Transaction, view: PaymentView, attempt: AttemptView, intent: Intent) -> None:
    if view.captured:
        if attempt.status is not AttemptStatus.CAPTURED:
            await _quarantine(tx, view, intent, _SECOND_PAYMENT)
        return
    amount = Money(intent.amount_received, intent.currency)
    for other in view.attempts:
        if other.id != attempt.id and other.status in LIVE_ATTEMPTS:
            await _set_attempt(tx, other, AttemptStatus.SUPERSEDED)
    await _set_attempt(tx, attempt, AttemptStatus.CAPTURED)
    await _finish_captures(tx, view, attempt, intent, amount)
    await tx.sql(
        "UPDATE payments.voids SET status = 'failed', failure_code = 'captured', finished_at = kit.now()"
        " WHERE intent_id = :intent AND status = 'pending'",
        {"intent": intent.id},
    )
    await tx.sql(
        "UPDATE payments.payments SET status = 'captured', captured_cents = :amount, captured_at = kit.now(),"
        " authorized_at = coalesce(authorized_at, kit.now()), updated_at = kit.now(), gateway_transaction_id = :intent,"
        " authorization_code = :authorization, method = :method, card_brand = :brand, card_last4 = :last4,"
        " gateway_response = CAST(:response AS jsonb) WHERE id = :id",
        {**_told(view, intent), "amount": amount.amount},
    )
    await ledger.post(
        tx, "capture", payment_id=view.id, order_id=view.order_id, amount=amount, cause=f"capture:{intent.id}"
    )
    await record(
        tx,
        PaymentCaptured(view.id, view.order_id, intent.id, amount.amount, amount.currency),
        cause=f"intent:{intent.id}",
    )
    await audit.record(
        tx,
        action="payment.captured",
        subject=("payment", view.id),
        changes={"captured": (Money(view.captured, amount.currency), amount)},
        money=True,
    )
    if amount == view.amount:
        await record(
            tx, PaymentSucceeded(view.id, view.order_id, amount.amount, amount.currency), cause=f"intent:{intent.id}"
        )
    for other_intent in view.open_intents:
        if other_intent != intent.id:
            await ask_for_void(tx, view.id, other_intent)
    if view.status not in _OPEN:
        await _send_back(tx, view, amount)


async def _let_go(tx: Transaction, view: PaymentView, attempt: AttemptView, intent: Intent) -> None:
    await _finish_voids(tx, intent)
    await tx.sql(
        "UPDATE payments.captures SET status = 'failed', failure_code = 'voided', finished_at = kit.now()"
        " WHERE intent_id = :intent AND status = 'pending'",
        {"intent": intent.id},
    )
    if attempt.status in LIVE_ATTEMPTS:
        await _set_attempt(tx, attempt, AttemptStatus.VOIDED)
    if attempt.status is AttemptStatus.AUTHORIZED and view.status is PaymentStatus.AUTHORIZED:
        await tx.sql(
            "UPDATE payments.payments SET status = 'pending', authorized_at = NULL, updated_at = kit.now()"
            " WHERE id = :id",
            {"id": view.id},
        )
        await record(tx, PaymentVoided(view.id, view.order_id, attempt.id, intent.id), cause=f"intent:{intent.id}")
        await audit.record(
            tx,
            action="payment.voided",
            subject=("payment", view.id),
            changes={"held": (view.amount, Money(0, view.amount.currency))},
            money=True,
        )


async def _finish_captures(
    tx: Transaction, view: PaymentView, attempt: AttemptView, intent: Intent, amount: Money
) -> None:
    asked = await tx.sql(
        "UPDATE payments.captures SET status = 'succeeded', amount_cents = :amount, finished_at = kit.now()"
        " WHERE payment_id = :payment AND intent_id = :intent AND status = 'pending' RETURNING id",
        {"payment": view.id, "intent": intent.id, "amount": amount.amount},
    )
    if asked.first() is None:
        # Taken without our asking (by hand, at the gateway): put down all the same, so that each capture has its row.
        await tx.sql(
            "INSERT INTO payments.captures (id, payment_id, attempt_id, intent_id, amount_cents, currency, status,"
            " finished_at) VALUES (:id, :payment, :attempt, :intent, :amount, :currency, 'succeeded', kit.now())",
            {
                "id": new_id(),
                "payment": view.id,
                "attempt": attempt.id,
                "intent": intent.id,
                "amount": amount.amount,
                "currency": amount.currency,
            },
        )


async def _send_back(tx: Transaction, view: PaymentView, amount: Money) -> None:
    refund_id = new_id()
    log.error("payment.captured_after_end", payment_id=str(view.id), status=view.status, amount=amount.amount)
    await tx.sql(
        "INSERT INTO payments.refunds (id, payment_id, request_key, amount_cents, currency, reason, requested_by)"
        " VALUES (:id, :payment, 'captured-after-end', :amount, :currency, 'captured after the payment had ended',"
        " :by)",
        {
            "id": refund_id,
            "payment": view.id,
            "amount": amount.amount,
            "currency": amount.currency,
            "by": tx.actor.name or tx.actor.kind,
        },
    )
    await tx.sql(
        "UPDATE payments.payments SET refunding_cents = refunding_cents + :amount WHERE id = :id",
        {"id": view.id, "amount": amount.amount},
    )
    await record(tx, RefundRequested(view.id, view.order_id, refund_id, amount.amount, amount.currency))
    await audit_refund(tx, refund_id, amount, "captured after the payment had ended")


async def audit_refund(tx: Transaction, refund_id: UUID, amount: Money, reason: str) -> None:
    """Write that money is to go back; every refund has this entry (I30)."""
    await audit.record(
        tx,
        action="refund.requested",
        subject=("refund", refund_id),
        changes={"amount": (None, amount)},
        note=reason,
        money=True,
    )


async def _finish_voids(tx: Transaction, intent: Intent) -> None:
    await tx.sql(
        "UPDATE payments.voids SET status = 'succeeded', finished_at = kit.now()"
        " WHERE intent_id = :intent AND status = 'pending'",
        {"intent": intent.id},
    )


async def _void_asked(tx: Transaction, intent_id: str) -> bool:
    found = await tx.sql(
        "SELECT 1 FROM payments.voids WHERE intent_id = :id AND status IN ('pending', 'succeeded')", {"id": intent_id}
    )
    return found.first() is not None


async def _set_attempt(
    tx: Transaction,
    attempt: AttemptView,
    status: AttemptStatus,
    *,
    code: str | None = None,
    message: str | None = None,
    redirect_url: str | None = None,
) -> None:
    await tx.sql(
        "UPDATE payments.attempts SET status = :status, decline_code = :code, message = :message,"
        " redirect_url = :redirect_url, updated_at = kit.now() WHERE id = :id",
        {
            "id": attempt.id,
            "status": status,
            "code": code and code[:80],
            "message": message and message[:500],
            "redirect_url": redirect_url,
        },
    )


def _told(view: PaymentView, intent: Intent) -> dict[str, Any]:
    return {
        "id": view.id,
        "intent": intent.id,
        "authorization": intent.authorization_code or intent.charge,
        "method": _method(intent),
        "brand": intent.card_brand,
        "last4": intent.card_last4,
        "response": storable(intent.response),
    }


def _method(intent: Intent) -> PaymentMethod:
    if intent.wallet or intent.method_type not in {"card", None}:
        return PaymentMethod.WALLET
    if intent.card_funding in {"debit", "prepaid"}:
        return PaymentMethod.DEBIT_CARD
    return PaymentMethod.CREDIT_CARD
