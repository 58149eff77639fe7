"""What a shopper does, by role and accessible name alone."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Page, expect

CARD = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
ASKS = "4000 0025 0000 3155"


def find(page: Page, words: str, name: str) -> None:
    """Find a product by the search of the header and open it."""
    page.goto("/")
    box = page.get_by_role("searchbox", name="Search")
    if not box.is_visible():
        page.get_by_role("button", name="Search").first.click()
    box.fill(words)
    box.press("Enter")
    page.get_by_role("main").get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def choose(page: Page, **options: str) -> None:
    """Choose one value of each option: `choose(page, Color="Sage")`."""
    for option, value in options.items():
        group = page.get_by_role("radiogroup", name=option).or_(page.get_by_role("group", name=option))
        group.get_by_role("radio", name=re.compile(re.escape(value))).check()


def add_to_cart(page: Page, quantity: int = 1) -> None:
    if quantity != 1:
        page.get_by_role("spinbutton", name="Quantity").fill(str(quantity))
    page.get_by_role("button", name="Add to cart").click()
    drawer = page.get_by_role("dialog", name="Added to your cart")
    expect(drawer.or_(page.get_by_role("heading", level=1, name="Your cart"))).to_be_visible()


def choose_first(page: Page) -> None:
    """Choose the first value of each option; each choice is answered before the next."""
    main = page.get_by_role("main")
    for group in main.get_by_role("group").all():
        wanted = group.get_by_role("radio").first
        wanted.check()
        expect(wanted).to_be_checked()


def put_into_cart(page: Page, slug: str, quantity: int = 1) -> None:
    page.goto(f"/products/{slug}")
    choose_first(page)
    add_to_cart(page, quantity)


def buy(page: Page, slug: str, email: str, number: str = CARD) -> str:
    """All of a guest's purchase; the order's number."""
    put_into_cart(page, slug)
    walk_to_payment(page, email)
    enter_card(page, number)
    pay(page)
    return order_number(page)


def check_out(page: Page) -> None:
    page.goto("/cart")
    expect(page.get_by_role("heading", level=1, name="Your cart")).to_be_visible()
    page.get_by_role("link", name="Check out").click()


def enter_contact(page: Page, email: str) -> None:
    page.get_by_role("textbox", name="Email").fill(email)
    go_on(page)


def enter_address(page: Page, **changes: str) -> None:
    fields = {"Full name": "Ada Byron", "Address": "350 Fifth Avenue", "City": "New York", "Postal code": "10118"}
    expect(page.get_by_role("textbox", name="Full name")).to_be_visible()
    for name, value in {**fields, **changes}.items():
        if name not in {"Country", "State"}:
            page.get_by_role("textbox", name=name, exact=True).fill(value)
    page.get_by_role("combobox", name="State").select_option(label=changes.get("State", "New York"))
    go_on(page)


def choose_delivery(page: Page, method: str = "") -> None:
    expect(page.get_by_role("radio").first).to_be_visible()
    if method:
        page.get_by_role("radio", name=re.compile(method)).check()
    go_on(page)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def enter_card(page: Page, number: str = CARD) -> None:
    frame = card(page)
    frame.get_by_label("Card number").fill(number)
    frame.get_by_label("Expiry date").fill("12 / 34")
    frame.get_by_label("Security code").fill("123")


def card(page: Page) -> Any:
    """The gateway's frame; our own page has no field for a card."""
    return page.frame_locator("iframe[title='Card']")


def pay(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Pay")).click()


def walk_to_payment(page: Page, email: str) -> None:
    """From the cart to the page with the card field, as a guest."""
    check_out(page)
    enter_contact(page, email)
    enter_address(page)
    choose_delivery(page)
    expect(card(page).get_by_label("Card number")).to_be_visible()


def order_number(page: Page) -> str:
    """The number on the page that says thank you."""
    expect(page.get_by_role("heading", level=1, name=re.compile("^Thank you"))).to_be_visible()
    found = re.search(r"ORD-\d{8}-[0-9A-Z]{4}", page.get_by_role("main").inner_text())
    assert found is not None
    return found[0]


def link_in(mail: Mapping[str, Any], path: str) -> str:
    """The link of a mail's text that leads to `path`."""
    found = re.search(rf"https?://\S*{re.escape(path)}\S*", mail["text"])
    assert found is not None, mail["text"]
    return found[0]
