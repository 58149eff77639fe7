"""Reports over a span of days: sales, tax and money, by day, week or month, by country, category and product.

What counts, and on which day, says `reports_facts`; days are those of the shop's calendar, so one of 23 or 25 hours is
one day. Whatever the grouping, the rows sum to the same totals to the cent. Products stand in the category they have
today.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec

from domains.desk.reports_facts import MONEY, NO_PRODUCT, PRODUCTS, SALES, TAXES, Facts
from domains.desk.reports_kept import Kept, kept, told
from domains.kit import Money, Transaction

MOST_PRODUCTS = 100  # on a page; a file has them all

_PRODUCT_ORDERS = {
    "total": "total DESC", "units": "units DESC", "refunds": "refunds DESC", "name": "name",
}  # fmt: skip
_NAMED_PRODUCTS = """
SELECT p.id, p.name, p.sku, p.category_id FROM catalog.products p WHERE p.id = ANY(CAST(:ids AS uuid[]))
UNION ALL
SELECT l.product_id, l.product_name_snapshot, l.sku_snapshot, NULL
FROM unnest(CAST(:ids AS uuid[])) AS gone (id)
CROSS JOIN LATERAL (SELECT * FROM orders.order_lines WHERE product_id = gone.id ORDER BY id DESC LIMIT 1) l
WHERE NOT EXISTS (SELECT FROM catalog.products p WHERE p.id = gone.id)
"""
CATEGORIES = """
WITH RECURSIVE path AS (
    SELECT id, CAST(name AS text) AS name FROM catalog.categories WHERE parent_id IS NULL
    UNION ALL
    SELECT c.id, path.name || ' › ' || c.name FROM catalog.categories c JOIN path ON path.id = c.parent_id
)
SELECT id, name FROM path
"""


class Step(StrEnum):
    """How long a row of a report over time is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def start(self, day: date) -> date:
        """The first day of the step that `day` is in; weeks begin on Monday."""
        match self:
            case Step.DAY:
                return day
            case Step.WEEK:
                return day - timedelta(days=day.weekday())
            case Step.MONTH:
                return day.replace(day=1)

    def next(self, start: date) -> date:
        match self:
            case Step.DAY:
                return start + timedelta(days=1)
            case Step.WEEK:
                return start + timedelta(days=7)
            case Step.MONTH:
                return (start + timedelta(days=32)).replace(day=1)


class Span(msgspec.Struct, frozen=True):
    """From a day to a day, both included, in one currency; none is the shop's."""

    first: date
    last: date
    currency: str = ""


class SalesRow(msgspec.Struct, frozen=True, kw_only=True):
    """Sales of a time, a country, a category or a product: `label` names it, `key` finds it. Amounts as in
    `reports_facts`; `units` and `returned` are pieces and known only of products and categories, `orders`, `delivery`
    and `tax_inside` only of times and countries."""

    key: str
    label: str
    note: str = ""
    day: date | None = None
    orders: int = 0
    units: int = 0
    returned: int = 0
    goods: Money
    discounts: Money
    delivery: Money
    tax: Money
    tax_inside: Money
    total: Money
    refunds: Money

    @property
    def net(self) -> Money:
        """What is left of what was paid, tax included."""
        return self.total - self.refunds


class TaxRow(msgspec.Struct, frozen=True, kw_only=True):
    """What the papers of a time say of one rate in one country."""

    country: str
    name: str
    rate_ppm: int
    day: date | None = None
    taxable: Money
    tax: Money
    taxable_back: Money
    tax_back: Money

    @property
    def due(self) -> Money:
        """The tax that is left after what was credited."""
        return self.tax - self.tax_back

    @property
    def base(self) -> Money:
        return self.taxable - self.taxable_back


class MoneyRow(msgspec.Struct, frozen=True, kw_only=True):
    """What came and went in a time or by a method; `returned` are refunds that a bank sent back."""

    method: str = ""
    day: date | None = None
    payments: int = 0
    refunds: int = 0
    taken: Money
    refunded: Money
    returned: Money

    @property
    def net(self) -> Money:
        return self.taken - self.refunded + self.returned


class Figures[Row](msgspec.Struct, frozen=True):
    """The rows of a report, their sum, and the currencies of the span beside the one that is told."""

    rows: tuple[Row, ...]
    total: Row
    others: tuple[str, ...] = ()
    count: int = 0
    """How many rows there are in all, where a page shows only some."""


async def sales_over_time(tx: Transaction, span: Span, step: Step) -> Figures[SalesRow]:
    """Sales by day, week or month; steps in which nothing was sold are there with nothing."""
    state, currency = await _state(tx, span)
    found = await _summed(tx, SALES, state, span, currency, f"CAST(date_trunc('{step}', day) AS date)")
    by_day = {row.of: row for row in found}
    rows = [_sales(str(start), "", currency, by_day.get(start), day=start) for start in _starts(span, step)]
    return Figures(tuple(rows), sum_sales(rows, currency), await _others(tx, state, span, currency))


async def sales_by_country(tx: Transaction, span: Span) -> Figures[SalesRow]:
    """Sales by the country the goods go to, the most first; under no country what goes nowhere."""
    state, currency = await _state(tx, span)
    found = await _summed(tx, SALES, state, span, currency, "country", order="total DESC, of")
    rows = [_sales(row.of, row.of, currency, row) for row in found]
    return Figures(tuple(rows), sum_sales(rows, currency), await _others(tx, state, span, currency))


async def sales_by_category(tx: Transaction, span: Span) -> Figures[SalesRow]:
    """Sales by the category in which a product stands, the most first; under none what is of no product, or of one
    that is gone."""
    state, currency = await _state(tx, span)
    source, values = told(PRODUCTS, state, span.first, span.last, currency)
    sums = ", ".join(f"CAST(sum({name}) AS bigint) AS {name}" for name in PRODUCTS.counted)
    found = (
        await tx.sql(
            f"SELECT p.category_id AS of, f.product_id = CAST(:nothing AS uuid) AS nothing, {sums}"
            f" FROM {source} LEFT JOIN catalog.products p ON p.id = f.product_id GROUP BY 1, 2 ORDER BY total DESC, 1",
            values | {"nothing": NO_PRODUCT},
        )
    ).all()
    names = {row.id: row.name for row in await tx.sql(CATEGORIES)}
    rows = [_sales("" if row.nothing else str(row.of or "gone"), names.get(row.of, ""), currency, row) for row in found]
    return Figures(tuple(rows), sum_sales(rows, currency), await _others(tx, state, span, currency))


async def sales_by_product(
    tx: Transaction, span: Span, *, sort: str = "total", limit: int | None = MOST_PRODUCTS, offset: int = 0
) -> Figures[SalesRow]:
    """Sales by product, ordered by `total`, `units`, `refunds` or `name`, some of them; `total` is of all."""
    state, currency = await _state(tx, span)
    source, values = told(PRODUCTS, state, span.first, span.last, currency)
    sums = ", ".join(f"CAST(sum({name}) AS bigint) AS {name}" for name in PRODUCTS.counted)
    wholes = ", ".join(f"CAST(sum({name}) AS bigint) AS all_{name}" for name in PRODUCTS.counted)
    join = " LEFT JOIN catalog.products p ON p.id = f.product_id" if sort == "name" else ""
    order = _PRODUCT_ORDERS.get(sort, _PRODUCT_ORDERS["total"])
    found = (
        await tx.sql(
            f"WITH f AS MATERIALIZED (SELECT product_id, {sums} FROM {source} GROUP BY product_id),"
            f" whole AS (SELECT {wholes}, count(*) AS rows FROM f)"
            f" SELECT f.*, f.product_id AS of, whole.* FROM f CROSS JOIN whole{join}"
            f" ORDER BY {order}, f.product_id LIMIT :limit OFFSET :offset",
            values | {"limit": limit, "offset": offset},
        )
    ).all()
    ids = [row.of for row in found if row.of != NO_PRODUCT]
    named = {row.id: row for row in await tx.sql(_NAMED_PRODUCTS, {"ids": ids})} if ids else {}
    rows = [_product(row, named, currency) for row in found]
    whole = SimpleNamespace(**{name: getattr(row, f"all_{name}") for row in found[:1] for name in PRODUCTS.counted})
    others = await _others(tx, state, span, currency)
    return Figures(tuple(rows), _sales("", "", currency, whole), others, found[0].rows if found else 0)


async def taxes(tx: Transaction, span: Span, step: Step | None = None) -> Figures[TaxRow]:
    """Tax by country and rate, and by day, week or month where a step is given."""
    state, currency = await _state(tx, span)
    source, values = told(TAXES, state, span.first, span.last, currency)
    of = "CAST(NULL AS date)" if step is None else f"CAST(date_trunc('{step}', day) AS date)"
    sums = ", ".join(f"CAST(sum({name}) AS bigint) AS {name}" for name in TAXES.counted)
    found = await tx.sql(
        f"SELECT {of} AS of, country, name, rate_ppm, {sums} FROM {source} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
        values,
    )
    rows = tuple(
        TaxRow(day=row.of, country=row.country, name=row.name, rate_ppm=row.rate_ppm, **_amounts(row, TAXES, currency))
        for row in found
    )
    return Figures(rows, sum_taxes(rows, currency), await _others(tx, state, span, currency))


async def money_over_time(tx: Transaction, span: Span, step: Step) -> Figures[MoneyRow]:
    """What came and went by day, week or month."""
    state, currency = await _state(tx, span)
    found = await _summed(tx, MONEY, state, span, currency, f"CAST(date_trunc('{step}', day) AS date)")
    by_day = {row.of: row for row in found}
    rows = [_money(by_day.get(start), currency, day=start) for start in _starts(span, step)]
    return Figures(tuple(rows), sum_money(rows, currency), await _others(tx, state, span, currency))


async def money_by_method(tx: Transaction, span: Span) -> Figures[MoneyRow]:
    """What came and went by method of payment."""
    state, currency = await _state(tx, span)
    found = await _summed(tx, MONEY, state, span, currency, "method", order="taken DESC, of")
    rows = [_money(row, currency, method=row.of) for row in found]
    return Figures(tuple(rows), sum_money(rows, currency))


def sum_sales(rows: Iterable[SalesRow], currency: str) -> SalesRow:
    return _total(rows, _sales("", "", currency, None), SalesRow)


def sum_taxes(rows: Iterable[TaxRow], currency: str) -> TaxRow:
    """The sum; of amounts of tax only, since of several rates on the same goods each names them."""
    empty = TaxRow(country="", name="", rate_ppm=0, **_amounts(None, TAXES, currency))
    return _total(rows, empty, TaxRow)


def sum_money(rows: Iterable[MoneyRow], currency: str) -> MoneyRow:
    return _total(rows, _money(None, currency), MoneyRow)


async def _state(tx: Transaction, span: Span) -> tuple[Kept, str]:
    state = await kept(tx)
    return state, span.currency or state.currency


async def _summed(
    tx: Transaction, facts: Facts, state: Kept, span: Span, currency: str, of: str, *, order: str = "of"
) -> Sequence[Any]:
    source, values = told(facts, state, span.first, span.last, currency)
    sums = ", ".join(f"CAST(sum({name}) AS bigint) AS {name}" for name in facts.counted)
    return (await tx.sql(f"SELECT {of} AS of, {sums} FROM {source} GROUP BY 1 ORDER BY {order}", values)).all()


async def _others(tx: Transaction, state: Kept, span: Span, currency: str) -> tuple[str, ...]:
    """Currencies other than the one told in which something was sold: of a shop that changed its own."""
    rows = await tx.sql(
        "SELECT DISTINCT currency FROM desk.report_sales WHERE day >= :first AND day <= :last AND currency <> :currency"
        " UNION SELECT DISTINCT currency FROM orders.orders"
        " WHERE confirmed_at >= :since AND confirmed_at < :until AND currency <> :currency ORDER BY 1",
        state.bounds(max(span.first, state.until or span.first), span.last)
        | {"first": span.first, "last": span.last, "currency": currency},
    )
    return tuple(rows.scalars())


def _starts(span: Span, step: Step) -> list[date]:
    starts, start = [], step.start(span.first)
    while start <= span.last:
        starts.append(start)
        start = step.next(start)
    return starts


def _amounts(row: Any, facts: Facts, currency: str, counts: Sequence[str] = ()) -> dict[str, Any]:
    found = {name: 0 if row is None else getattr(row, name) for name in facts.counted}
    return {name: value if name in counts else Money(value, currency) for name, value in found.items()}


def _sales(key: str, label: str, currency: str, row: Any, *, day: date | None = None, note: str = "") -> SalesRow:
    def amount(name: str) -> Money:
        return Money(getattr(row, name, 0), currency)

    return SalesRow(
        key=key,
        label=label,
        note=note,
        day=day,
        orders=getattr(row, "orders", 0),
        units=getattr(row, "units", 0),
        returned=getattr(row, "returned", 0),
        goods=amount("goods"),
        discounts=amount("discounts"),
        delivery=amount("delivery"),
        tax=amount("tax"),
        tax_inside=amount("tax_inside"),
        total=amount("total"),
        refunds=amount("refunds"),
    )


def _product(row: Any, named: dict[UUID, Any], currency: str) -> SalesRow:
    known = named.get(row.of)
    key = "" if row.of == NO_PRODUCT else str(row.of)
    return _sales(key, known.name if known else "", currency, row, note=known.sku if known else "")


def _money(row: Any, currency: str, *, day: date | None = None, method: str = "") -> MoneyRow:
    return MoneyRow(day=day, method=method, **_amounts(row, MONEY, currency, ("payments", "refunds")))


def _total[Row: msgspec.Struct](rows: Iterable[Row], empty: Row, kind: type[Row]) -> Row:
    """The sum of what is counted; `empty` has the currency."""
    counted = [name for name in kind.__struct_fields__ if isinstance(getattr(empty, name), int | Money)]
    summed = list(rows)
    sums = {name: sum((getattr(row, name) for row in summed), getattr(empty, name)) for name in counted}
    return msgspec.structs.replace(empty, **sums | ({"rate_ppm": 0} if "rate_ppm" in sums else {}))
