"""Many at once through the real web face, with a real gateway beside it: what is sold is sold once and paid once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from app.sandbox.testing import CARD_ASKS
from app.tests.market import Market, hidden, open_market, text
from domains import checkout, fulfilment, orders, payments
from domains.checkout.tests.factories import STAFF, events, sellable, statuses
from domains.kit import Actor, Conflict, Database, Money, new_id

pytestmark = pytest.mark.slow


@pytest.fixture
async def market(live_db: Database, redis_url: str) -> AsyncIterator[Market]:
    async with open_market(live_db, redis_url) as running:
        yield running


@pytest.mark.parametrize(("buyers", "units"), [(60, 10), (50, 1)])
async def test_of_many_buyers_as_many_buy_as_there_are_units_and_the_rest_is_told_so(
    live_db: Database, redis_url: str, buyers: int, units: int
) -> None:
    async with open_market(live_db, redis_url, on_hand=units) as market:
        crowd = await market.shoppers(buyers)
        for shopper in crowd:
            await shopper.add()

        async def buy(number: int) -> str:
            began = await crowd[number].contact()
            if began.status_code == 409:
                assert "0 left" in text(began) or "sold out" in text(began).lower() or "no longer" in text(began)
                return "refused"
            assert began.status_code == 303, text(began)
            page = await crowd[number].go_on()
            return await crowd[number].arrive(await crowd[number].pay(page))

        outcomes = await asyncio.gather(*(buy(number) for number in range(buyers)))
        await market.work()

        assert Counter(outcomes)["refused"] == buyers - units
        assert len(set(outcomes) - {"refused"}) == units
        assert "" not in outcomes
        assert await statuses(live_db) == [("confirmed", None)] * units
        assert await sellable(live_db, market.goods.variant_id) == (0, 0, units)
        await market.assert_sound()


async def test_twenty_submits_of_one_form_are_one_order_with_one_number(market: Market) -> None:
    shopper = await market.shopper()
    form = await shopper.form(await shopper.walk())

    answers = await asyncio.gather(*(shopper.post("/checkout/payment", **form) for _ in range(20)))
    numbers = {await shopper.arrive(answer) for answer in answers}
    await market.work()

    assert len(numbers) == 1
    assert numbers != {""}
    assert await statuses(market.db) == [("confirmed", None)]
    assert len(await market.listed("payment_intents")) == 1
    await market.assert_sound()


async def test_twenty_submits_with_keys_of_their_own_on_one_cart_are_one_order(market: Market) -> None:
    shopper = await market.shopper()
    await shopper.walk()
    pages = [await shopper.http.get("/checkout/payment") for _ in range(20)]
    forms = [await shopper.form(page) for page in pages]
    assert len({form["key"] for form in forms}) == 20

    answers = await asyncio.gather(*(shopper.post("/checkout/payment", **form) for form in forms))
    numbers = {await shopper.arrive(answer) for answer in answers}
    await market.work()

    assert len(numbers) == 1
    assert numbers != {""}
    assert await statuses(market.db) == [("confirmed", None)]
    assert len(await market.listed("payment_intents")) == 1
    await market.assert_sound()


async def test_webhooks_before_after_tenfold_and_beside_the_return_page_confirm_once_with_one_mail(
    market: Market,
) -> None:
    shopper = await market.shopper()
    asked = await shopper.pay(await shopper.walk(), card=CARD_ASKS)
    bank_url = (await market.listed("payment_intents"))[0]["next_action"]["redirect_to_url"]["url"]
    assert bank_url in text(asked) or bank_url in asked.text.replace("&amp;", "&")
    await market.send_all(await market.notices())  # before there is anything to settle
    await market.work()
    await market.sandbox.shopper_answers(bank_url, "confirm")
    told = await market.notices()

    await asyncio.gather(
        market.send_all(reversed(told), times=10),
        *(shopper.http.get("/checkout/return") for _ in range(5)),
        *(checkout.flows.handle_webhooks(market.db, market.gateway) for _ in range(3)),
        checkout.flows.reconcile(market.db, market.gateway),
        checkout.flows.sweep(market.db, market.gateway),
    )
    number = await shopper.arrive(await shopper.http.get("/checkout/return"))
    await market.send_all(await market.notices(), times=2)  # and long after
    await market.work(seconds=(0, 35, 70))

    assert number.startswith("ORD-")
    assert await statuses(market.db) == [("confirmed", None)]
    assert await events(market.db, "order.confirmed") == 1
    assert await events(market.db, "payment.captured") == 1
    assert await market.sandbox.requests("payment_intents.capture") >= 1
    assert len([subject for subject in await market.mails(to=shopper.email) if number in subject]) == 1
    assert len(await market.mails(to=shopper.email)) == 1
    assert len([subject for subject in await market.mails(to="owner@example.com") if number in subject]) == 1
    await market.assert_sound()


async def test_ten_refunds_at_once_never_send_back_more_than_was_taken(market: Market) -> None:
    shopper = await market.shopper()
    await shopper.arrive(await shopper.pay(await shopper.walk()))
    async with market.db.transaction(STAFF) as tx:
        payment_id, taken = (await tx.sql("SELECT id, captured_cents FROM payments.payments")).one()
    part = taken // 4 + 1  # three fit, the fourth does not

    async def refund(number: int) -> int:
        clerk = Actor.staff(new_id(), "finance" if number % 2 else "manager")
        try:
            await payments.flows.refund(
                market.db,
                market.gateway,
                clerk,
                payment_id=payment_id,
                amount=Money(part, "USD"),
                reason="came broken",
                key=f"request {number}",
            )
        except payments.RefundTooHigh as refused:
            return refused.left.amount
        return int(part)

    done = await asyncio.gather(*(refund(number) for number in range(10)))
    await market.work(seconds=(0, 35))

    assert Counter(done) == {part: 3, taken - 3 * part: 7}
    sent = await market.listed("refunds")
    assert sorted(each["amount"] for each in sent) == [part] * 3
    async with market.db.transaction(STAFF) as tx:
        assert (await payments.payment(tx, payment_id)).refunded == 3 * part
    await market.assert_sound()


async def test_cancelling_shipping_and_refunding_at_once_let_one_story_win(market: Market) -> None:
    stories: Counter[str] = Counter()
    for _round in range(4):
        shopper = await market.shopper()
        number = await shopper.arrive(await shopper.pay(await shopper.walk()))
        async with market.db.transaction(STAFF) as tx:
            found = (
                await tx.sql(
                    "SELECT id, payment_id, total_cents FROM orders.orders WHERE order_number = :number",
                    {"number": number},
                )
            ).one()

        async def ship(order_id: object = found.id) -> None:
            async with market.db.transaction(STAFF) as tx:
                await fulfilment.send_whole(tx, order_id, tracking_number=f"1Z {order_id}")  # type: ignore[arg-type]

        async def cancel(order_id: object = found.id) -> None:
            await checkout.flows.cancel(market.db, market.gateway, Actor.staff(new_id(), "manager"), order_id)  # type: ignore[arg-type]

        async def refund(payment_id: object = found.payment_id, total: int = found.total_cents) -> None:
            await payments.flows.refund(
                market.db,
                market.gateway,
                STAFF,
                payment_id=payment_id,  # type: ignore[arg-type]
                amount=Money(total, "USD"),
                reason="goodwill",
                key="goodwill",
            )

        outcomes = await asyncio.gather(cancel(), ship(), refund(), cancel(), return_exceptions=True)
        assert all(outcome is None or isinstance(outcome, Conflict) for outcome in outcomes), outcomes
        async with market.db.transaction(STAFF) as tx:
            stories[(await orders.head(tx, found.id)).status] += 1
    await market.work(seconds=(0, 35))

    assert set(stories) <= {"cancelled", "shipped"}
    await market.assert_sound()


async def test_shoppers_who_close_the_browser_at_any_moment_leave_one_story_each(market: Market) -> None:
    crowd = await market.shoppers(10)
    forms = [await shopper.form(await shopper.walk()) for shopper in crowd]

    async def leave(number: int) -> None:
        pressing = asyncio.create_task(crowd[number].http.post("/checkout/payment", data=forms[number]))
        await asyncio.sleep(0.04 * number)
        pressing.cancel()
        await asyncio.gather(pressing, return_exceptions=True)

    await asyncio.gather(*(leave(number) for number in range(10)))
    await market.work(seconds=(0, 35, 70, 105, 17 * 60))

    assert {status for status, _reason in await statuses(market.db)} <= {"confirmed", "cancelled"}
    await market.assert_sound()


async def test_what_a_second_tab_adds_while_the_card_is_asked_is_neither_charged_nor_sent(market: Market) -> None:
    shopper = await market.shopper()
    page = await shopper.walk()
    await market.sandbox.fault(slow=2, on="payment_intents.create", count=1)
    paying = asyncio.create_task(shopper.pay(page))
    await market.until("SELECT 1 FROM orders.orders")

    await shopper.add(3)
    number = await shopper.arrive(await paying)
    await market.work()

    assert number
    async with market.db.transaction(STAFF) as tx:
        lines = (await tx.sql("SELECT quantity FROM orders.order_lines")).scalars().all()
        total = (await tx.sql("SELECT total_cents FROM orders.orders")).scalar_one()
    assert lines == [1]
    (intent,) = await market.listed("payment_intents")
    assert intent["amount_received"] == total == int(hidden(page)["total"])
    assert await sellable(market.db, market.goods.variant_id) == (9, 0, 1)
    await market.assert_sound()
