"""Everything up to the card field works without JavaScript."""

import re

from playwright.sync_api import expect

from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage


def test_without_scripts_a_thing_is_chosen_the_cart_changed_and_the_steps_walked(shop: Stage, visitor: Visit) -> None:
    page = visitor(scripts=False)
    steps.find(page, "notebook", "Quarto cloth notebook")
    steps.choose_first(page)
    page.get_by_role("button", name="Show price and stock of this choice").click()
    expect(page.get_by_text(re.compile("^Item "))).to_be_visible()
    steps.add_to_cart(page, 2)

    steps.at(page, "Your cart")
    expect(page.get_by_role("spinbutton", name="Quantity")).to_have_value("2")
    page.get_by_role("spinbutton", name="Quantity").fill("3")
    page.get_by_role("button", name="Update").click()
    expect(page.get_by_role("spinbutton", name="Quantity")).to_have_value("3")
    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.get_by_text("Your cart is empty")).to_be_visible()
    steps.put_into_cart(page, "quarto-cloth-notebook")
    page.get_by_role("link", name="Check out").click()

    steps.enter_contact(page, "wrong")
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    steps.enter_contact(page, "plain@example.com")
    steps.at(page, "Delivery address")
    page.get_by_role("combobox", name="Country").select_option(label="Canada")
    page.get_by_role("button", name="Change country").click()
    expect(page.get_by_role("combobox", name="State").get_by_role("option", name="Ontario")).to_have_count(1)
    page.get_by_role("combobox", name="Country").select_option(label="United States")
    page.get_by_role("button", name="Change country").click()
    steps.enter_address(page)
    steps.choose_delivery(page)

    steps.at(page, "Payment")
    expect(page.get_by_text("The card fields need JavaScript.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Pay"))).to_be_hidden()
    expect(page.get_by_text(re.compile("We are keeping these things for you until"))).to_be_visible()
    page.get_by_role("button", name="I need more time").click()
    steps.at(page, "Payment")
    expect(page.get_by_role("button", name="I need more time")).to_have_count(0)


def test_without_scripts_an_account_is_made_and_an_order_found(shop: Stage, visitor: Visit) -> None:
    number = steps.buy(visitor(), "line-ballpoint-pen", "plain.member@example.com")
    page = visitor(scripts=False)
    page.goto("/account/register")
    page.get_by_role("textbox", name="Email").fill("plain.member@example.com")
    page.get_by_role("textbox", name="Password").fill(steps.PASSWORD)
    page.get_by_role("button", name="Create account").click()
    steps.at(page, "Check your mail")
    steps.log_in(page, "plain.member@example.com")
    page.get_by_role("button", name="Log out").click()

    page.goto("/orders/find")
    page.get_by_role("textbox", name="Order number").fill(number)
    page.get_by_role("textbox", name="Email").fill("plain.member@example.com")
    page.get_by_role("button", name="Find order").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
