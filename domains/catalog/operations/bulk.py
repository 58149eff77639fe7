"""Many products at once, for imports: what `create_product` does for one, in a dozen statements for all of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Table, insert

from domains.catalog.events import ProductCreated, ProductPublished
from domains.catalog.models import Option, OptionValue, Product, ProductCategory, Variant
from domains.catalog.operations.attributes import check_values
from domains.catalog.operations.drafts import ProductDraft, VariantDraft
from domains.catalog.operations.products import COLUMNS, check, columns_of
from domains.catalog.operations.refusals import in_words
from domains.catalog.operations.slugs import free_slug
from domains.catalog.operations.variants import Choices, check_variant
from domains.catalog.queries.tree import attributes_of
from domains.catalog.queries.views import AttributeView
from domains.kit import Event, Transaction, new_id, record_all


class Made(msgspec.Struct, frozen=True):
    """A product that was made, and its variants in the order of its draft."""

    product_id: UUID
    variant_ids: tuple[UUID, ...]


class _Rows:
    """The rows of all products, table by table."""

    def __init__(self) -> None:
        self.products: list[dict[str, Any]] = []
        self.categories: list[dict[str, Any]] = []
        self.options: list[dict[str, Any]] = []
        self.values: list[dict[str, Any]] = []
        self.variants: list[dict[str, Any]] = []
        self.variant_values: list[tuple[UUID, UUID, UUID, UUID]] = []


async def create_products(tx: Transaction, drafts: Sequence[ProductDraft]) -> list[Made]:
    """Put products into the catalogue with their options and variants, all or nothing.

    Emits and raises for each what `create_product` does, in the order of the drafts.
    """
    now = await tx.now()
    known: dict[UUID, list[AttributeView]] = {}
    rows = _Rows()
    made: list[Made] = []
    events: list[Event] = []
    for draft in drafts:
        check(draft)
        if draft.category_id not in known:
            known[draft.category_id] = await attributes_of(tx, draft.category_id)
        row = {
            **columns_of(draft),
            "id": new_id(),
            "slug": draft.slug or await free_slug(tx, "products", draft.name),
            "attributes": check_values(known[draft.category_id], draft.attributes),
            "published_at": now if draft.is_active else None,
        }
        rows.products.append(row)
        rows.categories += [
            {"product_id": row["id"], "category_id": category}
            for category in sorted(set(draft.other_categories) - {draft.category_id})
        ]
        made.append(Made(row["id"], _add_variants(rows, row["id"], draft)))
        events.append(ProductCreated(product_id=row["id"], values={column: row[column] for column in COLUMNS}))
        if draft.is_active:
            events.append(ProductPublished(product_id=row["id"]))
    with in_words():
        await _write(tx, rows)
    await record_all(tx, events)
    return made


def _add_variants(rows: _Rows, product_id: UUID, draft: ProductDraft) -> tuple[UUID, ...]:
    options: dict[str, Choices] = {}
    for position, option in enumerate(draft.options):
        choices = Choices(new_id(), {value.value: new_id() for value in option.values})
        options[option.name] = choices
        rows.options.append(
            {"id": choices.option_id, "product_id": product_id, "name": option.name, "position": position}
        )
        rows.values += [
            {
                "id": choices.values[value.value],
                "option_id": choices.option_id,
                "value": value.value,
                "swatch": value.swatch,
                "position": place,
            }
            for place, value in enumerate(option.values)
        ]
    made = []
    for position, variant in enumerate(draft.variants or (VariantDraft(sku=draft.sku),)):
        check_variant(variant, options)
        variant_id = new_id()
        made.append(variant_id)
        chosen = [(options[name].option_id, options[name].values[value]) for name, value in variant.values.items()]
        rows.variants.append(
            {
                "id": variant_id,
                "product_id": product_id,
                "sku": variant.sku,
                "barcode": variant.barcode,
                # What the trigger will find when the values are there; it then has nothing to write.
                "combination": " ".join(str(value_id) for _, value_id in sorted(chosen)),
                "weight_grams": variant.weight_grams,
                "position": position,
                "is_default": position == 0,
                "is_active": variant.is_active,
                "picture_id": variant.picture_id,
            }
        )
        rows.variant_values += [(variant_id, option_id, value_id, product_id) for option_id, value_id in chosen]
    return tuple(made)


async def _write(tx: Transaction, rows: _Rows) -> None:
    tables: tuple[tuple[type[Any], list[dict[str, Any]]], ...] = (
        (Product, rows.products),
        (ProductCategory, rows.categories),
        (Option, rows.options),
        (OptionValue, rows.values),
        (Variant, rows.variants),
    )
    for model, given in tables:
        if given:
            table: Table = model.__table__
            await tx.session.execute(insert(table), given)
    if rows.variant_values:
        variants, options, values, products = zip(*rows.variant_values, strict=True)
        # One statement, so that the trigger looks when all values of a variant are there.
        await tx.sql(
            "INSERT INTO catalog.variant_values (variant_id, option_id, value_id, product_id)"
            " SELECT * FROM unnest(CAST(:variants AS uuid[]), CAST(:options AS uuid[]), CAST(:values AS uuid[]),"
            " CAST(:products AS uuid[]))",
            {
                "variants": list(variants),
                "options": list(options),
                "values": list(values),
                "products": list(products),
            },
        )
