"""What an import makes of products that are new to the shop."""

from domains import catalog, search, store
from domains.desk.testing import assert_sound
from domains.kit import Database
from domains.kit.deliveries import drain, subscribe
from domains.transfer.tests.factories import STAFF, goods
from domains.transfer.tests.importing import MUG, SHIRT, Sheet, notes, problem, take


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
