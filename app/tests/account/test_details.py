"""Names, phone, password, mail address and sessions, as their owner changes them."""

import re
from html import unescape

from app.tests.account.people import (
    ACTOR,
    ADA,
    NEW,
    OTHER_PASSWORD,
    PASSWORD,
    db_of,
    enter,
    facts,
    is_logged_in,
    link,
    log_in,
    member,
)
from app.web.testing import another_browser
from domains import accounts


def words(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def test_a_changed_name_is_seen_by_the_next_request(http):
    account_id = await member(http)

    saved = await http.post(
        "/account/profile", data={"first_name": "Augusta", "last_name": "King", "phone": "(503) 555-0100"}
    )

    assert saved.headers["location"] == "/account/profile?done=profile"
    page = await http.get(saved.headers["location"])
    assert "Your details are saved." in page.text
    assert 'value="+15035550100"' in page.text
    assert "Hello, Augusta" in (await http.get("/account")).text
    assert "user.updated" in await facts(http, account_id)


async def test_what_is_wrong_is_told_and_what_was_typed_stays(http):
    await member(http)

    answer = await http.post("/account/profile", data={"first_name": "x" * 101, "last_name": "King", "phone": "12"})

    assert answer.status_code == 422
    assert {'id="first_name-error"', 'id="phone-error"'} <= set(re.findall(r'id="\w+-error"', answer.text))
    assert 'value="King"' in answer.text


async def test_nobody_gives_himself_more_than_a_name(http):
    account_id = await member(http)

    for more in ({"role": "owner"}, {"email_verified": "on"}, {"id": "1"}):
        answer = await http.post("/account/profile", data={"first_name": "Ada", "last_name": "Byron", **more})
        assert answer.status_code == 422

    async with db_of(http).transaction(ACTOR) as tx:
        account = await accounts.account(tx, account_id)
    assert (account.role, account.email_verified) == ("customer", False)


async def test_the_password_is_changed_by_who_knows_the_old_one_and_others_are_out(http):
    account_id = await member(http)
    before = http.cookies["session"]

    async with another_browser(http.shop) as other:
        await enter(other, account_id)
        wrong = await http.post(
            "/account/password", data={"current_password": "not this one", "password": OTHER_PASSWORD}
        )
        assert await is_logged_in(other)
        done = await http.post("/account/password", data={"current_password": PASSWORD, "password": OTHER_PASSWORD})

        assert (wrong.status_code, 'id="current_password-error"' in wrong.text) == (422, True)
        assert done.headers["location"] == "/account/profile?done=password"
        assert http.cookies["session"] != before
        assert await is_logged_in(http)
        assert not await is_logged_in(other)
        other.cookies.set("session", before, domain="127.0.0.1")
        assert not await is_logged_in(other)
        assert (await log_in(other, password=OTHER_PASSWORD)).status_code == 303
    assert "user.password_changed" in await facts(http, account_id)


async def test_a_weak_new_password_is_refused_before_the_old_one_is_looked_at(http):
    await member(http)

    for weak in ("short", "password1", ADA):
        answer = await http.post("/account/password", data={"current_password": PASSWORD, "password": weak})
        assert (answer.status_code, 'id="password-error"' in answer.text) == (422, True)


async def test_a_stolen_session_cannot_guess_the_password_for_long(http):
    await member(http)
    for _guess in range(5):
        answer = await http.post(
            "/account/password", data={"current_password": "not this one", "password": OTHER_PASSWORD}
        )
        assert answer.status_code == 422

    for path, fields in (
        ("/account/password", {"password": OTHER_PASSWORD}),
        ("/account/email", {"email": NEW}),
        ("/account/close", {}),
    ):
        answer = await http.post(path, data={"current_password": PASSWORD, **fields})
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 800
        assert 'id="current_password-error"' in answer.text


async def test_another_address_is_asked_for_with_the_password_and_counts_once_it_is_confirmed(http):
    account_id = await member(http)

    wrong = await http.post("/account/email", data={"email": NEW, "current_password": "not this one"})
    asked = await http.post("/account/email", data={"email": NEW, "current_password": PASSWORD})

    assert wrong.status_code == 422
    assert asked.headers["location"] == "/account/email"
    assert f"A mail is on its way to {NEW}" in words(await http.get("/account/email"))
    assert f"To be changed to {NEW}" in words(await http.get("/account/profile"))
    confirm = await link(http, account_id, "change_email", about_change=True)
    async with another_browser(http.shop) as phone:
        assert NEW in (await phone.get(f"/account/email/confirm/{confirm}")).text
        assert ADA in (await http.get("/account")).text
        done = await phone.post(f"/account/email/confirm/{confirm}")
        assert done.headers["location"] == "/account/email/confirmed"
        assert (await phone.get(f"/account/email/confirm/{confirm}")).status_code == 409
    assert NEW in (await http.get("/account")).text


async def test_an_address_of_another_account_is_answered_like_a_free_one(http):
    await member(http, NEW, logged_in=False)
    await member(http)

    pages = []
    for email in (NEW, "free@example.com"):
        asked = await http.post("/account/email", data={"email": email, "current_password": PASSWORD})
        pages.append((asked.status_code, words(await http.get("/account/email")).replace(email, "…")))

    assert pages[0] == pages[1]


async def test_a_wish_for_another_address_is_withdrawn(http):
    await member(http)
    await http.post("/account/email", data={"email": NEW, "current_password": PASSWORD})

    await http.post("/account/email/withdraw")

    assert NEW not in (await http.get("/account/profile")).text


async def test_the_old_address_stops_it_everybody_is_out_and_the_password_is_dead(http):
    account_id = await member(http)
    await http.post("/account/email", data={"email": NEW, "current_password": PASSWORD})
    keep = await link(http, account_id, "keep_email", about_change=True)

    async with another_browser(http.shop) as owner:
        shown = await owner.get(f"/account/email/keep/{keep}")
        assert await is_logged_in(http)
        done = await owner.post(f"/account/email/keep/{keep}")

        assert NEW in shown.text
        assert done.headers["location"] == "/account/email/kept"
        assert not await is_logged_in(http)
        assert (await log_in(owner)).status_code == 422
        assert (await owner.get(f"/account/email/keep/{keep}")).status_code == 409
    assert (await facts(http, account_id))[-1] == "user.password_reset_asked"


async def test_logged_out_everywhere_else_is_everywhere_but_here(http):
    account_id = await member(http)
    async with another_browser(http.shop) as other:
        await enter(other, account_id, device="Safari on iPhone")
        assert "Safari on iPhone" in (await http.get("/account/profile")).text

        done = await http.post("/account/sessions/end")

        assert not await is_logged_in(other)
        page = (await http.get(done.headers["location"])).text
    assert "You are logged out everywhere else." in page
    assert "Safari on iPhone" not in page


async def test_pages_of_the_account_want_a_log_in_and_are_never_kept(http):
    paths = ("", "/profile", "/password", "/email", "/addresses", "/addresses/new", "/close")
    asked = [await http.get(f"/account{path}") for path in paths]
    await member(http)
    shown = [await http.get(f"/account{path}") for path in paths]

    assert all(answer.headers["location"].startswith("/account/login?next=") for answer in asked)
    assert {(answer.status_code, answer.headers["cache-control"]) for answer in shown} == {(200, "private, no-store")}
    assert not any("argon2" in answer.text for answer in shown)
