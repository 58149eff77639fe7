import xml.etree.ElementTree as ET

import pytest

from app.routes.storefront import machines
from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser
from domains import catalog
from domains.kit import Database
from domains.search.tests.factories import STAFF


def addresses(xml: str) -> list[str]:
    root = ET.fromstring(xml)  # noqa: S314 - our own answer
    return [found.text or "" for found in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


async def test_the_sitemap_names_what_is_shown_and_nothing_else(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    async with live_db.transaction(STAFF) as tx:
        await catalog.unpublish(tx, shelves.mug)

    answer = await shop.get("/sitemap.xml")

    assert answer.headers["content-type"].startswith("application/xml")
    assert set(addresses(answer.text)) == {
        "http://127.0.0.1:8000" + path
        for path in (
            "/",
            "/categories/kitchen",
            "/categories/mugs-cups",
            "/categories/clothes",
            "/products/gone-mug",
            "/products/last-mug",
            "/products/later-mug",
            "/products/linen-shirt",
        )
    }


async def test_a_large_catalogue_gets_a_list_of_lists(shop: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machines, "PER_FILE", 2)

    lists = addresses((await shop.get("/sitemap.xml")).text)
    named = [address for url in lists for address in addresses((await shop.get(url)).text)]

    assert [url.rpartition("/")[2] for url in lists] == ["categories", "products-1", "products-2", "products-3"]
    assert len(named) == 4 + 5
    assert (await shop.get("/sitemaps/nonsense")).status_code == 404


async def test_crawlers_are_told_what_is_private(shop: Browser) -> None:
    answer = await shop.get("/robots.txt")

    assert answer.headers["content-type"].startswith("text/plain")
    assert "Disallow: /cart" in answer.text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in answer.text


async def test_a_picture_is_kept_for_ever_by_every_cache(shop: Browser, shelves: Shelves) -> None:
    key = shelves.shirt.images[0].key

    answer = await shop.get(f"/media/{key}")
    again = await shop.get(f"/media/{key}", headers={"If-None-Match": answer.headers["etag"]})

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    assert "immutable" in answer.headers["cache-control"]
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "key",
    ["nothing", "0" * 64 + ".webp", "..%2f..%2fetc%2fpasswd", "%2e%2e", "0" * 64 + ".svg", "0" * 64 + ".html", "%00"],
)
async def test_no_other_file_is_served(shop: Browser, key: str) -> None:
    assert (await shop.get(f"/media/{key}")).status_code in (400, 404)
