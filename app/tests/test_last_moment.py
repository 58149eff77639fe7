"""The last second of a hold and the last piece of stock, through the real web face with a real gateway beside it."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from app.sandbox.testing import CARD_ASKS
from app.tests.market import Market, open_market, text
from domains import checkout, inventory
from domains.checkout.tests.factories import STAFF, move_clock, sellable, statuses
from domains.kit import Database

pytestmark = pytest.mark.slow


@pytest.fixture
async def market(live_db: Database, redis_url: str) -> AsyncIterator[Market]:
    async with open_market(live_db, redis_url) as running:
        yield running


async def test_at_14_59_the_things_are_still_held_and_at_15_01_somebody_else_buys_them(
    live_db: Database, redis_url: str
) -> None:
    async with open_market(live_db, redis_url, on_hand=1) as market:
        slow, quick = await market.shoppers(2)
        await quick.add()
        page = await slow.walk()

        await move_clock(live_db, minutes=14, seconds=55)
        await market.work()
        too_early = await quick.contact()
        await move_clock(live_db, minutes=15, seconds=1)
        await market.work()
        in_time = await quick.contact()
        bought = await quick.arrive(await quick.pay(await quick.go_on()))
        too_late = await slow.pay(page)
        await market.work()

        assert too_early.status_code == 409
        assert in_time.status_code == 303
        assert bought
        assert too_late.status_code == 409
        assert "Nothing was charged" in text(too_late)
        assert await statuses(live_db) == [("confirmed", None)]
        assert len(await market.listed("payment_intents")) == 1
        await market.assert_sound()


async def test_at_14_59_a_press_of_pay_is_in_time(live_db: Database, redis_url: str) -> None:
    async with open_market(live_db, redis_url, on_hand=1) as market:
        shopper = await market.shopper()
        page = await shopper.walk()

        await move_clock(live_db, minutes=14, seconds=55)
        await market.work()
        number = await shopper.arrive(await shopper.pay(page))
        await market.work()

        assert number
        assert await statuses(live_db) == [("confirmed", None)]
        await market.assert_sound()


async def test_sweeper_beside_payments_of_the_last_second_never_frees_what_is_paid(
    live_db: Database, redis_url: str
) -> None:
    async with open_market(live_db, redis_url, on_hand=8) as market:
        late, waiting = await market.shoppers(8), await market.shoppers(8)
        for shopper in waiting:
            await shopper.add()
        pages = [await shopper.walk() for shopper in late]
        asked = [await late[number].pay(pages[number], card=CARD_ASKS) for number in range(4)]
        assert {answer.status_code for answer in asked} == {200}
        intents = await market.listed("payment_intents")
        banks = [intent["next_action"]["redirect_to_url"]["url"] for intent in intents]
        await move_clock(live_db, minutes=15, seconds=1)

        async def confirm(number: int) -> None:
            await asyncio.sleep(number * 0.03)
            try:
                await market.sandbox.shopper_answers(banks[number], "confirm")
            except AssertionError:
                return  # the bank says that this payment was called off
            await late[number].http.get("/checkout/return")

        async def press(number: int) -> None:
            answer = await late[number].pay(pages[number])
            assert answer.status_code in (200, 303, 409), text(answer)

        async def come_in(number: int) -> None:
            await asyncio.sleep(number * 0.02)
            answer = await waiting[number].contact()
            assert answer.status_code in (303, 409), text(answer)

        await asyncio.gather(
            *(confirm(number) for number in range(4)),
            *(press(number) for number in range(4, 8)),
            *(come_in(number) for number in range(8)),
            checkout.flows.sweep(live_db, market.gateway),
            checkout.flows.sweep(live_db, market.gateway),
        )
        await market.work(seconds=(15 * 60 + 40, 15 * 60 + 80, 31 * 60))

        ends = await statuses(live_db)
        assert {status for status, _reason in ends} <= {"confirmed", "cancelled"}
        on_hand, reserved, allocated = await sellable(live_db, market.goods.variant_id)
        confirmed = sum(status == "confirmed" for status, _reason in ends)
        assert (on_hand, reserved, allocated) == (8 - confirmed, 0, confirmed)
        await market.assert_sound()


async def test_staff_cannot_correct_away_what_is_being_paid_for(market: Market) -> None:
    shopper = await market.shopper()
    page = await shopper.walk()
    await market.sandbox.fault(slow=2, on="payment_intents.create", count=1)
    paying = asyncio.create_task(shopper.pay(page))
    await market.until("SELECT 1 FROM orders.orders")

    with pytest.raises(inventory.StockIsReserved):
        async with market.db.transaction(STAFF) as tx:
            await inventory.adjust(
                tx,
                variant_id=market.goods.variant_id,
                warehouse_id=market.goods.warehouse_id,
                change=-10,
                reason=inventory.Reason.COUNT,
            )
    number = await shopper.arrive(await paying)
    await market.work()

    assert number
    await market.assert_sound()


async def test_stock_that_is_gone_before_the_money_is_taken_leaves_the_money_where_it_is(market: Market) -> None:
    shopper = await market.shopper()
    page = await shopper.walk()
    await market.sandbox.fault(slow=2, on="payment_intents.create", count=1)
    paying = asyncio.create_task(shopper.pay(page))
    await market.until("SELECT 1 FROM orders.orders")

    # The shelf fell over: somebody frees the hold by hand and writes the goods off.
    async with market.db.transaction(STAFF) as tx:
        order_id = (await tx.sql("SELECT id FROM orders.orders")).scalar_one()
        await inventory.release(tx, order_id=order_id)
    async with market.db.transaction(STAFF) as tx:
        await inventory.adjust(
            tx,
            variant_id=market.goods.variant_id,
            warehouse_id=market.goods.warehouse_id,
            change=-10,
            reason=inventory.Reason.DAMAGED,
        )
    answer = await paying
    arrived = await shopper.arrive(answer)
    await market.work(seconds=(0, 35))

    assert arrived == ""
    assert await statuses(market.db) == [("cancelled", "out_of_stock")]
    assert await market.sandbox.requests("payment_intents.capture") == 0
    (intent,) = await market.listed("payment_intents")
    assert intent["status"] == "canceled"
    assert len(await market.mails(to=shopper.email)) == 1
    await market.assert_sound()


async def test_stock_that_is_gone_after_the_money_was_taken_sends_it_back_with_a_mail(market: Market) -> None:
    shopper = await market.shopper()
    page = await shopper.walk()
    await market.sandbox.fault(slow=3, on="payment_intents.capture", count=1)
    paying = asyncio.create_task(shopper.pay(page))
    await market.until("SELECT 1 FROM payments.captures")  # committed before the gateway is asked

    async with market.db.transaction(STAFF) as tx:
        order_id = (await tx.sql("SELECT id FROM orders.orders")).scalar_one()
        await inventory.release(tx, order_id=order_id)
    await shopper.arrive(await paying)
    await market.work(seconds=(0, 35, 70))

    assert await statuses(market.db) == [("cancelled", "out_of_stock")]
    (intent,) = await market.listed("payment_intents")
    (refund,) = await market.listed("refunds")
    assert refund["amount"] == intent["amount_received"] > 0
    not_completed, refunded = await market.mails(to=shopper.email)
    assert "was not completed" in not_completed
    assert "is on its way back" in refunded
    await market.assert_sound()
