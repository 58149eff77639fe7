"""What has changed between the cart and the press of Pay: prices, stock, the cart itself."""

import asyncio

import pytest

from app.sandbox.testing import CARD_DECLINED, Sandbox
from domains import cart, checkout, inventory, notifications, orders
from domains.checkout import StockShort, TotalChanged
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import (
    PRICE,
    STAFF,
    assert_books_agree,
    basket,
    events,
    hide,
    move_clock,
    press_pay,
    ready,
    rename,
    sellable,
    statuses,
    tiny_shop,
)
from domains.kit import Database, Money
from domains.kit.deliveries import drain, subscribe
from domains.payments.gateway import StripeGateway

pytestmark = pytest.mark.slow


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
