"""Passwords that were forgotten and that are changed: links of an hour, and nothing of the old one stays open."""

import asyncio
from datetime import timedelta

import pytest

from domains import accounts
from domains.accounts.tests.factories import ADA, GUEST, HASH, NEW, OTHER_HASH, a_customer, event_types
from domains.kit.clock import shift


async def test_asking_for_a_reset_is_told_to_the_owner_and_to_nobody_else(db):
    account_id = await a_customer(db)

    async with db.transaction(GUEST) as tx:
        await accounts.ask_reset(tx, " ADA@example.com ")
        await accounts.ask_reset(tx, "nobody@example.com")

    assert (await event_types(db, account_id)).count("user.password_reset_asked") == 1
    async with db.transaction(GUEST) as tx:
        asked = await tx.sql("SELECT count(*) FROM kit.events WHERE type = 'user.password_reset_asked'")
        assert asked.scalar_one() == 1


async def test_a_reset_sets_the_password_proves_the_address_and_ends_every_session(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        cookies = [await accounts.open_session(tx, account_id) for _ in range(2)]
        token = await accounts.issue_token(tx, account_id, "reset_password")

    async with db.transaction(GUEST) as tx:
        assert await accounts.reset_password(tx, token, OTHER_HASH) == account_id

    async with db.transaction(GUEST) as tx:
        assert [await accounts.session(tx, cookie) for cookie in cookies] == [None, None]
        assert (await accounts.credentials(tx, ADA)).password_hash == OTHER_HASH
        assert (await accounts.account(tx, account_id)).email_verified
    assert (await event_types(db, account_id))[1:] == [
        "user.updated",
        "user.password_changed",
        "user.email_verified",
    ]


@pytest.mark.parametrize(("minutes", "works"), [(59, True), (61, False)])
async def test_a_reset_link_lives_one_hour_by_the_shops_clock(db, minutes, works):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        token = await accounts.issue_token(tx, account_id, "reset_password")
        await shift(tx, timedelta(minutes=minutes))

        assert await accounts.link_is_live(tx, token, "reset_password") is works
        if works:
            await accounts.reset_password(tx, token, OTHER_HASH)
        else:
            with pytest.raises(accounts.LinkDead):
                await accounts.reset_password(tx, token, OTHER_HASH)


async def test_a_reset_link_works_once_even_for_ten_at_the_same_moment(live_db):
    account_id = await a_customer(live_db)
    async with live_db.transaction(GUEST) as tx:
        token = await accounts.issue_token(tx, account_id, "reset_password")

    async def try_it() -> bool:
        try:
            async with live_db.transaction(GUEST) as tx:
                await accounts.reset_password(tx, token, OTHER_HASH)
        except accounts.LinkDead:
            return False
        return True

    assert (await asyncio.gather(*(try_it() for _ in range(10)))).count(True) == 1


async def test_a_reset_ends_the_links_that_were_mailed_before(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        first = await accounts.issue_token(tx, account_id, "reset_password")
        second = await accounts.issue_token(tx, account_id, "reset_password")
        printed = await accounts.issue_token(tx, account_id, "set_password")
        assert not await accounts.link_is_live(tx, first, "reset_password")

        await accounts.reset_password(tx, second, OTHER_HASH)

        assert not await accounts.link_is_live(tx, printed, "set_password")


async def test_a_reset_link_dies_with_the_address_it_was_mailed_to(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        reset = await accounts.issue_token(tx, account_id, "reset_password")
        await accounts.ask_email_change(tx, account_id, NEW)
        change = await accounts.open_email_change(tx, account_id)
        confirm = await accounts.issue_token(tx, account_id, "change_email", email_change_id=change.id)

        await accounts.confirm_email_change(tx, confirm)

        assert not await accounts.link_is_live(tx, reset, "reset_password")
        with pytest.raises(accounts.LinkDead):
            await accounts.reset_password(tx, reset, OTHER_HASH)


async def test_a_closed_account_gets_no_link_and_its_old_ones_are_dead(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        token = await accounts.issue_token(tx, account_id, "reset_password")
        await accounts.deactivate(tx, account_id)
        await accounts.ask_reset(tx, ADA)

        assert not await accounts.link_is_live(tx, token, "reset_password")
    assert "user.password_reset_asked" not in await event_types(db, account_id)


async def test_changing_the_password_ends_the_other_sessions_and_renews_this_one(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        mine, other = [await accounts.open_session(tx, account_id) for _ in range(2)]
        link = await accounts.issue_token(tx, account_id, "reset_password")

        fresh = await accounts.change_password(tx, account_id, OTHER_HASH, known_hash=HASH, session=mine)

        assert await accounts.session(tx, mine) is None
        assert await accounts.session(tx, other) is None
        assert (await accounts.session(tx, fresh)).account_id == account_id
        assert not await accounts.link_is_live(tx, link, "reset_password")
    assert (await event_types(db, account_id))[1:] == ["user.updated", "user.password_changed"]


async def test_a_password_that_was_changed_meanwhile_is_no_longer_the_old_one(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        await accounts.change_password(tx, account_id, OTHER_HASH, known_hash=HASH, session="")

        with pytest.raises(accounts.WrongPassword):
            await accounts.change_password(tx, account_id, HASH, known_hash=HASH, session="")


async def test_a_new_password_stops_a_change_of_address_that_was_begun_with_the_old_one(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        await accounts.ask_email_change(tx, account_id, NEW)
        change = await accounts.open_email_change(tx, account_id)
        confirm = await accounts.issue_token(tx, account_id, "change_email", email_change_id=change.id)

        await accounts.change_password(tx, account_id, OTHER_HASH, known_hash=HASH, session="")

        assert await accounts.open_email_change(tx, account_id) is None
        with pytest.raises(accounts.LinkDead):
            await accounts.confirm_email_change(tx, confirm)


async def test_the_first_password_of_staff_is_set_and_not_changed(db):
    async with db.transaction(GUEST) as tx:
        owner = await accounts.create_staff(tx, email="owner@example.com", role="owner")
        await accounts.set_password(tx, owner.token, HASH)

    assert "user.password_changed" not in await event_types(db, owner.id)
