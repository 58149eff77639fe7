"""Placing and paying: ours, theirs, ours, theirs, ours."""

import time
from uuid import UUID

import structlog

from domains import payments
from domains.checkout import operations, queries
from domains.checkout.errors import PaymentUnderWay
from domains.checkout.flows.outcome import Outcome, PaymentState
from domains.checkout.flows.reopen import replace
from domains.checkout.flows.settle import outcome_of, settle
from domains.checkout.operations.placing import OrderOutdated, Try
from domains.checkout.rows import CheckoutClosed
from domains.kit import Actor, Database, crash_point
from domains.kit.i18n import gettext as _
from domains.orders import CancelReason, OrderStatus
from domains.payments import AttemptStatus
from domains.payments.gateway import (
    Declined,
    Gateway,
    GatewayError,
    GatewayOutcomeUnknown,
    GatewayRefused,
    GatewayUnavailable,
    Intent,
)

log = structlog.get_logger(__name__)

_BEGINNINGS = 3  # within one press of the button the order is replaced once; the rest is for those beside us
_NOT_US = (401, 403)  # the gateway does not know our key: no shopper can mend that
_PATIENCE = 6.0  # seconds after which a lost answer is not asked for again while the shopper waits


async def pay(
    db: Database,
    gateway: Gateway,
    actor: Actor,
    checkout_id: UUID,
    *,
    token: str,
    key: str,
    total: int,
    return_url: str,
) -> Outcome:
    """Place the order if there is none and pay it with the card behind `token`. Once per `key`, however often called.

    A declined card leaves order and hold as they are, and the next call, with another key, tries the same order again.
    A gateway that cannot be asked leaves no order: the checkout is open again and still holds its stock. A crash
    between the beats is mended by the webhook, by `reconcile` or by `sweep`.
    Raises what `operations.place` raises, all before any payment row exists or any money moves.
    """
    if (confirmed_at_the_bank := await _finish_open_try(db, gateway, actor, checkout_id)) is not None:
        return confirmed_at_the_bank
    try:
        begun = await _begin(db, gateway, actor, checkout_id, token=token, key=key, total=total)
    except (PaymentUnderWay, payments.PaymentUnderWay, CheckoutClosed):
        # Another press of the button was faster: its order is the answer, if it made one.
        found = await standing(db, actor, checkout_id)
        if found is None:
            raise
        return found
    crash_point("T1_after")
    if begun.payment_id is None:
        return Outcome(
            state=PaymentState.CONFIRMED, order_id=begun.order_id, order_number=begun.order_number, payment_id=None
        )
    if begun.is_repeated or begun.attempt_id is None:
        async with db.transaction(actor) as tx:
            return await outcome_of(tx, begun.payment_id)
    answer = await _authorize(gateway, begun, begun.payment_id, begun.attempt_id, token, return_url)
    crash_point("T2_after")
    async with db.transaction(actor) as tx:
        await operations.lock(tx, begun.payment_id)
        await payments.record(tx, begun.attempt_id, answer, livemode=gateway.livemode)
        if isinstance(answer, Declined):
            await operations.count_decline(tx, begun.order_id)
    crash_point("T3_after")
    if isinstance(answer, GatewayUnavailable) or (isinstance(answer, GatewayRefused) and answer.status in _NOT_US):
        return await _without_gateway(db, actor, begun, begun.payment_id)
    return await settle(db, gateway, begun.payment_id, cause=f"attempt:{begun.attempt_id}", actor=actor, ask=False)


async def standing(db: Database, actor: Actor, checkout_id: UUID) -> Outcome | None:
    """How the payment of the checkout's order stands in our books; None without an order."""
    async with db.transaction(actor) as tx:
        found = await queries.payment_of(tx, checkout_id)
        return None if found is None else await outcome_of(tx, found)


async def _finish_open_try(db: Database, gateway: Gateway, actor: Actor, checkout_id: UUID) -> Outcome | None:
    """A try that waited for the shopper at his bank may have been confirmed there by now: ask before a new one."""
    async with db.transaction(actor) as tx:
        payment_id = await queries.payment_of(tx, checkout_id)
        live = None if payment_id is None else (await payments.payment(tx, payment_id)).live_attempt
    if payment_id is None or live is None or live.status is not AttemptStatus.REQUIRES_ACTION:
        return None
    found = await settle(db, gateway, payment_id, cause=f"again:{live.id}", actor=actor)
    return found if found.state is PaymentState.CONFIRMED else None


async def _begin(
    db: Database, gateway: Gateway, actor: Actor, checkout_id: UUID, *, token: str, key: str, total: int
) -> Try:
    for _beginning in range(_BEGINNINGS):
        try:
            async with db.transaction(actor) as tx:
                begun = await operations.place(tx, checkout_id, key=key, token=token, total=total)
                crash_point("T1")
            return begun
        except OrderOutdated as outdated:
            await replace(db, gateway, outdated.payment_id, actor=actor)
    raise PaymentUnderWay


async def _authorize(
    gateway: Gateway, begun: Try, payment_id: UUID, attempt_id: UUID, token: str, return_url: str
) -> Intent | GatewayError:
    async def ask() -> Intent:
        return await gateway.authorize(
            attempt_id=attempt_id,
            payment_id=payment_id,
            order_id=begun.order_id,
            order_number=begun.order_number,
            account_id=begun.account_id,
            amount=begun.amount.amount,
            currency=begun.amount.currency,
            confirmation_token=token,
            return_url=return_url,
        )

    started = time.monotonic()
    try:
        try:
            return await ask()
        except GatewayOutcomeUnknown:
            if time.monotonic() - started > _PATIENCE:
                raise
            return await ask()  # the same key: whatever the first one did is answered, not done again
    except GatewayError as error:
        log.info("payment.not_authorized", payment_id=str(payment_id), error=type(error).__name__)
        return error


async def _without_gateway(db: Database, actor: Actor, begun: Try, payment_id: UUID) -> Outcome:
    """Nothing happened at the gateway. An order made for this try goes again; one that was there waits on."""
    if begun.is_first:
        async with db.transaction(actor) as tx:
            case = await operations.lock(tx, payment_id)
            if case.order.status is OrderStatus.PENDING and case.payment.live_attempt is None:
                await operations.end_order(
                    tx,
                    case.checkout,
                    case.order.id,
                    reason=CancelReason.UNAVAILABLE,
                    cause=f"unavailable:{begun.attempt_id}",
                    keep_hold=True,
                )
    return Outcome(
        state=PaymentState.UNAVAILABLE,
        order_id=begun.order_id,
        order_number=begun.order_number,
        payment_id=payment_id,
        message=_("Card payments cannot be taken right now. Please try again in a few minutes; nothing was charged."),
    )
