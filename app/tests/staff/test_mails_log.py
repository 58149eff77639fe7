"""The log of mails: found by whom and what they are for, seen in words, tried again, sent again, set aside."""

import re
from uuid import UUID

import pytest

from app.tests.staff.conftest import StaffBrowser
from app.tests.staff.people import ACTOR, password_hash
from domains import accounts, notifications
from domains.kit import Database
from domains.kit.deliveries import hear_now
from domains.notifications.operations import mark_failed, mark_sent
from domains.orders import OrderHead, OrderStatus
from domains.orders.tests.factories import brought_to

ANA = "ana@example.com"
WHY = "the mail server refused the recipient (550)"


@pytest.fixture
async def order(live_db: Database) -> OrderHead:
    """A guest's order, the mails about it queued."""
    async with live_db.transaction(ACTOR) as tx:
        made = await brought_to(tx, OrderStatus.CONFIRMED, email=ANA)
        (subscriber,) = notifications.SUBSCRIBERS
        await hear_now(tx, subscriber)
        return made


async def mail_of(db: Database, template: str) -> UUID:
    async with db.transaction(ACTOR) as tx:
        found: UUID = (
            await tx.sql(
                "SELECT id FROM notifications.notifications WHERE template_name = :name AND again_of IS NULL",
                {"name": template},
            )
        ).scalar_one()
        return found


async def fail(db: Database, mail_id: UUID) -> None:
    async with db.transaction(ACTOR) as tx:
        await mark_failed(tx, mail_id, reason=WHY, final=True, recipient=ANA, subject="Your order")


async def test_mails_are_found_by_recipient_order_kind_and_state_also_before_they_were_made(
    staff_browser: StaffBrowser, live_db: Database, order: OrderHead
) -> None:
    async with live_db.transaction(ACTOR) as tx:
        await accounts.register(tx, email="bo@example.com", password_hash=password_hash(), first_name="Bo")
        (subscriber,) = notifications.SUBSCRIBERS
        await hear_now(tx, subscriber)
    confirmation, word_to_shop = await mail_of(live_db, "order_confirmation"), await mail_of(live_db, "merchant_order")
    verify = await mail_of(live_db, "verify_email")
    await fail(live_db, confirmation)
    known = {confirmation, word_to_shop, verify}
    support = await staff_browser("support")

    async def found(query: str) -> set[UUID]:
        page = (await support.get("/staff/mails?" + query)).text
        # Beside them the shop is told of its stock.
        return known & {UUID(each) for each in re.findall(r'href="/staff/mails/([0-9a-f-]{36})"', page)}

    assert await found("") == known
    assert await found("q=Ana%40example.com") == {confirmation, word_to_shop}
    assert await found("q=bo%40example.com") == {verify}
    assert await found(f"q={order.number.lower()}") == {confirmation, word_to_shop}
    assert await found("kind=verify_email") == {verify}
    assert await found("kind=verify_email&kind=merchant_order") == {verify, word_to_shop}
    assert await found("to=merchant") == {word_to_shop}
    assert await found("state=failed") == {confirmation}
    assert await found("state=waiting") == {word_to_shop, verify}


async def test_a_failed_mail_says_why_and_is_tried_again_as_the_same_one(
    staff_browser: StaffBrowser, live_db: Database, order: OrderHead
) -> None:
    mail_id = await mail_of(live_db, "order_confirmation")
    await fail(live_db, mail_id)
    support = await staff_browser("support")
    at = f"/staff/mails/{mail_id}"

    page, overview = (await support.get(at)).text, (await support.get("/staff")).text
    timeline = (await support.get(f"/staff/orders/{order.number}")).text
    tried = await support.post(f"{at}/retry")
    after = (await support.get(at)).text

    assert WHY in page
    assert ANA in page
    assert f"/staff/orders/{order.number}" in page
    assert 'href="/staff/mails?state=failed"' in overview
    assert f'href="{at}"' in timeline
    assert tried.headers["location"] == at
    assert "It is tried again by itself" in after
    async with live_db.transaction(ACTOR) as tx:
        looks = await tx.sql("SELECT count(*) FROM audit.entries WHERE action = 'mail.seen'")
        assert looks.scalar_one() == 2


async def test_what_was_sent_is_sent_again_as_another_mail_and_not_tried_again(
    staff_browser: StaffBrowser, live_db: Database, order: OrderHead
) -> None:
    mail_id = await mail_of(live_db, "order_confirmation")
    async with live_db.transaction(ACTOR) as tx:
        await mark_sent(tx, mail_id, recipient=ANA, subject="Your order")
    support = await staff_browser("support")

    again = await support.post(f"/staff/mails/{mail_id}/again")
    refused = await support.post(f"/staff/mails/{mail_id}/retry")
    page = (await support.get(again.headers["location"])).text

    assert again.status_code == 303
    assert str(mail_id) not in again.headers["location"]
    assert f"/staff/mails/{mail_id}" in page
    assert refused.status_code == 409
    assert "This mail has not failed." in refused.text


async def test_what_failed_for_good_is_set_aside_one_by_one_or_many_at_once(
    staff_browser: StaffBrowser, live_db: Database, order: OrderHead
) -> None:
    failed, waiting = await mail_of(live_db, "order_confirmation"), await mail_of(live_db, "merchant_order")
    await fail(live_db, failed)
    support = await staff_browser("support")
    many = {"row": [str(failed), str(waiting)], "confirmed": "on", "count": "2"}

    aside = await support.post("/staff/mails/bulk", data={**many, "action": "aside"})
    told = (await support.get("/staff/mails")).text
    count = (await support.get("/staff/mails?state=failed")).text
    retried = await support.post("/staff/mails/bulk", data={**many, "action": "retry"})
    single = await support.post(f"/staff/mails/{waiting}/settlement")

    assert (aside.status_code, retried.status_code, single.status_code) == (303, 303, 409)
    assert "Set aside: 1." in told
    assert str(failed) not in count
    async with live_db.transaction(ACTOR) as tx:
        assert (await notifications.mail(tx, failed)).status == "queued"


async def test_a_mail_is_seen_in_words_that_can_do_nothing(
    staff_browser: StaffBrowser, live_db: Database, order: OrderHead
) -> None:
    mail_id = await mail_of(live_db, "order_confirmation")
    async with live_db.transaction(ACTOR) as tx:
        await notifications.set_text(
            tx, "order_confirmation", notifications.OwnWords(opening="<script>alert(1)</script>")
        )
        links = (await tx.sql("SELECT count(*) FROM orders.access_tokens")).scalar_one()
    support = await staff_browser("support")

    page = await support.get(f"/staff/mails/{mail_id}/words")
    async with live_db.transaction(ACTOR) as tx:
        await tx.sql("UPDATE notifications.notifications SET order_id = NULL WHERE id = :id", {"id": mail_id})
    gone = await support.get(f"/staff/mails/{mail_id}/words")

    assert order.number in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    main = page.text[page.text.index("<main") : page.text.index("</main")]
    assert "<script" not in main
    assert "<iframe" not in main
    assert "It can no longer be made" in gone.text
    async with live_db.transaction(ACTOR) as tx:
        assert (await tx.sql("SELECT count(*) FROM orders.access_tokens")).scalar_one() == links
        assert (await notifications.mail(tx, mail_id)).status == "queued"


async def test_marketing_and_finance_read_no_mails(staff_browser: StaffBrowser) -> None:
    for role in ("marketing", "finance", "warehouse"):
        browser = await staff_browser(role)
        for path in ("/staff/mails", "/staff/messages"):
            assert (await browser.get(path)).status_code == 403
