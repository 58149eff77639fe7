"""Long lists a page at a time: what is asked, and the keyset paging that answers it.

A page begins after (or ends before) a *place*: the sort value and the key of a row. So page 1,000 costs what page 1
costs, and rows that come or go meanwhile neither repeat nor hide others. Counts are exact up to `COUNTED` and the
planner's estimate beyond.
"""

import base64
import binascii
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Self

import msgspec

from domains.kit.database import Transaction

PAGE_SIZE = 50
COUNTED = 2_000


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page begins or ends: a row's sort value as text, and its key. Travels in addresses as one word."""

    value: str
    key: str

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(msgspec.json.encode(self)).decode().rstrip("=")

    @classmethod
    def parse(cls, word: str) -> Self | None:
        """The place that `word` names; none for anything else."""
        try:
            return msgspec.json.decode(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)), type=cls)
        except (msgspec.MsgspecError, binascii.Error, ValueError):
            return None


class Days(msgspec.Struct, frozen=True):
    """From the first moment to before the last; either may be open."""

    since: datetime | None = None
    until: datetime | None = None


class Span(msgspec.Struct, frozen=True):
    """From the least to the most, both included; either may be open. Money in minor units."""

    least: int | None = None
    most: int | None = None


_ANY_DAY, _ANY_NUMBER = Days(), Span()


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is asked for: words, filters by their keys, the order, and where to go on."""

    q: str = ""
    choices: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    texts: Mapping[str, str] = msgspec.field(default_factory=dict)
    days: Mapping[str, Days] = msgspec.field(default_factory=dict)
    spans: Mapping[str, Span] = msgspec.field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    after: Place | None = None
    before: Place | None = None
    limit: int = PAGE_SIZE
    is_counted: bool = True

    def chosen(self, key: str) -> tuple[str, ...]:
        """The values chosen of a filter; none means that it filters nothing."""
        return self.choices.get(key, ())

    def text(self, key: str) -> str:
        return self.texts.get(key, "")

    def within(self, key: str) -> Days:
        return self.days.get(key, _ANY_DAY)

    def span(self, key: str) -> Span:
        return self.spans.get(key, _ANY_NUMBER)


class OrderBy(msgspec.Struct, frozen=True):
    """Something to sort by: an expression that is never NULL, and its type. An index on it and the key serves it."""

    expression: str
    type: str = "text"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A list as SQL: what is read of which tables, what names a row, and by what it may be sorted.

    `tables` must not multiply rows. The first of `orders` is the one when none is asked for. All of it is written by
    us; what people type goes through `Where` as values.
    """

    select: str
    tables: str
    orders: Mapping[str, OrderBy]
    key: str = "id"
    key_type: str = "uuid"


class Where:
    """The conditions of one question, joined by AND, and their values."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: dict[str, Any] = {}

    def add(self, condition: str, **values: Any) -> Self:
        """`condition` names its values as `:name`; a name is used once in a question."""
        self.conditions.append(f"({condition})")
        self.values |= values
        return self

    def one_of(self, expression: str, chosen: Collection[Any], *, type: str = "text") -> Self:
        """One of the values; nothing chosen filters nothing."""
        if chosen:
            name = f"v{len(self.values)}"
            self.add(f"{expression} = ANY(CAST(:{name} AS {type}[]))", **{name: list(chosen)})
        return self

    def within(self, expression: str, days: Days) -> Self:
        if days.since is not None:
            name = f"v{len(self.values)}"
            self.add(f"{expression} >= :{name}", **{name: days.since})
        if days.until is not None:
            name = f"v{len(self.values)}"
            self.add(f"{expression} < :{name}", **{name: days.until})
        return self

    def between(self, expression: str, span: Span) -> Self:
        if span.least is not None:
            name = f"v{len(self.values)}"
            self.add(f"{expression} >= :{name}", **{name: span.least})
        if span.most is not None:
            name = f"v{len(self.values)}"
            self.add(f"{expression} <= :{name}", **{name: span.most})
        return self

    def __str__(self) -> str:
        return " AND ".join(self.conditions) or "true"


class Count(msgspec.Struct, frozen=True):
    """How many rows there are; beyond `COUNTED` about how many."""

    number: int
    is_exact: bool = True


class Slice[Row](msgspec.Struct, frozen=True):
    """One page of a list. `previous` and `next` are the places to go on from; none at the ends."""

    rows: tuple[Row, ...]
    count: Count | None = None
    previous: Place | None = None
    next: Place | None = None

    def map[Other](self, change: Callable[[Row], Other]) -> "Slice[Other]":
        return self.holding(tuple(change(row) for row in self.rows))

    def holding[Other](self, rows: tuple[Other, ...]) -> "Slice[Other]":
        """The same page with its rows made into something else, in the same order."""
        return Slice(rows, self.count, self.previous, self.next)


async def slice_of(tx: Transaction, source: Source, where: Where, asked: Asked) -> Slice[Any]:
    """The page of `source` that `asked` wants, as rows of SQL. Two queries, a third to estimate beyond `COUNTED`.

    Going back from a page near the beginning shows the whole first page, not the few rows before it.
    """
    order = source.orders.get(asked.sort) or next(iter(source.orders.values()))
    count = await counted(tx, source, where) if asked.is_counted else None
    place, is_back = (asked.before, True) if asked.before is not None else (asked.after, False)
    rows = await _rows(tx, source, order, where, asked, place, is_back=is_back)
    if is_back and len(rows) <= asked.limit:
        place, is_back = None, False
        rows = await _rows(tx, source, order, where, asked, None, is_back=False)
    is_more, rows = len(rows) > asked.limit, rows[: asked.limit]
    if is_back:
        rows.reverse()
    return Slice(
        tuple(rows),
        count,
        _place(rows[0]) if rows and (is_more if is_back else place is not None) else None,
        _place(rows[-1]) if rows and (is_more or is_back) else None,
    )


async def counted(tx: Transaction, source: Source, where: Where) -> Count:
    """How many rows fit: counted up to `COUNTED`, estimated by the planner beyond."""
    found = f"SELECT 1 FROM {source.tables} WHERE {where}"
    number: int = (
        await tx.sql(f"SELECT count(*) FROM ({found} LIMIT {COUNTED + 1}) AS found", where.values)
    ).scalar_one()
    if number <= COUNTED:
        return Count(number)
    plan = (await tx.sql(f"EXPLAIN (FORMAT JSON) {found}", where.values)).scalar_one()
    told = msgspec.json.decode(plan) if isinstance(plan, str) else plan
    return Count(max(int(told[0]["Plan"]["Plan Rows"]), number), is_exact=False)


async def _rows(
    tx: Transaction, source: Source, order: OrderBy, where: Where, asked: Asked, place: Place | None, *, is_back: bool
) -> list[Any]:
    """Up to one row more than a page holds, from the place on in the direction that is read."""
    is_down = asked.descending is not is_back
    condition, values = str(where), dict(where.values)
    if place is not None:
        condition += (
            f" AND ({order.expression}, {source.key}) {'<' if is_down else '>'}"
            f" (CAST(CAST(:place_value AS text) AS {order.type}), CAST(CAST(:place_key AS text) AS {source.key_type}))"
        )
        values |= {"place_value": place.value, "place_key": place.key}
    way = "DESC" if is_down else "ASC"
    return list(
        (
            await tx.sql(
                f"SELECT {source.select}, CAST({order.expression} AS text) AS place_value,"
                f" CAST({source.key} AS text) AS place_key FROM {source.tables} WHERE {condition}"
                f" ORDER BY {order.expression} {way}, {source.key} {way} LIMIT {asked.limit + 1}",
                values,
            )
        ).all()
    )


def _place(row: Any) -> Place:
    return Place(row.place_value, row.place_key)
