"""At most five passwords fail in a quarter of an hour, for one account and from one client (SEC-09)."""

import asyncio
from datetime import timedelta

import pytest

from domains import accounts
from domains.accounts.tests.factories import ADA, GUEST, OTHER_HASH, a_customer
from domains.kit import Database, new_id
from domains.kit.clock import shift


async def fail(db: Database, *, email: str = ADA, client: str = "house", times: int = 1) -> None:
    for _time in range(times):
        async with db.transaction(GUEST) as tx:
            await accounts.try_failed(tx, await accounts.begin_try(tx, email=email, client=client))


async def is_open(db: Database, *, email: str = ADA, client: str = "house") -> bool:
    """Whether a password would be looked at; none is, so nothing is counted."""
    try:
        async with db.transaction(GUEST) as tx:
            await accounts.try_passed(tx, await accounts.begin_try(tx, email=email, client=client))
            raise LookupError
    except LookupError:
        return True
    except accounts.TooManyTries:
        return False


async def later(db: Database, **after: float) -> None:
    async with db.transaction(GUEST) as tx:
        await shift(tx, timedelta(**after))


async def test_the_sixth_try_of_an_account_waits_whoever_asks(db):
    for number in range(5):
        await fail(db, client=f"house {number}")

    assert not await is_open(db, client="another house")
    assert not await is_open(db, email="  ADA@Example.com", client="another house")
    assert await is_open(db, email="bob@example.com", client="another house")


async def test_the_sixth_try_from_a_house_waits_whatever_account_it_is_for(db):
    for number in range(5):
        await fail(db, email=f"{number}@example.com")

    assert not await is_open(db)
    assert await is_open(db, client="another house")


@pytest.mark.parametrize(("minutes", "opened"), [(14.9, False), (15.1, True)])
async def test_a_quarter_of_an_hour_later_it_is_open_again(db, minutes, opened):
    await fail(db, times=5)
    await later(db, minutes=minutes)

    assert await is_open(db) is opened


async def test_the_wait_is_told_to_the_second_and_shrinks(db):
    await fail(db, times=5)
    await later(db, minutes=10)

    async with db.transaction(GUEST) as tx:
        with pytest.raises(accounts.TooManyTries) as refused:
            await accounts.begin_try(tx, email=ADA, client="house")

    assert 290 <= refused.value.retry_after <= 301
    assert "5 minutes" in refused.value.hint


async def test_each_failure_runs_out_by_itself(db):
    await fail(db, times=4)
    await later(db, minutes=10)
    await fail(db)
    assert not await is_open(db)

    await later(db, minutes=15.1)

    assert await is_open(db)


async def test_tries_that_are_refused_do_not_put_the_end_off(db):
    await fail(db, times=5)
    await later(db, minutes=14)
    assert not await is_open(db)

    await later(db, minutes=15.1)

    assert await is_open(db)


async def test_the_owners_right_password_forgives_the_account_but_not_the_house(db):
    await fail(db, times=4)
    async with db.transaction(GUEST) as tx:
        await accounts.try_passed(tx, await accounts.begin_try(tx, email=ADA, client="house"))

    await fail(db)

    assert await is_open(db, client="another house")
    assert not await is_open(db)


async def test_who_resets_the_password_is_not_kept_out_by_others_failures(db):
    account_id = await a_customer(db)
    await fail(db, times=5, client="elsewhere")
    async with db.transaction(GUEST) as tx:
        token = await accounts.issue_token(tx, account_id, "reset_password")

        await accounts.reset_password(tx, token, OTHER_HASH)

    assert await is_open(db)


async def test_of_many_tries_at_the_same_moment_five_are_looked_at(live_db):
    async def guess() -> int:
        try:
            async with live_db.transaction(GUEST) as tx:
                await accounts.begin_try(tx, email=ADA, client=str(new_id()))
        except accounts.TooManyTries as refused:
            return refused.retry_after
        return 0

    waits = await asyncio.gather(*(guess() for _ in range(20)))

    assert waits.count(0) == 5
    assert max(waits) <= 2  # nothing has failed yet


async def test_a_try_that_was_never_heard_of_again_has_failed(db):
    for _time in range(5):
        async with db.transaction(GUEST) as tx:
            await accounts.begin_try(tx, email=ADA, client="house")
    await later(db, minutes=2)

    async with db.transaction(GUEST) as tx:
        with pytest.raises(accounts.TooManyTries) as refused:
            await accounts.begin_try(tx, email=ADA, client="house")

    assert refused.value.retry_after > 600


async def test_what_counts_no_more_is_forgotten_and_nothing_of_it_is_readable(db):
    await fail(db, times=3)
    async with db.transaction(GUEST) as tx:
        rows = (await tx.sql("SELECT string_agg(t::text, ' ') FROM accounts.log_in_tries t")).scalar_one()
        assert "@" not in rows, "a hash may hold any letters"
        await shift(tx, timedelta(minutes=16))

        await accounts.sweep_sessions(tx)

        assert (await tx.sql("SELECT count(*) FROM accounts.log_in_tries")).scalar_one() == 0
