"""What settles a purchase, late, twice, at once or never: webhooks, the return page and the reconcile job."""

import asyncio
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from app.sandbox.testing import CARD_ASKS, CARD_REFUND_FAILS, Sandbox
from domains import checkout, inventory, orders, payments
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import (
    STAFF,
    assert_books_agree,
    basket,
    events,
    hide,
    move_clock,
    press_pay,
    ready,
    status_of,
    statuses,
    tiny_shop,
)
from domains.desk.testing import violated
from domains.kit import Actor, Database, new_id, traced
from domains.payments.gateway import Gateway, GatewayEvent, StripeGateway

pytestmark = pytest.mark.slow

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


async def notices(gateway: Gateway) -> list[GatewayEvent]:
    """What the gateway's webhooks would bring, read from its list of events."""
    return await gateway.events_since(LONG_AGO)


async def bring(db: Database, gateway: Gateway, found: list[GatewayEvent], times: int = 1) -> None:
    """The gateway's notices arrive in the inbox."""
    for _ in range(times):
        for notice in found:
            async with db.transaction(Actor.system("webhook")) as tx:
                await payments.store_webhook(tx, notice, livemode=gateway.livemode)


async def test_money_that_arrives_for_a_dead_order_goes_back(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    assert asked.payment_id is not None
    await sandbox.shopper_answers(asked.url, "confirm")
    (intent,) = (await sandbox.api("GET", "/v1/payment_intents"))["data"]
    # Somebody cancels in our books only, and takes the money by hand at the gateway.
    async with live_db.transaction(STAFF) as tx:
        await tx.sql("UPDATE payments.attempts SET status = 'declined'")
        await tx.sql("UPDATE payments.gateway_intents SET status = 'canceled', stage = 2")
        await orders.cancel(tx, asked.order_id, reason=orders.CancelReason.STAFF)
        await inventory.release(tx, order_id=asked.order_id, cause="staff")
        await tx.sql("UPDATE payments.gateway_intents SET status = 'requires_action', stage = 0")
        await tx.sql("UPDATE checkout.checkouts SET status = 'open', order_id = NULL")
    await sandbox.api("POST", f"/v1/payment_intents/{intent['id']}/capture")

    await bring(live_db, gateway, await notices(gateway))
    await checkout.flows.handle_webhooks(live_db, gateway)
    await move_clock(live_db, seconds=40)
    await checkout.flows.reconcile(live_db, gateway)

    async with live_db.transaction(STAFF) as tx:
        payment = await payments.payment(tx, asked.payment_id)
    assert payment.status is payments.PaymentStatus.REFUNDED
    assert await statuses(live_db) == [("cancelled", "staff")]


async def test_webhooks_before_after_and_doubled_confirm_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    await bring(live_db, gateway, await notices(gateway))
    await checkout.flows.handle_webhooks(live_db, gateway)
    await sandbox.shopper_answers(asked.url, "confirm")
    told = list(reversed(await notices(gateway)))

    await bring(live_db, gateway, told, times=10)
    while await checkout.flows.handle_webhooks(live_db, gateway):
        pass
    await bring(live_db, gateway, await notices(gateway), times=2)
    while await checkout.flows.handle_webhooks(live_db, gateway):
        pass

    assert await statuses(live_db) == [("confirmed", None)]
    assert await events(live_db, "order.confirmed") == 1
    async with live_db.transaction(STAFF) as tx:
        waiting = (await tx.sql("SELECT count(*) FROM payments.webhook_events WHERE status = 'pending'")).scalar_one()
    assert waiting == 0
    await assert_books_agree(live_db, sandbox)


async def test_whatever_settles_a_purchase_joins_the_trace_of_the_press_of_pay(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    with traced() as pressed:
        asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    await sandbox.shopper_answers(asked.url, "confirm")

    with traced():
        await bring(live_db, gateway, await notices(gateway))
        await checkout.flows.handle_webhooks(live_db, gateway)

    async with live_db.transaction(STAFF) as tx:
        traces = await tx.sql("SELECT DISTINCT trace_id FROM kit.events WHERE stream IN ('order', 'payment')")
    assert await statuses(live_db) == [("confirmed", None)]
    assert list(traces.scalars()) == [pressed]


async def test_webhook_return_page_and_reconcile_job_at_once_confirm_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    assert asked.payment_id is not None
    payment_id = asked.payment_id
    await sandbox.shopper_answers(asked.url, "confirm")
    await bring(live_db, gateway, await notices(gateway))
    await move_clock(live_db, seconds=40)

    await asyncio.gather(
        checkout.flows.settle(live_db, gateway, payment_id, cause="return", actor=shopper.actor),
        checkout.flows.settle(live_db, gateway, payment_id, cause="return", actor=shopper.actor),
        checkout.flows.handle_webhooks(live_db, gateway),
        checkout.flows.reconcile(live_db, gateway),
        checkout.flows.sweep(live_db, gateway),
    )
    await move_clock(live_db, seconds=80)
    await checkout.flows.reconcile(live_db, gateway)

    assert await statuses(live_db) == [("confirmed", None)]
    assert await events(live_db, "order.confirmed") == 1
    assert await events(live_db, "payment.captured") == 1
    await assert_books_agree(live_db, sandbox)


async def test_a_webhook_that_is_faster_than_our_own_record_confirms_and_nothing_is_done_twice(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    # The money is held at once, the answer to us comes a second and a half later: the webhook is there before it.
    slow = _SlowToUs(gateway)
    paying = asyncio.create_task(press_pay(live_db, sandbox, cast(Gateway, slow), shopper))
    await slow.authorized.wait()
    await bring(live_db, gateway, await notices(gateway))
    await checkout.flows.handle_webhooks(live_db, gateway)
    before_us = await statuses(live_db)
    slow.go_on.set()

    outcome = await paying

    assert before_us == [("confirmed", None)]
    assert outcome.state is PaymentState.CONFIRMED
    assert await events(live_db, "order.confirmed") == 1
    assert await sandbox.requests("payment_intents.capture") == 1
    await assert_books_agree(live_db, sandbox)


async def test_a_webhook_of_a_payment_we_do_not_know_waits_and_is_not_dropped(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    await tiny_shop(live_db)
    await sandbox.api(
        "POST",
        "/v1/payment_intents",
        amount="500",
        currency="usd",
        **{"automatic_payment_methods[enabled]": "true", "metadata[payment_id]": str(new_id())},
    )
    await bring(live_db, gateway, await notices(gateway))

    done = await checkout.flows.handle_webhooks(live_db, gateway)

    assert done == 0


async def test_a_shopper_who_leaves_in_the_middle_loses_nothing(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db, on_hand=20)
    baskets = [await ready(live_db, shop) for _ in range(12)]
    token_of = [await sandbox.confirmation_token() for _ in baskets]

    async def leave(number: int) -> None:
        task = asyncio.create_task(press_pay(live_db, sandbox, gateway, baskets[number], token=token_of[number]))
        await asyncio.sleep(0.03 * number)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    await asyncio.gather(*(leave(number) for number in range(12)))
    for ahead in (35, 70, 105):
        await move_clock(live_db, seconds=ahead)
        await checkout.flows.reconcile(live_db, gateway)
    await move_clock(live_db, minutes=17)
    await checkout.flows.sweep(live_db, gateway)
    await checkout.flows.reconcile(live_db, gateway)

    assert {status for status, _reason in await statuses(live_db)} <= {"confirmed", "cancelled"}
    await assert_books_agree(live_db, sandbox)


async def test_the_hourly_look_finds_what_no_webhook_and_no_answer_told(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    await sandbox.shopper_answers(asked.url, "confirm")

    await checkout.flows.compare(live_db, gateway)

    assert await statuses(live_db) == [("confirmed", None)]
    await assert_books_agree(live_db, sandbox)


async def test_one_cart_has_one_checkout_however_many_tabs_begin(live_db: Database) -> None:
    shop = await tiny_shop(live_db)
    shopper = await basket(live_db, shop)

    async def begin() -> object:
        async with live_db.transaction(shopper.actor) as tx:
            return (await checkout.begin(tx, cart_id=shopper.cart_id, account_id=None))[0]

    begun = await asyncio.gather(*(begin() for _ in range(10)))

    assert set(begun) == {shopper.checkout_id}


async def test_what_was_typed_is_forgotten_once_it_is_paid_and_a_month_after_it_was_left(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    left, paid, fresh = [await ready(live_db, shop) for _ in range(3)]
    await press_pay(live_db, sandbox, gateway, paid)
    await move_clock(live_db, days=32)
    async with live_db.transaction(fresh.actor) as tx:
        await checkout.choose_shipping(tx, fresh.checkout_id, method_id=shop.express)

    await checkout.flows.sweep(live_db, gateway)

    async with live_db.transaction(STAFF) as tx:
        seen = {each.checkout_id: await checkout.checkout(tx, each.checkout_id) for each in (left, paid, fresh)}
    assert seen[left.checkout_id].status is checkout.CheckoutStatus.ABANDONED
    assert seen[paid.checkout_id].status is checkout.CheckoutStatus.COMPLETED
    for each in (left, paid):
        assert (seen[each.checkout_id].email, seen[each.checkout_id].shipping_address) == (None, None)
    assert seen[fresh.checkout_id].email is not None


async def test_a_hidden_product_does_not_stop_an_order_that_is_placed(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    asked = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    assert asked.payment_id is not None
    await hide(live_db, shop.variant_id)
    await sandbox.shopper_answers(asked.url, "confirm")

    outcome = await checkout.flows.settle(live_db, gateway, asked.payment_id, cause="return")

    assert outcome.state is PaymentState.CONFIRMED


class _SlowToUs:
    """The real gateway, whose answer to an authorisation is held back until the test lets it through."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self.authorized = asyncio.Event()
        self.go_on = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gateway, name)

    async def authorize(self, **asked: Any) -> Any:
        intent = await self._gateway.authorize(**asked)
        self.authorized.set()
        await self.go_on.wait()
        return intent


async def test_a_refund_of_a_dead_order_that_the_bank_sent_back_is_tried_once_more(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway, left_to_a_person: set[str]
) -> None:
    left_to_a_person.add("I12")
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    paid = await press_pay(live_db, sandbox, gateway, shopper, card=CARD_REFUND_FAILS)
    assert paid.payment_id is not None
    await checkout.flows.cancel(live_db, gateway, shopper.actor, paid.order_id)
    for hour in (1, 2):
        await sandbox.set_clock(offset=hour * 3600)
        for _moment in range(100):
            if {refund["status"] for refund in (await sandbox.api("GET", "/v1/refunds"))["data"]} == {"failed"}:
                break
            await asyncio.sleep(0.05)
        await bring(live_db, gateway, await notices(gateway))
        await checkout.flows.handle_webhooks(live_db, gateway)

    async with live_db.transaction(STAFF) as tx:
        asked = [refund.status for refund in await payments.refunds(tx, paid.payment_id)]
    assert asked == [payments.RefundState.FAILED] * 2
    assert await sandbox.requests("refunds.create") == 2
    assert await violated(live_db, quiet=False) == {"I12"}  # the doctor says so, and nothing else is wrong


async def test_one_that_cannot_be_settled_holds_up_nobody_else(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    poisoned, waiting, sold = [await ready(live_db, shop) for _ in range(3)]
    asked = [await press_pay(live_db, sandbox, gateway, each, card=CARD_ASKS) for each in (poisoned, waiting)]
    for each in asked:
        await sandbox.shopper_answers(each.url, "confirm")
    lost = await press_pay(live_db, sandbox, gateway, sold, card=CARD_ASKS)
    async with live_db.transaction(STAFF) as tx:
        # What no rule foresees: an order whose checkout is gone.
        await tx.sql(
            "UPDATE orders.orders SET checkout_id = gen_random_uuid() WHERE id = :id", {"id": asked[0].order_id}
        )
    await bring(live_db, gateway, await notices(gateway))

    await checkout.flows.handle_webhooks(live_db, gateway)
    confirmed = await status_of(live_db, asked[1].order_id)
    await move_clock(live_db, minutes=16)
    await checkout.flows.reconcile(live_db, gateway)
    await checkout.flows.sweep(live_db, gateway)

    assert confirmed is orders.OrderStatus.CONFIRMED
    assert await status_of(live_db, lost.order_id) is orders.OrderStatus.CANCELLED
    assert await status_of(live_db, asked[0].order_id) is orders.OrderStatus.PENDING
    async with live_db.transaction(STAFF) as tx:
        left = (
            await tx.sql("SELECT DISTINCT last_error FROM payments.webhook_events WHERE status = 'pending'")
        ).scalars()
        assert set(left) == {"CheckoutUnknown"}
