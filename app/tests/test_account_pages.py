"""Accounts on the web: register, confirm, log in and out; sessions renewed; one answer for known and unknown."""

import re

import pytest

from app.web.testing import another_browser, browser
from domains import accounts, store
from domains.kit import Actor

ACTOR = Actor.system("tests")
PASSWORD = "five blue kettles"
SHOP = store.ShopDetails(
    name="Meander", legal_name="Meander Goods LLC", address=("12 Pine St", "Portland, OR 97201"), country="US",
    currency="USD", time_zone="America/Los_Angeles", prices_include_tax=False, sender_email="hello@meander.example",
    alerts_email="orders@meander.example", countries=("US", "DE"),
)  # fmt: skip


@pytest.fixture
async def http(live_db, redis_url):
    async with live_db.transaction(ACTOR) as tx:
        await store.set_up(tx, SHOP)
    async with browser(live_db.url, redis_url) as client:
        yield client


async def register(http, email: str = "ada@example.com", password: str = PASSWORD):
    return await http.post("/account/register", data={"email": email, "password": password, "name": "Ada Byron"})


async def log_in(http, email: str = "ada@example.com", password: str = PASSWORD, **more: str):
    return await http.post("/account/login", data={"email": email, "password": password, **more})


async def test_a_new_customer_registers_logs_in_and_sees_his_account(http):
    registered = await register(http)
    logged_in = await log_in(http)
    home = await http.get("/account")

    assert (registered.status_code, registered.headers["location"]) == (303, "/account/registered")
    assert (logged_in.status_code, logged_in.headers["location"]) == (303, "/account")
    assert home.status_code == 200
    assert "Hello, Ada" in home.text
    assert "Please confirm your mail address" in home.text
    assert home.headers["cache-control"] == "private, no-store"


async def test_registering_a_known_address_answers_like_a_new_one(http):
    first, second = await register(http), await register(http, password="seven green lamps")

    assert (first.status_code, first.headers["location"]) == (second.status_code, second.headers["location"])
    assert (await log_in(http, password="seven green lamps")).status_code == 422
    assert (await log_in(http)).status_code == 303


@pytest.mark.parametrize("email", ["ada@example.com", "nobody@example.com"])
async def test_a_wrong_password_and_an_unknown_address_are_answered_alike(http, email):
    await register(http)

    answer = await log_in(http, email, "wrong password here")

    assert answer.status_code == 422
    assert "The e-mail address or the password is not right" in answer.text
    assert "There is a problem" in answer.text
    assert f'value="{email}"' in answer.text
    assert "wrong password here" not in answer.text
    assert "session" not in answer.headers.get("set-cookie", "")


async def test_a_session_id_planted_before_the_log_in_is_worth_nothing(http):
    await register(http)
    http.cookies.set("session", "planted-by-somebody-else", domain="127.0.0.1")

    answer = await log_in(http)

    assert "planted-by-somebody-else" not in answer.headers["set-cookie"]
    async with another_browser(http.shop) as thief:
        thief.cookies.set("session", "planted-by-somebody-else", domain="127.0.0.1")
        assert (await thief.get("/account")).status_code == 303


async def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(http):
    await register(http)

    cookie = (await log_in(http)).headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


async def test_over_https_the_cookie_is_bound_to_the_host(live_db, redis_url):
    async with live_db.transaction(ACTOR) as tx:
        await store.set_up(tx, SHOP)
    async with browser(live_db.url, redis_url, BASE_URL="https://shop.example", ALLOWED_HOSTS="shop.example") as http:
        await register(http)
        cookie = (await log_in(http)).headers["set-cookie"]

    assert cookie.startswith("__Host-session=")
    assert "secure" in cookie.lower()


async def test_logging_out_ends_the_session_everywhere_the_cookie_went(http):
    await register(http)
    await log_in(http)
    stolen = http.cookies["session"]

    assert (await http.post("/account/logout")).status_code == 303

    async with another_browser(http.shop) as thief:
        thief.cookies.set("session", stolen, domain="127.0.0.1")
        assert (await thief.get("/account")).status_code == 303


async def test_a_suspended_account_is_out_with_its_next_request(http):
    await register(http)
    await log_in(http)
    async with http.shop.litestar.state.db.transaction(ACTOR) as tx:
        account_id = await accounts.find_account(tx, "ada@example.com")
        assert account_id is not None
        await accounts.suspend(tx, account_id)

    assert (await http.get("/account")).status_code == 303
    assert (await log_in(http)).status_code == 422


async def test_the_account_page_asks_for_the_log_in_and_leads_back(http):
    await register(http)

    asked = await http.get("/account")
    shown = await http.get(asked.headers["location"])
    done = await log_in(http, next="/account")

    assert asked.headers["location"] == "/account/login?next=%2Faccount"
    assert 'name="next" value="/account"' in shown.text
    assert done.headers["location"] == "/account"


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example", "/\\evil.example"])
async def test_nobody_is_led_to_another_site_by_the_log_in(http, evil):
    await register(http)

    assert (await log_in(http, next=evil)).headers["location"] == "/account"


async def test_the_sixth_wrong_password_in_a_quarter_of_an_hour_waits_even_if_it_is_right(http):
    await register(http)
    for _ in range(5):
        assert (await log_in(http, password="wrong password here")).status_code == 422

    refused = await log_in(http)

    assert refused.status_code == 429
    assert 14 * 60 < int(refused.headers["retry-after"]) <= 15 * 60 + 1
    assert "Too many tries" in refused.text
    assert "in 15 minutes" in refused.text


async def test_the_mailed_link_shows_a_button_and_only_the_button_confirms(http):
    await register(http)
    async with http.shop.litestar.state.db.transaction(ACTOR) as tx:
        account_id = await accounts.find_account(tx, "ada@example.com")
        assert account_id is not None
        token = await accounts.issue_token(tx, account_id, "verify_email")

    async def is_confirmed() -> bool:
        async with http.shop.litestar.state.db.transaction(ACTOR) as tx:
            return (await accounts.account(tx, account_id)).email_verified

    page = await http.get(f"/account/verify?token={token}")
    assert "Confirm address" in page.text
    assert not await is_confirmed()
    assert (await http.post("/account/verify", data={"token": token})).status_code == 303
    assert await is_confirmed()
    again = await http.get(f"/account/verify?token={token}")
    assert again.status_code == 409
    assert "does not work any more" in again.text


async def test_the_owner_sets_a_password_by_the_printed_link(http):
    async with http.shop.litestar.state.db.transaction(ACTOR) as tx:
        owner = await accounts.create_staff(tx, email="owner@example.com", role="owner")

    weak = await http.post("/account/set-password", data={"token": owner.token, "password": "meander1"})
    good = await http.post("/account/set-password", data={"token": owner.token, "password": PASSWORD})

    assert weak.status_code == 422
    assert good.status_code == 303
    assert "Your password is set" in (await http.get(good.headers["location"])).text
    assert (await log_in(http, "owner@example.com")).status_code == 303


@pytest.mark.parametrize("password", ["short", "password1", "x" * 600, "y" * 900_000])
async def test_passwords_that_will_not_do_are_refused_at_the_field(http, password):
    answer = await register(http, password=password)

    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text


async def test_errors_are_shown_on_top_and_beside_the_field_and_the_title_says_so(http):
    answer = await register(http, email="nonsense")

    assert answer.status_code == 422
    assert re.search(r"<title>Error: ", answer.text)
    assert 'role="alert"' in answer.text
    assert 'href="#email"' in answer.text
    assert 'id="email-error"' in answer.text
    assert 'value="nonsense"' in answer.text


async def test_fields_nobody_offered_are_refused(http):
    answer = await http.post(
        "/account/register", data={"email": "eve@example.com", "password": PASSWORD, "role": "owner"}
    )

    assert answer.status_code == 422
    async with http.shop.litestar.state.db.transaction(ACTOR) as tx:
        assert await accounts.find_account(tx, "eve@example.com") is None


async def test_no_answer_ever_holds_a_passwords_hash(http):
    await register(http)
    await log_in(http)

    for path in ("/account", "/account/login", "/account/register"):
        assert "argon2" not in (await http.get(path, follow_redirects=True)).text
