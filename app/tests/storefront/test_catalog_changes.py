"""The shelves while something changes on them."""

import re
from html import unescape

import pytest

from app.routes.storefront import search as search_routes
from app.tests.storefront.conftest import Shelves
from app.tests.storefront.test_catalog import words
from app.tests.storefront.test_finding import names
from app.web.testing import Browser
from domains import catalog, inventory, search
from domains.kit import Database
from domains.search.tests.factories import STAFF, good


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


async def test_pages_keep_the_filters(shop: Browser, live_db: Database, shelves: Shelves) -> None:
    async with live_db.transaction(STAFF) as tx:
        for number in range(26):
            await good(tx, shelves.warehouse, f"Bowl {number:02}", category_id=shelves.kitchen, brand="A & B")
        await search.rebuild(tx)

    first = await shop.get("/categories/kitchen?brand=a+%26+b&sort=name")
    onward = unescape(re.findall(r'rel="next" href="([^"]+)"', first.text)[-1])
    second = await shop.get(onward)

    assert onward == "/categories/kitchen?page=2&brand=a+%26+b&sort=name"
    assert "25 to 26 of 26 products" in words(second)
    assert names(second) == ["Bowl 24", "Bowl 25"]
    assert '<link rel="prev" href="/categories/kitchen?brand=a+%26+b&amp;sort=name">' in second.text


async def test_who_asks_too_often_waits(shop: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_routes, "_SUGGESTIONS", 2)

    answers = [(await shop.get("/search/suggest?q=mug")).status_code for _ in range(4)]

    assert answers == [200, 200, 429, 429]
