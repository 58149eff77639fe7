"""A variant's prices over time: what was, what is, what is planned, and the lowest price before a cut.

Prices are append-only: of two rows that begin at the same moment the one written later counts, so a plan is withdrawn
by a row that says again what was true before it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from domains import audit
from domains.kit import Invalid, Money, Transaction
from domains.kit.i18n import gettext as _
from domains.pricing.operations import set_price

LOOK_BACK = timedelta(days=30)


class Step(msgspec.Struct, frozen=True):
    """A price from a moment on, until the next one."""

    valid_from: datetime
    amount: int
    compare_at: int | None


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """A variant's prices in one currency: the present one, those that were, newest first, those to come, next first."""

    present: Step | None
    past: tuple[Step, ...]
    planned: tuple[Step, ...]


_STEPS = """
SELECT DISTINCT ON (variant_id, valid_from) variant_id, valid_from, amount, compare_at
FROM pricing.prices WHERE variant_id = ANY(CAST(:variants AS uuid[])) AND currency = :currency
ORDER BY variant_id, valid_from, id DESC
"""


async def schedules(tx: Transaction, variant_ids: Collection[UUID], currency: str) -> dict[UUID, Schedule]:
    """The prices of variants over time; one that never had any is left out. What changes nothing is no step."""
    now = await tx.now()
    return {
        variant_id: _schedule(steps, now) for variant_id, steps in (await _steps(tx, variant_ids, currency)).items()
    }


async def schedules_and_lowest(
    tx: Transaction, variant_ids: Collection[UUID], currency: str
) -> tuple[dict[UUID, Schedule], dict[UUID, Money]]:
    """`schedules` and `lowest_before_cut` of the same variants, read once."""
    now, steps = await tx.now(), await _steps(tx, variant_ids, currency)
    return {variant_id: _schedule(mine, now) for variant_id, mine in steps.items()}, _lowest(steps, now, currency)


async def plan(tx: Transaction, variant_id: UUID, amount: int, *, compare_at: int | None, valid_from: datetime) -> None:
    """Let a variant have a price from a moment to come on. Emits `price.changed`. Raises `Invalid`."""
    if valid_from <= await tx.now():
        raise Invalid({"valid_from": _("Choose a moment that is still to come.")})
    await set_price(tx, variant_id, amount, compare_at=compare_at, valid_from=valid_from)


async def withdraw(tx: Transaction, variant_id: UUID, valid_from: datetime, currency: str) -> None:
    """Take a planned price back: what is true before it goes on. Emits `price.changed`. Raises `Invalid`."""
    steps = (await _steps(tx, [variant_id], currency)).get(variant_id, [])
    if valid_from <= await tx.now() or all(step.valid_from != valid_from for step in steps):
        raise Invalid({"valid_from": _("This price is not planned any more.")})
    before = [step for step in steps if step.valid_from < valid_from]
    if not before:
        raise Invalid({"valid_from": _("It is the only price. Set another one first.")})
    await set_price(
        tx,
        variant_id,
        before[-1].amount,
        compare_at=before[-1].compare_at,
        currency=currency,
        valid_from=valid_from,
    )
    await audit.record(tx, action="price.plan_withdrawn", subject=("variant", variant_id), note=valid_from.isoformat())


async def lowest_before_cut(tx: Transaction, variant_ids: Collection[UUID], currency: str) -> dict[UUID, Money]:
    """The lowest price of the 30 days before the present cut, of each variant whose price is shown as cut.

    98/6/EC, article 6a: the window ends where the cut begins, not today; a variant without a price before its cut has
    none.
    """
    now = await tx.now()
    return _lowest(await _steps(tx, variant_ids, currency), now, currency)


def _lowest(steps: Mapping[UUID, Sequence[Step]], now: datetime, currency: str) -> dict[UUID, Money]:
    found = {variant_id: lowest_of(mine, now) for variant_id, mine in steps.items()}
    return {variant_id: Money(amount, currency) for variant_id, amount in found.items() if amount is not None}


def lowest_of(steps: Sequence[Step], now: datetime) -> int | None:
    """As `lowest_before_cut`, of one variant's steps in their order."""
    begun = [step for step in steps if step.valid_from <= now]
    if not begun:
        return None
    present = begun[-1]
    if present.compare_at is None or present.compare_at <= present.amount:
        return None
    at = len(begun) - 1
    while at > 0 and begun[at - 1].amount == present.amount:  # said again, or shown as cut later: it is the same price
        at -= 1
    cut = begun[at].valid_from
    earlier = begun[:at]
    if not earlier:
        return None
    since = cut - LOOK_BACK
    # A price is true until the next one begins, so the one that was true when the window began counts too.
    counted = [
        step.amount
        for number, step in enumerate(earlier)
        if number == len(earlier) - 1 or earlier[number + 1].valid_from > since
    ]
    return min(counted)


def _schedule(steps: Sequence[Step], now: datetime) -> Schedule:
    told: list[Step] = []
    for step in steps:
        if not told or (told[-1].amount, told[-1].compare_at) != (step.amount, step.compare_at):
            told.append(step)
    begun = [step for step in told if step.valid_from <= now]
    return Schedule(
        present=begun[-1] if begun else None,
        past=tuple(reversed(begun[:-1])),
        planned=tuple(step for step in told if step.valid_from > now),
    )


async def _steps(tx: Transaction, variant_ids: Collection[UUID], currency: str) -> dict[UUID, list[Step]]:
    if not variant_ids:
        return {}
    rows = await tx.sql(_STEPS, {"variants": list(set(variant_ids)), "currency": currency})
    found: dict[UUID, list[Step]] = {}
    for row in rows:
        found.setdefault(row.variant_id, []).append(Step(row.valid_from, row.amount, row.compare_at))
    return found
