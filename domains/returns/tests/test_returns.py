"""Goods come back: asked for, decided on, received, put away, and nothing twice."""

import pytest

from domains import audit, orders, payments, returns, store
from domains.kit import Actor, Database, Invalid, Money
from domains.orders import CancelReason, OrderStatus
from domains.orders.tests.factories import brought_to
from domains.payments.tests.factories import sent_back
from domains.returns import Arrived, Asked, RefundLine, ReturnKind, ReturnReason, ReturnStatus
from domains.returns.operations import refund_failed
from domains.returns.tests.factories import (
    CLERK,
    COLLEAGUE,
    SHOPPER,
    a_warehouse,
    asked,
    facts,
    on_hand,
    set_clock,
    sold,
)


async def test_a_return_goes_from_request_to_refund_and_its_goods_back_on_the_shelf(db: Database) -> None:
    async with db.transaction(SHOPPER) as tx:
        order = await sold(tx)
        back = await asked(tx, order, 2, 1)
    async with db.transaction(CLERK) as tx:
        shelf = await a_warehouse(tx)
        await returns.approve(tx, back.id)
        mugs, eggs = back.lines
        await returns.receive(
            tx,
            back.id,
            items=[Arrived(mugs.order_line_id, 1, 1), Arrived(eggs.order_line_id, 1)],
            warehouse_id=shelf,
        )
        given = await returns.refund_lines(
            tx,
            order_id=order.id,
            lines=[RefundLine(mugs.order_line_id, 2), RefundLine(eggs.order_line_id, 1)],
            reason="returned",
            key="k",
            return_id=back.id,
        )

        done = await returns.return_(tx, back.id)
        assert back.number == f"{order.number}-R1"
        assert done.status is ReturnStatus.REFUNDED
        assert [(line.received, line.restocked, line.scrapped) for line in done.lines] == [(2, 1, 1), (1, 1, 0)]
        assert given.amount == Money(4320 + 756, "USD")
        assert [await on_hand(tx, line.variant_id) for line in order.lines] == [1, 1]
        assert await facts(tx, back.id) == ["requested", "approved", "received", "refunded"]
        assert await returns.replayed(tx, back.id) == await returns.state_of(tx, back.id)
        assert (await orders.head(tx, order.id)).status is OrderStatus.DELIVERED


async def test_every_step_of_staff_is_in_the_log(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        back = await asked(tx, order, 1)
        await returns.approve(tx, back.id)
        await returns.receive(
            tx, back.id, items=[Arrived(back.lines[0].order_line_id, 1)], warehouse_id=await a_warehouse(tx)
        )

        told = await audit.of_subject(tx, "return", back.id)

        assert {entry.action for entry in told} >= {"return.requested", "return.approved", "return.received"}


async def test_a_form_sent_twice_is_one_return(db: Database) -> None:
    async with db.transaction(SHOPPER) as tx:
        order = await sold(tx)

        first, second = await asked(tx, order, 1, key="form"), await asked(tx, order, 1, key="form")

        assert first.id == second.id
        assert len(await returns.of_order(tx, order.id)) == 1


async def test_no_more_is_announced_than_was_shipped(db: Database) -> None:
    async with db.transaction(SHOPPER) as tx:
        order = await sold(tx)
        await asked(tx, order, 1, 3)

        with pytest.raises(returns.TooManyReturned) as refused:
            await asked(tx, order, 2)

        assert refused.value.left == {order.lines[0].id: 1, order.lines[1].id: 0}


async def test_what_has_not_left_the_house_cannot_be_returned(db: Database) -> None:
    async with db.transaction(SHOPPER) as tx:
        order = await sold(tx, OrderStatus.CONFIRMED)

        with pytest.raises(returns.NotReturnable):
            await asked(tx, order, 1)


async def test_a_rejected_return_tells_why_and_its_goods_can_be_announced_again(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        back = await asked(tx, order)
        with pytest.raises(Invalid):
            await returns.reject(tx, back.id, answer=" ")

        rejected = await returns.reject(tx, back.id, answer="The mug was used.")

        assert (rejected.status, rejected.answer) == (ReturnStatus.REJECTED, "The mug was used.")
        assert (await asked(tx, order)).number.endswith("-R2")


async def test_a_return_goes_no_way_that_the_table_does_not_show(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        back = await asked(tx, order)
        shelf = await a_warehouse(tx)
        items = [Arrived(back.lines[0].order_line_id, 1)]

        with pytest.raises(returns.ReturnMoved):
            await returns.receive(tx, back.id, items=items, warehouse_id=shelf)
        await returns.approve(tx, back.id)
        with pytest.raises(returns.ReturnMoved):
            await returns.reject(tx, back.id, answer="no")
        await returns.receive(tx, back.id, items=items, warehouse_id=shelf)
        with pytest.raises(returns.ReturnMoved):
            await returns.receive(tx, back.id, items=items, warehouse_id=shelf)
        assert await on_hand(tx, order.lines[0].variant_id) == 1


async def test_no_more_arrives_than_was_announced(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        back = await asked(tx, order, 1)
        await returns.approve(tx, back.id)

        for items in ([Arrived(back.lines[0].order_line_id, 1, 1)], [Arrived(order.lines[1].id, 1)], []):
            with pytest.raises(Invalid):
                await returns.receive(tx, back.id, items=items, warehouse_id=await a_warehouse(tx))


@pytest.mark.parametrize(
    ("asked_at", "is_open"),
    [("2026-03-31 23:59:59-04", True), ("2026-04-01 00:00:01-04", False)],
)
async def test_goods_come_back_until_the_end_of_the_thirtieth_day_by_the_shops_calendar(
    db: Database, asked_at: str, is_open: bool
) -> None:
    async with db.transaction(SHOPPER) as tx:
        await set_clock(tx, "2026-03-01 23:30-05")  # the second of March in London, the first in New York
        order = await sold(tx)
        await set_clock(tx, asked_at)

        found = await returns.window(tx, order)

        assert (str(found.until), found.is_open, found.is_extended) == ("2026-03-31", is_open, False)
        if not is_open:
            with pytest.raises(returns.WindowClosed):
                await asked(tx, order, 1)
        else:
            assert (await asked(tx, order, 1)).status is ReturnStatus.REQUESTED


async def test_staff_extend_the_time_of_one_order_and_take_back_what_is_late(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        await set_clock(tx, "2026-03-01 12:00-05")
        order, other = await sold(tx), await sold(tx)
        await returns.extend(tx, order.id, until=(await tx.now()).date().replace(month=5), reason="was ill")
        await set_clock(tx, "2026-04-20 12:00-04")
        assert (await asked(tx, other, 1)).status is ReturnStatus.REQUESTED  # staff may

    async with db.transaction(SHOPPER) as tx:
        assert (await returns.window(tx, order)).is_extended
        assert (await asked(tx, order, 1)).status is ReturnStatus.REQUESTED
        with pytest.raises(returns.WindowClosed):
            await asked(tx, other, 1)


async def test_what_is_delivered_before_the_holidays_comes_back_after_them(db: Database) -> None:
    async with db.transaction(SHOPPER) as tx:
        await set_clock(tx, "2026-11-14 12:00-05")
        before = await sold(tx)
        await set_clock(tx, "2026-11-15 12:00-05")
        gift = await sold(tx)
        day = (await tx.now()).date()
        await store.change(tx, holiday_from=day, holiday_until=day.replace(year=2027, month=1, day=31))
        await set_clock(tx, "2027-01-31 23:00-05")

        assert (await returns.window(tx, gift)).is_open
        assert str((await returns.window(tx, before)).until) == "2026-12-14"
        await set_clock(tx, "2027-02-01 00:01-05")
        assert not (await returns.window(tx, gift)).is_open


async def test_all_of_a_parcel_on_its_way_calls_the_order_off_with_its_money(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx, OrderStatus.SHIPPED)
        back = await asked(tx, order)
        assert back.ends_order
        with pytest.raises(returns.RefundComesWithIt):
            async with tx.session.begin_nested():
                await returns.approve(tx, back.id)

        approved = await returns.approve(tx, back.id, with_refund=True)

        called_off = await orders.order(tx, order.id)
        assert approved.refund is not None
        assert approved.refund.amount == order.total
        assert (called_off.status, called_off.cancel_reason) == (OrderStatus.CANCELLED, CancelReason.RECALLED)
        assert called_off.payment is not None
        assert called_off.payment.refunding == order.total.amount
        assert approved.return_.status is ReturnStatus.APPROVED

        shelf = await a_warehouse(tx)
        came = await returns.receive(
            tx, back.id, items=[Arrived(line.order_line_id, line.quantity) for line in back.lines], warehouse_id=shelf
        )
        assert came.status is ReturnStatus.REFUNDED
        assert [await on_hand(tx, line.variant_id) for line in order.lines] == [2, 3]


async def test_a_part_of_a_parcel_on_its_way_leaves_the_order_as_it_is(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx, OrderStatus.SHIPPED)
        back = await asked(tx, order, 1)

        approved = await returns.approve(tx, back.id)

        assert not back.ends_order
        assert approved.refund is None
        assert (await orders.head(tx, order.id)).status is OrderStatus.SHIPPED


async def test_a_withdrawal_takes_note_of_all_that_is_left_once(db: Database) -> None:
    async with db.transaction(SHOPPER) as tx:
        order = await sold(tx)
        await asked(tx, order, 1)

        first, again = await returns.withdraw(tx, order_id=order.id), await returns.withdraw(tx, order_id=order.id)

        assert first is not None
        assert again is not None
        assert first.id == again.id
        assert first.kind is ReturnKind.WITHDRAWAL
        assert [line.quantity for line in first.lines] == [1, 3]
        assert {line.reason for line in first.lines} == {ReturnReason.NONE}
        assert await facts(tx, first.id) == ["requested", "withdrawal_received"]


async def test_a_withdrawal_before_anything_was_sent_cancels_the_order_and_is_over(db: Database) -> None:
    async with db.transaction(SHOPPER) as tx:
        order = await sold(tx, OrderStatus.CONFIRMED)
        back = await returns.withdraw(tx, order_id=order.id)
        assert back is not None
    async with db.transaction(CLERK) as tx:
        approved = await returns.approve(tx, back.id, with_refund=True)

        called_off = await orders.order(tx, order.id)
        assert approved.return_.status is ReturnStatus.REFUNDED
        assert (called_off.status, called_off.cancel_reason) == (OrderStatus.CANCELLED, CancelReason.CUSTOMER)


@pytest.mark.parametrize("status", [OrderStatus.PENDING, OrderStatus.CANCELLED])
async def test_nothing_is_withdrawn_from_an_order_that_binds_nobody(db: Database, status: OrderStatus) -> None:
    async with db.transaction(SHOPPER) as tx:
        head = await brought_to(tx, status)

        assert await returns.withdraw(tx, order_id=head.id) is None


async def test_a_withdrawal_is_taken_note_of_after_the_window_too(db: Database) -> None:
    async with db.transaction(SHOPPER) as tx:
        await set_clock(tx, "2026-03-01 12:00-05")
        order = await sold(tx)
        await set_clock(tx, "2026-06-01 12:00-04")

        assert await returns.withdraw(tx, order_id=order.id) is not None


async def test_an_order_is_found_by_its_number_with_its_address_and_no_other(db: Database) -> None:
    async with db.transaction(SHOPPER) as tx:
        order = await sold(tx)

        assert await orders.matching(tx, f" {order.number.lower()} ", "Ada@Example.com") == order.id
        assert await orders.matching(tx, order.number, "eve@example.com") is None
        assert await orders.matching(tx, "ORD-20260101-0000", "ada@example.com") is None


async def test_a_refund_that_the_bank_does_not_take_reopens_the_return(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        back = await asked(tx, order, 1)
        await returns.approve(tx, back.id)
        line = back.lines[0].order_line_id
        await returns.receive(tx, back.id, items=[Arrived(line, 1)], warehouse_id=await a_warehouse(tx))
        lines = [RefundLine(line, 1)]
        given = await returns.refund_lines(
            tx, order_id=order.id, lines=lines, reason="back", key="1", return_id=back.id
        )
        assert given.payment_refund_id is not None
        sent = await payments.refund(tx, given.payment_refund_id)
        await payments.observe_refund(tx, sent_back(sent, "failed"))

        await refund_failed(tx, given.payment_refund_id)

        assert (await returns.return_(tx, back.id)).status is ReturnStatus.RECEIVED
        again = await returns.refund_lines(
            tx, order_id=order.id, lines=lines, reason="back", key="2", return_id=back.id
        )
        assert again.amount == given.amount
        assert await facts(tx, back.id) == ["requested", "approved", "received", "refunded", "reopened", "refunded"]
        assert await returns.replayed(tx, back.id) == await returns.state_of(tx, back.id)


async def test_a_return_that_never_comes_is_closed_and_its_goods_stay_sold(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        back = await asked(tx, order)
        await returns.approve(tx, back.id)

        closed = await returns.close(tx, back.id, answer="Nothing has arrived for six weeks.")

        assert closed.status is ReturnStatus.CLOSED
        assert await on_hand(tx, order.lines[0].variant_id) == 0


async def test_a_reason_is_asked_of_a_return(db: Database) -> None:
    async with db.transaction(Actor.guest("a")) as tx:
        order = await sold(tx)

        with pytest.raises(Invalid):
            await returns.request(tx, order_id=order.id, lines=[Asked(order.lines[0].id, 1)], key="k")
    assert COLLEAGUE != CLERK
