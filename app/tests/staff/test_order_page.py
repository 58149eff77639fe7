"""The page of an order: what it shows to whom, in few queries, and what can be done from it."""

import re
from html import unescape
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from app.tests.staff.conftest import StaffBrowser
from app.tests.storefront.conftest import Shelves
from domains import catalog, invoicing, notifications, orders
from domains.invoicing.tests.test_documents import refunded
from domains.kit import Database
from domains.kit.deliveries import drain, subscribe
from domains.orders import OrderStatus
from domains.orders.tests.factories import TESTER, a_line, brought_to
from workers.subscriptions import SUBSCRIBERS


def text(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


async def an_order(
    db: Database, shelves: Shelves, status: OrderStatus = OrderStatus.CONFIRMED, **more: Any
) -> orders.OrderHead:
    async with db.transaction(TESTER) as tx:
        await subscribe(tx, SUBSCRIBERS)
        mug = (await catalog.product(tx, shelves.mug)).variants[0]
        lines = (a_line(variant_id=mug.id, product_id=shelves.mug),)
        return await brought_to(tx, status, lines=lines, **more)


async def test_everything_about_an_order_stands_on_its_page(
    live_db: Database, shelves: Shelves, staff_browser: StaffBrowser
) -> None:
    head = await an_order(live_db, shelves, notes="Ring twice")
    async with live_db.transaction(TESTER) as tx:
        await refunded(tx, head.id, 1000)
        await orders.add_note(tx, head.id, "Wants blue paper")
    await drain(live_db, [each for each in SUBSCRIBERS if each.name in {"invoicing", "notifications"}])
    owner = await staff_browser("owner")

    page = await owner.get(f"/staff/orders/{head.number}")

    assert page.status_code == 200
    shown = text(page)
    for words in (
        head.number, "Partly refunded", "Waiting for goods", "Stoneware mug", "MUG-SAGE", "Sales tax $3.60", "$48.60",
        "$10.00", "ada@example.com", "Ada Lovelace", "Ring twice", "Wants blue paper", "Order placed",
        "Refund of 10.00 USD sent", "order confirmation", "Invoice INV-", "Credit note CN-",
    ):  # fmt: skip
        assert words in shown, words
    assert page.headers["cache-control"] == "private, no-store"
    async with live_db.transaction(TESTER) as tx:
        seen = await tx.sql("SELECT count(*) FROM audit.entries WHERE action = 'order.seen'")
        assert seen.scalar_one() == 1


async def test_the_page_asks_the_database_twelve_times_at_most(
    live_db: Database, shelves: Shelves, staff_browser: StaffBrowser
) -> None:
    head = await an_order(live_db, shelves)
    owner = await staff_browser("owner")
    await owner.get(f"/staff/orders/{head.number}")
    said: list[str] = []
    engine = owner.shop.litestar.state.db.bind.sync_engine
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_more: said.append(statement))

    await owner.get(f"/staff/orders/{head.number}")

    assert len(said) <= 12, "\n".join(said)


async def test_a_note_is_for_staff_and_calls_a_colleague(
    live_db: Database, shelves: Shelves, staff_browser: StaffBrowser
) -> None:
    head = await an_order(live_db, shelves)
    await staff_browser("warehouse")
    support = await staff_browser("support")

    answer = await support.post(f"/staff/orders/{head.number}/notes", data={"text": "@warehouse please gift-wrap"})
    empty = await support.post(f"/staff/orders/{head.number}/notes", data={"text": " "})
    await drain(live_db, [each for each in SUBSCRIBERS if each.name == "notifications"])

    page = await support.get(answer.headers["location"])
    assert "please gift-wrap" in text(page)
    assert empty.status_code == 422
    async with live_db.transaction(TESTER) as tx:
        mails = [mail.template for mail in await notifications.log_of(tx, order_id=head.id)]
        stored = (await tx.sql("SELECT text FROM orders.notes")).scalar_one()
    assert "note_mention" in mails
    assert "gift-wrap" not in stored


async def test_a_mail_is_sent_again_and_only_of_this_order(
    live_db: Database, shelves: Shelves, staff_browser: StaffBrowser
) -> None:
    head, other = await an_order(live_db, shelves), await an_order(live_db, shelves)
    await drain(live_db, [each for each in SUBSCRIBERS if each.name == "notifications"])
    async with live_db.transaction(TESTER) as tx:
        first = next(
            mail for mail in await notifications.log_of(tx, order_id=head.id) if mail.template == "order_confirmation"
        )
    support = await staff_browser("support")

    wrong = await support.post(f"/staff/orders/{other.number}/mails/{first.id}/again")
    right = await support.post(f"/staff/orders/{head.number}/mails/{first.id}/again")
    twice = await support.post(f"/staff/orders/{head.number}/mails/{first.id}/again")

    assert (wrong.status_code, right.status_code, twice.status_code) == (404, 303, 303)
    async with live_db.transaction(TESTER) as tx:
        sent = [mail.template for mail in await notifications.log_of(tx, order_id=head.id)]
    assert sent.count("order_confirmation") == 2


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("owner", True), ("manager", True), ("support", True), ("warehouse", False), ("finance", False)],
)
async def test_who_may_see_an_order_may_not_always_change_it(
    live_db: Database, shelves: Shelves, staff_browser: StaffBrowser, role: str, allowed: bool
) -> None:
    head = await an_order(live_db, shelves)
    somebody = await staff_browser(role)

    page = await somebody.get(f"/staff/orders/{head.number}")
    note = await somebody.post(f"/staff/orders/{head.number}/notes", data={"text": "Hello"})
    cancelled = await somebody.post(f"/staff/orders/{head.number}/cancellation", data={"why": ""})

    assert page.status_code == 200
    assert ("Add note" in page.text) is allowed
    assert ("Cancel this order" in page.text) is allowed
    assert (note.status_code, cancelled.status_code) == ((303, 422) if allowed else (403, 403))


async def test_staff_read_the_papers(live_db: Database, shelves: Shelves, staff_browser: StaffBrowser) -> None:
    head = await an_order(live_db, shelves)
    async with live_db.transaction(TESTER) as tx:
        note = await invoicing.credit(tx, (await refunded(tx, head.id, 1000)).id)
    warehouse, marketing = await staff_browser("warehouse"), await staff_browser("marketing")
    paths = [f"/staff/orders/{head.number}/invoice.pdf", f"/staff/orders/{head.number}/documents/{note.label}.pdf"]

    for path in paths:
        answer = await warehouse.get(path)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
        assert answer.headers["cache-control"] == "private, no-store"
        assert (await marketing.get(path)).status_code == 403
    assert (await warehouse.get(f"/staff/orders/{head.number}/packing-slip.pdf")).status_code == 404
