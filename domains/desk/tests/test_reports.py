"""The reports' figures are those of the orders, payments, refunds and papers, to the cent, however they are grouped."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from app.runtime.shared_servers import SharedPostgres
from domains import desk, orders, store
from domains.desk import Span, Step
from domains.desk.tests.making_figures import ZONE, at, live
from domains.kit import Actor, Database, Transaction, new_id, record
from domains.kit.deliveries import hear_now

pytestmark = pytest.mark.asyncio(loop_scope="module")

STAFF = Actor.staff(new_id(), "owner")
AUCKLAND = ZoneInfo("Pacific/Auckland")
ALL = Span(date(2025, 12, 1), date(2027, 2, 28))
SPANS = (
    ALL,
    Span(date(2025, 12, 31), date(2025, 12, 31)),
    Span(date(2026, 3, 8), date(2026, 3, 8)),  # 23 hours
    Span(date(2026, 11, 1), date(2026, 11, 1)),  # 25 hours
    Span(date(2026, 3, 9), date(2026, 11, 1)),
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def past(postgres: SharedPostgres, migrated: str) -> AsyncIterator[Database]:
    """A shop with a past, the figures of its days kept."""
    url = await postgres.clone(migrated)
    db = Database.connect(url, pool_size=1, name="past")
    async with db.transaction(STAFF) as tx:
        await live(tx, seed=11, count=60)
        while await desk.keep_reports(tx):
            pass
    yield db
    await db.dispose()
    await postgres.drop(url)


@pytest_asyncio.fixture(params=["counted now", "kept"], loop_scope="module")
async def tx(past: Database, request: pytest.FixtureRequest) -> AsyncIterator[Transaction]:
    """In a transaction that comes to nothing, as if figures were kept or not."""
    async with past.transaction(STAFF) as tx:
        if request.param == "counted now":
            await tx.sql("DELETE FROM desk.report_state")
        yield tx
        await tx.session.rollback()


def day_of(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def within(span: Span, day: date) -> bool:
    return span.first <= day <= span.last


async def confirmed(tx: Transaction) -> list[Any]:
    return list(await tx.sql("SELECT * FROM orders.orders WHERE confirmed_at IS NOT NULL"))


async def sent(tx: Transaction) -> list[tuple[date, Any, int]]:
    """Refunds of confirmed orders with the day they went, and again with the day on which a bank sent them back."""
    rows = await tx.sql(
        "SELECT r.*, o.id AS order_id, o.ship_country, (SELECT recorded_at FROM payments.ledger_transactions t"
        " WHERE t.cause = 'refund_returned:' || r.id) AS returned_at FROM payments.refunds r"
        " JOIN payments.payments p ON p.id = r.payment_id JOIN orders.orders o ON o.id = p.order_id"
        " WHERE r.processed_at IS NOT NULL AND o.confirmed_at IS NOT NULL"
    )
    told = []
    for row in rows:
        told.append((day_of(row.processed_at), row, row.amount_cents))
        if row.returned_at is not None:
            told.append((day_of(row.returned_at), row, -row.amount_cents))
    return told


async def test_the_past_has_everything_in_it(past: Database) -> None:
    async with past.transaction(STAFF) as tx:
        kinds = Counter((await tx.sql("SELECT kind FROM payments.ledger_transactions")).scalars())
        papers = Counter((await tx.sql("SELECT kind FROM invoicing.documents")).scalars())
        statuses = Counter((await tx.sql("SELECT status FROM orders.orders")).scalars())
        by_line = (await tx.sql("SELECT count(*) FROM returns.refund_lines")).scalar_one()

    assert set(kinds) == {"capture", "transfer", "refund", "transfer_refund", "refund_returned"}
    assert set(papers) >= {"invoice", "credit_note", "reversal"}
    assert set(statuses) == {"pending", "confirmed", "cancelled"}
    assert by_line >= 5


@pytest.mark.parametrize("span", SPANS, ids=lambda span: f"{span.first}..{span.last}")
async def test_sales_of_a_span_are_the_orders_paid_in_it_less_what_went_back_in_it(tx: Transaction, span: Span) -> None:
    sold = [row for row in await confirmed(tx) if within(span, day_of(row.confirmed_at))]
    back = sum(amount for day, _refund, amount in await sent(tx) if within(span, day))

    found = (await desk.sales_over_time(tx, span, Step.DAY)).total

    assert found.orders == len(sold)
    assert found.goods.amount == sum(row.subtotal_cents for row in sold)
    assert found.discounts.amount == sum(row.discount_cents for row in sold)
    assert found.delivery.amount == sum(row.shipping_cents for row in sold)
    assert found.tax.amount == sum(row.tax_cents for row in sold)
    assert found.total.amount == sum(row.total_cents for row in sold)
    assert found.refunds.amount == back
    on_top = found.tax - found.tax_inside
    assert found.total == found.goods - found.discounts + found.delivery + on_top


@pytest.mark.parametrize("step", Step)
async def test_each_order_and_each_refund_stands_on_its_own_day_of_the_shops_calendar(
    tx: Transaction, step: Step
) -> None:
    paid: defaultdict[date, int] = defaultdict(int)
    back: defaultdict[date, int] = defaultdict(int)
    for row in await confirmed(tx):
        paid[step.start(day_of(row.confirmed_at))] += row.total_cents
    for day, _refund, amount in await sent(tx):
        back[step.start(day)] += amount

    rows = (await desk.sales_over_time(tx, ALL, step)).rows

    assert {row.day: row.total.amount for row in rows if row.total.amount} == {k: v for k, v in paid.items() if v}
    assert {row.day: row.refunds.amount for row in rows if row.refunds.amount} == {k: v for k, v in back.items() if v}
    assert len(rows) == {Step.DAY: 455, Step.WEEK: 65, Step.MONTH: 15}[step]


@pytest.mark.parametrize("span", SPANS, ids=lambda span: f"{span.first}..{span.last}")
async def test_every_grouping_comes_to_the_same_sum(tx: Transaction, span: Span) -> None:
    by_day = await desk.sales_over_time(tx, span, Step.DAY)

    for other in (
        await desk.sales_over_time(tx, span, Step.MONTH),
        await desk.sales_by_country(tx, span),
        await desk.sales_by_category(tx, span),
        await desk.sales_by_product(tx, span, limit=None),
    ):
        assert (other.total.total, other.total.refunds, other.total.tax) == (
            by_day.total.total,
            by_day.total.refunds,
            by_day.total.tax,
        )
        assert sum(row.total.amount for row in other.rows) == by_day.total.total.amount
        assert sum(row.refunds.amount for row in other.rows) == by_day.total.refunds.amount
        assert (
            sum(row.goods.amount + row.delivery.amount for row in other.rows)
            == (by_day.total.goods + by_day.total.delivery).amount
        )


async def test_of_a_product_is_what_its_lines_cost_and_what_went_back_for_them(tx: Transaction) -> None:
    paid: defaultdict[str, int] = defaultdict(int)
    units: defaultdict[str, int] = defaultdict(int)
    back: defaultdict[str, int] = defaultdict(int)
    whole = {row.order_id for _day, row, amount in await sent(tx) if amount > 0}
    assert whole
    for row in await tx.sql(
        "SELECT l.*, o.prices_include_tax FROM orders.order_lines l JOIN orders.orders o ON o.id = l.order_id"
        " WHERE o.confirmed_at IS NOT NULL"
    ):
        on_top = 0 if row.prices_include_tax else row.tax_cents
        paid[str(row.product_id)] += row.line_total_cents - row.discount_cents + on_top
        units[str(row.product_id)] += row.quantity
    for row in await tx.sql(
        "SELECT l.product_id, f.amount_cents FROM returns.refund_lines f JOIN orders.order_lines l"
        " ON l.id = f.order_line_id JOIN returns.refunds r ON r.id = f.refund_id JOIN payments.refunds p"
        " ON p.id = r.payment_refund_id WHERE p.status = 'processed'"
    ):
        back[str(row.product_id)] += row.amount_cents
    for row in await tx.sql(
        "SELECT l.*, o.prices_include_tax, o.total_cents FROM payments.refunds r"
        " JOIN payments.payments p ON p.id = r.payment_id JOIN orders.orders o ON o.id = p.order_id"
        " JOIN orders.order_lines l ON l.order_id = o.id"
        " WHERE r.status = 'processed' AND r.amount_cents = o.total_cents AND NOT EXISTS (SELECT FROM returns.refunds s"
        " JOIN returns.refund_lines f ON f.refund_id = s.id WHERE s.payment_refund_id = r.id)"
    ):
        back[str(row.product_id)] += (
            row.line_total_cents - row.discount_cents + (0 if row.prices_include_tax else row.tax_cents)
        )

    rows = {row.key: row for row in (await desk.sales_by_product(tx, ALL, limit=None)).rows if row.key}

    assert {key: row.total.amount for key, row in rows.items()} == dict(paid)
    assert {key: row.units for key, row in rows.items()} == dict(units)
    assert {key: row.refunds.amount for key, row in rows.items() if row.refunds.amount} == {
        key: amount for key, amount in back.items() if amount
    }
    assert {row.note for row in rows.values()} == {f"SKU-{n}" for n in range(7)}


async def test_some_products_are_told_with_the_sum_of_all(tx: Transaction) -> None:
    everything = await desk.sales_by_product(tx, ALL, limit=None)

    page = await desk.sales_by_product(tx, ALL, limit=3, offset=2)

    assert page.rows == everything.rows[2:5]
    assert (page.count, page.total.total) == (len(everything.rows), everything.total.total)
    for sort, of in (("units", lambda row: row.units), ("refunds", lambda row: row.refunds.amount)):
        rows = [of(row) for row in (await desk.sales_by_product(tx, ALL, sort=sort, limit=None)).rows]
        assert rows == sorted(rows, reverse=True)


async def test_of_a_country_is_what_went_there(tx: Transaction) -> None:
    paid: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for row in await confirmed(tx):
        paid[row.ship_country] += row.total_cents
    for _day, refund, amount in await sent(tx):
        back[refund.ship_country] += amount

    rows = (await desk.sales_by_country(tx, ALL)).rows

    assert {row.key: row.total.amount for row in rows} == dict(paid)
    assert {row.key: row.refunds.amount for row in rows} == {key: back[key] for key in paid}


@pytest.mark.parametrize("span", SPANS, ids=lambda span: f"{span.first}..{span.last}")
async def test_tax_is_that_of_the_papers(tx: Transaction, span: Span) -> None:
    papers = [
        row
        for row in await tx.sql("SELECT kind, issued_on, tax_cents, taxes FROM invoicing.documents")
        if within(span, row.issued_on)
    ]
    by_kind: Counter[str] = Counter()
    for row in papers:
        by_kind[row.kind] += row.tax_cents

    found = await desk.taxes(tx, span)
    monthly = await desk.taxes(tx, span, Step.MONTH)

    assert found.total.tax.amount == by_kind["invoice"]
    assert found.total.tax_back.amount == by_kind["credit_note"] + by_kind["correction"] - by_kind["reversal"]
    assert monthly.total.due == found.total.due
    assert sum(row.due.amount for row in found.rows) == found.total.due.amount


async def test_the_papers_come_to_what_the_sales_come_to(tx: Transaction) -> None:
    """Where every paper is of the day of what it is about, sales and papers agree."""
    row = (
        await tx.sql(
            "SELECT sum(total_cents) FILTER (WHERE kind = 'invoice') AS invoices,"
            " sum(CASE kind WHEN 'credit_note' THEN total_cents WHEN 'reversal' THEN -total_cents ELSE 0 END) AS back"
            " FROM invoicing.documents"
        )
    ).one()

    found = (await desk.sales_over_time(tx, ALL, Step.MONTH)).total

    assert (found.total.amount, found.refunds.amount) == (row.invoices, row.back)


@pytest.mark.parametrize("span", SPANS, ids=lambda span: f"{span.first}..{span.last}")
async def test_money_is_that_of_the_payments_and_refunds(tx: Transaction, span: Span) -> None:
    payments = [
        row
        for row in await tx.sql("SELECT method, captured_cents, captured_at FROM payments.payments")
        if row.captured_at is not None and within(span, day_of(row.captured_at))
    ]
    told = [(day, refund, amount) for day, refund, amount in await sent(tx) if within(span, day)]

    by_day = await desk.money_over_time(tx, span, Step.DAY)
    by_method = await desk.money_by_method(tx, span)

    assert by_day.total.taken.amount == sum(row.captured_cents for row in payments)
    assert by_day.total.payments == len(payments)
    assert by_day.total.refunded.amount == sum(amount for _day, _refund, amount in told if amount > 0)
    assert by_day.total.returned.amount == -sum(amount for _day, _refund, amount in told if amount < 0)
    assert by_method.total.net == by_day.total.net
    expected: Counter[str] = Counter()
    for row in payments:
        expected[row.method] += row.captured_cents
    assert {row.method: row.taken.amount for row in by_method.rows if row.taken.amount} == dict(expected)


async def test_an_order_that_was_never_paid_is_in_no_report(tx: Transaction) -> None:
    never = await tx.sql("SELECT sum(total_cents) FROM orders.orders WHERE confirmed_at IS NULL")
    every = await tx.sql("SELECT sum(total_cents) FROM orders.orders")

    found = (await desk.sales_over_time(tx, ALL, Step.MONTH)).total

    assert found.total.amount == every.scalar_one() - never.scalar_one()


async def test_a_day_is_kept_once_it_has_been_over_for_an_hour(tx: Transaction) -> None:
    midnight = datetime(2027, 3, 20, tzinfo=ZONE)
    for moment, until in (
        (midnight + timedelta(minutes=59), date(2027, 3, 19)),
        (midnight + timedelta(minutes=61), date(2027, 3, 20)),
    ):
        await at(tx, moment)
        while await desk.keep_reports(tx):
            pass

        assert (await tx.sql("SELECT kept_until FROM desk.report_state")).scalar_one() == until


async def test_another_time_zone_counts_every_day_anew(tx: Transaction) -> None:
    await store.change(tx, time_zone="Pacific/Auckland")

    at_once = await desk.sales_over_time(tx, ALL, Step.DAY)
    while await desk.keep_reports(tx):
        pass
    kept = await desk.sales_over_time(tx, ALL, Step.DAY)

    assert at_once == kept
    sold = await confirmed(tx)
    for row in kept.rows:
        here = [one for one in sold if one.confirmed_at.astimezone(AUCKLAND).date() == row.day]
        assert row.orders == len(here)


async def test_a_kept_day_is_counted_anew_when_its_order_goes_to_another_country(tx: Transaction) -> None:
    order = next(row for row in await confirmed(tx) if row.ship_country == "US" and row.status == "confirmed")
    before = await desk.sales_by_country(tx, ALL)
    await tx.sql("UPDATE orders.orders SET ship_country = 'SE' WHERE id = :id", {"id": order.id})
    await record(tx, orders.OrderReaddressed(order.id, new_id(), "USD", order.total_cents, None))
    for subscriber in desk.SUBSCRIBERS:
        await hear_now(tx, subscriber)

    after = await desk.sales_by_country(tx, ALL)

    there = next(row for row in after.rows if row.key == "SE")
    assert there.total.amount == order.total_cents
    assert after.total == before.total
