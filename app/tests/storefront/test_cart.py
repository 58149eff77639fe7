"""The cart as shoppers use it, with htmx and as plain forms."""

from typing import Any
from uuid import UUID

from app.tests.storefront.conftest import Send, Shelves
from app.tests.storefront.test_catalog import words
from app.web.testing import Browser, another_browser
from domains import catalog, inventory, pricing, shipping
from domains.inventory.tests.factories import hold, move_clock
from domains.kit import Database, new_id
from domains.search.tests.factories import STAFF


async def test_an_empty_cart_says_what_to_do_and_sets_no_cookie(shop: Browser) -> None:
    page = await shop.get("/cart")

    assert page.status_code == 200
    assert "Your cart is empty" in words(page)
    assert "set-cookie" not in page.headers
    assert page.headers["cache-control"] == "private, no-store"
    assert page.text.count("<h1") == 1


async def test_the_first_thing_added_brings_the_cookie(shop: Browser, mug: UUID) -> None:
    answer = await shop.post("/cart/lines", data={"variant_id": str(mug), "quantity": "2"})

    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert answer.headers["location"] == "/cart"
    assert cookie.startswith("cart=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert str(30 * 24 * 3600) in cookie


async def test_what_was_added_is_shown_with_its_price_and_the_way_on(send: Send, mug: UUID) -> None:
    shown = words(await send("/cart/lines", {"variant_id": str(mug), "quantity": "2"}))

    assert "Stoneware mug" in shown
    assert "$48.00" in shown
    assert "Check out" in shown


async def test_htmx_shows_the_drawer_the_badge_and_says_so(shop: Browser, mug: UUID) -> None:
    answer = await shop.htmx("POST", "/cart/lines", data={"variant_id": str(mug), "quantity": "2"})

    assert "<html" not in answer.text
    assert "data-open-now" in answer.text
    assert 'id="cart-badge" class="badge" hx-swap-oob="true">2' in answer.text
    assert "Stoneware mug was added to your cart. Subtotal $48.00." in words(answer)
    assert "set-cookie" in answer.headers


async def test_the_choice_of_size_and_colour_means_a_variant(send: Send, shelves: Shelves) -> None:
    size, colour = shelves.shirt.options

    shown = words(
        await send(
            "/cart/lines",
            {
                "product_id": str(shelves.shirt.id),
                "value1": str(size.values[1].id),
                "value2": str(colour.values[1].id),
                "quantity": "1",
            },
        )
    )

    assert "Linen shirt" in shown
    assert "Size: M, Colour: Rust" in shown


async def test_a_choice_left_open_is_asked_for(send: Send, shelves: Shelves) -> None:
    size = shelves.shirt.options[0]

    answer = await send("/cart/lines", {"product_id": str(shelves.shirt.id), "value1": str(size.values[1].id)})

    assert answer.status_code == 422
    assert "Choose one: Colour." in words(answer)


async def test_a_quantity_is_changed(send: Send, shop: Browser, mug: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug), "quantity": "1"})

    answer = await send(f"/cart/lines/{mug}", {"quantity": "3"})

    assert answer.status_code == 200
    assert 'value="3"' in answer.text
    assert "$72.00" in words(answer)


async def test_zero_and_remove_take_a_line_out(send: Send, shop: Browser, mug: UUID, last: UUID) -> None:
    for thing in (mug, last):
        await shop.post("/cart/lines", data={"variant_id": str(thing)})

    after_zero = await send(f"/cart/lines/{mug}", {"quantity": "0"})
    after_remove = await send(f"/cart/lines/{last}", {"remove": "yes"})

    assert "Last mug" in words(after_zero)
    assert "Your cart is empty" in words(after_remove)
    assert (await send(f"/cart/lines/{last}", {"remove": "yes"})).status_code == 200


async def test_what_was_removed_by_mistake_can_be_put_back(shop: Browser, mug: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug), "quantity": "3"})

    answer = await shop.htmx("POST", f"/cart/lines/{mug}", data={"remove": "yes"})

    assert "Stoneware mug was removed." in words(answer)
    assert f'name="variant_id" value="{mug}"' in answer.text
    assert 'name="quantity" value="3"' in answer.text


async def test_more_than_there_are_is_told_beside_the_quantity(send: Send, shop: Browser, last: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(last), "quantity": "1"})

    answer = await send(f"/cart/lines/{last}", {"quantity": "5"})

    assert answer.status_code == 409
    assert f'id="quantity-{last}-error"' in answer.text
    assert f'aria-describedby="quantity-{last}-error"' in answer.text
    assert 'value="5"' in answer.text
    assert "Only 2 are left. Choose 2 or fewer." in words(answer)
    assert "Take 2" in words(answer)
    assert "2 × $10.00" not in words(await shop.get("/cart"))


async def test_adding_more_than_there_are_offers_what_is_possible(send: Send, shop: Browser, last: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(last), "quantity": "1"})

    answer = await send("/cart/lines", {"variant_id": str(last), "quantity": "2"})

    assert answer.status_code == 409
    assert "Only 2 are left, and 1 of them are in your cart. You can add 1 more." in words(answer)
    assert 'name="quantity" value="1"' in answer.text


async def test_what_is_sold_out_is_not_added(send: Send, live_db: Database) -> None:
    async with live_db.transaction(STAFF) as tx:
        gone = await catalog.variant_by_sku(tx, "GONE-MUG")
    assert gone is not None

    answer = await send("/cart/lines", {"variant_id": str(gone.variant_id)})

    assert answer.status_code == 409
    assert "This is sold out." in words(answer)


IMPOSSIBLE = ("-1", "-0", "-2", "1.5", "1e3", "1.0", "١", "1_0", "+1", "1000", str(2**31), str(2**63), str(10**23))


async def test_impossible_quantities_are_refused_and_change_nothing(send: Send, shop: Browser, mug: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug), "quantity": "2"})

    answers = {}
    for quantity in IMPOSSIBLE:
        added = await send("/cart/lines", {"variant_id": str(mug), "quantity": quantity})
        changed = await send(f"/cart/lines/{mug}", {"quantity": quantity})
        answers[quantity] = added.status_code, changed.status_code

    assert answers == dict.fromkeys(IMPOSSIBLE, (422, 422))
    assert "$48.00" in words(await shop.get("/cart"))


async def test_none_cannot_be_added_and_nothing_typed_means_one(send: Send, mug: UUID) -> None:
    none = await send("/cart/lines", {"variant_id": str(mug), "quantity": "0"})
    untyped = await send("/cart/lines", {"variant_id": str(mug), "quantity": ""})

    assert none.status_code == 422
    assert "$24.00" in words(untyped)


async def test_a_form_cannot_name_the_price(send: Send, shop: Browser, mug: UUID) -> None:
    for field in ("unit_price", "total", "discount", "currency"):
        answer = await send("/cart/lines", {"variant_id": str(mug), "quantity": "1", field: "1"})

        assert answer.status_code == 422
    assert "Your cart is empty" in words(await shop.get("/cart"))


async def test_an_unknown_variant_is_not_for_sale(send: Send) -> None:
    for form in ({"variant_id": str(new_id())}, {"product_id": str(new_id())}, {}):
        answer = await send("/cart/lines", form)

        assert answer.status_code == 404


async def test_a_line_of_nobodys_cart_cannot_be_changed(send: Send, mug: UUID) -> None:
    answer = await send(f"/cart/lines/{mug}", {"quantity": "1"})

    assert answer.status_code == 404


async def test_a_changed_price_is_told(shop: Browser, live_db: Database, mug: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug)})
    async with live_db.transaction(STAFF) as tx:
        await pricing.set_price(tx, mug, 2650)

    shown = words(await shop.get("/cart"))

    assert "The price changed from $24.00 to $26.50 since you added it." in shown


async def test_what_is_gone_meanwhile_has_to_be_settled_before_checking_out(
    shop: Browser, live_db: Database, shelves: Shelves, mug: UUID, last: UUID
) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug)})
    await shop.post("/cart/lines", data={"variant_id": str(last), "quantity": "2"})
    await hold(live_db, {last: 1})
    async with live_db.transaction(STAFF) as tx:
        await catalog.unpublish(tx, shelves.mug)

    shown = words(await shop.get("/cart"))

    assert "This is no longer sold" in shown
    assert "Only 1 left" in shown
    assert "Take the one" in shown
    assert "Change or remove what is marked" in shown
    assert "Check out" not in shown


async def test_the_summary_estimates_delivery_and_says_what_is_open(
    shop: Browser, live_db: Database, mug: UUID
) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug)})

    before = words(await shop.get("/cart"))
    async with live_db.transaction(STAFF) as tx:
        await _delivery(tx)
    after = words(await shop.get("/cart"))

    assert "Delivery At checkout" in before
    assert "Delivery United States From $5.00" in after
    assert "Estimated total $29.00" in after


async def test_the_badge_counts_and_belongs_to_its_visitor(shop: Browser, mug: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug), "quantity": "3"})

    own = await shop.htmx("GET", "/cart/badge")
    async with another_browser(shop.shop) as stranger:
        strangers = await stranger.htmx("GET", "/cart/badge")
        plain = await stranger.get("/cart/badge")

    assert own.text.startswith('<span id="cart-badge" class="badge">3')
    assert strangers.text.strip() == '<span id="cart-badge"></span>'
    assert own.headers["cache-control"] == strangers.headers["cache-control"] == "private, no-store"
    assert (plain.status_code, plain.headers["location"]) == (303, "/cart")


async def test_the_lines_are_a_fragment_and_a_page(shop: Browser, mug: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug)})

    fragment = await shop.htmx("GET", "/cart/lines")
    page = await shop.get("/cart/lines")

    assert fragment.text.strip().startswith('<div id="cart-lines"')
    assert "<h1" in page.text


async def test_quick_changes_of_the_cart_wait_for_one_another(shop: Browser, mug: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug)})

    lines = (await shop.get("/cart")).text

    forms = lines.count('hx-target="#cart-lines"')
    assert forms == lines.count('hx-sync="#cart-lines:queue all"') == 3


async def test_a_cart_of_yesterday_is_still_there_and_one_of_last_month_is_not(
    shop: Browser, live_db: Database, mug: UUID
) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug)})

    await move_clock(live_db, hours=23, minutes=59)
    yesterdays = words(await shop.get("/cart"))
    await move_clock(live_db, days=31)
    last_months = words(await shop.get("/cart"))

    assert "Stoneware mug" in yesterdays
    assert "Your cart is empty" in last_months


async def test_a_cookie_of_an_expired_cart_begins_a_new_one(shop: Browser, live_db: Database, mug: UUID) -> None:
    await shop.post("/cart/lines", data={"variant_id": str(mug)})
    before = shop.cookies["cart"]
    await move_clock(live_db, days=31)

    answer = await shop.post("/cart/lines", data={"variant_id": str(mug)})

    assert answer.status_code == 303
    assert shop.cookies["cart"] != before


async def test_a_guessed_cookie_opens_nothing(shop: Browser) -> None:
    shop.cookies.set("cart", "guessed")

    assert "Your cart is empty" in words(await shop.get("/cart"))


async def test_another_site_cannot_fill_the_cart(shop: Browser, mug: UUID) -> None:
    answer = await shop.post("/cart/lines", data={"variant_id": str(mug)}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403


async def test_what_can_be_ordered_ahead_says_when_it_comes(shop: Browser, live_db: Database) -> None:
    async with live_db.transaction(STAFF) as tx:
        later = await catalog.variant_by_sku(tx, "LATER-MUG")
        assert later is not None
        await inventory.set_policy(tx, variant_id=later.variant_id, backorder_allowed=True)

    await shop.post("/cart/lines", data={"variant_id": str(later.variant_id), "quantity": "4"})

    assert "Can be ordered, arrives later" in words(await shop.get("/cart"))


async def _delivery(tx: Any) -> None:
    from_here = await shipping.add_zone(tx, name="Home", regions=[shipping.RegionDraft("US")])
    await shipping.add_method(
        tx,
        zone_id=from_here,
        code="standard",
        name="Standard",
        days_min=1,
        days_max=2,
        bands=[shipping.BandDraft("USD", 500)],
    )
