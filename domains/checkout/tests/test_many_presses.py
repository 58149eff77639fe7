"""Pay pressed by many at once, or many times by one: each order is made once."""

import asyncio

import pytest

from app.sandbox.testing import Sandbox
from domains import inventory
from domains.checkout import StockShort
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import (
    STAFF,
    assert_books_agree,
    events,
    press_pay,
    ready,
    sellable,
    statuses,
    tiny_shop,
)
from domains.kit import Database, new_token
from domains.kit.idempotency import KeyReused
from domains.payments.gateway import StripeGateway

pytestmark = pytest.mark.slow


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
