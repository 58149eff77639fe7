"""A mail that a server took and that came back later is shown as such, and counts among what staff have to look at."""

from email.message import EmailMessage
from uuid import UUID

import pytest

from domains import notifications
from domains.desk import waiting
from domains.kit import Actor, Database, Transaction, new_id
from domains.notifications.operations import lease, mark_sent, queue
from domains.notifications.tests.test_log import a_fact

SUPPORT = Actor.staff(new_id(), "support")
SERVER = Actor.system("shop take-bounce")

REPORT = """\
From: MAILER-DAEMON@mx.example (Mail Delivery System)
To: hello@shop.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="BOUND"

--BOUND
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--BOUND
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Fri, 20 Nov 2026 10:00:00 +0000 (UTC)

Final-Recipient: rfc822; ana@example.com
Original-Recipient: rfc822;ana@example.com
Action: {action}
Status: 5.1.1
Remote-MTA: dns; mx2.example
Diagnostic-Code: smtp; 550 5.1.1 <ana@example.com>: Recipient address rejected:
    User unknown

--BOUND
{returned}
--BOUND--
"""
HEADERS = """\
Content-Type: text/rfc822-headers

Return-Path: <hello@shop.example>
Message-ID: <{id}@shop.example>
Subject: Hi
"""
WHOLE = """\
Content-Type: message/rfc822

Message-ID: <{id}@shop.example>
From: hello@shop.example
To: ana@example.com
Subject: Hi

Hello
"""
WHY = "it came back: 550 5.1.1 <ana@example.com>: Recipient address rejected: User unknown"


def report(mail_id: UUID, *, action: str = "failed", returned: str = HEADERS) -> bytes:
    return REPORT.format(action=action, returned=returned.format(id=mail_id)).replace("\n", "\r\n").encode()


async def sent(tx: Transaction) -> UUID:
    await queue(tx, await a_fact(tx), template="verify_email", audience="customer")
    row = await lease(tx)
    assert row is not None
    await mark_sent(tx, row.id, recipient="ana@example.com", subject="Hi")
    return row.id


@pytest.mark.parametrize("returned", [HEADERS, WHOLE], ids=["headers", "whole"])
def test_a_report_names_the_mail_and_the_servers_reason(returned: str) -> None:
    mail_id = new_id()

    assert notifications.read_bounce(report(mail_id, returned=returned)) == notifications.Bounce(mail_id, WHY)


def test_a_report_of_a_delay_and_any_other_mail_are_no_bounce() -> None:
    letter = EmailMessage()
    letter["Subject"] = "Where is my order?"
    letter["In-Reply-To"] = f"<{new_id()}@shop.example>"
    letter.set_content("Action: failed")

    assert notifications.read_bounce(report(new_id(), action="delayed")) is None
    assert notifications.read_bounce(bytes(letter)) is None
    assert notifications.read_bounce(report(new_id()).replace(b"@shop.example>", b"")) is None
    assert notifications.read_bounce(b"") is None
    assert notifications.read_bounce(b"\xff\xfeContent-Type: multipart/report\r\n\r\n") is None


async def test_a_mail_that_came_back_is_shown_with_its_reason_until_somebody_sets_it_aside(db: Database) -> None:
    async with db.transaction(SUPPORT) as tx:
        mail_id = await sent(tx)
        bounce = notifications.read_bounce(report(mail_id))
        assert bounce is not None

        assert [await notifications.take_bounce(tx, bounce) for _twice in range(2)] == [True, True]

        mail = await notifications.mail(tx, mail_id)
        assert (mail.status, mail.has_failed, [each.reason for each in mail.tries]) == ("bounced", True, [WHY])
        assert (await waiting(tx, ["failed_mails"]))["failed_mails"].number == 1
        await notifications.set_aside(tx, mail_id)
        await notifications.take_bounce(tx, bounce)
        assert (await waiting(tx, ["failed_mails"]))["failed_mails"].number == 0


async def test_a_report_about_a_mail_that_waits_or_that_nobody_sent_changes_nothing(db: Database) -> None:
    async with db.transaction(SERVER) as tx:
        await queue(tx, await a_fact(tx), template="verify_email", audience="customer")
        row = await lease(tx)
        assert row is not None

        assert await notifications.take_bounce(tx, notifications.Bounce(row.id, WHY))
        assert not await notifications.take_bounce(tx, notifications.Bounce(new_id(), WHY))

        assert (await notifications.mail(tx, row.id)).status == "queued"
