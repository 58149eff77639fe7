"""How what staff did to products, variants and categories is taken back from the audit log."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from domains import audit
from domains.catalog.models import Category, Product, Variant
from domains.catalog.operations.attributes import AttributeUse, set_category_attributes
from domains.catalog.operations.categories import change_category, move_category
from domains.catalog.operations.drafts import ProductChanges, VariantChanges
from domains.catalog.operations.media import add_image, images_of, order_images
from domains.catalog.operations.products import change_product, place_product, publish, unpublish
from domains.catalog.operations.variants import change_variant, make_default
from domains.kit import Transaction

_DESCRIBED = {"description", "description_html"}
_SHELVED = ("parent_id", "sort_order")


async def _product(tx: Transaction, product_id: str, fields: Sequence[str]) -> dict[str, Any]:
    subject = UUID(product_id)
    row = await tx.session.scalar(select(Product).where(Product.id == subject).with_for_update())
    if row is None:
        return {}
    known: dict[str, Any] = {}
    for field in fields:
        match field:
            case "categories":
                others = "SELECT category_id FROM catalog.product_categories WHERE product_id = :product"
                known[field] = sorted((await tx.sql(others, {"product": subject})).scalars())
            case "images":
                known[field] = await images_of(tx, subject)
            case "default_variant":
                first = "SELECT id FROM catalog.variants WHERE product_id = :product AND is_default"
                known[field] = (await tx.sql(first, {"product": subject})).scalar_one_or_none()
            case _:
                known[field] = getattr(row, field)
    return known


async def _put_product_back(tx: Transaction, product_id: str, fields: dict[str, Any]) -> None:
    subject = UUID(product_id)
    columns = {field: value for field, value in fields.items() if field in ProductChanges.__struct_fields__}
    if columns.keys() & _DESCRIBED:
        # a text with a form is given as its form alone, which brings the text
        columns = {**await _product(tx, product_id, sorted(_DESCRIBED)), **columns}
        columns.pop("description" if columns["description_html"] is not None else "description_html")
    if columns:
        await change_product(tx, subject, msgspec.convert(audit.plain(columns), ProductChanges))
    if "categories" in fields:
        await place_product(tx, subject, [UUID(category) for category in fields["categories"]])
    if "images" in fields:
        await order_images(tx, subject, [UUID(media) for media, _alt in fields["images"]])
        for place, (media, alt) in enumerate(fields["images"], start=1):
            await add_image(tx, subject, UUID(media), alt=alt, position=place)
    if "default_variant" in fields:
        await make_default(tx, UUID(fields["default_variant"]))
    if "is_active" in fields:
        await (publish if fields["is_active"] else unpublish)(tx, subject)


async def _variant(tx: Transaction, variant_id: str, fields: Sequence[str]) -> dict[str, Any]:
    row = await tx.session.scalar(select(Variant).where(Variant.id == UUID(variant_id)).with_for_update())
    return {} if row is None else {field: getattr(row, field) for field in fields}


async def _put_variant_back(tx: Transaction, variant_id: str, fields: dict[str, Any]) -> None:
    await change_variant(tx, UUID(variant_id), msgspec.convert(fields, VariantChanges))


async def _category(tx: Transaction, category_id: str, fields: Sequence[str]) -> dict[str, Any]:
    row = await tx.session.scalar(select(Category).where(Category.id == UUID(category_id)).with_for_update())
    if row is None:
        return {}
    known = {field: getattr(row, field) for field in fields if field != "attributes"}
    if "attributes" in fields:
        rows = await tx.sql(
            "SELECT attribute_code, is_required FROM catalog.category_attributes WHERE category_id = :category"
            " ORDER BY position",
            {"category": row.id},
        )
        known["attributes"] = [[use.attribute_code, use.is_required] for use in rows]
    return known


async def _put_category_back(tx: Transaction, category_id: str, fields: dict[str, Any]) -> None:
    subject = UUID(category_id)
    if fields.keys() & set(_SHELVED):
        place = {**await _category(tx, category_id, _SHELVED), **fields}
        parent = place["parent_id"]
        await move_category(
            tx,
            subject,
            parent_id=UUID(parent) if isinstance(parent, str) else parent,
            sort_order=place["sort_order"],
        )
    if "attributes" in fields:
        uses = [AttributeUse(code, is_required=required) for code, required in fields["attributes"]]
        await set_category_attributes(tx, subject, uses)
    columns = {field: value for field, value in fields.items() if field not in (*_SHELVED, "attributes")}
    if columns.get("picture_id"):
        columns["picture_id"] = UUID(columns["picture_id"])
    if columns:
        await change_category(tx, subject, **columns)


audit.undoable("product", _put_product_back, _product)
audit.undoable("variant", _put_variant_back, _variant)
audit.undoable("category", _put_category_back, _category)
