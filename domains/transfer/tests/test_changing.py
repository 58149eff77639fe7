"""What an import changes of products that the shop has, and what it leaves alone."""

import asyncio

from domains import catalog, inventory, pricing
from domains.catalog import ProductChanges
from domains.desk.testing import assert_sound
from domains.inventory import Demand
from domains.kit import Database, new_id
from domains.transfer.tests.factories import STAFF, goods
from domains.transfer.tests.importing import MUG, SHIRT, Sheet, changed, notes, problem, take


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
