"""Sending something back as customers meet it: from the order's page, and by the withdrawal of every footer."""

import re

import pytest

from app.tests.storefront.test_orders import order_in, text
from app.web.testing import Browser, another_browser
from domains import orders, returns
from domains.kit import Database
from domains.orders import OrderStatus
from domains.orders.tests.factories import TESTER
from domains.returns import ReturnKind, ReturnStatus


async def returns_of(db: Database, order: orders.OrderHead) -> tuple[returns.ReturnView, ...]:
    async with db.transaction(TESTER) as tx:
        return await returns.of_order(tx, order.id)


def fields(page: str) -> dict[str, str]:
    """The names of the form's fields with what they hold."""
    return {
        found["name"]: found["value"] or ""
        for found in re.finditer(r'<input[^>]*name="(?P<name>[^"]+)"[^>]*value="(?P<value>[^"]*)"', page)
    }


async def test_a_guest_sends_something_back_from_his_order_page_and_sees_how_it_stands(
    shop: Browser, live_db: Database
) -> None:
    head, link = await order_in(live_db, OrderStatus.DELIVERED)
    await shop.get(link)
    order_page = await shop.get(f"/orders/{head.number}")
    assert f"/orders/{head.number}/returns" in order_page.text

    form = await shop.get(f"/orders/{head.number}/returns")
    sent = fields(form.text)
    (quantity,) = [name for name in sent if name.startswith("quantity-")]
    line = quantity.removeprefix("quantity-")
    answer = await shop.post(
        f"/orders/{head.number}/returns",
        data={"key": sent["key"], quantity: "1", f"reason-{line}": "damaged", "note": "The handle is off."},
    )
    again = await shop.post(
        f"/orders/{head.number}/returns",
        data={"key": sent["key"], quantity: "1", f"reason-{line}": "damaged", "note": "The handle is off."},
    )
    shown = text(await shop.get(f"/orders/{head.number}"))

    assert (answer.status_code, again.status_code) == (303, 303)
    (back,) = await returns_of(live_db, head)
    assert (back.status, back.note, back.count) == (ReturnStatus.REQUESTED, "The handle is off.", 1)
    assert f"Return {back.number}" in shown
    assert "We are looking at it" in shown


@pytest.mark.parametrize("typed", ["-1", "1.5", "1e3", "99", "x"])
async def test_what_is_no_number_of_things_is_refused_and_kept(shop: Browser, live_db: Database, typed: str) -> None:
    head, link = await order_in(live_db, OrderStatus.DELIVERED)
    await shop.get(link)
    sent = fields((await shop.get(f"/orders/{head.number}/returns")).text)
    (quantity,) = [name for name in sent if name.startswith("quantity-")]

    answer = await shop.post(
        f"/orders/{head.number}/returns",
        data={"key": sent["key"], quantity: typed, quantity.replace("quantity", "reason"): "other"},
    )

    assert answer.status_code in (409, 422)
    assert await returns_of(live_db, head) == ()


async def test_a_return_without_a_reason_is_asked_for_it(shop: Browser, live_db: Database) -> None:
    head, link = await order_in(live_db, OrderStatus.DELIVERED)
    await shop.get(link)
    sent = fields((await shop.get(f"/orders/{head.number}/returns")).text)
    (quantity,) = [name for name in sent if name.startswith("quantity-")]

    answer = await shop.post(f"/orders/{head.number}/returns", data={"key": sent["key"], quantity: "1"})

    assert answer.status_code == 422
    assert "Choose a reason" in text(answer)


async def test_nobody_returns_from_an_order_that_is_not_his(shop: Browser, live_db: Database) -> None:
    head, _link = await order_in(live_db, OrderStatus.DELIVERED)
    async with live_db.transaction(TESTER) as tx:
        line = (await orders.order(tx, head.id)).lines[0].id

    page = await shop.get(f"/orders/{head.number}/returns")
    answer = await shop.post(
        f"/orders/{head.number}/returns", data={"key": "k", f"quantity-{line}": "1", f"reason-{line}": "other"}
    )

    assert (page.status_code, answer.status_code) == (404, 404)
    assert await returns_of(live_db, head) == ()


async def test_an_order_that_was_not_sent_has_nothing_to_return(shop: Browser, live_db: Database) -> None:
    head, link = await order_in(live_db, OrderStatus.CONFIRMED)
    await shop.get(link)

    page = await shop.get(f"/orders/{head.number}/returns")

    assert "nothing in this order" in text(page)
    assert "Return something" not in text(await shop.get(f"/orders/{head.number}"))


async def test_a_withdrawal_takes_two_steps_no_log_in_and_no_reason(shop: Browser, live_db: Database) -> None:
    head, _link = await order_in(live_db, OrderStatus.DELIVERED)
    home = await shop.get("/")
    assert 'href="/withdrawal"' in home.text
    first = await shop.get("/withdrawal")
    assert "Step 1 of 2" in text(first)

    second = await shop.post("/withdrawal", data={"number": head.number, "email": "ada@example.com"})
    assert await returns_of(live_db, head) == ()
    assert "Confirm withdrawal" in text(second)
    receipt = await shop.post("/withdrawal/confirmation", data=fields(second.text.split("<main")[1]))

    (back,) = await returns_of(live_db, head)
    assert (back.kind, back.status, back.count) == (ReturnKind.WITHDRAWAL, ReturnStatus.REQUESTED, 2)
    assert "We have received your withdrawal" in text(receipt)
    assert re.search(r"\d+:\d\d:\d\d", text(receipt))  # the time to the second
    assert receipt.headers["cache-control"] == "private, no-store"


async def test_the_withdrawal_page_tells_nobody_which_orders_there_are(shop: Browser, live_db: Database) -> None:
    head, _link = await order_in(live_db, OrderStatus.DELIVERED)

    def shape(page: str) -> str:
        return re.sub(
            r"\d+:\d\d:\d\d\W[AP]M|ORD-[0-9A-Z-]+|[a-z]+@example.com|[0-9a-f]{16,}", "", page.split("<main")[1]
        )

    async with another_browser(shop.shop) as stranger:
        right = await shop.post("/withdrawal/confirmation", data={"number": head.number, "email": "ada@example.com"})
        wrong = await stranger.post(
            "/withdrawal/confirmation", data={"number": head.number, "email": "eve@example.com"}
        )
        unknown = await stranger.post(
            "/withdrawal/confirmation", data={"number": "ORD-20260101-0000", "email": "ada@example.com"}
        )

    assert right.status_code == wrong.status_code == unknown.status_code == 200
    assert shape(right.text) == shape(wrong.text) == shape(unknown.text)
    assert len(await returns_of(live_db, head)) == 1


async def test_a_withdrawal_without_number_or_address_says_what_is_missing(shop: Browser) -> None:
    answer = await shop.post("/withdrawal", data={"number": "", "email": "nobody"})

    assert answer.status_code == 422
    assert "Enter the order number" in text(answer)
    assert "Enter the e-mail address" in text(answer)
