"""The catalogue by those who look after it: a product made and seen, a file sold, an import taken back."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from domains.catalog.tests.factories import png
from e2e import steps
from e2e.conftest import Visit
from e2e.stage import Stage
from e2e.test_member_buys import SHOPPER, SHOPPERS_PASSWORD

GOOD = (
    "Handle,Title,Type,Variant SKU,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\n"
    "{slug},{title},Other,{sku},20.00,shopify,3\n"
)
BAD = "Handle,Title,Variant SKU,Variant Price\nbad-{slug},Bad bowl,BAD-{sku},a lot\n"


def new_product(shop: Stage, category: str) -> str:
    """The address of the form for a new product of a category, with what is asked of its products."""
    (found,) = shop.sql("SELECT id FROM catalog.categories WHERE slug = $1", category)
    return f"/staff/products/new?category={found['id']}"


def say_what_it_is_made_of(page: Page) -> None:
    """Most categories of the demo ask for a material."""
    if page.get_by_role("combobox", name="Material").count():
        page.get_by_role("combobox", name="Material").select_option(label="Paper")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_product_is_made_and_a_shopper_sees_it(
    shop: Stage, as_staff: Visit, visitor: Visit, tmp_path: Path, scripts: bool
) -> None:
    name = "Reading lamp" if scripts else "Plain lamp"
    slug = name.lower().replace(" ", "-")
    picture = tmp_path / "lamp.png"
    picture.write_bytes(png(600, 750, (120, 90, 200) if scripts else (20, 90, 60)))
    page = as_staff("marketing", to=new_product(shop, "plants"), scripts=scripts)

    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Description").fill("<p>Bends where you read.</p>")
    say_what_it_is_made_of(page)
    page.locator("#price").fill("45.00")
    page.get_by_role("textbox", name="First stock count").fill("7")
    page.locator("#option1").fill("Colour")
    page.locator("#values1").fill("Sage #8a9a5b, Rust #a0522d")
    page.locator("#pictures").set_input_files(picture)
    page.get_by_role("button", name="Make product").click()
    expect(page.get_by_text(f"{name} is made.")).to_be_visible()
    page.get_by_role("link", name="Variants", exact=True).click()
    expect(page.get_by_role("textbox", name="Sage, SKU")).to_have_value(re.compile("SAGE$"))
    page.get_by_role("textbox", name="Rust, Price", exact=True).fill("47")
    page.get_by_role("button", name="Save table").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Shoppers can see it now.")).to_be_visible()

    shopper = visitor(scripts=scripts)
    shopper.goto(f"/products/{slug}")
    expect(shopper.get_by_role("heading", level=1, name=name)).to_be_visible()
    expect(shopper.get_by_text("$45.00").first).to_be_visible()
    expect(shopper.get_by_text("Bends where you read.")).to_be_visible()


def test_a_customer_has_no_business_in_the_back_office(shop: Stage, visitor: Visit) -> None:
    page = visitor()
    steps.log_in(page, SHOPPER, SHOPPERS_PASSWORD)
    answer = page.goto("/staff/products")

    assert answer is not None
    assert answer.status == 403


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_bad_file_is_refused_and_a_good_one_imported_and_taken_back(
    shop: Stage, as_staff: Visit, visitor: Visit, tmp_path: Path, scripts: bool
) -> None:
    slug, sku = ("import-bowl", "IB-1") if scripts else ("import-plate", "IP-1")
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text(BAD.format(slug=slug, sku=sku))
    good.write_text(GOOD.format(slug=slug, sku=sku, title=slug.replace("-", " ").capitalize()))
    page = as_staff("owner", to="/staff/imports", scripts=scripts)

    def hand_in(path: Path, state: str) -> None:
        page.goto("/staff/imports")
        page.locator("#file").set_input_files(path)
        page.get_by_role("button", name="Look it through").click()
        wait_for(page, state)

    def wait_for(page: Page, state: str) -> None:
        told = page.locator("#standing > p").get_by_text(state, exact=True)
        if not scripts:
            shop.until(state, lambda: page.reload() and told.count())
        expect(told).to_be_visible()

    hand_in(bad, "Refused")
    expect(page.get_by_text("Nothing was imported.")).to_be_visible()
    hand_in(good, "Ready to import")
    page.get_by_role("button", name="Import it").click()
    wait_for(page, "Imported")
    shopper = visitor(scripts=scripts)
    shopper.goto(f"/products/{slug}")
    expect(shopper.get_by_text("$20.00").first).to_be_visible()
    page.get_by_role("button", name="Take the import back").click()
    wait_for(page, "Taken back")
    answer = shopper.goto(f"/products/{slug}")
    assert answer is not None
    assert answer.status == 410


def test_a_file_is_sold_bought_and_downloaded(shop: Stage, as_staff: Visit, visitor: Visit, tmp_path: Path) -> None:
    guide = tmp_path / "knots.pdf"
    guide.write_bytes(b"%PDF-1.7 forty knots")
    page = as_staff("marketing", to=new_product(shop, "guides"))
    page.get_by_role("textbox", name="Name").fill("Forty knots")
    say_what_it_is_made_of(page)
    page.locator("#price").fill("12")
    page.get_by_role("button", name="Make product").click()
    page.get_by_role("link", name="Variants", exact=True).click()
    page.locator("#file").set_input_files(guide)
    page.get_by_role("button", name="Sell this file").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Shoppers can see it now.")).to_be_visible()

    shopper = visitor()
    steps.put_into_cart(shopper, "forty-knots")
    steps.check_out(shopper)
    steps.enter_contact(shopper, "reader@example.com")
    steps.at(shopper, "Who is billed")
    shopper.get_by_role("textbox", name="Full name").fill("Ada Reader")
    for field, value in (("Postal code", "10118"),):
        if shopper.get_by_role("textbox", name=field).count():
            shopper.get_by_role("textbox", name=field).fill(value)
    if shopper.get_by_role("combobox", name="State").count():
        shopper.get_by_role("combobox", name="State").select_option(label="New York")
    steps.go_on(shopper)
    steps.at(shopper, "Payment")
    steps.enter_card(shopper)
    steps.pay(shopper)
    expect(shopper.get_by_role("heading", name="Your downloads")).to_be_visible()
    with shopper.expect_download() as download:
        shopper.get_by_role("button", name="Download").click()
    assert Path(download.value.path()).read_bytes() == b"%PDF-1.7 forty knots"
    mail = shop.mail("reader@example.com", about="The files of your order")
    assert "/downloads/" in str(mail)
