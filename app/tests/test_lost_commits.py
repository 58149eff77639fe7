"""The wire to the database is cut at every COMMIT of a payment: nobody can tell if it was done, and nothing is lost."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.exc import DBAPIError

from app.sandbox.testing import Sandbox, running_sandbox
from app.tests.cutting import Cut, wire_to
from domains import checkout
from domains.checkout.flows import PaymentState
from domains.checkout.tests.factories import (
    assert_books_agree,
    events,
    gateway_of,
    move_clock,
    press_pay,
    ready,
    sellable,
    statuses,
    tiny_shop,
)
from domains.desk.testing import assert_sound
from domains.kit import Database, new_token
from domains.payments.gateway import StripeGateway

pytestmark = pytest.mark.slow

MOST = 20  # commits of one payment; there are fewer


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as running:
        yield running


@pytest.fixture
async def gateway(sandbox: Sandbox) -> AsyncIterator[StripeGateway]:
    adapter = gateway_of(sandbox)
    yield adapter
    await adapter.aclose()


@pytest.mark.parametrize("how", list(Cut))
async def test_a_commit_whose_answer_is_lost_is_neither_lost_nor_done_twice(
    live_db: Database, sandbox: Sandbox, gateway: StripeGateway, how: Cut
) -> None:
    shop = await tiny_shop(live_db, on_hand=MOST)
    bought = 0
    for at in range(1, MOST):
        await move_clock(live_db, seconds=0)
        shopper = await ready(live_db, shop)
        key, token = new_token(), await sandbox.confirmation_token()
        async with wire_to(live_db.url, how=how, at=at) as wire:
            frail = Database.connect(wire.url, pool_size=2, name="frail")
            try:
                await press_pay(frail, sandbox, gateway, shopper, key=key, token=token)
            except (DBAPIError, ConnectionError):
                assert wire.was_cut
            await frail.dispose()

        # The shopper presses again, the worker comes by; and if the card was never asked, he enters it once more.
        await press_pay(live_db, sandbox, gateway, shopper, key=key, token=token)
        for seconds in (20, 40, 55):
            await move_clock(live_db, seconds=seconds)
            await checkout.flows.sweep(live_db, gateway)
            await checkout.flows.reconcile(live_db, gateway)
        standing = await checkout.flows.standing(live_db, shopper.actor, shopper.checkout_id)
        if standing is not None:
            assert standing.state is PaymentState.DECLINED, (at, standing)
            last = await press_pay(live_db, sandbox, gateway, shopper)
            assert last.state is PaymentState.CONFIRMED, (at, last)
        bought += 1

        assert await statuses(live_db) == [("confirmed", None)] * bought, at
        assert await sellable(live_db, shop.variant_id) == (MOST - bought, 0, bought)
        assert await events(live_db, "order.confirmed") == bought
        await assert_sound(live_db, quiet=False)  # no worker drains the outbox here
        if not wire.was_cut:
            break
    else:
        raise AssertionError("the wire was cut every time: a payment has more commits than thought")

    assert bought > 5
    await assert_books_agree(live_db, sandbox)
