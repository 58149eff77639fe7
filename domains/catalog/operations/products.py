"""Products: made, changed, published, taken off the shelf."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlalchemy import select

from domains import audit
from domains.catalog.errors import CannotPublish, ProductNotFound
from domains.catalog.events import ProductCreated, ProductPublished, ProductUnpublished, ProductUpdated
from domains.catalog.models import Product
from domains.catalog.operations.attributes import checked_attributes
from domains.catalog.operations.drafts import ProductChanges, ProductDraft, VariantDraft
from domains.catalog.operations.redirects import keep_address, product_path
from domains.catalog.operations.refusals import check_length, in_words
from domains.catalog.operations.slugs import free_slug
from domains.catalog.operations.variants import insert_options, insert_variant
from domains.catalog.rich_text import Description, read_description
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.i18n import gettext as _

MOST_OPTIONS = 5
_LONGEST_SEO_TEXT = 1000
COLUMNS = (
    "sku",
    "name",
    "slug",
    "description",
    "description_html",
    "brand",
    "product_type",
    "category_id",
    "weight_grams",
    "tax_class",
    "attributes",
    "tags",
    "seo_title",
    "seo_description",
    "is_active",
)


async def create_product(tx: Transaction, draft: ProductDraft) -> UUID:
    """Put a product into the catalogue with its options and variants, all or nothing.

    Emits `product.created`, and `product.published` if it is shown at once. Raises `Invalid` for anything too long,
    malformed or taken, for attributes its home category does not have, and for variants that leave an option open
    or repeat a combination.
    """
    check(draft)
    row = Product(
        **columns_of(draft),
        id=new_id(),
        slug=draft.slug or await free_slug(tx, "products", draft.name),
        attributes=await checked_attributes(tx, draft.category_id, draft.attributes),
        published_at=await tx.now() if draft.is_active else None,
    )
    tx.session.add(row)
    with in_words():
        await tx.session.flush()
        await _place(tx, row.id, row.category_id, draft.other_categories)
        options = await insert_options(tx, row.id, draft.options)
        for position, variant in enumerate(draft.variants or (VariantDraft(sku=draft.sku),)):
            await insert_variant(tx, row.id, variant, options, position=position, is_default=position == 0)
    await record(tx, ProductCreated(product_id=row.id, values={column: getattr(row, column) for column in COLUMNS}))
    if draft.is_active:
        await record(tx, ProductPublished(product_id=row.id))
    await audit.record(
        tx,
        action="product.created",
        subject=("product", row.id),
        label=row.name,
        changes={column: (None, getattr(row, column)) for column in COLUMNS},
    )
    return row.id


def columns_of(draft: ProductDraft) -> dict[str, Any]:
    """What a draft says of its product's row, but for what has to be asked for: slug and attributes."""
    described = _described(draft.description, draft.description_html)
    return {
        "sku": draft.sku,
        "name": draft.name,
        "description": described.text,
        "description_html": described.html,
        "brand": draft.brand,
        "product_type": draft.product_type,
        "category_id": draft.category_id,
        "weight_grams": draft.weight_grams,
        "tax_class": draft.tax_class,
        "tags": list(draft.tags),
        "seo_title": draft.seo_title,
        "seo_description": draft.seo_description,
        "is_active": draft.is_active,
    }


def _described(text: str | None, html: str | None) -> Description:
    return Description(text) if html is None else read_description(html)


async def change_product(tx: Transaction, product_id: UUID, changes: ProductChanges) -> None:
    """Change what is given. Emits `product.updated` with it. Raises `ProductNotFound` and `Invalid`.

    Attributes are checked again when they or the home category change. An old address goes on leading here.
    """
    check(changes)
    row = await locked(tx, product_id)
    given = {field: value for field, value in msgspec.structs.asdict(changes).items() if value is not UNSET}
    if "description" in given or "description_html" in given:
        described = _described(given.get("description"), given.get("description_html"))
        given |= {"description": described.text, "description_html": described.html}
    if "tags" in given:
        given["tags"] = list(given["tags"])
    if "attributes" in given or "category_id" in given:
        given["attributes"] = await checked_attributes(
            tx, given.get("category_id", row.category_id), given.get("attributes", row.attributes)
        )
    changed = {field: value for field, value in given.items() if getattr(row, field) != value}
    if not changed:
        return
    if "slug" in changed:
        await keep_address(tx, product_path(row.slug), product_id=product_id)
    before = {field: getattr(row, field) for field in changed}
    for field, value in changed.items():
        setattr(row, field, value)
    with in_words():
        await tx.session.flush()
        if "category_id" in changed:
            await tx.sql(
                "DELETE FROM catalog.product_categories WHERE product_id = :product AND category_id = :home",
                {"product": product_id, "home": row.category_id},
            )
    await record(tx, ProductUpdated(product_id=product_id, changes=changed))
    await audit.record(
        tx,
        action="product.changed",
        subject=("product", product_id),
        label=row.name,
        changes={field: (before[field], value) for field, value in changed.items()},
        undo="product",
    )


async def place_product(tx: Transaction, product_id: UUID, category_ids: Sequence[UUID]) -> None:
    """Set the further categories that show a product beside its home. Emits `product.updated`."""
    row = await locked(tx, product_id)
    gone = await tx.sql(
        "DELETE FROM catalog.product_categories WHERE product_id = :product RETURNING category_id",
        {"product": product_id},
    )
    before = sorted(gone.scalars())
    with in_words():
        await _place(tx, product_id, row.category_id, category_ids)
    await record(tx, ProductUpdated(product_id=product_id, parts=("categories",)))
    await audit.record(
        tx,
        action="product.changed",
        subject=("product", product_id),
        label=row.name,
        changes={"categories": (before, sorted(set(category_ids) - {row.category_id}))},
        undo="product",
    )


async def publish(tx: Transaction, product_id: UUID) -> None:
    """Show a product. Emits `product.published`. Raises `CannotPublish` if it has no active variant."""
    row = await locked(tx, product_id)
    if row.is_active:
        return
    active = (
        "SELECT EXISTS (SELECT FROM catalog.variants WHERE product_id = :product AND is_active"
        " AND (kind = 'physical' OR file_id IS NOT NULL))"
    )
    if not (await tx.sql(active, {"product": product_id})).scalar_one():
        raise CannotPublish
    row.is_active, row.archived_at = True, None
    row.published_at = row.published_at or await tx.now()
    await tx.session.flush()
    await record(tx, ProductPublished(product_id=product_id))
    await _audit_shown(tx, row, "product.published")


async def unpublish(tx: Transaction, product_id: UUID) -> None:
    """Take a product off the shelf; carts and orders keep it. Emits `product.unpublished`."""
    row = await locked(tx, product_id)
    if not row.is_active:
        return
    row.is_active = False
    await tx.session.flush()
    await record(tx, ProductUnpublished(product_id=product_id))
    await _audit_shown(tx, row, "product.unpublished")


async def _audit_shown(tx: Transaction, row: Product, action: str) -> None:
    await audit.record(
        tx,
        action=action,
        subject=("product", row.id),
        label=row.name,
        changes={"is_active": (not row.is_active, row.is_active)},
        undo="product",
    )


async def locked(tx: Transaction, product_id: UUID) -> Product:
    """The product's row, held until the commit. Raises `ProductNotFound`."""
    row = await tx.session.scalar(select(Product).where(Product.id == product_id).with_for_update())
    if row is None:
        raise ProductNotFound
    return row


async def _place(tx: Transaction, product_id: UUID, home: UUID, others: Sequence[UUID]) -> None:
    await tx.sql(
        "INSERT INTO catalog.product_categories (product_id, category_id)"
        " SELECT :product, category FROM unnest(CAST(:others AS uuid[])) AS category",
        {"product": product_id, "others": sorted(set(others) - {home})},
    )


def check(given: ProductDraft | ProductChanges) -> None:
    wrong: dict[str, str] = {}

    def text(value: Any) -> str | None:
        return value if isinstance(value, str) else None

    check_length(
        wrong,
        sku=(text(given.sku), 50),
        name=(text(given.name), 255),
        slug=(text(given.slug), 255),
        brand=(text(given.brand), 100),
        product_type=(text(given.product_type), 255),
        seo_title=(text(given.seo_title), 255),
        seo_description=(text(given.seo_description), _LONGEST_SEO_TEXT),
        tax_class=(text(given.tax_class), 30),
    )
    if isinstance(given.weight_grams, int) and not 0 <= given.weight_grams < 2**31:
        wrong["weight_grams"] = _("Enter a weight of 0 grams or more.")
    if isinstance(given.tags, tuple) and not all(tag and tag == tag.strip() and "," not in tag for tag in given.tags):
        wrong["tags"] = _("Enter tags without commas, and none that is empty.")
    if isinstance(given, ProductDraft) and len(given.options) > MOST_OPTIONS:
        wrong["options"] = _("Give a product at most {most} options.").format(most=MOST_OPTIONS)
    if wrong:
        raise Invalid(wrong)
