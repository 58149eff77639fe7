"""Paying by bank transfer: the order waits, staff say that the money came, and the books hold it apart."""

import asyncio

import pytest

from app.sandbox.testing import Sandbox
from domains import checkout, inventory, invoicing, orders, payments, store
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import STAFF, Basket, move_clock, press_pay, ready, sellable, tiny_shop
from domains.desk.testing import assert_sound
from domains.kit import Database, new_token
from domains.orders import OrderStatus
from domains.payments import PaymentStatus
from domains.payments.gateway import StripeGateway

BANK = "IBAN GR16 0110 1250 0000 0001 2300 695"
DAY = 24 * 3600


async def shop_with_a_bank(db: Database) -> Basket:
    market = await tiny_shop(db)
    async with db.transaction(STAFF) as tx:
        await store.change(tx, bank_details=BANK, transfer_days=7)
    return await ready(db, market)


async def by_transfer(db: Database, shopper: Basket, *, key: str = "") -> checkout.flows.Outcome:
    return await checkout.flows.pay_by_transfer(
        db, shopper.actor, shopper.checkout_id, key=key or new_token(), total=shopper.total
    )


async def test_the_order_waits_and_is_confirmed_when_staff_say_that_it_came(
    live_db: Database, gateway: StripeGateway
) -> None:
    shopper = await shop_with_a_bank(live_db)
    outcome = await by_transfer(live_db, shopper)
    await move_clock(live_db, days=3)
    await checkout.flows.sweep(live_db, gateway)

    await asyncio.gather(
        *(
            checkout.flows.mark_paid(live_db, gateway, STAFF, outcome.order_id, reference="Statement 12")
            for _each in range(3)
        )
    )

    async with live_db.transaction(STAFF) as tx:
        order = await orders.order(tx, outcome.order_id)
        entries = (await tx.sql("SELECT account, sum(amount) AS sum FROM payments.ledger_entries GROUP BY 1")).all()
        invoice = await invoicing.issue(tx, order.id)
    assert outcome.state is PaymentState.AWAITING_TRANSFER
    assert (order.status, order.payment.status) == (OrderStatus.CONFIRMED, PaymentStatus.CAPTURED)
    assert order.payment_method == "bank_transfer"
    assert {row.account: row.sum for row in entries} == {"bank": 2722, "customer_orders": -2722}
    assert invoice.total == order.total
    await assert_sound(live_db, quiet=False)


async def test_pressed_twice_it_is_one_order_and_the_cart_is_free_again(live_db: Database) -> None:
    shopper = await shop_with_a_bank(live_db)

    first = await by_transfer(live_db, shopper, key="once")
    again = await by_transfer(live_db, shopper, key="once")

    assert first == again
    with pytest.raises(checkout.CheckoutClosed):
        await by_transfer(live_db, shopper)


async def test_what_never_comes_is_given_up_after_its_days(live_db: Database, gateway: StripeGateway) -> None:
    shopper = await shop_with_a_bank(live_db)
    outcome = await by_transfer(live_db, shopper)

    await move_clock(live_db, days=7, minutes=1)
    await checkout.flows.sweep(live_db, gateway)

    async with live_db.transaction(STAFF) as tx:
        head = await orders.head(tx, outcome.order_id)
        held = await inventory.hold(tx, shopper.cart_id)
    assert head.status is OrderStatus.CANCELLED
    assert held is None
    with pytest.raises(checkout.flows.NotAwaited):
        await checkout.flows.mark_paid(live_db, gateway, STAFF, outcome.order_id, reference="late")


async def test_money_that_came_by_transfer_goes_back_without_the_gateway(
    live_db: Database, gateway: StripeGateway
) -> None:
    shopper = await shop_with_a_bank(live_db)
    outcome = await by_transfer(live_db, shopper)
    await checkout.flows.mark_paid(live_db, gateway, STAFF, outcome.order_id, reference="")

    await checkout.flows.cancel(live_db, gateway, STAFF, outcome.order_id)

    async with live_db.transaction(STAFF) as tx:
        paid = await payments.for_order(tx, outcome.order_id)
        cash = await tx.sql("SELECT sum(amount) FROM payments.ledger_entries WHERE account = 'bank'")
        assert (paid.status, paid.refunded, cash.scalar_one()) == (PaymentStatus.REFUNDED, 2722, 0)


async def test_a_card_that_has_paid_is_not_paid_again_by_transfer(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shopper = await shop_with_a_bank(live_db)
    outcome = await press_pay(live_db, sandbox, gateway, shopper)

    with pytest.raises(checkout.flows.NotAwaited):
        await checkout.flows.mark_paid(live_db, gateway, STAFF, outcome.order_id, reference="")


async def test_a_shop_without_a_bank_takes_no_transfers(live_db: Database) -> None:
    market = await tiny_shop(live_db)
    shopper = await ready(live_db, market)

    with pytest.raises(checkout.CardMissing):
        await by_transfer(live_db, shopper)

    assert (await sellable(live_db, market.variant_id))[0] >= 0
