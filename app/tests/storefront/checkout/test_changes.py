"""What changes on the way: prices, stock, time, and what shoppers change themselves."""

import pytest

from app.sandbox.testing import CARD_DECLINED
from app.tests.storefront.checkout.face import Face, text
from app.web.testing import another_browser
from domains import checkout
from domains.checkout.tests.factories import assert_books_agree, events, move_clock, rename, statuses
from domains.payments.gateway import CircuitBreaker

pytestmark = pytest.mark.slow


async def test_a_price_that_changed_is_shown_and_accepted(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()
    await rename(face.db, face.shop.variant_id, 2100)

    refused = await face.pay(page)
    accepted = await face.http.post("/checkout/total", data={"total": "2830"})
    after = await face.http.get(accepted.headers["location"])
    paid = await face.pay(after)

    assert refused.status_code == 409
    assert "It was $27.22 and is now $28.30" in text(refused)
    assert "confirmation_token" not in refused.text
    assert "Pay $28.30" in text(after)
    assert paid.headers["location"].startswith("/orders/")
    assert await statuses(face.db) == [("confirmed", None)]


async def test_too_few_are_told_with_choices_before_any_payment_exists(face: Face) -> None:
    await face.fill_cart(8)
    page = await face.walk()
    await move_clock(face.db, minutes=16)
    await checkout.flows.sweep(face.db, face.http.shop.litestar.state.gateway)
    async with another_browser(face.http.shop) as rival:
        await face.fill_cart(5, rival)
        await rival.post("/checkout/contact", data={"email": "rival@example.com"})

    short = await face.pay(page)
    took = await face.http.post(
        "/checkout/stock", data={"variant": str(face.shop.variant_id), "choice": "take"}, follow_redirects=True
    )

    assert short.status_code == 409
    assert "You want 8; 5 can be had" in text(short)
    assert "Take 5" in text(short)
    assert "Remove" in text(short)
    assert await events(face.db, "payment.created") == 0
    assert await events(face.db, "inventory.insufficient") == 1
    assert took.url.path == "/checkout/payment"
    assert "the total has changed" in text(took).lower()


async def test_what_is_left_out_of_the_only_line_leads_to_the_cart(face: Face) -> None:
    await face.fill_cart()
    await face.walk()

    answer = await face.http.post("/checkout/stock", data={"variant": str(face.shop.variant_id), "choice": "remove"})

    assert answer.headers["location"] == "/cart"


async def test_what_is_wanted_beyond_the_stock_keeps_the_mail_address_that_was_typed(face: Face) -> None:
    await face.fill_cart(8)
    async with another_browser(face.http.shop) as rival:
        await face.fill_cart(5, rival)
        await rival.post("/checkout/contact", data={"email": "rival@example.com"})

    short = await face.http.post("/checkout/contact", data={"email": "ada@example.com"})
    through_htmx = await face.http.htmx("POST", "/checkout/contact", data={"email": "ada@example.com"})
    page = await face.http.get("/checkout/contact")

    assert (short.status_code, through_htmx.status_code) == (409, 409)
    assert "<html" not in through_htmx.text
    assert 'value="ada@example.com"' in page.text


async def test_more_time_is_given_once_with_and_without_scripts(face: Face) -> None:
    await face.fill_cart()
    await face.walk(to="address")
    await move_clock(face.db, minutes=10)

    fragment = await face.http.htmx("POST", "/checkout/hold", data={})
    plain = await face.http.post("/checkout/hold", data={})

    assert "another 20 minutes" in text(fragment) or "another 15 minutes" in text(fragment)
    assert "I need more time" not in text(fragment)
    assert plain.headers["location"] == "/checkout/address"


async def test_an_edit_after_a_decline_is_possible_and_makes_a_new_order(face: Face) -> None:
    await face.fill_cart()
    await face.pay(await face.walk(), card=CARD_DECLINED)

    chosen = await face.http.post("/checkout/shipping", data={"method": str(face.shop.express)})
    paid = await face.pay(await face.http.get(chosen.headers["location"]))

    assert chosen.headers["location"] == "/checkout/payment"
    assert paid.headers["location"].startswith("/orders/")
    assert await statuses(face.db) == [("cancelled", "replaced"), ("confirmed", None)]
    await assert_books_agree(face.db, face.sandbox)


async def test_a_change_while_it_is_being_paid_leads_to_what_comes_of_it(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()
    await face.sandbox.fault(on="payment_intents.create", count=2, answer_lost=True)
    await face.sandbox.fault(on="payment_intents.search", error_500=True)
    await face.pay(page)

    changed = await face.http.post("/checkout/contact", data={"email": "other@example.com"})
    face.http.shop.litestar.state.gateway.breaker = CircuitBreaker()
    await face.sandbox.mend()
    settled = await face.http.post("/checkout/contact", data={"email": "other@example.com"})
    thanks = await face.http.get(settled.headers["location"])

    assert changed.status_code == 503
    assert settled.headers["location"] == "/checkout/return"
    assert thanks.headers["location"].startswith("/orders/")
