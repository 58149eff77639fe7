"""A merchant opens a shop: from one command, through the list of what is missing, to the first real sale."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.runtime.shared_servers import SharedPostgres
from domains.catalog.tests.factories import png
from e2e import staff, steps
from e2e.conftest import Visit
from e2e.stage import Stage, on_empty_stage
from e2e.windows import Windows

OWNER, PASSWORD = "owner@lighthouse.example", "a lamp for every harbour"
LIVE = {
    "BASE_URL": "https://lighthouse.example",
    "STRIPE_SECRET_KEY": "sk_live_of_the_lighthouse",
    "STRIPE_PUBLISHABLE_KEY": "pk_live_of_the_lighthouse",
}


@pytest.fixture
def machine(postgres: SharedPostgres, migrated: str, tmp_path: Path) -> Iterator[Stage]:
    with on_empty_stage(postgres, migrated, tmp_path) as stage:
        yield stage
        stage.examine()


@pytest.fixture
def visit(machine: Stage, window: Browser) -> Iterator[Visit]:
    windows = Windows(window, machine.url)
    yield windows.open
    windows.close()
    assert windows.complaints == []


def set_up(machine: Stage) -> str:
    """Open the shop as its README says; the address where the owner's password is set."""
    done = machine.command(
        *("setup", "--name", "Lighthouse", "--legal-name", "Lighthouse Goods LLC"),
        *("--address", "1 Pier Road, Portland ME 04101", "--country", "US", "--currency", "USD"),
        *("--time-zone", "America/New_York", "--prices-include-tax", "no", "--deliver-to", "US"),
        *("--sender", "shop@lighthouse.example", "--alerts", "orders@lighthouse.example", "--owner", OWNER),
    )
    assert done.returncode == 0, done.stderr
    found = re.search(r"https?://\S+/account/set-password\S+", done.stdout)
    assert found is not None, done.stdout
    return found[0]


def come_in(machine: Stage, page: Page, link: str) -> None:
    """The first log-in: a password, then the second step that nobody gets round."""
    page.goto(link)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("password", re.IGNORECASE)).click()
    steps.fill_log_in(page, OWNER, PASSWORD)
    steps.at(page, "Set up your second step")
    page.goto("/staff/settings")
    steps.at(page, "Set up your second step")
    secret = page.locator("code.key").inner_text().replace(" ", "")
    page.get_by_role("textbox", name="Code").fill(staff.code(machine, secret))
    page.get_by_role("button", name="Go on").click()
    steps.at(page, "Your recovery codes")
    page.get_by_role("link", name="I have kept them").click()


def still_to_do(page: Page) -> list[str]:
    """What the checklist of the overview asks for."""
    page.goto("/staff")
    steps.at(page, "Overview")
    return page.locator(".checklist__item:not(.checklist__item--done) .checklist__label").all_inner_texts()


def begin(page: Page, step: str) -> None:
    """Follow the checklist to where one of its steps is done."""
    assert step in still_to_do(page)
    page.get_by_role("link", name=re.compile(f"^Do it.*{re.escape(step)}$")).click()


def save(page: Page, button: str = "Save") -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def open_a_warehouse(page: Page) -> None:
    begin(page, "Goods have a warehouse")
    page.get_by_role("link", name="New warehouse").click()
    page.get_by_role("textbox", name="Code").fill("PIER")
    page.get_by_role("textbox", name="Name", exact=True).fill("The pier")
    page.get_by_role("combobox", name="Country").select_option(label="United States")
    save(page)
    expect(page.get_by_text("The warehouse is open.")).to_be_visible()


def offer_a_lamp(page: Page, picture: Path) -> None:
    picture.write_bytes(png(600, 750, (200, 160, 60)))
    page.goto("/staff/categories")
    page.get_by_role("link", name="New category").first.click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Lamps")
    page.get_by_role("checkbox", name="Shown to shoppers").check()
    save(page, "Make category")
    begin(page, "A product is published")
    page.get_by_role("link", name="New product").first.click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Storm lamp")
    page.get_by_role("combobox", name="Category").select_option(label="Lamps")
    page.locator("#price").fill("40.00")
    page.get_by_role("textbox", name="First stock count").fill("3")
    page.locator("#pictures").set_input_files(picture)
    page.get_by_role("textbox", name="What is to be seen on them").fill("A lamp of brass")
    page.get_by_role("checkbox", name="Publish it at once").check()
    save(page, "Make product")
    expect(page.get_by_text("Storm lamp is made.")).to_be_visible()


def price_the_delivery(page: Page) -> None:
    begin(page, "Delivery has a price")
    page.get_by_role("link", name="Add a zone").first.click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Home")
    page.get_by_role("textbox", name="Places").fill("US")
    save(page)
    page.get_by_role("link", name="Add a way to deliver to Home").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Standard")
    page.get_by_role("textbox", name="Price, row 1").fill("5.00")
    save(page)
    expect(page.get_by_text("The way to deliver is there.")).to_be_visible()


def enter_the_tax(page: Page) -> None:
    begin(page, "Tax rates are entered")
    page.get_by_role("link", name="Add a rate").click()
    page.get_by_role("textbox", name="Name on the invoice").fill("New York tax")
    page.get_by_role("textbox", name="Rate in percent").fill("8")
    page.get_by_role("textbox", name="State").fill("NY")
    save(page)
    expect(page.get_by_text("The rate is added")).to_be_visible()


def read_the_pages(page: Page) -> None:
    begin(page, "The shop's pages were read and changed")
    names = page.get_by_role("main").get_by_role("rowheader").get_by_role("link").all_inner_texts()
    assert len(names) >= 5
    for name in names:
        page.goto("/staff/pages")
        page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
        text = page.get_by_role("textbox", name="Text")
        text.fill(f"{text.input_value()}\n\nRead by Nora Berg.")
        save(page, "Publish")
        expect(page.get_by_text("Published.")).to_be_visible()


def say_who_answers(page: Page) -> None:
    """The sender was given to the command; who answers is added to it."""
    page.goto("/staff/settings/addresses")
    expect(page.get_by_role("textbox", name="Mails come from")).to_have_value("shop@lighthouse.example")
    page.get_by_role("textbox", name="Answers of customers go to").fill("hello@lighthouse.example")
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_empty_shop_is_opened_page_by_page_to_its_first_sale(
    machine: Stage, visit: Visit, tmp_path: Path, scripts: bool
) -> None:
    link = set_up(machine)
    machine.start()
    page = visit(scripts=scripts)
    come_in(machine, page, link)
    missing = still_to_do(page)
    assert "Every owner has a second factor" not in missing
    assert len(missing) >= 6

    open_a_warehouse(page)
    offer_a_lamp(page, tmp_path / "lamp.png")
    price_the_delivery(page)
    enter_the_tax(page)
    read_the_pages(page)
    say_who_answers(page)
    shopper = visit()  # the card's fields are the gateway's and need scripts
    steps.put_into_cart(shopper, "storm-lamp")
    steps.walk_to_payment(shopper, "first@example.com")
    expect(shopper.get_by_text("$48.60").first).to_be_visible()
    steps.enter_card(shopper)
    steps.pay(shopper)
    number = steps.order_number(shopper)

    page.goto("/staff/orders")
    page.get_by_role("main").get_by_role("link", name=re.compile(number)).first.click()
    steps.at(page, number)
    confirmation = machine.mail("first@example.com", about=number)
    assert "hello@lighthouse.example" in confirmation["headers"].get("Reply-To", "")
    machine.until("the gateway's notices arrived", lambda: "Stripe's notices arrive" not in still_to_do(page))
    assert still_to_do(page) == ["Payments have live Stripe keys", "The shop's address is safe"]
    told = machine.command("doctor", "--setup", **LIVE)
    assert "TO DO" not in told.stdout
    assert told.returncode == 0, told.stdout
