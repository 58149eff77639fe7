"""The gateway's list held against ours, day by day: what agrees, what differs, and who has looked at it (PAY-17).

A day is one of the shop's calendar; a payment belongs to the day on which it was begun at the gateway, a refund to the
day on which it was made there. Only money counts: a payment that was not taken and a refund that was not sent are in
neither sum. Held against each other is what both say of the same moment: what changed here since the gateway was asked
is left for the next time.

A finding is one payment or refund of which the two say different things. It ends by itself when they agree again;
until then it waits for somebody to look at it, and waits again when its amounts change.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domains import audit
from domains.kit import Invalid, Money, NotFound, Transaction, new_id
from domains.kit.i18n import gettext as _
from domains.payments.gateway import GatewayRefund, Intent

LONGEST_NOTE = 500
_SENT = "succeeded"

_OUR_PAYMENTS = """
SELECT p.id, p.gateway_transaction_id AS intent_id, p.captured_cents AS taken, p.currency, g.created_at,
       p.updated_at >= :asked_at AS is_moving
FROM payments.payments p LEFT JOIN payments.gateway_intents g ON g.intent_id = p.gateway_transaction_id
WHERE p.captured_cents > 0 AND p.gateway_transaction_id IS NOT NULL
  AND (p.gateway_transaction_id = ANY(CAST(:ids AS text[])) OR (g.created_at >= :since AND g.created_at < :asked_at))
"""
_OUR_REFUNDS = """
SELECT r.id, r.gateway_refund_id, r.amount_cents AS sent, r.currency, r.payment_id, r.status, g.created_at,
       p.updated_at >= :asked_at AS is_moving
FROM payments.refunds r JOIN payments.payments p ON p.id = r.payment_id
LEFT JOIN payments.gateway_refunds g ON g.gateway_refund_id = r.gateway_refund_id
WHERE r.gateway_refund_id = ANY(CAST(:ids AS text[]))
   OR (r.status = 'processed' AND g.created_at >= :since AND g.created_at < :asked_at)
"""
_NAMED = """
SELECT p.id, p.updated_at >= :asked_at AS is_moving FROM payments.payments p WHERE p.id = ANY(CAST(:ids AS uuid[]))
"""
_HELD_BACK = """
SELECT intent_id, quarantine_reason FROM payments.gateway_intents
WHERE quarantine_reason IS NOT NULL AND intent_id = ANY(CAST(:ids AS text[]))
"""
_KEEP_FINDING = """
INSERT INTO payments.findings AS f (id, day, kind, reference, payment_id, currency, theirs, ours, detail)
VALUES (:id, :day, :kind, :reference, :payment_id, :currency, :theirs, :ours, :detail)
ON CONFLICT (kind, reference) DO UPDATE SET
    found_again_at = kit.now(), ended_at = NULL, payment_id = excluded.payment_id, theirs = excluded.theirs,
    ours = excluded.ours, detail = excluded.detail,
    looked_at = CASE WHEN {same} THEN f.looked_at END, looked_by = CASE WHEN {same} THEN f.looked_by END,
    note = CASE WHEN {same} THEN f.note ELSE '' END
""".replace("{same}", "(f.theirs, f.ours) = (excluded.theirs, excluded.ours) AND f.ended_at IS NULL")
_END_FINDINGS = """
UPDATE payments.findings SET ended_at = kit.now()
WHERE ended_at IS NULL AND day >= :first AND NOT reference = ANY(CAST(:still AS text[]))
"""
_KEEP_DAY = """
INSERT INTO payments.comparisons (day, currency, their_payments, their_taken, our_payments, our_taken, their_refunds,
                                  their_refunded, our_refunds, our_refunded)
VALUES (:day, :currency, :their_payments, :their_taken, :our_payments, :our_taken, :their_refunds, :their_refunded,
        :our_refunds, :our_refunded)
ON CONFLICT (day, currency) DO UPDATE SET
    their_payments = excluded.their_payments, their_taken = excluded.their_taken, our_payments = excluded.our_payments,
    our_taken = excluded.our_taken, their_refunds = excluded.their_refunds, their_refunded = excluded.their_refunded,
    our_refunds = excluded.our_refunds, our_refunded = excluded.our_refunded, compared_at = kit.now()
"""


class FindingNotFound(NotFound):
    """No such difference."""

    code = "finding_not_found"
    title = _("We could not find that difference.")


class FindingKind(StrEnum):
    """What differs: known there and not here, other amounts, known here and not there, or not believed here."""

    PAYMENT_UNKNOWN = "payment_unknown"
    PAYMENT_DIFFERS = "payment_differs"
    PAYMENT_MISSING = "payment_missing"
    PAYMENT_HELD_BACK = "payment_held_back"
    REFUND_UNKNOWN = "refund_unknown"
    REFUND_DIFFERS = "refund_differs"
    REFUND_MISSING = "refund_missing"


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Something that differs: `reference` is the gateway's id of the payment or refund, amounts in minor units."""

    kind: FindingKind
    reference: str
    day: date
    currency: str
    theirs: int = 0
    ours: int = 0
    payment_id: UUID | None = None
    detail: str = ""


class Listed(msgspec.Struct, frozen=True):
    """What the gateway has listed: everything begun or made there from `since` on, as it stood at `asked_at`."""

    since: datetime
    asked_at: datetime
    intents: tuple[Intent, ...] = ()
    refunds: tuple[GatewayRefund, ...] = ()


class _Sides:
    """Numbers and sums of a day by currency, theirs and ours."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.sums: defaultdict[tuple[date, str], defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.found: list[Difference] = []
        self.moving: set[str] = set()

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def add(
        self, day: date, currency: str, side: Literal["their", "our"], what: Literal["payment", "refund"], amount: int
    ) -> None:
        sums = self.sums[day, currency]
        sums[f"{side}_{what}s"] += 1
        sums[f"{side}_{'taken' if what == 'payment' else 'refunded'}"] += amount


async def keep_comparison(tx: Transaction, listed: Listed, *, zone: str, currency: str) -> int:
    """Hold what was listed against what we have, and keep days and findings; returns how many findings there are.

    `since` must be the beginning of a day of `zone`, so that every day is held against a whole one. `currency` is the
    shop's: a day without money is kept in it.
    """
    sides = _Sides(ZoneInfo(zone))
    await _payments(tx, listed, sides)
    await _refunds(tx, listed, sides)
    for number in range(sides.day(listed.since).toordinal(), sides.day(listed.asked_at).toordinal() + 1):
        sides.sums[date.fromordinal(number), currency]
    names = ("their_payments", "their_taken", "our_payments", "our_taken", "their_refunds", "their_refunded",
             "our_refunds", "our_refunded")  # fmt: skip
    for (day, of), sums in sorted(sides.sums.items()):
        if day >= sides.day(listed.since):
            await tx.sql(_KEEP_DAY, {"day": day, "currency": of} | {name: sums[name] for name in names})
    for found in sides.found:
        await tx.sql(_KEEP_FINDING, msgspec.structs.asdict(found) | {"id": new_id(), "detail": found.detail[:500]})
    still = [found.reference for found in sides.found] + sorted(sides.moving)
    await tx.sql(_END_FINDINGS, {"first": sides.day(listed.since), "still": still})
    return len(sides.found)


async def look_at(tx: Transaction, finding_id: UUID, *, note: str = "") -> None:
    """A member of staff has seen to a finding, and says what came of it; looked at once, it stays so.

    Raises `FindingNotFound`, `Invalid`.
    """
    if len(note) > LONGEST_NOTE:
        raise Invalid({"note": _("Use at most {longest} characters.").format(longest=LONGEST_NOTE)})
    row = (await tx.sql("SELECT * FROM payments.findings WHERE id = :id FOR UPDATE", {"id": finding_id})).one_or_none()
    if row is None:
        raise FindingNotFound
    if row.looked_at is not None:
        return
    await tx.sql(
        "UPDATE payments.findings SET looked_at = kit.now(), looked_by = :by, note = :note WHERE id = :id",
        {"id": finding_id, "by": tx.actor.id, "note": note.strip()},
    )
    await audit.record(
        tx,
        action="finding.seen",
        subject=("finding", finding_id),
        label=row.reference,
        changes={
            "theirs": (None, Money(row.theirs, row.currency)),
            "ours": (None, Money(row.ours, row.currency)),
            "kind": (None, row.kind),
        },
        note=note.strip(),
        money=True,
    )


async def _payments(tx: Transaction, listed: Listed, sides: _Sides) -> None:
    theirs = {intent.id: intent for intent in listed.intents if intent.amount_received > 0}
    bounds = {"since": listed.since, "asked_at": listed.asked_at}
    ours = {row.intent_id: row for row in await tx.sql(_OUR_PAYMENTS, bounds | {"ids": list(theirs)})}
    named = await _rows(tx, _NAMED, {intent.payment_id for intent in theirs.values()}, asked_at=listed.asked_at)
    held = {row.intent_id: row.quarantine_reason for row in await tx.sql(_HELD_BACK, {"ids": list(theirs)})}
    for intent in theirs.values():
        mine = ours.get(intent.id)
        here = named.get(intent.payment_id)
        day = sides.day(intent.created)
        sides.add(day, intent.currency, "their", "payment", intent.amount_received)
        known = mine if mine is not None else here
        if known is not None and known.is_moving:
            sides.moving.add(intent.id)
            continue
        if mine is not None and (mine.taken, mine.currency) == (intent.amount_received, intent.currency):
            continue
        kind = FindingKind.PAYMENT_DIFFERS
        if mine is None and here is None:
            kind = FindingKind.PAYMENT_UNKNOWN
        elif intent.id in held:
            kind = FindingKind.PAYMENT_HELD_BACK
        sides.found.append(
            Difference(
                kind=kind,
                reference=intent.id,
                day=day,
                currency=intent.currency,
                theirs=intent.amount_received,
                ours=mine.taken if mine is not None else 0,
                payment_id=known.id if known is not None else None,
                detail=held.get(intent.id, ""),
            )
        )
    for intent_id, mine in ours.items():
        their = theirs.get(intent_id)
        made = their.created if their is not None else mine.created_at
        sides.add(sides.day(made), mine.currency, "our", "payment", mine.taken)
        if their is None and mine.is_moving:
            sides.moving.add(intent_id)
        elif their is None:
            sides.found.append(
                Difference(
                    kind=FindingKind.PAYMENT_MISSING,
                    reference=intent_id,
                    day=sides.day(made),
                    currency=mine.currency,
                    ours=mine.taken,
                    payment_id=mine.id,
                )
            )


async def _refunds(tx: Transaction, listed: Listed, sides: _Sides) -> None:
    theirs = {refund.id: refund for refund in listed.refunds if refund.status == _SENT}
    bounds = {"since": listed.since, "asked_at": listed.asked_at}
    ours = {row.gateway_refund_id: row for row in await tx.sql(_OUR_REFUNDS, bounds | {"ids": list(theirs)})}
    for refund in theirs.values():
        mine = ours.get(refund.id)
        day = sides.day(refund.created)
        sides.add(day, refund.currency, "their", "refund", refund.amount)
        if mine is not None and mine.is_moving:
            sides.moving.add(refund.id)
            continue
        sent = mine.sent if mine is not None and mine.status == "processed" else 0
        if mine is not None and (sent, mine.currency) == (refund.amount, refund.currency):
            continue
        sides.found.append(
            Difference(
                kind=FindingKind.REFUND_UNKNOWN if mine is None else FindingKind.REFUND_DIFFERS,
                reference=refund.id,
                day=day,
                currency=refund.currency,
                theirs=refund.amount,
                ours=sent,
                payment_id=None if mine is None else mine.payment_id,
                detail=refund.intent_id or "",
            )
        )
    for refund_id, mine in ours.items():
        their = theirs.get(refund_id)
        if mine.status != "processed":
            continue
        made = their.created if their is not None else mine.created_at
        sides.add(sides.day(made), mine.currency, "our", "refund", mine.sent)
        if their is None and mine.is_moving:
            sides.moving.add(refund_id)
        elif their is None:
            sides.found.append(
                Difference(
                    kind=FindingKind.REFUND_MISSING,
                    reference=refund_id,
                    day=sides.day(made),
                    currency=mine.currency,
                    ours=mine.sent,
                    payment_id=mine.payment_id,
                )
            )


async def _rows(tx: Transaction, statement: str, ids: Iterable[UUID | None], **bounds: Any) -> dict[UUID | None, Any]:
    wanted: Sequence[UUID] = [one for one in ids if one is not None]
    return {row.id: row for row in await tx.sql(statement, bounds | {"ids": wanted})} if wanted else {}
