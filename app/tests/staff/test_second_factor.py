"""Who works here comes in by two steps, and by nothing less."""

import asyncio
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx

from app.tests.staff.people import ACTOR, PASSWORD, code_of, db_of, enter, grow_stale, member
from app.web.testing import Browser, another_browser
from domains import accounts
from domains.accounts import totp

MANAGER = "manager@example.com"


async def give_password(http: Browser, email: str = MANAGER) -> None:
    answer = await http.post("/account/login", data={"email": email, "password": PASSWORD})
    assert answer.headers["location"].startswith("/staff/second-factor")


async def give_code(http: Browser, code: str) -> int:
    return (await http.post("/staff/second-factor", data={"code": code})).status_code


def key_of(page: str) -> str:
    """The key that the page shows to who has no camera."""
    shown = re.search(r'class="key"[^>]*>([A-Z2-7 ]+)<', page)
    assert shown is not None
    return shown[1].replace(" ", "")


async def test_a_log_in_takes_the_password_and_then_the_code(shop, live_db):
    await member(live_db, "manager")

    first = await shop.post("/account/login", data={"email": MANAGER, "password": PASSWORD})
    half = shop.cookies["session"]
    asked = await shop.get(first.headers["location"])
    second = await shop.post("/staff/second-factor", data={"code": await code_of(live_db), "next": "/staff"})

    assert first.headers["location"] == "/staff/second-factor?next=%2Fstaff"
    assert "authenticator app" in asked.text
    assert (second.status_code, second.headers["location"]) == (303, "/staff")
    assert shop.cookies["session"] != half
    assert (await shop.get("/staff/security")).status_code == 200
    shop.cookies.set("session", half, domain="127.0.0.1")
    assert (await shop.get("/staff/security")).headers["location"].startswith("/account/login")


async def test_a_log_in_leads_back_to_the_view_that_was_asked_for_with_its_filters(shop, live_db):
    await member(live_db, "manager")

    asked = await shop.get("/staff/products?state=hidden&q=mug")
    first = await shop.post("/account/login", data={"email": MANAGER, "password": PASSWORD, "next": back(asked)})
    half = await shop.get("/staff/products?state=hidden&q=mug")
    second = await shop.post("/staff/second-factor", data={"code": await code_of(live_db), "next": back(first)})

    assert back(half) == back(first) == back(asked) == "/staff/products?state=hidden&q=mug"
    assert second.headers["location"] == "/staff/products?state=hidden&q=mug"


def back(answer: httpx.Response) -> str:
    """Where an answer that sends one to log in means to lead afterwards."""
    return parse_qs(urlsplit(answer.headers["location"]).query)["next"][0]


async def test_a_code_passes_once(shop, live_db):
    await member(live_db, "manager")
    code = await code_of(live_db)
    await give_password(shop)

    first = await give_code(shop, code)
    async with another_browser(shop.shop) as thief:
        await give_password(thief)
        again = await thief.post("/staff/second-factor", data={"code": code})

    assert first == 303
    assert again.status_code == 422
    assert "used already" in again.text


async def test_of_two_with_one_code_in_the_same_moment_one_comes_in(shop, live_db):
    await member(live_db, "manager")
    code = await code_of(live_db)
    async with another_browser(shop.shop) as other:
        for http in (shop, other):
            await give_password(http)

        came = await asyncio.gather(*(give_code(http, code) for http in (shop, other)))

    assert sorted(came) == [303, 422]


async def test_the_sixth_wrong_code_locks_even_the_right_one_out_for_a_quarter_of_an_hour(shop, live_db):
    await member(live_db, "manager")
    await give_password(shop)
    wrong = "000000" if await code_of(live_db) != "000000" else "111111"

    tried = [await give_code(shop, wrong) for _ in range(5)]
    locked = await shop.post("/staff/second-factor", data={"code": await code_of(live_db)})
    await give_password_elsewhere(shop)
    still = await give_code(shop, await code_of(live_db))

    assert tried == [422] * 5
    assert locked.status_code == 429
    assert int(locked.headers["retry-after"]) > 14 * 60
    assert still == 429, "a right password forgives no wrong code"


async def give_password_elsewhere(shop: Browser) -> None:
    """The right password, which forgives wrong passwords: from a client that has failed at nothing."""
    async with db_of(shop.shop).transaction(ACTOR) as tx:
        try_id = await accounts.begin_try(tx, email=MANAGER, client="elsewhere")
        await accounts.try_passed(tx, try_id)


async def test_codes_count_half_a_minute_around_now_and_no_longer(shop, live_db):
    await member(live_db, "manager")
    await give_password(shop)

    far = [await give_code(shop, await code_of(live_db, steps=steps)) for steps in (-3, 3)]
    near = await give_code(shop, await code_of(live_db, steps=1))

    assert far == [422, 422]
    assert near == 303


async def test_the_first_log_in_sets_the_second_step_up_and_shows_ten_codes_once(shop, live_db):
    await member(live_db, "manager", enrolled=False)
    await give_password(shop)

    page = await shop.get("/staff/second-factor/enrol")
    secret = key_of(page.text)
    again = await shop.get("/staff/second-factor/enrol")
    async with live_db.transaction(ACTOR) as tx:
        code = totp.code_at(secret, int((await tx.now()).timestamp()) // totp.STEP)
    done = await shop.post("/staff/second-factor/enrol", data={"code": code, "next": "/staff/security"})
    codes = re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", done.text)
    once_more = await shop.post("/staff/second-factor/enrol", data={"code": code})

    assert "<svg" in page.text
    assert "style=" not in page.text
    assert secret in again.text.replace(" ", ""), "the key stays the same until it was used"
    assert len(set(codes)) == 10
    assert 'href="/staff/security"' in done.text
    assert (await shop.get("/staff/security")).status_code == 200
    assert once_more.status_code == 303
    assert "10 codes are left" in (await shop.get("/staff/security")).text


async def test_a_recovery_code_brings_in_once(shop, live_db):
    account_id = await member(live_db, "manager")
    async with live_db.transaction(ACTOR) as tx:
        code = (await accounts.new_recovery_codes(tx, account_id))[0]
        kept = (await tx.sql("SELECT code_hash FROM accounts.recovery_codes")).scalars().all()
    await give_password(shop)

    first = await give_code(shop, code.upper().replace("-", " "))
    async with another_browser(shop.shop) as other:
        await give_password(other)
        second = await give_code(other, code)

    assert (first, second) == (303, 422)
    assert all(code.encode() not in bytes(hashed) for hashed in kept)
    assert "9 codes are left" in (await shop.get("/staff/security")).text


async def test_the_secret_is_not_readable_in_the_database(shop, live_db):
    await member(live_db, "manager")

    async with live_db.transaction(ACTOR) as tx:
        stored = (await tx.sql("SELECT secret FROM accounts.totp_secrets")).scalar_one()

    assert stored.startswith("v1.test1.")
    assert "JBSWY3DPEHPK3PXP" not in stored


async def test_with_the_password_alone_nobody_adds_a_second_factor_of_his_own(shop, live_db):
    await member(live_db, "manager")
    await give_password(shop)

    enrolling = await shop.get("/staff/second-factor/enrol")
    sent = await shop.post("/staff/second-factor/enrol", data={"code": await code_of(live_db)})
    passkey = await shop.post("/staff/second-factor/enrol/passkey/options")

    assert enrolling.headers["location"].startswith("/staff/second-factor")
    assert sent.headers["location"].startswith("/staff/second-factor")
    assert passkey.status_code == 403
    assert (await shop.get("/staff/security")).headers["location"].startswith("/staff/second-factor")


async def test_halfway_in_is_a_guest_in_the_shop(shop, live_db):
    await member(live_db, "manager")
    await give_password(shop)

    assert (await shop.get("/")).status_code == 200
    assert (await shop.get("/cart")).status_code == 200
    assert (await shop.get("/account")).headers["location"].startswith("/staff/second-factor")


async def test_another_phone_counts_once_it_has_shown_a_code(staff_browser, live_db):
    owner = await staff_browser("owner")

    page = await owner.get("/staff/security/app")
    secret = key_of(page.text)
    wrong = await owner.post("/staff/security/app", data={"code": "12"})
    async with live_db.transaction(ACTOR) as tx:
        code = totp.code_at(secret, int((await tx.now()).timestamp()) // totp.STEP)
    right = await owner.post("/staff/security/app", data={"code": code})

    assert wrong.status_code == 422
    assert right.status_code == 303
    async with another_browser(owner.shop) as other:
        await give_password(other, "owner@example.com")
        assert await give_code(other, await code_of(live_db)) == 422


async def test_the_only_second_factor_cannot_be_removed(staff_browser):
    owner = await staff_browser("owner")

    refused = await owner.post("/staff/security/app/removal")

    assert refused.status_code == 409
    assert "your only second factor" in refused.text


async def test_log_ins_elsewhere_are_listed_and_can_be_ended(staff_browser, live_db):
    owner = await staff_browser("owner")
    async with another_browser(owner.shop) as elsewhere:
        await enter(elsewhere, await member(live_db, "owner"))

        listed = await owner.get("/staff/security")
        ended = await owner.post("/staff/security/sessions/end")

        assert unescape(listed.text).count("Firefox on Linux") == 2
        assert ended.status_code == 303
        assert (await elsewhere.get("/staff/security")).headers["location"].startswith("/account/login")
    assert (await owner.get("/staff/security")).status_code == 200


async def test_who_is_suspended_is_out_at_once_and_cannot_come_in(staff_browser, live_db):
    clerk = await staff_browser("manager")
    async with live_db.transaction(ACTOR) as tx:
        member_id = await accounts.find_account(tx, MANAGER)
        assert member_id is not None
        await accounts.suspend(tx, member_id)

    out = await clerk.get("/staff/security")
    refused = await clerk.post("/account/login", data={"email": MANAGER, "password": PASSWORD})

    assert out.headers["location"].startswith("/account/login")
    assert refused.status_code == 422
    assert "suspended" in refused.text


async def test_the_password_is_asked_once_more_after_a_quarter_of_an_hour_and_the_page_comes_back(staff_browser):
    owner = await staff_browser("owner")
    await grow_stale(owner)

    asked = await owner.get("/staff/security/app")
    before = owner.cookies["session"]
    wrong = await owner.post("/staff/password", data={"password_again": "wrong", "next": "/staff/security/app"})
    right = await owner.post("/staff/password", data={"password_again": PASSWORD, "next": "/staff/security/app"})

    assert asked.headers["location"] == "/staff/password?next=%2Fstaff%2Fsecurity%2Fapp"
    assert wrong.status_code == 422
    assert right.headers["location"] == "/staff/security/app"
    assert owner.cookies["session"] != before
    assert (await owner.get("/staff/security/app")).status_code == 200


async def test_a_new_password_ends_other_log_ins_and_asks_for_no_code_here(staff_browser, live_db):
    owner = await staff_browser("owner")
    async with another_browser(owner.shop) as elsewhere:
        await enter(elsewhere, await member(live_db, "owner"))

        form = {"current_password": PASSWORD, "password": "nine quiet owls in a row"}
        changed = await owner.post("/account/password", data=form)

        assert changed.status_code == 303
        assert (await owner.get("/staff/security")).status_code == 200
        assert (await elsewhere.get("/staff/security")).headers["location"].startswith("/account/login")
