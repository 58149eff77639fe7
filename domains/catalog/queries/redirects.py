"""Where an old address leads to."""

from collections.abc import Collection
from uuid import UUID

from domains.kit import Transaction


async def new_address(tx: Transaction, path: str) -> str | None:
    """The path at which what once was at `path` is now; None where nothing was."""
    found = await tx.sql(
        "SELECT CASE WHEN p.id IS NOT NULL THEN '/products/' || p.slug ELSE '/categories/' || c.slug END"
        " FROM catalog.redirects r LEFT JOIN catalog.products p ON p.id = r.product_id"
        " LEFT JOIN catalog.categories c ON c.id = r.category_id WHERE r.path = :path",
        {"path": path},
    )
    address: str | None = found.scalar_one_or_none()
    return address


async def moved_products(tx: Transaction, slugs: Collection[str]) -> dict[str, UUID]:
    """The products that once had these slugs, unless another one has them now."""
    rows = await tx.sql(
        "SELECT substr(r.path, length('/products/') + 1) AS slug, r.product_id FROM catalog.redirects r"
        " WHERE r.path = ANY(:paths) AND r.product_id IS NOT NULL AND NOT EXISTS"
        " (SELECT FROM catalog.products p WHERE '/products/' || p.slug = r.path)",
        {"paths": [f"/products/{slug}" for slug in slugs]},
    )
    return {row.slug: row.product_id for row in rows}
