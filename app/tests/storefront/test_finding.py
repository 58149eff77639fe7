"""Listings narrowed by filters, and what is suggested while a shopper types."""

import re
from html import unescape
from urllib.parse import quote, urlencode

import httpx
import pytest

from app.tests.storefront.test_catalog import words
from app.web.testing import Browser

pytestmark = pytest.mark.asyncio(loop_scope="module")

_TICK = re.compile(
    r'<input class="choice__input" type="(?:checkbox|radio)" id="[^"]+" name="(?P<name>[^"]+)" value="(?P<value>[^"]+)"'
    r"(?P<rest>[^>]*)>.*?\((?P<count>[\d,]+) products?\)",
    re.DOTALL,
)


def ticks(page: httpx.Response) -> dict[tuple[str, str], tuple[int, bool, bool]]:
    """What can be ticked: how many it counts, whether it is ticked, whether it cannot be."""
    return {
        (unescape(found["name"]), unescape(found["value"])): (
            int(found["count"].replace(",", "")),
            "checked" in found["rest"],
            "disabled" in found["rest"],
        )
        for found in _TICK.finditer(page.text)
    }


def total(page: httpx.Response) -> int:
    found = re.search(r'id="result-count"[^>]*>\s*([\d,]+) products?', page.text)
    assert found, words(page)[:300]
    return int(found[1].replace(",", ""))


def names(page: httpx.Response) -> list[str]:
    return [unescape(name) for name in re.findall(r'class="card__link" href="[^"]*">([^<]*)</a>', page.text)]


@pytest.mark.parametrize("path", ["/categories/kitchen?", "/search?q=mug+linen&", "/categories/kitchen?in_stock=1&"])
async def test_every_count_is_what_ticking_it_shows(reader: Browser, path: str) -> None:
    page = await reader.get(path)
    before = dict(re.findall(r"([a-z_.]+)=([^&]+)", path.partition("?")[2].replace("q=mug+linen&", "")))

    offered = ticks(page)
    shown = {}
    for name, value in offered:
        chosen = {**before, name: value}
        shown[name, value] = total(await reader.get(f"{path.partition('?')[0]}?{_query(path)}{urlencode(chosen)}"))

    assert {key: count for key, (count, _ticked, _off) in offered.items()} == shown
    assert {key for key, (count, ticked, off) in offered.items() if off} == {
        key for key, (count, ticked, off) in offered.items() if not count and not ticked
    }
    assert {"in_stock", "price_min"} <= set(re.findall(r'name="([a-z_]+)"', page.text))


def _query(path: str) -> str:
    return "q=mug+linen&" if "q=" in path else ""


async def test_an_address_says_it_all_and_shows_the_same_again(reader: Browser) -> None:
    path = "/search?q=shirt+mug&in_stock=1&o.size=s&o.size=m&price_max=82.5&sort=price-down"

    page = await reader.get(path)
    again = await reader.get(path)

    assert page.text == again.text
    assert names(page) == ["Linen shirt"]
    assert {key for key, (_count, ticked, _off) in ticks(page).items() if ticked} == {
        ("in_stock", "1"),
        ("o.size", "s"),
        ("o.size", "m"),
    }
    assert 'name="price_max" value="82.50"' in page.text
    assert 'value="price-down" selected' in page.text
    assert 'href="/products/linen-shirt?variant=SH-S-SAG"' in page.text


async def test_each_filter_is_a_chip_that_takes_it_away_and_one_link_takes_all(reader: Browser) -> None:
    page = await reader.get("/categories/kitchen?brand=hearth&price_min=5&in_stock=1&sort=name&page=1")

    read = words(page)
    chips = dict(re.findall(r'<a class="chip" href="([^"]+)">([^<]+)<span class="visually-hidden"> remove', page.text))
    assert {unescape(href): label for href, label in chips.items()} == {
        "/categories/kitchen?in_stock=1&price_min=5.00&sort=name": "Brand: Hearth",
        "/categories/kitchen?brand=hearth&in_stock=1&sort=name": "From $5.00",
        "/categories/kitchen?brand=hearth&price_min=5.00&sort=name": "In stock",
    }
    assert "remove filter" in read
    assert re.search(r'href="/categories/kitchen\?sort=name"[^>]*>Clear all', page.text)


async def test_without_any_product_left_the_page_says_what_to_take_away(reader: Browser) -> None:
    page = await reader.get("/categories/kitchen?brand=nobody")

    assert page.status_code == 200
    assert total(page) == 0
    assert "Without these filters there are 4 products" in words(page)
    assert re.search(r'href="/categories/kitchen"[^>]*><span class="button__label">Clear all filters', page.text)


async def test_the_whole_shop_can_be_looked_through(reader: Browser) -> None:
    newest = await reader.get("/search?sort=newest")
    of_one_brand = await reader.get("/search?brand=Hearth")
    nothing_asked = await reader.get("/search?q=")

    assert (total(newest), names(newest)[0]) == (5, "Linen shirt")
    assert names(of_one_brand) == ["Stoneware mug"]
    assert 'href="/search?sort=featured">Clear all' in of_one_brand.text
    assert "All products" in words(newest)
    assert "Perhaps one of these" in words(nothing_asked)


async def test_search_engines_are_shown_the_whole_category_alone(reader: Browser) -> None:
    whole = await reader.get("/categories/kitchen")
    narrowed = await reader.get("/categories/kitchen?brand=hearth&sort=name")
    robots = await reader.get("/robots.txt")

    assert "noindex" not in whole.text
    assert 'content="noindex, follow"' in narrowed.text
    assert '<link rel="canonical" href="http://127.0.0.1:8000/categories/kitchen">' in narrowed.text
    assert {"Disallow: /*?brand=", "Disallow: /*&o.", "Disallow: /*?price_"} <= set(robots.text.splitlines())


async def test_a_part_is_the_listing_alone_with_its_number_said_and_its_address_clean(reader: Browser) -> None:
    part = await reader.htmx("GET", "/categories/kitchen?brand=hearth&price_min=&price_max=&sort=featured")

    assert part.text.lstrip().startswith('<form class="listing')
    assert "<h1" not in part.text
    assert re.search(r'id="announcement"[^>]*hx-swap-oob="innerHTML">1 product<', part.text)
    assert part.headers["hx-push-url"] == "/categories/kitchen?brand=hearth"


@pytest.mark.parametrize(
    "query",
    [
        "brand=" + quote("<script>alert(1)</script>"),
        "brand=" + "x" * 5000,
        "&".join(f"a.code{number}=x" for number in range(300)),
        "&".join(f"brand={number}" for number in range(500)),
        "a.volume=" + "9" * 70 + "..",
        "a.volume=1..2&a.oven=..5&o.size=1..2",
        "a.oven=yes&a.oven=no&a.oven=maybe",
        "price_min=1e999999&price_max=NaN",
        "price_min=999999999999&price_max=-1",
        "rating=5&rating=-1&rating=4",
        "in_stock=0&reduced=2",
        "o.%00=x&o.x=%00&category=%ED%A0%80",
        "brand=' OR 1=1--&category=kitchen'%3B--",
        "slug=other&route=home&name=x&page=2&listing=x",
        "a.volume=:x&o.size={}&brand=%25s",
    ],
)
async def test_whatever_stands_in_an_address_gets_an_honest_page(reader: Browser, query: str) -> None:
    for path in ("/categories/kitchen", "/search?q=mug"):
        answer = await reader.get(f"{path}{'&' if '?' in path else '?'}{query}")

        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert len(answer.text) < 80_000


async def test_suggestions_are_options_with_products_and_categories(reader: Browser) -> None:
    answer = await reader.get("/search/suggest?q=stonew")

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert "<h1" not in answer.text
    assert re.search(r'role="option"[^>]*href="/products/stoneware-mug"', answer.text)
    assert "$24.00" in answer.text
    assert re.search(r'data-words="\d+ suggestions?', answer.text)


@pytest.mark.parametrize(
    "query", ["", "%00", quote("<b>&\"'"), "x" * 9000, "%E2%80%AE", quote("a | & ! :* \\"), "zeppelin"]
)
async def test_whatever_is_typed_gets_a_list(reader: Browser, query: str) -> None:
    answer = await reader.get(f"/search/suggest?q={query}")

    assert answer.status_code == 200
    assert "<b>" not in answer.text
