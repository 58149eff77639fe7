"""The tree as staff arrange it: put somewhere, put in order, taken away when it is empty; and who saved last."""

from collections.abc import Sequence
from uuid import UUID

from domains import audit
from domains.catalog.errors import (
    CategoryBelowItself,
    CategoryChangedMeanwhile,
    CategoryInUse,
    CategoryNotFound,
    TooDeep,
)
from domains.catalog.events import CategoryChanged
from domains.catalog.operations.categories import move_category
from domains.kit import Transaction, record

MOST_LEVELS = 8

_ABOVE = """
WITH RECURSIVE above AS (
    SELECT id, parent_id, 1 AS level FROM catalog.categories WHERE id = :id
    UNION ALL
    SELECT c.id, c.parent_id, above.level + 1 FROM catalog.categories c JOIN above ON c.id = above.parent_id
    WHERE above.level < 100
)
SELECT id, level FROM above
"""
_BELOW = """
WITH RECURSIVE below AS (
    SELECT id, 1 AS level FROM catalog.categories WHERE id = :id
    UNION ALL
    SELECT c.id, below.level + 1 FROM catalog.categories c JOIN below ON c.parent_id = below.id WHERE below.level < 100
)
SELECT coalesce(max(level), 0) FROM below
"""


async def expect_category_version(tx: Transaction, category_id: UUID, version: int) -> None:
    """Hold the category, which must be as who asks has seen it: its words, its place and what it asks of its products.

    Who may go on to move it has to come alone, so nobody waits here who holds a category. Raises
    `CategoryChangedMeanwhile` and `CategoryNotFound`.
    """
    await _arrange_alone(tx)
    held = await tx.sql("SELECT id FROM catalog.categories WHERE id = :id FOR UPDATE", {"id": category_id})
    if held.one_or_none() is None:
        raise CategoryNotFound
    now = (
        await tx.sql(
            "SELECT version FROM kit.streams WHERE stream = 'category' AND stream_id = :id", {"id": category_id}
        )
    ).scalar_one_or_none()
    if (now or 0) != version:
        raise CategoryChangedMeanwhile


async def put_category(tx: Transaction, category_id: UUID, *, parent_id: UUID | None, place: int | None = None) -> None:
    """Put a category, with all below it, under another or at the top, as the `place`-th there (last without one).

    One at a time: an advisory lock lets two who rearrange the tree at once not make it deeper than either saw.
    Emits `category.changed`. Raises `CategoryBelowItself`, `TooDeep`, `CategoryNotFound`.
    """
    await _arrange_alone(tx)
    if parent_id is not None:
        above = (await tx.sql(_ABOVE, {"id": parent_id})).all()
        if not above:
            raise CategoryNotFound
        if category_id in {row.id for row in above}:
            raise CategoryBelowItself
        height: int = (await tx.sql(_BELOW, {"id": category_id})).scalar_one()
        if max(row.level for row in above) + height > MOST_LEVELS:
            raise TooDeep
    siblings = [
        sibling
        for sibling in (
            await tx.sql(
                "SELECT id FROM catalog.categories WHERE parent_id IS NOT DISTINCT FROM CAST(:parent AS uuid)"
                " ORDER BY sort_order, name, id",
                {"parent": parent_id},
            )
        ).scalars()
        if sibling != category_id
    ]
    at = len(siblings) if place is None else max(0, min(place, len(siblings)))
    siblings.insert(at, category_id)
    await move_category(tx, category_id, parent_id=parent_id)
    await _number(tx, siblings)


async def check_room_below(tx: Transaction, parent_id: UUID | None) -> None:
    """Whether a new category may stand under this one. Raises `TooDeep`."""
    if parent_id is None:
        return
    await _arrange_alone(tx)
    levels = [row.level for row in await tx.sql(_ABOVE, {"id": parent_id})]
    if levels and max(levels) + 1 > MOST_LEVELS:
        raise TooDeep


async def remove_category(tx: Transaction, category_id: UUID) -> None:
    """Take an empty category away. Emits `category.changed`. Raises `CategoryInUse`, `CategoryNotFound`."""
    await _arrange_alone(tx)
    row = (
        await tx.sql(
            "SELECT name, EXISTS (SELECT FROM catalog.categories WHERE parent_id = c.id)"
            " OR EXISTS (SELECT FROM catalog.products WHERE category_id = c.id)"
            " OR EXISTS (SELECT FROM catalog.product_categories WHERE category_id = c.id) AS is_used"
            " FROM catalog.categories c WHERE id = :id FOR UPDATE",
            {"id": category_id},
        )
    ).one_or_none()
    if row is None:
        raise CategoryNotFound
    if row.is_used:
        raise CategoryInUse
    await tx.sql("DELETE FROM catalog.categories WHERE id = :id", {"id": category_id})
    await record(tx, CategoryChanged(category_id=category_id))
    await audit.record(tx, action="category.removed", subject=("category", category_id), label=row.name)


async def _arrange_alone(tx: Transaction) -> None:
    await tx.sql("SELECT pg_advisory_xact_lock(hashtext('catalog.categories'))")


async def _number(tx: Transaction, siblings: Sequence[UUID]) -> None:
    await tx.sql(
        "UPDATE catalog.categories c SET sort_order = told.place FROM unnest(CAST(:ids AS uuid[]))"
        " WITH ORDINALITY AS told (id, place) WHERE c.id = told.id AND c.sort_order <> told.place",
        {"ids": list(siblings)},
    )
