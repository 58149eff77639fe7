"""A product as its page shows it, and a variant as others show it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains.catalog.errors import ProductGone, ProductNotFound
from domains.catalog.queries.media import PICTURE, described, pictures_of
from domains.catalog.queries.tree import attributes_of, trail
from domains.catalog.queries.views import (
    AttributeValue,
    OptionView,
    Picture,
    ProductVariant,
    ProductView,
    ValueView,
    VariantView,
)
from domains.kit import RecordedEvent, Transaction

_PRODUCT = """
SELECT p.id, p.sku, p.name, p.slug, p.description, p.brand, p.category_id, p.tax_class, p.weight_grams, p.attributes,
       p.is_active, p.updated_at, p.description_html, p.seo_title, p.seo_description,
       array(SELECT category_id FROM catalog.product_categories WHERE product_id = p.id ORDER BY 1) AS others
FROM catalog.products p WHERE p.{column} = :value
"""
_OPTIONS = """
SELECT o.id, o.name, coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'value', v.value, 'swatch', v.swatch)
                                        ORDER BY v.position, v.value) FILTER (WHERE v.id IS NOT NULL), '[]') AS values
FROM catalog.options o LEFT JOIN catalog.option_values v ON v.option_id = o.id
WHERE o.product_id = :product GROUP BY o.id ORDER BY o.position, o.name
"""
_VARIANTS = """
SELECT v.id, v.sku, v.weight_grams, v.picture_id, v.is_default, v.barcode, v.kind = 'digital' AS is_digital,
       array(SELECT vv.value_id FROM catalog.variant_values vv JOIN catalog.options o ON o.id = vv.option_id
             WHERE vv.variant_id = v.id ORDER BY o.position, o.name) AS values
FROM catalog.variants v
WHERE v.product_id = :product AND (v.is_active AND (v.kind = 'physical' OR v.file_id IS NOT NULL) OR :all)
ORDER BY v.position, v.sku
"""
_IMAGES = "SELECT media_id, alt FROM catalog.product_images WHERE product_id = :product ORDER BY position, media_id"


async def product_by_slug(tx: Transaction, slug: str) -> ProductView:
    """The product of a page's address.

    Raises `ProductNotFound` for an unknown one and `ProductGone` for one that is no longer shown.
    """
    row = (await tx.sql(_PRODUCT.format(column="slug"), {"value": slug})).one_or_none()
    if row is None:
        raise ProductNotFound
    if not row.is_active:
        way = await trail(tx, row.category_id)
        raise ProductGone(row.name, (way[-1].name, way[-1].slug) if way else None)
    return await _whole(tx, row, include_inactive=False)


async def product(tx: Transaction, product_id: UUID, *, include_inactive: bool = False) -> ProductView:
    """A product by its id; `include_inactive` loads hidden ones and their hidden variants. Raises `ProductNotFound`."""
    row = (await tx.sql(_PRODUCT.format(column="id"), {"value": product_id})).one_or_none()
    if row is None or not (row.is_active or include_inactive):
        raise ProductNotFound
    return await _whole(tx, row, include_inactive=include_inactive)


async def _whole(tx: Transaction, row: Any, *, include_inactive: bool) -> ProductView:
    options = (await tx.sql(_OPTIONS, {"product": row.id})).all()
    variant_rows = (await tx.sql(_VARIANTS, {"product": row.id, "all": include_inactive})).all()
    image_rows = (await tx.sql(_IMAGES, {"product": row.id})).all()
    loaded = await pictures_of(tx, [*(i.media_id for i in image_rows), *(v.picture_id for v in variant_rows)])
    alts = {image.media_id: image.alt for image in image_rows}
    return ProductView(
        id=row.id,
        sku=row.sku,
        name=row.name,
        slug=row.slug,
        description=row.description,
        brand=row.brand,
        tax_class=row.tax_class,
        weight_grams=row.weight_grams,
        trail=await trail(tx, row.category_id),
        category_ids=(row.category_id, *row.others),
        options=tuple(
            OptionView(option.id, option.name, msgspec.convert(option.values, tuple[ValueView, ...]))
            for option in options
        ),
        variants=tuple(
            ProductVariant(
                variant.id,
                variant.sku,
                tuple(variant.values),
                variant.weight_grams,
                described(loaded.get(variant.picture_id), alts.get(variant.picture_id) or row.name),
                variant.is_default,
                variant.barcode,
                variant.is_digital,
            )
            for variant in variant_rows
        ),
        images=tuple(
            picture
            for image in image_rows
            if (picture := described(loaded.get(image.media_id), image.alt or row.name)) is not None
        ),
        attributes=await _attributes(tx, row.category_id, row.attributes),
        updated_at=row.updated_at,
        description_html=row.description_html,
        seo_title=row.seo_title,
        seo_description=row.seo_description,
    )


async def _attributes(tx: Transaction, category_id: UUID, values: dict[str, Any]) -> tuple[AttributeValue, ...]:
    if not values:
        return ()
    return tuple(
        AttributeValue(attribute.code, attribute.name, attribute.kind, attribute.unit, values[attribute.code])
        for attribute in await attributes_of(tx, category_id)
        if attribute.code in values
    )


_VARIANT_VIEWS = f"""
SELECT v.id, v.product_id, p.name, p.slug, v.sku,
       CASE v.kind WHEN 'digital' THEN 0 ELSE coalesce(v.weight_grams, p.weight_grams, 0) END AS weight_grams,
       p.tax_class, p.brand, v.kind = 'digital' AS is_digital,
       v.is_active AND p.is_active AND (v.kind = 'physical' OR v.file_id IS NOT NULL) AS is_sellable,
       coalesce(nullif(first.alt, ''), p.name) AS alt,
       {PICTURE.format(media="coalesce(v.picture_id, first.media_id)").strip()} AS picture,
       coalesce((SELECT string_agg(o.name || ': ' || ov.value, ', ' ORDER BY o.position, o.name)
                 FROM catalog.variant_values vv JOIN catalog.options o ON o.id = vv.option_id
                 JOIN catalog.option_values ov ON ov.id = vv.value_id WHERE vv.variant_id = v.id), '') AS options
FROM catalog.variants v JOIN catalog.products p ON p.id = v.product_id
LEFT JOIN LATERAL (SELECT media_id, alt FROM catalog.product_images
                   WHERE product_id = p.id ORDER BY position, media_id LIMIT 1) first ON true
WHERE {{which}}
"""


async def variants(tx: Transaction, variant_ids: Iterable[UUID]) -> dict[UUID, VariantView]:
    """The variants of these ids, sold or not; unknown ids are left out."""
    ids = sorted(set(variant_ids))
    if not ids:
        return {}
    rows = (await tx.sql(_VARIANT_VIEWS.format(which="v.id = ANY(:ids)"), {"ids": ids})).all()
    return _views(rows)


async def variants_of(tx: Transaction, product_ids: Iterable[UUID]) -> dict[UUID, tuple[VariantView, ...]]:
    """Every variant of these products, sold or not, in the products' own order; unknown ids are left out."""
    ids = sorted(set(product_ids))
    if not ids:
        return {}
    rows = (
        await tx.sql(f"{_VARIANT_VIEWS.format(which='p.id = ANY(:ids)')} ORDER BY v.position, v.sku", {"ids": ids})
    ).all()
    found: dict[UUID, tuple[VariantView, ...]] = {}
    for view in _views(rows).values():
        found[view.product_id] = (*found.get(view.product_id, ()), view)
    return found


async def variant_by_sku(tx: Transaction, sku: str) -> VariantView | None:
    """The variant that has this SKU."""
    rows = (await tx.sql(_VARIANT_VIEWS.format(which="v.sku = :sku"), {"sku": sku})).all()
    return next(iter(_views(rows).values()), None)


def _views(rows: Sequence[Any]) -> dict[UUID, VariantView]:
    return {
        row.id: VariantView(
            variant_id=row.id,
            product_id=row.product_id,
            product_name=row.name,
            slug=row.slug,
            sku=row.sku,
            options=row.options,
            weight_grams=row.weight_grams,
            tax_class=row.tax_class,
            image=described(msgspec.convert(row.picture, Picture | None), row.alt),
            brand=row.brand,
            is_sellable=row.is_sellable,
            is_digital=row.is_digital,
        )
        for row in rows
    }


async def count_products(tx: Transaction) -> int:
    """How many products are shown."""
    counted: int = (await tx.sql("SELECT count(*) FROM catalog.products WHERE is_active")).scalar_one()
    return counted


async def sitemap_entries(tx: Transaction, *, start: int = 0, limit: int = 40_000) -> list[tuple[str, datetime]]:
    """Slug and time of the last change of shown products, in order of slug."""
    rows = await tx.sql(
        "SELECT slug, updated_at FROM catalog.products WHERE is_active ORDER BY slug LIMIT :limit OFFSET :start",
        {"start": start, "limit": limit},
    )
    return [(row.slug, row.updated_at) for row in rows]


def replay(events: Iterable[RecordedEvent]) -> dict[str, Any]:
    """The columns of a product as its stream tells them; `shop doctor` compares them with the row."""
    columns: dict[str, Any] = {}
    for event in events:
        match event.type:
            case "product.created":
                columns |= event.payload["values"]
            case "product.updated":
                columns |= event.payload["changes"]
            case "product.published" | "product.unpublished":
                columns["is_active"] = event.type == "product.published"
    return columns
