"""An order in the hands of staff: read, noted, sent elsewhere, and called off before it leaves the house."""

import re

import pytest
from playwright.sync_api import expect

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
    email = f"nora{scripts}@example.com".lower()
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
