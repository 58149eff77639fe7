"""After buying: the order's page tells how it stands by itself, the list finds it, and it can be bought once more."""

import re

from playwright.sync_api import expect

from domains import fulfilment, orders
from domains.kit import Transaction
from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage
from e2e.test_wishlist import join

JAR, STAR = "larder-storage-jar", "tonight-star-wheel"
JAR_SKU, STAR_SKU = "ORN-JAR-05", "FTH-STR-EN"


def test_an_order_is_followed_found_and_bought_again_with_what_changed(shop: Stage, visitor: Visit) -> None:
    join(shop, "otto@example.com")
    page = visitor()
    steps.log_in(page, "otto@example.com")
    page.goto("/account/orders")
    expect(page.get_by_text("No orders so far")).to_be_visible()
    steps.put_into_cart(page, JAR, 2)
    steps.put_into_cart(page, STAR)
    steps.check_out(page)
    steps.go_on(page)
    steps.enter_address(page)
    steps.choose_delivery(page)
    steps.enter_card(page)
    steps.pay(page)
    number = steps.order_number(page)

    # The page that stays open learns by itself what happens to the parcel.
    page.clock.install()
    page.goto(f"/orders/{number}")
    expect(page.get_by_role("listitem").filter(has_text="Being packed")).to_have_attribute("aria-current", "step")

    async def ship(tx: Transaction) -> None:
        found = await tx.sql("SELECT id FROM orders.orders WHERE order_number = :number", {"number": number})
        await fulfilment.send_whole(tx, found.scalar_one(), tracking_number="1Z 999 AA1 01 2345 6784")

    shop.operate(ship)
    page.clock.fast_forward("01:01")
    expect(page.get_by_role("link", name="Follow the parcel")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="On its way")).to_have_attribute("aria-current", "step")
    expect(page.locator("#announcement")).to_contain_text("On its way")

    # The list finds it by its state and by what was in it.
    page.get_by_role("link", name="All your orders").click()
    steps.at(page, "Your orders")
    page.get_by_role("combobox", name="State").select_option(label="Delivered")
    expect(page.get_by_text("No order fits")).to_be_visible()
    page.get_by_role("combobox", name="State").select_option(label="On its way")
    expect(page.get_by_role("link", name=number)).to_be_visible()
    assert "state=shipped" in page.url
    page.get_by_role("searchbox", name="Number or product").fill("storage jar")
    page.get_by_role("searchbox", name="Number or product").press("Enter")
    expect(page.get_by_role("link", name=re.compile("“storage jar”"))).to_be_visible()
    expect(page.get_by_role("link", name=number)).to_be_visible()

    # Bought once more, when one costs more and the other is gone; pressed twice it is in the cart once.
    (before,) = shop.sql(
        "SELECT p.amount FROM pricing.prices p JOIN catalog.variants v ON v.id = p.variant_id WHERE v.sku = $1"
        " ORDER BY p.valid_from DESC LIMIT 1",
        JAR_SKU,
    )
    shop.reprice(JAR_SKU, 4_321)
    left = shop.available(STAR_SKU)
    shop.leave(STAR_SKU, 0)
    for _press in range(2):
        page.goto(f"/orders/{number}")
        page.get_by_role("button", name="Order again").click()
        steps.at(page, "In your cart again")
    main = page.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"The price was \$[\d.]+ and is \$43\.21 now\."))
    expect(main).to_contain_text("Sold out")
    page.get_by_role("link", name="See your cart (2)").click()
    steps.at(page, "Your cart")
    expect(page.get_by_role("spinbutton", name="Quantity")).to_have_value("2")
    shop.reprice(JAR_SKU, before["amount"])
    shop.restock(STAR_SKU, left)


def test_without_scripts_a_guest_cancels_what_he_has_not_paid(shop: Stage, visitor: Visit) -> None:
    buyer = visitor()
    steps.put_into_cart(buyer, JAR)
    steps.walk_to_payment(buyer, "undecided@example.com")
    steps.enter_card(buyer, steps.DECLINED)
    steps.pay(buyer)
    expect(buyer.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    (order,) = shop.sql(
        "SELECT o.id, o.order_number FROM orders.orders o ORDER BY o.created_at DESC, o.id DESC LIMIT 1"
    )
    token = shop.operate(lambda tx: orders.open_access(tx, order["id"]))
    page = visitor(scripts=False)

    page.goto(f"/orders/{order['order_number']}/access/{token}")
    expect(page.get_by_text("This order is not paid yet")).to_be_visible()
    page.get_by_text("Cancel this order").click()
    page.get_by_role("button", name="Cancel the order").click()

    expect(page.get_by_text("You cancelled it.").first).to_be_visible()
    expect(page.get_by_role("button", name="Cancel the order")).to_have_count(0)
    page.get_by_role("button", name="Order again").click()
    steps.at(page, "In your cart again")
