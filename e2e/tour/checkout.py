"""From the cart to the review of what came, and what the shopper sees when it does not go smoothly."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from domains import fulfilment, reviews
from domains.kit import Transaction
from e2e import steps
from e2e.stage import Stage
from e2e.tour.sights import Open, Sight


def checkout(shop: Stage, window: Open) -> Iterator[Sight]:
    page = window()
    steps.put_into_cart(page, "harbor-stoneware-mug", 2)
    steps.put_into_cart(page, "line-ballpoint-pen")
    steps.check_out(page)
    yield Sight("checkout-contact", page)
    steps.enter_contact(page, "nobody")
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    yield Sight("checkout-contact-error", page, again=False)
    steps.enter_contact(page, "tour@example.com")
    steps.at(page, "Delivery address")
    yield Sight("checkout-address", page)
    steps.enter_address(page, **{"Postal code": "ABC", "City": ""})
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    page.get_by_role("checkbox", name="The bill goes to the same address").uncheck()
    yield Sight("checkout-address-error", page, again=False)
    page.get_by_role("checkbox", name="The bill goes to the same address").check()
    steps.enter_address(page)
    steps.at(page, "Delivery")
    yield Sight("checkout-delivery", page)
    steps.choose_delivery(page)
    expect(steps.card(page).get_by_label("Card number")).to_be_visible()
    yield Sight("checkout-payment", page)
    steps.enter_card(page, steps.DECLINED)
    steps.pay(page)
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    expect(steps.card(page).get_by_label("Card number")).to_be_visible()
    yield Sight("checkout-declined", page)
    steps.enter_card(page)
    steps.pay(page)
    number = steps.order_number(page)
    yield Sight("thank-you", page)
    page.goto(f"/orders/{number}")
    yield Sight("order", page)
    yield from _reviewing(shop, page, number)


def _reviewing(shop: Stage, page: Page, number: str) -> Iterator[Sight]:
    """The order has come, and what was in it is reviewed: two things, one of them at once, one after a look."""

    async def hand_over(tx: Transaction) -> None:
        found = await tx.sql("SELECT id FROM orders.orders WHERE order_number = :number", {"number": number})
        order_id = found.scalar_one()
        await fulfilment.send_whole(tx, order_id, tracking_number=f"1Z {number[-4:]}")
        await fulfilment.deliver_whole(tx, order_id)

    async def answer(tx: Transaction) -> None:
        found = await tx.sql("SELECT id FROM reviews.reviews WHERE title = :title", {"title": "My cup of the morning"})
        await reviews.reply(tx, found.scalar_one(), "Thank you, Ada.\nThe potter will be glad to hear it.")

    page.goto(f"/orders/{number}/reviews")
    yield Sight("reviews-not-yet", page)
    shop.operate(hand_over)
    page.goto(f"/orders/{number}")
    yield Sight("order-delivered", page)
    page.get_by_role("link", name="Write a review").click()
    steps.at(page, "Review what you bought")
    yield Sight("reviews-to-write", page)
    page.get_by_role("link", name=re.compile("^Write a review of Harbor")).click()
    steps.at(page, "How do you like it?")
    yield Sight("review", page)
    page.get_by_role("textbox", name="Name to show").fill("")
    page.get_by_role("button", name="Send review").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()
    yield Sight("review-error", page, again=False)
    _say(
        page,
        "My cup of the morning",
        "Heavy enough to stay, light to hold.\n\nThe glaze is warmer than it looks.",
    )
    page.get_by_role("link", name=re.compile("^Write a review of Line")).click()
    _say(page, "Cheaper elsewhere", "Look at www.pens.example before you buy.")
    expect(page.get_by_text("We look at it before it is shown").first).to_be_visible()
    yield Sight("reviews-written", page)
    shop.operate(answer)
    page.goto("/products/harbor-stoneware-mug")
    yield Sight("product-reviewed", page)
    page.goto("/products/harbor-stoneware-mug/reviews")
    yield Sight("product-reviews", page)


def _say(page: Page, title: str, words: str) -> None:
    page.get_by_role("radio", name=re.compile("^4 stars")).check()
    page.get_by_role("textbox", name="In one line").fill(title)
    page.get_by_role("textbox", name="What others should know").fill(words)
    page.get_by_role("textbox", name="Name to show").fill("Ada B.")
    page.get_by_role("button", name=re.compile("review|changes")).first.click()
    expect(page.get_by_text("Thank you for your review")).to_be_visible()


def troubles(shop: Stage, window: Open) -> Iterator[Sight]:
    """What the shopper sees when it does not go smoothly."""
    page = window()
    steps.put_into_cart(page, "rill-watering-can")
    sku = shop.sql("SELECT sku FROM catalog.variants WHERE sku LIKE 'FRW-CAN%' ORDER BY position LIMIT 1")[0]["sku"]
    steps.walk_to_payment(page, "troubles@example.com")
    shop.reprice(sku, 8_800)
    steps.enter_card(page)
    steps.pay(page)
    expect(page.get_by_role("alert").filter(has_text="The total has changed")).to_be_visible()
    yield Sight("checkout-price-changed", page, again=False)
    page.get_by_role("button", name="Accept").click()
    shop.fault(on="payment_intents.create", rate_limit=True, count=1)
    steps.enter_card(page)
    steps.pay(page)
    expect(page.get_by_role("alert").filter(has_text="Card payments cannot be taken")).to_be_visible()
    yield Sight("checkout-gateway-down", page, again=False)
    shop.fault(on="payment_intents.create", answer_lost=True)
    for reading in ("search", "list", "retrieve"):
        shop.fault(on=f"payment_intents.{reading}", error_500=True)
    page.goto("/checkout/payment")
    steps.enter_card(page)
    steps.pay(page)
    steps.at(page, "Your payment is being confirmed")
    yield Sight("checkout-waiting", page)
    shop.mend()
    expect(page.get_by_role("heading", level=1, name="Thank you")).to_be_visible(timeout=60_000)
    yield from _shortage(shop, window)
    shop.rest()
    yield from _bank(window)


def _shortage(shop: Stage, window: Open) -> Iterator[Sight]:
    shop.leave("MND-BRD-WAL-L", 1)
    page = window()
    page.goto("/products/ashlar-cutting-board")
    steps.choose(page, Wood="Walnut", Size="Large")
    steps.add_to_cart(page, 1)
    steps.put_into_cart(page, "selvedge-linen-towels", 2)
    steps.check_out(page)
    shop.leave("MND-BRD-WAL-L", 0)
    steps.enter_contact(page, "short@example.com")
    steps.at(page, "Not enough in stock")
    yield Sight("checkout-shortage", page, again=False)
    steps.open_cart(page)
    yield Sight("cart-sold-out", page)


def _bank(window: Open) -> Iterator[Sight]:
    page = window()
    steps.put_into_cart(page, "ember-enamel-mug")
    steps.walk_to_payment(page, "bank@example.com")
    steps.enter_card(page, steps.ASKS)
    steps.pay(page)
    expect(page.get_by_role("button", name="Confirm payment")).to_be_visible()
    page.goto("/checkout/return")
    steps.at(page, "Your bank wants you to confirm this payment")
    yield Sight("checkout-bank", page)
