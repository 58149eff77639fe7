"""The whole purchase on a small phone."""

import re

from playwright.sync_api import Page, expect

from e2e import steps
from e2e.checks import SMALL_TARGETS, TOO_WIDE
from e2e.conftest import Visit
from e2e.stage import Stage


def test_a_guest_buys_on_a_phone_of_360_pixels(shop: Stage, visitor: Visit) -> None:
    page = visitor(phone=True)
    page.goto("/")
    fits(page)
    page.get_by_role("group").filter(has_text="Menu").first.click()
    page.get_by_role("link", name="Camp kitchen").click()
    steps.at(page, "Camp kitchen")
    fits(page)
    page.get_by_role("link", name="Ember enamel mug").tap()
    steps.at(page, "Ember enamel mug")
    fits(page)
    steps.choose_first(page)
    page.get_by_role("button", name="One more").tap()
    page.get_by_role("button", name="Add to cart").tap()
    drawer = page.get_by_role("dialog", name="Added to your cart")
    expect(drawer).to_be_visible()
    fits(page)
    drawer.get_by_role("link", name=re.compile("^See your cart")).tap()

    steps.at(page, "Your cart")
    expect(page.get_by_role("spinbutton", name="Quantity")).to_have_value("2")
    fits(page)
    page.get_by_role("link", name="Check out").tap()
    steps.at(page, "Contact")
    fits(page)
    steps.enter_contact(page, "phone@example.com")
    steps.fill_address(page)
    fits(page)
    steps.go_on(page)
    steps.at(page, "Delivery")
    fits(page)
    steps.choose_delivery(page)
    steps.enter_card(page)
    fits(page)
    page.get_by_role("button", name=re.compile("^Pay")).tap()

    steps.order_number(page)
    fits(page)


def fits(page: Page) -> None:
    """Nothing stands out of the screen, and a thumb hits every control."""
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(SMALL_TARGETS) == []
