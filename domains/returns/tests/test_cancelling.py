"""Cancelling an order whose money is above the shop's limit: a second person agrees, and only then anything moves."""

import pytest

from domains import fulfilment, orders, payments, returns, store
from domains.desk.testing import assert_sound
from domains.fulfilment.tests.factories import allocated, house, packed, paid_order, shelf
from domains.kit import Database
from domains.orders import OrderStatus
from domains.returns import RefundStatus
from domains.returns.tests.factories import CLERK, COLLEAGUE


async def test_a_second_person_cancels_with_all_of_the_money_and_the_goods_back_on_the_shelf(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(CLERK) as tx:
        order = await paid_order(tx, {shop.mug: 2})
        await fulfilment.allocate(tx, order.id)
        await store.change(tx, refund_limit=4499)

        waits = await returns.ask_to_cancel(tx, order, why="Called us")
        again = await returns.ask_to_cancel(tx, order, why="Called twice")
        assert waits is not None
        with pytest.raises(returns.SecondPersonNeeded):
            await returns.approve_refund(tx, waits.id)
        before = (await orders.head(tx, order.id)).status, await shelf(tx, shop.mug, shop.first)
        counted = await returns.waiting_refunds(tx)

    async with db.transaction(COLLEAGUE) as tx:
        given = await returns.approve_refund(tx, waits.id)

        paid = await payments.for_order(tx, order.id)
        assert again is not None
        assert (again.id, waits.status, waits.ends_order, counted) == (waits.id, RefundStatus.WAITING, True, 1)
        assert before == (OrderStatus.CONFIRMED, (3, 2, 0))
        assert (given.status, given.amount) == (RefundStatus.GIVEN, order.total)
        assert (await orders.head(tx, order.id)).status is OrderStatus.CANCELLED
        assert await shelf(tx, shop.mug, shop.first) == (5, 0, 0)
        assert paid is not None
        assert (paid.refunding, await returns.waiting_refunds(tx)) == (order.total.amount, 0)
    await assert_sound(db, quiet=False)


async def test_one_person_cancels_up_to_the_limit(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(CLERK) as tx:
        order = await paid_order(tx, {shop.mug: 2})
        await store.change(tx, refund_limit=4500)

        assert await returns.ask_to_cancel(tx, order, why="Called us") is None


async def test_what_has_left_is_not_cancelled_and_one_refund_waits_at_a_time(db: Database) -> None:
    shop = await house(db)
    async with db.transaction(CLERK) as tx:
        await store.change(tx, refund_limit=0)
        (sent,) = await allocated(tx, {shop.mug: 1})
        await packed(tx, sent.id)
        await fulfilment.ship(tx, sent.id, tracking_number="1Z 1")
        other = await paid_order(tx, {shop.mug: 1})
        await returns.refund_lines(tx, order_id=other.id, adjustment=100, reason="late", key="late")

        with pytest.raises(fulfilment.AlreadyShipped):
            await returns.ask_to_cancel(tx, await orders.head(tx, sent.order_id), why="Called us")
        with pytest.raises(returns.RefundWaits):
            await returns.ask_to_cancel(tx, other, why="Called us")
