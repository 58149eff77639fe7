"""A walk through every page that is built, for who looks at them all: the checks, and the pictures.

Each part is a generator of sights; the page stands open as long as the looker looks. `again` says that the page may be
loaded anew without changing what it shows, `whole` that there is more of it than the window shows.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from playwright.sync_api import Page, expect

from domains import accounts as accounts_domain
from domains import fulfilment, reviews
from domains.kit import Transaction
from e2e import staff, steps
from e2e.stage import Stage
from e2e.windows import PHONE

type Open = Callable[..., Page]


class Sight(NamedTuple):
    name: str
    page: Page
    again: bool = True
    whole: bool = True


def goods(shop: Stage, window: Open) -> Iterator[Sight]:
    page = window()
    for name, path in (
        ("home", "/"),
        ("category", "/categories/kitchen"),
        ("category-sorted", "/categories/trail?sort=price-up"),
        ("category-filtered", "/categories/kitchen?a.material=stoneware&o.color=sage&in_stock=1&price_max=60"),
        ("category-nothing-left", "/categories/kitchen?o.color=sage&price_min=500"),
        ("search", "/search?q=mug"),
        ("search-filtered", "/search?q=mug&brand=hearth+%26+loam&sort=price-down"),
        ("search-misspelt", "/search?q=keetle"),
        ("search-nothing", "/search?q=zeppelin"),
        ("search-empty", "/search"),
        ("product", "/products/harbor-stoneware-mug"),
        ("product-variant", "/products/ferry-canvas-backpack?variant=NQY-BPK"),
        ("product-reduced", "/products/ridge-dripper-and-server"),
        ("page-about", "/pages/about"),
        ("page-delivery", "/pages/delivery"),
        ("page-terms", "/pages/terms"),
        ("page-contact", "/pages/contact"),
        ("not-found", "/nothing/is/here"),
        ("product-not-found", "/products/no-such-thing"),
    ):
        page.goto(path)
        yield Sight(name, page)
    page.goto("/products/harbor-stoneware-mug")
    steps.choose(page, Color="Oat", Size="420 ml")
    expect(page.get_by_role("button", name="Sold out")).to_be_disabled()
    yield Sight("product-sold-out", page)
    page.goto("/")
    page.get_by_role("searchbox", name="Search").press_sequentially("ket")
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option").first).to_be_visible()
    yield Sight("suggestions", page, again=False, whole=False)
    page.set_viewport_size(PHONE)
    page.goto("/categories/kitchen?in_stock=1")
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("heading", name="Filters")).to_be_focused()
    yield Sight("filters", page, again=False, whole=False)
    with failing(shop):
        page.goto("/")
        yield Sight("error", page)


def carts(shop: Stage, window: Open) -> Iterator[Sight]:
    page = window()
    steps.open_cart(page)
    yield Sight("cart-empty", page)
    page.goto("/products/harbor-stoneware-mug")
    steps.choose(page, Color="Sage", Size="420 ml")
    steps.add_to_cart(page, 2)
    yield Sight("cart-added", page, again=False, whole=False)
    steps.put_into_cart(page, "larch-gooseneck-kettle")
    steps.put_into_cart(page, "the-long-way-round")
    steps.open_cart(page)
    yield Sight("cart", page)
    shop.leave("HLM-MUG-SAG-420", 7)
    page.get_by_role("spinbutton", name="Quantity").first.fill("8")
    page.get_by_role("spinbutton", name="Quantity").first.press("Tab")
    expect(page.get_by_role("button", name=re.compile("^Take 7"))).to_be_visible()
    yield Sight("cart-too-many", page, again=False)


def checkout(shop: Stage, window: Open) -> Iterator[Sight]:
    page = window()
    steps.put_into_cart(page, "harbor-stoneware-mug", 2)
    steps.put_into_cart(page, "line-ballpoint-pen")
    steps.check_out(page)
    yield Sight("checkout-contact", page)
    steps.enter_contact(page, "nobody")
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    yield Sight("checkout-contact-error", page, again=False)
    steps.enter_contact(page, "tour@example.com")
    steps.at(page, "Delivery address")
    yield Sight("checkout-address", page)
    steps.enter_address(page, **{"Postal code": "ABC", "City": ""})
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    page.get_by_role("checkbox", name="The bill goes to the same address").uncheck()
    yield Sight("checkout-address-error", page, again=False)
    page.get_by_role("checkbox", name="The bill goes to the same address").check()
    steps.enter_address(page)
    steps.at(page, "Delivery")
    yield Sight("checkout-delivery", page)
    steps.choose_delivery(page)
    expect(steps.card(page).get_by_label("Card number")).to_be_visible()
    yield Sight("checkout-payment", page)
    steps.enter_card(page, steps.DECLINED)
    steps.pay(page)
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    expect(steps.card(page).get_by_label("Card number")).to_be_visible()
    yield Sight("checkout-declined", page)
    steps.enter_card(page)
    steps.pay(page)
    number = steps.order_number(page)
    yield Sight("thank-you", page)
    page.goto(f"/orders/{number}")
    yield Sight("order", page)
    yield from _reviewing(shop, page, number)


def _reviewing(shop: Stage, page: Page, number: str) -> Iterator[Sight]:
    """The order has come, and what was in it is reviewed: two things, one of them at once, one after a look."""

    async def hand_over(tx: Transaction) -> None:
        found = await tx.sql("SELECT id FROM orders.orders WHERE order_number = :number", {"number": number})
        order_id = found.scalar_one()
        await fulfilment.send_whole(tx, order_id, tracking_number=f"1Z {number[-4:]}")
        await fulfilment.deliver_whole(tx, order_id)

    async def answer(tx: Transaction) -> None:
        found = await tx.sql("SELECT id FROM reviews.reviews WHERE title = :title", {"title": "My cup of the morning"})
        await reviews.reply(tx, found.scalar_one(), "Thank you, Ada.\nThe potter will be glad to hear it.")

    page.goto(f"/orders/{number}/reviews")
    yield Sight("reviews-not-yet", page)
    shop.operate(hand_over)
    page.goto(f"/orders/{number}")
    yield Sight("order-delivered", page)
    page.get_by_role("link", name="Write a review").click()
    steps.at(page, "Review what you bought")
    yield Sight("reviews-to-write", page)
    page.get_by_role("link", name=re.compile("^Write a review of Harbor")).click()
    steps.at(page, "How do you like it?")
    yield Sight("review", page)
    page.get_by_role("textbox", name="Name to show").fill("")
    page.get_by_role("button", name="Send review").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    yield Sight("review-error", page, again=False)
    _say(
        page,
        "My cup of the morning",
        "Heavy enough to stay, light to hold.\n\nThe glaze is warmer than it looks.",
    )
    page.get_by_role("link", name=re.compile("^Write a review of Line")).click()
    _say(page, "Cheaper elsewhere", "Look at www.pens.example before you buy.")
    expect(page.get_by_text("We look at it before it is shown").first).to_be_visible()
    yield Sight("reviews-written", page)
    shop.operate(answer)
    page.goto("/products/harbor-stoneware-mug")
    yield Sight("product-reviewed", page)
    page.goto("/products/harbor-stoneware-mug/reviews")
    yield Sight("product-reviews", page)


def _say(page: Page, title: str, words: str) -> None:
    page.get_by_role("radio", name=re.compile("^4 stars")).check()
    page.get_by_role("textbox", name="In one line").fill(title)
    page.get_by_role("textbox", name="What others should know").fill(words)
    page.get_by_role("textbox", name="Name to show").fill("Ada B.")
    page.get_by_role("button", name=re.compile("review|changes")).first.click()
    expect(page.get_by_text("Thank you for your review")).to_be_visible()


def troubles(shop: Stage, window: Open) -> Iterator[Sight]:
    """What the shopper sees when it does not go smoothly."""
    page = window()
    steps.put_into_cart(page, "rill-watering-can")
    sku = shop.sql("SELECT sku FROM catalog.variants WHERE sku LIKE 'FRW-CAN%' ORDER BY position LIMIT 1")[0]["sku"]
    steps.walk_to_payment(page, "troubles@example.com")
    shop.reprice(sku, 8_800)
    steps.enter_card(page)
    steps.pay(page)
    expect(page.get_by_role("alert").filter(has_text="The total has changed")).to_be_visible()
    yield Sight("checkout-price-changed", page, again=False)
    page.get_by_role("button", name="Accept").click()
    shop.fault(on="payment_intents.create", rate_limit=True, count=1)
    steps.enter_card(page)
    steps.pay(page)
    expect(page.get_by_role("alert").filter(has_text="Card payments cannot be taken")).to_be_visible()
    yield Sight("checkout-gateway-down", page, again=False)
    shop.fault(on="payment_intents.create", answer_lost=True)
    for reading in ("search", "list", "retrieve"):
        shop.fault(on=f"payment_intents.{reading}", error_500=True)
    page.goto("/checkout/payment")
    steps.enter_card(page)
    steps.pay(page)
    steps.at(page, "Your payment is being confirmed")
    yield Sight("checkout-waiting", page)
    shop.mend()
    expect(page.get_by_role("heading", level=1, name="Thank you")).to_be_visible(timeout=60_000)
    yield from _shortage(shop, window)
    yield from _bank(window)


def _shortage(shop: Stage, window: Open) -> Iterator[Sight]:
    shop.leave("MND-BRD-WAL-L", 1)
    page = window()
    page.goto("/products/ashlar-cutting-board")
    steps.choose(page, Wood="Walnut", Size="Large")
    steps.add_to_cart(page, 1)
    steps.put_into_cart(page, "selvedge-linen-towels", 2)
    steps.check_out(page)
    shop.leave("MND-BRD-WAL-L", 0)
    steps.enter_contact(page, "short@example.com")
    steps.at(page, "Not enough in stock")
    yield Sight("checkout-shortage", page, again=False)
    steps.open_cart(page)
    yield Sight("cart-sold-out", page)


def _bank(window: Open) -> Iterator[Sight]:
    page = window()
    steps.put_into_cart(page, "ember-enamel-mug")
    steps.walk_to_payment(page, "bank@example.com")
    steps.enter_card(page, steps.ASKS)
    steps.pay(page)
    expect(page.get_by_role("button", name="Confirm payment")).to_be_visible()
    page.goto("/checkout/return")
    steps.at(page, "Your bank wants you to confirm this payment")
    yield Sight("checkout-bank", page)


def accounts(shop: Stage, window: Open) -> Iterator[Sight]:
    page = window()
    page.goto("/account/login")
    yield Sight("log-in", page)
    steps.fill_log_in(page, "shopper@example.com", "not the password")
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    yield Sight("log-in-error", page, again=False)
    page.goto("/account/register")
    yield Sight("register", page)
    page.get_by_role("textbox", name="Email").fill("tourist@example.com")
    page.get_by_role("textbox", name="Password").fill("short")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    yield Sight("register-error", page, again=False)
    page.get_by_role("textbox", name="Password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Create account").click()
    steps.at(page, "Check your mail")
    yield Sight("registered", page, again=False)
    page.goto(steps.link_in(shop.mail("tourist@example.com", about="/account/verify"), "/account/verify"))
    yield Sight("confirm-address", page)
    page.get_by_role("button", name="Confirm address").click()
    steps.at(page, "Your address is confirmed")
    yield Sight("address-confirmed", page, again=False)
    steps.log_in(page, "tourist@example.com")
    yield Sight("account-new", page)
    page.get_by_role("button", name="Log out").click()
    steps.log_in(page, "shopper@example.com", "demo-password")
    steps.put_into_cart(page, "hive-beeswax-tapers")
    steps.check_out(page)
    yield Sight("checkout-contact-member", page)
    steps.go_on(page)
    steps.at(page, "Delivery address")
    yield Sight("checkout-address-member", page)
    page.get_by_role("checkbox", name="The bill goes to the same address").uncheck()
    yield Sight("checkout-address-bill", page, again=False)
    page.get_by_role("checkbox", name="The bill goes to the same address").check()
    steps.go_on(page)
    steps.choose_delivery(page)
    steps.enter_card(page)
    steps.pay(page)
    steps.order_number(page)
    page.goto("/account")
    yield Sight("account", page)
    page.goto("/orders/find")
    yield Sight("find-order", page)
    page.get_by_role("textbox", name="Order number").fill("ORD-20260101-AAAA")
    page.get_by_role("button", name="Find order").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    yield Sight("find-order-error", page, again=False)


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
        hashed = await accounts_domain.hash_password(steps.PASSWORD)
        await accounts_domain.register(
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


def belongings(shop: Stage, window: Open) -> Iterator[Sight]:
    """What a customer sees to himself: password, mail address, details, addresses, and the end of it."""
    me, new = "careful@example.com", "careful@new.example"
    page = window()
    page.goto("/account/register")
    page.get_by_role("textbox", name="Full name").fill("Mara Linde")
    page.get_by_role("textbox", name="Email").fill(me)
    page.get_by_role("textbox", name="Password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Create account").click()
    steps.at(page, "Check your mail")
    page.goto("/account/forgot")
    yield Sight("forgot", page)
    page.get_by_role("textbox", name="Email").fill(me)
    page.get_by_role("button", name="Send the link").click()
    steps.at(page, "Check your mail")
    yield Sight("forgot-sent", page)
    link = steps.link_in(shop.mail(me, about="/account/reset/"), "/account/reset/")
    page.goto(link)
    yield Sight("reset", page)
    page.get_by_role("textbox", name="New password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Set password").click()
    steps.at(page, "Log in")
    page.goto(link)
    steps.at(page, "This link does not work any more")
    yield Sight("link-dead", page)
    steps.log_in(page, me)
    yield from _details(shop, page, me, new)
    yield from _addresses(page)
    page.goto("/account/close")
    yield Sight("close", page)
    page.get_by_role("textbox", name="Present password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Close account for good").click()
    steps.at(page, "Your account is closed")
    yield Sight("closed", page)


def _details(shop: Stage, page: Page, me: str, new: str) -> Iterator[Sight]:
    page.goto("/account/password")
    page.get_by_role("textbox", name="Present password").fill("not this one")
    page.get_by_role("textbox", name="New password").fill("a quiet harbour at dawn")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    yield Sight("password-error", page, again=False)
    page.goto("/account/email")
    page.get_by_role("textbox", name="New email").fill(new)
    page.get_by_role("textbox", name="Present password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Change address").click()
    expect(page.get_by_text(f"A mail is on its way to {new}.")).to_be_visible()
    yield Sight("email", page)
    page.goto("/account/profile")
    yield Sight("details", page)
    page.goto(steps.link_in(shop.mail(new, about="/account/email/confirm/"), "/account/email/confirm/"))
    yield Sight("email-confirm", page)
    page.goto(steps.link_in(shop.mail(me, about="/account/email/keep/"), "/account/email/keep/"))
    yield Sight("email-keep", page)


def _addresses(page: Page) -> Iterator[Sight]:
    page.goto("/account/addresses")
    yield Sight("addresses-none", page)
    for street, label in (("350 Fifth Avenue", "Home"), ("11 Wall Street", "Work"), ("4 Pine Street", "Other")):
        page.goto("/account/addresses/new")
        page.get_by_role("textbox", name="Address", exact=True).fill(street)
        page.get_by_role("button", name="Save address").click()
        expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
        if label == "Home":
            yield Sight("address-error", page, again=False)
        page.get_by_role("textbox", name="City").fill("New York")
        page.get_by_role("textbox", name="Postal code").fill("10118")
        page.get_by_role("combobox", name="State").select_option(label="New York")
        page.get_by_role("radio", name=label).check()
        page.get_by_role("button", name="Save address").click()
        steps.at(page, "Addresses")
    yield Sight("addresses", page)


def desk(shop: Stage, window: Open) -> Iterator[Sight]:
    """The back office: what stands around every page of it, the overview, and its first list."""
    page = window()
    staff.enter(page, shop, "owner")
    for name, path in (
        ("staff", "/staff"),
        ("staff-orders", "/staff/orders"),
        ("staff-orders-filtered", "/staff/orders?status=delivered&payment=captured&total_min=20"),
        ("staff-orders-nothing-fits", "/staff/orders?q=zeppelin"),
        ("staff-search", "/staff/search?q=mug"),
        ("staff-search-nothing", "/staff/search?q=zeppelin"),
        ("staff-shortcuts", "/staff/shortcuts"),
    ):
        page.goto(path)
        yield Sight(name, page)
    page.goto("/staff/orders")
    page.locator(".filter-panel > summary").click()
    yield Sight("staff-orders-filters", page, again=False)
    page.goto("/staff/orders")
    page.locator(".pop > summary").first.click()
    yield Sight("staff-orders-views", page, again=False, whole=False)
    page.goto("/staff/orders")
    page.keyboard.press("/")
    page.locator("[data-command-input]").fill("harbor")
    expect(page.locator("#commands-found a").first).to_be_visible()
    yield Sight("staff-commands", page, again=False, whole=False)


def mails(shop: Stage, window: Open) -> Iterator[Sight]:
    """The mails that were sent meanwhile, one of each kind."""
    page = window()
    seen = set()
    for mail in shop.mails():
        kind = mail_kind(mail)
        if kind not in seen:
            seen.add(kind)
            page.set_content(mail["html"])
            yield Sight(f"mail-{kind}", page, again=False)


def mail_kind(mail: dict[str, Any]) -> str:
    """The subject in a file's name, without the number that differs between two mails of one kind."""
    words = re.findall(r"[a-z]+", re.sub(r"ORD-\S+", "", mail["subject"]).lower())
    return "-".join(words)[:40]


@contextmanager
def failing(shop: Stage) -> Iterator[None]:
    """A mistake of ours: within the block the shop's home page cannot be made."""
    shop.sql("ALTER TABLE search.documents RENAME TO lost")
    try:
        yield
    finally:
        shop.sql("ALTER TABLE search.lost RENAME TO documents")


PARTS: tuple[Callable[[Stage, Open], Iterator[Sight]], ...] = (
    goods,
    carts,
    checkout,
    troubles,
    accounts,
    belongings,
    keeping,
    desk,
)
