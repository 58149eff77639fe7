"""An order in the hands of staff: read, noted, sent elsewhere, called off before it leaves the house; and written."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e import checks, steps
from e2e.conftest import Visit
from e2e.stage import Stage

JAR = "larder-storage-jar"


def money_of(shop: Stage, number: str) -> tuple[int, int]:
    """What was taken for the order, and what went back of it, in cents."""
    (row,) = shop.sql(
        "SELECT p.captured_cents, p.refunded_cents FROM payments.payments p JOIN orders.orders o"
        " ON o.payment_id = p.id WHERE o.order_number = $1",
        number,
    )
    return row["captured_cents"], row["refunded_cents"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_order_is_noted_sent_elsewhere_and_called_off(
    shop: Stage, visitor: Visit, as_staff: Visit, scripts: bool
) -> None:
    email = f"norma{scripts}@example.com".lower()
    buyer = visitor()
    steps.put_into_cart(buyer, JAR, 2)
    steps.walk_to_payment(buyer, email)
    steps.enter_card(buyer)
    steps.pay(buyer)
    number = steps.order_number(buyer)

    page = as_staff("manager", to=f"/staff/orders/{number}", scripts=scripts)
    steps.at(page, number)
    expect(page.get_by_text("Order placed")).to_be_visible()
    if scripts:
        assert checks.axe(page) == []

    # A note for the colleagues.
    page.get_by_role("textbox", name="Note").fill("@warehouse wrap it in blue")
    page.get_by_role("button", name="Add note").click()
    expect(page.get_by_text("wrap it in blue")).to_be_visible()
    shop.mail("warehouse@example.com", about=number)

    # Oregon takes no sales tax: what New York took goes back.
    page.get_by_role("link", name="Change").click()
    steps.at(page, "Another address")
    page.get_by_role("textbox", name="Address", exact=True).fill("1 Burnside Street")
    page.get_by_role("textbox", name="City").fill("Portland")
    page.get_by_role("textbox", name="Postal code").fill("97204")
    page.get_by_role("combobox", name="State").select_option(label="Oregon")
    page.get_by_role("button", name="See what it costs there").click()
    expect(page.get_by_text("goes back to the customer")).to_be_visible()
    page.get_by_role("button", name="Send it there").click()
    expect(page.get_by_text("It goes to the new address.")).to_be_visible()
    expect(page.get_by_text("1 Burnside Street")).to_be_visible()
    shop.until("the tax went back", lambda: money_of(shop, number)[1] > 0)

    # Called off before anything has left: the rest goes back too.
    page.get_by_text("Cancel this order").click()
    page.get_by_role("textbox", name="Why").fill("The customer changed her mind")
    page.get_by_role("button", name="Cancel the order").click()
    expect(page.get_by_text("What was paid goes back.")).to_be_visible()
    expect(page.get_by_text("The customer changed her mind")).to_be_visible()

    def all_went_back() -> bool:
        taken, back = money_of(shop, number)
        return taken == back

    shop.until("all of it went back", all_went_back)

    # The customer sees it, and reads the papers.
    buyer.goto(f"/orders/{number}")
    expect(buyer.get_by_text("This order was cancelled")).to_be_visible()
    papers = buyer.get_by_role("link", name=re.compile("^Credit note CN-"))
    shop.until("both credit notes are there", lambda: buyer.reload() is not None and papers.count() == 2)
    answer = buyer.request.get(f"{shop.url}/orders/{number}/invoice.pdf")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    shop.examine()


def write_draft(page: Page, email: str) -> None:
    """A draft of two jars to New York, whole and not offered yet."""
    page.goto("/staff/drafts")
    page.get_by_role("link", name="New draft order").click()
    steps.at(page, "New draft order")
    page.get_by_role("textbox", name="Email").fill(email)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("searchbox", name="Name or SKU").fill("storage jar")
    page.get_by_role("button", name="Find", exact=True).click()
    row = page.get_by_role("listitem").filter(has_text="Larder storage jar").first
    row.get_by_role("textbox", name=re.compile("Quantity$")).fill("2")
    row.get_by_role("button", name=re.compile("^Add")).click()
    expect(page.get_by_text("Added.")).to_be_visible()
    page.get_by_role("link", name="Enter").click()
    steps.at(page, "Where it goes")
    page.get_by_role("textbox", name="Full name").fill("Ada Byron")
    page.get_by_role("textbox", name="Address", exact=True).fill("350 Fifth Avenue")
    page.get_by_role("textbox", name="City").fill("New York")
    page.get_by_role("textbox", name="Postal code").fill("10118")
    page.get_by_role("combobox", name="State").select_option(label="New York")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("350 Fifth Avenue")).to_be_visible()
    page.get_by_role("radio", name="Standard").check()
    page.get_by_role("textbox", name="Note").fill("As we said on the phone")
    page.get_by_role("region", name="Delivery and note").get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Send the link by mail")).to_be_visible()


def send_link(shop: Stage, page: Page, email: str) -> str:
    """Send the link by mail; it is the one that staff see."""
    page.get_by_role("button", name="Send the link by mail").click()
    expect(page.get_by_text("The link goes out by mail.")).to_be_visible()
    shown = page.get_by_role("textbox", name="Link").input_value()
    assert shown in shop.mail(email, about="/pay/")["text"]
    return shown


def test_staff_write_an_order_and_the_customer_pays_it_by_its_link(
    shop: Stage, visitor: Visit, as_staff: Visit
) -> None:
    page = as_staff("manager")
    write_draft(page, "rosa@example.com")
    assert checks.axe(page) == []
    link = send_link(shop, page, "rosa@example.com")
    code = page.get_by_role("heading", level=1).inner_text()

    customer = visitor()
    steps.put_into_cart(customer, JAR, 1)  # her own cart stays her own
    customer.goto(link)
    expect(customer.get_by_text("As we said on the phone")).to_be_visible()
    assert checks.axe(customer) == []
    steps.enter_card(customer, steps.DECLINED)
    steps.pay(customer)
    expect(customer.get_by_text("Nothing was charged").first).to_be_visible()
    steps.enter_card(customer)
    steps.pay(customer)
    number = steps.order_number(customer)
    steps.open_cart(customer)
    expect(customer.get_by_role("spinbutton", name="Quantity")).to_have_value("1")

    page.reload()
    page.get_by_role("link", name=f"Order {number}").click()
    steps.at(page, number)
    expect(page.get_by_text(f"Written by staff as draft {code}")).to_be_visible()
    assert money_of(shop, number)[0] > 0
    shop.examine()


def test_without_scripts_staff_write_an_order_and_the_customer_pays_it_by_transfer(
    shop: Stage, visitor: Visit, as_staff: Visit
) -> None:
    (before,) = shop.sql("SELECT bank_details FROM store.shop")
    shop.sql("UPDATE store.shop SET bank_details = 'IBAN GR16 0110 1250 0000 0001 2300 695'")
    try:
        page = as_staff("manager", scripts=False)
        write_draft(page, "vera@example.com")
        link = send_link(shop, page, "vera@example.com")

        customer = visitor(scripts=False)
        customer.goto(link)
        expect(customer.get_by_text("The card fields need JavaScript.")).to_be_visible()
        customer.get_by_text("Pay by bank transfer instead").click()
        customer.get_by_role("button", name="Order and pay by transfer").click()
        expect(customer.get_by_text("We are waiting for your transfer")).to_be_visible()
        number = customer.get_by_role("heading", level=1).inner_text().removeprefix("Order ")

        page.goto(f"/staff/orders/{number}")
        page.get_by_role("link", name="Mark as paid").click()
        page.get_by_role("button", name=re.compile("has come$")).click()
        expect(page.get_by_text("It is marked as paid.")).to_be_visible()
        page.goto("/staff/drafts?state=ordered")
        expect(page.get_by_role("link", name=number)).to_be_visible()
    finally:
        shop.sql("UPDATE store.shop SET bank_details = $1", before["bank_details"])
    shop.examine()
