"""Shoppers find: with a slip, by filters, by what is suggested; with the keyboard, on a phone, without scripts."""

import re

from playwright.sync_api import Locator, Page, expect

from e2e import steps
from e2e.checks import RULES, SMALL_TARGETS, TOO_WIDE, axe, problems
from e2e.conftest import Visit
from e2e.stage import Stage

COUNT = re.compile(r"^\s*(\d+) products?\b")


def test_a_slip_is_forgiven_and_what_was_found_is_narrowed_sorted_and_shared(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    page.goto("/")
    page.get_by_role("searchbox", name="Search").fill("stonware")
    page.get_by_role("searchbox", name="Search").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Results for “stoneware”")
    expect(page.get_by_role("link", name="Search instead for “stonware”")).to_be_visible()
    before = number(page)

    sage = tick(page, "Color", "Sage")
    sage.check()
    expect(page).to_have_url(re.compile(r"[?&]o\.color=sage\b"))
    expect(
        page.get_by_role("list", name="Filters").get_by_role("link", name="Color: Sage remove filter")
    ).to_be_visible()
    expect(sage).to_be_focused()
    narrowed = number(page)
    assert 0 < narrowed < before
    expect(page.locator("#announcement")).to_have_text(re.compile(rf"^{narrowed} products?"))
    page.get_by_role("combobox", name="Sort by").select_option(label="Price, high to low")
    expect(page).to_have_url(re.compile(r"sort=price-down"))
    expect(page.get_by_role("combobox", name="Sort by")).to_have_value("price-down")

    friend = visitor()
    friend.goto(page.url)
    assert names(friend) == names(page)
    expect(tick(friend, "Color", "Sage")).to_be_checked()
    page.go_back()
    expect(page).to_have_url(re.compile(r"o\.color=sage$"))
    page.go_back()
    expect(page.get_by_text(COUNT).first).to_contain_text(f"{before} product")
    expect(tick(page, "Color", "Sage")).not_to_be_checked()
    friend.get_by_role("link", name="Clear all").click()
    expect(friend.get_by_text(COUNT).first).to_contain_text(f"{before} product")


def test_suggestions_are_walked_through_with_the_keyboard(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    page.goto("/")
    box = page.get_by_role("searchbox", name="Search")
    combobox = page.get_by_role("combobox", name="Search")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    box.press_sequentially("kettl")
    expect(options.first).to_be_visible()
    expect(combobox).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#announcement")).to_have_text(re.compile(r"^\d+ suggestions?\. Use the arrow keys"))

    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("."))
    expect(box).to_be_focused()
    box.press("End")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Home")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert axe(page, RULES) == []
    box.press("Escape")
    expect(options.first).to_be_hidden()
    expect(combobox).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("kettl")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    kettle = options.filter(has_text="Larch gooseneck kettle")
    for _press in range(options.count()):
        box.press("ArrowDown")
        if kettle.get_attribute("aria-selected") == "true":
            break
    box.press("Enter")
    steps.at(page, "Larch gooseneck kettle")

    page.get_by_role("searchbox", name="Search").fill("kettl")
    page.get_by_role("searchbox", name="Search").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Results for")


def test_on_a_phone_filters_come_over_the_page_and_suggestions_fill_it(shop: Stage, visitor: Visit) -> None:
    page = visitor(phone=True)
    page.goto("/categories/kitchen")
    whole = number(page)
    page.get_by_role("button", name="Filters").tap()
    expect(page.get_by_role("heading", name="Filters")).to_be_focused()
    sage = tick(page, "Color", "Sage")
    sage.check()
    show = page.get_by_role("button", name=re.compile(r"^Show \d+ products?$"))
    expect(show).not_to_have_text(f"Show {whole} products")
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert axe(page, RULES) == []
    show.tap()
    expect(show).to_be_hidden()
    assert 0 < number(page) < whole
    assert page.evaluate(TOO_WIDE) == []

    page.get_by_role("button", name="Search").first.tap()
    page.get_by_role("searchbox", name="Search").press_sequentially("kettl")
    option = page.get_by_role("option", name=re.compile("^Larch gooseneck kettle"))
    expect(option).to_be_visible()
    assert page.evaluate(TOO_WIDE) == []
    option.tap()
    steps.at(page, "Larch gooseneck kettle")


def test_without_scripts_filters_are_a_form_with_a_button(shop: Stage, visitor: Visit) -> None:
    page = visitor(scripts=False)
    page.goto("/categories/kitchen")
    whole = number(page)
    tick(page, "Color", "Sage").check()
    page.get_by_role("textbox", name="To").fill("60")
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile(r"o\.color=sage"))
    narrowed = number(page)
    assert 0 < narrowed < whole
    page.get_by_role("combobox", name="Sort by").select_option(label="Price, low to high")
    page.get_by_role("button", name="Sort", exact=True).click()
    expect(page).to_have_url(re.compile(r"sort=price-up"))
    assert number(page) == narrowed
    page.get_by_role("link", name="Color: Sage remove filter").click()
    expect(tick(page, "Color", "Sage")).not_to_be_checked()
    page.get_by_role("link", name="Clear all").click()
    assert number(page) == whole

    page.goto("/")
    page.get_by_role("searchbox", name="Search").fill("ketle")
    page.get_by_role("searchbox", name="Search").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Results for “kettle”")
    page.get_by_role("link", name="Search instead for “ketle”").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing found for “ketle”")


def test_axe_finds_nothing_on_narrowed_listings(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    found = {}
    for path in (
        "/categories/kitchen?o.color=sage&in_stock=1&price_max=60",
        "/categories/kitchen?o.color=sage&price_min=500",
        "/search?q=ketle",
    ):
        page.goto(path)
        found[path] = problems(page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def tick(page: Page, facet: str, value: str) -> Locator:
    """The box of a value, its facet unfolded."""
    group = page.locator("details", has=page.locator("summary", has_text=re.compile(f"^{facet}"))).first
    if group.get_attribute("open") is None:
        group.locator("summary").first.click()
    return group.get_by_role("checkbox", name=re.compile(rf"^{value}\b"))


def number(page: Page) -> int:
    """How many products the page says there are."""
    found = COUNT.match(page.locator("#result-count").inner_text())
    assert found, page.locator("#result-count").inner_text()
    return int(found[1])


def names(page: Page) -> list[str]:
    return page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link").all_inner_texts()
