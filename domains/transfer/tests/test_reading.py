"""Files as they come: encodings, headings, separators, and what cannot be read at all."""

from pathlib import Path

import pytest

from domains.kit import Database
from domains.transfer import FileRefused, Outcome
from domains.transfer.tests.factories import goods
from domains.transfer.tests.importing import MUG, SHIRT, Sheet, take


@pytest.mark.parametrize(("encoding", "end"), [("utf-8-sig", "\r\n"), ("utf-8", "\n"), ("utf-8", "\r")])
async def test_a_file_is_read_with_or_without_a_mark_and_with_any_end_of_line(
    shop: Database, sheet: Sheet, encoding: str, end: str
) -> None:
    text = "Ünïcode, “quoted” and\nin two lines"

    report = await take(shop, sheet([MUG | {"Title": "Mug", "Body (HTML)": text}], encoding=encoding, end=end))

    assert report.count(Outcome.CREATED) == 1
    assert (await goods(shop))["mug"]["description"] == "Ünïcode, “quoted” and in two lines"


async def test_headings_may_stand_in_any_order_case_and_spacing_and_what_has_no_place_is_named(
    shop: Database, sheet: Sheet
) -> None:
    row = {
        " variant  PRICE ": "12.00",
        "handle": "mug",
        "Loyalty points": "5",
        "Unit Price Total Measure": "1",
        "Price / Canada": "3",
        "Google Shopping / AdWords Labels": "x",
        "Nothing in it": "",
        "TITLE": "Mug",
    }

    report = await take(shop, sheet([row]))

    assert (await goods(shop))["mug"]["variants"]["MUG"]["price"]["amount"]["amount"] == 1200
    assert report.ignored == {
        "Loyalty points": "the shop has no place for it",
        "Unit Price Total Measure": "prices by unit are not shown here yet",
        "Price / Canada": "prices for other markets are not kept here yet",
        "Google Shopping / AdWords Labels": "it is for advertising at Google",
    }


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        ("Handle,Title\nmug,M\xfcg\n".encode("latin-1"), "not UTF-8: line 2"),
        ("Handle,Title\nmug,Mug\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04 a workbook", "workbook"),
        (b"Name,Amount\nmug,3\n", "neither a column Title nor a column Handle"),
        (b'Handle,Title\nmug,"Mug\ncup,Cup\n', "stops being CSV in row 2"),
        (b'Handle,Title\nmug,"Mug" x\n', "stops being CSV in row 2"),
    ],
)
async def test_a_file_that_cannot_be_read_says_why_and_where(
    shop: Database, tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(content)

    with pytest.raises(FileRefused) as refused:
        await take(shop, path)

    assert why in refused.value.title


async def test_a_file_that_is_not_there_is_said_to_be_missing(shop: Database, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read"):
        await take(shop, tmp_path / "none.csv")


async def test_cells_parted_by_semicolons_are_read_too(shop: Database, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("Handle;Title;Variant Price\nmug;Mug, large;12.00\n")

    await take(shop, path)

    assert (await goods(shop))["mug"]["name"] == "Mug, large"


async def test_rows_of_a_product_need_not_stand_together(shop: Database, sheet: Sheet) -> None:
    report = await take(shop, sheet([SHIRT[0], MUG, SHIRT[1]]))

    assert report.count(Outcome.CREATED) == 2
    assert (await goods(shop))["shirt"]["order"] == ["SH-S", "SH-M"]
