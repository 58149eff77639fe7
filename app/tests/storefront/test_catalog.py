"""The shelves as shoppers, crawlers and caches see them."""

import json
import re
from html import unescape
from typing import Any

import httpx
import pytest

from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser
from domains import catalog, inventory, search
from domains.kit import Database
from domains.search.tests.factories import STAFF, good


def words(answer: httpx.Response) -> str:
    """The text of a page, as a person reads it."""
    text = re.sub(r"<(script|svg)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def structured_data(answer: httpx.Response) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.text, flags=re.DOTALL)
    return [json.loads(data) for data in found]


@pytest.mark.parametrize(
    "path",
    ["/", "/categories/kitchen", "/products/stoneware-mug", "/products/linen-shirt", "/search?q=mug", "/search"],
)
async def test_a_page_of_the_shelves_is_the_same_for_everybody_and_sets_no_cookie(shop: Browser, path: str) -> None:
    answer = await shop.get(path)
    again = await shop.get(path, headers={"Cookie": "cart=whatever; session=whatever"})

    assert answer.status_code == 200
    assert answer.headers["cache-control"].startswith("public")
    assert "set-cookie" not in answer.headers
    assert answer.text == again.text
    assert answer.text.count("<h1") == 1


async def test_home_leads_to_categories_and_new_things(shop: Browser) -> None:
    home = await shop.get("/")

    assert 'href="/categories/kitchen"' in home.text
    assert 'href="/products/linen-shirt"' in home.text
    assert structured_data(home)[0]["potentialAction"]["target"].endswith("/search?q={search_term_string}")


async def test_a_category_shows_cards_with_picture_name_price_and_stock(shop: Browser) -> None:
    page = await shop.get("/categories/kitchen?sort=name")

    read = words(page)
    assert "4 products" in read
    assert read.index("Gone mug") < read.index("Last mug") < read.index("Later mug") < read.index("Stoneware mug")
    for state in ("Sold out", "Only 2 left", "Can be ordered, arrives later", "Former price $30.00"):
        assert state in read
    assert "/media/" in page.text
    assert "Home Kitchen" in read
    assert 'href="/categories/mugs-cups"' in page.text


async def test_a_category_has_pages_as_links_and_an_order_that_works_as_a_plain_form(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    async with live_db.transaction(STAFF) as tx:
        for number in range(30):
            await good(tx, shelves.warehouse, f"Bowl {number:02}", category_id=shelves.kitchen)
        await search.rebuild(tx)

    first = await shop.get("/categories/kitchen?sort=name")
    second = await shop.get("/categories/kitchen?sort=name&page=2")

    assert re.search(r'<form[^>]*method="get"[^>]*action="/categories/kitchen"', first.text)
    assert 'rel="next"' in first.text
    assert re.search(r'href="/categories/kitchen\?page=2&amp;sort=name"', first.text)
    assert '<link rel="canonical" href="http://127.0.0.1:8000/categories/kitchen">' in first.text
    assert '<link rel="canonical" href="http://127.0.0.1:8000/categories/kitchen?page=2">' in second.text
    assert "Stoneware mug" in second.text
    assert "Bowl 00" not in second.text


@pytest.mark.parametrize(
    "query",
    [
        "sort=(select pg_sleep(3))",
        "sort=price;drop",
        "sort=name desc nulls first,1",
        "page=-1",
        "page=0",
        "page=1e3",
        "page=%D9%A1",
        "page=99999999999999999999",
        "page=",
        "page=2&page=3",
    ],
)
async def test_a_strange_order_or_page_number_is_answered_with_the_page(shop: Browser, query: str) -> None:
    answer = await shop.get(f"/categories/kitchen?{query}")

    assert answer.status_code == 200
    assert "Stoneware mug" in answer.text


async def test_a_product_tells_all_there_is_to_know(shop: Browser) -> None:
    page = await shop.get("/products/stoneware-mug")

    read = words(page)
    for fact in ("Hearth", "$24.00", "$30.00", "You save $6.00", "In stock", "Volume 350 ml", "Oven safe No"):
        assert fact in read
    assert "Home Kitchen Mugs & cups Stoneware mug" in read
    assert 'alt="A mug from the front"' in page.text
    assert '<link rel="canonical" href="http://127.0.0.1:8000/products/stoneware-mug">' in page.text
    assert "</script><b>well</b>" not in page.text


@pytest.mark.parametrize(
    ("slug", "state", "can_be_bought"),
    [
        ("stoneware-mug", "In stock", True),
        ("last-mug", "Only 2 left", True),
        ("later-mug", "Can be ordered, arrives later", True),
        ("gone-mug", "Sold out", False),
    ],
)
async def test_availability_stands_in_words(shop: Browser, slug: str, state: str, can_be_bought: bool) -> None:
    page = await shop.get(f"/products/{slug}")

    assert state in words(page)
    assert ("Add to cart" in words(page)) is can_be_bought


async def test_search_engines_get_offers_that_cannot_end_the_script(shop: Browser) -> None:
    mug, way = structured_data(await shop.get("/products/stoneware-mug"))
    shirt, _way = structured_data(await shop.get("/products/linen-shirt"))

    assert (mug["@type"], mug["offers"]["price"], mug["offers"]["priceCurrency"]) == ("Product", "24.00", "USD")
    assert "</script><b>well</b> & warm" in mug["description"]
    assert mug["offers"]["availability"] == "https://schema.org/InStock"
    assert mug["image"][0].startswith("http://127.0.0.1:8000/media/")
    assert [item["name"] for item in way["itemListElement"]] == ["Kitchen", "Mugs & cups", "Stoneware mug"]
    assert (shirt["@type"], shirt["variesBy"]) == ("ProductGroup", ["Size", "Colour"])
    assert [one["offers"]["availability"].rpartition("/")[2] for one in shirt["hasVariant"]] == [
        "InStock",
        "OutOfStock",
        "InStock",
    ]


def _value(shirt: catalog.ProductView, option: int, value: int) -> str:
    return str(shirt.options[option].values[value].id)


async def test_nothing_is_chosen_beforehand_where_there_is_a_choice(shop: Browser) -> None:
    page = await shop.get("/products/linen-shirt")

    assert not re.search(r'type="radio"[^>]* checked', page.text)
    assert "From $80.00" in words(page)
    assert page.text.count("<legend") == 2


async def test_a_choice_by_plain_form_leads_to_the_address_of_the_variant(shop: Browser, shelves: Shelves) -> None:
    chosen = {"value1": _value(shelves.shirt, 0, 1), "value2": _value(shelves.shirt, 1, 1), "quantity": "1"}

    answer = await shop.get("/products/linen-shirt", params={**chosen, "product_id": str(shelves.shirt.id)})
    page = await shop.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, "/products/linen-shirt?variant=SH-M-RUS")
    assert len(re.findall(r'type="radio"[^>]* checked', page.text)) == 2
    read = words(page)
    assert "Linen shirt (Size: M, Colour: Rust)" in read
    assert "$82.00" in read
    assert "Item SH-M-RUS" in read
    picture = shelves.shirt.variants[2].picture
    assert picture is not None
    assert page.text.index(picture.key) < page.text.index(shelves.shirt.images[0].key)


async def test_sold_out_choices_can_be_chosen_and_say_so_only_when_it_is_true(shop: Browser, shelves: Shelves) -> None:
    open_choice = await shop.get("/products/linen-shirt")
    sage = await shop.get("/products/linen-shirt", params={"value2": _value(shelves.shirt, 1, 0)})
    sold_out = await shop.get("/products/linen-shirt?variant=SH-M-SAG")

    assert "sold out" not in words(open_choice)
    assert "S M sold out Colour" in words(sage)
    assert "M sold out" in words(sold_out)
    assert "Add to cart" not in words(sold_out)


async def test_a_combination_that_is_not_made_says_so(shop: Browser, shelves: Shelves) -> None:
    chosen = {"value1": _value(shelves.shirt, 0, 0), "value2": _value(shelves.shirt, 1, 1)}

    page = await shop.get("/products/linen-shirt", params=chosen)

    assert page.status_code == 200
    assert "Not made in this combination" in words(page)
    assert "Add to cart" not in words(page)


async def test_htmx_gets_the_buy_column_the_pictures_and_the_words_and_the_address_changes(
    shop: Browser, shelves: Shelves
) -> None:
    chosen = {"value1": _value(shelves.shirt, 0, 1), "value2": _value(shelves.shirt, 1, 1)}

    answer = await shop.htmx("GET", "/products/linen-shirt", params=chosen)

    assert answer.status_code == 200
    assert answer.headers["hx-replace-url"] == "/products/linen-shirt?variant=SH-M-RUS"
    assert answer.text.lstrip().startswith('<div class="product__buy" id="buy">')
    assert "<html" not in answer.text
    assert 'id="pictures" hx-swap-oob' in answer.text
    assert "Size: M, Colour: Rust. $82.00. In stock" in words(answer)


@pytest.mark.parametrize("variant", ["", "nonsense", "STONEWARE-MUG", "%00", "' OR 1=1", "x" * 5000])
async def test_an_unknown_variant_shows_the_product(shop: Browser, variant: str) -> None:
    answer = await shop.get("/products/linen-shirt", params={"variant": variant})

    assert answer.status_code == 200
    assert "Linen shirt" in answer.text


async def test_what_is_not_there_says_so_and_helps_on(shop: Browser, live_db: Database, shelves: Shelves) -> None:
    async with live_db.transaction(STAFF) as tx:
        await catalog.unpublish(tx, shelves.mug)
        await search.rebuild(tx)

    gone = await shop.get("/products/stoneware-mug")
    unknown = await shop.get("/products/never-was")
    shelf = await shop.get("/categories/never-was")
    found = await shop.get("/search?q=stoneware")
    listed = await shop.get("/categories/kitchen")

    assert (gone.status_code, unknown.status_code, shelf.status_code) == (410, 404, 404)
    assert "Stoneware mug is no longer sold." in words(gone)
    assert "Last mug" in words(gone)
    assert 'role="search"' in unknown.text
    assert "Linen shirt" in words(unknown)
    assert 'href="/products/stoneware-mug"' not in found.text + listed.text


async def test_price_and_stock_change_in_the_next_request(shop: Browser, live_db: Database, shelves: Shelves) -> None:
    async with live_db.transaction(STAFF) as tx:
        mug = await catalog.product(tx, shelves.mug)
        await inventory.adjust(
            tx,
            variant_id=mug.variants[0].id,
            warehouse_id=shelves.warehouse,
            change=-19,
            reason=inventory.Reason.DAMAGED,
        )

    product, category = await shop.get("/products/stoneware-mug"), await shop.get("/categories/mugs-cups")

    assert "Only 1 left" in words(product)
    assert "Only 1 left" in words(category)
