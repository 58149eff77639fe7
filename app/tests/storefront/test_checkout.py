"""The pages of checkout as browsers meet them, plain and through htmx; the gateway is the sandbox, over HTTP."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape

import httpx
import pytest

from app.runtime.shared_servers import SharedPostgres
from app.sandbox.testing import CARD_ASKS, CARD_DECLINED, CARD_PAYS, Sandbox, running_sandbox
from app.web.testing import HTMX, Browser, another_browser, browser
from domains import accounts, checkout
from domains.checkout.tests.factories import (
    STAFF,
    TinyShop,
    assert_books_agree,
    events,
    move_clock,
    rename,
    sellable,
    statuses,
    tiny_shop,
)
from domains.kit import Database
from domains.payments.gateway import CircuitBreaker

pytestmark = pytest.mark.slow

HOME = {
    "country": "US",
    "name": "Ada Lovelace",
    "line1": "350 Fifth Avenue",
    "city": "New York",
    "state": "NY",
    "postal_code": "10118",
    "billing_same": "on",
}


class Face:
    """A running shop with a gateway, and a shopper's browser on it."""

    def __init__(self, http: Browser, sandbox: Sandbox, shop: TinyShop, db: Database) -> None:
        self.http, self.sandbox, self.shop, self.db = http, sandbox, shop, db

    async def fill_cart(self, quantity: int = 1, http: Browser | None = None) -> None:
        answer = await (http or self.http).post(
            "/cart/lines", data={"variant_id": str(self.shop.variant_id), "quantity": str(quantity)}
        )
        assert answer.status_code == 303, answer.text

    async def walk(self, *, to: str = "payment", email: str = "ada@example.com") -> httpx.Response:
        """Through the steps with good answers, to the page of the step `to`."""
        steps: list[tuple[str, dict[str, str]]] = [
            ("contact", {"email": email}),
            ("address", HOME),
            ("shipping", {"method": str(self.shop.standard)}),
        ]
        for step, answers in steps:
            if step == to:
                break
            answer = await self.http.post(f"/checkout/{step}", data=answers)
            assert answer.status_code == 303, answer.text
        return await self.http.get(f"/checkout/{to}")

    async def pay(self, page: httpx.Response, *, card: str = CARD_PAYS, **more: str) -> httpx.Response:
        """Press Pay on the payment page, with what the card frame would add to its form."""
        return await self.http.post(
            "/checkout/payment",
            data={**hidden(page), "confirmation_token": await self.sandbox.confirmation_token(card), **more},
        )


def hidden(page: httpx.Response) -> dict[str, str]:
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
    return {name: fields[name] for name in ("key", "total")}


def text(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


@asynccontextmanager
async def opened(db: Database, redis_url: str, **options: int) -> AsyncIterator[Face]:
    shop = await tiny_shop(db, **options)
    async with (
        running_sandbox() as sandbox,
        browser(
            db.url,
            redis_url,
            STRIPE_SECRET_KEY=sandbox.secret_key,
            STRIPE_PUBLISHABLE_KEY=sandbox.publishable_key,
            STRIPE_WEBHOOK_SECRET=sandbox.webhook_secret,
            STRIPE_API_BASE=sandbox.base_url,
            STRIPE_JS_URL=sandbox.stripe_js_url,
        ) as http,
    ):
        yield Face(http, sandbox, shop, db)


@pytest.fixture
async def live_db(postgres: SharedPostgres, migrated: str) -> AsyncIterator[Database]:
    """An empty one, in which the tiny shop of checkout's tests is opened."""
    url = await postgres.clone(migrated)
    database = Database.connect(url, pool_size=20, name="test")
    yield database
    await database.dispose()
    await postgres.drop(url)


@pytest.fixture
async def face(live_db: Database, redis_url: str) -> AsyncIterator[Face]:
    async with opened(live_db, redis_url) as running:
        yield running


async def test_a_guest_walks_through_the_steps_and_is_thanked(face: Face) -> None:
    await face.fill_cart(2)

    page = await face.walk()
    answer = await face.pay(page, notes="Leave it with the neighbour, please.")
    thanks = await face.http.get(answer.headers["location"])

    assert page.status_code == 200
    assert "Pay $48.99" in text(page)
    assert answer.status_code == 303
    assert re.match(r"/orders/ORD-\d{8}-\w{4}\?thanks=1$", answer.headers["location"])
    assert thanks.status_code == 200
    assert "Thank you" in thanks.text
    assert re.search(r"ORD-\d{8}-\w{4}", thanks.text)
    assert await statuses(face.db) == [("confirmed", None)]
    assert (await face.http.get("/checkout", follow_redirects=True)).url.path == "/cart"
    await assert_books_agree(face.db, face.sandbox)


async def test_checkout_leads_to_the_first_step_that_is_not_done(face: Face) -> None:
    await face.fill_cart()
    first = await face.http.get("/checkout")
    ahead = await face.http.get("/checkout/payment")
    await face.http.post("/checkout/contact", data={"email": "ada@example.com"})
    second = await face.http.get("/checkout")

    assert first.headers["location"] == "/checkout/contact"
    assert ahead.headers["location"] == "/checkout/contact"
    assert second.headers["location"] == "/checkout/address"


async def test_an_empty_cart_has_no_checkout(face: Face) -> None:
    shown = await face.http.get("/checkout/contact")
    sent = await face.http.post("/checkout/contact", data={"email": "ada@example.com"})
    paid = await face.http.post("/checkout/payment", data={"key": "k", "total": "1"})

    assert shown.headers["location"] == "/cart"
    assert (sent.status_code, paid.status_code) == (409, 409)
    assert await statuses(face.db) == []


async def test_reading_the_pages_holds_nothing_and_the_first_continue_does(face: Face) -> None:
    await face.fill_cart(3)
    page = await face.http.get("/checkout/contact")
    read = await sellable(face.db, face.shop.variant_id)

    await face.http.post("/checkout/contact", data={"email": "ada@example.com"})
    next_page = await face.http.get("/checkout/address")

    assert "set-cookie" not in page.headers
    assert page.headers["cache-control"] == "private, no-store"
    assert read == (10, 0, 0)
    assert await sellable(face.db, face.shop.variant_id) == (10, 3, 0)
    assert "keeping these things for you for another 15 minutes" in text(next_page)
    assert "I need more time" in text(next_page)


@pytest.mark.parametrize("email", ["", "ada", "ada@", "ada@example", "a da@example.com", "x" * 300 + "@example.com"])
async def test_a_mail_address_that_cannot_be_is_told_at_the_field(face: Face, email: str) -> None:
    await face.fill_cart()

    answer = await face.http.post("/checkout/contact", data={"email": email})

    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert 'href="#email"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{email}"' in answer.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"line1": ""}, "line1"),
        ({"city": ""}, "city"),
        ({"state": ""}, "state"),
        ({"postal_code": "nonsense"}, "postal_code"),
        ({"postal_code": "94107"}, "postal_code"),
        ({"country": "FR"}, "country"),
        ({"country": "XX"}, "country"),
        ({"country": "DE", "state": "", "postal_code": "10117", "city": "Berlin"}, "country"),
        ({"phone": "12"}, "phone"),
        ({"name": "x" * 201}, "name"),
    ],
)
async def test_an_address_that_cannot_be_is_told_at_its_field_and_the_rest_is_kept(
    face: Face, wrong: dict[str, str], field: str
) -> None:
    await face.fill_cart()
    await face.walk(to="address")

    answer = await face.http.post("/checkout/address", data={**HOME, **wrong})
    later = await face.http.get("/checkout/address")

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    for kept in ("Ada Lovelace", "350 Fifth Avenue"):
        if kept not in {HOME.get(name) for name in wrong}:
            assert kept in answer.text
            assert kept in later.text
    assert (await face.http.get("/checkout/shipping")).headers["location"] == "/checkout/address"


async def test_every_wrong_field_is_told_at_once_and_through_htmx_only_the_step_is_drawn(face: Face) -> None:
    await face.fill_cart()
    await face.walk(to="address")

    answer = await face.http.htmx(
        "POST", "/checkout/address", data={**HOME, "name": "", "postal_code": "1", "billing_same": ""}
    )

    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert answer.text.lstrip().startswith("<section")
    for field in ("name", "postal_code", "billing_name", "billing_line1"):
        assert f'href="#{field}"' in answer.text


async def test_through_htmx_a_good_step_leads_on(face: Face) -> None:
    await face.fill_cart()

    answer = await face.http.htmx("POST", "/checkout/contact", data={"email": "ada@example.com"})

    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/checkout/address"


async def test_another_country_asks_for_other_fields_with_and_without_scripts(face: Face) -> None:
    await face.fill_cart()
    await face.walk(to="address")
    typed = {**HOME, "country": "CA"}

    fragment = await face.http.htmx("POST", "/checkout/address/fields", data=typed)
    plain = await face.http.post("/checkout/address/fields", data=typed)
    page = await face.http.get(plain.headers["location"])

    assert 'id="address-fields"' in fragment.text
    assert "<html" not in fragment.text
    for answer in (fragment, page):
        assert '<option value="QC"' in answer.text
        assert '<option value="NY"' not in answer.text
        assert "350 Fifth Avenue" in answer.text
    assert plain.status_code == 303


async def test_the_address_is_asked_with_the_tokens_browsers_fill_in_by(face: Face) -> None:
    await face.fill_cart()

    page = await face.walk(to="address")

    for token in ("name", "address-line1", "address-level2", "address-level1", "postal-code", "country", "tel"):
        assert f'autocomplete="shipping {token}"' in page.text
    assert page.text.index('id="country"') < page.text.index('id="name"')


async def test_delivery_is_offered_with_price_and_date_and_a_strange_one_is_refused(face: Face) -> None:
    await face.fill_cart()

    page = await face.walk(to="shipping")
    refused = [
        await face.http.post("/checkout/shipping", data={"method": method})
        for method in ("", "nonsense", "01900000-0000-7000-8000-000000000000")
    ]

    assert "Standard" in page.text
    assert "$5.00" in page.text
    assert re.search(r"Arrives between \w+day, \w+ \d+ and \w+day, \w+ \d+", text(page))
    assert "$15.00" in page.text
    assert [answer.status_code for answer in refused] == [422, 422, 422]


async def test_what_was_entered_stands_above_with_links_to_change_it(face: Face) -> None:
    await face.fill_cart()

    page = await face.walk()
    back = await face.http.get("/checkout/address")

    for entered in ("ada@example.com", "350 Fifth Avenue", "Standard"):
        assert entered in page.text
    for step in ("contact", "address", "shipping"):
        assert f'href="/checkout/{step}"' in page.text
    assert 'value="350 Fifth Avenue"' in back.text


async def test_tax_delivery_and_total_are_known_before_the_payment(face: Face) -> None:
    await face.fill_cart(2)

    first = await face.http.get("/checkout/contact")
    last = await face.walk()

    assert "Depends on the address" in text(first)
    for amount in ("$40.00", "$5.00", "$3.99", "$48.99"):
        assert amount in last.text


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


async def test_a_field_that_the_form_does_not_have_is_refused(face: Face) -> None:
    await face.fill_cart()
    page = await face.walk()

    for name, value in (("amount", "1"), ("discount", "9999"), ("currency", "JPY"), ("unit_price", "1")):
        assert (await face.pay(page, **{name: value})).status_code == 422
    for total in ("1e3", "-1", "1.0", "99999999999999999999", "١"):
        assert (await face.pay(page, total=total)).status_code in (409, 422)

    assert await statuses(face.db) == []


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


async def test_a_member_logged_out_on_the_way_goes_on_as_a_guest_at_the_same_step(face: Face) -> None:
    async with face.db.transaction(STAFF) as tx:
        account_id = await accounts.register(tx, email="ada@example.com", password_hash=accounts.NOBODY)
        assert account_id is not None
        session = await accounts.open_session(tx, account_id)
    face.http.cookies.set("session", session)
    await face.fill_cart()
    await face.walk()
    async with face.db.transaction(STAFF) as tx:
        await accounts.end_session(tx, session)

    page = await face.http.get("/checkout/payment")
    paid = await face.pay(page)

    assert page.status_code == 200
    assert "You have been logged out" in text(page)
    assert "/account/login?next=%2Fcheckout" in page.text
    assert "350 Fifth Avenue" in page.text
    assert paid.headers["location"].startswith("/orders/")
    async with face.db.transaction(STAFF) as tx:
        owner = (await tx.sql("SELECT user_id FROM orders.orders")).scalar_one()
    assert owner is None


async def test_a_member_who_logs_in_again_goes_on_where_he_was(face: Face) -> None:
    async with face.db.transaction(STAFF) as tx:
        account_id = await accounts.register(tx, email="ada@example.com", password_hash=accounts.NOBODY)
        assert account_id is not None
        session = await accounts.open_session(tx, account_id)
    face.http.cookies.set("session", session)
    await face.fill_cart()
    await face.walk()
    async with face.db.transaction(STAFF) as tx:
        await accounts.end_session(tx, session)
        again = await accounts.open_session(tx, account_id)
    face.http.cookies.set("session", again)

    page = await face.http.get("/checkout")
    paid = await face.pay(await face.http.get(page.headers["location"]))

    assert page.headers["location"] == "/checkout/payment"
    assert paid.headers["location"].startswith("/orders/")
    async with face.db.transaction(STAFF) as tx:
        owner = (await tx.sql("SELECT user_id FROM orders.orders")).scalar_one()
    assert owner == account_id


async def test_nobody_sees_the_checkout_of_somebody_else(face: Face) -> None:
    await face.fill_cart()
    await face.walk()

    async with another_browser(face.http.shop) as stranger:
        stranger.cookies.set("checkout", "guessed" * 6)
        stranger.cookies.set("cart", "guessed" * 6)
        shown = await stranger.get("/checkout/payment")
        changed = await stranger.post("/checkout/address", data=HOME)
        came_back = await stranger.get("/checkout/return")

    assert shown.headers["location"] == "/cart"
    assert changed.status_code == 409
    assert came_back.headers["location"] == "/cart"


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
