"""Logging in: five wrong passwords in a quarter of an hour, and honest words for who may not."""

import pytest

from app.tests.account.people import ACTOR, ADA, PASSWORD, db_of, is_logged_in, later, log_in, member
from app.web.testing import another_browser, browser
from domains import accounts


@pytest.fixture
async def http(live_db, redis_url, http):
    """A shop behind a proxy, so that browsers come from houses of their own."""
    async with browser(live_db.url, redis_url, TRUSTED_PROXIES="127.0.0.1/32") as client:
        yield client


async def from_house(http, number: int, email: str = ADA, password: str = "wrong password here"):
    async with another_browser(http.shop) as somebody:
        somebody.headers["X-Forwarded-For"] = f"198.51.100.{number}"
        return await log_in(somebody, email, password)


async def test_the_sixth_try_of_an_account_is_refused_with_the_right_password_and_open_again_after(http):
    await member(http, logged_in=False)
    for number in range(1, 6):
        assert (await from_house(http, number)).status_code == 422

    refused = await from_house(http, 6, password=PASSWORD)
    unknown = [await from_house(http, number, "nobody@example.com") for number in range(11, 17)]
    await later(http, minutes=14, seconds=30)
    still = await from_house(http, 6, password=PASSWORD)
    await later(http, minutes=15, seconds=30)
    opened = await from_house(http, 6, password=PASSWORD)

    assert refused.status_code == 429
    assert 14 * 60 < int(refused.headers["retry-after"]) <= 15 * 60
    assert "passwords can be tried again in 15 minutes" in refused.text
    assert "Forgot your password?" in refused.text
    assert f'value="{ADA}"' in refused.text
    assert [answer.status_code for answer in unknown] == [422] * 5 + [429]
    assert still.status_code == 429
    assert "Wait a minute" in still.text
    assert opened.status_code == 303


async def test_the_sixth_try_from_a_house_is_refused_and_open_again_after(http):
    await member(http, logged_in=False)
    for number in range(5):
        assert (await from_house(http, 1, f"{number}@example.com")).status_code == 422

    assert (await from_house(http, 1, password=PASSWORD)).status_code == 429
    assert (await from_house(http, 2, password=PASSWORD)).status_code == 303
    await later(http, minutes=15, seconds=30)
    assert (await from_house(http, 1, password=PASSWORD)).status_code == 303


async def test_who_logs_in_rightly_is_never_counted(http):
    await member(http, logged_in=False)

    assert [(await from_house(http, 1, password=PASSWORD)).status_code for _ in range(7)] == [303] * 7


@pytest.mark.parametrize(("what", "words"), [("suspend", "This account is suspended"), ("deactivate", "was closed")])
async def test_who_knows_the_password_is_told_why_he_may_not_log_in(http, what, words):
    account_id = await member(http, logged_in=False)
    async with db_of(http).transaction(ACTOR) as tx:
        await getattr(accounts, what)(tx, account_id)

    wrong = await from_house(http, 1)
    right = await from_house(http, 2, password=PASSWORD)

    assert words not in wrong.text
    assert "The e-mail address or the password is not right" in wrong.text
    assert (right.status_code, words in right.text) == (422, True)
    assert "session" not in right.headers.get("set-cookie", "")


async def test_the_log_in_leaves_its_device_with_the_session(http):
    await member(http, logged_in=False)
    http.headers["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"

    await log_in(http)

    assert await is_logged_in(http)
    assert "Firefox on Linux" in (await http.get("/account/profile")).text
