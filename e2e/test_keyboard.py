"""Who has only a keyboard finds, chooses and buys; where he is can always be seen."""

import re

from playwright.sync_api import Locator, Page, expect

from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage

# The outline is drawn by the control, or by what stands for it: the label around it, the box beside it.
SHOWN = """one => {
  const ring = (el, pseudo) => { const s = getComputedStyle(el, pseudo);
    return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1) || s.boxShadow !== "none"; };
  const near = [one, one.parentElement, one.nextElementSibling, ...one.closest("label")?.children ?? []];
  return near.filter(Boolean).some(el => ring(el) || ring(el, "::before") || ring(el, "::after"));
}"""


def test_a_product_is_bought_with_the_keyboard_alone(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()

    reach(page, page.get_by_role("searchbox", name="Search"))
    page.keyboard.type("backpack")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("backpack")
    reach(page, page.get_by_role("main").get_by_role("link", name="Ferry canvas backpack"))
    page.keyboard.press("Enter")
    steps.at(page, "Ferry canvas backpack")

    for group in page.get_by_role("main").get_by_role("group").all():
        radios = group.get_by_role("radio")
        reach(page, radios.first, or_any_of=radios)
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        expect(radios.nth(1)).to_be_checked()
        expect(radios.nth(1)).to_be_focused()
    reach(page, page.get_by_role("button", name="Add to cart"))
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="Added to your cart")
    expect(drawer).to_be_visible()
    reach(page, drawer.get_by_role("link", name="Check out"))
    page.keyboard.press("Enter")

    steps.at(page, "Contact")
    reach(page, page.get_by_role("textbox", name="Email"))
    page.keyboard.type("keys")
    page.keyboard.press("Enter")
    problem = page.get_by_role("alert").filter(has_text="There is a problem")
    expect(problem).to_be_focused()
    reach(page, problem.get_by_role("link"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Email")).to_be_focused()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("keys@example.com")
    page.keyboard.press("Enter")

    steps.at(page, "Delivery address")
    for field, value in (
        ("Full name", "Kay Bord"),
        ("Address", "350 Fifth Avenue"),
        ("Postal code", "10118"),
        ("City", "New York"),
    ):
        reach(page, page.get_by_role("textbox", name=field, exact=True))
        page.keyboard.type(value)
    reach(page, page.get_by_role("combobox", name="State"))
    page.keyboard.type("New York")
    expect(page.get_by_role("combobox", name="State")).to_have_value("NY")
    reach(page, page.get_by_role("button", name="Continue"))
    page.keyboard.press("Enter")

    steps.at(page, "Delivery")
    reach(page, page.get_by_role("radio", name="Standard"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Express")).to_be_checked()
    reach(page, page.get_by_role("button", name="Continue"))
    page.keyboard.press("Enter")

    steps.at(page, "Payment")
    frame = steps.card(page)
    expect(frame.get_by_label("Card number")).to_be_visible()
    for field, value in (("Card number", steps.CARD), ("Expiry date", "1234"), ("Security code", "123")):
        reach(page, frame.get_by_label(field), shown=False)
        page.keyboard.type(value)
    reach(page, page.get_by_role("button", name=re.compile("^Pay")))
    page.keyboard.press("Enter")

    steps.order_number(page)
    expect(page.get_by_role("main")).to_contain_text("Kay Bord")
    expect(page.get_by_role("main")).to_contain_text("Express")


def reach(page: Page, wanted: Locator, *, or_any_of: Locator | None = None, shown: bool = True) -> None:
    """Press Tab until what is wanted has the focus, and see that it can be seen. The gateway's frame is not ours."""
    expect(wanted).to_be_visible()
    for _press in range(90):
        if has_focus(or_any_of or wanted):
            if shown:
                assert page.locator(":focus").last.evaluate(SHOWN), f"the focus is not seen on {wanted}"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached by Tab: {wanted}")


def has_focus(wanted: Locator) -> bool:
    return bool(wanted.evaluate_all("all => all.some(one => one === one.ownerDocument.activeElement)"))
