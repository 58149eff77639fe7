"""What an import makes of a file: taken in, changed, left alone, refused."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domains import catalog, inventory, pricing, search, store, transfer
from domains.catalog import ProductChanges
from domains.desk.testing import assert_sound
from domains.inventory import Demand
from domains.kit import Database, new_id
from domains.kit.deliveries import drain, subscribe
from domains.transfer import FileRefused, Outcome, Report
from domains.transfer.tests.factories import STAFF, facts, goods

type Sheet = Callable[..., Path]

SHIRT = [
    {
        "Handle": "shirt",
        "Title": "Shirt",
        "Vendor": "Selvedge",
        "Type": "Shirts",
        "Option1 Name": "Size",
        "Option1 Value": "S",
        "Variant SKU": "SH-S",
        "Variant Price": "50.00",
        "Variant Compare At Price": "60.00",
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": "4",
        "Variant Inventory Policy": "deny",
    },
    {
        "Handle": "shirt",
        "Option1 Value": "M",
        "Variant SKU": "SH-M",
        "Variant Price": "50.00",
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": "2",
        "Variant Inventory Policy": "deny",
    },
]
MUG = {"Handle": "mug", "Title": "Mug", "Variant SKU": "MUG", "Variant Price": "12.00"}


async def take(db: Database, path: Path, **options: Any) -> Report:
    return await transfer.flows.import_file(db, path, STAFF, **options)


async def changed(db: Database, path: Path, **options: Any) -> tuple[str, ...]:
    """What an import of one product changes of it."""
    (result,) = (await take(db, path, **options)).results
    assert result.outcome is Outcome.UPDATED, result
    return result.changed


async def problem(db: Database, path: Path, **options: Any) -> str:
    """The one thing that is wrong with a file, in words; nothing was imported."""
    before, told = await goods(db), await facts(db)
    report = await take(db, path, **options)
    (found,) = [(result, one) for result in report.results for one in result.problems]
    assert (await goods(db), await facts(db)) == (before, told)
    return f"{found[0].handle} row {found[1].row} {found[1].column}: {found[1].problem}. {found[1].remedy}"


def notes(report: Report) -> list[str]:
    return [f"{note.row} {note.column}: {note.problem}" for _result, note in report.notes()]


# The file


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


# What is refused


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


# What is taken in


async def test_a_new_product_is_told_searched_and_sound_like_any_other(live_shop: Database, sheet: Sheet) -> None:
    async with live_shop.transaction(STAFF) as tx:
        await subscribe(tx, search.SUBSCRIBERS)

    await take(live_shop, sheet([*SHIRT, MUG]))
    await drain(live_shop, search.SUBSCRIBERS)

    async with live_shop.transaction(STAFF) as tx:
        kinds = list(
            (await tx.sql("SELECT type FROM kit.events WHERE type ~ '^(prod|price|inv)' ORDER BY 1")).scalars()
        )
        found = await search.listing(tx, q="shirt", currency=(await store.shop(tx)).currency)
        moved = list((await tx.sql("SELECT DISTINCT reason FROM inventory.stock_movements")).scalars())
        shirt = await catalog.product_by_slug(tx, "shirt")
        history = (await tx.sql("SELECT payload FROM kit.events WHERE type = 'product.created'")).scalars().all()
    assert kinds == ["inventory.updated", *["price.changed"] * 3, *["product.created"] * 2, *["product.published"] * 2]
    assert [card.name for card in found.cards] == ["Shirt"]
    assert moved == ["import"]
    assert shirt.variants[0].is_default
    assert {one["values"]["slug"] for one in history} == {"shirt", "mug"}
    await assert_sound(live_shop)


async def test_what_is_hidden_there_is_hidden_here_and_what_cannot_be_sold_yet_too(
    shop: Database, sheet: Sheet
) -> None:
    rows = [
        {**MUG, "Status": "draft"},
        {"Handle": "old", "Title": "Old", "Status": "archived", "Published": "true"},
        {"Handle": "away", "Title": "Away", "Status": "active", "Published": "false"},
        {"Handle": "card", "Title": "Card", "Status": "active", "Gift Card": "true"},
        {"Handle": "file", "Title": "File", "Status": "active", "Variant Requires Shipping": "false"},
        {"Handle": "cup", "Title": "Cup", "Status": "active", "Published": "true", "Variant Requires Shipping": "true"},
    ]

    report = await take(shop, sheet(rows))

    shown = {slug for slug, product in (await goods(shop)).items() if product["active"]}
    assert shown == {"cup"}
    assert "5 Gift Card: gift cards are not sold here yet; the product is hidden" in notes(report)
    assert "6 Variant Requires Shipping: what needs no delivery is not sold here yet; it is hidden" in notes(report)


async def test_a_handle_that_is_no_address_of_ours_is_made_one_and_leads_on(shop: Database, sheet: Sheet) -> None:
    path = sheet([{**MUG, "Handle": "Große_Tasse"}])

    report = await take(shop, path)
    again = await take(shop, path)

    async with shop.transaction(STAFF) as tx:
        assert await catalog.new_address(tx, "/products/Große_Tasse") == "/products/grosse-tasse"
    assert "2 Handle: the address is /products/grosse-tasse here; the old one leads to it" in notes(report)
    assert again.is_idle


async def test_categories_come_from_the_category_else_the_type_and_tags_are_kept(shop: Database, sheet: Sheet) -> None:
    rows = [
        {**MUG, "Product Category": "Home & Garden > Kitchen", "Type": "Cup", "Tags": "blue,  Blue, clay"},
        {"Handle": "cup", "Title": "Cup", "Product Category": "home & garden > kitchen"},
        {"Handle": "bowl", "Title": "Bowl", "Type": "Bowls"},
        {"Handle": "thing", "Title": "Thing"},
    ]

    report = await take(shop, sheet(rows))

    homes = {slug: product["home"] for slug, product in (await goods(shop)).items()}
    assert homes == {
        "mug": ("Home & Garden", "Kitchen"),
        "cup": ("Home & Garden", "Kitchen"),
        "bowl": ("Bowls",),
        "thing": ("Other",),
    }
    assert len(report.categories) == 4
    assert ((await goods(shop))["mug"]["type"], (await goods(shop))["mug"]["tags"]) == ("Cup", ("blue", "clay"))


async def test_metafields_and_facts_for_google_become_attributes_where_they_fit(shop: Database, sheet: Sheet) -> None:
    row = {
        **MUG,
        "Google Shopping / Gender": "Unisex",
        "Material (product.metafields.custom.material)": "Clay",
        "Glaze (product.metafields.shopify.glaze-kind)": "gid://shopify/Metaobject/1",
        "Volume [ml] (product.metafields.attribute_number.volume)": "350",
        "Color (variant.metafields.custom.color)": "blue",
    }

    report = await take(shop, sheet([row]))

    assert (await goods(shop))["mug"]["attributes"] == {"gender": "Unisex", "material": "Clay", "volume": 350}
    assert any("left out: it is no short text" in note for note in notes(report))
    assert list(report.ignored) == ["Color (variant.metafields.custom.color)"]


async def test_an_attribute_that_the_category_requires_is_asked_for(shop: Database, sheet: Sheet) -> None:
    async with shop.transaction(STAFF) as tx:
        home = await catalog.create_category(tx, name="Cups")
        await catalog.define_attribute(tx, code="volume", name="Volume", kind="number", unit="ml")
        await catalog.set_category_attributes(tx, home, [catalog.AttributeUse("volume", is_required=True)])

    said = await problem(shop, sheet([{**MUG, "Type": "Cups"}]))

    assert "row 2 Volume: products of Cups need a value here" in said
    assert "Volume (product.metafields.attribute_number.volume)" in said


async def test_what_is_not_taxed_there_is_not_taxed_here(shop: Database, sheet: Sheet) -> None:
    rows = [
        {**MUG, "Variant Taxable": "false"},
        {"Handle": "cup", "Title": "Cup", "Variant Taxable": "true", "Variant Tax Code": "reduced"},
        {"Handle": "bowl", "Title": "Bowl", "Variant Taxable": "true", "Variant Tax Code": "P0000000"},
    ]

    report = await take(shop, sheet(rows))

    assert [product["tax"] for product in (await goods(shop)).values()] == ["standard", "reduced", "zero"]
    assert "4 Variant Tax Code: the shop has no tax class P0000000; it is taxed as standard" in notes(report)


async def test_a_variant_that_is_not_counted_can_always_be_ordered(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet([{**MUG, "Variant Inventory Tracker": "", "Variant Inventory Qty": "-3"}]))

    stock = (await goods(shop))["mug"]["variants"]["MUG"]["stock"]
    assert (stock["available"], stock["state"]) == (0, "backorder")


# What is changed


async def test_what_differs_is_changed_and_named_and_what_has_no_column_stays(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet([{**MUG, "Vendor": "Hearth", "SEO Title": "A mug", "Cost per item": "4.00"}]))

    fields = await changed(shop, sheet([{**MUG, "Title": "Beaker", "Variant Price": "13.00", "Vendor": ""}]))

    mug = (await goods(shop))["mug"]
    assert set(fields) == {"Title", "Vendor", "Variant Price"}
    assert (mug["name"], mug["brand"], mug["seo"][0]) == ("Beaker", None, "A mug")
    assert (mug["variants"]["MUG"]["price"]["amount"]["amount"], mug["variants"]["MUG"]["cost"]) == (1300, 400)


async def test_a_sale_that_has_ended_there_ends_here(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet(SHIRT))

    assert await changed(shop, sheet([{**SHIRT[0], "Variant Compare At Price": ""}, SHIRT[1]])) == (
        "Variant Compare At Price",
    )
    assert (await goods(shop))["shirt"]["variants"]["SH-S"]["price"]["compare_at"] is None


async def test_a_new_variant_joins_and_one_that_is_not_named_stays(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet(SHIRT))

    report = await take(shop, sheet([SHIRT[0], {**SHIRT[1], "Option1 Value": "L", "Variant SKU": "SH-L"}]))

    shirt = (await goods(shop))["shirt"]
    assert shirt["order"] == ["SH-S", "SH-M", "SH-L"]
    assert [value for value, _swatch in shirt["options"][0][1]] == ["S", "L", "M"]
    assert shirt["variants"]["SH-L"]["stock"]["available"] == 2
    assert "2 Variant SKU: left as they are: variants that the file does not name, SH-M" in notes(report)


async def test_variants_follow_their_skus_when_options_are_renamed_exchanged_or_added(
    shop: Database, sheet: Sheet
) -> None:
    await take(shop, sheet(SHIRT))
    second = {"Option2 Name": "Color", "Option2 Value": "Sage"}

    await take(shop, sheet([{**SHIRT[0], "Option1 Value": "M"}, {**SHIRT[1], "Option1 Value": "S"}]))
    exchanged = (await goods(shop))["shirt"]
    path = sheet([{**SHIRT[0], "Option1 Value": "Small"} | second, SHIRT[1] | second])
    await take(shop, path)
    added = (await goods(shop))["shirt"]

    assert [exchanged["variants"][sku]["values"] for sku in ("SH-S", "SH-M")] == [{"Size": "M"}, {"Size": "S"}]
    assert added["variants"]["SH-S"]["values"] == {"Size": "Small", "Color": "Sage"}
    assert added["options"] == [("Size", [("Small", None), ("M", None)]), ("Color", [("Sage", None)])]
    assert (await take(shop, path)).is_idle


async def test_a_variant_gets_a_new_sku_by_its_options(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet(SHIRT))

    assert await changed(shop, sheet([{**SHIRT[0], "Variant SKU": "SMALL"}, SHIRT[1]])) == ("Variant SKU",)
    assert (await goods(shop))["shirt"]["order"] == ["SMALL", "SH-M"]


async def test_other_options_than_here_need_every_variant(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet(SHIRT))

    said = await problem(shop, sheet([{**SHIRT[0], "Option1 Name": "Fit"}]))

    assert "row 2 Option1 Name: the product has the options Size here and Fit in the file" in said
    assert "SH-M" in said


async def test_a_product_that_was_renamed_here_is_still_known_by_its_handle(shop: Database, sheet: Sheet) -> None:
    path = sheet([MUG])
    await take(shop, path)
    async with shop.transaction(STAFF) as tx:
        (mug,) = await catalog.product_records(tx, slugs=["mug"])
        await catalog.change_product(tx, mug.id, ProductChanges(slug="beaker"))

    report = await take(shop, path)

    assert report.is_idle
    assert list(await goods(shop)) == ["beaker"]
    assert any("the product is /products/beaker here since it was renamed" in note for note in notes(report))


async def test_an_old_and_a_new_handle_of_one_product_are_not_both_taken(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet([MUG]))
    async with shop.transaction(STAFF) as tx:
        (mug,) = await catalog.product_records(tx, slugs=["mug"])
        await catalog.change_product(tx, mug.id, ProductChanges(slug="beaker"))

    said = await problem(shop, sheet([MUG, {"Handle": "beaker", "Title": "Mug"}]))

    assert "beaker row 3 Handle: beaker and mug in row 2 are one product here, /products/beaker" in said


async def test_the_stock_of_what_is_here_is_left_unless_it_is_asked_for(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet(SHIRT))
    sold = sheet([{**SHIRT[0], "Variant Inventory Qty": "1"}, {**SHIRT[1], "Variant Inventory Qty": "9"}])

    left = await take(shop, sold)
    fields = await changed(shop, sold, set_stock=True)

    stock = [one["stock"]["available"] for one in (await goods(shop))["shirt"]["variants"].values()]
    assert left.is_idle
    assert "2 Variant Inventory Qty: left as it is: 4 on hand here, 1 in the file" in notes(left)
    assert (fields, stock) == (("Variant Inventory Qty",), [1, 9])


async def test_the_stock_cannot_be_set_below_what_shoppers_hold(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet(SHIRT))
    async with shop.transaction(STAFF) as tx:
        (shirt,) = await catalog.product_records(tx, slugs=["shirt"])
        await inventory.reserve(tx, lines=[Demand(shirt.variants[0].id, 3)], holder=new_id(), visitor="")

    said = await problem(shop, sheet([{**SHIRT[0], "Variant Inventory Qty": "2"}, SHIRT[1]]), set_stock=True)

    assert "shirt row 2 Variant Inventory Qty: 3 of the 4 on hand are held for orders" in said


async def test_shoppers_who_hold_stock_and_an_import_that_sets_it_do_not_block_each_other(
    live_shop: Database, sheet: Sheet
) -> None:
    rows = [{**MUG, "Handle": f"mug-{n}", "Variant SKU": f"M{n}", "Variant Inventory Qty": "9"} for n in range(30)]
    await take(live_shop, sheet(rows))
    async with live_shop.transaction(STAFF) as tx:
        records = await catalog.product_records_after(tx, "", 100)
    wanted = [Demand(record.variants[0].id, 1) for record in reversed(records)]

    async def hold() -> None:
        async with live_shop.transaction(STAFF) as tx:
            await inventory.reserve(tx, lines=wanted, holder=new_id(), visitor="")

    async def set_it() -> None:
        assert not (
            await take(live_shop, sheet([row | {"Variant Inventory Qty": "20"} for row in rows]), set_stock=True)
        ).refused

    await asyncio.gather(set_it(), *(hold() for _ in range(6)))

    await assert_sound(live_shop)


async def test_costs_stay_out_of_what_shoppers_see(shop: Database, sheet: Sheet) -> None:
    await take(shop, sheet([{**MUG, "Cost per item": "4.20"}]))

    async with shop.transaction(STAFF) as tx:
        view = await catalog.product_by_slug(tx, "mug")
        costs = await pricing.costs(tx, [view.variants[0].id], "USD")
    assert [cost.amount for cost in costs.values()] == [420]
