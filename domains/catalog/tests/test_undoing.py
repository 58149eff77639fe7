"""What staff do to the catalogue and its prices is in the log, and taken back from there."""

from typing import Any
from uuid import UUID

import pytest

from domains import audit, catalog, pricing, store
from domains.audit import ChangedSince, EntryRow, Filter
from domains.catalog import AttributeUse, ProductChanges, VariantChanges
from domains.catalog.tests.factories import category, mug, picture, shirt_draft
from domains.kit import Actor, Transaction, new_id
from domains.store.tests.factories import details

MANAGER = Actor.staff(new_id(), "manager")


@pytest.fixture
async def tx(db):
    async with db.transaction(Actor.system("setup")) as tx:
        await store.set_up(tx, details())
    async with db.transaction(MANAGER) as tx:
        yield tx


async def newest(tx: Transaction) -> EntryRow:
    return (await audit.entries(tx, Filter(), limit=1))[0]


async def row_of(tx: Transaction, product_id: UUID) -> dict[str, Any]:
    found = await tx.sql(
        "SELECT p.*, ARRAY(SELECT category_id FROM catalog.product_categories c WHERE c.product_id = p.id) AS others,"
        " ARRAY(SELECT media_id || alt FROM catalog.product_images i WHERE i.product_id = p.id ORDER BY position) AS"
        " pictures, (SELECT id FROM catalog.variants v WHERE v.product_id = p.id AND is_default) AS default_variant"
        " FROM catalog.products p WHERE id = :id",
        {"id": product_id},
    )
    return {key: value for key, value in found.mappings().one().items() if key != "updated_at"}


async def test_every_edit_of_a_product_is_taken_back_to_what_it_was(tx):
    shelf = await category(tx)
    other = await category(tx, "Gifts")
    product_id = await catalog.create_product(tx, shirt_draft(shelf))
    first, second = await picture(tx), await picture(tx, b"another")
    await catalog.add_image(tx, product_id, first, alt="A mug")
    variants = list((await tx.sql("SELECT id FROM catalog.variants WHERE NOT is_default")).scalars())
    before = await row_of(tx, product_id)
    edits = [
        catalog.change_product(
            tx,
            product_id,
            ProductChanges(
                name="Cup", slug="cup", tags=("a", "b"), weight_grams=5, description_html="<p>x <b>y</b></p>"
            ),
        ),
        catalog.change_product(tx, product_id, ProductChanges(category_id=other, seo_title="Cups")),
        catalog.place_product(tx, product_id, [shelf]),
        catalog.add_image(tx, product_id, second, alt="Its back"),
        catalog.add_image(tx, product_id, first, alt="The mug"),
        catalog.order_images(tx, product_id, [second]),
        catalog.make_default(tx, variants[0]),
        catalog.unpublish(tx, product_id),
    ]

    made = []
    for edit in edits:
        await edit
        made.append((await newest(tx)).id)
    assert len(set(made)) == len(edits)
    after = await row_of(tx, product_id)
    undone = [await audit.undo(tx, entry_id) for entry_id in reversed(made)]

    assert await row_of(tx, product_id) == before
    for entry_id in reversed(undone):
        await audit.undo(tx, entry_id)
    assert await row_of(tx, product_id) == after


async def test_an_edit_of_a_variant_is_taken_back(tx):
    product_id = await mug(tx, category_id=await category(tx))
    variant = (
        await tx.sql("SELECT id, sku FROM catalog.variants WHERE product_id = :p LIMIT 1", {"p": product_id})
    ).one()
    await catalog.change_variant(tx, variant.id, VariantChanges(sku="NEW-1", weight_grams=9, is_active=False))

    entry = await newest(tx)
    assert entry.changes["sku"] == (variant.sku, "NEW-1")
    await audit.undo(tx, entry.id)

    sku, is_active = (
        await tx.sql("SELECT sku, is_active FROM catalog.variants WHERE id = :v", {"v": variant.id})
    ).one()
    assert (sku, is_active) == (variant.sku, True)


async def test_a_category_is_taken_back_to_its_name_its_place_and_its_attributes(tx):
    top, below = await category(tx), await category(tx, "Cups")
    await catalog.define_attribute(tx, code="glaze", name="Glaze", kind="text")
    await catalog.change_category(tx, below, name="Mugs", slug="mugs", is_active=False)
    named = await newest(tx)
    await catalog.move_category(tx, below, parent_id=top, sort_order=4)
    moved = await newest(tx)
    await catalog.set_category_attributes(tx, below, [AttributeUse("glaze", is_required=True)])
    described = await newest(tx)
    assert moved.changes == {"parent_id": (None, str(top)), "sort_order": (0, 4)}

    for entry in (named, moved, described):
        await audit.undo(tx, entry.id)

    row = (await tx.sql("SELECT * FROM catalog.categories WHERE id = :id", {"id": below})).one()
    assert (row.name, row.slug, row.is_active, row.parent_id, row.sort_order) == ("Cups", "cups", True, None, 0)
    assert not (await tx.sql("SELECT attribute_code FROM catalog.category_attributes")).all()


async def test_a_bulk_edit_of_prices_is_taken_back_in_one_act_or_not_at_all(tx):
    product_id = await catalog.create_product(tx, shirt_draft(await category(tx)))
    all_three = await tx.sql("SELECT id FROM catalog.variants WHERE product_id = :p", {"p": product_id})
    one, two, _three = all_three.scalars()

    async def prices() -> list[tuple[int, int | None]]:
        found = await pricing.prices(tx, [one, two], "USD")
        return [
            (p.amount.amount, p.compare_at.amount if p.compare_at is not None else None)
            for p in (found[one], found[two])
        ]

    await pricing.set_price(tx, one, 1000)
    await pricing.set_price(tx, two, 2000, compare_at=2500)
    await pricing.set_prices(tx, [pricing.NewPrice(one, 900, 1000), pricing.NewPrice(two, 1800)])
    cut = await newest(tx)
    await audit.undo(tx, cut.id)
    assert await prices() == [(1000, None), (2000, 2500)]

    await pricing.set_prices(tx, [pricing.NewPrice(one, 900), pricing.NewPrice(two, 1800)])
    second = await newest(tx)
    await pricing.set_price(tx, one, 850)
    with pytest.raises(ChangedSince, match="“price USD”"):
        await audit.undo(tx, second.id)
    assert await prices() == [(850, None), (1800, None)]
