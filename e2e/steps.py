"""What a shopper does, by role and accessible name alone."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import FrameLocator, Page, expect

CARD = "4242 4242 4242 4242"
DECLINED = "4000 0000 0000 0002"
ASKS = "4000 0025 0000 3155"
PASSWORD = "long walks by the river"


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
        page.get_by_role("group", name=option).get_by_role("radio", name=re.compile(re.escape(value))).check()


def choose_first(page: Page) -> None:
    """Choose the first value of each option."""
    for group in page.get_by_role("main").get_by_role("group").all():
        wanted = group.get_by_role("radio").first
        wanted.check()
        expect(wanted).to_be_checked()


def add_to_cart(page: Page, quantity: int = 1) -> None:
    if quantity != 1:
        page.get_by_role("spinbutton", name="Quantity").fill(str(quantity))
    page.get_by_role("button", name="Add to cart").click()
    drawer = page.get_by_role("dialog", name="Added to your cart")
    expect(drawer.or_(page.get_by_role("heading", level=1, name="Your cart"))).to_be_visible()


def put_into_cart(page: Page, slug: str, quantity: int = 1) -> None:
    page.goto(f"/products/{slug}")
    choose_first(page)
    add_to_cart(page, quantity)


def at(page: Page, heading: str) -> None:
    """Be on the page of this name before anything else is done."""
    expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def open_cart(page: Page) -> None:
    page.goto("/cart")
    at(page, "Your cart")


def check_out(page: Page) -> None:
    open_cart(page)
    page.get_by_role("link", name="Check out").click()
    at(page, "Contact")


def enter_contact(page: Page, email: str) -> None:
    at(page, "Contact")
    page.get_by_role("textbox", name="Email").fill(email)
    go_on(page)


def fill_address(page: Page, **changes: str) -> None:
    """Fill in an address; `Country` and `State` are chosen by their names."""
    at(page, "Delivery address")
    fields = {"Full name": "Ada Byron", "Address": "350 Fifth Avenue", "City": "New York", "Postal code": "10118"}
    for name, value in {**fields, **changes}.items():
        if name not in {"Country", "State"}:
            page.get_by_role("textbox", name=name, exact=True).fill(value)
    page.get_by_role("combobox", name="State").select_option(label=changes.get("State", "New York"))


def enter_address(page: Page, **changes: str) -> None:
    fill_address(page, **changes)
    go_on(page)


def choose_delivery(page: Page, method: str = "Standard") -> None:
    at(page, "Delivery")
    page.get_by_role("radio", name=method).check()
    go_on(page)


def walk_to_payment(page: Page, email: str) -> None:
    """From the cart to the page with the card field, as a guest."""
    check_out(page)
    enter_contact(page, email)
    enter_address(page)
    choose_delivery(page)
    at(page, "Payment")


def card(page: Page) -> FrameLocator:
    """The gateway's frame; our own page has no field for a card."""
    return page.frame_locator("iframe[title='Card']")


def enter_card(page: Page, number: str = CARD) -> None:
    at(page, "Payment")
    frame = card(page)
    frame.get_by_label("Card number").fill(number)
    frame.get_by_label("Expiry date").fill("12 / 34")
    frame.get_by_label("Security code").fill("123")


def pay(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Pay")).click()


def order_number(page: Page) -> str:
    """The number on the page that says thank you."""
    expect(page.get_by_role("heading", level=1, name=re.compile("^Thank you"))).to_be_visible()
    found = re.search(r"ORD-\d{8}-[0-9A-Z]{4}", page.get_by_role("main").inner_text())
    assert found is not None
    return found[0]


def buy(page: Page, slug: str, email: str, number: str = CARD) -> str:
    """All of a guest's purchase; the order's number."""
    put_into_cart(page, slug)
    walk_to_payment(page, email)
    enter_card(page, number)
    pay(page)
    return order_number(page)


def log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/account/login")
    fill_log_in(page, email, password)
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def fill_log_in(page: Page, email: str, password: str = PASSWORD) -> None:
    at(page, "Log in")
    page.get_by_role("textbox", name="Email").fill(email)
    page.get_by_role("textbox", name="Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()


def link_in(mail: Mapping[str, Any], path: str) -> str:
    """The link of a mail's text that leads to `path`."""
    found = re.search(rf"https?://\S*{re.escape(path)}\S*", mail["text"])
    assert found is not None, mail["text"]
    return found[0]
