"""The log of messages: each fact is told once, and what is being sent is left alone."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from domains.accounts import UserRegistered
from domains.kit import Actor, Database, RecordedEvent, Transaction, new_id, record
from domains.kit.events import history
from domains.notifications.operations import lease, mark_failed, queue

ACTOR = Actor.system("tests")


async def a_fact(tx: Transaction) -> RecordedEvent:
    user_id = new_id()
    await record(tx, UserRegistered(user_id=user_id, role="customer", email_verified=False))
    (event,) = await history(tx, "user", user_id)
    return event


async def rows(tx: Transaction) -> int:
    found: int = (await tx.sql("SELECT count(*) FROM notifications.notifications")).scalar_one()
    return found


async def leased(db: Database) -> UUID | None:
    async with db.transaction(ACTOR) as tx:
        taken = await lease(tx)
        return None if taken is None else taken.id


async def test_a_fact_told_twice_is_one_mail(db: Database) -> None:
    async with db.transaction(ACTOR) as tx:
        event = await a_fact(tx)

        for _time in range(2):
            await queue(tx, event, template="verify_email", audience="customer")
        await queue(tx, event, template="merchant_order", audience="merchant")

        assert await rows(tx) == 2


async def test_the_database_refuses_a_second_mail_of_the_same_fact(db: Database) -> None:
    async with db.transaction(ACTOR) as tx:
        event = await a_fact(tx)
        await queue(tx, event, template="verify_email", audience="customer")

        with pytest.raises(IntegrityError, match="uq_notifications_event"):
            async with tx.session.begin_nested():
                await tx.sql(
                    "INSERT INTO notifications.notifications (id, event_id, audience, template_name, payload, trace_id)"
                    " SELECT gen_random_uuid(), event_id, audience, template_name, payload, trace_id"
                    " FROM notifications.notifications"
                )

        assert await rows(tx) == 1


async def test_a_mail_that_is_being_sent_is_left_alone_until_its_lease_is_over(live_db: Database) -> None:
    async with live_db.transaction(ACTOR) as tx:
        await queue(tx, await a_fact(tx), template="verify_email", audience="customer")

    first = await leased(live_db)
    beside = await leased(live_db)
    async with live_db.transaction(ACTOR) as tx:  # the one who was sending it died
        await tx.sql("UPDATE notifications.notifications SET leased_until = now() - interval '1 second'")
    after = await leased(live_db)

    assert first is not None
    assert beside is None
    assert after == first


async def test_ten_senders_at_once_take_each_mail_once(live_db: Database) -> None:
    async with live_db.transaction(ACTOR) as tx:
        for _mail in range(5):
            await queue(tx, await a_fact(tx), template="verify_email", audience="customer")

    taken = await asyncio.gather(*(leased(live_db) for _ in range(10)))

    assert sum(each is not None for each in taken) == 5
    assert len(set(taken) - {None}) == 5


async def test_a_mail_that_was_not_taken_waits_longer_each_time_and_is_given_up_at_last(db: Database) -> None:
    async with db.transaction(ACTOR) as tx:
        await queue(tx, await a_fact(tx), template="verify_email", audience="customer")
        mail = await lease(tx)
        assert mail is not None
        waits: list[int] = []
        for _try in range(3):
            await mark_failed(tx, mail.id, reason="421 come back later", final=False)
            waits.append(
                (
                    await tx.sql(
                        "SELECT round(extract(epoch FROM next_try_at - now()))::int FROM notifications.notifications"
                    )
                ).scalar_one()
            )
        assert await lease(tx) is None

        await mark_failed(tx, mail.id, reason="550 no such mailbox", final=True)

        status, reason = (await tx.sql("SELECT status, failure_reason FROM notifications.notifications")).one()
    assert waits == [2, 4, 8]
    assert (status, reason) == ("failed", "550 no such mailbox")
