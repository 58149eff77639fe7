"""What the database itself refuses, whatever the program does."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import DBAPIError

from domains import catalog
from domains.catalog.tests.factories import STAFF, category, mug, shirt_draft
from domains.kit import Database, Transaction, new_id


async def _insert_product(tx: Transaction, **columns: Any) -> None:
    values = {
        "id": new_id(),
        "sku": "P-1",
        "name": "Pot",
        "slug": "pot",
        "category_id": None,
        "weight_grams": 1,
        "brand": "Hearth",
        "attributes": "{}",
        **columns,
    }
    names = ", ".join(values)
    marks = ", ".join("CAST(:attributes AS jsonb)" if name == "attributes" else f":{name}" for name in values)
    await tx.sql(f"INSERT INTO catalog.products ({names}) VALUES ({marks})", values)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"sku": "x" * 51}, "value too long"),
        ({"sku": ""}, "ck_products_sku"),
        ({"sku": " padded"}, "ck_products_sku"),
        ({"name": None}, "not-null"),
        ({"name": ""}, "ck_products_name"),
        ({"name": "x" * 256}, "value too long"),
        ({"slug": "x" * 256}, "value too long"),
        ({"slug": "Not A Slug"}, "ck_products_slug"),
        ({"slug": "stoneware-mug"}, "uq_products_slug"),
        ({"sku": "MUG"}, "uq_products_sku"),
        ({"brand": "x" * 101}, "value too long"),
        ({"weight_grams": -1}, "ck_products_weight_grams"),
        ({"category_id": new_id()}, "fk_products_category_id"),
        ({"category_id": None}, "not-null"),
        ({"attributes": "[1]"}, "ck_products_attributes"),
    ],
)
async def test_the_database_refuses_a_product_that_breaks_its_rules(
    db: Database, columns: dict[str, Any], constraint: str
) -> None:
    async with db.transaction(STAFF) as tx:
        home = await category(tx)
        await mug(tx, home)

    with pytest.raises(DBAPIError, match=constraint):
        async with db.transaction(STAFF) as tx:
            await _insert_product(tx, **{"category_id": home, **columns})


async def test_a_product_needs_neither_description_nor_brand_nor_weight_and_is_active_by_itself(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        home = await category(tx)
        await _insert_product(tx, category_id=home, brand=None, weight_grams=None)

        row = (await tx.sql("SELECT description, is_active, created_at, updated_at FROM catalog.products")).one()

    assert row.description is None
    assert row.is_active
    assert row.created_at.utcoffset() is not None
    assert row.updated_at == row.created_at


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ("name = repeat('x', 101)", "value too long"),
        ("name = ''", "ck_categories_name"),
        ("slug = 'Kitchen!'", "ck_categories_slug"),
        ("parent_id = id", "ck_categories_own_parent|below itself"),
    ],
)
async def test_the_database_refuses_a_category_that_breaks_its_rules(
    db: Database, columns: str, constraint: str
) -> None:
    async with db.transaction(STAFF) as tx:
        await category(tx)

    with pytest.raises(DBAPIError, match=constraint):
        async with db.transaction(STAFF) as tx:
            await tx.sql(f"UPDATE catalog.categories SET {columns}")


async def test_the_database_refuses_a_circle_in_the_tree(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        top = await category(tx, "Home")
        middle = await category(tx, "Kitchen", top)
        bottom = await category(tx, "Mugs", middle)

    with pytest.raises(DBAPIError, match="below itself"):
        async with db.transaction(STAFF) as tx:
            await tx.sql(
                "UPDATE catalog.categories SET parent_id = :bottom WHERE id = :top", {"bottom": bottom, "top": top}
            )


async def _shirt(tx: Transaction) -> catalog.ProductView:
    product_id = await catalog.create_product(tx, shirt_draft(await category(tx, "Clothes")))
    return await catalog.product(tx, product_id)


async def test_the_database_refuses_a_combination_twice(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        shirt = await _shirt(tx)
    small_sage, medium_sage = shirt.variants[0], shirt.variants[1]

    with pytest.raises(DBAPIError, match="uq_variants_product_id_combination"):
        async with db.transaction(STAFF) as tx:
            await tx.sql(
                "UPDATE catalog.variant_values SET value_id = :medium"
                " WHERE variant_id = :variant AND option_id = :size",
                {"medium": medium_sage.values[0], "variant": small_sage.id, "size": shirt.options[0].id},
            )


async def test_the_database_refuses_a_value_of_another_product(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        shirt = await _shirt(tx)
        plain = await catalog.product(tx, await mug(tx))

    with pytest.raises(DBAPIError, match="fk_variant_values"):
        await _give_value(db, plain.variants[0].id, shirt.options[0].id, shirt.variants[0].values[0], plain.id)


async def _give_value(db: Database, variant: UUID, option: UUID, value: UUID, product: UUID) -> None:
    async with db.transaction(STAFF) as tx:
        await tx.sql(
            "INSERT INTO catalog.variant_values (variant_id, option_id, value_id, product_id)"
            " VALUES (:variant, :option, :value, :product)",
            {"variant": variant, "option": option, "value": value, "product": product},
        )


async def test_the_database_refuses_a_second_default_and_a_sku_twice(db: Database) -> None:
    async with db.transaction(STAFF) as tx:
        shirt = await _shirt(tx)

    with pytest.raises(DBAPIError, match="uq_variants_default"):
        async with db.transaction(STAFF) as tx:
            await tx.sql(
                "UPDATE catalog.variants SET is_default = true WHERE product_id = :product", {"product": shirt.id}
            )
    with pytest.raises(DBAPIError, match="uq_variants_sku"):
        async with db.transaction(STAFF) as tx:
            await tx.sql("UPDATE catalog.variants SET sku = 'SAME' WHERE product_id = :id", {"id": shirt.id})
