"""The wish list as shoppers use it, with htmx and as plain forms."""

import asyncio
import re
from uuid import UUID

import httpx
import pytest

from app.tests.storefront.conftest import Send, Shelves
from app.tests.storefront.test_catalog import words
from app.web.testing import Browser, another_browser, browser
from app.web.visitors import cookie_name
from domains import accounts, catalog, inventory, pricing
from domains.inventory.tests.factories import move_clock
from domains.kit import Database, new_id
from domains.search.tests.factories import STAFF

PASSWORD = "four words of mine"


async def saved(shop: Browser) -> str:
    """What the page says."""
    return words(await shop.get("/wishlist"))


def action(page: httpx.Response, verb: str) -> str:
    """Where the first form that does this is sent."""
    found = re.search(rf'action="(/wishlist/items/[0-9a-f-]+/{verb})"', page.text)
    assert found is not None, words(page)
    return found[1]


async def test_an_empty_list_says_what_to_do_and_sets_no_cookie(shop: Browser) -> None:
    page = await shop.get("/wishlist")

    assert page.status_code == 200
    assert "Nothing on your wish list yet" in words(page)
    assert "set-cookie" not in page.headers
    assert page.headers["cache-control"] == "private, no-store"
    assert "noindex" in page.text
    assert page.text.count("<h1") == 1


async def test_the_first_thing_saved_brings_a_cookie_out_of_reach_for_scripts(shop: Browser, mug: UUID) -> None:
    answer = await shop.post("/wishlist/items", data={"variant_id": str(mug)})
    again = await shop.post("/wishlist/items", data={"variant_id": str(mug)})

    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/wishlist")
    assert cookie.startswith("wishlist=")
    for part in ("HttpOnly", "SameSite=lax", "Path=/", str(365 * 24 * 3600)):
        assert part in cookie
    assert again.headers["set-cookie"].split(";")[0] == cookie.split(";")[0], "the same list, for a year from now"


async def test_over_https_the_cookie_is_bound_to_the_host(live_db: Database, redis_url: str, mug: UUID) -> None:
    async with browser(live_db.url, redis_url, BASE_URL="https://shop.example.com") as shop:
        answer = await shop.post("/wishlist/items", data={"variant_id": str(mug)})

    assert answer.headers["set-cookie"].startswith("__Host-wishlist=")
    assert "Secure" in answer.headers["set-cookie"]


async def test_a_product_page_offers_to_save_and_stays_the_same_for_everybody(shop: Browser, mug: UUID) -> None:
    before = await shop.get("/products/stoneware-mug")
    await shop.post("/wishlist/items", data={"variant_id": str(mug)})
    after = await shop.get("/products/stoneware-mug")

    assert 'formaction="/wishlist/items"' in before.text
    assert before.text == after.text
    assert "set-cookie" not in after.headers


async def test_what_is_chosen_on_the_product_page_is_saved_as_far_as_it_is(
    shop: Browser, shelves: Shelves, send: Send
) -> None:
    size, colour = shelves.shirt.options
    form = {"product_id": str(shelves.shirt.id), "quantity": ""}

    await send("/wishlist/items", {**form, "value1": str(size.values[1].id), "value2": str(colour.values[1].id)})
    chosen = await saved(shop)
    await send("/wishlist/items", {**form, "value1": str(size.values[1].id)})
    page = await shop.get("/wishlist")

    assert "Size: M, Colour: Rust" in chosen
    assert "Choose options" not in chosen
    assert "Choose options Linen shirt" in words(page)
    assert page.text.count('class="card wish"') == 2


async def test_htmx_says_beside_the_button_that_it_is_saved(shop: Browser, mug: UUID) -> None:
    answer = await shop.htmx("POST", "/wishlist/items", data={"variant_id": str(mug)})

    assert "<html" not in answer.text
    assert "is on your wish list" in words(answer)
    assert 'href="/wishlist"' in answer.text
    assert 'id="announcement"' in answer.text
    assert shop.cookies["wishlist"]


async def test_the_list_shows_price_stock_and_what_became_of_them(
    shop: Browser, live_db: Database, mug: UUID, shelves: Shelves
) -> None:
    async with live_db.transaction(STAFF) as tx:
        gone = await catalog.variant_by_sku(tx, "GONE-MUG")
        assert gone is not None
    for variant_id in (mug, gone.variant_id):
        await shop.post("/wishlist/items", data={"variant_id": str(variant_id)})

    before = await saved(shop)
    async with live_db.transaction(STAFF) as tx:
        await pricing.set_price(tx, mug, 2100)
        await inventory.receive(tx, variant_id=gone.variant_id, warehouse_id=shelves.warehouse, quantity=3)
    after = await saved(shop)

    assert "$24.00" in before
    assert "Sold out" in before
    assert "less than when you saved it" not in before
    assert "$3.00 less than when you saved it" in after
    assert "Back since you saved it" in after
    assert "Only 3 left" in after


async def test_what_is_no_longer_sold_stays_until_it_is_removed(
    shop: Browser, live_db: Database, mug: UUID, shelves: Shelves
) -> None:
    await shop.post("/wishlist/items", data={"variant_id": str(mug)})
    async with live_db.transaction(STAFF) as tx:
        await catalog.unpublish(tx, shelves.mug)

    page = await shop.get("/wishlist")

    assert "No longer sold" in words(page)
    assert "Stoneware mug" in words(page)
    assert "/products/stoneware-mug" not in page.text
    assert "Add to cart" not in words(page)
    await shop.post(action(page, "remove"))
    assert "Nothing on your wish list yet" in await saved(shop)


async def test_a_thing_is_removed_and_can_be_put_back(shop: Browser, mug: UUID) -> None:
    await shop.post("/wishlist/items", data={"variant_id": str(mug)})
    page = await shop.get("/wishlist")

    fragment = await shop.htmx("POST", action(page, "remove"))
    again = await shop.htmx("POST", action(page, "remove"))

    assert fragment.text.strip().startswith('<div id="wishlist"')
    assert "Stoneware mug was removed." in words(fragment)
    assert "Put it back" in words(fragment)
    assert f'name="variant_id" value="{mug}"' in fragment.text
    assert again.status_code == 404


async def test_a_thing_moves_to_the_cart_once(shop: Browser, mug: UUID) -> None:
    await shop.post("/wishlist/items", data={"variant_id": str(mug)})
    path = action(await shop.get("/wishlist"), "cart")

    moved = await shop.post(path)
    again = await shop.post(path)

    assert (moved.status_code, moved.headers["location"]) == (303, "/cart")
    assert shop.cookies["cart"]
    assert again.status_code == 404
    assert "Stoneware mug" in words(await shop.get("/cart"))
    assert (await shop.htmx("GET", "/cart/badge")).text.startswith('<span id="cart-badge" class="badge">1')
    assert "Nothing on your wish list yet" in await saved(shop)


async def test_two_presses_at_once_put_one_thing_into_the_cart(shop: Browser, mug: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug)})
    await shop.post("/wishlist/items", data={"variant_id": str(mug)})
    path = action(await shop.get("/wishlist"), "cart")

    answers = await asyncio.gather(*(shop.post(path) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404]
    assert (await shop.htmx("GET", "/cart/badge")).text.startswith('<span id="cart-badge" class="badge">2')


async def test_moving_by_htmx_updates_list_and_badge(shop: Browser, mug: UUID) -> None:
    await shop.post("/wishlist/items", data={"variant_id": str(mug)})

    answer = await shop.htmx("POST", action(await shop.get("/wishlist"), "cart"))

    assert answer.text.strip().startswith('<div id="wishlist"')
    assert "Stoneware mug is in your cart now." in words(answer)
    assert 'id="cart-badge" class="badge" hx-swap-oob="true">1' in answer.text


async def test_quick_changes_of_the_list_wait_for_one_another(shop: Browser, mug: UUID) -> None:
    await shop.post("/wishlist/items", data={"variant_id": str(mug)})

    page = (await shop.get("/wishlist")).text

    assert page.count('hx-target="#wishlist"') == page.count('hx-sync="#wishlist:queue all"') == 2


async def test_what_sold_out_meanwhile_stays_on_the_list_and_says_so(
    shop: Browser, live_db: Database, last: UUID, shelves: Shelves
) -> None:
    await shop.post("/wishlist/items", data={"variant_id": str(last)})
    path = action(await shop.get("/wishlist"), "cart")
    async with live_db.transaction(STAFF) as tx:
        await inventory.adjust(
            tx, variant_id=last, warehouse_id=shelves.warehouse, change=-2, reason=inventory.Reason.DAMAGED
        )

    answer = await shop.post(path)

    assert answer.status_code == 409
    assert "This cannot go into your cart as it is." in words(answer)
    assert "Last mug" in words(answer)
    assert "Your cart is empty" in words(await shop.get("/cart"))


async def test_a_line_of_the_cart_is_kept_for_later(shop: Browser, mug: UUID, send: Send) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug), "quantity": "3"})
    assert "Save for later" in words(await shop.get("/cart"))

    answer = await send(f"/cart/lines/{mug}/later", {})

    assert "Your cart is empty" in words(answer)
    assert "Stoneware mug" in await saved(shop)
    assert (await shop.htmx("GET", "/cart/badge")).text.strip() == '<span id="cart-badge"></span>'
    assert (await shop.post(f"/cart/lines/{mug}/later")).status_code == 404, "it is in no cart any more"


async def test_a_list_belongs_to_its_browser(shop: Browser, mug: UUID) -> None:
    await shop.post("/wishlist/items", data={"variant_id": str(mug)})
    page = await shop.get("/wishlist")

    async with another_browser(shop.shop) as stranger:
        seen = await saved(stranger)
        tries = [await stranger.post(action(page, verb)) for verb in ("remove", "cart")]
        stranger.cookies.set("wishlist", "guessed")
        guessed = await saved(stranger)

    assert "Nothing on your wish list yet" in seen
    assert "Nothing on your wish list yet" in guessed
    assert [answer.status_code for answer in tries] == [404, 404]
    assert "Stoneware mug" in await saved(shop)


async def test_another_site_cannot_save(shop: Browser, mug: UUID) -> None:
    answer = await shop.post("/wishlist/items", data={"variant_id": str(mug)}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


async def test_what_is_unknown_cannot_be_saved_and_sets_no_cookie(shop: Browser) -> None:
    answers = [
        await shop.post("/wishlist/items", data=form)
        for form in ({}, {"variant_id": str(new_id())}, {"product_id": str(new_id())}, {"price": "1"})
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 422]
    assert all("set-cookie" not in answer.headers for answer in answers)


async def test_a_list_is_kept_for_a_year(shop: Browser, live_db: Database, mug: UUID) -> None:
    await shop.post("/wishlist/items", data={"variant_id": str(mug)})

    await move_clock(live_db, days=364)
    kept = await saved(shop)
    await move_clock(live_db, days=366)
    over = await saved(shop)

    assert "Stoneware mug" in kept
    assert "Nothing on your wish list yet" in over


async def test_at_log_in_the_guests_list_becomes_the_accounts_on_every_device(
    shop: Browser, live_db: Database, mug: UUID, last: UUID
) -> None:
    async with live_db.transaction(STAFF) as tx:
        account_id = await accounts.register(
            tx,
            email="ada@example.com",
            password_hash=await accounts.hash_password(PASSWORD),
            first_name="Ada",
            last_name="Lovelace",
        )
        assert account_id is not None
    await shop.post("/wishlist/items", data={"variant_id": str(mug)})
    guests = await saved(shop)

    await shop.post("/account/login", data={"email": "ada@example.com", "password": PASSWORD})
    members = await saved(shop)
    async with another_browser(shop.shop) as phone:
        await phone.post("/wishlist/items", data={"variant_id": str(last)})
        await phone.post("/account/login", data={"email": "ada@example.com", "password": PASSWORD})
        both = await saved(phone)
        await phone.post("/account/logout")
        nobodys = await saved(phone)

    assert "Log in to have it on all your devices" in guests
    assert "Stoneware mug" in members
    assert "Log in to have it" not in members
    assert "Stoneware mug" in both
    assert "Last mug" in both
    assert "Nothing on your wish list yet" in nobodys, "what is the account's is not the browser's"
    assert cookie_name(shop.shop.litestar.state.settings, "wishlist") in shop.cookies


@pytest.mark.parametrize("path", ["/", "/products/stoneware-mug", "/account/login"])
async def test_every_page_leads_to_the_list(shop: Browser, path: str) -> None:
    assert 'href="/wishlist"' in (await shop.get(path)).text
