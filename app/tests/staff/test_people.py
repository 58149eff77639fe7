"""Owners decide who works here; everybody else is told no, and the shop always keeps an owner."""

import asyncio

import pytest

from app.tests.staff.people import ACTOR, PASSWORD, db_of, enter, grow_stale, member
from app.web.testing import another_browser
from domains import accounts
from domains.kit import events


async def role_of(db, account_id) -> str:
    async with db.transaction(ACTOR) as tx:
        return (await accounts.account(tx, account_id)).role


async def facts(db, account_id) -> list[str]:
    async with db.transaction(ACTOR) as tx:
        return [event.type for event in await events.history(tx, "user", account_id)]


async def entries(db, account_id) -> list[str]:
    async with db.transaction(ACTOR) as tx:
        rows = await tx.sql(
            "SELECT action FROM audit.entries WHERE subject_id = :id ORDER BY id", {"id": str(account_id)}
        )
        return list(rows.scalars())


async def test_an_owner_invites_and_the_invited_comes_in(staff_browser, live_db):
    owner = await staff_browser("owner")

    form = {"email": "new@example.com", "role": "support", "first_name": "Nora", "last_name": "Berg"}
    sent = await owner.post("/staff/people/invite", data=form)
    page = await owner.get(sent.headers["location"])
    account_id = sent.headers["location"].rpartition("/")[2]

    assert sent.status_code == 303
    assert "Nora Berg" in page.text
    assert "invited" in page.text
    assert (await facts(live_db, account_id))[-1] == "user.staff_invited"
    assert "staff.invited" in await entries(live_db, account_id)
    async with another_browser(owner.shop) as nora, live_db.transaction(ACTOR) as tx:
        link = await accounts.issue_token(tx, account_id, "set_password")
        await tx.session.commit()
        await nora.post("/account/set-password", data={"token": link, "password": PASSWORD})
        entered = await nora.post("/account/login", data={"email": "new@example.com", "password": PASSWORD})
        assert (
            (await nora.get(entered.headers["location"])).headers["location"].startswith("/staff/second-factor/enrol")
        )


async def test_an_address_that_has_an_account_or_a_wrong_one_is_said_at_its_field(staff_browser):
    owner = await staff_browser("owner")

    taken = await owner.post("/staff/people/invite", data={"email": "owner@example.com", "role": "support"})
    wrong = await owner.post("/staff/people/invite", data={"email": "nobody", "role": "support"})
    role = await owner.post("/staff/people/invite", data={"email": "new@example.com", "role": "emperor"})

    assert (taken.status_code, wrong.status_code, role.status_code) == (409, 422, 422)
    assert 'value="owner@example.com"' in taken.text
    assert "There is a problem" in wrong.text


async def test_a_manager_sees_and_does_nothing(staff_browser, live_db):
    manager = await staff_browser("manager")
    other = await member(live_db, "support")

    seen = await manager.get("/staff/people")
    one = await manager.get(f"/staff/people/{other}")
    refused = [
        await manager.post(f"/staff/people/{other}/{what}", data={"role": "owner"} if what == "role" else {})
        for what in ("role", "suspension", "reinstatement", "closing", "second-factor", "invitation")
    ]

    assert "support@example.com" in seen.text
    assert "Invite somebody" not in seen.text
    assert "<form" not in one.text.partition("<main")[2].partition("</main>")[0]
    assert {answer.status_code for answer in refused} == {403}
    assert await role_of(live_db, other) == "support"


async def test_a_new_role_counts_at_once_and_ends_the_log_ins_with_the_old_one(staff_browser, live_db):
    owner, clerk = await staff_browser("owner"), await staff_browser("support")
    account_id = await member(live_db, "support")

    changed = await owner.post(f"/staff/people/{account_id}/role", data={"role": "warehouse"})

    assert changed.status_code == 303
    assert await role_of(live_db, account_id) == "warehouse"
    assert (await clerk.get("/staff/security")).headers["location"].startswith("/account/login")
    assert "user.role_changed" in await facts(live_db, account_id)
    assert "staff.role_changed" in await entries(live_db, account_id)


async def test_an_owner_does_nothing_of_it_to_himself(staff_browser, live_db):
    owner = await staff_browser("owner")
    own = await member(live_db, "owner")
    await member(live_db, "owner", email="second@example.com")

    refused = [
        await owner.post(f"/staff/people/{own}/{what}", data=data)
        for what, data in (("role", {"role": "support"}), ("suspension", {}), ("closing", {}), ("second-factor", {}))
    ]

    assert {answer.status_code for answer in refused} == {409}
    assert await role_of(live_db, own) == "owner"


async def test_of_two_owners_who_demote_each_other_at_once_one_stays(shop, live_db):
    first = await member(live_db, "owner", email="first@example.com")
    second = await member(live_db, "owner", email="second@example.com")
    async with another_browser(shop.shop) as one, another_browser(shop.shop) as other:
        for http, who in ((one, first), (other, second)):
            await enter(http, who)

        answers = await asyncio.gather(
            one.post(f"/staff/people/{second}/role", data={"role": "support"}),
            other.post(f"/staff/people/{first}/role", data={"role": "support"}),
        )

    roles = sorted([await role_of(live_db, first), await role_of(live_db, second)])
    assert roles == ["owner", "support"]
    assert 303 in {answer.status_code for answer in answers}
    # The other one came second, or was no owner any more when he came.
    assert {answer.status_code for answer in answers} - {303} <= {403, 409}


@pytest.mark.parametrize("what", ["suspend", "deactivate"])
async def test_of_two_owners_who_keep_each_other_out_at_once_one_stays(live_db, what):
    owners = [await member(live_db, "owner", email=f"{name}@example.com") for name in ("first", "second")]

    async def out(account_id) -> None:
        async with live_db.transaction(ACTOR) as tx:
            await getattr(accounts, what)(tx, account_id)

    done = await asyncio.gather(*(out(account_id) for account_id in owners), return_exceptions=True)

    assert [type(one) for one in done if one is not None] == [accounts.LastOwner]


async def test_an_owner_without_a_password_is_not_enough(staff_browser, live_db):
    owner = await staff_browser("owner")
    async with live_db.transaction(ACTOR) as tx:
        invited = await accounts.invite_staff(tx, email="new@example.com", role="owner")
    own = await member(live_db, "owner")

    with pytest.raises(accounts.LastOwner):
        async with live_db.transaction(ACTOR) as tx:
            await accounts.change_role(tx, own, "manager")
    left = await owner.post(f"/staff/people/{invited}/closing")

    assert left.status_code == 303


async def test_a_reset_second_factor_logs_out_and_is_set_up_anew(staff_browser, live_db):
    owner, clerk = await staff_browser("owner"), await staff_browser("finance")
    account_id = await member(live_db, "finance")

    reset = await owner.post(f"/staff/people/{account_id}/second-factor")
    entered = await clerk.post("/account/login", data={"email": "finance@example.com", "password": PASSWORD})

    assert reset.status_code == 303
    assert (await clerk.get(entered.headers["location"])).headers["location"].startswith("/staff/second-factor/enrol")
    assert (await facts(live_db, account_id))[-1] == "user.second_factor_reset"
    assert "staff.second_factor_reset" in await entries(live_db, account_id)


async def test_suspending_closing_and_reinstating_are_done_by_their_forms(staff_browser, live_db):
    owner = await staff_browser("owner")
    account_id = await member(live_db, "warehouse")

    for what, state in (("suspension", "suspended"), ("reinstatement", "active"), ("closing", "deactivated")):
        assert (await owner.post(f"/staff/people/{account_id}/{what}")).status_code == 303
        async with live_db.transaction(ACTOR) as tx:
            assert (await accounts.account(tx, account_id)).status == state
    assert (await owner.post(f"/staff/people/{account_id}/reinstatement")).status_code == 409
    assert "Who worked here" in (await owner.get("/staff/people")).text


async def test_customers_are_none_of_these_pages(staff_browser, live_db):
    owner = await staff_browser("owner")
    async with live_db.transaction(ACTOR) as tx:
        shopper = await accounts.register(tx, email="shopper@example.com", password_hash=accounts.NOBODY)

    assert (await owner.get(f"/staff/people/{shopper}")).status_code == 404
    assert (await owner.post(f"/staff/people/{shopper}/role", data={"role": "owner"})).status_code == 404
    assert (await owner.post(f"/staff/people/{shopper}/closing")).status_code == 404


async def test_a_form_sent_with_a_stale_password_asks_for_it_keeps_what_was_entered_and_is_done_once(
    staff_browser, live_db
):
    owner = await staff_browser("owner")
    await grow_stale(owner)
    form = {"email": "new@example.com", "role": "finance", "first_name": "Ada <b>", "last_name": ""}

    asked = await owner.post("/staff/people/invite", data=form)
    wrong = await owner.post("/staff/people/invite", data={**form, "password_again": "not this one"})
    async with live_db.transaction(ACTOR) as tx:
        nothing_done = await accounts.find_account(tx, "new@example.com") is None
    before = owner.cookies["session"]
    done = await owner.post("/staff/people/invite", data={**form, "password_again": PASSWORD})

    assert asked.status_code == 401
    assert "Nothing has been done yet" in asked.text
    assert 'action="/staff/people/invite"' in asked.text
    assert '<input type="hidden" name="first_name" value="Ada &lt;b&gt;">' in asked.text
    assert (wrong.status_code, "present password" in wrong.text) == (422, True)
    assert 'value="not this one"' not in wrong.text
    assert nothing_done
    assert done.status_code == 303
    assert owner.cookies["session"] != before
    async with db_of(owner.shop).transaction(ACTOR) as tx:
        assert await accounts.find_account(tx, "new@example.com") is not None
    assert (await owner.post(f"{done.headers['location']}/invitation")).status_code == 303


async def test_with_scripts_the_question_replaces_the_page(staff_browser):
    owner = await staff_browser("owner")
    await grow_stale(owner)

    asked = await owner.htmx("POST", "/staff/people/invite", data={"email": "new@example.com", "role": "finance"})

    assert asked.headers["hx-retarget"] == "#main"
    assert "<html" not in asked.text
    assert 'name="password_again"' in asked.text
