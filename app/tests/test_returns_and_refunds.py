"""Returns and refunds as staff meet them: from the request to the money, by role, and two at once."""

import re
from collections.abc import AsyncIterator
from html import unescape

import httpx
import pytest

from app.tests.market import Market, open_market, text
from app.tests.staff.people import grow_stale, staff_in
from app.web.testing import Browser
from domains import fulfilment, inventory, orders, returns, store
from domains.checkout.tests.factories import STAFF, press_pay, ready
from domains.kit import Database
from domains.orders import OrderView
from domains.returns import Asked, RefundStatus, ReturnReason, ReturnStatus, ReturnView


@pytest.fixture
async def market(live_db: Database, redis_url: str) -> AsyncIterator[Market]:
    async with open_market(live_db, redis_url) as running:
        yield running


async def bought(market: Market, *, quantity: int = 3, arrived: bool = True) -> OrderView:
    """What somebody bought and paid for; it has been delivered, or is on its way."""
    basket = await ready(market.db, market.goods, quantity=quantity)
    paid = await press_pay(market.db, market.sandbox, market.gateway, basket)
    async with market.db.transaction(STAFF) as tx:
        await sent(tx, await orders.order(tx, paid.order_id), arrived=arrived)
        return await orders.order(tx, paid.order_id)


async def waiting_to_be_sent(market: Market) -> OrderView:
    """What somebody bought and paid for, and is still here."""
    paid = await press_pay(market.db, market.sandbox, market.gateway, await ready(market.db, market.goods))
    await market.work()
    async with market.db.transaction(STAFF) as tx:
        return await orders.order(tx, paid.order_id)


async def sent(tx, order: OrderView, *, arrived: bool) -> None:
    await fulfilment.send_whole(tx, order.id, tracking_number=f"1Z {order.number[-4:]}")
    if arrived:
        await fulfilment.deliver_whole(tx, order.id)


async def asked_back(db: Database, order: OrderView, quantity: int) -> ReturnView:
    async with db.transaction(STAFF) as tx:
        return await returns.request(
            tx,
            order_id=order.id,
            lines=[Asked(order.lines[0].id, quantity, ReturnReason.DAMAGED)],
            key=f"{order.id}{quantity}",
        )


async def on_shelf(market: Market) -> int:
    async with market.db.transaction(STAFF) as tx:
        (found,) = await inventory.levels(tx, [market.goods.variant_id])
        return found.quantity_on_hand


def key_of(page: httpx.Response) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page.text)
    assert found is not None, text(page)
    return found[1]


def hidden_of(page: httpx.Response, marker: str) -> dict[str, str]:
    """The hidden fields of the form that holds `marker`."""
    form = next(part for part in page.text.split("<form")[1:] if marker in part.split("</form>")[0]).split("</form>")[0]
    return {
        unescape(found[1]): unescape(found[2])
        for found in re.finditer(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    }


async def refund(http: Browser, order: OrderView, **fields: str) -> tuple[httpx.Response, httpx.Response]:
    """Fill in the form, look at the amount, confirm: the page that asks, and the answer."""
    url = f"/staff/orders/{order.number}/refund"
    form = await http.get(url)
    asking = await http.post(url, data={"key": key_of(form), "reason": "came broken", **fields})
    if asking.status_code != 200:
        return asking, asking
    return asking, await http.post(url, data=hidden_of(asking, 'name="seen"'))


async def test_a_return_goes_from_request_to_refund_with_its_goods_back_on_the_shelf(market: Market) -> None:
    order = await bought(market)
    back = await asked_back(market.db, order, 2)
    before = await on_shelf(market)
    line = back.lines[0].order_line_id
    async with staff_in(market.front.shop, "manager") as manager:
        queue = await manager.get("/staff/returns")
        assert back.number in queue.text
        page = await manager.get(f"/staff/returns/{back.number}")
        assert "It arrived damaged" in text(page)

        approved = await manager.post(f"/staff/returns/{back.number}/approval", data={"answer": "Use the old box."})
        received = await manager.post(
            f"/staff/returns/{back.number}/receipt",
            data={f"restock-{line}": "1", f"scrap-{line}": "1", "warehouse": str(market.goods.warehouse_id)},
        )
        form = await manager.get(f"/staff/orders/{order.number}/refund?return={back.number}")
        filled = {"key": key_of(form), "back": back.number, f"quantity-{line}": "2", "reason": "returned"}
        asking = await manager.post(f"/staff/orders/{order.number}/refund", data=filled)
        given = await manager.post(f"/staff/orders/{order.number}/refund", data=hidden_of(asking, 'name="seen"'))
        after = await manager.get(f"/staff/returns/{back.number}")
        refunds = await manager.get("/staff/refunds")
    await market.work(seconds=(0, 35))

    assert [answer.status_code for answer in (approved, received, asking, given)] == [303, 303, 200, 303]
    assert "2 × " in text(asking)
    async with market.db.transaction(STAFF) as tx:
        done = await returns.return_(tx, back.id)
        (paid_back,) = await returns.refunds_of(tx, order.id)
    assert done.status is ReturnStatus.REFUNDED
    assert await on_shelf(market) == before + 1
    (sent_back,) = await market.listed("refunds")
    assert sent_back["amount"] == paid_back.amount.amount == 4355
    assert paid_back.state == "processed"
    assert "1 went on the shelf" in text(after)
    assert order.number in refunds.text
    await market.assert_sound()


async def test_a_part_then_the_rest_and_not_a_cent_more(market: Market) -> None:
    order = await bought(market)
    line = order.lines[0].id
    async with staff_in(market.front.shop, "finance") as finance:
        _asking, first = await refund(finance, order, **{f"quantity-{line}": "1"})
        _asking, second = await refund(finance, order, **{f"quantity-{line}": "2", "shipping": "5.44"})
        page = await finance.get(f"/staff/orders/{order.number}/refund")
        more = await finance.post(
            f"/staff/orders/{order.number}/refund",
            data={"key": "one-more", "reason": "more", "adjustment": "0.01"},
        )
    await market.work(seconds=(0, 35))

    assert (first.status_code, second.status_code, more.status_code) == (303, 303, 409)
    assert "Everything has gone back" in text(page)
    assert sum(each["amount"] for each in await market.listed("refunds")) == order.total.amount
    await market.assert_sound()


async def test_a_return_of_all_before_arrival_calls_the_order_off(market: Market) -> None:
    order = await bought(market, quantity=1, arrived=False)
    back = await asked_back(market.db, order, 1)
    async with (
        staff_in(market.front.shop, "warehouse") as warehouse,
        staff_in(market.front.shop, "manager") as manager,
    ):
        refused = await warehouse.post(f"/staff/returns/{back.number}/approval", data={})
        forbidden = await warehouse.post(f"/staff/returns/{back.number}/recall", data={})
        done = await manager.post(f"/staff/returns/{back.number}/recall", data={})
    await market.work(seconds=(0, 35))

    assert (refused.status_code, forbidden.status_code, done.status_code) == (409, 403, 303)
    async with market.db.transaction(STAFF) as tx:
        called_off = await orders.order(tx, order.id)
    assert (called_off.status, called_off.cancel_reason) == ("cancelled", "recalled")
    assert [each["amount"] for each in await market.listed("refunds")] == [order.total.amount]
    await market.assert_sound()


async def test_above_the_limit_somebody_else_approves_and_the_first_cannot(market: Market) -> None:
    order = await bought(market, quantity=1)
    async with market.db.transaction(STAFF) as tx:
        await store.change(tx, refund_limit=1000)
    async with (
        staff_in(market.front.shop, "finance") as finance,
        staff_in(market.front.shop, "owner") as owner,
    ):
        _asking, held = await refund(finance, order, **{f"quantity-{order.lines[0].id}": "1"})
        one = held.headers["location"]
        shown = await finance.get(one)
        own = await finance.post(f"{one}/approval", data={})
        assert await market.listed("refunds") == []

        approved = await owner.post(f"{one}/approval", data={})
        again = await owner.post(f"{one}/approval", data={})
    await market.work(seconds=(0, 35))

    assert "second person" in text(shown)
    assert "Approve and refund" not in text(shown)
    assert (own.status_code, approved.status_code, again.status_code) == (409, 303, 409)
    assert [each["amount"] for each in await market.listed("refunds")] == [2178]
    await market.assert_sound()


async def test_a_cancellation_above_the_limit_waits_for_a_second_person_who_cancels(market: Market) -> None:
    order = await waiting_to_be_sent(market)
    async with market.db.transaction(STAFF) as tx:
        await store.change(tx, refund_limit=order.total.amount - 1)
    async with (
        staff_in(market.front.shop, "manager") as manager,
        staff_in(market.front.shop, "owner") as owner,
    ):
        answers = [
            await manager.post(f"/staff/orders/{order.number}/cancellation", data={"why": "Bought twice"})
            for _twice in range(2)
        ]
        told = await manager.get(answers[0].headers["location"])
        async with market.db.transaction(STAFF) as tx:
            before = (await orders.head(tx, order.id)).status
            (waiting,) = await returns.refunds_of(tx, order.id)
        on_its_order = await owner.get(f"/staff/orders/{order.number}")
        shown = await owner.get(f"/staff/refunds/{waiting.id}")
        own = await manager.post(f"/staff/refunds/{waiting.id}/approval", data={})
        nothing_yet = await market.listed("refunds")

        approved = await owner.post(f"/staff/refunds/{waiting.id}/approval", data={})
    await market.work(seconds=(0, 35))

    assert "Not cancelled yet" in text(told)
    assert (before, nothing_yet, own.status_code, approved.status_code) == ("confirmed", [], 409, 303)
    assert "waits for a second person" in text(on_its_order)
    assert f"/staff/refunds/{waiting.id}" in on_its_order.text
    assert "Cancel the order" not in text(on_its_order)
    assert "Approving it cancels order" in text(shown)
    assert "Bought twice" in text(shown)
    async with market.db.transaction(STAFF) as tx:
        after = await orders.order(tx, order.id)
        (shipment,) = await fulfilment.of_order(tx, order.id)
        (shelf,) = await inventory.levels(tx, [market.goods.variant_id])
    assert (after.status, after.cancel_reason, shipment.status) == ("cancelled", "staff", "called_off")
    assert (shelf.quantity_on_hand, shelf.quantity_allocated) == (10, 0)
    assert [each["amount"] for each in await market.listed("refunds")] == [order.total.amount]
    await market.assert_sound()


async def test_a_refused_cancellation_leaves_the_order_as_it_is(market: Market) -> None:
    order = await waiting_to_be_sent(market)
    url = f"/staff/orders/{order.number}/cancellation"
    async with market.db.transaction(STAFF) as tx:
        await store.change(tx, refund_limit=100)
    async with (
        staff_in(market.front.shop, "support") as support,
        staff_in(market.front.shop, "finance") as finance,
    ):
        _asking, held = await refund(finance, order, adjustment="2.00")
        beside = await support.post(url, data={"why": "Bought twice"})
        async with staff_in(market.front.shop, "owner") as owner:
            await owner.post(f"{held.headers['location']}/refusal", data={"note": "No."})
        asked = await support.post(url, data={"why": "Bought twice"})
        async with market.db.transaction(STAFF) as tx:
            _refused, waiting = await returns.refunds_of(tx, order.id)
        refused = await finance.post(f"/staff/refunds/{waiting.id}/refusal", data={"note": "They want it."})

    assert (beside.status_code, asked.status_code, refused.status_code) == (409, 303, 303)
    assert "A refund of this order waits for a second person." in text(beside)
    async with market.db.transaction(STAFF) as tx:
        assert (await orders.head(tx, order.id)).status == "confirmed"
    assert await market.listed("refunds") == []
    await market.assert_sound()


async def test_a_refused_refund_moves_nothing(market: Market) -> None:
    order = await bought(market, quantity=1)
    async with market.db.transaction(STAFF) as tx:
        await store.change(tx, refund_limit=0)
    async with (
        staff_in(market.front.shop, "finance") as finance,
        staff_in(market.front.shop, "owner") as owner,
    ):
        _asking, held = await refund(finance, order, adjustment="1.00")
        without = await owner.post(f"{held.headers['location']}/refusal", data={"note": ""})
        refused = await owner.post(f"{held.headers['location']}/refusal", data={"note": "Not agreed."})

    assert (without.status_code, refused.status_code) == (422, 303)
    async with market.db.transaction(STAFF) as tx:
        (one,) = await returns.refunds_of(tx, order.id)
    assert (one.status, one.decision_note) == (RefundStatus.REFUSED, "Not agreed.")
    assert await market.listed("refunds") == []


async def test_a_refund_whose_answer_was_lost_is_on_its_way_and_is_not_sent_twice(market: Market) -> None:
    order = await bought(market, quantity=1)
    await market.sandbox.fault(answer_lost=True, on="refunds.create", count=1)
    async with staff_in(market.front.shop, "owner") as owner:
        _asking, given = await refund(owner, order, **{f"quantity-{order.lines[0].id}": "1"})
        shown = await owner.get(given.headers["location"])
    assert "On its way" in text(shown)

    await market.work(seconds=(35, 70, 105))

    assert [each["amount"] for each in await market.listed("refunds")] == [2178]
    await market.assert_sound()


async def test_an_old_password_is_asked_again_and_the_form_is_kept(market: Market) -> None:
    order = await bought(market, quantity=1)
    line = order.lines[0].id
    url = f"/staff/orders/{order.number}/refund"
    async with staff_in(market.front.shop, "owner") as owner:
        form = await owner.get(url)
        fields = {"key": key_of(form), "reason": "broken", f"quantity-{line}": "1"}
        await grow_stale(owner)

        asked = await owner.post(url, data=fields)
        again = await owner.post(url, data={**fields, "password_again": "five blue kettles"})

    assert asked.status_code == 401
    assert f"quantity-{line}" in asked.text
    assert again.status_code == 200
    assert "Refund $21.78" in text(again)
    assert await market.listed("refunds") == []
