"""What is liked is kept: by a guest in his browser, by a member everywhere, and from there into the cart."""

import re

from playwright.sync_api import Locator, Page, expect

from domains import accounts
from domains.kit import Transaction
from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage

KIT, BRUSH, KITE = "Second winter darning kit", "Long reach bath brush", "Swift diamond kite"
KIT_PAGE, BRUSH_PAGE, KITE_PAGE = (
    "/products/second-winter-darning-kit",
    "/products/long-reach-bath-brush",
    "/products/swift-diamond-kite",
)
KIT_SKU = "MND-DRN"


def join(shop: Stage, email: str) -> None:
    """An account, made without its mails."""

    async def register(tx: Transaction) -> None:
        await accounts.register(
            tx,
            email=email,
            password_hash=await accounts.hash_password(steps.PASSWORD),
            first_name="Wilma",
            last_name="Wish",
        )

    shop.operate(register)


def save(page: Page, path: str) -> None:
    """Save a thing from its page; without scripts the list itself is the answer."""
    page.goto(path)
    page.get_by_role("button", name="Save for later").click()
    told = page.get_by_role("link", name="See your wish list")
    expect(told.or_(page.get_by_role("heading", level=1, name="Wish list"))).to_be_visible()


def open_list(page: Page) -> None:
    page.goto("/wishlist")
    steps.at(page, "Wish list")


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("article").filter(has=page.get_by_role("heading", name=name))


def test_a_guest_saves_logs_in_sees_it_everywhere_and_moves_it_to_the_cart(shop: Stage, visitor: Visit) -> None:
    join(shop, "wilma@example.com")
    page = visitor()
    save(page, KIT_PAGE)
    expect(page.locator("#announcement")).to_contain_text("was saved to your wish list")
    assert page.url.endswith(KIT_PAGE), "one goes on looking"
    save(page, KITE_PAGE)
    open_list(page)
    expect(card(page, KIT).get_by_role("button", name="Add to cart")).to_be_visible()
    expect(card(page, KITE).get_by_role("link", name="Choose options")).to_be_visible()
    (price,) = shop.sql(
        "SELECT p.amount FROM pricing.prices p JOIN catalog.variants v ON v.id = p.variant_id WHERE v.sku = $1"
        " ORDER BY p.valid_from DESC LIMIT 1",
        KIT_SKU,
    )
    shop.reprice(KIT_SKU, price["amount"] - 100)

    steps.log_in(page, "wilma@example.com")
    elsewhere = visitor(phone=True)
    steps.log_in(elsewhere, "wilma@example.com")

    for window in (page, elsewhere):
        open_list(window)
        expect(card(window, KIT)).to_contain_text("$1.00 less than when you saved it")
        expect(card(window, KITE)).to_be_visible()
    card(page, KIT).get_by_role("button", name="Add to cart").click()
    expect(page.get_by_text(f"{KIT} is in your cart now.").first).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Cart"))).to_contain_text("1")
    expect(card(page, KIT)).to_have_count(0)
    card(page, KITE).get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Nothing on your wish list yet")).to_be_visible()
    page.get_by_role("button", name="Put it back").click()
    expect(card(page, KITE)).to_be_visible()

    steps.open_cart(page)
    page.get_by_role("button", name=f"Save for later {KIT}").click()
    expect(page.get_by_text(f"{KIT} is on your wish list.").first).to_be_visible()
    expect(page.get_by_text("Your cart is empty")).to_be_visible()
    open_list(elsewhere)
    expect(card(elsewhere, KIT)).to_be_visible()
    shop.reprice(KIT_SKU, price["amount"])


def test_without_scripts_a_thing_is_saved_moved_and_kept_for_later(shop: Stage, visitor: Visit) -> None:
    page = visitor(scripts=False)
    save(page, BRUSH_PAGE)
    steps.at(page, "Wish list")
    page.goto(KITE_PAGE)
    steps.choose_first(page)
    page.get_by_role("button", name="Save for later").click()
    expect(card(page, KITE).get_by_role("button", name="Add to cart")).to_be_visible()

    card(page, KITE).get_by_role("button", name="Add to cart").click()
    steps.at(page, "Your cart")
    page.get_by_role("button", name=re.compile(f"^Save for later {KITE}")).click()
    expect(page.get_by_text("Your cart is empty")).to_be_visible()
    page.get_by_role("contentinfo").get_by_role("link", name="Wish list").click()
    for name in (BRUSH, KITE):
        card(page, name).get_by_role("button", name="Remove").click()
        steps.at(page, "Wish list")

    expect(page.get_by_text("Nothing on your wish list yet")).to_be_visible()
