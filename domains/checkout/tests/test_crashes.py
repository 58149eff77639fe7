"""The process is killed between any two beats of a payment, and the shop mends itself within a minute."""

import asyncio
import os
import sys

import msgspec
import pytest

from app.sandbox.testing import CARD_ASKS, Sandbox
from domains import checkout
from domains.checkout.flows import PaymentState
from domains.checkout.tests.dying import Orders
from domains.checkout.tests.factories import (
    STAFF,
    Basket,
    assert_books_agree,
    events,
    move_clock,
    press_pay,
    ready,
    sellable,
    statuses,
    tiny_shop,
)
from domains.kit import Database, new_token
from domains.payments.gateway import StripeGateway

pytestmark = pytest.mark.slow

KILLED = 137


async def die(point: str, wanted: Orders) -> None:
    """Do what is wanted in a process of its own that is killed at `point`."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "domains.checkout.tests.dying",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "CRASH_AT": point},
    )
    said, complained = await process.communicate(msgspec.json.encode(wanted))
    assert process.returncode == KILLED, (process.returncode, said, complained.decode()[-2000:])


async def die_paying(db: Database, sandbox: Sandbox, shopper: Basket, point: str) -> tuple[str, str]:
    """Press Pay and die; answers the key and the token of the form that was sent."""
    key, token = new_token(), await sandbox.confirmation_token()
    await die(
        point,
        Orders(
            database_url=db.url,
            gateway=sandbox.gateway_options(),
            act="pay",
            checkout_id=shopper.checkout_id,
            token=token,
            key=key,
            total=shopper.total,
        ),
    )
    return key, token


async def a_minute_passes(db: Database, gateway: StripeGateway) -> None:
    """What the worker does in the minute after a crash: sweep and reconcile, every few seconds."""
    for seconds in (20, 40, 55):
        await move_clock(db, seconds=seconds)
        await checkout.flows.sweep(db, gateway)
        await checkout.flows.reconcile(db, gateway)


async def test_killed_before_the_order_is_committed_nothing_exists_and_the_same_key_works(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)

    key, token = await die_paying(live_db, sandbox, shopper, "T1")
    nothing = (
        await statuses(live_db),
        await events(live_db, "payment.created"),
        await sellable(live_db, shop.variant_id),
    )
    outcome = await press_pay(live_db, sandbox, gateway, shopper, key=key, token=token)

    assert nothing == ([], 0, (10, 1, 0))
    assert outcome.state is PaymentState.CONFIRMED
    await assert_books_agree(live_db, sandbox)


async def test_killed_before_the_gateway_is_asked_the_shopper_pays_the_same_order(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)

    key, token = await die_paying(live_db, sandbox, shopper, "T1_after")
    again = await press_pay(live_db, sandbox, gateway, shopper, key=key, token=token)
    await a_minute_passes(live_db, gateway)
    paid = await press_pay(live_db, sandbox, gateway, shopper)

    assert again.state is PaymentState.PROCESSING
    assert (paid.state, paid.order_id) == (PaymentState.CONFIRMED, again.order_id)
    assert await statuses(live_db) == [("confirmed", None)]
    await assert_books_agree(live_db, sandbox)


async def test_killed_before_the_gateway_is_asked_and_never_seen_again_the_stock_comes_free(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)

    await die_paying(live_db, sandbox, shopper, "T1_after")
    await move_clock(live_db, minutes=15, seconds=2)
    await checkout.flows.sweep(live_db, gateway)

    assert await statuses(live_db) == [("cancelled", "expired")]
    assert await sellable(live_db, shop.variant_id) == (10, 0, 0)
    await assert_books_agree(live_db, sandbox)


@pytest.mark.parametrize("point", ["T2_after", "T3_after", "T4_after", "T5", "T5_after"])
async def test_killed_once_the_money_is_held_the_order_is_confirmed_within_a_minute_and_charged_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway, point: str
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)

    key, token = await die_paying(live_db, sandbox, shopper, point)
    await a_minute_passes(live_db, gateway)
    again = await press_pay(live_db, sandbox, gateway, shopper, key=key, token=token)

    assert again.state is PaymentState.CONFIRMED
    assert await statuses(live_db) == [("confirmed", None)]
    assert await events(live_db, "order.confirmed") == 1
    assert await events(live_db, "payment.captured") == 1
    assert len((await sandbox.api("GET", "/v1/payment_intents"))["data"]) == 1
    assert await sellable(live_db, shop.variant_id) == (9, 0, 1)
    await assert_books_agree(live_db, sandbox)


@pytest.mark.parametrize("point", ["T2_after", "T3_after", "T4_after", "T5"])
async def test_killed_once_the_money_is_held_the_next_look_at_the_page_confirms_at_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway, point: str
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await die_paying(live_db, sandbox, shopper, point)
    standing = await checkout.flows.standing(live_db, shopper.actor, shopper.checkout_id)
    assert standing is not None
    assert standing.payment_id is not None

    outcome = await checkout.flows.settle(live_db, gateway, standing.payment_id, cause="return")

    assert outcome.state is PaymentState.CONFIRMED
    await assert_books_agree(live_db, sandbox)


async def test_the_sweeper_killed_between_gateway_and_stock_is_finished_by_the_next_one(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    await press_pay(live_db, sandbox, gateway, shopper, card=CARD_ASKS)
    await move_clock(live_db, minutes=15, seconds=2)

    await die("T7", Orders(database_url=live_db.url, gateway=sandbox.gateway_options(), act="sweep"))
    between = (await statuses(live_db), await sellable(live_db, shop.variant_id))
    await checkout.flows.sweep(live_db, gateway)

    assert between == ([("pending", None)], (10, 1, 0))
    assert await statuses(live_db) == [("cancelled", "expired")]
    assert await sellable(live_db, shop.variant_id) == (10, 0, 0)
    async with live_db.transaction(STAFF) as tx:
        keys = (await tx.sql("SELECT count(*) FROM kit.idempotency_keys WHERE answer IS NULL")).scalar_one()
    assert keys == 0
    await assert_books_agree(live_db, sandbox)


async def test_killed_between_the_refund_and_its_record_the_money_goes_back_once(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway
) -> None:
    shop = await tiny_shop(live_db)
    shopper = await ready(live_db, shop)
    paid = await press_pay(live_db, sandbox, gateway, shopper)

    await die(
        "refund_after",
        Orders(database_url=live_db.url, gateway=sandbox.gateway_options(), act="cancel", order_id=paid.order_id),
    )
    between = await events(live_db, "refund.processed")
    await a_minute_passes(live_db, gateway)

    assert between == 0
    assert await statuses(live_db) == [("cancelled", "customer")]
    assert await events(live_db, "refund.processed") == 1
    assert len((await sandbox.api("GET", "/v1/refunds"))["data"]) == 1
    assert await sellable(live_db, shop.variant_id) == (10, 0, 0)
    await assert_books_agree(live_db, sandbox)
