"""Products whole and as they are written down, for those who move many of them: nothing hidden, nothing made nicer."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec

from domains.catalog.queries.views import OptionView, ValueView
from domains.kit import Transaction


class VariantRecord(msgspec.Struct, frozen=True):
    """A variant as its row says, with the words of its values by the names of the options."""

    id: UUID
    sku: str
    barcode: str | None
    weight_grams: int | None
    is_default: bool
    is_active: bool
    picture_id: UUID | None
    picture_key: str | None
    values: Mapping[str, str]
    is_digital: bool = False
    file_id: UUID | None = None


class ImageRecord(msgspec.Struct, frozen=True):
    """A picture of a product, with the words it was given."""

    media_id: UUID
    key: str
    alt: str
    position: int


class ProductRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A product as its row says, with its options, all its variants and all its pictures in their order."""

    id: UUID
    sku: str
    name: str
    slug: str
    description: str | None
    description_html: str | None
    brand: str | None
    product_type: str | None
    category_id: UUID
    tax_class: str
    weight_grams: int | None
    attributes: Mapping[str, Any]
    tags: tuple[str, ...]
    seo_title: str | None
    seo_description: str | None
    is_active: bool
    other_categories: tuple[UUID, ...]
    options: tuple[OptionView, ...]
    variants: tuple[VariantRecord, ...]
    images: tuple[ImageRecord, ...]


class SkuOwner(msgspec.Struct, frozen=True):
    """Whose SKU it is; a product's own has no variant."""

    product_id: UUID
    slug: str
    variant_id: UUID | None


_PRODUCTS = """
SELECT p.id, p.sku, p.name, p.slug, p.description, p.description_html, p.brand, p.product_type, p.category_id,
       p.tax_class, p.weight_grams, p.attributes, p.tags, p.seo_title, p.seo_description, p.is_active,
       array(SELECT category_id FROM catalog.product_categories WHERE product_id = p.id ORDER BY 1) AS other_categories
FROM catalog.products p WHERE {which} ORDER BY p.slug
"""
_OPTIONS = """
SELECT o.id, o.product_id, o.name,
       coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'value', v.value, 'swatch', v.swatch)
                          ORDER BY v.position, v.value) FILTER (WHERE v.id IS NOT NULL), '[]') AS values
FROM catalog.options o LEFT JOIN catalog.option_values v ON v.option_id = o.id
WHERE o.product_id = ANY(:products) GROUP BY o.id ORDER BY o.position, o.name
"""
_VARIANTS = """
SELECT v.id, v.product_id, v.sku, v.barcode, v.weight_grams, v.is_default, v.is_active, v.picture_id,
       m.key AS picture_key, v.kind = 'digital' AS is_digital, v.file_id,
       coalesce((SELECT jsonb_object_agg(o.name, ov.value) FROM catalog.variant_values vv
                 JOIN catalog.options o ON o.id = vv.option_id JOIN catalog.option_values ov ON ov.id = vv.value_id
                 WHERE vv.variant_id = v.id), '{}') AS chosen
FROM catalog.variants v LEFT JOIN catalog.media m ON m.id = v.picture_id
WHERE v.product_id = ANY(:products) ORDER BY v.position, v.sku
"""
_IMAGES = """
SELECT i.product_id, i.media_id, m.key, i.alt, i.position
FROM catalog.product_images i JOIN catalog.media m ON m.id = i.media_id
WHERE i.product_id = ANY(:products) ORDER BY i.position, i.media_id
"""


async def product_records(
    tx: Transaction, *, slugs: Collection[str] = (), ids: Collection[UUID] = ()
) -> list[ProductRecord]:
    """The products of these addresses or ids, shown or not, in the order of their addresses."""
    rows = (
        await tx.sql(
            _PRODUCTS.format(which="p.slug = ANY(CAST(:slugs AS text[])) OR p.id = ANY(CAST(:ids AS uuid[]))"),
            {"slugs": list(slugs), "ids": list(ids)},
        )
    ).all()
    return await _whole(tx, rows)


async def product_records_after(tx: Transaction, slug: str, limit: int) -> list[ProductRecord]:
    """The next `limit` products whose address comes after `slug`: a page of all there are."""
    rows = (
        await tx.sql(_PRODUCTS.format(which="p.slug > :slug") + "LIMIT :limit", {"slug": slug, "limit": limit})
    ).all()
    return await _whole(tx, rows)


async def _whole(tx: Transaction, rows: Iterable[Any]) -> list[ProductRecord]:
    found = list(rows)
    asked = {"products": [row.id for row in found]}
    if not found:
        return []
    options: dict[UUID, list[OptionView]] = {}
    for row in await tx.sql(_OPTIONS, asked):
        values = tuple(ValueView(UUID(one["id"]), one["value"], one["swatch"]) for one in row.values)
        options.setdefault(row.product_id, []).append(OptionView(row.id, row.name, values))
    variants: dict[UUID, list[VariantRecord]] = {}
    for row in await tx.sql(_VARIANTS, asked):
        variants.setdefault(row.product_id, []).append(
            VariantRecord(
                row.id,
                row.sku,
                row.barcode,
                row.weight_grams,
                row.is_default,
                row.is_active,
                row.picture_id,
                row.picture_key,
                row.chosen,
                row.is_digital,
                row.file_id,
            )
        )
    images: dict[UUID, list[ImageRecord]] = {}
    for row in await tx.sql(_IMAGES, asked):
        images.setdefault(row.product_id, []).append(ImageRecord(row.media_id, row.key, row.alt, row.position))
    return [
        ProductRecord(
            **{**row._mapping, "tags": tuple(row.tags), "other_categories": tuple(row.other_categories)},
            options=tuple(options.get(row.id, ())),
            variants=tuple(variants.get(row.id, ())),
            images=tuple(images.get(row.id, ())),
        )
        for row in found
    ]


async def owners_of_skus(tx: Transaction, skus: Collection[str]) -> dict[str, list[SkuOwner]]:
    """Whose these SKUs are; those that nobody has are left out. A product and its variant may share one."""
    rows = await tx.sql(
        "SELECT v.sku, v.product_id, p.slug, v.id AS variant_id"
        " FROM catalog.variants v JOIN catalog.products p ON p.id = v.product_id WHERE v.sku = ANY(:skus)"
        " UNION ALL SELECT sku, id, slug, NULL FROM catalog.products WHERE sku = ANY(:skus)",
        {"skus": list(skus)},
    )
    owners: dict[str, list[SkuOwner]] = {}
    for row in rows:
        owners.setdefault(row.sku, []).append(SkuOwner(row.product_id, row.slug, row.variant_id))
    return owners


async def product_slugs(tx: Transaction, product_ids: Collection[UUID]) -> dict[UUID, str]:
    """The addresses of products."""
    rows = await tx.sql("SELECT id, slug FROM catalog.products WHERE id = ANY(:ids)", {"ids": list(product_ids)})
    return {row.id: row.slug for row in rows}


async def media_by_keys(tx: Transaction, keys: Collection[str]) -> dict[str, UUID]:
    """The pictures that have these keys."""
    rows = await tx.sql("SELECT key, id FROM catalog.media WHERE key = ANY(:keys)", {"keys": list(keys)})
    return {row.key: row.id for row in rows}
