"""A day at the desk: a visitor's question is answered by mail, a review that waited is read and stands in the shop."""

import os
import re

import pytest
from playwright.sync_api import Page, expect

from domains import fulfilment, orders, reviews
from domains.kit import Transaction
from e2e import steps
from e2e.checks import problems
from e2e.conftest import Visit
from e2e.stage import Stage

SOAP = "larder-storage-jar"


def bought(shop: Stage, page: Page, email: str) -> str:
    """The number of an order that has arrived."""
    steps.put_into_cart(page, SOAP)
    steps.walk_to_payment(page, email)
    steps.enter_card(page)
    steps.pay(page)
    number = steps.order_number(page)

    async def hand_over(tx: Transaction) -> None:
        order = await orders.by_number(tx, number)
        await fulfilment.send_whole(tx, order.id, tracking_number=f"1Z {number[-4:]}")
        await fulfilment.deliver_whole(tx, order.id)

    shop.operate(hand_over)
    return number


def reviewed(shop: Stage, number: str, words: str) -> None:
    async def write(tx: Transaction) -> None:
        order = await orders.by_number(tx, number)
        buyer = reviews.Buyer(tokens=(await orders.open_access(tx, order.id),))
        draft = reviews.ReviewDraft(5, "Rita R.", "Keeps rice dry", words)
        await reviews.write(tx, number=number, product_id=order.lines[0].product_id, buyer=buyer, draft=draft)

    shop.operate(write)


def look(page: Page, name: str) -> None:
    """Sound by day and night, from phone to desktop; its picture goes to `SIGHTS`, where that names a folder."""
    assert problems(page) == []
    if folder := os.environ.get("SIGHTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_question_is_answered_by_mail_and_a_review_approved_and_seen_in_the_shop(
    shop: Stage, visitor: Visit, as_staff: Visit, scripts: bool
) -> None:
    email, words = f"rosa{scripts}@example.com".lower(), f"See www.example.com, {scripts}."
    customer = visitor(scripts=scripts)
    number = bought(shop, visitor(), email)
    customer.goto(f"/pages/contact?order={number}")
    customer.get_by_role("textbox", name="Full name").fill("Rosa Reed")
    customer.get_by_role("textbox", name="Email").fill(email)
    customer.get_by_role("textbox", name="Message").fill(f"Is the lid {scripts} tight?\nI have rice.")
    customer.get_by_role("button", name="Send message").click()
    expect(customer.get_by_text("Your message is on its way")).to_be_visible()
    told = shop.mail("orders@meander.example", about=f"Is the lid {scripts} tight?")
    reviewed(shop, number, words)

    page = as_staff("support", scripts=scripts)
    page.get_by_role("link", name="Messages to answer").click()
    if scripts:
        look(page, "messages")
    page.get_by_role("rowheader", name="Rosa Reed").first.get_by_role("link").click()
    steps.at(page, "Message from Rosa Reed")
    expect(page.get_by_text(f"Is the lid {scripts} tight?")).to_be_visible()
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    page.get_by_role("textbox", name="Answer").fill("It is.\n\nRice stays dry for a year.")
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_text("The answer is on its way.").first).to_be_visible()
    answer = shop.mail(email, about="Rice stays dry for a year.")
    assert f"> Is the lid {scripts} tight?" in answer["text"]
    assert number in answer["subject"]
    assert answer["headers"]["In-Reply-To"] == told["headers"]["Message-ID"]
    assert "Auto-Submitted" not in answer["headers"]
    page.reload()
    if scripts:
        look(page, "message")
    page.get_by_role("link", name=number).first.click()
    expect(page.locator("#happened").get_by_text("Rice stays dry for a year.")).to_be_visible()
    page.locator("#happened").get_by_role("link", name=re.compile("message answer")).click()
    if scripts:
        look(page, "mail")
    page.get_by_role("link", name="See it in words").click()
    expect(page.get_by_text("Rice stays dry for a year.")).to_be_visible()

    page.goto("/staff")
    page.get_by_role("link", name="Reviews to read").click()
    if scripts:
        look(page, "reviews")
    page.get_by_role("link", name="Keeps rice dry").first.click()
    expect(page.get_by_text("It names a web or mail address.")).to_be_visible()
    if scripts:
        look(page, "review")
    page.get_by_role("button", name="Show in the shop").click()
    expect(page.get_by_text("The review is shown in the shop and counts.").first).to_be_visible()
    page.get_by_role("textbox", name="Answer in the shop's name").fill("Thank you, Rosa!")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("The answer stands under the review.").first).to_be_visible()
    customer.goto(f"/products/{SOAP}")
    said = customer.get_by_role("article").filter(has_text=words)
    expect(said).to_contain_text("Thank you, Rosa!")
    page.goto("/staff/mails")
    if scripts:
        look(page, "mails")
