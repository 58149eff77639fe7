"""What can be done from an order's page and the list of an account's orders: look, wait, order again, cancel."""

import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from uuid import UUID

import httpx
import pytest

from app.routes.storefront.orders import showing
from app.tests.storefront.conftest import Shelves
from app.tests.storefront.test_catalog import words
from app.web.testing import Browser, another_browser
from app.web.visitors import cookie_name
from domains import accounts, catalog, inventory, orders, pricing
from domains.kit import Database
from domains.orders import CancelReason, OrderStatus
from domains.orders.tests.factories import TESTER, a_line, an_account, brought_to, placed

UPS = "1Z 999 AA1 0123456784"
FREE = {"discount": 4500, "tax": 0, "tax_lines": (), "total": 0}


@asynccontextmanager
async def logged_in(shop: Browser, db: Database, account_id: UUID) -> AsyncIterator[Browser]:
    async with db.transaction(TESTER) as tx:
        token = await accounts.open_session(tx, account_id)
    async with another_browser(shop.shop) as browser:
        browser.cookies.set(cookie_name(shop.shop.litestar.state.settings, "session"), token)
        yield browser


@pytest.fixture
async def ada(shop: Browser, live_db: Database) -> AsyncIterator[Browser]:
    async with live_db.transaction(TESTER) as tx:
        account_id = await an_account(tx, "ada@example.com")
    async with logged_in(shop, live_db, account_id) as browser:
        yield browser


async def account_of(db: Database, email: str) -> UUID:
    async with db.transaction(TESTER) as tx:
        account_id = await accounts.find_account(tx, email)
    assert account_id is not None
    return account_id


async def order_of(db: Database, status: OrderStatus, things: dict[UUID, int] | None = None) -> orders.OrderHead:
    """Ada's order of these variants, at $20 each."""
    account_id = await account_of(db, "ada@example.com")
    async with db.transaction(TESTER) as tx:
        variants = await catalog.variants(tx, things or {})
        lines = tuple(
            a_line(
                variant_id=variant_id,
                product_id=variants[variant_id].product_id,
                product_name=variants[variant_id].product_name,
                options=variants[variant_id].options,
                sku=variants[variant_id].sku,
                quantity=quantity,
            )
            for variant_id, quantity in (things or {}).items()
        )
        subtotal = 2000 * sum((things or {}).values())
        changes = {"lines": lines, "subtotal": subtotal, "shipping": 0, "tax": 0, "tax_lines": (), "total": subtotal}
        return await brought_to(tx, status, user_id=account_id, **(changes if things else {}))


def watched(page: httpx.Response) -> str:
    """The address by which the page asks for news."""
    found = re.search(r'<div id="order" hx-get="([^"]+)" hx-trigger="every 60s"', page.text)
    assert found is not None
    return unescape(found[1])


async def test_the_list_shows_state_things_and_total_and_only_ones_own(
    ada: Browser, live_db: Database, mug: UUID
) -> None:
    mine = await order_of(live_db, OrderStatus.SHIPPED, {mug: 2})
    async with live_db.transaction(TESTER) as tx:
        foreign = await placed(tx)

    page = await ada.get("/account/orders")

    shown = words(page)
    for part in (mine.number, "On its way", "$40.00", "2 × Stoneware mug", "Order again"):
        assert part in shown, part
    assert foreign.number not in shown
    assert page.headers["cache-control"] == "private, no-store"


async def test_the_list_is_filtered_by_its_address(ada: Browser, live_db: Database, mug: UUID, last: UUID) -> None:
    shipped, paid = (
        await order_of(live_db, OrderStatus.SHIPPED, {mug: 1}),
        await order_of(live_db, OrderStatus.CONFIRMED, {last: 1}),
    )
    year = str(time.gmtime().tm_year)

    async def found(query: str) -> set[str]:
        text = words(await ada.get(f"/account/orders?{query}"))
        return {number for number in (shipped.number, paid.number) if number in text}

    both = {shipped.number, paid.number}
    assert await found("") == both
    assert await found("q=&state=&year=") == both
    assert await found("state=shipped") == {shipped.number}
    assert await found("q=last+mug") == {paid.number}
    assert await found(f"q={shipped.number}&state=shipped") == {shipped.number}
    assert await found("state=nonsense&year=soon&page=-1") == both
    assert await found("year=1999") == set()
    filtered = await ada.get(f"/account/orders?state=delivered&q=mug&year={year}")
    assert "No order fits" in words(filtered)
    assert "0 orders" in words(filtered)
    for without in (f"q=mug&amp;year={year}", f"state=delivered&amp;year={year}", "q=mug&amp;state=delivered"):
        assert f'href="/account/orders?{without}"' in filtered.text, "every filter can be let go alone"


async def test_nobody_has_orders_before_he_buys_or_without_an_account(ada: Browser, shop: Browser) -> None:
    empty = await ada.get("/account/orders?state=shipped")
    guest = await shop.get("/account/orders?state=shipped")

    assert "No order fits" in words(empty)
    assert "No orders so far" in words(await ada.get("/account/orders"))
    assert (guest.status_code, guest.headers["location"][:14]) == (303, "/account/login")
    assert "next=" in guest.headers["location"]


async def test_a_page_under_way_asks_for_news_and_is_answered_only_when_there_are_some(
    ada: Browser, live_db: Database
) -> None:
    head = await order_of(live_db, OrderStatus.CONFIRMED)
    page = await ada.get(f"/orders/{head.number}")

    nothing = await ada.htmx("GET", watched(page))
    async with live_db.transaction(TESTER) as tx:
        await orders.ship(tx, head.id, tracking_number=UPS)
    news = await ada.htmx("GET", watched(page))
    again = await ada.htmx("GET", watched(news))
    async with live_db.transaction(TESTER) as tx:
        await orders.deliver(tx, head.id)
    end = await ada.htmx("GET", watched(news))

    assert (nothing.status_code, nothing.text) == (204, "")
    assert news.status_code == 200
    assert "<html" not in news.text
    assert "On its way" in words(news)
    assert 'id="announcement"' in news.text
    assert again.status_code == 204
    assert "Delivered" in words(end)
    assert "hx-trigger" not in end.text, "nothing more is to come"


async def test_a_page_left_open_for_hours_stops_asking_and_says_so(ada: Browser, live_db: Database) -> None:
    head = await order_of(live_db, OrderStatus.CONFIRMED)
    address = watched(await ada.get(f"/orders/{head.number}"))
    long_ago = re.sub(r"since=\d+", f"since={int(time.time()) - showing._WATCHED_FOR - 1}", address)

    answers = [await ada.htmx("GET", path) for path in (long_ago, re.sub(r"since=\d+", "since=x", address))]

    for answer in answers:
        assert answer.status_code == 200
        assert "hx-trigger" not in answer.text
        assert "no longer updates itself" in words(answer)


async def test_a_parcel_whose_number_names_its_carrier_can_be_followed(ada: Browser, live_db: Database) -> None:
    named, unnamed = await order_of(live_db, OrderStatus.CONFIRMED), await order_of(live_db, OrderStatus.SHIPPED)
    async with live_db.transaction(TESTER) as tx:
        await orders.ship(tx, named.id, tracking_number=UPS)

    followed, told = [await ada.get(f"/orders/{head.number}") for head in (named, unnamed)]

    assert 'href="https://www.ups.com/track' in followed.text
    assert UPS in words(followed)
    assert "1Z 999" in words(told)
    assert "Follow the parcel" not in words(told)


async def test_the_order_again_goes_into_the_cart_and_every_change_is_told(
    ada: Browser, live_db: Database, mug: UUID, last: UUID, shelves: Shelves
) -> None:
    sage, rust = shelves.shirt.variants[0].id, shelves.shirt.variants[2].id
    head = await order_of(live_db, OrderStatus.DELIVERED, {mug: 2, last: 5, sage: 1, rust: 1})
    async with live_db.transaction(TESTER) as tx:
        await pricing.set_price(tx, mug, 2150)
        await inventory.adjust(
            tx, variant_id=sage, warehouse_id=shelves.warehouse, change=-20, reason=inventory.Reason.DAMAGED
        )
        await tx.sql("UPDATE catalog.variants SET is_active = false WHERE id = :id", {"id": rust})

    looked = words(await ada.get(f"/orders/{head.number}/again"))
    answer = await ada.post(f"/orders/{head.number}/again")
    twice = await ada.post(f"/orders/{head.number}/again")
    page = await ada.get(answer.headers["location"])
    cart = words(await ada.get("/cart"))

    assert "Put what there is into the cart" in looked
    assert "0 of 2 in your cart" in looked
    assert {answer.headers["location"], twice.headers["location"]} == {f"/orders/{head.number}/again"}
    shown = words(page)
    for part in (
        "In your cart again",
        "2 in your cart",
        "The price was $20.00 and is $21.50 now.",
        "2 of 5 in your cart",
        "Only 2 left",
        "Sold out",
        "No longer made in this combination",
        "See your cart (4)",
    ):
        assert part in shown, part
    assert "Stoneware mug" in cart
    assert "Last mug" in cart
    assert "Linen shirt" not in cart


async def test_nothing_of_it_left_says_so(ada: Browser, live_db: Database, mug: UUID, shelves: Shelves) -> None:
    head = await order_of(live_db, OrderStatus.DELIVERED, {mug: 2})
    async with live_db.transaction(TESTER) as tx:
        await catalog.unpublish(tx, shelves.mug)

    page = await ada.get((await ada.post(f"/orders/{head.number}/again")).headers["location"])

    assert "None of it can be had now" in words(page)
    assert "No longer sold" in words(page)
    assert "/products/stoneware-mug" not in page.text


async def test_a_guest_with_the_link_orders_again_and_gets_a_cart(
    shop: Browser, live_db: Database, mug: UUID, shelves: Shelves
) -> None:
    async with live_db.transaction(TESTER) as tx:
        head = await brought_to(
            tx, OrderStatus.CONFIRMED, lines=(a_line(variant_id=mug, product_id=shelves.mug, quantity=2),)
        )
        token = await orders.open_access(tx, head.id)
    before = await shop.post(f"/orders/{head.number}/again")
    await shop.get(f"/orders/{head.number}/access/{token}")

    answer = await shop.post(f"/orders/{head.number}/again")

    assert before.status_code == 404
    assert answer.status_code == 303
    assert shop.cookies["cart"]
    assert "2 in your cart" in words(await shop.get(answer.headers["location"]))


async def test_an_unpaid_order_is_cancelled_by_who_bought_and_no_other(
    ada: Browser, shop: Browser, live_db: Database
) -> None:
    account_id = await account_of(live_db, "ada@example.com")
    async with live_db.transaction(TESTER) as tx:
        unpaid = await placed(tx, user_id=account_id, **FREE)
    path = f"/orders/{unpaid.number}/cancellation"

    offered = words(await ada.get(f"/orders/{unpaid.number}"))
    strangers = await shop.post(path)
    cancelled = await ada.post(path)
    again = await ada.post(path)
    page = words(await ada.get(f"/orders/{unpaid.number}"))

    assert "Cancel the order" in offered
    assert strangers.status_code == 404
    assert (cancelled.status_code, cancelled.headers["location"]) == (303, f"/orders/{unpaid.number}")
    assert again.status_code == 409
    assert "You cancelled it." in page
    assert "Cancel the order" not in page


@pytest.mark.parametrize("status", [OrderStatus.CONFIRMED, OrderStatus.SHIPPED, OrderStatus.DELIVERED])
async def test_a_paid_order_is_not_cancelled_from_its_page(
    ada: Browser, live_db: Database, status: OrderStatus
) -> None:
    head = await order_of(live_db, status)

    answer = await ada.post(f"/orders/{head.number}/cancellation")

    assert answer.status_code == 409
    assert "Cancel this order" not in words(await ada.get(f"/orders/{head.number}"))
    async with live_db.transaction(TESTER) as tx:
        assert (await orders.order(tx, head.id)).status is status


async def test_what_goes_back_is_told_with_its_amount(ada: Browser, live_db: Database) -> None:
    head = await order_of(live_db, OrderStatus.CONFIRMED)
    async with live_db.transaction(TESTER) as tx:
        await orders.cancel(tx, head.id, reason=CancelReason.OUT_OF_STOCK)

    page = await ada.get(f"/orders/{head.number}")

    assert "$48.60 of it is on its way back to you." in words(page)
    assert watched(page), "until it has arrived"
