"""The home page by those who look after it: a banner made, looked at, published, seen."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from domains.catalog.tests.factories import png
from e2e.conftest import Visit
from e2e.stage import Stage


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_banner_is_made_looked_at_published_and_seen(
    shop: Stage, as_staff: Visit, visitor: Visit, tmp_path: Path, scripts: bool
) -> None:
    heading = "Linen for the garden" if scripts else "Clay for the kitchen"
    shown = f"A quiet colour behind “{heading}”"
    picture = tmp_path / "banner.png"
    picture.write_bytes(png(1400, 1000, (90, 120, 90) if scripts else (150, 90, 60)))
    page = as_staff("marketing", to="/staff/home-page", scripts=scripts)

    page.get_by_role("radio", name="Banner").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("textbox", name="Heading").fill(heading)
    page.get_by_role("textbox", name="Words of the button").fill("Have a look")
    page.get_by_role("textbox", name="The button leads to").fill("https://elsewhere.example")
    page.get_by_label("A picture of yours").set_input_files(picture)
    page.get_by_role("button", name="Keep in the draft").click()
    expect(page.get_by_role("alert").get_by_text("begins with one slash")).to_be_visible()
    page.get_by_role("textbox", name="The button leads to").fill("/categories/kitchen")
    page.get_by_role("textbox", name="What is to be seen on the picture").fill(shown)
    page.get_by_role("button", name="Keep in the draft").click()
    expect(page.get_by_text("stands at the end of the draft")).to_be_visible()
    page.get_by_role("button", name=f"Move up: {heading}").click()

    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    expect(page.get_by_role("img", name=shown)).to_be_visible()
    shopper = visitor(scripts=scripts)
    shopper.goto("/")
    expect(shopper.get_by_role("heading", name=heading)).to_have_count(0)
    page.get_by_role("link", name="Back to the sections").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published.")).to_be_visible()

    shopper.goto("/")
    expect(shopper.get_by_role("heading", name=heading)).to_be_visible()
    shopper.get_by_role("link", name="Have a look").first.click()
    expect(shopper.get_by_role("heading", level=1, name="Kitchen")).to_be_visible()
