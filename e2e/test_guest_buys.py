"""A guest buys: found, chosen, paid, told, and one less on the shelf."""

import re
import time

from playwright.sync_api import expect

from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage

TWO_MINUTES = 120  # CHK-01
MERCHANT = "orders@meander.example"


def test_a_guest_finds_a_thing_and_buys_it(shop: Stage, visitor: Visit) -> None:
    page = visitor(motion=True)
    before = shop.available("HLM-MUG-SAG-300")
    began = time.monotonic()

    steps.find(page, "stoneware mug", "Harbor stoneware mug")
    steps.choose(page, Color="Sage", Size="300 ml")
    steps.add_to_cart(page)
    steps.walk_to_payment(page, "ada.guest@example.com")
    expect(page.get_by_text("350 Fifth Avenue").first).to_be_visible()
    steps.enter_card(page)
    steps.pay(page)
    steps.order_number(page)

    took = time.monotonic() - began
    print(f"a guest bought in {took:.1f} s")
    assert took < TWO_MINUTES
    main = page.get_by_role("main")
    expect(main).to_contain_text("Harbor stoneware mug")
    expect(main).to_contain_text("$33.70")  # $24.00, $6.95 for delivery, and New York's taxes on both
    expect(main).to_contain_text("Estimated delivery")
    expect(page.get_by_role("heading", name="Keep this order in an account")).to_be_visible()
    assert shop.available("HLM-MUG-SAG-300") == before - 1


def test_the_guest_and_the_merchant_get_a_mail_and_its_link_shows_the_order(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    number = steps.buy(page, "beck-insulated-bottle", "grace.guest@example.com")

    told = shop.mail("grace.guest@example.com", about=number)
    merchants = shop.mail(MERCHANT, about=number)

    assert "Thank you for your order" in told["text"]
    assert number in told["html"]
    assert set(re.findall(r'(?:href=|src=|url\()["\']?(https?://[^/"\')]+)', told["html"])) == {
        shop.url
    }  # nobody else is asked
    assert number in merchants["text"]
    stranger = visitor()
    stranger.goto(f"/orders/{number}")
    expect(stranger.get_by_role("heading", level=1)).not_to_contain_text(number)
    elsewhere = visitor()
    elsewhere.goto(steps.link_in(told, "/orders/"))
    expect(elsewhere.get_by_role("heading", level=1)).to_contain_text(number)
    expect(elsewhere.get_by_role("main")).to_contain_text("Beck insulated bottle")
    assert "/access/" not in elsewhere.url  # the key is not left in the address line


def test_an_order_is_found_by_its_number_and_address(shop: Stage, visitor: Visit) -> None:
    number = steps.buy(visitor(), "line-ballpoint-pen", "find.me@example.com")
    page = visitor()
    page.goto("/")

    page.get_by_role("contentinfo").get_by_role("link", name=re.compile("order", re.IGNORECASE)).first.click()
    page.get_by_role("textbox", name="Order number").fill(number.lower())
    page.get_by_role("textbox", name="Email").fill("Find.Me@example.com")
    page.get_by_role("button", name="Find order").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(number)


def test_one_trace_leads_from_the_press_of_pay_to_events_jobs_and_mails(shop: Stage, visitor: Visit) -> None:
    number = steps.buy(visitor(), "wren-plant-snips", "trace@example.com")
    shop.mail("trace@example.com", about=number)
    shop.mail(MERCHANT, about=number)

    order, payment = shop.sql("SELECT id, payment_id FROM orders.orders WHERE order_number = $1", number)[0]
    events = shop.sql("SELECT type, trace_id FROM kit.events WHERE stream_id IN ($1, $2)", order, payment)
    mails = shop.sql("SELECT trace_id FROM notifications.notifications WHERE order_id = $1", order)

    pressed = {row["trace_id"] for row in events if row["type"] == "order.created"}
    assert {row["type"] for row in events} >= {"order.created", "payment.captured", "order.confirmed"}
    assert {row["trace_id"] for row in events} == pressed
    assert [row["trace_id"] for row in mails] == [*pressed, *pressed]
    trace = pressed.pop()
    assert any(line.get("path") == "/checkout/payment" for line in shop.told("serve", trace))
    assert {line["event"] for line in shop.told("work", trace)} >= {"mail.sent"}
