"""A forgotten password: one answer for everybody, a link that only shows a form, and a form that works once."""

import time

import pytest

from app.tests.account.people import (
    ADA,
    OTHER_PASSWORD,
    PASSWORD,
    facts,
    is_logged_in,
    later,
    link,
    log_in,
    member,
)
from app.web.even_time import STEP
from app.web.testing import another_browser


async def ask(http, email: str = ADA):
    return await http.post("/account/forgot", data={"email": email})


async def test_the_answer_is_the_same_for_known_and_unknown_addresses(http):
    account_id = await member(http, logged_in=False)

    known, unknown = await ask(http), await ask(http, "nobody@example.com")

    assert (known.status_code, known.headers["location"]) == (303, "/account/forgot/sent")
    assert (unknown.status_code, dict(unknown.headers) | {"x-request-id": ""}) == (
        known.status_code,
        dict(known.headers) | {"x-request-id": ""},
    )
    shown = (await http.get("/account/forgot/sent")).text
    assert "If there is an account with this address" in shown
    assert "ada@" not in shown
    assert (await facts(http, account_id)).count("user.password_reset_asked") == 1


async def test_the_answer_takes_the_same_time_for_known_and_unknown_addresses(http):
    spent: dict[bool, list[float]] = {True: [], False: []}
    for number in range(5):
        await member(http, f"{number}@example.com", logged_in=False)
        for known in (True, False):
            began = time.perf_counter()
            await ask(http, f"{number}@{'example.com' if known else 'nowhere.example'}")
            spent[known].append(time.perf_counter() - began)

    # The quickest of each: what a machine with other things to do adds on top tells nothing.
    quickest = [min(times) for times in spent.values()]
    assert min(quickest) >= STEP
    assert max(quickest) - min(quickest) < STEP / 10


async def test_nonsense_is_told_and_nothing_is_sent(http):
    answer = await ask(http, "nonsense")

    assert answer.status_code == 422
    assert 'href="#email"' in answer.text


async def test_one_address_is_written_to_three_times_an_hour_known_or_not(http):
    await member(http, logged_in=False)
    for email in (ADA, "nobody@example.com"):
        assert [(await ask(http, email)).status_code for _ in range(4)] == [303, 303, 303, 429]


async def test_the_link_shows_a_form_and_only_the_form_sets_the_password(http):
    account_id = await member(http)
    token = await link(http, account_id, "reset_password")

    async with another_browser(http.shop) as phone:
        for _scan in range(2):
            page = await phone.get(f"/account/reset/{token}")
            assert page.status_code == 200
        assert '<meta name="referrer" content="no-referrer">' in page.text
        assert page.headers["cache-control"] == "private, no-store"
        assert await is_logged_in(http)
        weak = await phone.post(f"/account/reset/{token}", data={"password": "meander1"})
        done = await phone.post(f"/account/reset/{token}", data={"password": OTHER_PASSWORD})
        again = await phone.post(f"/account/reset/{token}", data={"password": "nine red chairs"})

        assert weak.status_code == 422
        assert 'id="password-error"' in weak.text
        assert (done.status_code, done.headers["location"]) == (303, "/account/login?done=password")
        assert "Your password is set" in (await phone.get(done.headers["location"])).text
        assert again.status_code == 409
        assert "Send a new link" in again.text
        assert not await is_logged_in(phone)
        assert (await log_in(phone, password=PASSWORD)).status_code == 422
        assert (await log_in(phone, password=OTHER_PASSWORD)).status_code == 303
    assert not await is_logged_in(http)


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (61, 409)])
async def test_the_link_works_for_an_hour(http, minutes, status):
    token = await link(http, await member(http, logged_in=False), "reset_password")
    await later(http, minutes=minutes)

    assert (await http.get(f"/account/reset/{token}")).status_code == status


async def test_a_link_that_never_was_is_answered_like_one_that_is_over(http):
    assert (await http.get("/account/reset/" + "x" * 43)).status_code == 409
    assert (await http.post("/account/reset/" + "x" * 43, data={"password": OTHER_PASSWORD})).status_code == 409


async def test_the_password_is_the_only_field_of_the_form(http):
    token = await link(http, await member(http, logged_in=False), "reset_password")

    answer = await http.post(f"/account/reset/{token}", data={"password": OTHER_PASSWORD, "role": "owner"})

    assert answer.status_code == 422
    assert (await http.get(f"/account/reset/{token}")).status_code == 200
