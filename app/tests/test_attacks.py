"""What somebody might try at checkout and at the gateway's door, and what comes of it: nothing."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from app.sandbox.testing import CARD_ASKS, CARD_DECLINED
from app.tests.market import Market, hidden, open_market, sign, text
from domains import checkout
from domains.checkout.tests.factories import STAFF, events, move_clock, sellable, statuses
from domains.kit import Database

pytestmark = pytest.mark.slow


@pytest.fixture
async def market(live_db: Database, redis_url: str) -> AsyncIterator[Market]:
    async with open_market(live_db, redis_url) as running:
        yield running


async def inbox(db: Database) -> list[tuple[str, str]]:
    async with db.transaction(STAFF) as tx:
        rows = await tx.sql("SELECT id, status FROM payments.webhook_events ORDER BY received_at, id")
        return [(row.id, row.status) for row in rows]


async def test_a_key_sent_with_another_card_is_refused_and_places_nothing(market: Market) -> None:
    shopper = await market.shopper()
    page = await shopper.walk()
    await shopper.pay(page, card=CARD_DECLINED)

    again = await shopper.pay(page)  # the same key, another card's token
    await market.work()

    assert again.status_code == 409
    assert "already sent with other content" in text(again)
    assert await statuses(market.db) == [("pending", None)]
    await market.assert_sound()


async def test_a_key_of_somebody_else_is_no_key_to_his_order(market: Market) -> None:
    victim, thief = await market.shoppers(2)
    form = await victim.form(await victim.walk())
    bought = await victim.arrive(await victim.post("/checkout/payment", **form))
    page = await thief.walk()

    answer = await thief.pay(page, key=form["key"])
    own = await thief.arrive(answer)
    peeked = await thief.http.get(f"/orders/{bought}")
    unknown = await thief.http.get("/orders/ORD-20261120-ZZZZ")
    await market.work()

    assert own
    assert own != bought
    assert (peeked.status_code, unknown.status_code) == (404, 404)
    assert bought not in text(answer)
    await market.assert_sound()


async def test_the_payment_of_a_cheap_cart_does_not_pay_a_dear_one(market: Market) -> None:
    cheap, dear = await market.shoppers(2)
    await cheap.pay(await cheap.walk(), card=CARD_ASKS)
    (intent,) = await market.listed("payment_intents")
    await market.sandbox.shopper_answers(intent["next_action"]["redirect_to_url"]["url"], "confirm")
    page = await dear.walk(quantity=5)

    as_token = await dear.post("/checkout/payment", **hidden(page), confirmation_token=intent["id"])
    as_field = await dear.post(
        "/checkout/payment", **hidden(page), confirmation_token="", payment_intent=intent["id"], amount="1"
    )
    returned = await dear.http.get(f"/checkout/return?payment_intent={intent['id']}&redirect_status=succeeded")
    await market.work(seconds=(0, 35, 70))

    assert as_token.status_code in (303, 503)
    assert as_field.status_code == 422
    assert not returned.headers["location"].startswith("/orders/")
    ends = await statuses(market.db)
    assert ends.count(("confirmed", None)) == 1
    assert await sellable(market.db, market.goods.variant_id) == (9, 5, 1)
    await market.assert_sound()


@pytest.mark.parametrize(
    "lie", [{"amount": 1}, {"currency": "eur"}, {"metadata": {"order_id": "00000000-0000-0000-0000-000000000000"}}]
)
async def test_a_signed_event_that_contradicts_the_order_is_kept_and_not_believed(
    market: Market, lie: dict[str, object]
) -> None:
    shopper = await market.shopper()
    await shopper.pay(await shopper.walk(), card=CARD_ASKS)
    (notice, *_rest) = [each for each in await market.notices() if each["data"]["object"]["object"] == "payment_intent"]
    told = notice["data"]["object"]
    told |= {"status": "succeeded", "amount_received": told["amount"]}
    told |= {**lie, "metadata": {**told["metadata"], **lie.get("metadata", {})}}  # type: ignore[dict-item]

    answer = await market.send({**notice, "id": "evt_lie", "type": "payment_intent.succeeded"})
    await market.work()

    assert answer.status_code == 200
    assert await inbox(market.db) == [("evt_lie", "quarantined")]
    assert await statuses(market.db) == [("pending", None)]
    await market.assert_sound()


async def test_even_a_believable_lie_only_makes_the_shop_look_for_itself(market: Market) -> None:
    shopper = await market.shopper()
    await shopper.pay(await shopper.walk(), card=CARD_ASKS)
    (notice, *_rest) = [each for each in await market.notices() if each["data"]["object"]["object"] == "payment_intent"]
    told = notice["data"]["object"]
    told |= {"status": "succeeded", "amount_received": told["amount"]}

    await market.send({**notice, "id": "evt_lie", "type": "payment_intent.succeeded"})
    await market.work()

    assert await inbox(market.db) == [("evt_lie", "processed")]
    assert await statuses(market.db) == [("pending", None)]
    assert await events(market.db, "payment.captured") == 0
    await market.assert_sound()


async def test_a_notice_that_the_gateway_did_not_sign_just_now_is_refused_and_leaves_no_trace(market: Market) -> None:
    shopper = await market.shopper()
    await shopper.pay(await shopper.walk(), card=CARD_ASKS)
    notice = (await market.notices())[0]
    body = json.dumps(notice).encode()
    secret = market.sandbox.webhook_secret
    good = sign(body, secret)

    refused = {
        "unsigned": await market.send(body, signature=""),
        "another secret": await market.send(body, signature=sign(body, "whsec_of_somebody")),
        "six minutes old": await market.send(body, signature=sign(body, secret, age=360)),
        "one byte changed": await market.send(body.replace(b"evt_", b"evt-", 1), signature=good),
        "written anew": await market.send(json.dumps(notice, indent=1).encode(), signature=good),
        "nonsense": await market.send(b"{", signature=sign(b"{", secret)),
    }

    assert {name: answer.status_code for name, answer in refused.items()} == dict.fromkeys(refused, 400)
    assert await inbox(market.db) == []
    assert (await market.send(body, signature=good)).status_code == 200
    assert len(await inbox(market.db)) == 1


async def test_one_notice_ten_times_at_once_is_kept_once(market: Market) -> None:
    shopper = await market.shopper()
    await shopper.pay(await shopper.walk(), card=CARD_ASKS)
    notice = (await market.notices())[0]

    answers = await asyncio.gather(*(market.send(notice) for _ in range(10)))
    await market.work()

    assert {answer.status_code for answer in answers} == {200}
    assert await inbox(market.db) == [(notice["id"], "processed")]
    await market.assert_sound()


async def test_steps_that_are_skipped_or_taken_out_of_turn_place_nothing(market: Market) -> None:
    shopper = await market.shopper()
    token = await market.sandbox.confirmation_token()
    pay = {"key": "0" * 40, "total": "2722", "confirmation_token": token}

    without_a_cart = await shopper.post("/checkout/payment", **pay)
    await shopper.add()
    before_anything = await shopper.post("/checkout/payment", **pay)
    shipping_first = await shopper.post("/checkout/shipping", method=str(market.goods.standard))
    await shopper.contact()
    after_the_first = await shopper.post("/checkout/payment", **pay)
    shipping_second = await shopper.post("/checkout/shipping", method=str(market.goods.standard))
    made_up = await shopper.post("/checkout/place", **pay)
    await market.work()

    assert without_a_cart.status_code in (303, 409)
    assert before_anything.status_code in (303, 409)
    assert shipping_first.status_code in (303, 409)
    assert after_the_first.status_code == 303
    assert after_the_first.headers["location"] == "/checkout/address"
    assert shipping_second.status_code == 303
    assert shipping_second.headers["location"] == "/checkout/address"
    assert made_up.status_code == 404
    assert await statuses(market.db) == []
    assert await market.sandbox.requests("payment_intents.create") == 0
    await market.assert_sound()


async def test_one_visitor_cannot_empty_the_shelves_without_paying(live_db: Database, redis_url: str) -> None:
    async with open_market(live_db, redis_url, on_hand=400) as market:
        many = [await market.shopper(address="203.0.113.7") for _ in range(16)]
        for each in many:
            await each.add(10)
        passer_by = await market.shopper()
        await passer_by.add(20)
        untouched = await sellable(live_db, market.goods.variant_id)

        answers = await asyncio.gather(*(each.contact() for each in many))
        _on_hand, held, _sold = await sellable(live_db, market.goods.variant_id)
        honest = await passer_by.contact()
        await move_clock(live_db, minutes=15, seconds=1)
        await market.work()

        assert untouched == (400, 0, 0)  # carts alone hold nothing
        assert {answer.status_code for answer in answers} == {303, 429}
        assert held == 100
        assert honest.status_code == 303
        assert await sellable(live_db, market.goods.variant_id) == (400, 0, 0)
        await market.assert_sound()


async def test_after_five_refused_cards_no_sixth_is_tried_and_nothing_is_told_of_the_cards(market: Market) -> None:
    shopper = await market.shopper()
    page = await shopper.walk()
    for _card in range(5):
        declined = await shopper.pay(page, card=CARD_DECLINED)
        assert declined.status_code == 303
        page = await shopper.http.get(declined.headers["location"])
    asked = await market.sandbox.requests("payment_intents.create")

    sixth = await shopper.pay(page)
    on_another_cart = await market.shopper()
    on_another_cart.email = shopper.email
    seventh = await on_another_cart.pay(await on_another_cart.walk())
    await market.work()

    assert (sixth.status_code, seventh.status_code) == (429, 429)
    assert "retry-after" in sixth.headers
    assert "Nothing was charged" in text(sixth)
    assert "declined" not in text(sixth).lower()
    assert await market.sandbox.requests("payment_intents.create") == asked
    assert await statuses(market.db) == [("pending", None)]
    await market.assert_sound()


async def test_a_gateway_s_word_for_an_order_of_another_shop_changes_nothing(market: Market) -> None:
    stray = await market.sandbox.api(
        "POST",
        "/v1/payment_intents",
        amount="500",
        currency="usd",
        **{"automatic_payment_methods[enabled]": "true", "metadata[payment_id]": "not-one-of-ours"},
    )
    await market.send_all(await market.notices())
    await checkout.flows.handle_webhooks(market.db, market.gateway)

    assert stray["id"]
    assert {status for _id, status in await inbox(market.db)} == {"pending"}  # to be looked at again, never dropped
    assert await statuses(market.db) == []
