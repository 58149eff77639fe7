"""Holds that end: what is kept until the last second, what is freed, and what becomes of the order."""

import asyncio

import httpx
import pytest

from app.sandbox.testing import CARD_ASKS, CARD_DECLINED, Sandbox
from domains import checkout, inventory
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import (
    assert_books_agree,
    move_clock,
    press_pay,
    ready,
    sellable,
    statuses,
    tiny_shop,
)
from domains.kit import Database
from domains.payments.gateway import StripeGateway

pytestmark = pytest.mark.slow


async def test_a_hold_is_good_at_14_59_and_over_at_15_01(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    await ready(live_db, shop)

    await move_clock(live_db, minutes=14, seconds=57)
    await checkout.flows.sweep(live_db, gateway)
    before = await sellable(live_db, shop.variant_id)
    await move_clock(live_db, minutes=15, seconds=1)
    await checkout.flows.sweep(live_db, gateway)

    assert before == (10, 1, 0)
    assert await sellable(live_db, shop.variant_id) == (10, 0, 0)
    await assert_books_agree(live_db, sandbox)


async def test_a_hold_that_ran_out_is_taken_anew_by_the_press_of_pay(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await move_clock(live_db, minutes=20)
    await checkout.flows.sweep(live_db, gateway)

    outcome = await press_pay(live_db, sandbox, gateway, shopper)

    assert outcome.state is PaymentState.CONFIRMED
    await assert_books_agree(live_db, sandbox)


async def test_more_time_is_given_once(live_db: Database, gateway: StripeGateway) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await move_clock(live_db, minutes=10)

    async with live_db.transaction(shopper.actor) as tx:
        await checkout.extend(tx, shopper.checkout_id)
        longer = await inventory.hold(tx, shopper.cart_id)
    async with live_db.transaction(shopper.actor) as tx:
        await checkout.extend(tx, shopper.checkout_id)
        again = await inventory.hold(tx, shopper.cart_id)

    assert longer is not None
    assert again is not None
    assert longer.seconds_left > 10 * 60
    assert not longer.can_extend
    assert again.expires_at == longer.expires_at


async def test_a_declined_order_that_nobody_finishes_dies_with_its_hold_and_the_shopper_can_go_on(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db, on_hand=1)
    shopper = await ready(live_db, shop)
    await press_pay(live_db, sandbox, gateway, shopper, card=CARD_DECLINED)
    await move_clock(live_db, minutes=16)

    await checkout.flows.sweep(live_db, gateway)

    assert await statuses(live_db) == [("cancelled", "expired")]
    assert await sellable(live_db, shop.variant_id) == (1, 0, 0)
    paid = await press_pay(live_db, sandbox, gateway, shopper)
    assert paid.state is PaymentState.CONFIRMED
    assert await statuses(live_db) == [("cancelled", "expired"), ("confirmed", None)]
    await assert_books_agree(live_db, sandbox)


async def test_the_last_one_of_an_own_declined_order_past_its_time_can_still_be_bought(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db, on_hand=1)
    shopper = await ready(live_db, shop)
    await press_pay(live_db, sandbox, gateway, shopper, card=CARD_DECLINED)
    await move_clock(live_db, minutes=16)

    paid = await press_pay(live_db, sandbox, gateway, shopper)

    assert paid.state is PaymentState.CONFIRMED
    assert await statuses(live_db) == [("cancelled", "replaced"), ("confirmed", None)]
    await assert_books_agree(live_db, sandbox)


async def test_the_sweeper_ends_the_payment_before_it_frees_the_stock(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    await move_clock(live_db, minutes=16)
    await sandbox.fault(error_500=True)

    await checkout.flows.sweep(live_db, gateway)
    while_down = (await statuses(live_db), await sellable(live_db, shop.variant_id))
    await sandbox.mend()
    await asyncio.sleep(0.1)
    fresh = StripeGateway(**sandbox.gateway_options())  # its breaker has seen nothing
    await checkout.flows.sweep(live_db, fresh)
    await fresh.aclose()

    assert while_down == ([("pending", None)], (10, 1, 0))
    assert await statuses(live_db) == [("cancelled", "expired")]
    (intent,) = (await sandbox.api("GET", "/v1/payment_intents"))["data"]
    assert intent["status"] == "canceled"
    assert asked.payment_id is not None
    await assert_books_agree(live_db, sandbox)


async def test_who_confirms_at_the_bank_in_the_last_second_gets_his_things(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    await sandbox.shopper_answers(asked.url, "confirm")
    await move_clock(live_db, minutes=16)

    await checkout.flows.sweep(live_db, gateway)

    assert await statuses(live_db) == [("confirmed", None)]
    await assert_books_agree(live_db, sandbox)


async def test_sweeper_and_return_page_at_once_confirm_or_cancel_and_never_both(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db, on_hand=8)
    baskets = [await ready(live_db, shop) for _ in range(8)]
    asked = [await press_pay(live_db, sandbox, gateway, each, card=CARD_ASKS) for each in baskets]
    await move_clock(live_db, minutes=15, seconds=1)

    async def come_back(number: int) -> None:
        payment_id = asked[number].payment_id
        assert payment_id is not None
        await asyncio.sleep(number * 0.02)
        try:
            await sandbox.shopper_answers(asked[number].url, "confirm")
        except (AssertionError, httpx.HTTPError):
            return  # the bank says that the payment was cancelled
        await checkout.flows.settle(live_db, gateway, payment_id, cause=f"return:{payment_id}")

    await asyncio.gather(checkout.flows.sweep(live_db, gateway), *(come_back(number) for number in range(8)))
    await checkout.flows.sweep(live_db, gateway)

    ends = {status for status, _reason in await statuses(live_db)}
    assert ends <= {"confirmed", "cancelled"}
    await assert_books_agree(live_db, sandbox)
