"""The back office by hand: keys, the command bar, views; and once without scripts."""

import re

from playwright.sync_api import expect

from e2e import steps
from e2e.conftest import Visit


def test_the_keyboard_leads_everywhere_unless_single_keys_are_switched_off(as_staff: Visit) -> None:
    page = as_staff("owner")

    page.keyboard.press("/")
    page.get_by_role("textbox", name="Find orders").fill("harbor")
    expect(page.get_by_role("link", name=re.compile("Harbor")).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#commands")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/staff/orders")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    page.get_by_role("button", name="Switch single keys off").click()
    expect(page.get_by_text("Single keys are switched off.").first).to_be_visible()
    page.goto("/staff")
    page.keyboard.press("/")
    expect(page.locator("#commands")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#commands")).to_be_visible()
    page.goto("/staff/shortcuts")
    page.get_by_role("main").get_by_role("button", name="Switch single keys on").click()


def test_an_order_is_found_filtered_and_kept_as_a_view_without_scripts(visitor: Visit, as_staff: Visit) -> None:
    number = steps.buy(visitor(), "line-ballpoint-pen", "looked.for@example.com")
    page = as_staff("manager", scripts=False)

    page.goto("/staff/orders")
    page.get_by_text("Filters", exact=True).click()
    page.get_by_role("checkbox", name="Delivered").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("link", name=re.compile("Order state: Delivered"))).to_be_visible()
    page.get_by_text("Views", exact=True).click()
    page.get_by_role("textbox", name="Keep this view as").fill("Arrived")
    page.get_by_role("button", name="Keep view").click()
    expect(page.get_by_text("The view is kept.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(number))).to_have_count(0)  # it is on its way yet
    page.get_by_role("link", name="All", exact=True).click()
    page.get_by_role("searchbox", name="Find orders").fill(number)
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name=re.compile(number))).to_be_visible()
