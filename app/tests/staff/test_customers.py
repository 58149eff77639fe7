"""Customers are found, helped and kept out, and nobody looks at them unseen."""

import re
from html import unescape
from uuid import UUID

import pytest

from app.tests.account.people import PASSWORD, log_in
from app.tests.staff.people import ACTOR, grow_stale, member
from app.web.testing import another_browser
from domains import accounts
from domains.kit import Database

ADA = "ada@example.com"


@pytest.fixture
async def ada(live_db: Database) -> UUID:
    password_hash = await accounts.hash_password(PASSWORD)
    async with live_db.transaction(ACTOR) as tx:
        made = await accounts.register(
            tx, email=ADA, password_hash=password_hash, first_name="Ada <b>", last_name="Byron"
        )
        await accounts.register(tx, email="bob@example.com", password_hash=password_hash, first_name="Bob")
    assert made is not None
    return made


async def entries(db: Database, account_id: UUID) -> list[tuple[str, str]]:
    async with db.transaction(ACTOR) as tx:
        rows = await tx.sql(
            "SELECT action, note FROM audit.entries WHERE subject_id = :id ORDER BY id", {"id": str(account_id)}
        )
        return [(row.action, row.note) for row in rows]


async def test_a_customer_is_found_by_words_of_the_name_and_by_the_exact_address(staff_browser, ada):
    support = await staff_browser("support")

    found = {q: (await support.get("/staff/customers", params={"q": q})).text for q in ("byr", "ADA byron", ADA, "bo")}

    assert f"/staff/customers/{ada}" in found["byr"]
    assert "bob@example.com" not in found["byr"]
    assert f"/staff/customers/{ada}" in found["ADA byron"]
    assert f"/staff/customers/{ada}" in found[ADA]
    assert f"/staff/customers/{ada}" not in found["bo"]
    assert "owner@example.com" not in (await support.get("/staff/customers")).text, "who works here is no customer"


async def test_every_look_at_a_customer_is_written_down(staff_browser, live_db, ada):
    support = await staff_browser("support")

    page = await support.get(f"/staff/customers/{ada}")

    assert page.status_code == 200
    assert "Ada &lt;b&gt; Byron" in page.text
    assert await entries(live_db, ada) == [("customer.seen", "customer page")]


async def test_a_note_is_for_colleagues_and_encrypted(staff_browser, live_db, ada):
    support, finance = await staff_browser("support"), await staff_browser("finance")

    kept = await support.post(f"/staff/customers/{ada}/notes", data={"note": "Prefers <i>letters</i>."})
    empty = await support.post(f"/staff/customers/{ada}/notes", data={"note": " "})
    refused = await finance.post(f"/staff/customers/{ada}/notes", data={"note": "No."})
    seen = (await finance.get(f"/staff/customers/{ada}")).text
    async with live_db.transaction(ACTOR) as tx:
        stored = (await tx.sql("SELECT text FROM accounts.account_notes")).scalar_one()

    assert (kept.status_code, empty.status_code, refused.status_code) == (303, 422, 403)
    assert "Prefers &lt;i&gt;letters&lt;/i&gt;." in seen
    assert "Support Example" in seen
    assert "Keep note" not in seen
    assert "letters" not in stored


async def test_suspended_is_out_at_once_and_in_again_when_reinstated(staff_browser, shop, ada):
    support = await staff_browser("support")
    await log_in(shop)

    await support.post(f"/staff/customers/{ada}/suspension")
    out = await shop.get("/account")
    refused = await log_in(shop)
    await support.post(f"/staff/customers/{ada}/reinstatement")
    again = await log_in(shop)

    assert out.headers["location"].startswith("/account/login")
    assert (refused.status_code, "suspended" in refused.text) == (422, True)
    assert again.headers["location"] == "/account"


async def test_closing_asks_for_the_password_and_is_for_good(staff_browser, live_db, ada):
    support = await staff_browser("support")
    await grow_stale(support)

    asked = await support.post(f"/staff/customers/{ada}/closing")
    closed = await support.post(f"/staff/customers/{ada}/closing", data={"password_again": "five blue kettles"})
    again = await support.post(f"/staff/customers/{ada}/reinstatement")

    assert (asked.status_code, closed.status_code, again.status_code) == (401, 303, 409)
    async with live_db.transaction(ACTOR) as tx:
        assert (await accounts.account(tx, ada)).status == "deactivated"


async def test_who_works_here_is_not_changed_from_the_customers_pages(staff_browser, live_db):
    support = await staff_browser("support")
    owner = await member(live_db, "owner")

    answers = [await support.get(f"/staff/customers/{owner}")]
    answers += [
        await support.post(f"/staff/customers/{owner}/{what}") for what in ("suspension", "reinstatement", "closing")
    ]
    answers.append(await support.post(f"/staff/customers/{owner}/acting", data={"reason": "curious"}))
    answers.append(await support.post(f"/staff/customers/{owner}/notes", data={"note": "x"}))

    assert {answer.status_code for answer in answers} == {404}
    async with live_db.transaction(ACTOR) as tx:
        assert (await accounts.account(tx, owner)).status == "active"


async def test_the_list_as_a_file_is_for_owners_and_managers_with_a_fresh_password(staff_browser, ada):
    manager, support = await staff_browser("manager"), await staff_browser("support")

    taken = await manager.get("/staff/customers.csv")
    refused = await support.get("/staff/customers.csv")
    await grow_stale(manager)
    asked = await manager.get("/staff/customers.csv")

    assert taken.headers["content-type"].startswith("text/csv")
    assert ADA in taken.text
    assert refused.status_code == 403
    assert asked.headers["location"].startswith("/staff/password")


async def test_the_shop_is_seen_as_a_customer_under_a_banner_and_everything_is_written_down(
    staff_browser, live_db, ada
):
    support = await staff_browser("support")
    before = support.cookies["session"]

    without = await support.post(f"/staff/customers/{ada}/acting", data={"reason": " "})
    begun = await support.post(f"/staff/customers/{ada}/acting", data={"reason": "cannot find an invoice"})
    account, home = await support.get("/account"), await support.get("/")
    desk = await support.get("/staff/people")
    changed = await support.post("/account/profile", data={"first_name": "Ada", "last_name": "King", "phone": ""})
    password = await support.post(
        "/account/password", data={"current_password": PASSWORD, "password": "nine quiet owls"}
    )
    paid = await support.post("/checkout/payment", data={})
    closed = await support.post("/account/close", data={"current_password": PASSWORD})

    assert (without.status_code, begun.headers["location"]) == (422, "/account")
    assert support.cookies["session"] != before
    assert "You see the shop as Ada <b> Byron" in unescape(account.text)
    assert "You see the shop as a customer" in home.text
    assert home.headers["cache-control"] == "private, no-store"
    assert desk.status_code == 403
    assert changed.status_code == 303
    assert {password.status_code, paid.status_code, closed.status_code} == {403}
    told = await entries(live_db, ada)
    assert ("customer.acted_as", "cannot find an invoice") in told
    assert ("customer.acted_for", "account.profile.change") in told

    left = await support.post("/staff/acting/end")
    back = await support.get(left.headers["location"])

    assert left.headers["location"] == f"/staff/customers/{ada}"
    assert "Ada King" in back.text
    assert "You see the shop as" not in (await support.get("/")).text
    assert (await support.get("/account")).status_code == 200
    assert not re.search("Ada King", (await support.get("/account")).text)


async def test_nobody_acts_for_a_customer_whose_account_is_suspended_or_without_the_right(staff_browser, live_db, ada):
    support, finance = await staff_browser("support"), await staff_browser("finance")

    refused = await finance.post(f"/staff/customers/{ada}/acting", data={"reason": "x"})
    async with live_db.transaction(ACTOR) as tx:
        await accounts.suspend(tx, ada)
    suspended = await support.post(f"/staff/customers/{ada}/acting", data={"reason": "x"})

    assert (refused.status_code, suspended.status_code) == (403, 409)


async def test_a_customer_who_is_suspended_meanwhile_is_acted_for_no_longer(staff_browser, live_db, ada):
    support = await staff_browser("support")
    await support.post(f"/staff/customers/{ada}/acting", data={"reason": "help"})

    async with live_db.transaction(ACTOR) as tx:
        await accounts.suspend(tx, ada)
    order = await support.get("/account")
    desk = await support.get("/staff/security")

    assert "Ada" not in order.text
    assert desk.status_code == 200


async def test_a_log_in_of_the_customer_is_his_own(shop, staff_browser, ada):
    support = await staff_browser("support")
    await support.post(f"/staff/customers/{ada}/acting", data={"reason": "help"})

    async with another_browser(shop.shop) as customer:
        await log_in(customer)
        own = await customer.get("/account/profile")

    assert "You see the shop as" not in own.text
    assert (await support.post("/staff/acting/end")).status_code == 303
