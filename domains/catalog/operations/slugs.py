"""Addresses made from names."""

from slugify import slugify

from domains.kit import Transaction

_LONGEST = 240  # leaves room for a number within the column's 255


async def free_slug(tx: Transaction, table: str, name: str) -> str:
    """An address made from `name` that `table` (products or categories) does not have yet: oak-table, oak-table-2."""
    stem = slugify(name, max_length=_LONGEST, word_boundary=True) or "item"
    taken = set(
        (
            await tx.sql(
                f"SELECT slug FROM catalog.{table} WHERE slug = :stem OR slug LIKE :like",
                {"stem": stem, "like": f"{stem}-%"},
            )
        ).scalars()
    )
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
