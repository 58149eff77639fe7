"""What an import makes of each product, kept so that it can be undone: as it was, and as it is since."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from domains import catalog
from domains.catalog import ProductRecord
from domains.kit import Transaction
from domains.transfer.operations.offering import Terms, present_terms
from domains.transfer.shelves import Shelves

COLUMNS = (
    "sku",
    "name",
    "slug",
    "description",
    "description_html",
    "brand",
    "product_type",
    "category_id",
    "tax_class",
    "weight_grams",
    "attributes",
    "tags",
    "seo_title",
    "seo_description",
)

type Snapshot = dict[str, Any]


class History:
    """Of one import: writes down each product before and after."""

    def __init__(self, import_id: UUID, currency: str, shelves: Shelves) -> None:
        self.import_id = import_id
        self.currency = currency
        self.shelves = shelves

    async def keep(
        self, tx: Transaction, updated: Sequence[ProductRecord], terms: Terms, created: Collection[UUID]
    ) -> None:
        """The products of a batch, whose changes are written. `terms` are those from before."""
        before = {record.id: snapshot(record, terms) for record in updated}
        after = await snapshots(tx, [*before, *created], self.currency, self.shelves)
        rows = [
            {"product_id": product_id, "before": before.get(product_id), "after": made}
            for product_id, made in after.items()
        ]
        await tx.sql(
            "INSERT INTO transfer.import_changes AS c (import_id, product_id, before, after)"
            " SELECT :import, product_id, nullif(before, 'null'), after FROM jsonb_to_recordset(CAST(:rows AS jsonb))"
            " AS told (product_id uuid, before jsonb, after jsonb)"
            " ON CONFLICT (import_id, product_id) DO UPDATE SET after = excluded.after",
            {"import": self.import_id, "rows": msgspec.json.encode(rows).decode()},
        )


async def snapshots(
    tx: Transaction, product_ids: Collection[UUID], currency: str, shelves: Shelves
) -> dict[UUID, Snapshot]:
    """Products as they are now."""
    records = await catalog.product_records(tx, ids=list(product_ids))
    terms = await present_terms(
        tx, [variant.id for record in records for variant in record.variants], currency, shelves
    )
    return {record.id: snapshot(record, terms) for record in records}


def snapshot(record: ProductRecord, terms: Terms) -> Snapshot:
    """A product as plain values, with the terms its variants are offered on."""
    told: Snapshot = {column: getattr(record, column) for column in COLUMNS}
    told |= {
        "is_active": record.is_active,
        "other_categories": sorted(record.other_categories),
        "options": [
            {"name": option.name, "values": [[value.value, value.swatch] for value in option.values]}
            for option in record.options
        ],
        "variants": [
            {
                "id": variant.id,
                "sku": variant.sku,
                "barcode": variant.barcode,
                "weight_grams": variant.weight_grams,
                "is_default": variant.is_default,
                "is_active": variant.is_active,
                "picture_id": variant.picture_id,
                "values": dict(variant.values),
                **_terms(terms, variant.id),
            }
            for variant in record.variants
        ],
        "images": [{"media_id": image.media_id, "alt": image.alt} for image in record.images],
    }
    plain: Snapshot = msgspec.json.decode(msgspec.json.encode(told))
    return plain


def comparable(told: Mapping[str, Any]) -> Snapshot:
    """A snapshot without its pictures: those of an import come later, and by themselves."""
    return {
        **{field: value for field, value in told.items() if field != "images"},
        "variants": [
            {field: value for field, value in variant.items() if field != "picture_id"} for variant in told["variants"]
        ],
    }


def _terms(terms: Terms, variant_id: UUID) -> dict[str, Any]:
    price = terms.prices.get(variant_id)
    return {
        "price": None if price is None else price.amount.amount,
        "compare_at": None if price is None or price.compare_at is None else price.compare_at.amount,
        "cost": terms.costs.get(variant_id),
        "backorder": variant_id in terms.backorders,
    }
