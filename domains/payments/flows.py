"""What asks the gateway: each step of ours is a transaction of its own, and nothing is open while theirs is under way.

A process that dies between two steps leaves a row that was committed before the gateway was asked; `finish` and `look`
find it and go on with the same key.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec
import structlog

from domains.kit import Actor, Database, Money, crash_point
from domains.payments import operations, queries
from domains.payments.gateway import Gateway, GatewayError, GatewayRefund, GatewayUnavailable, Intent
from domains.payments.operations import (
    give_back_by_transfer,
    note_unknown,
    observe,
    observe_refund,
    record_capture,
    record_refund,
    record_void,
    request_refund,
    request_void,
)
from domains.payments.reconciliation import Listed
from domains.payments.states import AttemptStatus, RefundState
from domains.payments.views import Capture, PaymentView, Refund, Void

log = structlog.get_logger(__name__)

ABANDONED_AFTER = timedelta(seconds=40)
"""A request to authorise lives 16 s and is repeated only within its first 6: what the gateway does not know by then
never reached it. With the next turn of the schedule the shopper knows within a minute."""

_SYSTEM = Actor.system("payments")

# Payments of ours with a refund that the gateway tells otherwise than its mirror, or that has none.
_REFUND_BEHIND = """
SELECT DISTINCT a.payment_id
FROM jsonb_to_recordset(CAST(:told AS jsonb)) AS told (id text, intent_id text, status text)
JOIN payments.attempts a ON a.intent_id = told.intent_id
LEFT JOIN payments.gateway_refunds g ON g.gateway_refund_id = told.id
WHERE g.status IS DISTINCT FROM told.status
"""


class Differences(msgspec.Struct, frozen=True):
    """What the gateway has and we have not: intents of no payment of ours, and payments that lag behind; and all that
    it listed."""

    unknown: tuple[str, ...]
    behind: tuple[UUID, ...]
    listed: Listed


async def look(db: Database, gateway: Gateway, payment_id: UUID, *, actor: Actor) -> PaymentView:
    """Ask the gateway how the payment stands, and take note of it.

    A try without an answer is searched by our own id, and ended when the gateway does not know it by `ABANDONED_AFTER`.
    Raises `GatewayUnavailable` when it cannot be asked.
    """
    async with db.transaction(actor) as tx:
        view = await queries.payment(tx, payment_id)
        given_up_before = await tx.now() - ABANDONED_AFTER
    intents = [
        intent
        for intent_id in view.intents
        if intent_id in view.open_intents or view.captured
        if (intent := await _retrieve(gateway, intent_id)) is not None
    ]
    lost = [
        attempt for attempt in view.attempts if attempt.status is AttemptStatus.STARTED and attempt.intent_id is None
    ]
    if lost:
        seen = {intent.id for intent in intents}
        intents += [intent for intent in await gateway.find(payment_id) if intent.id not in seen]
    refunds: list[GatewayRefund] = []
    for intent in intents:
        if intent.amount_refunded != view.refunded or view.refunding:
            refunds += await gateway.refunds(intent.id)
    async with db.transaction(actor) as tx:
        for intent in intents:
            await observe(tx, intent, livemode=gateway.livemode)
        for refund in refunds:
            await observe_refund(tx, refund)
        for attempt in lost:
            if attempt.created_at < given_up_before and attempt.id not in {intent.attempt_id for intent in intents}:
                await operations.abandon(tx, attempt.id)
        return await queries.payment(tx, payment_id)


async def void(db: Database, gateway: Gateway, payment_id: UUID, *, actor: Actor) -> PaymentView:
    """Close everything at the gateway that might still take money for the payment.

    Afterwards nothing is open and `payments.cancel` will do; or the money was taken after all (`captured`); or the
    gateway gave no answer and something still is open, to be tried again. Raises `GatewayUnavailable`.
    """
    view = await look(db, gateway, payment_id, actor=actor)
    if view.captured or not view.open_intents:
        return view
    async with db.transaction(actor) as tx:
        wanted = await request_void(tx, payment_id)
    for each in wanted:
        view = await _send_void(db, gateway, each, actor=actor)
    return view


async def refund(
    db: Database, gateway: Gateway, actor: Actor, *, payment_id: UUID, amount: Money, reason: str, key: str
) -> Refund:
    """Send `amount` back, once per `key`. Raises what `request_refund` does; a gateway that does not answer leaves the
    refund pending, and `finish` sends it."""
    async with db.transaction(actor) as tx:
        asked = await request_refund(tx, payment_id=payment_id, amount=amount, reason=reason, key=key)
    return await send_refund(db, gateway, asked.id, actor=actor)


async def send_refund(db: Database, gateway: Gateway, refund_id: UUID, *, actor: Actor) -> Refund:
    """Send a refund that was put down; one the gateway has already is recognised by our id and not sent again."""
    async with db.transaction(actor) as tx:
        asked = await queries.refund(tx, refund_id)
        if asked.status is RefundState.PENDING and (await queries.payment(tx, asked.payment_id)).is_by_transfer:
            return await give_back_by_transfer(tx, refund_id)
    if asked.status is not RefundState.PENDING:
        return asked
    answer: GatewayRefund | GatewayError
    try:
        answer = await _same_refund(gateway, asked) or await gateway.refund(
            asked.intent_id,
            key=asked.id,
            amount=asked.amount.amount,
            currency=asked.amount.currency,
            reason=asked.reason or None,
            refund_id=asked.id,
        )
    except GatewayError as error:
        answer = error
    crash_point("refund_after")
    async with db.transaction(actor) as tx:
        return await record_refund(tx, refund_id, answer)


async def send_capture(db: Database, gateway: Gateway, capture: Capture, *, actor: Actor) -> PaymentView:
    """Take the money held, as `request_capture` put down, and write down the answer."""
    answer = await _answer(
        gateway.capture(
            capture.intent_id, key=capture.id, amount=capture.amount.amount, currency=capture.amount.currency
        )
    )
    async with db.transaction(actor) as tx:
        return await record_capture(tx, capture.id, answer, livemode=gateway.livemode)


async def finish(db: Database, gateway: Gateway, *, older_than_seconds: int = 30) -> int:
    """Send again what was put down and has no answer: refunds, voids, captures. Returns how many there were.

    Stops at the first that finds the gateway unavailable; the rest waits for the next round.
    """
    async with db.transaction(_SYSTEM) as tx:
        age = {"age": float(older_than_seconds)}
        waiting = "status = 'pending' AND created_at <= kit.now() - make_interval(secs => :age) ORDER BY created_at"
        refunds = (await tx.sql(f"SELECT id FROM payments.refunds WHERE {waiting}", age)).scalars().all()
        voids = (await tx.sql(f"SELECT id, payment_id, intent_id FROM payments.voids WHERE {waiting}", age)).all()
        captures = (
            await tx.sql(
                f"SELECT id, payment_id, intent_id, amount_cents, currency FROM payments.captures WHERE {waiting}", age
            )
        ).all()
    sends: list[Callable[[], Awaitable[object]]] = [
        *(partial(send_refund, db, gateway, refund_id, actor=_SYSTEM) for refund_id in refunds),
        *(
            partial(_send_void, db, gateway, Void(row.id, row.payment_id, row.intent_id), actor=_SYSTEM)
            for row in voids
        ),
        *(
            partial(
                send_capture,
                db,
                gateway,
                Capture(row.id, row.payment_id, row.intent_id, Money(row.amount_cents, row.currency)),
                actor=_SYSTEM,
            )
            for row in captures
        ),
    ]
    for send in sends:
        try:
            await send()
        except GatewayUnavailable as error:
            log.warning("payments.finish_stopped", error=error.message)
            break
        except Exception as error:  # whatever is wrong with this one must not hold up the others
            log.error("payments.not_finished", exc_info=error)
    return len(refunds) + len(voids) + len(captures)


async def compare(db: Database, gateway: Gateway, *, since: datetime) -> Differences:
    """List what the gateway has since then against what we know; intents of no payment of ours are kept and told."""
    async with db.transaction(_SYSTEM) as tx:
        asked_at = await tx.now()
    intents, refunds = await gateway.intents_since(since), await gateway.refunds_since(since)
    theirs = [(intent, intent.payment_id) for intent in intents if intent.payment_id]
    unknown: list[str] = []
    behind: set[UUID] = set()
    async with db.transaction(_SYSTEM) as tx:
        rows = await tx.sql(
            "SELECT g.intent_id, g.status, g.amount_received, g.quarantine_reason IS NOT NULL AS quarantined,"
            " coalesce((SELECT sum(r.amount) FROM payments.gateway_refunds r"
            "           WHERE r.intent_id = g.intent_id AND r.stage < 2), 0) AS refunded"
            " FROM payments.gateway_intents g WHERE g.intent_id = ANY(:ids)",
            {"ids": [intent.id for intent, _named in theirs]},
        )
        known = {row.intent_id: row for row in rows}
        ours = set(
            (
                await tx.sql(
                    "SELECT id FROM payments.payments WHERE id = ANY(:ids)",
                    {"ids": [named for _intent, named in theirs]},
                )
            ).scalars()
        )
        for intent, named in theirs:
            row = known.get(intent.id)
            if named not in ours:
                await note_unknown(tx, intent)
                unknown.append(intent.id)
            elif row is None or (
                not row.quarantined
                and (row.status, row.amount_received, row.refunded)
                != (intent.status, intent.amount_received, intent.amount_refunded)
            ):
                behind.add(named)
        behind |= set((await tx.sql(_REFUND_BEHIND, {"told": _told(refunds)})).scalars())
    return Differences(
        unknown=tuple(unknown),
        behind=tuple(sorted(behind)),
        listed=Listed(since, asked_at, tuple(intents), tuple(refunds)),
    )


def _told(refunds: Sequence[GatewayRefund]) -> str:
    told = [{"id": each.id, "intent_id": each.intent_id, "status": each.status} for each in refunds]
    return msgspec.json.encode(told).decode()


async def _send_void(db: Database, gateway: Gateway, each: Void, *, actor: Actor) -> PaymentView:
    answer = await _answer(gateway.cancel(each.intent_id, key=each.id))
    async with db.transaction(actor) as tx:
        return await record_void(tx, each.id, answer, livemode=gateway.livemode)


async def _answer(call: Awaitable[Intent]) -> Intent | GatewayError:
    try:
        return await call
    except GatewayError as error:
        return error


async def _retrieve(gateway: Gateway, intent_id: str) -> Intent | None:
    try:
        return await gateway.retrieve(intent_id)
    except GatewayUnavailable:
        raise
    except GatewayError as error:
        # Of another mode or account, or gone: nothing can be learnt of it, and the other intents still count.
        log.error("payment.intent_not_readable", intent_id=intent_id, error=error.message)
        return None


async def _same_refund(gateway: Gateway, asked: Refund) -> GatewayRefund | None:
    return next((told for told in await gateway.refunds(asked.intent_id) if told.refund_id == asked.id), None)
