"""Whoever has an account buys with it: his address is known, his cart follows him, his orders are kept."""

import re
import time

from playwright.sync_api import expect

from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage

SHOPPER, SHOPPERS_PASSWORD = "shopper@example.com", "demo-password"


def test_a_new_member_confirms_the_address_buys_and_sees_the_order(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    began = time.monotonic()
    page.goto("/")
    page.get_by_role("link", name="Account", exact=True).click()
    page.get_by_role("main").get_by_role("link", name="Create an account").click()
    page.get_by_role("textbox", name="Full name").fill("Nora Field")
    page.get_by_role("textbox", name="Email").fill("nora@example.com")
    page.get_by_role("textbox", name="Password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Create account").click()
    steps.at(page, "Check your mail")
    mail = shop.mail("nora@example.com", about="/account/verify")

    page.goto(steps.link_in(mail, "/account/verify"))
    page.get_by_role("button", name="Confirm address").click()
    steps.at(page, "Your address is confirmed")
    steps.log_in(page, "nora@example.com")
    steps.put_into_cart(page, "quarto-cloth-notebook")
    steps.check_out(page)
    expect(page.get_by_role("textbox", name="Email")).to_have_value("nora@example.com")
    steps.go_on(page)
    steps.enter_address(page)
    steps.choose_delivery(page)
    steps.enter_card(page)
    steps.pay(page)
    number = steps.order_number(page)

    print(f"a new member registered and bought in {time.monotonic() - began:.1f} s")
    assert time.monotonic() - began < 120
    page.goto("/account")
    steps.at(page, "Hello, Nora")
    page.get_by_role("link", name=number).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    expect(page.get_by_role("main")).to_contain_text("Quarto cloth notebook")
    expect(page.get_by_role("heading", name="Keep this order in an account")).to_have_count(0)
    shop.mail("nora@example.com", about=number)


def test_the_saved_address_is_filled_in_already(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.log_in(page, SHOPPER, SHOPPERS_PASSWORD)
    steps.put_into_cart(page, "rill-watering-can")

    steps.check_out(page)
    expect(page.get_by_role("textbox", name="Email")).to_have_value(SHOPPER)
    steps.go_on(page)
    steps.at(page, "Delivery address")
    expect(page.get_by_role("textbox", name="Address", exact=True)).to_have_value("815 SE Division Street")
    expect(page.get_by_role("button", name="June Alder, 815 SE Division Street", pressed=True)).to_be_visible()
    steps.go_on(page)
    steps.choose_delivery(page, "Express")
    steps.enter_card(page)
    steps.pay(page)

    steps.order_number(page)
    expect(page.get_by_role("main")).to_contain_text("815 SE Division Street")
    expect(page.get_by_role("main")).to_contain_text("Express")


def test_a_guests_cart_comes_along_and_is_seen_in_another_browser(shop: Stage, visitor: Visit) -> None:
    at_work, at_home = visitor(), visitor(phone=True)
    steps.log_in(at_work, SHOPPER, SHOPPERS_PASSWORD)
    steps.put_into_cart(at_work, "drift-wool-blanket")

    steps.put_into_cart(at_home, "hive-beeswax-tapers")
    steps.log_in(at_home, SHOPPER, SHOPPERS_PASSWORD)

    for page in (at_home, at_work):
        steps.open_cart(page)
        main = page.get_by_role("main")
        expect(main.get_by_role("link", name="Drift wool blanket")).to_be_visible()
        expect(main.get_by_role("link", name="Hive beeswax tapers, box of six")).to_be_visible()
        expect(page.get_by_role("link", name=re.compile("^Cart"))).to_contain_text("2")
    for name in ("Drift wool blanket", "Hive beeswax tapers, box of six"):
        at_work.get_by_role("button", name=re.compile(f"Remove {name}")).click()
        expect(at_work.get_by_text(f"{name} was removed.").first).to_be_visible()
    at_work.get_by_role("banner").get_by_role("link", name="Account").click()
    at_work.get_by_role("button", name="Log out").click()
    steps.open_cart(at_home)
    expect(at_home.get_by_text("Your cart is empty")).to_be_visible()


def test_what_a_guest_bought_comes_into_the_account_made_afterwards(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    number = steps.buy(page, "the-long-way-round", "later@example.com")

    page.get_by_role("textbox", name="Password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Create account").click()
    steps.at(page, "Check your mail")
    page.goto(steps.link_in(shop.mail("later@example.com", about="/account/verify"), "/account/verify"))
    page.get_by_role("button", name="Confirm address").click()
    steps.at(page, "Your address is confirmed")
    elsewhere = visitor()
    steps.log_in(elsewhere, "later@example.com")

    steps.at(elsewhere, "Hello, Ada")
    shop.until("the order is the account's", lambda: shop.sql(
        "SELECT 1 FROM orders.orders WHERE order_number = $1 AND user_id IS NOT NULL", number))  # fmt: skip
    elsewhere.reload()
    elsewhere.get_by_role("link", name=number).click()
    expect(elsewhere.get_by_role("main")).to_contain_text("The Long Way Round")
