"""What was bought is reviewed: asked by mail, written by its link, read by others."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from domains import fulfilment, reviews
from domains.kit import Transaction
from e2e import steps
from e2e.checks import problems
from e2e.conftest import Visit
from e2e.stage import Stage

BUYER = "rita.reviews@example.com"
SNIPS, PEN = "wren-plant-snips", "line-ballpoint-pen"
WORDS = "They cut cleanly.\n\nAnd stay sharp <b>for long</b>."


def bought_two(page: Page) -> str:
    steps.put_into_cart(page, SNIPS)
    steps.put_into_cart(page, PEN)
    steps.walk_to_payment(page, BUYER)
    steps.enter_card(page)
    steps.pay(page)
    return steps.order_number(page)


def arrived(shop: Stage, number: str) -> None:
    """The parcel has come."""

    async def hand_over(tx: Transaction) -> None:
        found = await tx.sql("SELECT id FROM orders.orders WHERE order_number = :number", {"number": number})
        order_id = found.scalar_one()
        await fulfilment.send_whole(tx, order_id, tracking_number=f"1Z {number[-4:]}")
        await fulfilment.deliver_whole(tx, order_id)

    shop.operate(hand_over)


@contextmanager
def asking_at_once(shop: Stage) -> Iterator[None]:
    """Within the block buyers are asked on the day of delivery: the shop's clock is for all its journeys."""
    usual = shop.operate(reviews.settings).ask_after_days
    shop.operate(lambda tx: reviews.configure(tx, ask_after_days=0))
    try:
        yield
    finally:
        shop.operate(lambda tx: reviews.configure(tx, ask_after_days=usual))


def rate(page: Page, stars: int) -> None:
    page.get_by_role("radio", name=re.compile(f"^{stars} star")).check()


def test_who_was_sent_something_is_asked_and_others_read_what_he_says(shop: Stage, visitor: Visit) -> None:
    number = bought_two(visitor())
    with asking_at_once(shop):
        arrived(shop, number)
        mail = shop.mail(BUYER, about="How do you like what you bought?")
    page = visitor()
    page.goto(steps.link_in(mail, "/reviews/access/"))
    steps.at(page, "Review what you bought")
    page.get_by_role("link", name="Write a review of Wren plant snips").click()
    steps.at(page, "How do you like it?")
    assert "/access/" not in page.url

    # By keyboard, from the message that something is missing to the stars.
    page.get_by_role("textbox", name="What others should know").fill(WORDS)
    page.get_by_role("button", name="Send review").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    page.get_by_role("link", name="Choose from one to five stars.").click()
    page.keyboard.press("Space")
    for _more in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name=re.compile("^4 stars"))).to_be_checked()
    expect(page.get_by_role("textbox", name="What others should know")).to_have_value(re.compile("stay sharp"))
    expect(page.get_by_role("textbox", name="Name to show")).to_have_value("Ada B.")
    assert problems(page) == []
    page.get_by_role("button", name="Send review").click()
    expect(page.get_by_text("Thank you for your review")).to_be_visible()
    assert problems(page) == []
    page.get_by_role("link", name="See it there").click()

    steps.at(page, "Wren plant snips")
    said = page.get_by_role("article").filter(has_text="They cut cleanly.")
    expect(said).to_contain_text("Ada B.")
    expect(said).to_contain_text("Verified buyer")
    expect(said).to_contain_text("<b>for long</b>")
    expect(said.get_by_role("img", name="4 out of 5 stars")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"\d+ reviews?"))).to_be_visible()
    assert problems(page) == []

    reader = visitor(phone=True)
    reader.goto(f"/products/{SNIPS}")
    said = reader.get_by_role("article").filter(has_text="They cut cleanly.")
    said.get_by_role("button", name=re.compile("^Report")).click()
    expect(said.get_by_text("Thank you. We will look at it.")).to_be_visible()

    def on_its_card() -> bool:
        reader.goto("/search?q=wren+plant+snips")
        card = reader.get_by_role("article").filter(has_text="Wren plant snips")
        return "out of 5" in card.inner_text()

    shop.until("the card shows the rating", on_its_card)

    # The rest without scripts, by the same link.
    plain = visitor(scripts=False)
    plain.goto(steps.link_in(mail, "/reviews/access/"))
    plain.get_by_role("link", name="Write a review of Line ballpoint pen").click()
    plain.get_by_role("textbox", name="In one line").fill("Writes")
    plain.get_by_role("button", name="Send review").click()
    expect(plain.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    expect(plain.get_by_role("textbox", name="In one line")).to_have_value("Writes")
    rate(plain, 1)
    plain.get_by_role("button", name="Send review").click()
    expect(plain.get_by_text("Thank you for your review")).to_be_visible()
    plain.get_by_role("link", name="Change it the review of Line ballpoint pen").click()
    rate(plain, 5)
    plain.get_by_role("textbox", name="In one line").fill("Writes well")
    plain.get_by_role("button", name="Save changes").click()
    plain.goto(f"/products/{PEN}/reviews?sort=highest")
    expect(plain.get_by_role("article").filter(has_text="Writes well")).to_have_count(1)
    plain.goto(steps.link_in(mail, "/reviews/access/"))
    plain.get_by_text("Remove it the review of Line ballpoint pen").click()
    plain.get_by_role("button", name="Remove this review").click()
    expect(plain.get_by_text("Your review is removed")).to_be_visible()
    plain.goto(f"/products/{PEN}")
    expect(plain.get_by_text("Writes well")).to_have_count(0)
