"""What a shopper keeps: the wish list, his orders, and an order bought once more."""

import re
from collections.abc import Iterator

from playwright.sync_api import expect

from domains import accounts, fulfilment
from domains.kit import Transaction
from e2e import steps
from e2e.stage import Stage
from e2e.tour.sights import Open, Sight


def keeping(shop: Stage, window: Open) -> Iterator[Sight]:
    """What a shopper keeps: the wish list, his orders, and an order bought once more."""
    page = window()
    page.goto("/wishlist")
    yield Sight("wishlist-empty", page)
    page.goto("/products/ember-enamel-mug")
    page.get_by_role("button", name="Save for later").click()
    expect(page.get_by_role("link", name="See your wish list")).to_be_visible()
    yield Sight("product-saved", page, again=False)
    for slug in ("harbor-stoneware-mug", "drift-wool-blanket", "heron-desk-lamp"):
        page.goto(f"/products/{slug}")
        page.get_by_role("button", name="Save for later").click()
        expect(page.get_by_role("link", name="See your wish list")).to_be_visible()
    steps.put_into_cart(page, "saturday-market-tote")
    steps.open_cart(page)
    page.get_by_role("button", name=re.compile("^Save for later")).click()
    expect(page.get_by_text("is on your wish list.").first).to_be_visible()
    yield Sight("cart-saved-for-later", page, again=False)
    shop.sql(
        "UPDATE wishlists.wishlist_items SET was_available = false, price_seen = price_seen + 500"
        " WHERE id IN (SELECT id FROM wishlists.wishlist_items ORDER BY saved_at DESC LIMIT 2)"
    )
    page.goto("/wishlist")
    yield Sight("wishlist", page)
    page.get_by_role("button", name=re.compile("^Add to cart")).first.click()
    expect(page.get_by_text("is in your cart now.").first).to_be_visible()
    yield Sight("wishlist-moved", page, again=False)
    yield from _orders(shop, window)


def _orders(shop: Stage, window: Open) -> Iterator[Sight]:
    async def join(tx: Transaction) -> None:
        hashed = await accounts.hash_password(steps.PASSWORD)
        await accounts.register(
            tx, email="keeper@example.com", password_hash=hashed, first_name="Kay", last_name="Keeper"
        )

    shop.operate(join)
    page = window()
    steps.log_in(page, "keeper@example.com")
    page.goto("/account/orders")
    yield Sight("orders-none", page)
    steps.put_into_cart(page, "tideline-serving-bowl", 2)
    steps.put_into_cart(page, "wren-plant-snips")
    steps.check_out(page)
    steps.go_on(page)
    steps.enter_address(page)
    steps.choose_delivery(page)
    steps.enter_card(page, steps.DECLINED)
    steps.pay(page)
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    (unpaid,) = shop.sql("SELECT order_number FROM orders.orders ORDER BY created_at DESC LIMIT 1")
    page.goto(f"/orders/{unpaid['order_number']}")
    page.get_by_text("Cancel this order").click()
    yield Sight("order-unpaid", page, again=False)
    page.goto("/checkout/payment")
    steps.enter_card(page)
    steps.pay(page)
    number = steps.order_number(page)

    async def ship(tx: Transaction) -> None:
        found = await tx.sql("SELECT id FROM orders.orders WHERE order_number = :number", {"number": number})
        await fulfilment.send_whole(tx, found.scalar_one(), tracking_number="1Z 999 AA1 01 2345 7190")

    shop.operate(ship)
    page.goto(f"/orders/{number}")
    yield Sight("order-shipped", page)
    page.goto("/account/orders")
    yield Sight("orders", page)
    page.goto("/account/orders?state=delivered")
    yield Sight("orders-none-fits", page)
    (line,) = shop.sql(
        "SELECT l.sku_snapshot AS sku FROM orders.order_lines l JOIN orders.orders o ON o.id = l.order_id"
        " WHERE o.order_number = $1 ORDER BY l.position LIMIT 1",
        number,
    )
    left = shop.available(line["sku"])
    shop.leave(line["sku"], 1)
    page.goto(f"/orders/{number}")
    page.get_by_role("button", name="Order again").click()
    steps.at(page, "In your cart again")
    yield Sight("order-again", page)
    shop.restock(line["sku"], left - 1)
