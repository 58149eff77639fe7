"""What can go wrong while paying: nothing typed is lost, nothing is charged twice, and there is one order."""

import re

from playwright.sync_api import expect

from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage

PROBLEM = "There is a problem"
NOT_NOW = "Card payments cannot be taken right now."


def test_a_declined_card_keeps_all_and_the_next_one_pays_the_same_order(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.put_into_cart(page, "tarn-camp-lantern")
    steps.walk_to_payment(page, "declined@example.com")
    page.get_by_text("Add a note to your order").click()
    page.get_by_role("textbox", name="Note").fill("Ring twice, please.")
    steps.enter_card(page, steps.DECLINED)
    steps.pay(page)

    problem = page.get_by_role("alert").filter(has_text=PROBLEM)
    expect(problem).to_contain_text("declined")
    expect(problem).to_be_focused()
    expect(page).to_have_title(re.compile("^Error:"))
    main = page.get_by_role("main")
    for kept in ("declined@example.com", "350 Fifth Avenue", "Standard"):
        expect(main).to_contain_text(kept)
    expect(page.get_by_role("textbox", name="Note")).to_have_value("Ring twice, please.")
    steps.enter_card(page)
    steps.pay(page)

    number = steps.order_number(page)
    expect(page.get_by_role("main")).to_contain_text("Ring twice, please.")
    assert orders_of_the_cart(shop, number) == 1
    shop.mail("declined@example.com", about=number)


def test_the_bank_asks_and_the_shopper_confirms(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.put_into_cart(page, "terrace-planter")
    steps.walk_to_payment(page, "asked@example.com")
    steps.enter_card(page, steps.ASKS)
    steps.pay(page)

    page.get_by_role("button", name="Confirm payment").click()

    number = steps.order_number(page)
    assert orders_of_the_cart(shop, number) == 1


def test_the_shopper_refuses_at_the_bank_and_takes_another_card(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.put_into_cart(page, "fold-felt-laptop-sleeve")
    steps.walk_to_payment(page, "refused@example.com")
    steps.enter_card(page, steps.ASKS)
    steps.pay(page)

    page.get_by_role("button", name="Refuse").click()
    expect(page.get_by_role("alert").filter(has_text=PROBLEM)).to_be_focused()
    steps.enter_card(page)
    steps.pay(page)

    number = steps.order_number(page)
    assert orders_of_the_cart(shop, number) == 1


def test_without_the_gateway_cart_and_hold_are_kept_and_later_it_is_paid(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    sku, before = "HLM-DRP-TER", shop.available("HLM-DRP-TER")
    steps.put_into_cart(page, "ridge-dripper-and-server")
    steps.walk_to_payment(page, "gateway@example.com")
    shop.fault(on="payment_intents.create", rate_limit=True)
    steps.enter_card(page)
    steps.pay(page)

    notice = page.get_by_role("alert").filter(has_text=NOT_NOW)
    expect(notice).to_contain_text("try again in a few minutes")
    expect(notice).to_be_focused()
    assert shop.available(sku) == before - 1
    of_this_product = "SELECT status FROM orders.orders o JOIN orders.order_lines l ON l.order_id = o.id"
    assert shop.sql(f"{of_this_product} WHERE l.sku_snapshot = $1 AND status = 'pending'", sku) == []
    steps.open_cart(page)
    expect(page.get_by_role("main").get_by_role("link", name="Ridge dripper and server")).to_be_visible()
    shop.mend()
    page.goto("/checkout")
    steps.enter_card(page)
    steps.pay(page)

    number = steps.order_number(page)
    assert shop.available(sku) == before - 1
    assert orders_of_the_cart(shop, number) == 1
    shop.mail("gateway@example.com", about=number)


def test_a_gateway_that_fails_leaves_it_open_and_then_the_page_asks_for_the_card_again(
    shop: Stage, visitor: Visit
) -> None:
    page = visitor()
    steps.put_into_cart(page, "heron-desk-lamp")
    steps.walk_to_payment(page, "failing@example.com")
    shop.fault(on="payment_intents.create", error_500=True)
    steps.enter_card(page)
    steps.pay(page)
    steps.at(page, "Your payment is being confirmed")

    shop.mend()
    shop.wait_in_its_time(seconds=61)

    steps.at(page, "Payment")
    expect(page.get_by_role("alert").filter(has_text="nothing was charged")).to_be_visible()
    steps.enter_card(page)
    steps.pay(page)
    number = steps.order_number(page)
    assert orders_of_the_cart(shop, number) == 1


def test_a_slow_gateway_is_waited_for(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.put_into_cart(page, "ember-enamel-mug")
    steps.walk_to_payment(page, "slow@example.com")
    shop.fault(on="payment_intents.create", slow=2)
    steps.enter_card(page)

    steps.pay(page)

    number = steps.order_number(page)
    assert orders_of_the_cart(shop, number) == 1


def test_a_lost_answer_is_told_as_being_confirmed_and_the_page_updates_itself(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.put_into_cart(page, "saturday-market-tote")
    steps.walk_to_payment(page, "lost@example.com")
    shop.fault(on="payment_intents.create", answer_lost=True)
    for reading in ("search", "list", "retrieve"):
        shop.fault(on=f"payment_intents.{reading}", error_500=True)
    steps.enter_card(page)
    steps.pay(page)

    steps.at(page, "Your payment is being confirmed")
    expect(page.get_by_role("status").filter(has_text="Please do not pay again")).to_be_visible()
    shop.mend()

    expect(page.get_by_role("heading", level=1, name=re.compile("^Thank you"))).to_be_visible(timeout=60_000)
    number = steps.order_number(page)
    assert orders_of_the_cart(shop, number) == 1
    shop.mail("lost@example.com", about=number)


def test_pay_pressed_twice_is_one_order_and_back_does_not_pay_again(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.put_into_cart(page, "two-nights-weekender")
    steps.walk_to_payment(page, "twice@example.com")
    steps.enter_card(page)
    page.get_by_role("button", name=re.compile("^Pay")).dblclick()

    number = steps.order_number(page)
    page.go_back()

    expect(page.get_by_role("heading", level=1, name=re.compile("^(Your cart|Thank you)"))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Pay"))).to_have_count(0)
    assert orders_of_the_cart(shop, number) == 1
    attempts = "SELECT a.id FROM payments.attempts a JOIN orders.orders o ON o.payment_id = a.payment_id"
    assert len(shop.sql(f"{attempts} WHERE o.order_number = $1", number)) == 1


def orders_of_the_cart(shop: Stage, number: str) -> int:
    """How many orders came of the cart of this one, those that were given up excepted."""
    rows = shop.sql(
        "SELECT id FROM orders.orders WHERE status <> 'cancelled' AND cart_id ="
        " (SELECT cart_id FROM orders.orders WHERE order_number = $1)",
        number,
    )
    return len(rows)
