"""A mail server hands a returned mail to `shop take-bounce`, and staff see which mail did not arrive and why."""

import os
import subprocess
import sys
from uuid import UUID

from app.tests.staff.conftest import StaffBrowser
from app.tests.staff.people import ACTOR
from app.tests.staff.test_mails_log import ANA, mail_of, order
from domains.kit import Database
from domains.notifications.operations import mark_sent
from domains.notifications.tests.test_bounces import report
from domains.orders import OrderHead

__all__ = ["order"]


def handed_over(mail: bytes, database_url: str) -> subprocess.CompletedProcess[bytes]:
    """As a mail server's pipe does it."""
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "take-bounce"],
        input=mail,
        env={**os.environ, "DATABASE_URL": database_url},
        capture_output=True,
        timeout=60,
        check=False,
    )


async def test_a_mail_that_came_back_is_told_in_the_log_on_the_overview_and_on_its_orders_page(
    staff_browser: StaffBrowser, live_db: Database, order: OrderHead
) -> None:
    mail_id = await mail_of(live_db, "order_confirmation")
    async with live_db.transaction(ACTOR) as tx:
        await mark_sent(tx, mail_id, recipient=ANA, subject="Your order")

    done = handed_over(report(mail_id), live_db.url)

    assert (done.returncode, done.stdout) == (0, b"The mail is marked as come back.\n"), done.stderr
    manager = await staff_browser("manager")
    page = (await manager.get(f"/staff/mails/{mail_id}")).text
    assert "Came back" in page
    assert "User unknown" in page
    assert f"/staff/mails/{mail_id}" in (await manager.get("/staff/mails?state=failed")).text
    assert 'href="/staff/mails?state=failed"' in (await manager.get("/staff")).text
    assert "came back" in (await manager.get(f"/staff/orders/{order.number}")).text


def test_anything_else_is_taken_without_a_change_and_a_database_that_is_down_is_asked_again_later() -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"

    other = handed_over(b"Subject: Hello\r\n\r\nWhere is my order?", nowhere)
    later = handed_over(report(UUID(int=1)), nowhere)

    assert (other.returncode, other.stderr) == (0, b"")
    assert (later.returncode, later.stdout) == (os.EX_TEMPFAIL, b"")
    assert b"Try again later" in later.stderr
