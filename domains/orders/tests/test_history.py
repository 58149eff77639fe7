"""An account's orders: filtered, searched, in pages, and nobody else's."""

from uuid import UUID

import pytest

from domains import orders
from domains.kit import Database, Transaction
from domains.orders import OrderFilter, OrderStatus
from domains.orders.queries.history import PAGE_SIZE
from domains.orders.tests.factories import TESTER, a_line, an_account, brought_to, placed


async def numbers(tx: Transaction, account_id: UUID, **only: object) -> list[str]:
    found = await orders.history(tx, account_id, only=OrderFilter(**only))  # type: ignore[arg-type]
    return [order.number for order in found.orders]


async def test_the_newest_comes_first_with_its_state_and_things(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        ada = await an_account(tx, "ada@example.com")
        first = await brought_to(tx, OrderStatus.DELIVERED, user_id=ada)
        second = await placed(tx, user_id=ada)

        found = await orders.history(tx, ada)

    assert [order.number for order in found.orders] == [second.number, first.number]
    assert [order.display_status for order in found.orders] == ["created", "delivered"]
    assert (found.total, found.pages) == (2, 1)
    (line,) = found.orders[1].lines
    assert (line.product_name, line.options, line.quantity) == ("Stoneware mug", "Colour: Sage", 2)
    assert (found.orders[1].count, found.orders[1].names) == (2, ("Stoneware mug",))


async def test_it_is_filtered_by_state_and_found_by_number_name_and_options(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        ada = await an_account(tx, "ada@example.com")
        mug = await brought_to(tx, OrderStatus.SHIPPED, user_id=ada)
        lamp = await brought_to(
            tx,
            OrderStatus.CONFIRMED,
            user_id=ada,
            lines=(a_line(product_name="Lamp 100% wool_shade", options="", sku="LAMP-1"),),
        )

        assert await numbers(tx, ada, status=OrderStatus.SHIPPED) == [mug.number]
        assert await numbers(tx, ada, status=OrderStatus.CANCELLED) == []
        assert await numbers(tx, ada, q="stoneware") == [mug.number]
        assert await numbers(tx, ada, q="sage") == [mug.number]
        assert await numbers(tx, ada, q="lamp-1") == [lamp.number]
        assert await numbers(tx, ada, q=f" {lamp.number[-4:].lower()} ") == [lamp.number]
        assert await numbers(tx, ada, q="stoneware", status=OrderStatus.CONFIRMED) == []


@pytest.mark.parametrize(
    ("typed", "fits"), [("100%", True), ("%", True), ("l_mp", False), ("wool_shade", True), ("a\\", False)]
)
async def test_what_was_typed_means_itself(db: Database, typed: str, fits: bool) -> None:
    async with db.transaction(TESTER) as tx:
        ada = await an_account(tx, "ada@example.com")
        await placed(tx, user_id=ada)
        lamp = await placed(tx, user_id=ada, lines=(a_line(product_name="Lamp 100% wool_shade"),))

        assert await numbers(tx, ada, q=typed) == ([lamp.number] if fits else [])


async def test_a_year_is_the_shops_year(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        ada = await an_account(tx, "ada@example.com")
        await placed(tx, user_id=ada)
        # New Year's Eve in New York, New Year's Day by the clock of the world.
        await tx.sql(
            "UPDATE orders.orders SET created_at = timestamptz '2025-01-01 03:00+00' WHERE user_id = :id", {"id": ada}
        )
        now = await placed(tx, user_id=ada)
        this_year = (await orders.order(tx, now.id)).created_at.year

        found = await orders.history(tx, ada, only=OrderFilter(year=2024))
        none = await orders.history(tx, ada, only=OrderFilter(year=2025))

    assert found.total == 1
    assert none.total == (1 if this_year == 2025 else 0)
    assert found.years == none.years == (this_year, 2024)


async def test_nobody_sees_anothers_orders_whatever_he_asks(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        ada, eve = await an_account(tx, "ada@example.com"), await an_account(tx, "eve@example.com")
        head = await placed(tx, user_id=ada)

        for only in (OrderFilter(), OrderFilter(q=head.number), OrderFilter(status=OrderStatus.PENDING)):
            found = await orders.history(tx, eve, only=only)
            assert (found.orders, found.total, found.years) == ((), 0, ())


async def test_pages_hold_twenty_and_a_page_too_far_is_the_last(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        ada = await an_account(tx, "ada@example.com")
        for _ in range(PAGE_SIZE + 1):
            await placed(tx, user_id=ada, discount=4500, tax=0, tax_lines=(), total=0)

        first, last, beyond = [await orders.history(tx, ada, page=page) for page in (1, 2, 99)]

    assert (len(first.orders), len(last.orders), last.pages) == (PAGE_SIZE, 1, 2)
    assert (beyond.page, beyond.orders) == (2, last.orders)
    assert not {order.number for order in first.orders} & {order.number for order in last.orders}


async def test_only_an_unpaid_order_may_be_cancelled_by_who_bought(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        ada, eve = await an_account(tx, "ada@example.com"), await an_account(tx, "eve@example.com")
        unpaid = await placed(tx, user_id=ada)
        assert await orders.cancellable(tx, unpaid.number, account_id=ada, tokens=[]) == unpaid.id
        with pytest.raises(orders.OrderNotFound):
            await orders.cancellable(tx, unpaid.number, account_id=eve, tokens=[])
        for status in (OrderStatus.CONFIRMED, OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.CANCELLED):
            head = await brought_to(tx, status, user_id=ada)
            with pytest.raises(orders.TransitionRefused):
                await orders.cancellable(tx, head.number, account_id=ada, tokens=[])
