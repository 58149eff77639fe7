"""Pictures of the catalogue: rows of objects that are stored already."""

from collections.abc import Sequence
from uuid import UUID

from domains import audit
from domains.catalog.errors import MediaNotFound
from domains.catalog.events import MediaAdded, MediaRendered, ProductUpdated
from domains.catalog.gateway import CONTENT_TYPES
from domains.catalog.models import Product
from domains.catalog.operations.products import locked
from domains.catalog.operations.refusals import check_length
from domains.catalog.pictures import Encoded
from domains.kit import Invalid, Transaction, new_id, record


async def add_media(tx: Transaction, picture: Encoded) -> UUID:
    """Note a picture whose object is stored; the same picture is noted once. Emits `media.added` the first time."""
    written = await tx.sql(
        "INSERT INTO catalog.media (id, key, sha256, content_type, width, height, bytes)"
        " VALUES (:id, :key, :sha256, :content_type, :width, :height, :bytes)"
        " ON CONFLICT (sha256) DO NOTHING RETURNING id",
        {
            "id": new_id(),
            "key": picture.key,
            "sha256": picture.sha256,
            "content_type": CONTENT_TYPES[picture.format],
            "width": picture.width,
            "height": picture.height,
            "bytes": len(picture.content),
        },
    )
    media_id: UUID | None = written.scalar_one_or_none()
    if media_id is not None:
        await record(tx, MediaAdded(media_id=media_id))
        return media_id
    known = await tx.sql("SELECT id FROM catalog.media WHERE sha256 = :sha256", {"sha256": picture.sha256})
    found: UUID = known.scalar_one()
    return found


async def add_renditions(tx: Transaction, media_id: UUID, pictures: Sequence[Encoded]) -> int:
    """Note renditions whose objects are stored; returns how many are new. Emits `media.rendered` if any."""
    changed = 0
    for picture in sorted(pictures, key=lambda picture: (picture.format, picture.width)):
        written = await tx.sql(
            "INSERT INTO catalog.renditions AS r (media_id, format, width, height, key, bytes)"
            " VALUES (:media, :format, :width, :height, :key, :bytes)"
            " ON CONFLICT (media_id, format, width) DO UPDATE SET height = excluded.height, key = excluded.key,"
            " bytes = excluded.bytes WHERE r.key <> excluded.key RETURNING width",
            {
                "media": media_id,
                "format": picture.format,
                "width": picture.width,
                "height": picture.height,
                "key": picture.key,
                "bytes": len(picture.content),
            },
        )
        changed += len(written.all())
    if changed:
        await record(tx, MediaRendered(media_id=media_id))
    return changed


async def add_image(
    tx: Transaction, product_id: UUID, media_id: UUID, *, alt: str = "", position: int | None = None
) -> None:
    """Show a picture with a product, last where no position is given; `alt` says what is to be seen.

    Emits `product.updated`. A picture the product has already is given the new words and place.
    """
    wrong: dict[str, str] = {}
    check_length(wrong, alt=(alt, 512))
    if wrong:
        raise Invalid(wrong)
    row = await locked(tx, product_id)
    await _must_exist(tx, media_id)
    before = await images_of(tx, product_id) if audit.wanted(tx) else []
    await tx.sql(
        "INSERT INTO catalog.product_images (product_id, media_id, alt, position) VALUES (:product, :media, :alt,"
        " coalesce(CAST(:position AS integer), (SELECT coalesce(max(position) + 1, 0) FROM catalog.product_images"
        " WHERE product_id = :product)))"
        " ON CONFLICT (product_id, media_id) DO UPDATE SET alt = excluded.alt,"
        " position = coalesce(CAST(:position AS integer), product_images.position)",
        {"product": product_id, "media": media_id, "alt": alt, "position": position},
    )
    await record(tx, ProductUpdated(product_id=product_id, parts=("images",)))
    await _audit_images(tx, row, before)


async def order_images(tx: Transaction, product_id: UUID, media_ids: Sequence[UUID]) -> None:
    """Put a product's pictures in this order; those that are not named are taken off it. Emits `product.updated`."""
    row = await locked(tx, product_id)
    before = await images_of(tx, product_id) if audit.wanted(tx) else []
    await tx.sql(
        "DELETE FROM catalog.product_images WHERE product_id = :product AND media_id <> ALL(:media)",
        {"product": product_id, "media": list(media_ids)},
    )
    await tx.sql(
        "UPDATE catalog.product_images i SET position = o.place FROM unnest(CAST(:media AS uuid[]))"
        " WITH ORDINALITY AS o (media_id, place) WHERE i.media_id = o.media_id AND i.product_id = :product",
        {"product": product_id, "media": list(media_ids)},
    )
    await record(tx, ProductUpdated(product_id=product_id, parts=("images",)))
    await _audit_images(tx, row, before)


async def images_of(tx: Transaction, product_id: UUID) -> list[list[str]]:
    """The pictures of a product in order, each with its words."""
    rows = await tx.sql(
        "SELECT media_id, alt FROM catalog.product_images WHERE product_id = :product ORDER BY position, media_id",
        {"product": product_id},
    )
    return [[str(row.media_id), row.alt] for row in rows]


async def _audit_images(tx: Transaction, row: Product, before: list[list[str]]) -> None:
    if audit.wanted(tx):
        await audit.record(
            tx,
            action="product.changed",
            subject=("product", row.id),
            label=row.name,
            changes={"images": (before, await images_of(tx, row.id))},
            undo="product",
        )


async def _must_exist(tx: Transaction, media_id: UUID) -> None:
    known = "SELECT EXISTS (SELECT FROM catalog.media WHERE id = :media)"
    if not (await tx.sql(known, {"media": media_id})).scalar_one():
        raise MediaNotFound
