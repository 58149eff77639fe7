"""The figures of past days, kept so that a report over years reads days and not orders.

Days before `report_state.kept_until` are read from the tables, the rest is counted from the books at the moment (today,
and yesterday for its last hour). A day is kept once it is over for an hour: no transaction that began in it is still
open then. What changes a day that is kept counts that day anew: an order sent to another country (`SUBSCRIBERS`). Where
the shop moves to another time zone nothing kept counts any more, until all of it is kept anew.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from domains import store
from domains.desk.reports_facts import EVERY, Facts
from domains.kit import RecordedEvent, Subscriber, Transaction
from domains.orders import OrderReaddressed

DAYS_AT_ONCE = 31
_SETTLED_AFTER = timedelta(hours=1)
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('desk.reports'))"
_BEGINNING = """
SELECT least((SELECT min(confirmed_at) FROM orders.orders), (SELECT min(recorded_at) FROM payments.ledger_transactions),
             (SELECT CAST(min(issued_on) AS timestamp) AT TIME ZONE :zone FROM invoicing.documents))
"""
_DAYS_OF_ORDER = """
SELECT CAST(confirmed_at AT TIME ZONE :zone AS date) FROM orders.orders WHERE id = :id AND confirmed_at IS NOT NULL
UNION SELECT CAST(recorded_at AT TIME ZONE :zone AS date) FROM payments.ledger_transactions WHERE order_id = :id
UNION SELECT issued_on FROM invoicing.documents WHERE order_id = :id
"""


class Kept(msgspec.Struct, frozen=True):
    """The shop's zone and currency, and before which day the figures are kept: none yet where it is None."""

    time_zone: str
    currency: str
    until: date | None

    def start(self, day: date) -> datetime:
        """The first moment of a day."""
        return datetime.combine(day, time(), ZoneInfo(self.time_zone))

    def bounds(self, first: date, last: date) -> dict[str, Any]:
        """The values that a statement of `Facts` wants for these days."""
        return {
            "zone": self.time_zone,
            "since": self.start(first),
            "until": self.start(last + timedelta(days=1)),
            "first": first,
            "last": last,
        }


async def kept(tx: Transaction) -> Kept:
    """How far the figures are kept. Raises `ShopNotSetUp`."""
    row = (
        await tx.sql(
            "SELECT s.time_zone, s.currency, r.kept_until FROM store.shop s"
            " LEFT JOIN desk.report_state r ON r.time_zone = s.time_zone"
        )
    ).one_or_none()
    if row is None:
        raise store.ShopNotSetUp
    return Kept(row.time_zone, row.currency, row.kept_until)


async def keep_reports(tx: Transaction) -> int:
    """Keep the figures of the next days that are over, at most `DAYS_AT_ONCE`; returns how many days that were.

    Waits until every order is known by its country (`orders.index_names` after an upgrade).
    """
    await tx.sql(_ONE_AT_A_TIME)
    if (await tx.sql("SELECT EXISTS (SELECT FROM orders.orders WHERE name_words IS NULL)")).scalar_one():
        return 0
    state = await kept(tx)
    zone = ZoneInfo(state.time_zone)
    over = (await tx.now() - _SETTLED_AFTER).astimezone(zone).date()  # the first day that is not over yet
    first = state.until
    if first is None:
        for facts in EVERY:
            await tx.sql(f"DELETE FROM {facts.table}")
        beginning: datetime | None = (await tx.sql(_BEGINNING, {"zone": state.time_zone})).scalar()
        first = over if beginning is None else min(over, beginning.astimezone(zone).date())
    end = min(over, first + timedelta(days=DAYS_AT_ONCE))
    if first < end:
        await _count(tx, state, first, end - timedelta(days=1))
    if end != state.until:
        await tx.sql(
            "INSERT INTO desk.report_state (id, time_zone, kept_until) VALUES (1, :zone, :until)"
            " ON CONFLICT (id) DO UPDATE SET time_zone = excluded.time_zone, kept_until = excluded.kept_until",
            {"zone": state.time_zone, "until": end},
        )
    return max(0, (end - first).days)


async def mend_reports(tx: Transaction, days: Collection[date]) -> None:
    """Count these days anew, as far as they are kept."""
    await tx.sql(_ONE_AT_A_TIME)
    state = await kept(tx)
    for day in sorted(days):
        if state.until is not None and day < state.until:
            await _count(tx, state, day, day)


async def _count(tx: Transaction, state: Kept, first: date, last: date) -> None:
    for facts in EVERY:
        await tx.sql(f"DELETE FROM {facts.table} WHERE day >= :first AND day <= :last", {"first": first, "last": last})
        await tx.sql(f"INSERT INTO {facts.table} ({facts.columns}) {facts.summed}", state.bounds(first, last))


def told(facts: Facts, state: Kept, first: date, last: date, currency: str) -> tuple[str, dict[str, Any]]:
    """The rows of these days as a table of SQL, kept ones and those counted now, and its values."""
    parts: list[str] = []
    values: dict[str, Any] = {"currency": currency}
    if state.until is not None and first < state.until:
        parts.append(
            f"SELECT {facts.columns} FROM {facts.table}"
            " WHERE day >= :kept_first AND day <= :kept_last AND currency = :currency"
        )
        values |= {"kept_first": first, "kept_last": min(last, state.until - timedelta(days=1))}
    live = first if state.until is None else max(first, state.until)
    if live <= last:
        counted = ", ".join(f"CAST({name} AS bigint) AS {name}" for name in facts.counted)
        about = ", ".join(("day", "currency", *facts.about))
        parts.append(f"SELECT {about}, {counted} FROM ({facts.statement}) AS live WHERE currency = :currency")
        values |= state.bounds(live, last)
    return f"({' UNION ALL '.join(parts)}) AS f", values


async def _readdressed(tx: Transaction, event: RecordedEvent) -> None:
    fact = event.fact()
    assert isinstance(fact, OrderReaddressed)
    zone = (await store.shop(tx)).time_zone
    await mend_reports(tx, (await tx.sql(_DAYS_OF_ORDER, {"zone": zone, "id": fact.order_id})).scalars().all())


SUBSCRIBERS: tuple[Subscriber, ...] = (Subscriber("reports", (OrderReaddressed,), _readdressed),)
