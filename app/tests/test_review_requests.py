"""A buyer is asked by mail, in his time, once; the mail's link is all that he needs."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.sandbox.testing import Sandbox, running_sandbox
from app.web.testing import browser
from app.web.testing import test_settings as settings_of
from domains import accounts
from domains.kit import Database
from domains.kit.clock import shift
from domains.kit.deliveries import subscribe
from domains.orders.tests.factories import an_account
from domains.reviews.tests.factories import TESTER, Purchase, bought
from workers import tasks
from workers.context import WorkerContext, open_context
from workers.subscriptions import SUBSCRIBERS

ASKS = re.compile("^How do you like")


@asynccontextmanager
async def working(db: Database, redis_url: str, folder: Path) -> AsyncIterator[tuple[WorkerContext, Sandbox]]:
    """What a worker works with, and the mailbox in which its mails arrive."""
    async with running_sandbox() as sandbox:
        gateway = {"STRIPE_SECRET_KEY": sandbox.secret_key, "STRIPE_WEBHOOK_SECRET": sandbox.webhook_secret}
        settings = settings_of(
            db.url, redis_url, folder, SMTP_URL=sandbox.smtp_url, STRIPE_API_BASE=sandbox.base_url, **gateway
        )
        async with open_context(settings) as context:
            async with db.transaction(TESTER) as tx:
                await subscribe(tx, SUBSCRIBERS)
            yield context, sandbox


async def days_later(context: WorkerContext, days: float) -> None:
    """What the worker does when so many days have passed, and once more for good measure."""
    async with context.db.transaction(TESTER) as tx:
        await shift(tx, timedelta(days=days))
    for _turn in range(2):
        await tasks.deliver_waiting(context)
        await tasks.ask_for_reviews(context)
        await tasks.deliver_waiting(context)
        await tasks.send_mails(context)


async def asked(sandbox: Sandbox, address: str) -> list[dict[str, Any]]:
    return [mail for mail in await sandbox.mails(to=address) if ASKS.match(mail["subject"])]


async def delivered(db: Database, email: str | None, **changes: Any) -> Purchase:
    async with db.transaction(TESTER) as tx:
        return await bought(tx, email=email, **changes)


async def test_a_guest_is_asked_once_in_his_time_and_writes_by_the_mails_link(
    live_db: Database, redis_url: str, tmp_path: Path
) -> None:
    async with working(live_db, redis_url, tmp_path) as (context, sandbox):
        made = await delivered(live_db, "ada@example.com")
        await days_later(context, 4.9)
        early = await asked(sandbox, "ada@example.com")
        await days_later(context, 5.1)
        (mail,) = await asked(sandbox, "ada@example.com")
        await days_later(context, 30)

        assert early == []
        assert len(await asked(sandbox, "ada@example.com")) == 1
    assert mail["subject"] == "How do you like it? Stoneware mug"
    links = re.findall(rf"/orders/{made.number}/reviews/access/[\w-]+", mail["text"])
    assert len(links) == 1
    assert links[0] in mail["html"]
    assert "Colour: Sage" in mail["text"]
    async with browser(live_db.url, redis_url) as guest:
        found = await guest.get(links[0])
        form = await guest.get((await guest.get(found.headers["location"])).headers["location"])
        sent = await guest.post(form.url.path, data={"stars": "5", "name": "Ada"})
        assert "Thank you for your review" in (await guest.get(sent.headers["location"])).text


@pytest.mark.parametrize("closed", [False, True])
async def test_a_customers_mail_has_no_key_and_a_closed_account_gets_none(
    live_db: Database, redis_url: str, tmp_path: Path, closed: bool
) -> None:
    async with working(live_db, redis_url, tmp_path) as (context, sandbox):
        async with live_db.transaction(TESTER) as tx:
            account_id = await an_account(tx, "ada@example.com")
        made = await delivered(live_db, None, user_id=account_id)
        if closed:
            async with live_db.transaction(TESTER) as tx:
                await accounts.deactivate(tx, account_id)

        await days_later(context, 5.1)

        mails = await asked(sandbox, "ada@example.com")
    assert len(mails) == (0 if closed else 1)
    for mail in mails:
        assert [word for word in mail["text"].split() if word.endswith(f"/orders/{made.number}/reviews")]
        assert "/access/" not in mail["text"]
