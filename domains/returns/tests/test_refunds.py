"""Money back by line: computed, bounded, once, and above a sum by two people."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domains import invoicing, orders, payments, returns, store
from domains.kit import Database, Invalid, Money, new_id
from domains.kit.idempotency import KeyReused
from domains.orders import OrderStatus
from domains.orders.tests.factories import brought_to
from domains.payments import RefundState
from domains.payments.tests.factories import sent_back
from domains.pricing import PricedLine, TaxMode, TaxRate, TaxTable
from domains.pricing.totals import totals
from domains.returns import RefundLine, RefundStatus
from domains.returns.amounts import due, paid_parts
from domains.returns.tests.factories import CLERK, COLLEAGUE, a_warehouse, asked, on_hand, sold

NEW_YORK = TaxRate("New York", "state", 88_750)


@st.composite
def bills(draw: st.DrawFn) -> tuple[list[tuple[int, int]], int, int, int]:
    """What the lines of an order cost with how many pieces, what its delivery costs, and the total, as it is placed."""
    count = draw(st.integers(1, 5))
    lines = [
        PricedLine(str(place), draw(st.integers(0, 50_000)), draw(st.integers(1, 9)), draw(st.sampled_from(["a", "b"])))
        for place in range(count)
    ]
    mode = TaxMode(draw(st.booleans()), draw(st.sampled_from(["line", "order"])), draw(st.booleans()))
    rates = TaxTable({"a": (NEW_YORK,), "b": (TaxRate("Reduced", "state", draw(st.integers(0, 300_000))),)})
    bill = totals(
        lines,
        shipping=draw(st.integers(0, 2_000)),
        discount=draw(st.integers(0, 5_000)),
        rates=rates,
        mode=mode,
        currency="USD",
    )
    costs = [line.amount - line.discount + (0 if mode.prices_include_tax else line.tax) for line in bill.lines]
    return (
        [(cost, line.quantity) for cost, line in zip(costs, lines, strict=True)],
        bill.total - sum(costs),
        bill.total,
        draw(st.integers(0, 2**32)),
    )


@given(bills(), st.data())
def test_refunding_everything_in_any_parts_gives_back_exactly_what_was_paid(
    bill: tuple[list[tuple[int, int]], int, int, int], data: st.DataObject
) -> None:
    lines, delivery, total, _seed = bill
    assert delivery >= 0
    gone: list[list[tuple[int, int]]] = [[] for _line in lines]
    pieces = data.draw(
        st.permutations([place for place, (_cost, count) in enumerate(lines) for _piece in range(count)])
    )
    cuts = sorted({0, len(pieces), *data.draw(st.lists(st.integers(0, len(pieces)), max_size=5))})

    for start, end in pairwise(cuts):
        part = pieces[start:end]
        for place in sorted(set(part)):
            cost, count = lines[place]
            more = part.count(place)
            gone[place].append((more, due(cost, count, gone[place], more)))

    back = [sum(amount for _count, amount in parts) for parts in gone]
    assert back == [cost for cost, _count in lines]
    assert sum(back) + delivery == total
    assert all(amount >= 0 for parts in gone for _count, amount in parts)


@given(st.integers(0, 100_000), st.integers(1, 40), st.data())
def test_what_came_back_from_the_bank_can_be_refunded_again_and_never_more_than_was_paid(
    paid: int, count: int, data: st.DataObject
) -> None:
    gone: list[tuple[int, int]] = []
    for _step in range(8):
        left = count - sum(quantity for quantity, _amount in gone)
        if left and data.draw(st.booleans()):
            more = data.draw(st.integers(1, left))
            gone.append((more, due(paid, count, gone, more)))
        elif gone:
            gone.pop(data.draw(st.integers(0, len(gone) - 1)))  # the bank did not take it
        assert 0 <= sum(amount for _count, amount in gone) <= paid
    left = count - sum(quantity for quantity, _amount in gone)
    if left:
        gone.append((left, due(paid, count, gone, left)))

    assert sum(amount for _count, amount in gone) <= paid
    if left:
        assert sum(amount for _count, amount in gone) == paid


async def test_tax_on_top_and_delivery_with_its_tax_are_part_of_what_was_paid(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)

        goods, delivery = paid_parts(order, order.total.amount)

        assert goods == [4320, 2268]
        assert delivery == 540
        assert sum(goods) + delivery == order.total.amount


async def test_a_part_then_the_rest_is_what_was_taken_and_not_a_cent_more(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        mugs, eggs = order.lines
        first = await returns.refund_lines(
            tx, order_id=order.id, lines=[RefundLine(mugs.id, 1), RefundLine(eggs.id, 2)], reason="broken", key="1"
        )
        left = (await returns.refundable(tx, order.id)).left
        rest = await returns.refund_lines(
            tx,
            order_id=order.id,
            lines=[RefundLine(mugs.id, 1), RefundLine(eggs.id, 1)],
            shipping=540,
            reason="all of it",
            key="2",
        )

        assert first.amount == Money(2160 + 1512, "USD")
        assert first.amount + rest.amount == order.total
        assert rest.amount == left
        for more in ({"lines": [RefundLine(mugs.id, 1)]}, {"shipping": 1}, {"adjustment": 1}):
            with pytest.raises(returns.AlreadyRefunded) as refused:
                await returns.refund_lines(tx, order_id=order.id, reason="more", key=new_id().hex, **more)
            assert refused.value.money == Money(0, "USD")


async def test_no_piece_is_refunded_twice_while_the_money_of_others_is_left(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        mugs = order.lines[0].id
        await returns.refund_lines(tx, order_id=order.id, lines=[RefundLine(mugs, 1)], reason="broken", key="1")

        for lines, shipping in (([RefundLine(mugs, 2)], 0), ([RefundLine(mugs, 1)], 541)):
            with pytest.raises(returns.AlreadyRefunded) as refused:
                await returns.refund_lines(
                    tx, order_id=order.id, lines=lines, shipping=shipping, reason="more", key=new_id().hex
                )
            assert (refused.value.left[mugs], refused.value.money) == (1, Money(7128 - 2160, "USD"))


async def test_a_refund_is_given_once_for_its_form(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        lines = [RefundLine(order.lines[0].id, 1)]

        first = await returns.refund_lines(tx, order_id=order.id, lines=lines, reason="broken", key="form")
        again = await returns.refund_lines(tx, order_id=order.id, lines=lines, reason="broken", key="form")

        assert first.id == again.id
        assert len(await returns.refunds_of(tx, order.id)) == 1
        with pytest.raises(KeyReused):
            await returns.refund_lines(tx, order_id=order.id, lines=lines, shipping=1, reason="broken", key="form")


async def test_an_adjustment_adds_goodwill_or_takes_off_for_wear(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)

        goodwill = await returns.refund_lines(tx, order_id=order.id, adjustment=500, reason="late", key="1")
        worn = await returns.refund_lines(
            tx, order_id=order.id, lines=[RefundLine(order.lines[0].id, 2)], adjustment=-320, reason="worn", key="2"
        )

        assert (goodwill.amount.amount, worn.amount.amount) == (500, 4000)
        with pytest.raises(returns.NothingToRefund):
            await returns.refund_lines(tx, order_id=order.id, adjustment=-1, reason="?", key="3")


async def test_the_sum_is_the_one_that_was_seen(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)

        with pytest.raises(returns.RefundChanged) as refused:
            await returns.refund_lines(
                tx, order_id=order.id, lines=[RefundLine(order.lines[0].id, 1)], reason="x", key="1", expected=2000
            )

        assert refused.value.now == Money(2160, "USD")


async def test_a_refund_says_why_and_what(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        line = order.lines[0].id

        for wrong in (
            {"lines": [RefundLine(line, 1)], "reason": " "},
            {"lines": [RefundLine(line, 0)], "reason": "x"},
            {"lines": [RefundLine(line, 1), RefundLine(line, 1)], "reason": "x"},
            {"lines": [RefundLine(order.id, 1)], "reason": "x"},
            {"shipping": -1, "reason": "x"},
            {"reason": "x"},
        ):
            with pytest.raises(Invalid):
                await returns.refund_lines(tx, order_id=order.id, key=new_id().hex, **wrong)


async def test_what_is_not_paid_cannot_be_refunded(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        head = await brought_to(tx, OrderStatus.PENDING)

        with pytest.raises(payments.NotCaptured):
            await returns.refund_lines(tx, order_id=head.id, adjustment=1, reason="x", key="1")


async def test_goods_that_are_here_go_on_the_shelf_with_their_refund_once(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        line, shelf = order.lines[1], await a_warehouse(tx)

        await returns.refund_lines(
            tx, order_id=order.id, lines=[RefundLine(line.id, 2, restock=True)], reason="x", key="1", warehouse_id=shelf
        )

        assert await on_hand(tx, line.variant_id) == 2
        assert [each.returnable for each in (await returns.refundable(tx, order.id)).lines] == [2, 1]
        with pytest.raises(Invalid):
            await returns.refund_lines(
                tx, order_id=order.id, lines=[RefundLine(line.id, 1, restock=True)], reason="x", key="2"
            )


async def test_what_has_not_left_or_is_on_its_way_back_is_not_put_on_the_shelf_by_a_refund(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        packed, gone = await sold(tx, OrderStatus.CONFIRMED), await sold(tx)
        await asked(tx, gone, 2)
        shelf = await a_warehouse(tx)

        for order in (packed, gone):
            with pytest.raises(returns.NotRestockable):
                await returns.refund_lines(
                    tx,
                    order_id=order.id,
                    lines=[RefundLine(order.lines[0].id, 1, restock=True)],
                    reason="x",
                    key="1",
                    warehouse_id=shelf,
                )


async def test_above_the_limit_a_second_person_decides_and_nothing_moves_before(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        await store.change(tx, refund_limit=4319)
        held = await returns.refund_lines(
            tx, order_id=order.id, lines=[RefundLine(order.lines[0].id, 2)], reason="all", key="1"
        )

        assert (held.status, held.payment_refund_id) == (RefundStatus.WAITING, None)
        assert (await orders.order(tx, order.id)).refunds == ()
        assert (await returns.refundable(tx, order.id)).left == Money(7128 - 4320, "USD")
        with pytest.raises(returns.SecondPersonNeeded):
            await returns.approve_refund(tx, held.id)

    async with db.transaction(COLLEAGUE) as tx:
        approved = await returns.approve_refund(tx, held.id)
        assert (approved.status, approved.state) == (RefundStatus.GIVEN, RefundState.PENDING)
        assert approved.decided_by_id == COLLEAGUE.id
        with pytest.raises(returns.RefundDecided):
            await returns.approve_refund(tx, held.id)


async def test_two_halves_of_one_order_are_the_same_money_as_the_whole(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        await store.change(tx, refund_limit=4319)
        mugs = order.lines[0].id

        first = await returns.refund_lines(tx, order_id=order.id, lines=[RefundLine(mugs, 1)], reason="1", key="1")
        second = await returns.refund_lines(tx, order_id=order.id, lines=[RefundLine(mugs, 1)], reason="2", key="2")

        assert (first.status, second.status) == (RefundStatus.GIVEN, RefundStatus.WAITING)


async def test_a_refund_that_is_refused_gives_its_lines_free(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        await store.change(tx, refund_limit=0)
        held = await returns.refund_lines(tx, order_id=order.id, adjustment=7128, reason="all", key="1")
    async with db.transaction(COLLEAGUE) as tx:
        with pytest.raises(Invalid):
            await returns.reject_refund(tx, held.id, note="")
        refused = await returns.reject_refund(tx, held.id, note="He kept everything.")

        assert refused.status is RefundStatus.REFUSED
        assert (await returns.refundable(tx, order.id)).left == order.total


async def test_a_waiting_refund_whose_money_is_gone_cannot_be_approved(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        await store.change(tx, refund_limit=100)
        held = await returns.refund_lines(tx, order_id=order.id, adjustment=7000, reason="all", key="1")
        assert order.payment_id is not None
        await payments.request_refund(
            tx, payment_id=order.payment_id, amount=Money(1000, "USD"), reason="by hand", key="h"
        )
    async with db.transaction(COLLEAGUE) as tx:
        with pytest.raises(returns.AlreadyRefunded):
            await returns.approve_refund(tx, held.id)


async def test_pieces_of_a_refund_that_failed_can_be_refunded_again(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        line = [RefundLine(order.lines[1].id, 3)]
        first = await returns.refund_lines(tx, order_id=order.id, lines=line, reason="x", key="1")
        assert first.payment_refund_id is not None
        await payments.observe_refund(tx, sent_back(await payments.refund(tx, first.payment_refund_id), "failed"))

        again = await returns.refund_lines(tx, order_id=order.id, lines=line, reason="x", key="2")

        assert again.amount == first.amount
        assert not (await returns.refund(tx, first.id)).is_alive


async def test_the_credit_note_names_the_lines(db: Database) -> None:
    async with db.transaction(CLERK) as tx:
        order = await sold(tx)
        await invoicing.issue(tx, order.id)
        refund = await returns.refund_lines(
            tx,
            order_id=order.id,
            lines=[RefundLine(order.lines[0].id, 1)],
            shipping=540,
            adjustment=-60,
            reason="x",
            key="1",
        )
        assert refund.payment_refund_id is not None
        await payments.observe_refund(tx, sent_back(await payments.refund(tx, refund.payment_refund_id)))
        await invoicing.credit(tx, refund.payment_refund_id)

        note = (await invoicing.documents_of(tx, order.id))[-1]

        document = await invoicing.document(tx, note.id)
        assert len(document.lines) == 3
