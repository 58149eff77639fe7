"""The demo's guides are files that can be bought."""

from pathlib import Path

from app.seed.files import GUIDES, keep_guides, pdf, put_up_guides
from domains import catalog, inventory, pricing
from domains.catalog import AttributeUse, DiskStorage
from domains.kit import Database
from domains.search.tests.factories import STAFF, open_shop


async def test_guides_are_put_up_with_their_files_and_prices(db: Database, tmp_path: Path) -> None:
    files = DiskStorage(tmp_path)
    kept = await keep_guides(files)
    async with db.transaction(STAFF) as tx:
        await open_shop(tx)
        guides = await catalog.create_category(tx, name="Guides", slug="guides")
        await catalog.define_attribute(tx, code="material", name="Material", kind="choice", choices=("Paper",))
        await catalog.set_category_attributes(tx, guides, [AttributeUse("material", is_required=True)])

        await put_up_guides(tx, kept)

        found = [await catalog.variant_by_sku(tx, guide.sku) for guide in GUIDES]
        ids = [one.variant_id for one in found if one is not None]
        assert [one.is_sellable and one.is_digital for one in found if one is not None] == [True, True]
        assert {one.state for one in (await inventory.availability(tx, ids)).values()} == {"in_stock"}
        assert sorted(price.amount.amount for price in (await pricing.prices(tx, ids, "USD")).values()) == [600, 900]
        file_id = (await catalog.digital(tx, ids))[ids[0]]
        assert file_id is not None
        file = await catalog.file(tx, file_id)
    content = b"".join([piece async for piece in files.chunks(file.key)])
    assert content == pdf(GUIDES[0].lines)
    assert len(content) == file.bytes


def test_a_pdf_says_where_its_parts_begin() -> None:
    content = pdf(["A title (with brackets)", "and a line"])

    start = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert content[start : start + 4] == b"xref"
    first = int(content[start:].split(b"\n")[3][:10])
    assert content[first : first + 7] == b"1 0 obj"
