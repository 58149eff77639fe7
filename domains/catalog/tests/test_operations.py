import asyncio
from typing import Any

import pytest

from domains import catalog
from domains.catalog.tests.factories import STAFF, category, mug, picture, shirt_draft
from domains.kit import Database, Invalid, Transaction
from domains.kit.events import history


async def _refused(db: Database, what: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refusal:
        async with db.transaction(STAFF) as tx:
            await what(tx)
    return refusal.value.fields


async def test_the_tree_shows_children_in_their_order_and_hides_what_stands_below_a_hidden_one(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        kitchen = await catalog.create_category(tx, name="Kitchen", sort_order=2)
        await catalog.create_category(tx, name="Light", sort_order=1)
        await catalog.create_category(tx, name="Mugs", parent_id=kitchen, sort_order=2)
        await catalog.create_category(tx, name="Bowls", parent_id=kitchen, sort_order=1)
        hidden = await catalog.create_category(tx, name="Drafts", is_active=False)
        await catalog.create_category(tx, name="Below drafts", parent_id=hidden)

        shown = await catalog.tree(tx)
        everything = await catalog.tree(tx, include_inactive=True)

    assert [node.name for node in shown] == ["Light", "Kitchen"]
    assert [node.name for node in shown[1].children] == ["Bowls", "Mugs"]
    assert len(everything) == 3


async def test_a_category_cannot_be_moved_below_itself(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        top = await category(tx, "Home")
        bottom = await category(tx, "Mugs", await category(tx, "Kitchen", top))

    with pytest.raises(catalog.CategoryBelowItself):
        async with db.transaction(STAFF) as tx:
            await catalog.move_category(tx, top, parent_id=bottom)


async def test_two_moves_at_once_cannot_close_a_circle(live_db: Database) -> None:
    async with live_db.transaction(STAFF) as tx:
        first = await category(tx, "First")
        second = await category(tx, "Second")

    async def move(what: Any, below: Any) -> str:
        try:
            async with live_db.transaction(STAFF) as tx:
                await tx.sql("UPDATE catalog.categories SET parent_id = :p WHERE id = :id", {"p": below, "id": what})
                await asyncio.sleep(0.1)
        except Exception as error:
            return str(error)
        return "moved"

    outcomes = await asyncio.gather(move(first, second), move(second, first))

    assert outcomes.count("moved") == 1
    assert any("below itself" in outcome for outcome in outcomes)


async def test_breadcrumbs_lead_from_the_top_to_the_category(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        top = await category(tx, "Home")
        mugs = await category(tx, "Mugs", await category(tx, "Kitchen", top))

        view = await catalog.category_by_slug(tx, "mugs")

    assert view.id == mugs
    assert [crumb.name for crumb in view.trail] == ["Home", "Kitchen", "Mugs"]


async def test_an_unknown_or_hidden_category_is_not_found(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await catalog.create_category(tx, name="Drafts", is_active=False)

        for slug in ("drafts", "nothing"):
            with pytest.raises(catalog.CategoryNotFound):
                await catalog.category_by_slug(tx, slug)


async def test_a_product_without_options_has_one_variant_with_its_sku(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        await mug(tx)

        view = await catalog.product_by_slug(tx, "stoneware-mug")

    assert [variant.sku for variant in view.variants] == ["MUG"]
    assert view.variants[0].is_default
    assert view.options == ()
    assert [crumb.name for crumb in view.trail] == ["Kitchen"]


async def test_a_variant_is_found_by_its_values_and_says_what_it_is(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        product_id = await catalog.create_product(tx, shirt_draft(await category(tx, "Clothes")))

        view = await catalog.product(tx, product_id)
        variants = await catalog.variants(tx, [variant.id for variant in view.variants])

    size, colour = view.options
    medium_rust = view.matching(frozenset({size.values[1].id, colour.values[1].id}))
    assert medium_rust is not None
    assert medium_rust.sku == "SHIRT-M-RUS"
    assert view.words(medium_rust) == "Size: M, Colour: Rust"
    assert view.matching(frozenset({size.values[0].id, colour.values[1].id})) is None
    assert variants[medium_rust.id].options == "Size: M, Colour: Rust"
    assert variants[medium_rust.id].weight_grams == 250
    assert variants[view.variants[1].id].weight_grams == 280


async def test_choices_lead_to_the_variant_they_mean(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        clothes = await category(tx, "Clothes")
        shirt = await catalog.product(tx, await catalog.create_product(tx, shirt_draft(clothes)))
        plain = await catalog.product(tx, await mug(tx, clothes))
        (small, medium), (sage, rust) = (option.values for option in shirt.options)

        chosen = await catalog.chosen_variant(tx, shirt.id, [medium.id, rust.id])
        only = await catalog.chosen_variant(tx, plain.id, [])
        with pytest.raises(Invalid) as open_choice:
            await catalog.chosen_variant(tx, shirt.id, [sage.id, plain.id])
        with pytest.raises(catalog.NotMade):
            await catalog.chosen_variant(tx, shirt.id, [small.id, rust.id])

    assert chosen == shirt.variants[2].id
    assert only == plain.variants[0].id
    assert open_choice.value.fields == {"value1": "Choose one: Size."}


async def test_the_first_free_address_is_made_from_the_name(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        home = await category(tx)
        for number in range(3):
            await mug(tx, home, sku=f"MUG-{number}", name="Żółty mug!")

        slugs = [slug for slug, _changed in await catalog.sitemap_entries(tx)]

    assert slugs == ["zolty-mug", "zolty-mug-2", "zolty-mug-3"]


async def test_a_taken_sku_is_refused_in_words(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        home = await category(tx)
        await mug(tx, home)

    assert "sku" in await _refused(db, lambda tx: mug(tx, home, name="Another"))


async def test_all_that_is_too_long_is_named_at_once(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        home = await category(tx)
    draft = catalog.ProductDraft(
        sku="x" * 51, name="x" * 256, brand="x" * 101, category_id=home, slug="y" * 256, weight_grams=-1
    )

    fields = await _refused(db, lambda tx: catalog.create_product(tx, draft))

    assert set(fields) == {"sku", "name", "brand", "slug", "weight_grams"}


@pytest.mark.parametrize(
    "values", [{"Size": "S"}, {"Size": "S", "Colour": "Blue"}, {"Size": "S", "Colour": "Sage"}, {"Length": "long"}]
)
async def test_a_variant_has_a_known_value_of_every_option_in_a_new_combination(
    db: Database, values: dict[str, str]
) -> None:
    async with db.transaction(STAFF) as tx:
        product_id = await catalog.create_product(tx, shirt_draft(await category(tx, "Clothes")))

    fields = await _refused(db, lambda tx: catalog.add_variant(tx, product_id, catalog.VariantDraft("SHIRT-X", values)))

    assert list(fields) == ["variants"]


async def test_a_variant_can_be_added_of_a_value_that_is_new(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        product_id = await catalog.create_product(tx, shirt_draft(await category(tx, "Clothes")))
        await catalog.add_option_value(tx, product_id, "Size", catalog.ValueDraft("L"))
        added = await catalog.add_variant(
            tx, product_id, catalog.VariantDraft("SHIRT-L-SAG", {"Size": "L", "Colour": "Sage"})
        )
        await catalog.make_default(tx, added)

        view = await catalog.product(tx, product_id)

    assert [value.value for value in view.options[0].values] == ["S", "M", "L"]
    assert [variant.sku for variant in view.variants if variant.is_default] == ["SHIRT-L-SAG"]
    assert view.variants[-1].id == added


async def _clothes(tx: Transaction) -> Any:
    top = await category(tx, "Clothes")
    await catalog.define_attribute(tx, code="material", name="Material", kind="choice", choices=("Linen", "Wool"))
    await catalog.define_attribute(tx, code="length_cm", name="Length", kind="number", unit="cm")
    await catalog.define_attribute(tx, code="care", name="Care", kind="text")
    await catalog.define_attribute(tx, code="lined", name="Lined", kind="boolean")
    await catalog.set_category_attributes(tx, top, [catalog.AttributeUse("material", is_required=True)])
    shirts = await category(tx, "Shirts", top)
    await catalog.set_category_attributes(
        tx, shirts, [catalog.AttributeUse("length_cm"), catalog.AttributeUse("care"), catalog.AttributeUse("lined")]
    )
    return shirts


async def test_a_product_has_the_attributes_of_its_home_and_of_what_stands_above(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        shirts = await _clothes(tx)
        product_id = await catalog.create_product(
            tx,
            catalog.ProductDraft(
                sku="A",
                name="Shirt",
                category_id=shirts,
                attributes={"lined": False, "length_cm": 72.5, "material": "Wool"},
            ),
        )

        view = await catalog.product(tx, product_id)

    assert [(value.name, value.value, value.unit) for value in view.attributes] == [
        ("Material", "Wool", None),
        ("Length", 72.5, "cm"),
        ("Lined", False, None),
    ]


@pytest.mark.parametrize(
    ("attributes", "wrong"),
    [
        ({}, "attributes.material"),
        ({"material": "Steel"}, "attributes.material"),
        ({"material": "Wool", "length_cm": "72"}, "attributes.length_cm"),
        ({"material": "Wool", "length_cm": True}, "attributes.length_cm"),
        ({"material": "Wool", "length_cm": float("nan")}, "attributes.length_cm"),
        ({"material": "Wool", "lined": "yes"}, "attributes.lined"),
        ({"material": "Wool", "care": 3}, "attributes.care"),
        ({"material": "Wool", "care": "x" * 501}, "attributes.care"),
        ({"material": "Wool", "voltage": 230}, "attributes.voltage"),
    ],
)
async def test_an_attribute_of_the_wrong_type_is_refused(db: Database, attributes: dict[str, Any], wrong: str) -> None:
    async with db.transaction(STAFF) as tx:
        shirts = await _clothes(tx)
    draft = catalog.ProductDraft(sku="A", name="Shirt", category_id=shirts, attributes=attributes)

    assert list(await _refused(db, lambda tx: catalog.create_product(tx, draft))) == [wrong]


async def test_an_unpublished_product_is_gone_and_says_what_it_was(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        product_id = await mug(tx)
        await catalog.unpublish(tx, product_id)

        with pytest.raises(catalog.ProductGone) as gone:
            await catalog.product_by_slug(tx, "stoneware-mug")
        variant = next(iter((await catalog.product(tx, product_id, include_inactive=True)).variants))
        views = await catalog.variants(tx, [variant.id])
        await catalog.publish(tx, product_id)
        again = await catalog.product_by_slug(tx, "stoneware-mug")

    assert gone.value.name == "Stoneware mug"
    assert gone.value.category == ("Kitchen", "kitchen")
    assert not views[variant.id].is_sellable
    assert again.id == product_id


async def test_a_product_without_an_active_variant_cannot_be_published(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        product_id = await mug(tx)
        view = await catalog.product(tx, product_id)
        await catalog.unpublish(tx, product_id)
        await catalog.change_variant(tx, view.variants[0].id, catalog.VariantChanges(is_active=False))

        with pytest.raises(catalog.CannotPublish):
            await catalog.publish(tx, product_id)


async def test_the_stream_of_a_product_replays_to_its_row(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        product_id = await mug(tx)
        await catalog.change_product(tx, product_id, catalog.ProductChanges(name="Tall mug", weight_grams=None))
        await catalog.change_product(tx, product_id, catalog.ProductChanges(name="Tall mug"))
        await catalog.unpublish(tx, product_id)

        events = await history(tx, "product", product_id)
        row = (await tx.sql("SELECT * FROM catalog.products WHERE id = :id", {"id": product_id})).mappings().one()

    replayed = catalog.replay(events)
    assert [event.type for event in events] == [
        "product.created",
        "product.published",
        "product.updated",
        "product.unpublished",
    ]
    assert replayed["name"] == "Tall mug"
    assert {column: str(value) for column, value in replayed.items()} == {
        column: str(row[column]) for column in replayed
    }


async def test_a_product_is_shown_in_further_categories_beside_its_home(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        home, gifts = await category(tx), await category(tx, "Gifts")
        product_id = await mug(tx, home)
        await catalog.place_product(tx, product_id, [gifts, home])
        both = (await catalog.product(tx, product_id)).category_ids

        await catalog.change_product(tx, product_id, catalog.ProductChanges(category_id=gifts))
        moved = (await catalog.product(tx, product_id)).category_ids

    assert both == (home, gifts)
    assert moved == (gifts,)


async def test_pictures_keep_their_order_and_their_words(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        product_id = await mug(tx)
        front, back = await picture(tx, b"front"), await picture(tx, b"back")
        await catalog.add_image(tx, product_id, front, alt="A mug from the front")
        await catalog.add_image(tx, product_id, back)
        first = (await catalog.product(tx, product_id)).images

        await catalog.order_images(tx, product_id, [back])
        second = (await catalog.product(tx, product_id)).images

    assert [(image.media_id, image.alt) for image in first] == [
        (front, "A mug from the front"),
        (back, "Stoneware mug"),
    ]
    assert [image.media_id for image in second] == [back]
