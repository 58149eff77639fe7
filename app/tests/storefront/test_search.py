from urllib.parse import quote

import pytest

from app.tests.storefront.test_catalog import words
from app.web.testing import Browser

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_search_shows_what_it_found_and_how_much(reader: Browser) -> None:
    page = await reader.get("/search?q=stoneware mug")

    read = words(page)
    assert "Results for “stoneware mug”" in read
    assert "4 products, 1 of them matches every word" in read
    assert read.index("Stoneware mug") < read.index("Last mug")
    assert 'content="noindex, follow"' in page.text


async def test_a_slip_is_answered_as_it_was_meant_and_can_be_taken_at_its_word(reader: Browser) -> None:
    page = await reader.get("/search?q=stonwear")
    literal = await reader.get("/search?q=stonwear&literal=1")

    read = words(page)
    assert "Results for “stoneware”" in read
    assert "Showing results for “stoneware”. Search instead for “stonwear”" in read
    assert 'href="/search?q=stonwear&amp;literal=1"' in page.text
    assert "Stoneware mug" in read
    assert "Nothing found for “stonwear”" in words(literal)


async def test_nothing_found_is_a_page_that_helps(reader: Browser) -> None:
    page = await reader.get("/search?q=zeppelin")

    read = words(page)
    assert page.status_code == 200
    assert "Nothing found for “zeppelin”" in read
    assert 'href="/categories/kitchen"' in page.text
    assert "Perhaps one of these" in read


@pytest.mark.parametrize(
    "query",
    [
        quote("<script>alert(1)</script>"),
        "%",
        "%25" * 3000,
        "%00",
        "%ED%A0%80",
        "x" * 10_000,
        quote("a & | ! :*"),
        "the+of+and",
        "%E2%80%AElaptop",
        "a&q=b",
        "a&sort=nonsense&page=999999",
    ],
)
async def test_whatever_is_typed_gets_a_page(reader: Browser, query: str) -> None:
    answer = await reader.get(f"/search?q={query}")

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert len(answer.text) < 60_000
