"""The two real files: what Shopify itself offers to try an import with."""

from pathlib import Path

import pytest

from domains import transfer
from domains.kit import Database
from domains.transfer.tests.factories import STAFF, export, facts, goods, undone


@pytest.mark.parametrize("name", ["apparel", "jewelery"])
async def test_a_real_file_is_imported_whole_and_a_second_time_changes_nothing(
    shop: Database, shared_data: Path, name: str
) -> None:
    path = shared_data / "shopify" / f"{name}.csv"

    first = await transfer.flows.import_file(shop, path, STAFF)
    before, told = await goods(shop), await facts(shop)
    second = await transfer.flows.import_file(shop, path, STAFF)

    assert (first.count(transfer.Outcome.CREATED), first.refused) == (20, False)
    assert second.is_idle
    assert await goods(shop) == before
    assert await facts(shop) == told


async def test_what_stands_in_a_real_file_stands_in_the_shop(shop: Database, shared_data: Path) -> None:
    await transfer.flows.import_file(shop, shared_data / "shopify" / "jewelery.csv", STAFF)

    anchor = (await goods(shop))["leather-anchor"]
    assert anchor["name"] == "Anchor Bracelet Mens"
    assert anchor["brand"] == "Company 123"
    assert anchor["home"] == ("Bracelet",)
    assert anchor["tags"] == ("Anchor", "Gold", "Leather", "Silver")
    assert anchor["options"] == [("Color", [("Gold", None), ("Silver", None)])]
    gold, silver = anchor["variants"]["LEATHER-ANCHOR-GOLD"], anchor["variants"]["LEATHER-ANCHOR-SILVER"]
    assert [one["price"]["amount"]["amount"] for one in (gold, silver)] == [6999, 5500]
    assert gold["price"]["compare_at"]["amount"] == 8500
    assert (gold["stock"]["available"], silver["stock"]["available"]) == (1, 0)
    assert silver["stock"]["state"] == "backorder"  # Shopify does not count it, so it can be ordered
    assert [place for place, _alt, _url in anchor["pictures"]] == [0, 1, 2]
    assert gold["pictures"][0][2].endswith("anchor-bracelet-mens_925x.jpg")


@pytest.mark.parametrize("name", ["apparel", "jewelery"])
async def test_a_real_file_goes_out_and_into_another_shop_as_the_same_goods(
    shop: Database, shared_data: Path, tmp_path: Path, name: str
) -> None:
    async with undone(shop):
        await transfer.flows.import_file(shop, shared_data / "shopify" / f"{name}.csv", STAFF)
        there = await goods(shop)
        path = await export(shop, tmp_path / "out.csv")
        assert (await transfer.flows.import_file(shop, path, STAFF)).is_idle

    report = await transfer.flows.import_file(shop, path, STAFF)

    assert report.count(transfer.Outcome.CREATED) == 20
    assert await goods(shop) == there
