"""The payment page and what follows it: declined cards, the bank's own page, a gateway that is down."""

import re
from html import unescape

import pytest

from app.sandbox.testing import CARD_ASKS, CARD_DECLINED
from app.tests.storefront.checkout.face import Face, hidden, opened, text
from app.web.testing import HTMX
from domains.checkout.tests.factories import assert_books_agree, statuses
from domains.kit import Database
from domains.payments.gateway import CircuitBreaker

pytestmark = pytest.mark.slow


async def test_the_payment_page_has_no_card_field_of_ours_and_lets_in_the_gateway_alone(face: Face) -> None:
    await face.fill_cart()

    page = await face.walk()
    other = await face.http.get("/checkout/address")

    names = set(re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', page.text))
    assert names == {"key", "total", "confirmation_token", "notes"}
    policy = page.headers["content-security-policy"]
    assert face.sandbox.base_url in policy
    assert "unsafe" not in policy
    assert face.sandbox.base_url not in other.headers["content-security-policy"]
    assert "The card fields need JavaScript." in page.text
    assert f'src="{face.sandbox.stripe_js_url}"' in page.text


async def test_a_declined_card_is_told_and_the_next_card_pays_the_same_order(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()

    declined = await face.pay(page, card=CARD_DECLINED, notes="Ring twice")
    again = await face.http.get(declined.headers["location"])
    paid = await face.pay(again)

    assert declined.headers["location"] == "/checkout/payment"
    assert "<title>Error:" in again.text
    assert "Your card was declined. Nothing was charged: try again, or use another card." in text(again)
    assert 'role="alert"' in again.text
    assert "Ring twice" in again.text
    assert hidden(again)["key"] != hidden(page)["key"]
    assert paid.headers["location"].startswith("/orders/")
    assert await statuses(face.db) == [("confirmed", None)]
    await assert_books_agree(face.db, face.sandbox)


async def test_the_same_form_sent_twice_is_one_order(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()
    form = {**hidden(page), "confirmation_token": await face.sandbox.confirmation_token()}

    first = await face.http.post("/checkout/payment", data=form)
    second = await face.http.post("/checkout/payment", data=form)

    assert first.headers["location"] == second.headers["location"]
    assert await statuses(face.db) == [("confirmed", None)]


async def test_the_bank_asks_on_a_page_of_its_own_and_the_way_back_settles(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()

    asked = await face.pay(page, card=CARD_ASKS)
    (bank,) = re.findall(r'href="(http[^"]+)"[^>]*data-go-on', asked.text)
    meanwhile = await face.http.get("/checkout/return")
    payment_page = await face.http.get("/checkout/payment")
    await face.sandbox.shopper_answers(unescape(bank), "confirm")
    back = await face.http.get("/checkout/return?payment_intent=pi_1&payment_intent_client_secret=x")

    assert asked.status_code == 200
    assert "Continue to your bank" in meanwhile.text
    assert "data-go-on" not in meanwhile.text
    assert "Your bank waits for you" in text(payment_page)
    assert back.headers["location"].startswith("/orders/")
    await assert_books_agree(face.db, face.sandbox)


async def test_a_bank_that_refuses_leads_back_to_the_payment(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()
    asked = await face.pay(page, card=CARD_ASKS)
    (bank,) = re.findall(r'href="(http[^"]+)"[^>]*data-go-on', asked.text)
    await face.sandbox.shopper_answers(unescape(bank), "fail")

    back = await face.http.get("/checkout/return")
    shown = await face.http.get(back.headers["location"])

    assert back.headers["location"] == "/checkout/payment"
    assert "<title>Error:" in shown.text


async def test_a_gateway_that_is_down_is_told_and_cart_and_hold_are_kept(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()
    token = await face.sandbox.confirmation_token()
    await face.sandbox.fault(rate_limit=True)

    refused = await face.http.post("/checkout/payment", data={**hidden(page), "confirmation_token": token})
    await face.sandbox.mend()
    cart_page = await face.http.get("/cart")
    later = await face.pay(refused)

    assert refused.status_code == 503
    assert refused.headers["retry-after"]
    assert "Card payments cannot be taken right now" in text(refused)
    assert "keeping these things for you" in text(refused)
    assert "Mug" in cart_page.text
    assert later.headers["location"].startswith("/orders/")
    assert await statuses(face.db) == [("cancelled", "unavailable"), ("confirmed", None)]


async def test_while_nobody_knows_the_page_says_so_and_updates_itself(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()
    await face.sandbox.fault(on="payment_intents.capture", count=2, answer_lost=True)
    await face.sandbox.fault(on="payment_intents.retrieve", error_500=True)

    answer = await face.pay(page)
    waiting = await face.http.get(answer.headers["location"])
    poll = await face.http.htmx("GET", "/checkout/return")
    steps_lead_there = await face.http.get("/checkout/payment")
    await face.sandbox.mend()
    face.http.shop.litestar.state.gateway.breaker = CircuitBreaker()  # as after its ten seconds of rest
    done = await face.http.htmx("GET", "/checkout/return")

    assert answer.headers["location"] == "/checkout/return"
    assert "Your payment is being confirmed" in text(waiting)
    assert 'hx-get="/checkout/return"' in waiting.text
    assert "http-equiv" in waiting.text
    assert "<html" not in poll.text
    assert "being confirmed" in poll.text
    assert steps_lead_there.headers["location"] == "/checkout/return"
    assert done.headers["hx-redirect"].startswith("/orders/")
    await assert_books_agree(face.db, face.sandbox)


async def test_an_order_of_nothing_is_placed_without_a_card(live_db: Database, redis_url: str) -> None:
    async with opened(live_db, redis_url, price=0) as face:
        await face.fill_cart()
        page = await face.walk()
        placed = await face.http.post("/checkout/payment", data=hidden(page))

    assert "Place order" in text(page)
    assert "confirmation_token" not in page.text
    assert placed.headers["location"].startswith("/orders/")


async def test_without_a_card_token_nothing_is_placed(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()

    answer = await face.http.post("/checkout/payment", data=hidden(page))

    assert answer.status_code == 422
    assert "card" in text(answer).lower()
    assert await statuses(face.db) == []


async def test_another_site_cannot_send_the_forms(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()

    answer = await face.http.post(
        "/checkout/payment", data=hidden(page), headers={"Sec-Fetch-Site": "cross-site", **HTMX}
    )

    assert answer.status_code == 403
