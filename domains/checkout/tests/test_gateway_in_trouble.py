"""A gateway that is silent, down, refuses or says something else than was agreed, while somebody pays."""

import pytest

from app.sandbox.testing import CARD_ASKS, CARD_CAPTURE_FAILS, Sandbox
from domains import cart, checkout
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import (
    STAFF,
    assert_books_agree,
    events,
    move_clock,
    press_pay,
    ready,
    sellable,
    status_of,
    statuses,
    tiny_shop,
)
from domains.kit import Database
from domains.orders import OrderStatus
from domains.payments.gateway import StripeGateway

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("fault", ["answer_lost", "garbage"])
async def test_a_lost_answer_to_the_authorisation_is_asked_for_again_and_pays_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway, fault: str
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await sandbox.fault(on="payment_intents.create", count=1, **{fault: True})

    outcome = await press_pay(live_db, sandbox, gateway, shopper)

    assert outcome.state is PaymentState.CONFIRMED
    assert len((await sandbox.api("GET", "/v1/payment_intents"))["data"]) == 1
    await assert_books_agree(live_db, sandbox)


async def test_while_no_answer_comes_the_payment_is_being_confirmed_and_is_found_by_its_metadata(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await sandbox.fault(on="payment_intents.create", count=2, answer_lost=True)

    unknown = await press_pay(live_db, sandbox, gateway, shopper)
    again = await press_pay(live_db, sandbox, gateway, shopper)

    assert (unknown.state, again.state) == (PaymentState.PROCESSING, PaymentState.PROCESSING)
    assert again.order_id == unknown.order_id

    await move_clock(live_db, seconds=35)
    await checkout.flows.reconcile(live_db, gateway)

    assert await statuses(live_db) == [("confirmed", None)]
    assert len((await sandbox.api("GET", "/v1/payment_intents"))["data"]) == 1
    await assert_books_agree(live_db, sandbox)


async def test_a_lost_answer_to_the_capture_takes_the_money_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await sandbox.fault(on="payment_intents.capture", count=1, answer_lost=True)

    outcome = await press_pay(live_db, sandbox, gateway, shopper)

    assert outcome.state is PaymentState.CONFIRMED
    await assert_books_agree(live_db, sandbox)


async def test_a_capture_of_which_nothing_is_heard_is_finished_by_the_reconcile_job(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await sandbox.fault(on="payment_intents.capture", count=2, answer_lost=True)

    outcome = await press_pay(live_db, sandbox, gateway, shopper)
    assert outcome.state is PaymentState.PROCESSING
    await move_clock(live_db, seconds=35)
    await checkout.flows.reconcile(live_db, gateway)

    assert await statuses(live_db) == [("confirmed", None)]
    await assert_books_agree(live_db, sandbox)


async def test_a_gateway_that_is_down_leaves_no_order_and_keeps_cart_and_hold(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    token = await sandbox.confirmation_token()
    dead = StripeGateway(**{**sandbox.gateway_options(), "api_base": "http://127.0.0.1:9"})

    outcome = await press_pay(live_db, sandbox, dead, shopper, token=token)
    await dead.aclose()

    assert outcome.state is PaymentState.UNAVAILABLE
    assert await statuses(live_db) == [("cancelled", "unavailable")]
    assert await sellable(live_db, shop.variant_id) == (10, 1, 0)
    async with live_db.transaction(STAFF) as tx:
        assert (await checkout.checkout(tx, shopper.checkout_id)).status is checkout.CheckoutStatus.OPEN
        assert len((await cart.view(tx, shopper.cart_id)).lines) == 1

    later = await press_pay(live_db, sandbox, gateway, shopper)

    assert later.state is PaymentState.CONFIRMED
    assert await sellable(live_db, shop.variant_id) == (9, 0, 1)
    await assert_books_agree(live_db, sandbox)


async def test_a_capture_that_fails_for_good_gives_everything_back(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)

    outcome = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_CAPTURE_FAILS)

    assert outcome.state is PaymentState.CANCELLED
    assert await statuses(live_db) == [("cancelled", "payment_failed")]
    assert await sellable(live_db, shop.variant_id) == (10, 0, 0)
    assert await events(live_db, "payment.failed") == 1
    (intent,) = (await sandbox.api("GET", "/v1/payment_intents"))["data"]
    assert intent["status"] == "canceled"
    assert await sandbox.requests("payment_intents.capture") == 2

    paid = await press_pay(live_db, sandbox, gateway, shopper)

    assert paid.state is PaymentState.CONFIRMED
    await assert_books_agree(live_db, sandbox)


async def test_a_capture_that_is_refused_once_is_tried_again(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await sandbox.fault(on="payment_intents.capture", count=1, refuse_capture=True)

    outcome = await press_pay(live_db, sandbox, gateway, shopper)

    assert outcome.state is PaymentState.CONFIRMED
    await assert_books_agree(live_db, sandbox)


async def test_an_intent_of_another_amount_is_not_believed(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    cheap, dear = await ready(live_db, shop), await ready(live_db, shop, quantity=3)
    asked = await press_pay(live_db, sandbox, gateway, cheap, card=CARD_ASKS)
    await sandbox.shopper_answers(asked.url, "confirm")
    other = await press_pay(live_db, sandbox, gateway, dear, card=CARD_ASKS)
    (intent, *_rest) = [
        each
        for each in (await sandbox.api("GET", "/v1/payment_intents"))["data"]
        if each["metadata"]["order_id"] == str(asked.order_id)
    ]
    assert other.payment_id is not None
    await sandbox.api(
        "POST",
        f"/v1/payment_intents/{intent['id']}",
        **{"metadata[order_id]": str(other.order_id), "metadata[payment_id]": str(other.payment_id)},
    )

    await checkout.flows.settle(live_db, gateway, other.payment_id, cause="forged")

    assert await status_of(live_db, other.order_id) is OrderStatus.PENDING


async def test_the_gateway_without_our_key_is_as_one_that_is_down(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    strange = StripeGateway(**{**sandbox.gateway_options(), "secret_key": "sk_test_unset"})

    outcome = await press_pay(live_db, sandbox, strange, shopper)
    await strange.aclose()

    assert outcome.state is PaymentState.UNAVAILABLE
    assert await statuses(live_db) == [("cancelled", "unavailable")]
