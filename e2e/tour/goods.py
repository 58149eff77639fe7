"""The goods in the window and in the cart."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import expect

from e2e import steps
from e2e.stage import Stage
from e2e.tour.sights import Open, Sight
from e2e.windows import PHONE


def goods(shop: Stage, window: Open) -> Iterator[Sight]:
    page = window()
    for name, path in (
        ("home", "/"),
        ("category", "/categories/kitchen"),
        ("category-sorted", "/categories/trail?sort=price-up"),
        ("category-filtered", "/categories/kitchen?a.material=stoneware&o.color=sage&in_stock=1&price_max=60"),
        ("category-nothing-left", "/categories/kitchen?o.color=sage&price_min=500"),
        ("search", "/search?q=mug"),
        ("search-filtered", "/search?q=mug&brand=hearth+%26+loam&sort=price-down"),
        ("search-misspelt", "/search?q=keetle"),
        ("search-nothing", "/search?q=zeppelin"),
        ("search-empty", "/search"),
        ("product", "/products/harbor-stoneware-mug"),
        ("product-variant", "/products/ferry-canvas-backpack?variant=NQY-BPK"),
        ("product-reduced", "/products/ridge-dripper-and-server"),
        ("page-about", "/pages/about"),
        ("page-delivery", "/pages/delivery"),
        ("page-terms", "/pages/terms"),
        ("page-contact", "/pages/contact"),
        ("not-found", "/nothing/is/here"),
        ("product-not-found", "/products/no-such-thing"),
    ):
        page.goto(path)
        yield Sight(name, page)
    page.goto("/products/harbor-stoneware-mug")
    steps.choose(page, Color="Oat", Size="420 ml")
    expect(page.get_by_role("button", name="Sold out")).to_be_disabled()
    yield Sight("product-sold-out", page)
    page.goto("/")
    page.get_by_role("searchbox", name="Search").press_sequentially("ket")
    expect(page.get_by_role("listbox", name="Suggestions").get_by_role("option").first).to_be_visible()
    yield Sight("suggestions", page, again=False, whole=False)
    page.set_viewport_size(PHONE)
    page.goto("/categories/kitchen?in_stock=1")
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_role("heading", name="Filters")).to_be_focused()
    yield Sight("filters", page, again=False, whole=False)
    with failing(shop):
        page.goto("/")
        yield Sight("error", page)


def carts(shop: Stage, window: Open) -> Iterator[Sight]:
    page = window()
    steps.open_cart(page)
    yield Sight("cart-empty", page)
    page.goto("/products/harbor-stoneware-mug")
    steps.choose(page, Color="Sage", Size="420 ml")
    steps.add_to_cart(page, 2)
    yield Sight("cart-added", page, again=False, whole=False)
    steps.put_into_cart(page, "larch-gooseneck-kettle")
    steps.put_into_cart(page, "the-long-way-round")
    steps.open_cart(page)
    yield Sight("cart", page)
    shop.leave("HLM-MUG-SAG-420", 7)
    page.get_by_role("spinbutton", name="Quantity").first.fill("8")
    page.get_by_role("spinbutton", name="Quantity").first.press("Tab")
    expect(page.get_by_role("button", name=re.compile("^Take 7"))).to_be_visible()
    yield Sight("cart-too-many", page, again=False)


@contextmanager
def failing(shop: Stage) -> Iterator[None]:
    """A mistake of ours: within the block the shop's home page cannot be made."""
    shop.sql("ALTER TABLE search.documents RENAME TO lost")
    try:
        yield
    finally:
        shop.sql("ALTER TABLE search.lost RENAME TO documents")
