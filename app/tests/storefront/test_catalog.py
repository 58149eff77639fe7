"""The shelves as shoppers, crawlers and caches see them."""

import json
import re
from html import unescape
from typing import Any

import httpx
import pytest

from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser
from domains import catalog

pytestmark = pytest.mark.asyncio(loop_scope="module")


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
async def test_a_page_of_the_shelves_is_the_same_for_everybody_and_sets_no_cookie(reader: Browser, path: str) -> None:
    answer = await reader.get(path)
    again = await reader.get(path, headers={"Cookie": "cart=whatever; session=whatever"})

    assert answer.status_code == 200
    assert answer.headers["cache-control"].startswith("public")
    assert "set-cookie" not in answer.headers
    assert answer.text == again.text
    assert answer.text.count("<h1") == 1


async def test_home_leads_to_categories_and_new_things(reader: Browser) -> None:
    home = await reader.get("/")

    assert 'href="/categories/kitchen"' in home.text
    assert 'href="/products/linen-shirt"' in home.text
    assert structured_data(home)[0]["potentialAction"]["target"].endswith("/search?q={search_term_string}")


async def test_a_category_shows_cards_with_picture_name_price_and_stock(reader: Browser) -> None:
    page = await reader.get("/categories/kitchen?sort=name")

    read = words(page)
    assert "4 products" in read
    assert read.index("Gone mug") < read.index("Last mug") < read.index("Later mug") < read.index("Stoneware mug")
    for state in ("In stock", "Sold out", "Only 2 left", "Can be ordered, arrives later", "Former price $30.00"):
        assert state in read
    assert "/media/" in page.text
    assert "Home Kitchen" in read
    assert 'href="/categories/mugs-cups"' in page.text


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
async def test_a_strange_order_or_page_number_is_answered_with_the_page(reader: Browser, query: str) -> None:
    answer = await reader.get(f"/categories/kitchen?{query}")

    assert answer.status_code == 200
    assert "Stoneware mug" in answer.text


async def test_a_product_tells_all_there_is_to_know(reader: Browser) -> None:
    page = await reader.get("/products/stoneware-mug")

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
async def test_availability_stands_in_words(reader: Browser, slug: str, state: str, can_be_bought: bool) -> None:
    page = await reader.get(f"/products/{slug}")

    assert state in words(page)
    assert ("Add to cart" in words(page)) is can_be_bought


async def test_search_engines_get_offers_that_cannot_end_the_script(reader: Browser) -> None:
    mug, way = structured_data(await reader.get("/products/stoneware-mug"))
    shirt, _way = structured_data(await reader.get("/products/linen-shirt"))

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


async def test_nothing_is_chosen_beforehand_where_there_is_a_choice(reader: Browser) -> None:
    page = await reader.get("/products/linen-shirt")

    assert not re.search(r'type="radio"[^>]* checked', page.text)
    assert "From $80.00" in words(page)
    assert page.text.count("<legend") == 2


async def test_a_choice_by_plain_form_leads_to_the_address_of_the_variant(reader: Browser, shelves: Shelves) -> None:
    chosen = {"value1": _value(shelves.shirt, 0, 1), "value2": _value(shelves.shirt, 1, 1), "quantity": "1"}

    answer = await reader.get("/products/linen-shirt", params={**chosen, "product_id": str(shelves.shirt.id)})
    page = await reader.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, "/products/linen-shirt?variant=SH-M-RUS")
    assert len(re.findall(r'type="radio"[^>]* checked', page.text)) == 2
    read = words(page)
    assert "Linen shirt (Size: M, Colour: Rust)" in read
    assert "$82.00" in read
    assert "Item SH-M-RUS" in read
    picture = shelves.shirt.variants[2].picture
    assert picture is not None
    assert page.text.index(picture.key) < page.text.index(shelves.shirt.images[0].key)


async def test_sold_out_choices_can_be_chosen_and_say_so_only_when_it_is_true(
    reader: Browser, shelves: Shelves
) -> None:
    open_choice = await reader.get("/products/linen-shirt")
    sage = await reader.get("/products/linen-shirt", params={"value2": _value(shelves.shirt, 1, 0)})
    sold_out = await reader.get("/products/linen-shirt?variant=SH-M-SAG")

    assert "sold out" not in words(open_choice)
    assert "From" not in words(
        await reader.get("/products/linen-shirt", params={"value1": _value(shelves.shirt, 0, 0)})
    )
    assert "S M sold out Colour" in words(sage)
    assert "M sold out" in words(sold_out)
    assert "Add to cart" not in words(sold_out)


async def test_a_combination_that_is_not_made_says_so(reader: Browser, shelves: Shelves) -> None:
    chosen = {"value1": _value(shelves.shirt, 0, 0), "value2": _value(shelves.shirt, 1, 1)}

    page = await reader.get("/products/linen-shirt", params=chosen)

    assert page.status_code == 200
    assert "Not made in this combination" in words(page)
    assert "Add to cart" not in words(page)


async def test_htmx_gets_the_buy_column_the_pictures_and_the_words_and_the_address_changes(
    reader: Browser, shelves: Shelves
) -> None:
    chosen = {"value1": _value(shelves.shirt, 0, 1), "value2": _value(shelves.shirt, 1, 1)}

    answer = await reader.htmx("GET", "/products/linen-shirt", params=chosen)

    assert answer.status_code == 200
    assert answer.headers["hx-replace-url"] == "/products/linen-shirt?variant=SH-M-RUS"
    assert answer.text.lstrip().startswith('<div class="product__buy" id="buy">')
    assert "<html" not in answer.text
    assert 'id="pictures" hx-swap-oob' in answer.text
    assert "Size: M, Colour: Rust. $82.00. In stock" in words(answer)


@pytest.mark.parametrize("variant", ["", "nonsense", "STONEWARE-MUG", "%00", "' OR 1=1", "x" * 5000])
async def test_an_unknown_variant_shows_the_product(reader: Browser, variant: str) -> None:
    answer = await reader.get("/products/linen-shirt", params={"variant": variant})

    assert answer.status_code == 200
    assert "Linen shirt" in answer.text
