"""What keeps the documents fresh."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from domains import catalog, inventory, pricing, reviews
from domains.kit import RecordedEvent, Subscriber, Transaction
from domains.search.operations import refresh

_BELOW = """
WITH RECURSIVE below AS (
    SELECT id FROM catalog.categories WHERE id = :category
    UNION ALL
    SELECT c.id FROM catalog.categories c JOIN below ON c.parent_id = below.id
)
SELECT p.id FROM catalog.products p JOIN below ON below.id = p.category_id
UNION SELECT pc.product_id FROM catalog.product_categories pc JOIN below ON below.id = pc.category_id
"""


async def _keep_fresh(tx: Transaction, event: RecordedEvent) -> None:
    await refresh(tx, await _concerned(tx, event))


async def _keep_all_fresh(tx: Transaction, events: Sequence[RecordedEvent]) -> None:
    """What many facts concern is made anew once: an import tells several of each product."""
    products: set[UUID] = set()
    variants: set[UUID] = set()
    for event in events:
        match event.fact():
            case pricing.PriceChanged(variant_id=variant_id):
                variants.add(variant_id)
            case inventory.InventoryUpdated(lines=changed):
                variants.update(line.variant_id for line in changed)
            case _:
                products.update(await _concerned(tx, event))
    products.update(await _products_of(tx, variants))
    await refresh(tx, products)


async def _concerned(tx: Transaction, event: RecordedEvent) -> list[UUID]:
    match event.fact():
        case (
            catalog.ProductCreated(product_id=product_id)
            | catalog.ProductUpdated(product_id=product_id)
            | catalog.ProductPublished(product_id=product_id)
            | catalog.ProductUnpublished(product_id=product_id)
            | reviews.ReviewPublished(product_id=product_id)
            | reviews.ReviewChanged(product_id=product_id)
            | reviews.ReviewHeld(product_id=product_id)
            | reviews.ReviewHidden(product_id=product_id)
            | reviews.ReviewRemoved(product_id=product_id)
        ):
            return [product_id]
        case catalog.CategoryChanged(category_id=category_id):
            return list((await tx.sql(_BELOW, {"category": category_id})).scalars())
        case catalog.MediaRendered(media_id=media_id):
            rows = await tx.sql(
                "SELECT product_id FROM catalog.product_images WHERE media_id = :media", {"media": media_id}
            )
            return list(rows.scalars())
        case pricing.PriceChanged(variant_id=variant_id) | inventory.ProductOutOfStock(variant_id=variant_id):
            return await _products_of(tx, [variant_id])
        case inventory.InventoryUpdated(lines=changed):
            return await _products_of(tx, [line.variant_id for line in changed])
        case inventory.InventoryReleased(lines=freed):
            return await _products_of(tx, [line.variant_id for line in freed])
    return []


async def _products_of(tx: Transaction, variant_ids: Iterable[UUID]) -> list[UUID]:
    rows = await tx.sql(
        "SELECT DISTINCT product_id FROM catalog.variants WHERE id = ANY(:variants)", {"variants": sorted(variant_ids)}
    )
    return list(rows.scalars())


SUBSCRIBERS = (
    Subscriber(
        name="search",
        events=(
            catalog.ProductCreated,
            catalog.ProductUpdated,
            catalog.ProductPublished,
            catalog.ProductUnpublished,
            catalog.CategoryChanged,
            catalog.MediaRendered,
            pricing.PriceChanged,
            inventory.InventoryUpdated,
            inventory.InventoryReleased,
            inventory.ProductOutOfStock,
            reviews.ReviewPublished,
            reviews.ReviewChanged,
            reviews.ReviewHeld,
            reviews.ReviewHidden,
            reviews.ReviewRemoved,
        ),
        handle=_keep_fresh,
        gather=_keep_all_fresh,
    ),
)
