"""One way to settle a payment, whoever asks: return page, webhook, poller, staff."""

from uuid import UUID

import structlog

from domains import orders, payments
from domains.checkout import operations
from domains.checkout.flows.outcome import Outcome, PaymentState
from domains.checkout.operations.settling import LetGo, Rest, SendBack, TakeMoney
from domains.kit import Actor, Database, Transaction, crash_point, trace_of, traced
from domains.kit.i18n import gettext as _
from domains.orders import CancelReason, OrderStatus
from domains.payments import AttemptStatus
from domains.payments.gateway import Declined, Gateway, GatewayError, GatewayOutcomeUnknown, GatewayRefused, Intent

log = structlog.get_logger(__name__)

ROUNDS = 6  # authorised → captured → confirmed takes three; every refused capture one more


async def settle(
    db: Database, gateway: Gateway, payment_id: UUID, *, cause: str, actor: Actor | None = None, ask: bool = True
) -> Outcome:
    """Bring payment, order and stock to where the gateway says the money is, and say how it stands.

    Retrieves with nothing open, then applies what is newer under the locks of checkout, order and payment, and goes on
    (capture, confirm, let go, send back) until nothing is left to do. Any number may run at once, and again: every
    step has a key or a row that makes it happen once. `ask=False` goes on from what our books say already.
    Whoever settles joins the trace of the purchase: its facts, jobs and mails are found under one.
    Raises `GatewayUnavailable` when the gateway cannot be asked; `NotFound` for an unknown payment.
    """
    actor = actor or Actor.system("settle")
    if not ask:
        return await _settle(db, gateway, payment_id, cause=cause, actor=actor)
    async with db.transaction(actor) as tx:
        trace = await trace_of(tx, "payment", payment_id)
    with traced(trace):
        await payments.flows.look(db, gateway, payment_id, actor=actor)
        return await _settle(db, gateway, payment_id, cause=cause, actor=actor)


async def _settle(db: Database, gateway: Gateway, payment_id: UUID, *, cause: str, actor: Actor) -> Outcome:
    for _round in range(ROUNDS):
        async with db.transaction(actor) as tx:
            following = await operations.decide(tx, payment_id, cause=cause)
        match following:
            case TakeMoney(capture):
                if not await _take(db, gateway, capture, actor=actor, cause=cause):
                    break
            case LetGo(reason):
                await let_go(db, gateway, payment_id, reason=reason, actor=actor, cause=cause)
                if reason is None:
                    break
            case SendBack(refund_id):
                await payments.flows.send_refund(db, gateway, refund_id, actor=actor)
                break
            case Rest():
                break
    async with db.transaction(actor) as tx:
        outcome = await outcome_of(tx, payment_id)
    if outcome.state is PaymentState.CONFIRMED:
        crash_point("T5_after")
    return outcome


async def let_go(
    db: Database,
    gateway: Gateway,
    payment_id: UUID,
    *,
    reason: CancelReason | None,
    actor: Actor,
    cause: str,
    keep_hold: bool = False,
) -> bool:
    """End the payment at the gateway first, then the order with `reason`; False if it turned out to be paid.

    An attempt whose answer is missing counts as one that may still take money: nothing is freed before it is known.
    """
    view = await payments.flows.void(db, gateway, payment_id, actor=actor)
    crash_point("T7")
    if view.captured:
        return False
    if reason is None:
        return True
    try:
        async with db.transaction(actor) as tx:
            case = await operations.lock(tx, payment_id)
            if case.order.status is not OrderStatus.PENDING or case.payment.captured:
                return not case.payment.captured
            await operations.end_order(
                tx, case.checkout, case.order.id, reason=reason, cause=cause, keep_hold=keep_hold
            )
    except payments.StillOpenAtGateway:
        log.warning("payment.still_open", payment_id=str(payment_id))
        return False
    return True


async def _take(db: Database, gateway: Gateway, capture: payments.Capture, *, actor: Actor, cause: str) -> bool:
    """Capture; False when nobody knows what came of it, which the reconcile job finds out with the same key."""
    answer: Intent | GatewayError
    try:
        answer = await _asked_twice(gateway, capture)
    except (Declined, GatewayRefused) as refusal:
        log.warning("capture.refused", payment_id=str(capture.payment_id), code=refusal.code)
        answer = refusal
    except GatewayError as error:
        log.warning("capture.unanswered", payment_id=str(capture.payment_id), error=type(error).__name__)
        return False
    crash_point("T4_after")
    async with db.transaction(actor) as tx:
        await operations.lock(tx, capture.payment_id)
        await payments.record_capture(tx, capture.id, answer, livemode=gateway.livemode)
        if isinstance(answer, Intent):
            # In the same transaction: money, order and stock move together.
            await operations.decide(tx, capture.payment_id, cause=cause)
    return True


async def _asked_twice(gateway: Gateway, capture: payments.Capture) -> Intent:
    async def ask() -> Intent:
        return await gateway.capture(
            capture.intent_id, key=capture.id, amount=capture.amount.amount, currency=capture.amount.currency
        )

    try:
        return await ask()
    except GatewayOutcomeUnknown:
        return await ask()  # the same key: whatever the first one did is answered, not done again


async def outcome_of(tx: Transaction, payment_id: UUID) -> Outcome:
    """How the payment stands in our own books."""
    payment = await payments.payment(tx, payment_id)
    head = await orders.head(tx, payment.order_id)
    state, url, message = PaymentState.PROCESSING, "", ""
    live, last = payment.live_attempt, payment.last_attempt
    if head.status is OrderStatus.CANCELLED:
        state = PaymentState.CANCELLED
    elif head.status is not OrderStatus.PENDING:
        state = PaymentState.CONFIRMED
    elif live is not None and live.status is AttemptStatus.REQUIRES_ACTION and live.redirect_url:
        state, url = PaymentState.REQUIRES_ACTION, live.redirect_url
    elif live is None and payment.is_by_transfer and not payment.captured:
        state = PaymentState.AWAITING_TRANSFER
    elif live is None and not payment.captured:
        state = PaymentState.DECLINED
        declined = last is not None and last.status is AttemptStatus.DECLINED
        message = (last.message if last is not None and declined else "") or _(
            "The payment did not go through and nothing was charged. Enter your card again, or use another one."
        )
    return Outcome(
        state=state,
        order_id=head.id,
        order_number=head.number,
        payment_id=payment_id,
        url=url,
        message=message,
    )
