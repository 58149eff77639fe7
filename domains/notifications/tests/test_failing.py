"""What staff do about mails that failed: try again, send another, or set aside; each try is remembered."""

from uuid import UUID

import pytest

from domains import audit, notifications
from domains.desk import waiting
from domains.kit import Actor, Database, Transaction, new_id
from domains.notifications import NotFailed, NotificationNotFound
from domains.notifications.operations import lease, mark_failed, mark_sent, queue
from domains.notifications.tests.test_log import a_fact

SUPPORT = Actor.staff(new_id(), "support")
WHY = "the mail server refused the recipient (550)"


async def failed(tx: Transaction) -> UUID:
    """A mail that the mail server asked to come back with, and refused then."""
    await queue(tx, await a_fact(tx), template="verify_email", audience="customer")
    row = await lease(tx)
    assert row is not None
    await mark_failed(tx, row.id, reason="421 later", final=False, recipient="ana@example.com", subject="Hi")
    await mark_failed(tx, row.id, reason=WHY, final=True, recipient="ana@example.com", subject="Hi")
    return row.id


async def failing(tx: Transaction) -> int:
    return (await waiting(tx, ["failed_mails"]))["failed_mails"].number


async def test_a_failed_mail_tells_to_whom_and_why_and_how_often(db: Database) -> None:
    async with db.transaction(SUPPORT) as tx:
        mail = await notifications.mail(tx, await failed(tx))
        with pytest.raises(NotificationNotFound):
            await notifications.mail(tx, new_id())

    assert (mail.status, mail.recipient, mail.subject) == ("failed", "ana@example.com", "Hi")
    assert [each.reason for each in mail.tries] == [WHY, "421 later"]


async def test_tried_again_it_is_the_same_mail_and_its_failures_stay_told(db: Database) -> None:
    async with db.transaction(SUPPORT) as tx:
        mail_id = await failed(tx)
        assert await failing(tx) == 1

        await notifications.retry(tx, mail_id)
        again = await lease(tx)

        assert again is not None
        assert (again.id, again.retry_count, await failing(tx)) == (mail_id, 0, 0)
        await mark_failed(tx, mail_id, reason=WHY, final=True)
        assert [each.reason for each in (await notifications.mail(tx, mail_id)).tries] == [WHY, WHY, "421 later"]
        assert [entry.action for entry in await audit.of_subject(tx, "mail", str(mail_id))] == ["mail.retried"]


async def test_a_mail_that_waits_for_its_next_try_need_not_wait(db: Database) -> None:
    async with db.transaction(SUPPORT) as tx:
        await queue(tx, await a_fact(tx), template="verify_email", audience="customer")
        row = await lease(tx)
        assert row is not None
        await mark_failed(tx, row.id, reason="421 later", final=False)
        assert await lease(tx) is None

        await notifications.retry(tx, row.id)

        assert await lease(tx) is not None


async def test_what_was_sent_is_not_tried_again_but_sent_as_another_mail(db: Database) -> None:
    async with db.transaction(SUPPORT) as tx:
        await queue(tx, await a_fact(tx), template="verify_email", audience="customer")
        row = await lease(tx)
        assert row is not None
        await mark_sent(tx, row.id, recipient="ana@example.com", subject="Hi")

        with pytest.raises(NotFailed):
            await notifications.retry(tx, row.id)
        with pytest.raises(NotFailed):
            await notifications.set_aside(tx, row.id)
        again_id = await notifications.send_again(tx, row.id)

        assert again_id != row.id
        assert (await notifications.mail(tx, row.id)).repeated == (again_id,)
        assert (await notifications.mail(tx, again_id)).again_of == row.id


async def test_set_aside_or_sent_again_a_failed_mail_waits_for_nobody(db: Database) -> None:
    counts = []
    async with db.transaction(SUPPORT) as tx:
        hopeless, replaced = await failed(tx), await failed(tx)
        counts.append(await failing(tx))
        for _time in range(2):
            await notifications.set_aside(tx, hopeless)
        counts.append(await failing(tx))
        await notifications.send_again(tx, replaced)
        counts.append(await failing(tx))
        await notifications.retry(tx, hopeless)

        assert (await notifications.mail(tx, hopeless)).status == "queued"
        told = await audit.of_subject(tx, "mail", str(hopeless))
    assert counts == [2, 1, 0]
    assert sorted(entry.action for entry in told) == ["mail.retried", "mail.set_aside"]
