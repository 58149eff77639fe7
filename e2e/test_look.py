"""The components in a browser: sound for axe, within the screen, within the security policy, workable by keyboard."""

import pytest
from playwright.sync_api import Browser, expect

from e2e.checks import RULES, SMALL_TARGETS, axe
from e2e.look.guide import PAGES, WIDTHS, Guide

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide()


@pytest.fixture(scope="module")
def browser(window: Browser) -> Browser:
    """The browser of the journeys: Playwright runs once in a process."""
    return window


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(guide: Guide, browser: Browser, name: str) -> None:
    for width, dark in ((360, False), (1280, True)):
        page = guide.open(browser, name, width, dark=dark)
        found = axe(page, RULES)
        page.context.close()

        assert found == [], (width, dark)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_runs_out_of_the_screen_nothing_breaks_the_policy_and_a_thumb_hits_everything(
    guide: Guide, browser: Browser, name: str
) -> None:
    for width in WIDTHS:
        said: list[str] = []
        page = guide.open(browser, name, width, said=said)

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [line for line in said if "404" not in line] == []
        if width < 600:
            assert page.evaluate(SMALL_TARGETS) == []
        page.context.close()


def test_the_menu_opens_and_closes_by_keyboard(guide: Guide, browser: Browser) -> None:
    for width in (360, 1280):
        page = guide.open(browser, "home", width)
        menu = page.locator("summary", has_text="Menu")

        menu.press("Enter")
        expect(page.get_by_role("link", name="Table sets")).to_be_visible()
        page.keyboard.press("Escape")

        expect(page.get_by_role("link", name="Table sets")).to_be_hidden()
        expect(menu).to_be_focused()
        page.context.close()


def test_search_opens_over_the_page_on_phones_and_takes_the_focus(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "home", 360)

    page.get_by_role("button", name="Search", exact=True).click()

    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox", name="Search")).to_be_hidden()
    page.context.close()


def test_the_header_names_what_everybody_looks_for(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "home", 1280)

    expect(page.get_by_role("searchbox", name="Search")).to_be_visible()
    expect(page.get_by_role("link", name="Account", exact=True)).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("link", name="Cart 3 items")).to_be_visible()
    page.context.close()


def test_the_first_press_of_tab_offers_to_skip_to_the_content(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "home", 1280)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_be_focused()
    page.context.close()


def test_pictures_are_changed_and_enlarged_by_keyboard(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "product", 1280)

    page.get_by_role("button", name="Picture 2 of Stoneware mug").press("Enter")
    view = page.get_by_role("button", name="Zoom picture 2 of 3")
    expect(view).to_be_visible()
    view.press("Enter")
    dialog = page.get_by_role("dialog", name="Pictures of Stoneware mug")
    expect(dialog.get_by_role("img", name="The mug from the left")).to_be_visible()
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(view).to_be_focused()
    page.context.close()


def test_what_is_added_is_shown_in_a_drawer_counted_and_said(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "product", 360)
    add = page.get_by_role("button", name="Add to cart")

    add.click()

    drawer = page.get_by_role("dialog", name="Added to your cart")
    expect(drawer.get_by_role("link", name="Check out")).to_be_visible()
    expect(page.locator("#cart-badge")).to_have_text("4 items")
    expect(page.locator("#announcement")).to_have_text("Stoneware mug is in your cart.")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(add).to_be_focused()
    expect(add).not_to_have_attribute("aria-busy", "true")
    page.context.close()


def test_another_option_changes_the_page_and_keeps_the_focus(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "product", 1280)
    colour = page.get_by_role("group", name="Colour")
    colour.get_by_role("radio", name="Sage").focus()

    page.keyboard.press("ArrowRight")

    expect(page.get_by_text("You chose clay")).to_be_visible()
    expect(colour.get_by_role("radio", name="Clay")).to_be_focused()
    expect(colour.get_by_role("radio", name="Clay")).to_be_checked()
    assert "colour=clay" in page.url
    page.context.close()


def test_a_shop_that_does_not_answer_says_so_and_loses_nothing(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "product", 1280)
    page.route("**/cart/lines", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))

    page.get_by_role("button", name="Add to cart").click()

    expect(page.get_by_role("alert")).to_contain_text("The shop could not be reached")
    expect(page.get_by_text("Bad gateway")).to_have_count(0)
    expect(page.get_by_role("button", name="Add to cart")).not_to_have_attribute("aria-busy", "true")
    page.context.close()


def test_quantity_goes_up_and_down_and_never_below_one(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "product", 360)
    number = page.get_by_role("spinbutton", name="Quantity")

    page.get_by_role("button", name="One more").click()
    expect(number).to_have_value("2")
    page.get_by_role("button", name="One less").click(click_count=3)

    expect(number).to_have_value("1")
    page.context.close()


def test_what_went_wrong_has_the_focus_and_leads_to_the_field(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "checkout", 360)
    expect(page.get_by_role("alert").filter(has_text="There is a problem")).to_be_focused()

    page.get_by_role("link", name="Enter a postal code").click()

    field = page.get_by_role("textbox", name="Postal code")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Error: Enter a postal code for Oregon, like 97205")
    page.context.close()


def test_a_dialog_returns_the_focus_to_what_opened_it(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "components", 1280)
    opener = page.get_by_role("button", name="Open a dialog")

    opener.click()
    expect(page.get_by_role("dialog", name="Added to your cart")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()

    expect(opener).to_be_focused()
    page.context.close()


def test_a_form_is_sent_once_however_often_it_is_pressed(guide: Guide, browser: Browser) -> None:
    page = guide.open(browser, "thanks", 1280)
    page.get_by_role("textbox", name="Password").fill("a long enough one")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.route("**/guide/thanks", lambda route: None)  # an answer that does not come

    button = page.get_by_role("button", name="Create account")
    busy = button.evaluate("one => { one.click(); one.click(); return one.getAttribute('aria-busy') }")
    page.wait_for_timeout(300)

    assert busy == "true"
    assert sent.count("POST") == 1
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_everything_that_needs_them_is_away(guide: Guide, browser: Browser, name: str) -> None:
    page = guide.open(browser, name, 360, scripts=False)

    for left in page.locator(".needs-script").all():
        expect(left).to_be_hidden()
    expect(page.locator("h1").first).to_be_visible()
    page.context.close()


def test_the_order_is_folded_on_phones_and_open_beside_the_form(guide: Guide, browser: Browser) -> None:
    phone = guide.open(browser, "checkout", 360)
    expect(phone.get_by_text("Subtotal")).to_be_hidden()
    phone.context.close()

    desktop = guide.open(browser, "checkout", 1280)
    expect(desktop.get_by_text("Subtotal")).to_be_visible()
    desktop.context.close()


def test_the_face_is_light(guide: Guide) -> None:
    style = guide.static.asset("css/site.css").bodies["br"]
    scripts = guide.static.asset("js/site.js").bodies["br"]

    assert len(style) < 12_000
    assert len(scripts) < 4_000
