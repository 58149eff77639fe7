"""The words of the shop: found in the footer, read, and answered by a message that reaches the merchant."""

from playwright.sync_api import expect

from e2e import steps
from e2e.checks import problems
from e2e.conftest import Visit
from e2e.stage import Stage


def test_a_visitor_writes_without_scripts_and_the_merchant_gets_it_by_mail(shop: Stage, visitor: Visit) -> None:
    page = visitor(scripts=False)
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Contact").click()
    steps.at(page, "Contact")
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_visible()

    page.get_by_role("textbox", name="Full name").fill("Ana Pop")
    page.get_by_role("textbox", name="Email").fill("ana.writes@example.com")
    page.get_by_role("textbox", name="Message").fill("Do you engrave mugs?\nIt is a gift.")
    page.get_by_role("button", name="Send message").click()

    expect(page.get_by_role("status").filter(has_text="Your message is on its way")).to_be_visible()
    mail = shop.mail("orders@meander.example", about="Ana Pop")
    assert "Do you engrave mugs?" in mail["text"]
    assert "ana.writes@example.com" in mail["text"]


def test_delivery_and_terms_are_one_click_away_and_sound(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    for link, heading in (("Delivery", "Delivery"), ("Terms of sale", "Terms of sale")):
        page.goto("/")
        page.get_by_role("contentinfo").get_by_role("link", name=link).click()
        steps.at(page, heading)
        assert problems(page) == []
