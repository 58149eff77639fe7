"""Old addresses: what was once linked to goes on leading to where it is now."""

from collections.abc import Mapping
from uuid import UUID

from domains.kit import Transaction


def product_path(slug: str) -> str:
    return f"/products/{slug}"


def category_path(slug: str) -> str:
    return f"/categories/{slug}"


async def keep_address(
    tx: Transaction, path: str, *, product_id: UUID | None = None, category_id: UUID | None = None
) -> None:
    """Let `path` lead to this product or this category from now on, whatever its address will be."""
    await tx.sql(
        "INSERT INTO catalog.redirects (path, product_id, category_id) VALUES (:path, :product, :category)"
        " ON CONFLICT (path) DO UPDATE SET product_id = excluded.product_id, category_id = excluded.category_id",
        {"path": path, "product": product_id, "category": category_id},
    )


async def keep_product_addresses(tx: Transaction, paths: Mapping[str, UUID]) -> None:
    """Let each path lead to its product from now on."""
    await tx.sql(
        "INSERT INTO catalog.redirects (path, product_id)"
        " SELECT * FROM unnest(CAST(:paths AS text[]), CAST(:products AS uuid[]))"
        " ON CONFLICT (path) DO UPDATE SET product_id = excluded.product_id, category_id = NULL",
        {"paths": list(paths), "products": list(paths.values())},
    )
