"""Closing an account: for good, and without taking its mail address along."""

import pytest

from domains import accounts
from domains.accounts import Status
from domains.accounts.tests.factories import ADA, GUEST, HASH, HOME, a_customer, email_of, event_types


async def test_a_closed_account_is_out_for_good_and_still_has_the_address_for_its_farewell(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        session = await accounts.open_session(tx, account_id)
        await accounts.save_address(tx, account_id, HOME)

        await accounts.close(tx, account_id)

        assert await accounts.session(tx, session) is None
        assert (await accounts.credentials(tx, ADA)).status is Status.DEACTIVATED
        with pytest.raises(accounts.LogInFailed):
            await accounts.open_session(tx, account_id)
        with pytest.raises(accounts.StatusForbidden):
            await accounts.close(tx, account_id)
        assert await accounts.deactivated(tx, [account_id]) == {account_id}
    assert await email_of(db, account_id) == ADA
    assert (await event_types(db, account_id))[-1] == "user.deactivated"


async def test_the_address_of_a_closed_account_is_free_for_a_new_one(db):
    closed = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        await accounts.close(tx, closed)
    fresh = await a_customer(db)

    async with db.transaction(GUEST) as tx:
        assert await accounts.find_account(tx, ADA) == fresh
        assert (await accounts.credentials(tx, ADA)).account_id == fresh
        assert await accounts.addresses(tx, fresh) == []
    async with db.transaction(GUEST) as tx:
        assert await accounts.register(tx, email=ADA, password_hash=HASH) is None


async def test_a_suspended_account_keeps_its_address_from_others(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        await accounts.suspend(tx, account_id)

        assert await accounts.register(tx, email=ADA, password_hash=HASH) is None
        assert (await accounts.credentials(tx, ADA)).status is Status.SUSPENDED


async def test_who_works_here_does_not_close_his_account_himself(db):
    async with db.transaction(GUEST) as tx:
        owner = await accounts.create_staff(tx, email="owner@example.com", role="owner")

        with pytest.raises(accounts.StaffStays):
            await accounts.close(tx, owner.id)
