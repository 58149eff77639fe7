"""An account is closed: what was not paid is cancelled at the gateway first, and nothing of it is held any more."""

from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import pytest

from app.sandbox.testing import CARD_ASKS, CARD_DECLINED, CARD_PAYS
from app.tests.account.people import PASSWORD, facts, is_logged_in, log_in, member
from app.tests.market import Market, Shopper, open_market, text
from domains import accounts
from domains.checkout.tests.factories import STAFF, events, sellable, statuses
from domains.kit import Database

pytestmark = pytest.mark.slow


@pytest.fixture
async def market(live_db: Database, redis_url: str) -> AsyncIterator[Market]:
    async with open_market(live_db, redis_url) as running:
        yield running


async def a_member_who_pays(market: Market, card: str) -> tuple[Shopper, UUID]:
    shopper = await market.shopper()
    account_id = await member(shopper.http, shopper.email)
    await shopper.pay(await shopper.walk(), card=card)
    return shopper, account_id


async def close(shopper: Shopper, password: str = PASSWORD) -> httpx.Response:
    return await shopper.post("/account/close", current_password=password)


@pytest.mark.parametrize("card", [CARD_DECLINED, CARD_ASKS])
async def test_an_order_that_waits_for_its_payment_is_cancelled_and_its_things_are_free(
    market: Market, card: str
) -> None:
    shopper, account_id = await a_member_who_pays(market, card)
    assert await sellable(market.db, market.goods.variant_id) == (10, 1, 0)
    assert "ORD-" in text(await shopper.http.get("/account/close"))

    wrong = await close(shopper, "not this one")
    assert await is_logged_in(shopper.http)
    done = await close(shopper)

    assert wrong.status_code == 422
    assert (done.status_code, done.headers["location"]) == (303, "/account/closed")
    assert "Your account is closed" in (await shopper.http.get("/account/closed")).text
    assert not await is_logged_in(shopper.http)
    assert (await facts(shopper.http, account_id))[-1] == "user.deactivated"
    for _twice in range(2):
        await market.work()
    assert await statuses(market.db) == [("cancelled", "customer")]
    assert await sellable(market.db, market.goods.variant_id) == (10, 0, 0)
    assert await events(market.db, "order.cancelled") == 1
    intents = await market.listed("payment_intents")
    assert not any(intent["status"] in ("requires_capture", "succeeded") for intent in intents)
    await market.assert_sound()


async def test_a_gateway_that_does_not_answer_delays_it_and_nothing_is_lost(market: Market) -> None:
    shopper, _account = await a_member_who_pays(market, CARD_ASKS)
    await close(shopper)
    await market.sandbox.fault(error_500=True)

    await market.work()
    assert await statuses(market.db) == [("pending", None)]
    assert await sellable(market.db, market.goods.variant_id) == (10, 1, 0)
    await market.sandbox.mend()
    await market.work(seconds=(0, 60))

    assert await statuses(market.db) == [("cancelled", "customer")]
    await market.assert_sound()


async def test_what_is_paid_stays_bought(market: Market) -> None:
    shopper, _account = await a_member_who_pays(market, CARD_PAYS)
    assert "What you have paid is still delivered" in text(await shopper.http.get("/account/close"))

    await close(shopper)
    await market.work()

    assert await statuses(market.db) == [("confirmed", None)]
    await market.assert_sound()


async def test_the_farewell_reaches_the_address_and_the_address_is_free_again(market: Market) -> None:
    shopper = await market.shopper()
    closed = await member(shopper.http, shopper.email)

    await close(shopper)
    await market.work()
    farewells = await market.mails(to=shopper.email)

    assert len(farewells) >= 1
    refused = await log_in(shopper.http, shopper.email)
    assert (refused.status_code, "was closed" in refused.text) == (422, True)
    fresh = await member(shopper.http, shopper.email)
    assert fresh != closed
    assert (await log_in(shopper.http, shopper.email)).status_code == 303
    async with market.db.transaction(STAFF) as tx:
        assert (await accounts.account(tx, closed)).email == shopper.email
