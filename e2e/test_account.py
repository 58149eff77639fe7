"""An account serves its owner: he gets back in, is known at the checkout, and leaves when he wants to."""

import re

from playwright.sync_api import Page, expect

from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage

NEW_PASSWORD = "a quiet harbour at dawn"


def a_member(page: Page, email: str, name: str = "Mara Linde") -> None:
    """Make an account and log in to it."""
    page.goto("/account/register")
    page.get_by_role("textbox", name="Full name").fill(name)
    page.get_by_role("textbox", name="Email").fill(email)
    page.get_by_role("textbox", name="Password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Create account").click()
    steps.at(page, "Check your mail")
    steps.log_in(page, email)


def add_address(page: Page, street: str) -> None:
    page.goto("/account/addresses")
    page.get_by_role("link", name="Add an address").click()
    steps.at(page, "Add an address")
    expect(page.get_by_role("textbox", name="Full name")).to_have_value("Mara Linde")
    page.get_by_role("textbox", name="Address", exact=True).fill(street)
    page.get_by_role("textbox", name="City").fill("New York")
    page.get_by_role("textbox", name="Postal code").fill("10118")
    page.get_by_role("combobox", name="State").select_option(label="New York")
    page.get_by_role("button", name="Save address").click()
    expect(page.get_by_text("The address is saved.")).to_be_visible()


def test_a_forgotten_password_is_set_anew_from_the_mail(shop: Stage, visitor: Visit) -> None:
    at_work, at_home = visitor(), visitor(phone=True)
    a_member(at_work, "forgetful@example.com")

    at_home.goto("/account/login")
    at_home.get_by_role("link", name="Forgot your password?").click()
    steps.at(at_home, "Forgot your password?")
    at_home.get_by_role("textbox", name="Email").fill("forgetful@example.com")
    at_home.get_by_role("button", name="Send the link").click()
    steps.at(at_home, "Check your mail")
    link = steps.link_in(shop.mail("forgetful@example.com", about="/account/reset/"), "/account/reset/")
    for _scanner in range(2):
        at_home.goto(link)
    at_home.get_by_role("textbox", name="New password").fill("password1")
    at_home.get_by_role("button", name="Set password").click()
    expect(at_home.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    at_home.get_by_role("textbox", name="New password").fill(NEW_PASSWORD)
    at_home.get_by_role("button", name="Set password").click()
    expect(at_home.get_by_text("Your password is set. Log in with it.")).to_be_visible()
    steps.fill_log_in(at_home, "forgetful@example.com", NEW_PASSWORD)

    steps.at(at_home, "Hello, Mara")
    at_work.goto("/account")
    steps.at(at_work, "Log in")
    at_home.goto(link)
    steps.at(at_home, "This link does not work any more")
    shop.mail("forgetful@example.com", about="was changed")


def test_addresses_of_the_book_are_chosen_at_the_checkout(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    a_member(page, "settled@example.com")
    add_address(page, "350 Fifth Avenue")
    add_address(page, "11 Wall Street")
    page.get_by_role("button", name="Offer first Mara Linde, 11 Wall Street").click()
    expect(page.get_by_text("This address is offered first from now on.")).to_be_visible()
    steps.put_into_cart(page, "quarto-cloth-notebook")
    steps.check_out(page)
    steps.go_on(page)

    steps.at(page, "Delivery address")
    street = page.get_by_role("textbox", name="Address", exact=True)
    expect(street).to_have_value("11 Wall Street")
    page.get_by_role("checkbox", name="Save this address").check()
    fifth = page.get_by_role("button", name="350 Fifth Avenue", pressed=False)
    fifth.click()
    expect(street).to_have_value("350 Fifth Avenue")
    expect(page.get_by_role("button", name="350 Fifth Avenue", pressed=True)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Mara Linde, 350 Fifth Avenue is filled in.")).to_be_attached()
    expect(page.get_by_role("checkbox", name="Save this address")).to_be_checked()
    street.press("Enter")
    steps.at(page, "Delivery")
    page.get_by_role("link", name="Edit Deliver to").click()
    expect(page.get_by_role("button", name="350 Fifth Avenue", pressed=True)).to_be_visible()
    steps.fill_address(page, **{"Full name": "Ida Linde", "Address": "4 Pine Street"})
    expect(fifth).to_be_visible()
    page.get_by_role("checkbox", name="Save this address").check()
    steps.go_on(page)
    steps.choose_delivery(page)
    steps.enter_card(page)
    steps.pay(page)

    number = steps.order_number(page)
    expect(page.get_by_role("main")).to_contain_text("4 Pine Street")
    page.goto("/account/addresses")
    expect(page.get_by_role("main")).to_contain_text("Ida Linde")
    page.get_by_role("button", name="Delete Mara Linde, 350 Fifth Avenue").click()
    expect(page.get_by_role("main")).not_to_contain_text("350 Fifth Avenue")
    page.goto("/account")
    expect(page.get_by_role("main").get_by_role("link", name=number)).to_be_visible()
    expect(page.get_by_role("heading", name="Goes with what you have")).to_be_visible()


def test_without_scripts_an_address_is_saved_and_chosen(shop: Stage, visitor: Visit) -> None:
    page = visitor(scripts=False)
    a_member(page, "plain.settled@example.com")
    page.goto("/account/addresses/new")
    page.get_by_role("combobox", name="Country").select_option(label="Germany")
    page.get_by_role("button", name="Change country").click()
    expect(page.get_by_role("combobox", name="State")).to_have_count(0)
    page.get_by_role("combobox", name="Country").select_option(label="United States")
    page.get_by_role("button", name="Change country").click()
    expect(page.get_by_role("combobox", name="State")).to_be_visible()
    add_address(page, "350 Fifth Avenue")
    steps.put_into_cart(page, "quarto-cloth-notebook")
    page.goto("/checkout")
    steps.go_on(page)

    steps.at(page, "Delivery address")
    street = page.get_by_role("textbox", name="Address", exact=True)
    expect(street).to_have_value("350 Fifth Avenue")
    steps.enter_address(page, Address="4 Pine Street", **{"Postal code": "ABC"})
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    page.get_by_role("button", name="350 Fifth Avenue", pressed=False).click()
    expect(page.get_by_role("button", name="350 Fifth Avenue", pressed=True)).to_be_visible()
    expect(street).to_have_value("350 Fifth Avenue")
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_have_count(0)
    street.press("Enter")
    steps.choose_delivery(page)

    steps.at(page, "Payment")
    expect(page.get_by_role("main")).to_contain_text("350 Fifth Avenue")


def test_a_new_mail_address_counts_once_it_is_confirmed(shop: Stage, visitor: Visit) -> None:
    page, phone = visitor(), visitor(phone=True)
    a_member(page, "old.address@example.com")
    page.goto("/account/profile")
    page.get_by_role("link", name="Change mail address").click()
    page.get_by_role("textbox", name="New email").fill("new.address@example.com")
    page.get_by_role("textbox", name="Present password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Change address").click()
    expect(page.get_by_text("A mail is on its way to new.address@example.com.")).to_be_visible()
    shop.mail("old.address@example.com", about="/account/email/keep/")

    phone.goto(steps.link_in(shop.mail("new.address@example.com", about="/account/email/"), "/account/email/confirm/"))
    page.goto("/account")
    expect(page.get_by_role("main")).to_contain_text("old.address@example.com")
    phone.get_by_role("button", name="Confirm address").click()
    steps.at(phone, "Your new address is confirmed")

    page.reload()
    expect(page.get_by_role("main")).to_contain_text("new.address@example.com")
    page.get_by_role("button", name="Log out").click()
    steps.log_in(phone, "new.address@example.com")


def test_an_account_is_closed_and_what_it_had_not_paid_is_free_again(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    a_member(page, "leaving@example.com")
    steps.put_into_cart(page, "rill-watering-can")
    sku = shop.sql(
        "SELECT v.sku FROM cart.cart_lines l JOIN catalog.variants v ON v.id = l.variant_id"
        " JOIN cart.carts c ON c.id = l.cart_id ORDER BY l.added_at DESC LIMIT 1"
    )[0]["sku"]
    before = shop.available(sku)
    steps.walk_to_payment(page, "leaving@example.com")
    steps.enter_card(page, steps.DECLINED)
    steps.pay(page)
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    assert shop.available(sku) == before - 1
    page.goto("/account")
    expect(page.get_by_role("heading", name="An order waits for its payment")).to_be_visible()

    page.goto("/account/close")
    expect(page.get_by_text(re.compile("The order that is not paid yet is cancelled: ORD-"))).to_be_visible()
    page.get_by_role("textbox", name="Present password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Close account for good").click()

    steps.at(page, "Your account is closed")
    shop.until("the order is cancelled and its things are free", lambda: shop.available(sku) == before)
    shop.mail("leaving@example.com", about="closed")
    page.goto("/account/login")
    steps.fill_log_in(page, "leaving@example.com")
    expect(page.get_by_role("alert").filter(has_text="This account was closed")).to_be_visible()
