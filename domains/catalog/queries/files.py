"""Files that are sold, and which variants are such."""

from collections.abc import Collection
from uuid import UUID

import msgspec

from domains.catalog.errors import FileNotKept
from domains.kit import Transaction


class FileView(msgspec.Struct, frozen=True):
    """A file that is sold; `key` is where the store keeps it."""

    id: UUID
    key: str
    name: str
    content_type: str
    bytes: int


async def file(tx: Transaction, file_id: UUID) -> FileView:
    """Raises `FileNotKept`."""
    found = (await files(tx, [file_id])).get(file_id)
    if found is None:
        raise FileNotKept
    return found


async def files(tx: Transaction, file_ids: Collection[UUID]) -> dict[UUID, FileView]:
    """The files of these ids; unknown ones are left out."""
    if not file_ids:
        return {}
    rows = await tx.sql(
        "SELECT id, key, name, content_type, bytes FROM catalog.files WHERE id = ANY(:ids)", {"ids": list(file_ids)}
    )
    return {row["id"]: FileView(**row) for row in rows.mappings()}


async def digital(tx: Transaction, variant_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Those of these variants that are digital, with the file of each."""
    if not variant_ids:
        return {}
    rows = await tx.sql(
        "SELECT id, file_id FROM catalog.variants WHERE id = ANY(:ids) AND kind = 'digital'",
        {"ids": list(variant_ids)},
    )
    return {row.id: row.file_id for row in rows}
