"""Another mail address: proven before it counts, and for a week the old one can take it back."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from domains import accounts
from domains.accounts.tests.factories import ADA, GUEST, HASH, NEW, a_customer, email_of, event_types
from domains.kit import Database, Invalid, Transaction
from domains.kit.clock import shift
from domains.kit.testing import until_somebody_waits


async def asked(tx: Transaction, account_id: UUID, email: str = NEW) -> tuple[str, str]:
    """A change that was asked for: the tokens of the links in the mails to the new and to the old address."""
    await accounts.ask_email_change(tx, account_id, email)
    change = await accounts.open_email_change(tx, account_id)
    assert change is not None
    return (
        await accounts.issue_token(tx, account_id, "change_email", email_change_id=change.id),
        await accounts.issue_token(tx, account_id, "keep_email", email_change_id=change.id),
    )


async def test_a_new_address_counts_once_its_link_is_pressed(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        confirm, _keep = await asked(tx, account_id)
    assert await email_of(db, account_id) == ADA

    async with db.transaction(GUEST) as tx:
        await accounts.confirm_email_change(tx, confirm)

    assert await email_of(db, account_id) == NEW
    async with db.transaction(GUEST) as tx:
        assert await accounts.credentials(tx, ADA) is None
        assert (await accounts.credentials(tx, NEW)).account_id == account_id
        assert (await accounts.account(tx, account_id)).email_verified
        with pytest.raises(accounts.LinkDead):
            await accounts.confirm_email_change(tx, confirm)
    assert (await event_types(db, account_id))[1:] == [
        "user.email_change_asked",
        "user.email_proof_asked",
        "user.email_changed",
        "user.updated",
        "user.email_verified",
    ]


@pytest.mark.parametrize(("hours", "works"), [(23.9, True), (24.1, False)])
async def test_the_link_to_the_new_address_lives_a_day(db, hours, works):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        confirm, _keep = await asked(tx, account_id)
        await shift(tx, timedelta(hours=hours))

        assert (await accounts.open_email_change(tx, account_id) is not None) is works
        assert await accounts.link_is_live(tx, confirm, "change_email") is works


async def test_an_address_of_another_account_is_answered_like_a_free_one_and_told_to_its_owner(db):
    mine, other = await a_customer(db), await a_customer(db, NEW)

    async with db.transaction(GUEST) as tx:
        await accounts.ask_email_change(tx, mine, NEW)
        waiting = await accounts.open_email_change(tx, mine)

    assert waiting is not None
    assert waiting.new_email == NEW
    assert (await event_types(db, mine))[1:] == ["user.email_change_asked"]
    assert "user.sign_up_repeated" in await event_types(db, other)


async def test_who_registers_with_the_address_meanwhile_keeps_it(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        confirm, _keep = await asked(tx, account_id)
        assert await accounts.register(tx, email=NEW, password_hash=HASH) is not None

    async with db.transaction(GUEST) as tx:
        with pytest.raises(accounts.LinkDead):
            await accounts.confirm_email_change(tx, confirm)
    assert await email_of(db, account_id) == ADA


async def test_of_two_accounts_that_want_one_address_one_gets_it(live_db: Database):
    tokens = []
    for name in ("first", "second"):
        account_id = await a_customer(live_db, f"{name}@example.com")
        async with live_db.transaction(GUEST) as tx:
            tokens.append((await asked(tx, account_id))[0])

    async def confirm(token: str) -> None:
        async with live_db.transaction(GUEST) as tx:
            await accounts.confirm_email_change(tx, token)

    async with live_db.transaction(GUEST) as tx:
        await accounts.confirm_email_change(tx, tokens[0])
        late = asyncio.create_task(confirm(tokens[1]))
        await until_somebody_waits(live_db)

    with pytest.raises(accounts.LinkDead):
        await late


async def test_the_last_wish_counts(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        first, _keep = await asked(tx, account_id)
        second, _keep = await asked(tx, account_id, "ada@third.example")

        with pytest.raises(accounts.LinkDead):
            await accounts.confirm_email_change(tx, first)
        await accounts.confirm_email_change(tx, second)
    assert await email_of(db, account_id) == "ada@third.example"


async def test_a_wish_can_be_withdrawn(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        confirm, _keep = await asked(tx, account_id)

        await accounts.withdraw_email_change(tx, account_id)

        assert await accounts.open_email_change(tx, account_id) is None
        with pytest.raises(accounts.LinkDead):
            await accounts.confirm_email_change(tx, confirm)


@pytest.mark.parametrize("wrong", [" ADA@example.com ", "nonsense"])
async def test_the_present_address_and_nonsense_are_refused(db, wrong):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        with pytest.raises(Invalid):
            await accounts.ask_email_change(tx, account_id, wrong)


@pytest.mark.parametrize("confirmed", [False, True])
async def test_the_old_address_stops_the_change_also_after_it_was_confirmed(db, confirmed):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        confirm, keep = await asked(tx, account_id)
        session = await accounts.open_session(tx, account_id)
        if confirmed:
            await accounts.confirm_email_change(tx, confirm)

        await accounts.stop_email_change(tx, keep)

        assert await accounts.session(tx, session) is None
        assert await accounts.credentials(tx, ADA) is None  # the password that somebody else knows is gone
        with pytest.raises(accounts.LinkDead):
            await accounts.confirm_email_change(tx, confirm)
        with pytest.raises(accounts.LinkDead):
            await accounts.stop_email_change(tx, keep)
    assert await email_of(db, account_id) == ADA
    assert (await event_types(db, account_id))[-1] == "user.password_reset_asked"


async def test_a_thief_who_changes_the_address_twice_does_not_escape(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        confirm, keep = await asked(tx, account_id)
        await accounts.confirm_email_change(tx, confirm)
        again, his_own = await asked(tx, account_id, "thief@third.example")
        await accounts.confirm_email_change(tx, again)

        await accounts.stop_email_change(tx, keep)

        with pytest.raises(accounts.LinkDead):
            await accounts.stop_email_change(tx, his_own)
    assert await email_of(db, account_id) == ADA


@pytest.mark.parametrize(("days", "works"), [(6.9, True), (7.1, False)])
async def test_the_old_address_may_say_no_for_a_week(db, days, works):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        confirm, keep = await asked(tx, account_id)
        await accounts.confirm_email_change(tx, confirm)
        await shift(tx, timedelta(days=days))

        assert await accounts.link_is_live(tx, keep, "keep_email") is works


async def test_an_old_address_that_has_a_new_account_does_not_come_back(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        confirm, keep = await asked(tx, account_id)
        await accounts.confirm_email_change(tx, confirm)
    other = await a_customer(db, ADA)

    async with db.transaction(GUEST) as tx:
        with pytest.raises(accounts.EmailTaken):
            await accounts.stop_email_change(tx, keep)
    assert await email_of(db, account_id) == NEW
    assert await email_of(db, other) == ADA


async def test_addresses_of_a_change_are_not_readable_and_are_forgotten_in_time(db):
    account_id = await a_customer(db)
    async with db.transaction(GUEST) as tx:
        await asked(tx, account_id)
        row = (await tx.sql("SELECT c::text FROM accounts.email_changes c")).scalar_one()
        assert "@" not in row  # letters alone could come up in a hash by chance
        await shift(tx, timedelta(days=31))

        await accounts.sweep_sessions(tx)

        assert (await tx.sql("SELECT count(*) FROM accounts.email_changes")).scalar_one() == 0
