"""Placing: numbers, snapshots, and what is kept encrypted (ORD-03, ORD-04, ORD-15)."""

import asyncio
import re
from datetime import timedelta

import pytest

from domains import accounts, orders, payments
from domains.kit import Database, Forbidden, Money, new_id
from domains.kit.clock import shift
from domains.orders import OrderStatus
from domains.orders.tests.factories import HOME, TESTER, a_draft, a_line, an_account, event_types, open_shop, placed


async def test_an_order_keeps_everything_as_it_was(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx, notes="Ring twice")

        view = await orders.order(tx, order.id)

        assert view.status is OrderStatus.PENDING
        assert (view.email, view.shipping_address, view.billing_address) == ("ada@example.com", HOME, HOME)
        assert [(line.product_name, line.sku, line.quantity) for line in view.lines] == [
            ("Stoneware mug", "MUG-SAGE", 2)
        ]
        assert view.lines[0].line_total == Money(4000, "USD")
        assert view.total == Money(4860, "USD")
        assert [(tax.name, tax.tax.amount) for tax in view.tax_lines] == [("Sales tax", 360)]
        assert (view.notes, view.count) == ("Ring twice", 2)
        assert view.payment is not None
        assert view.payment.amount == view.total
        assert await event_types(tx, order.id) == ["order.created"]
        assert await orders.number_of(tx, order.id) == view.number


async def test_names_and_addresses_stand_nowhere_in_plain(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx, notes="Ring twice")

        row = (await tx.sql("SELECT o.*::text FROM orders.orders o WHERE id = :id", {"id": order.id})).scalar_one()
        events = (
            await tx.sql("SELECT string_agg(payload::text, '') FROM kit.events WHERE stream_id = :id", {"id": order.id})
        ).scalar_one()

        for secret in ("Ada", "Lovelace", "James", "ada@example.com", "Ring twice"):
            assert secret not in row
            assert secret not in events


async def test_the_number_tells_the_day_in_the_shops_time_zone(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        await open_shop(tx, time_zone="Pacific/Kiritimati")
        order = await placed(tx)
        day = (await tx.sql("SELECT to_char(kit.now() AT TIME ZONE 'Pacific/Kiritimati', 'YYYYMMDD')")).scalar_one()

        assert re.fullmatch(rf"ORD-{day}-[0-9A-HJKMNP-TV-Z]{{4}}", order.number)


async def test_a_number_that_is_taken_is_drawn_again(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with db.transaction(TESTER) as tx:
        draws = iter("AAAA" * 3 + "AAAB")
        monkeypatch.setattr("secrets.choice", lambda _letters: next(draws))

        first, second = await placed(tx), await placed(tx)

        assert (first.number[-4:], second.number[-4:]) == ("AAAA", "AAAB")


async def test_a_day_whose_numbers_are_used_up_says_so(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async with db.transaction(TESTER) as tx:
        monkeypatch.setattr("secrets.choice", lambda _letters: "A")
        await placed(tx)

        with pytest.raises(orders.NumbersExhausted):
            await placed(tx)


@pytest.mark.parametrize(
    "count", [pytest.param(1_000, marks=pytest.mark.slow), pytest.param(10_000, marks=pytest.mark.long)]
)
async def test_thousands_of_orders_at_once_have_as_many_numbers(live_db: Database, count: int) -> None:
    async with live_db.transaction(TESTER) as tx:
        await open_shop(tx)
    together = asyncio.Semaphore(20)
    free = {"discount": 4500, "tax": 0, "tax_lines": (), "total": 0}

    async def place_some() -> list[str]:
        async with together, live_db.transaction(TESTER) as tx:
            return [(await orders.place(tx, a_draft(**free))).number for _ in range(50)]

    placed_in_parts = await asyncio.gather(*(place_some() for _ in range(count // 50)))

    numbers = [number for part in placed_in_parts for number in part]
    assert len(numbers) == len(set(numbers)) == count


async def test_an_account_that_may_not_order_is_refused(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        account_id = await an_account(tx, "ada@example.com")
        await accounts.suspend(tx, account_id)

        with pytest.raises(Forbidden):
            await placed(tx, user_id=account_id)
        with pytest.raises(accounts.AccountUnknown):
            await placed(tx, user_id=new_id(), total=0, discount=4500, tax=0, tax_lines=())


async def test_a_member_needs_no_address_of_his_own_on_the_order(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        account_id = await an_account(tx, "ada@example.com")

        order = await placed(tx, user_id=account_id, email=None)

        assert (await orders.order(tx, order.id)).email is None
        assert (await orders.history(tx, account_id)).orders[0].number == order.number


async def test_an_accounts_orders_come_newest_first_and_in_pages(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        account_id = await an_account(tx, "ada@example.com")
        numbers = []
        for day in range(22):
            await shift(tx, timedelta(days=day - 30))
            lines = (a_line(), a_line(product_name="Bowl", quantity=1, unit_price=0))
            numbers.append((await placed(tx, user_id=account_id, lines=lines)).number)
        await placed(tx)

        first, second = await orders.history(tx, account_id), await orders.history(tx, account_id, page=9)

        assert [order.number for order in (*first.orders, *second.orders)] == numbers[::-1]
        assert (first.total, first.pages, second.page) == (22, 2, 2)
        assert (first.orders[0].names, first.orders[0].count) == (("Stoneware mug", "Bowl"), 3)


async def test_placing_is_all_or_nothing(live_db: Database) -> None:
    async def place_and_fail() -> None:
        async with live_db.transaction(TESTER) as tx:
            await placed(tx)
            raise RuntimeError("the process died here")

    with pytest.raises(RuntimeError):
        await place_and_fail()

    async with live_db.transaction(TESTER) as tx:
        for table in ("orders.orders", "orders.order_lines", "payments.payments", "kit.events", "kit.outbox"):
            assert (await tx.sql(f"SELECT count(*) FROM {table}")).scalar_one() == 0, table


async def test_an_order_of_another_day_and_payment_is_its_own(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        order = await placed(tx)
        assert order.payment_id is not None

        assert (await payments.payment(tx, order.payment_id)).order_id == order.id
        with pytest.raises(orders.OrderNotFound):
            await orders.order(tx, order.payment_id)
        with pytest.raises(orders.OrderNotFound):
            await orders.head(tx, order.payment_id)
        with pytest.raises(orders.OrderNotFound):
            await orders.number_of(tx, order.payment_id)
