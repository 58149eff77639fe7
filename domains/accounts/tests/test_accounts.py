"""Accounts: one per address, links that work once, sessions that end."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domains import accounts
from domains.accounts.states import STATUSES, TRANSITIONS, Status
from domains.accounts.tests.factories import GUEST, HASH, HOME, WORK, a_customer, event_types
from domains.kit import Actor, Invalid
from domains.kit.clock import shift
from domains.kit.testing import until_somebody_waits


async def test_registering_makes_a_customer_whose_address_is_not_proven(db):
    account_id = await a_customer(db)

    async with db.transaction(GUEST) as tx:
        account = await accounts.account(tx, account_id)
    assert (account.role, account.status, account.email_verified) == ("customer", "active", False)
    assert await event_types(db, account_id) == ["user.registered"]


async def test_a_second_account_for_one_address_is_refused_in_silence_and_told_to_its_owner(db):
    first = await a_customer(db, "ada@example.com")

    async with db.transaction(GUEST) as tx:
        second = await accounts.register(tx, email="  ADA@Example.com ", password_hash=HASH)

    assert second is None
    assert await event_types(db, first) == ["user.registered", "user.sign_up_repeated"]


@pytest.mark.parametrize("twin", ["ADA@EXAMPLE.COM", "ａda@example.com"])
async def test_other_spellings_of_an_address_are_the_same_account(db, twin):
    await a_customer(db, "ada@example.com")

    async with db.transaction(GUEST) as tx:
        assert await accounts.register(tx, email=twin, password_hash=HASH) is None


@pytest.mark.parametrize(
    "wrong",
    ["", "ada", "ada@", "@example.com", "a b@example.com", "a@b", "a@example.com\r\nBcc: x@y.de", "x" * 260 + "@a.de"],
)
async def test_what_is_no_address_is_refused_with_a_word_on_how_it_looks(db, wrong):
    async with db.transaction(GUEST) as tx:
        with pytest.raises(Invalid) as refused:
            await accounts.register(tx, email=wrong, password_hash=HASH)
    assert "name@example.com" in refused.value.fields["email"]


async def test_twenty_registrations_of_one_address_at_once_make_one_account(live_db):
    async def try_it() -> bool:
        async with live_db.transaction(GUEST) as tx:
            return await accounts.register(tx, email="ada@example.com", password_hash=HASH) is not None

    outcomes = await asyncio.gather(*(try_it() for _ in range(20)))

    assert outcomes.count(True) == 1


async def test_personal_data_is_not_readable_in_the_tables(db):
    account_id = await a_customer(db, "ada@example.com")
    async with db.transaction(GUEST) as tx:
        await accounts.save_address(tx, account_id, HOME)

        row = (await tx.sql("SELECT a::text || coalesce(b::text, '') FROM accounts.accounts a"
                            " JOIN accounts.addresses b ON b.account_id = a.id")).scalar_one()  # fmt: skip
    for secret in ("ada@", "Ada", "Byron", "Pine", "97201"):
        assert secret not in row


async def test_a_verification_link_works_once(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        token = await accounts.issue_token(tx, account_id, "verify_email")

    async with db.transaction(GUEST) as tx:
        assert await accounts.verify_email(tx, token) == account_id
        assert (await accounts.account(tx, account_id)).email_verified
    async with db.transaction(GUEST) as tx:
        with pytest.raises(accounts.LinkDead):
            await accounts.verify_email(tx, token)
    assert (await event_types(db, account_id)).count("user.email_verified") == 1


async def test_a_new_link_ends_the_one_before(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        old = await accounts.issue_token(tx, account_id, "verify_email")
        new = await accounts.issue_token(tx, account_id, "verify_email")

        assert not await accounts.link_is_live(tx, old, "verify_email")
        assert await accounts.link_is_live(tx, new, "verify_email")


@pytest.mark.parametrize(("days", "works"), [(2.9, True), (3.1, False)])
async def test_a_verification_link_lives_three_days(db, days, works):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        token = await accounts.issue_token(tx, account_id, "verify_email")
        await shift(tx, timedelta(days=days))

        assert await accounts.link_is_live(tx, token, "verify_email") is works


async def test_a_link_of_one_purpose_does_not_serve_another(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        token = await accounts.issue_token(tx, account_id, "verify_email")
        with pytest.raises(accounts.LinkDead):
            await accounts.set_password(tx, token, HASH)


async def test_setting_the_password_by_link_ends_every_session(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        cookie = await accounts.open_session(tx, account_id)
        token = await accounts.issue_token(tx, account_id, "set_password")

        await accounts.set_password(tx, token, HASH)

        assert await accounts.session(tx, cookie) is None


@pytest.mark.parametrize(("hours", "alive"), [(23.9, True), (24.1, False)])
async def test_a_session_ends_after_24_hours(db, hours, alive):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        token = await accounts.open_session(tx, account_id)
        await shift(tx, timedelta(hours=hours))

        assert (await accounts.session(tx, token) is not None) is alive


async def test_logging_in_again_gives_a_new_id_and_ends_the_old_session(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        old = await accounts.open_session(tx, account_id)
        new = await accounts.open_session(tx, account_id, replacing=old)

        assert new != old
        assert await accounts.session(tx, old) is None
        assert (await accounts.session(tx, new)).account_id == account_id


async def test_a_slow_request_cannot_bring_an_ended_session_back(live_db):
    account_id = await a_customer(live_db)
    async with live_db.transaction(GUEST) as tx:
        token = await accounts.open_session(tx, account_id)
        await tx.sql("UPDATE accounts.sessions SET last_seen_at = now() - interval '1 hour'")

    async def look() -> bool:
        async with live_db.transaction(GUEST) as slow:
            return await accounts.session(slow, token) is not None

    async with live_db.transaction(GUEST) as leaving:
        await accounts.end_session(leaving, token)
        slow = asyncio.create_task(look())  # sees the session as it was, and waits to write when it was last seen
        await until_somebody_waits(live_db)
    await slow

    async with live_db.transaction(GUEST) as tx:
        assert await accounts.session(tx, token) is None
        assert (await tx.sql("SELECT count(*) FROM accounts.sessions")).scalar_one() == 0


async def test_suspending_ends_the_sessions_and_keeps_the_account_out(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        token = await accounts.open_session(tx, account_id)

        await accounts.suspend(tx, account_id)

        assert await accounts.session(tx, token) is None
        with pytest.raises(accounts.LogInFailed):
            await accounts.open_session(tx, account_id)
    credentials = None
    async with db.transaction(GUEST) as tx:
        credentials = await accounts.credentials(tx, "ada@example.com")
    assert credentials is not None
    assert not credentials.may_log_in


@pytest.mark.parametrize("before", STATUSES)
@pytest.mark.parametrize("after", STATUSES)
async def test_the_database_allows_the_arrows_of_the_status_table_and_no_others(db, before, after):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        if before != "active":
            await tx.sql("UPDATE accounts.accounts SET account_status = :to WHERE id = :id",
                         {"to": before, "id": account_id})  # fmt: skip

    change = text("UPDATE accounts.accounts SET account_status = :to WHERE id = :id")
    allowed = before == after or Status(after) in TRANSITIONS[Status(before)]
    if allowed:
        async with db.transaction(GUEST) as tx:
            await tx.session.execute(change, {"to": after, "id": account_id})
    else:
        with pytest.raises(IntegrityError):
            async with db.transaction(GUEST) as tx:
                await tx.session.execute(change, {"to": after, "id": account_id})


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE accounts.accounts SET role = 'king'",
        "UPDATE accounts.accounts SET email_hash = 'x'",
        "UPDATE accounts.accounts SET password_hash = 'plain'",
        "UPDATE accounts.addresses SET label = 'castle'",
        "UPDATE accounts.addresses SET country_code = 'us'",
        "UPDATE accounts.addresses SET is_default = true",
        "UPDATE accounts.sessions SET expires_at = created_at",
    ],
)
async def test_the_database_refuses_what_the_rules_forbid(db, broken):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        await accounts.save_address(tx, account_id, HOME)
        await accounts.save_address(tx, account_id, WORK, label="work")
        await accounts.open_session(tx, account_id)

    with pytest.raises(IntegrityError):
        async with db.transaction(GUEST) as tx:
            await tx.sql(broken)


async def test_staff_get_a_role_and_a_link_to_set_their_password(db):
    async with db.transaction(Actor.system("setup")) as tx:
        owner = await accounts.create_staff(tx, email="owner@example.com", role="owner")

        assert await accounts.link_is_live(tx, owner.token, "set_password")
        assert await accounts.credentials(tx, "owner@example.com") is None
        await accounts.set_password(tx, owner.token, HASH)
        assert (await accounts.credentials(tx, "owner@example.com")).account_id == owner.id


async def test_phone_numbers_are_kept_in_one_form_and_wrong_ones_refused(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        await accounts.change_profile(
            tx, account_id, first_name="Ada", last_name="King", phone="(503) 555-0100", country="US"
        )
        assert (await accounts.account(tx, account_id)).phone == "+15035550100"
        with pytest.raises(Invalid):
            await accounts.change_profile(tx, account_id, first_name="Ada", last_name="King", phone="12")


async def test_passwords_are_argon2id_and_checked_in_one_spelling():
    hashed = await accounts.hash_password("corréct horse bättery")

    assert hashed.startswith("$argon2id$")
    assert await accounts.verify_password(hashed, "corréct horse bättery")
    assert not await accounts.verify_password(hashed, "correct horse battery")
    assert not await accounts.verify_password(accounts.NOBODY, "anything")
    assert not accounts.needs_rehash(hashed)


@pytest.mark.parametrize("weak", ["short", "password1", "12345678", "meander2026", "x" * 129])
def test_weak_passwords_are_refused_with_what_would_help(weak):
    with pytest.raises(Invalid):
        accounts.check_password(weak, known=["Meander"])


@pytest.mark.parametrize(
    "good", ["correct horse battery staple", "ｆｉｖｅ blue kettles 🫖", "t" * 20 + " otters juggle " + "n" * 29]
)
def test_long_passwords_of_any_letters_are_welcome(good):
    accounts.check_password(good)
