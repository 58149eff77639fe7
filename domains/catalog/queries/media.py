"""Pictures with the sizes that exist."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from domains.catalog.queries.views import Picture, Rendition
from domains.kit import Transaction


class MediaItem(msgspec.Struct, frozen=True):
    """A stored picture: where its object is and how large it is."""

    media_id: UUID
    key: str
    width: int
    height: int


_PICTURES = """
SELECT m.id, m.key, m.width, m.height,
       coalesce(jsonb_agg(jsonb_build_object('key', r.key, 'width', r.width, 'format', r.format)
                          ORDER BY r.format, r.width) FILTER (WHERE r.key IS NOT NULL), '[]') AS renditions
FROM catalog.media m LEFT JOIN catalog.renditions r ON r.media_id = m.id
WHERE m.id = ANY(:ids) GROUP BY m.id
"""

# One picture as a column, `media` naming it: `msgspec.convert` makes a `Picture` of it.
PICTURE = """
(SELECT jsonb_build_object('media_id', m.id, 'key', m.key, 'width', m.width, 'height', m.height, 'renditions',
            (SELECT coalesce(jsonb_agg(jsonb_build_object('key', r.key, 'width', r.width, 'format', r.format)
                                       ORDER BY r.format, r.width), '[]')
             FROM catalog.renditions r WHERE r.media_id = m.id))
 FROM catalog.media m WHERE m.id = {media})
"""


async def pictures_of(tx: Transaction, media_ids: Iterable[UUID | None]) -> dict[UUID, Picture]:
    """The pictures of these ids, each with its sizes from small to large; unknown ids are left out."""
    ids = sorted({media_id for media_id in media_ids if media_id is not None})
    if not ids:
        return {}
    rows = await tx.sql(_PICTURES, {"ids": ids})
    return {
        row.id: Picture(
            row.id, row.key, row.width, row.height, "", msgspec.convert(row.renditions, tuple[Rendition, ...])
        )
        for row in rows
    }


async def media_item(tx: Transaction, media_id: UUID) -> MediaItem | None:
    """Where the object of a picture is."""
    row = (
        await tx.sql("SELECT id, key, width, height FROM catalog.media WHERE id = :id", {"id": media_id})
    ).one_or_none()
    return MediaItem(row.id, row.key, row.width, row.height) if row is not None else None


async def rendition_sizes(tx: Transaction, media_id: UUID) -> set[tuple[str, int]]:
    """Which sizes of a picture exist, as format and width."""
    rows = await tx.sql("SELECT format, width FROM catalog.renditions WHERE media_id = :id", {"id": media_id})
    return {(row.format, row.width) for row in rows}


async def without_renditions(tx: Transaction) -> list[UUID]:
    """Pictures that have no size yet: what a timer hands to the worker again when a job was lost."""
    rows = await tx.sql(
        "SELECT id FROM catalog.media m WHERE NOT EXISTS"
        " (SELECT FROM catalog.renditions r WHERE r.media_id = m.id) ORDER BY id LIMIT 500"
    )
    return list(rows.scalars())


def described(picture: Picture | None, alt: str) -> Picture | None:
    """The picture with these words for those who do not see it."""
    return None if picture is None else msgspec.structs.replace(picture, alt=alt)
