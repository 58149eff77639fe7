"""Checkout in a shop that goes on: stock runs out, prices change, sessions end, time passes."""

import re

from playwright.sync_api import expect

from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage
from e2e.test_member_buys import SHOPPER, SHOPPERS_PASSWORD


def test_an_answer_that_comes_late_does_not_take_the_place_of_a_newer_choice(shop: Stage, visitor: Visit) -> None:
    shop.leave("HLM-MUG-INK-420", 1)
    page = visitor()
    page.goto("/products/harbor-stoneware-mug")
    of_this = re.compile(r"/products/harbor-stoneware-mug\?")
    page.route(of_this, lambda _route: None, times=1)  # it is never answered

    with page.expect_request(of_this) as asked:
        steps.choose(page, Color="Ink blue")
    with page.expect_event("requestfailed", lambda request: request.url == asked.value.url):
        steps.choose(page, Size="420 ml")

    expect(page.get_by_role("main").get_by_text("Only 1 left").first).to_be_visible()


def test_the_last_one_is_sold_to_one_of_two(shop: Stage, visitor: Visit) -> None:
    shop.leave("HLM-MUG-INK-420", 1)
    first, second = visitor(), visitor()
    for page in (first, second):
        page.goto("/products/harbor-stoneware-mug")
        steps.choose(page, Color="Ink blue", Size="420 ml")
        expect(page.get_by_role("main").get_by_text("Only 1 left").first).to_be_visible()
        steps.add_to_cart(page)
        steps.check_out(page)
    payments = len(shop.sql("SELECT id FROM payments.payments"))

    steps.enter_contact(first, "first@example.com")
    steps.at(first, "Delivery address")
    steps.enter_contact(second, "second@example.com")

    steps.at(second, "Not enough in stock")
    expect(second.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()
    expect(second.get_by_role("main")).to_contain_text("there are none left")
    second.get_by_role("button", name="Remove Harbor stoneware mug").click()
    expect(second.get_by_text("Your cart is empty")).to_be_visible()
    assert len(shop.sql("SELECT id FROM payments.payments")) == payments
    steps.enter_address(first)
    steps.choose_delivery(first)
    steps.enter_card(first)
    steps.pay(first)
    steps.order_number(first)
    assert shop.available("HLM-MUG-INK-420") == 0
    second.goto("/products/harbor-stoneware-mug")
    steps.choose(second, Color="Ink blue", Size="420 ml")
    expect(second.get_by_role("button", name="Sold out")).to_be_disabled()


def test_fewer_than_wanted_can_be_taken(shop: Stage, visitor: Visit) -> None:
    shop.leave("MND-BRD-WAL-L", 3)
    page, other = visitor(), visitor()
    for window, quantity in ((page, 3), (other, 2)):
        window.goto("/products/ashlar-cutting-board")
        steps.choose(window, Wood="Walnut", Size="Large")
        steps.add_to_cart(window, quantity)
        steps.check_out(window)
    steps.enter_contact(other, "two@example.com")
    steps.at(other, "Delivery address")
    steps.enter_contact(page, "three@example.com")
    expect(page.get_by_role("main")).to_contain_text("You want 3; 1 can be had.")

    page.get_by_role("button", name="Take 1 of Ashlar cutting board").click()

    steps.at(page, "Delivery address")
    expect(page.get_by_role("main")).to_contain_text("three@example.com")
    assert shop.available("MND-BRD-WAL-L") == 0


def test_the_time_things_are_kept_is_told_and_can_be_extended(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.put_into_cart(page, "dome-pendant")
    steps.check_out(page)
    steps.enter_contact(page, "time@example.com")
    steps.at(page, "Delivery address")
    kept = page.get_by_text(re.compile("We are keeping these things for you for another 1[45] minutes"))
    expect(kept).to_be_visible()

    page.get_by_role("textbox", name="Full name").fill("Ada Byron")
    page.get_by_role("button", name="I need more time").click()

    expect(page.get_by_text(re.compile("for another (29|30) minutes"))).to_be_visible()
    expect(page.get_by_role("button", name="I need more time")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Full name")).to_have_value("Ada Byron")


def test_a_price_that_changes_meanwhile_is_shown_and_accepted(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    page.goto("/products/gable-table-lamp")
    steps.choose_first(page)
    sku = page.get_by_text(re.compile("^Item ")).inner_text().removeprefix("Item ")
    steps.add_to_cart(page)
    steps.walk_to_payment(page, "price@example.com")
    before = page.get_by_role("button", name=re.compile("^Pay")).inner_text().removeprefix("Pay ")
    shop.reprice(sku, 19_900)
    steps.enter_card(page)
    steps.pay(page)

    changed = page.get_by_role("alert").filter(has_text="The total has changed")
    expect(changed).to_contain_text(before)
    expect(changed).to_be_focused()
    accept = page.get_by_role("button", name=re.compile("^Accept"))
    now = re.search(r"\$[\d.,]+", accept.inner_text())
    accept.click()
    steps.enter_card(page)
    steps.pay(page)

    steps.order_number(page)
    assert now is not None
    assert now[0] != before
    expect(page.get_by_role("main")).to_contain_text("$199.00")
    expect(page.get_by_role("main")).to_contain_text(now[0])


def test_a_session_that_ends_in_checkout_goes_on_at_the_same_step(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.log_in(page, SHOPPER, SHOPPERS_PASSWORD)
    steps.put_into_cart(page, "selvedge-linen-towels")
    steps.check_out(page)
    steps.go_on(page)
    steps.at(page, "Delivery address")
    page.get_by_role("textbox", name="Full name").fill("June A. Alder")
    steps.go_on(page)
    steps.at(page, "Delivery")
    shop.sql("DELETE FROM accounts.sessions WHERE account_id = (SELECT account_id FROM checkout.checkouts"
             " WHERE status = 'open' AND account_id IS NOT NULL ORDER BY created_at DESC LIMIT 1)")  # fmt: skip

    page.get_by_role("radio", name="Express").check()
    steps.go_on(page)

    steps.at(page, "Payment")
    expect(page.get_by_text("You have been logged out.")).to_be_visible()
    page.get_by_role("link", name="Log in again").click()
    steps.fill_log_in(page, SHOPPER, SHOPPERS_PASSWORD)
    steps.at(page, "Payment")
    expect(page.get_by_text("You have been logged out.")).to_have_count(0)
    for kept in ("June A. Alder", "Express", "Selvedge linen towels", SHOPPER):
        expect(page.get_by_role("main")).to_contain_text(kept)
    steps.enter_card(page)
    steps.pay(page)
    number = steps.order_number(page)
    page.goto("/account")
    expect(page.get_by_role("link", name=number)).to_be_visible()


def test_a_session_that_ended_can_be_left_behind(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.log_in(page, SHOPPER, SHOPPERS_PASSWORD)
    steps.put_into_cart(page, "quiet-felt-desk-mat")
    steps.check_out(page)
    steps.go_on(page)
    steps.at(page, "Delivery address")
    shop.sql("DELETE FROM accounts.sessions WHERE account_id = (SELECT account_id FROM checkout.checkouts"
             " WHERE status = 'open' AND account_id IS NOT NULL ORDER BY created_at DESC LIMIT 1)")  # fmt: skip

    steps.enter_address(page, **{"Full name": "June Elsewhere"})
    steps.choose_delivery(page)
    steps.enter_card(page)
    steps.pay(page)

    steps.order_number(page)
    expect(page.get_by_role("main")).to_contain_text("June Elsewhere")


def test_what_is_wrong_is_told_at_once_and_all_else_is_kept(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.put_into_cart(page, "heron-desk-lamp")
    steps.check_out(page)
    steps.enter_contact(page, "not an address")
    problem = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(problem).to_be_focused()
    expect(page.get_by_role("textbox", name="Email")).to_have_value("not an address")
    steps.enter_contact(page, "errors@example.com")

    steps.enter_address(page, **{"Postal code": "ABC", "City": ""})
    expect(problem).to_be_focused()
    expect(problem.get_by_role("link")).to_have_count(2)
    expect(page.get_by_role("textbox", name="Address", exact=True)).to_have_value("350 Fifth Avenue")
    problem.get_by_role("link").last.click()
    expect(page.get_by_role("textbox", name="City")).to_be_focused()
    page.get_by_role("textbox", name="City").fill("New York")
    page.get_by_role("textbox", name="Postal code").fill("10118")
    steps.go_on(page)
    steps.at(page, "Delivery")

    page.get_by_role("link", name="Edit Deliver to").click()
    steps.at(page, "Delivery address")
    expect(page.get_by_role("textbox", name="Address", exact=True)).to_have_value("350 Fifth Avenue")


def test_another_country_asks_for_other_fields_and_other_ways_to_send(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.put_into_cart(page, "tideline-serving-bowl")
    steps.check_out(page)
    steps.enter_contact(page, "berlin@example.com")
    steps.at(page, "Delivery address")
    page.get_by_role("textbox", name="Full name").fill("Lena Sommer")

    page.get_by_role("combobox", name="Country").select_option(label="Germany")
    expect(page.get_by_role("combobox", name="State")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Full name")).to_have_value("Lena Sommer")
    for field, value in {"Address": "Torstraße 1", "Postal code": "10119", "City": "Berlin"}.items():
        page.get_by_role("textbox", name=field, exact=True).fill(value)
    steps.go_on(page)

    steps.at(page, "Delivery")
    expect(page.get_by_role("main")).to_contain_text("from Rotterdam")
    expect(page.get_by_role("main")).to_contain_text("10119 Berlin")
