"""Something comes back: asked for without a log-in, received, put on the shelf and refunded, to the last cent."""

import re

import pytest
from playwright.sync_api import Page, expect

from domains import fulfilment, orders
from domains.kit import Transaction
from e2e import checks, steps
from e2e.conftest import Visit
from e2e.stage import Stage

JAR, JAR_SKU = "larder-storage-jar", "ORN-JAR-05"


def deliver(shop: Stage, number: str) -> None:
    async def do(tx: Transaction) -> None:
        order = await orders.by_number(tx, number)
        await fulfilment.send_whole(tx, order.id, tracking_number=f"1Z {number[-4:]}")
        await fulfilment.deliver_whole(tx, order.id)

    shop.operate(do)


def sent_back(shop: Stage, number: str) -> tuple[int, int]:
    """What was taken for the order, and what went back of it, in cents."""
    (row,) = shop.sql(
        "SELECT p.captured_cents, p.refunded_cents FROM payments.payments p JOIN orders.orders o"
        " ON o.payment_id = p.id WHERE o.order_number = $1",
        number,
    )
    return row["captured_cents"], row["refunded_cents"]


def looked_at(page: Page, scripts: bool) -> None:
    """Nothing is wrong with the page; axe is a script itself, and looks where scripts run."""
    assert not scripts or checks.problems(page) == []


def confirm(page: Page, reason: str) -> None:
    page.get_by_role("textbox", name="Reason").fill(reason)
    page.get_by_role("button", name="See the amount").click()
    expect(page.get_by_role("heading", level=1, name=re.compile(r"^Refund \$"))).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Refund \$")).click()
    expect(page.get_by_text("The money is on its way back.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_return_is_refunded_with_its_goods_on_the_shelf_and_then_the_rest_and_not_a_cent_more(
    shop: Stage, visitor: Visit, as_staff: Visit, scripts: bool
) -> None:
    email = f"rita{scripts}@example.com".lower()
    buyer = visitor()
    steps.put_into_cart(buyer, JAR, 2)
    steps.walk_to_payment(buyer, email)
    steps.enter_card(buyer)
    steps.pay(buyer)
    number = steps.order_number(buyer)
    deliver(shop, number)
    before = shop.available(JAR_SKU)

    # The customer asks, on the order's page that his link opened.
    buyer.goto(f"/orders/{number}")
    buyer.get_by_role("link", name="Return something").click()
    steps.at(buyer, "Return something")
    buyer.get_by_role("spinbutton", name="How many of 2").fill("1")
    buyer.get_by_role("combobox", name=re.compile("^Why")).select_option(label="It arrived damaged")
    buyer.get_by_role("button", name="Ask for the return").click()
    expect(buyer.get_by_text("We are looking at it")).to_be_visible()
    shop.mail(email, about="Your return")

    # Staff decide, receive and refund.
    page = as_staff("manager", to="/staff/returns", scripts=scripts)
    page.get_by_role("link", name=f"{number}-R1").click()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("The customer is told where to send it.")).to_be_visible()
    page.get_by_role("spinbutton", name="Good, back on the shelf").fill("1")
    page.get_by_role("button", name="Receive").click()
    expect(page.get_by_text("What is good is on the shelf again.")).to_be_visible()
    page.get_by_role("link", name="Refund", exact=True).click()
    expect(page.get_by_role("spinbutton", name="How many of 2")).to_have_value("1")
    confirm(page, "returned")
    page.goto(f"/staff/returns/{number}-R1")
    looked_at(page, scripts)
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)

    assert shop.available(JAR_SKU) == before + 1
    shop.until("the refund is through", lambda: sent_back(shop, number)[1] > 0)
    taken, first = sent_back(shop, number)
    buyer.goto(f"/orders/{number}")
    expect(buyer.get_by_role("region", name="Returns").get_by_text("Refunded")).to_be_visible()

    # Then the rest of it, delivery and all, and not a cent more.
    page.goto(f"/staff/orders/{number}/refund")
    looked_at(page, scripts)
    page.get_by_role("spinbutton", name="How many of 1").fill("1")
    hint = page.get_by_text(re.compile(r"^Up to \$")).inner_text()
    page.get_by_role("textbox", name="Of the delivery").fill(hint.removeprefix("Up to $"))
    confirm(page, "all of it")
    page.goto(f"/staff/orders/{number}/refund")
    expect(page.get_by_text("Everything has gone back")).to_be_visible()
    shop.until("all went back", lambda: sent_back(shop, number) == (taken, taken))
    assert 0 < first < taken
    shop.examine()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_withdrawal_is_two_steps_from_any_page_and_has_a_receipt_with_the_time(
    shop: Stage, visitor: Visit, scripts: bool
) -> None:
    email = f"wilma{scripts}@example.com".lower()
    buyer = visitor()
    number = steps.buy(buyer, JAR, email)
    deliver(shop, number)
    page = visitor(scripts=scripts)

    page.goto("/search?q=jar")
    page.get_by_role("contentinfo").get_by_role("link", name="Withdraw from a contract").click()
    looked_at(page, scripts)
    page.get_by_role("textbox", name="Order number").fill(number)
    page.get_by_role("textbox", name="Email").fill(email)
    page.get_by_role("button", name="Continue").click()
    looked_at(page, scripts)
    page.get_by_role("button", name="Confirm withdrawal").click()

    steps.at(page, "We have received your withdrawal")
    looked_at(page, scripts)
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"\d+:\d\d:\d\d"))
    receipt = shop.mail(email, about="We have received your withdrawal")
    assert re.search(r"at \d+:\d\d:\d\d", receipt["text"])
    buyer.goto(f"/orders/{number}")
    expect(buyer.get_by_role("region", name="Returns")).to_contain_text("Withdrawal")
