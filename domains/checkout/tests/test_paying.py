"""Paying, against a gateway that speaks over HTTP and a database that really commits."""

import asyncio

import pytest

from app.sandbox.testing import CARD_ASKS, CARD_CAPTURE_FAILS, CARD_DECLINED, Sandbox
from domains import cart, checkout, inventory, notifications, orders, payments
from domains.checkout import StockShort, TooManyDeclines, TotalChanged
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import (
    PRICE,
    SHIPPING,
    STAFF,
    assert_books_agree,
    basket,
    customer,
    events,
    hide,
    move_clock,
    press_pay,
    ready,
    rename,
    sellable,
    status_of,
    statuses,
    tiny_shop,
)
from domains.kit import Database, Money, new_token
from domains.kit.deliveries import drain, subscribe
from domains.kit.idempotency import KeyReused
from domains.orders import OrderStatus
from domains.payments.gateway import StripeGateway

pytestmark = pytest.mark.slow


async def test_a_guest_pays_and_the_order_is_confirmed_with_its_stock(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop, quantity=2)

    outcome = await press_pay(live_db, sandbox, gateway, shopper)

    assert outcome.state is PaymentState.CONFIRMED
    tax = 399  # 8.875% of 45.00, half up
    async with live_db.transaction(STAFF) as tx:
        order = await orders.order(tx, outcome.order_id)
        after = await checkout.checkout(tx, shopper.checkout_id)
        assert await cart.find(tx, shopper.token) is None
    assert order.total == Money(2 * PRICE + SHIPPING + tax, "USD")
    assert order.user_id is None
    assert after.status is checkout.CheckoutStatus.COMPLETED
    assert await sellable(live_db, shop.variant_id) == (8, 0, 2)
    assert await events(live_db, "order.confirmed") == 1
    await assert_books_agree(live_db, sandbox)


async def test_a_member_s_order_is_his_and_names_him_at_the_gateway(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    member = await customer(live_db)
    shopper = await ready(live_db, shop, actor=member)

    outcome = await press_pay(live_db, sandbox, gateway, shopper)

    async with live_db.transaction(STAFF) as tx:
        assert (await orders.order(tx, outcome.order_id)).user_id == member.id
    (intent,) = (await sandbox.api("GET", "/v1/payment_intents"))["data"]
    assert intent["metadata"]["account_id"] == str(member.id)
    assert intent["metadata"]["order_id"] == str(outcome.order_id)
    assert intent["amount"] == shopper.total


async def test_a_declined_card_keeps_order_and_hold_and_a_good_one_pays_the_same_order(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)

    refused = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_DECLINED)

    assert refused.state is PaymentState.DECLINED
    assert "declined" in refused.message
    assert await status_of(live_db, refused.order_id) is OrderStatus.PENDING
    assert await sellable(live_db, shop.variant_id) == (10, 1, 0)
    assert await events(live_db, "payment.failed") == 0

    paid = await press_pay(live_db, sandbox, gateway, shopper)

    assert paid.state is PaymentState.CONFIRMED
    assert paid.order_id == refused.order_id
    assert await statuses(live_db) == [("confirmed", None)]
    await assert_books_agree(live_db, sandbox)


async def test_the_bank_asks_and_the_shopper_confirms(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    assert asked.state is PaymentState.REQUIRES_ACTION

    back_to = await sandbox.shopper_answers(asked.url, "confirm")
    assert asked.payment_id is not None
    outcome = await checkout.flows.settle(live_db, gateway, asked.payment_id, cause="return")

    assert back_to.startswith("http://127.0.0.1:8000/checkout/return")
    assert outcome.state is PaymentState.CONFIRMED
    await assert_books_agree(live_db, sandbox)


async def test_who_fails_at_the_bank_pays_with_another_card(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    assert asked.payment_id is not None
    await sandbox.shopper_answers(asked.url, "fail")
    back = await checkout.flows.settle(live_db, gateway, asked.payment_id, cause="return")
    assert back.state is PaymentState.DECLINED

    paid = await press_pay(live_db, sandbox, gateway, shopper)

    assert (paid.state, paid.order_id) == (PaymentState.CONFIRMED, asked.order_id)
    await assert_books_agree(live_db, sandbox)


async def test_who_leaves_the_bank_and_takes_another_card_is_charged_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    paid = await press_pay(live_db, sandbox, gateway, shopper)
    assert (paid.state, paid.order_id) == (PaymentState.CONFIRMED, asked.order_id)

    # Now he confirms the first one too, in the tab that is still open.
    await sandbox.api("GET", "/v1/payment_intents")
    await checkout.flows.reconcile(live_db, gateway)
    await move_clock(live_db, seconds=40)
    await checkout.flows.reconcile(live_db, gateway)

    intents = (await sandbox.api("GET", "/v1/payment_intents"))["data"]
    assert sorted(intent["status"] for intent in intents) == ["canceled", "succeeded"]
    await assert_books_agree(live_db, sandbox)


async def test_who_confirmed_at_the_bank_and_presses_pay_again_is_charged_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    await sandbox.shopper_answers(asked.url, "confirm")

    again = await press_pay(live_db, sandbox, gateway, shopper)

    assert (again.state, again.order_id) == (PaymentState.CONFIRMED, asked.order_id)
    assert len((await sandbox.api("GET", "/v1/payment_intents"))["data"]) == 1
    await assert_books_agree(live_db, sandbox)


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


async def test_twenty_presses_with_one_key_make_one_order(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    key, token = new_token(), await sandbox.confirmation_token()

    outcomes = await asyncio.gather(
        *(press_pay(live_db, sandbox, gateway, shopper, key=key, token=token) for _ in range(20))
    )

    assert len({outcome.order_number for outcome in outcomes}) == 1
    assert {outcome.state for outcome in outcomes} <= {PaymentState.CONFIRMED, PaymentState.PROCESSING}
    assert await statuses(live_db) == [("confirmed", None)]
    assert len((await sandbox.api("GET", "/v1/payment_intents"))["data"]) == 1
    await assert_books_agree(live_db, sandbox)


async def test_twenty_presses_with_keys_of_their_own_make_one_order(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    tokens = [await sandbox.confirmation_token() for _ in range(20)]

    outcomes = await asyncio.gather(*(press_pay(live_db, sandbox, gateway, shopper, token=token) for token in tokens))

    assert len({outcome.order_number for outcome in outcomes}) == 1
    assert await statuses(live_db) == [("confirmed", None)]
    assert await events(live_db, "order.confirmed") == 1
    assert len((await sandbox.api("GET", "/v1/payment_intents"))["data"]) == 1
    await assert_books_agree(live_db, sandbox)


async def test_a_key_sent_again_gets_the_same_answer_and_with_other_content_a_refusal(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    key, token = new_token(), await sandbox.confirmation_token()
    first = await press_pay(live_db, sandbox, gateway, shopper, key=key, token=token)

    again = await press_pay(live_db, sandbox, gateway, shopper, key=key, token=token)

    assert again == first
    with pytest.raises(KeyReused):
        await press_pay(live_db, sandbox, gateway, shopper, key=key, token="ctoken_other")


async def test_sixty_buyers_of_ten_mugs_make_ten_orders(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db, on_hand=60)
    baskets = [await ready(live_db, shop) for _ in range(60)]
    async with live_db.transaction(STAFF) as tx:
        for each in baskets:
            await inventory.release(tx, holder=each.cart_id, cause="the test takes the holds away")
    async with live_db.transaction(STAFF) as tx:
        await inventory.adjust(
            tx,
            variant_id=shop.variant_id,
            warehouse_id=shop.warehouse_id,
            change=-50,
            reason=inventory.Reason.CORRECTION,
        )

    async def buy(number: int) -> str:
        try:
            return (await press_pay(live_db, sandbox, gateway, baskets[number])).state
        except StockShort:
            return "short"

    outcomes = await asyncio.gather(*(buy(number) for number in range(60)))

    assert outcomes.count("short") == 50
    assert [status for status, _reason in await statuses(live_db)] == ["confirmed"] * 10
    assert await sellable(live_db, shop.variant_id) == (0, 0, 10)
    await assert_books_agree(live_db, sandbox)


async def test_a_changed_price_is_told_and_has_to_be_accepted(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await rename(live_db, shop.variant_id, PRICE + 100)

    with pytest.raises(TotalChanged) as refused:
        await press_pay(live_db, sandbox, gateway, shopper)

    assert refused.value.old == Money(shopper.total, "USD")
    assert refused.value.new.amount == shopper.total + 108
    assert await statuses(live_db) == []
    assert await events(live_db, "payment.created") == 0

    async with live_db.transaction(shopper.actor) as tx:
        await checkout.accept_total(tx, shopper.checkout_id, total=refused.value.new.amount)
    paid = await press_pay(live_db, sandbox, gateway, shopper, total=refused.value.new.amount)

    assert paid.state is PaymentState.CONFIRMED
    await assert_books_agree(live_db, sandbox)


async def test_a_total_from_the_form_is_compared_and_never_believed(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)

    with pytest.raises(TotalChanged):
        await press_pay(live_db, sandbox, gateway, shopper, total=1)

    assert await statuses(live_db) == []


async def test_what_is_sold_out_is_told_before_any_payment_exists(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db, on_hand=3)
    slow, quick = await ready(live_db, shop, quantity=2), await basket(live_db, shop)
    await move_clock(live_db, minutes=16)
    await checkout.flows.sweep(live_db, gateway)
    async with live_db.transaction(quick.actor) as tx:
        await cart.set_quantity(tx, quick.cart_id, shop.variant_id, 2)
    async with live_db.transaction(quick.actor) as tx:
        await checkout.hold(tx, quick.checkout_id)

    with pytest.raises(StockShort) as refused:
        await press_pay(live_db, sandbox, gateway, slow)

    (short,) = refused.value.shortages
    assert (short.variant_id, short.wanted, short.available) == (shop.variant_id, 2, 1)
    assert await events(live_db, "payment.created") == 0

    async with live_db.transaction(slow.actor) as tx:
        assert not await checkout.settle_for(tx, slow.checkout_id, variant_id=shop.variant_id, take=True)
    async with live_db.transaction(slow.actor) as tx:
        await checkout.hold(tx, slow.checkout_id)
    await assert_books_agree(live_db, sandbox)


async def test_what_is_no_longer_sold_is_told_before_any_payment_exists(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await hide(live_db, shop.variant_id)

    with pytest.raises(StockShort):
        await press_pay(live_db, sandbox, gateway, shopper)

    assert await statuses(live_db) == []


async def test_an_order_of_zero_is_confirmed_without_a_gateway(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db, price=0)
    shopper = await ready(live_db, shop)
    assert shopper.total == 0

    outcome = await press_pay(live_db, sandbox, gateway, shopper, token="none")

    assert (outcome.state, outcome.payment_id) == (PaymentState.CONFIRMED, None)
    assert await sandbox.requests("payment_intents.create") == 0
    assert await sellable(live_db, shop.variant_id) == (9, 0, 1)
    await assert_books_agree(live_db, sandbox)


async def test_after_five_declined_cards_there_is_an_hour_s_rest(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    for _ in range(5):
        await press_pay(live_db, sandbox, gateway, shopper, card=CARD_DECLINED)

    with pytest.raises(TooManyDeclines):
        await press_pay(live_db, sandbox, gateway, shopper)

    assert await statuses(live_db) == [("pending", None)]


async def test_something_added_while_the_card_is_asked_is_not_in_the_order(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await sandbox.fault(on="payment_intents.create", count=1, slow=2)
    paying = asyncio.create_task(press_pay(live_db, sandbox, gateway, shopper))
    async with asyncio.timeout(20):
        while not await statuses(live_db):
            await asyncio.sleep(0.05)
    async with live_db.transaction(shopper.actor) as tx:
        await cart.add_line(tx, shopper.cart_id, shop.variant_id, 3)

    outcome = await paying

    assert outcome.state is PaymentState.CONFIRMED
    async with live_db.transaction(STAFF) as tx:
        order = await orders.order(tx, outcome.order_id)
    assert [line.quantity for line in order.lines] == [1]
    assert await sellable(live_db, shop.variant_id) == (9, 0, 1)
    await assert_books_agree(live_db, sandbox)


async def test_a_cart_changed_after_a_decline_makes_another_order(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    refused = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_DECLINED)
    async with live_db.transaction(shopper.actor) as tx:
        await cart.set_quantity(tx, shopper.cart_id, shop.variant_id, 2)

    with pytest.raises(TotalChanged) as changed:
        await press_pay(live_db, sandbox, gateway, shopper)
    async with live_db.transaction(shopper.actor) as tx:
        await checkout.accept_total(tx, shopper.checkout_id, total=changed.value.new.amount)
    paid = await press_pay(live_db, sandbox, gateway, shopper, total=changed.value.new.amount)

    assert paid.order_id != refused.order_id
    assert await statuses(live_db) == [("cancelled", "replaced"), ("confirmed", None)]
    assert await sellable(live_db, shop.variant_id) == (8, 0, 2)
    await assert_books_agree(live_db, sandbox)


async def test_an_order_that_gave_way_to_the_next_one_makes_no_mail(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    async with live_db.transaction(STAFF) as tx:
        await subscribe(tx, notifications.SUBSCRIBERS)
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    dead = StripeGateway(**{**sandbox.gateway_options(), "api_base": "http://127.0.0.1:9"})
    await press_pay(live_db, sandbox, dead, shopper)
    await dead.aclose()
    await press_pay(live_db, sandbox, gateway, shopper, card=CARD_DECLINED)
    await checkout.flows.reopen(live_db, gateway, shopper.actor, shopper.checkout_id)
    await press_pay(live_db, sandbox, gateway, shopper)

    await drain(live_db, notifications.SUBSCRIBERS)

    async with live_db.transaction(STAFF) as tx:
        rows = await tx.sql(
            "SELECT template_name FROM notifications.notifications WHERE order_id IS NOT NULL ORDER BY template_name"
        )
        mails = list(rows.scalars())
    assert [reason for _status, reason in await statuses(live_db)] == ["unavailable", "replaced", None]
    assert mails == ["merchant_order", "order_confirmation"]


async def test_going_back_after_a_decline_opens_the_checkout_again_with_its_hold(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await press_pay(live_db, sandbox, gateway, shopper, card=CARD_DECLINED)

    await checkout.flows.reopen(live_db, gateway, shopper.actor, shopper.checkout_id)

    async with live_db.transaction(shopper.actor) as tx:
        await checkout.choose_shipping(tx, shopper.checkout_id, method_id=shop.express)
        held = await inventory.hold(tx, shopper.cart_id)
    assert held is not None
    assert held.order_id is None
    assert await statuses(live_db) == [("cancelled", "replaced")]
    await assert_books_agree(live_db, sandbox)


async def test_no_card_number_reaches_a_table(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await press_pay(live_db, sandbox, gateway, shopper, card=CARD_DECLINED)
    await press_pay(live_db, sandbox, gateway, shopper)

    found: list[str] = []
    async with live_db.transaction(STAFF) as tx:
        tables = (
            await tx.sql(
                "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables"
                " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
            )
        ).scalars()
        for table in tables:
            hit = await tx.sql(
                f"SELECT 1 FROM {table} AS row WHERE row::text ~ :numbers LIMIT 1",
                {"numbers": "4242 ?4242 ?4242 ?4242|4000 ?0000 ?0000 ?0002"},
            )
            if hit.first() is not None:
                found.append(table)

    assert found == []
    said = capsys.readouterr()
    assert "4242424242424242" not in said.out + said.err
    assert "4000000000000002" not in said.out + said.err


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


async def test_paying_takes_less_than_two_seconds(live_db: Database, sandbox: Sandbox, gateway: StripeGateway) -> None:
    shop = await tiny_shop(live_db)
    shoppers = [await ready(live_db, shop) for _ in range(5)]
    took = []
    for shopper in shoppers:
        started = asyncio.get_running_loop().time()
        await press_pay(live_db, sandbox, gateway, shopper)
        took.append(asyncio.get_running_loop().time() - started)

    assert max(took) < 2.0


async def test_cancelling_a_paid_order_sends_the_money_and_the_stock_back(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    paid = await press_pay(live_db, sandbox, gateway, shopper)

    await checkout.flows.cancel(live_db, gateway, shopper.actor, paid.order_id)
    await checkout.flows.cancel(live_db, gateway, shopper.actor, paid.order_id)

    assert paid.payment_id is not None
    async with live_db.transaction(STAFF) as tx:
        payment = await payments.payment(tx, paid.payment_id)
    assert payment.status is payments.PaymentStatus.REFUNDED
    assert await statuses(live_db) == [("cancelled", "customer")]
    assert await sellable(live_db, shop.variant_id) == (10, 0, 0)
    await assert_books_agree(live_db, sandbox)


async def test_cancelling_before_the_payment_ends_it_at_the_gateway_first(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)

    await checkout.flows.cancel(live_db, gateway, shopper.actor, asked.order_id)

    (intent,) = (await sandbox.api("GET", "/v1/payment_intents"))["data"]
    assert intent["status"] == "canceled"
    assert await statuses(live_db) == [("cancelled", "customer")]
    assert await sellable(live_db, shop.variant_id) == (10, 0, 0)
    await assert_books_agree(live_db, sandbox)
