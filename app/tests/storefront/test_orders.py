"""Order pages as browsers meet them: by link, by search, by account, and while the payment is being confirmed."""

import re
from html import unescape
from typing import Any

import httpx
import pytest

from app.routes.storefront.orders.standing import timeline
from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser, another_browser
from app.web.visitors import cookie_name
from domains import accounts, catalog, orders, payments
from domains.kit import Database
from domains.orders import CancelReason, OrderStatus
from domains.orders.tests.factories import TESTER, a_line, an_account, brought_to, pay, placed
from domains.payments.tests.factories import sent_back, told


def text(page: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


async def order_in(db: Database, status: OrderStatus, **changes: Any) -> tuple[orders.OrderHead, str]:
    """An order, and the path of a link to it."""
    async with db.transaction(TESTER) as tx:
        head = await brought_to(tx, status, **changes)
        return head, f"/orders/{head.number}/access/{await orders.open_access(tx, head.id)}"


async def test_a_guest_reaches_his_order_by_its_link(shop: Browser, live_db: Database, shelves: Shelves) -> None:
    async with live_db.transaction(TESTER) as tx:
        mug = (await catalog.product(tx, shelves.mug)).variants[0]
    lines = (a_line(variant_id=mug.id, product_id=shelves.mug),)
    head, link = await order_in(live_db, OrderStatus.CONFIRMED, lines=lines, notes="Ring twice")

    before = await shop.get(f"/orders/{head.number}")
    opened = await shop.get(link)
    page = await shop.get(opened.headers["location"])

    assert before.status_code == 404
    assert (opened.status_code, opened.headers["location"]) == (303, f"/orders/{head.number}")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "private, no-store"
    shown = text(page)
    for words in (
        f"Order {head.number}",
        "Stoneware mug",
        "Colour: Sage",
        "$40.00",
        "$5.00",
        "$3.60",
        "$48.60",
        "Ada Lovelace",
        "Payment received",
        "Visa ending in 4242",
        "Being packed",
        "Ring twice",
    ):
        assert words in shown, words
    assert "Thank you" not in shown
    assert "noindex" in page.text


async def test_the_link_is_a_key_in_a_cookie_that_scripts_do_not_see(shop: Browser, live_db: Database) -> None:
    _head, link = await order_in(live_db, OrderStatus.CONFIRMED)

    answer = await shop.get(link)

    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(cookie_name(shop.shop.litestar.state.settings, "orders").lower())
    for part in ("httponly", "samesite=lax", "path=/"):
        assert part in cookie


async def test_unknown_and_foreign_orders_are_answered_alike(shop: Browser, live_db: Database) -> None:
    mine, link = await order_in(live_db, OrderStatus.CONFIRMED)
    foreign, foreign_link = await order_in(live_db, OrderStatus.CONFIRMED)
    await shop.get(link)
    token = foreign_link.rsplit("/", 1)[1]

    answers = [
        await shop.get(path)
        for path in (
            f"/orders/{foreign.number}",
            "/orders/ORD-20200101-0000",
            "/orders/nonsense",
            f"/orders/{mine.number}/access/{token}",
            f"/orders/{foreign.number}/access/{token[:-1]}",
            "/orders/ORD-20200101-0000/access/x",
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(r"[0-9a-f]{32}", "", text(answer)) for answer in answers}) == 1
    assert all("set-cookie" not in answer.headers for answer in answers)


async def test_the_newest_ten_orders_stay_open_in_one_browser(shop: Browser, live_db: Database) -> None:
    made = [await order_in(live_db, OrderStatus.PENDING) for _ in range(11)]

    for _head, link in made:
        assert (await shop.get(link)).status_code == 303

    statuses = [(await shop.get(f"/orders/{head.number}")).status_code for head, _link in made]
    assert statuses == [404, *([200] * 10)]


async def test_the_page_after_buying_thanks_and_offers_an_account(shop: Browser, live_db: Database) -> None:
    head, link = await order_in(live_db, OrderStatus.CONFIRMED)
    await shop.get(link)

    page = await shop.get(f"/orders/{head.number}?thanks=1")

    assert re.search(r"<h1[^>]*>\s*Thank you", page.text)
    assert head.number in text(page)
    assert "ada@example.com" in text(page)
    assert page.text.count('type="password"') == 1
    assert 'action="/account/register"' in page.text


async def test_an_order_belongs_to_its_account(shop: Browser, live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        ada, eve = await an_account(tx, "ada@example.com"), await an_account(tx, "eve@example.com")
        sessions = {"ada": await accounts.open_session(tx, ada), "eve": await accounts.open_session(tx, eve)}
    head, _link = await order_in(live_db, OrderStatus.CONFIRMED, user_id=ada)
    name = cookie_name(shop.shop.litestar.state.settings, "session")

    seen = {}
    for who, token in sessions.items():
        async with another_browser(shop.shop) as browser:
            browser.cookies.set(name, token)
            seen[who] = await browser.get(f"/orders/{head.number}?thanks=1")

    assert {who: page.status_code for who, page in seen.items()} == {"ada": 200, "eve": 404}
    assert 'type="password"' not in seen["ada"].text


async def test_a_guest_finds_his_order_by_number_and_address(shop: Browser, live_db: Database) -> None:
    head, _link = await order_in(live_db, OrderStatus.SHIPPED)
    form = await shop.get("/orders/find")

    answer = await shop.post("/orders/find", data={"number": head.number.lower(), "email": "Ada@Example.com"})
    page = await shop.get(answer.headers["location"])

    for label in ("Order number", "Email"):
        assert label in text(form)
    assert answer.status_code == 303
    assert page.status_code == 200
    assert "Tracking number 1Z 999" in text(page)


async def test_every_failed_search_says_the_same_and_keeps_what_was_typed(shop: Browser, live_db: Database) -> None:
    head, _link = await order_in(live_db, OrderStatus.CONFIRMED)

    answers = [
        await shop.post("/orders/find", data={"number": number, "email": email})
        for number, email in ((head.number, "eve@example.com"), ("ORD-20200101-0000", "ada@example.com"), ("", ""))
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert all("We could not find that order." in text(answer) for answer in answers)
    assert f'value="{head.number}"' in answers[0].text


async def test_searching_is_limited_by_number_and_by_address(shop: Browser, live_db: Database) -> None:
    head, _link = await order_in(live_db, OrderStatus.CONFIRMED)

    tries = [
        (await shop.post("/orders/find", data={"number": head.number, "email": f"{n}@example.com"})).status_code
        for n in range(12)
    ]
    right = await shop.post("/orders/find", data={"number": head.number, "email": "ada@example.com"})

    assert tries == [422] * 10 + [429] * 2
    assert right.status_code == 429
    assert "Retry-After" in right.headers


async def test_a_page_that_waits_for_the_payment_updates_itself(shop: Browser, live_db: Database) -> None:
    async with live_db.transaction(TESTER) as tx:
        head = await placed(tx)
        assert head.payment_id is not None
        attempt = await payments.start_attempt(tx, head.payment_id)
        await payments.observe(tx, told(attempt), livemode=False)
        token = await orders.open_access(tx, head.id)
    await shop.get(f"/orders/{head.number}/access/{token}")

    waiting = await shop.get(f"/orders/{head.number}?thanks=1")
    async with live_db.transaction(TESTER) as tx:
        await payments.observe(tx, told(attempt, "succeeded"), livemode=False)
        await orders.confirm(tx, head.id)
    polled = await shop.htmx("GET", f"/orders/{head.number}?thanks=1")

    assert "Your payment is being confirmed" in text(waiting)
    assert "Thank you" not in text(waiting)
    assert "Thank you" in text(polled)
    assert 'hx-trigger="every 2s"' in waiting.text
    assert "Look again" in text(waiting), "the way without scripts"
    assert "<html" not in polled.text
    assert polled.text.strip().startswith('<div id="order"')
    assert "every 2s" not in polled.text
    assert "Your payment is being confirmed" not in text(polled)
    assert "Payment received" in text(polled)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("requires_action", "Your bank wants you to confirm the payment"),
        ("requires_payment_method", "This order is not paid yet"),
    ],
)
async def test_an_unpaid_order_says_what_to_do(shop: Browser, live_db: Database, status: str, words: str) -> None:
    async with live_db.transaction(TESTER) as tx:
        head = await placed(tx)
        assert head.payment_id is not None
        attempt = await payments.start_attempt(tx, head.payment_id)
        await payments.observe(tx, told(attempt, status), livemode=False)
        token = await orders.open_access(tx, head.id)
    await shop.get(f"/orders/{head.number}/access/{token}")

    page = await shop.get(f"/orders/{head.number}")

    assert words in text(page)
    assert "every 2s" not in page.text


async def test_a_cancelled_order_says_why_and_where_the_money_is(shop: Browser, live_db: Database) -> None:
    head, link = await order_in(live_db, OrderStatus.CONFIRMED)
    async with live_db.transaction(TESTER) as tx:
        refund_id = await orders.cancel(tx, head.id, reason=CancelReason.OUT_OF_STOCK)
        assert refund_id is not None
    await shop.get(link)

    asked = await shop.get(f"/orders/{head.number}?thanks=1")
    async with live_db.transaction(TESTER) as tx:
        await payments.record_refund(tx, refund_id, sent_back(await payments.refund(tx, refund_id)))
    done = await shop.get(f"/orders/{head.number}")

    assert "Thank you" not in text(asked)
    assert "Something in it was no longer there" in text(asked)
    assert "Refund on its way" in text(asked)
    assert "Refunded" in text(done)
    assert "$48.60 of it went back to you." in text(done)


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (OrderStatus.PENDING, ["Order placed", "Waiting for your payment", "Being packed", "On its way", "Delivered"]),
        (OrderStatus.DELIVERED, ["Order placed", "Payment received", "Being packed", "On its way", "Delivered"]),
        (OrderStatus.CANCELLED, ["Order placed", "Order cancelled"]),
    ],
)
async def test_the_timeline_tells_an_orders_life(db: Database, status: OrderStatus, steps: list[str]) -> None:
    async with db.transaction(TESTER) as tx:
        head = await brought_to(tx, status)
        entries = timeline(await orders.order(tx, head.id))

    assert [words for words, _time, _state, _note in entries] == steps
    assert all(time for _words, time, state, _note in entries if state == "done" and _words != "Being packed")


async def test_an_order_of_nothing_says_so(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        head = await placed(tx, discount=4500, tax=0, tax_lines=(), total=0)
        await orders.confirm(tx, head.id)

        assert "Nothing to pay" in [entry[0] for entry in timeline(await orders.order(tx, head.id))]


async def test_a_payment_that_failed_says_so(db: Database) -> None:
    async with db.transaction(TESTER) as tx:
        head = await placed(tx)
        await orders.cancel(tx, head.id, reason=CancelReason.PAYMENT_FAILED)
        failed = timeline(await orders.order(tx, head.id))
        paid = await placed(tx)
        await pay(tx, paid.id)

        assert [entry[0] for entry in failed] == ["Order placed", "Payment failed", "Order cancelled"]
        assert "Payment received" in [entry[0] for entry in timeline(await orders.order(tx, paid.id))]
