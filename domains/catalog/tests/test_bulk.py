"""Many products at once are what they are one by one."""

from typing import Any
from uuid import UUID

import pytest

from domains import catalog
from domains.catalog.tests.factories import STAFF, category, shirt_draft
from domains.kit import Database, Invalid, Transaction


async def told_of(tx: Transaction, product_id: UUID) -> list[tuple[int, str, Any]]:
    rows = await tx.sql(
        "SELECT version, type, payload FROM kit.events WHERE stream_id = :id ORDER BY version", {"id": product_id}
    )
    return [(row.version, row.type, {**row.payload, "product_id": None}) for row in rows]


def plain(record: catalog.ProductRecord) -> dict[str, Any]:
    """A product without what only it has: ids, SKUs, its address."""
    return {
        "columns": (record.name, record.description_html, record.tags, record.is_active, record.other_categories),
        "options": [(option.name, [(one.value, one.swatch) for one in option.values]) for option in record.options],
        "variants": [
            (one.sku[-5:], one.barcode, one.weight_grams, one.is_default, dict(one.values)) for one in record.variants
        ],
    }


async def test_a_product_made_among_many_is_like_one_made_alone(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        home, other = await category(tx, "Clothes"), await category(tx, "Summer")
        drafts = [
            shirt_draft(home, sku="ONE!!"),
            shirt_draft(home, sku="TWO!!"),
            catalog.ProductDraft(sku="MUG", name="Mug", slug="mug", category_id=home, is_active=False),
        ]
        extras: dict[str, Any] = {
            "description_html": "<ul><li>a</li></ul>",
            "tags": ("a", "b"),
            "other_categories": (other,),
        }
        drafts = [*(catalog.ProductDraft(**{**_fields(draft), **extras}) for draft in drafts[:2]), drafts[2]]

        alone = await catalog.create_product(tx, drafts[0])
        made = await catalog.create_products(tx, drafts[1:])

        one, two, mug = [
            (await catalog.product_records(tx, ids=[product]))[0] for product in (alone, *(m.product_id for m in made))
        ]
        told = [await told_of(tx, product.id) for product in (one, two)]
        combinations = (await tx.sql("SELECT count(DISTINCT combination) FROM catalog.variants")).scalar_one()

    assert plain(one) == plain(two)
    assert two.slug == "linen-shirt-2"
    assert tuple(variant.id for variant in two.variants) == made[0].variant_ids
    assert [(version, kind) for version, kind, _payload in told[0]] == [
        (1, "product.created"),
        (2, "product.published"),
    ]
    assert [set(payload) for *_, payload in told[0]] == [set(payload) for *_, payload in told[1]]
    assert told[1][0][2]["values"]["tags"] == ["a", "b"]
    assert [variant.sku for variant in mug.variants] == ["MUG"]
    assert not mug.is_active
    assert combinations == 7  # three of each shirt, and the mug's, which has none


def _fields(draft: catalog.ProductDraft) -> dict[str, Any]:
    return {field: getattr(draft, field) for field in draft.__struct_fields__}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sku": "ONE"}, "sku"),
        ({"slug": "one"}, "slug"),
        ({"slug": "Not An Address"}, "slug"),
        ({"attributes": {"none": 1}}, "attributes.none"),
        ({"tags": ("a,b",)}, "tags"),
        ({"options": (catalog.OptionDraft("Size", (catalog.ValueDraft("S"),)),)}, "variants"),
    ],
)
async def test_one_that_is_refused_refuses_all(db: Database, wrong: dict[str, Any], field: str) -> None:
    async with db.transaction(STAFF) as tx:
        home = await category(tx)
        first = catalog.ProductDraft(sku="ONE", name="One", slug="one", category_id=home)
    second: dict[str, Any] = {"sku": "TWO", "name": "Two", "slug": "two", "category_id": home} | wrong

    with pytest.raises(Invalid) as refused:
        async with db.transaction(STAFF) as tx:
            await catalog.create_products(tx, [first, catalog.ProductDraft(**second)])

    async with db.transaction(STAFF) as tx:
        assert await catalog.product_records_after(tx, "", 10) == []
    assert field in refused.value.fields


async def test_options_are_given_another_form_and_no_two_variants_become_the_same(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        product = await catalog.create_product(tx, shirt_draft(await category(tx)))
        (before,) = await catalog.product_records(tx, ids=[product])
        first, second, third = (variant.id for variant in before.variants)
        fits = catalog.OptionDraft(
            "Fit", (catalog.ValueDraft("Wide"), catalog.ValueDraft("Slim"), catalog.ValueDraft("Cut"))
        )
        wanted = {first: {"Fit": "Cut"}, second: {"Fit": "Slim"}, third: {"Fit": "Wide"}}
        await catalog.reshape(tx, product, [fits], wanted)
        (after,) = await catalog.product_records(tx, ids=[product])

    with pytest.raises(Invalid) as refused:
        async with db.transaction(STAFF) as tx:
            await catalog.reshape(tx, product, [fits], wanted | {second: {"Fit": "Cut"}})

    assert [option.name for option in after.options] == ["Fit"]
    assert [dict(variant.values) for variant in after.variants] == [{"Fit": "Cut"}, {"Fit": "Slim"}, {"Fit": "Wide"}]
    assert "variants" in refused.value.fields
