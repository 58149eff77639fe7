"""The tree: categories made, changed and moved."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec import UNSET, UnsetType
from sqlalchemy import select

from domains import audit
from domains.catalog.errors import CategoryNotFound
from domains.catalog.events import CategoryChanged
from domains.catalog.models import Category
from domains.catalog.operations.redirects import category_path, keep_address
from domains.catalog.operations.refusals import check_length, in_words
from domains.catalog.operations.slugs import free_slug
from domains.kit import Invalid, Transaction, new_id, record


async def create_category(
    tx: Transaction,
    *,
    name: str,
    parent_id: UUID | None = None,
    slug: str | None = None,
    description: str | None = None,
    sort_order: int = 0,
    picture_id: UUID | None = None,
    is_active: bool = True,
) -> UUID:
    """Put a category under `parent_id`, or at the top; its address is made from the name where none is given.

    Emits `category.changed`. Raises `Invalid` for a name or address that is too long, malformed or taken.
    """
    _check(name, slug)
    row = Category(
        id=new_id(),
        name=name,
        parent_id=parent_id,
        slug=slug or await free_slug(tx, "categories", name),
        description=description,
        sort_order=sort_order,
        picture_id=picture_id,
        is_active=is_active,
    )
    tx.session.add(row)
    with in_words():
        await tx.session.flush()
    await record(tx, CategoryChanged(category_id=row.id))
    await audit.record(
        tx,
        action="category.created",
        subject=("category", row.id),
        label=name,
        changes={field: (None, getattr(row, field)) for field in ("name", "slug", "parent_id", "is_active")},
    )
    return row.id


async def change_category(
    tx: Transaction,
    category_id: UUID,
    *,
    name: str | UnsetType = UNSET,
    slug: str | UnsetType = UNSET,
    description: str | UnsetType | None = UNSET,
    picture_id: UUID | UnsetType | None = UNSET,
    is_active: bool | UnsetType = UNSET,
) -> None:
    """Change what is given. Emits `category.changed`. Raises `CategoryNotFound` and `Invalid`.

    An old address goes on leading here.
    """
    given = {"name": name, "slug": slug, "description": description, "picture_id": picture_id, "is_active": is_active}
    _check(name if isinstance(name, str) else "", slug if isinstance(slug, str) else None)
    row = await _locked(tx, category_id)
    if isinstance(slug, str) and slug != row.slug:
        await keep_address(tx, category_path(row.slug), category_id=category_id)
    wanted = {field: value for field, value in given.items() if value is not UNSET}
    before = {field: getattr(row, field) for field in wanted}
    for field, value in wanted.items():
        setattr(row, field, value)
    with in_words():
        await tx.session.flush()
    await record(tx, CategoryChanged(category_id=category_id))
    await _audit(tx, row, "category.changed", before)


async def move_category(
    tx: Transaction, category_id: UUID, *, parent_id: UUID | None, sort_order: int | None = None
) -> None:
    """Move a category, with all below it, under another or to the top.

    Emits `category.changed`. Raises `CategoryBelowItself` for a place below itself: the database refuses it even
    when two moves happen at once.
    """
    await tx.sql("SELECT pg_advisory_xact_lock(hashtext('catalog.categories'))")
    row = await _locked(tx, category_id)
    before = {"parent_id": row.parent_id, "sort_order": row.sort_order}
    row.parent_id = parent_id
    if sort_order is not None:
        row.sort_order = sort_order
    with in_words():
        await tx.session.flush()
    await record(tx, CategoryChanged(category_id=category_id))
    await _audit(tx, row, "category.moved", before)


async def _audit(tx: Transaction, row: Category, action: str, before: Mapping[str, Any]) -> None:
    await audit.record(
        tx,
        action=action,
        subject=("category", row.id),
        label=row.name,
        changes={field: (value, getattr(row, field)) for field, value in before.items()},
        undo="category",
    )


async def _locked(tx: Transaction, category_id: UUID) -> Category:
    row = await tx.session.scalar(select(Category).where(Category.id == category_id).with_for_update())
    if row is None:
        raise CategoryNotFound
    return row


def _check(name: str, slug: str | None) -> None:
    wrong: dict[str, str] = {}
    check_length(wrong, name=(name, 100), slug=(slug, 255))
    if wrong:
        raise Invalid(wrong)
