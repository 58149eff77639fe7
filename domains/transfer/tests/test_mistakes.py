"""What an import refuses, and how it says where the mistake is."""

from pathlib import Path

import pytest

from domains import transfer
from domains.kit import Database
from domains.transfer import Outcome
from domains.transfer.tests.factories import STAFF, facts, goods
from domains.transfer.tests.importing import MUG, SHIRT, Sheet, problem, take


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([MUG, {"Variant Price": "1.00"}], "row 3 Handle: the row does not say which product it belongs to"),
        ([MUG, {"Handle": "!!", "Title": "?"}], "row 3 Handle: no address can be made of “!!”"),
        ([{**MUG, "Title": ""}], "row 2 Title: a new product needs a title"),
        ([MUG, {**MUG, "Handle": "cup"}], "cup row 3 Variant SKU: the SKU MUG is that of mug in row 2 already"),
        ([MUG, {"Handle": "mug", "Title": "Cup"}], "row 3 Title: row 2 has the same handle"),
        ([{**MUG, "Handle": "a_b"}, {"Handle": "a-b", "Title": "Mug"}], "would have the same address here"),
        ([SHIRT[0], {**SHIRT[1], "Option1 Value": "S"}], "row 3 Option1 Value: row 2 is this very combination"),
        ([SHIRT[0], {**SHIRT[1], "Option1 Value": ""}], "row 3 Option1 Value: the variant does not say its Size"),
        ([{**SHIRT[0], "Option1 Name": ""}], "row 2 Option1 Name: the name of the option is missing"),
        ([{**MUG, "Variant Price": "12,00"}], "row 2 Variant Price: “12,00” is no amount of USD"),
        ([{**MUG, "Variant Price": "1.005"}], "row 2 Variant Price: “1.005” is no amount of USD"),
        ([{**MUG, "Status": "sold"}], "row 2 Status: “sold” is no status"),
        ([{**MUG, "Published": "maybe"}], "row 2 Published: “maybe” is neither yes nor no"),
        ([{**MUG, "Image Src": "mug.jpg"}], "row 2 Image Src: “mug.jpg” is no address of a picture"),
        (
            [{**SHIRT[0], "Variant Taxable": "TRUE"}, {**SHIRT[1], "Variant Taxable": "FALSE"}],
            "row 3 Variant Taxable: the variant is taxed otherwise than the first one in row 2",
        ),
        ([{**MUG, "Vendor": "V" * 101}], "row 2 Vendor: the text has 101 characters; at most 100 are possible"),
        ([{**MUG, "Title": "a\x00b"}], "row 2 Title: the text holds a NUL"),
    ],
)
async def test_a_mistake_is_said_with_its_row_and_column(
    shop: Database, sheet: Sheet, rows: list[dict[str, str]], said: str
) -> None:
    assert said in await problem(shop, sheet(rows))


async def test_every_mistake_of_a_file_is_said_at_once(shop: Database, sheet: Sheet) -> None:
    report = await take(
        shop, sheet([{**MUG, "Variant Price": "x"}, {**SHIRT[0], "Variant Inventory Qty": "y"}, SHIRT[1]])
    )

    assert [one.row for result in report.results for one in result.problems] == [2, 3]


async def test_a_cell_too_many_is_refused(shop: Database, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Handle,Title\nmug,Mug,large\n")

    assert "row 2 : there are more cells than headings, from “large” on" in await problem(shop, path)


async def test_a_sku_of_another_product_of_the_shop_names_both(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet([MUG]))

    said = await problem(shop, sheet([{**MUG, "Handle": "cup", "Title": "Cup"}]))

    assert "cup row 2 Variant SKU: the SKU MUG belongs to the product mug here" in said


async def test_one_import_at_a_time(live_shop: Database, sheet: Sheet) -> None:
    path = sheet([MUG])
    async with live_shop.transaction(STAFF) as tx:
        await tx.sql("SELECT pg_advisory_xact_lock(hashtext('transfer.import'))")

        with pytest.raises(transfer.ImportUnderWay):
            await take(live_shop, path)


async def test_a_dry_run_reports_everything_and_changes_nothing(shop: Database, sheet: Sheet) -> None:
    told = await facts(shop)

    report = await take(shop, sheet([*SHIRT, MUG]), dry_run=True)

    assert (report.count(Outcome.CREATED), report.categories) == (2, ("Shirts", "Other"))
    assert await goods(shop) == {}
    assert await facts(shop) == told
