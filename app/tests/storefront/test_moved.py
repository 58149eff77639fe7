"""Old addresses lead on, and a description shows its form and nothing that could act."""

import pytest

from app.tests.storefront.conftest import Shelves
from app.web.testing import Browser
from domains import catalog
from domains.catalog import ProductChanges
from domains.kit import Database
from domains.search.tests.factories import STAFF


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/collections", "/"),
        ("/collections/all", "/"),
        ("/collections/kitchen", "/categories/kitchen"),
        ("/collections/kitchen?utm_source=mail&variant=39", "/categories/kitchen?utm_source=mail"),
        ("/collections/whatever/products/linen-shirt", "/products/linen-shirt"),
        ("/collections/all/products/linen-shirt?variant=39", "/products/linen-shirt"),
    ],
)
async def test_an_address_of_a_shopify_shop_leads_to_ours(shop: Browser, old: str, new: str) -> None:
    answer = await shop.get(old)

    assert (answer.status_code, answer.headers["location"]) == (301, new)
    assert (await shop.get(new)).status_code == 200


async def test_a_collection_that_is_no_category_is_not_found(shop: Browser) -> None:
    assert (await shop.get("/collections/never-was")).status_code == 404


async def test_a_renamed_product_and_category_are_found_at_their_old_addresses(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    async with live_db.transaction(STAFF) as tx:
        await catalog.change_product(tx, shelves.mug, ProductChanges(slug="cup"))
        await catalog.change_product(tx, shelves.mug, ProductChanges(slug="beaker"))
        await catalog.change_category(tx, shelves.kitchen, slug="cooking")
        await catalog.keep_product_addresses(tx, {"/products/Old Mug_1": shelves.mug})

    for old in ("/products/stoneware-mug", "/products/cup", "/products/Old%20Mug_1", "/collections/x/products/cup"):
        answer = await shop.get(old)
        assert (answer.status_code, answer.headers["location"]) == (301, "/products/beaker")
    for old in ("/categories/kitchen", "/collections/kitchen"):
        assert (await shop.get(old)).headers["location"] == "/categories/cooking"


async def test_a_new_product_at_an_old_address_is_the_one_that_is_shown(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    async with live_db.transaction(STAFF) as tx:
        await catalog.change_product(tx, shelves.mug, ProductChanges(slug="beaker"))
        await catalog.change_product(tx, shelves.shirt.id, ProductChanges(slug="stoneware-mug"))

    answer = await shop.get("/products/stoneware-mug")

    assert answer.status_code == 200
    assert "Linen shirt" in answer.text


async def test_a_description_shows_its_form_and_nothing_in_it_acts(
    shop: Browser, live_db: Database, shelves: Shelves
) -> None:
    html = (
        "<h1>Care</h1><ul><li>warm &amp; soft</li></ul><script>alert(1)</script><img src=x onerror=alert(1)>"
        '<a href="javascript:alert(1)" onclick="alert(1)">run</a><style>*{display:none}</style>'
    )
    async with live_db.transaction(STAFF) as tx:
        await catalog.change_product(
            tx,
            shelves.mug,
            ProductChanges(description_html=html, seo_title="Mug <b>", seo_description="A mug to buy."),
        )
        (record,) = await catalog.product_records(tx, ids=[shelves.mug])

    page = (await shop.get("/products/stoneware-mug")).text

    assert "<h3>Care</h3><ul><li>warm &amp; soft</li></ul>" in page
    assert page.count("<h1") == 1
    for trap in ("alert(1)", "onerror", "onclick", "javascript:", "display:none"):
        assert trap not in page
    assert "<title>Mug &lt;b&gt;" in page
    assert 'content="A mug to buy."' in page
    assert record.description is not None
    assert record.description.startswith("Care\n\n• warm & soft")
