"""Pictures on their way into the shop: decoding and storing happen with no transaction open, object first, row second.

A crash in between leaves an object without a row, which harms nobody; a row without its object cannot happen.
"""

from uuid import UUID

from domains.catalog import operations, pictures
from domains.catalog.errors import MediaNotFound
from domains.catalog.gateway import Storage
from domains.catalog.queries.media import media_item, rendition_sizes
from domains.kit import Actor, Database


async def store_picture(db: Database, storage: Storage, actor: Actor, content: bytes) -> UUID:
    """Take in an uploaded picture; returns its id. The same picture given twice is kept once.

    Emits `media.added`. Raises `PictureRefused` for what is no JPEG, PNG or WebP picture, too large or damaged.
    """
    master = await pictures.take_in(content)
    await storage.put(master.key, master.content)
    async with db.transaction(actor) as tx:
        return await operations.add_media(tx, master)


async def make_renditions(db: Database, storage: Storage, media_id: UUID) -> int:
    """Make the sizes of a picture that are missing; returns how many were stored.

    Emits `media.rendered` if any. Safe to run again, and at the same time: objects are named by their content.
    Raises `MediaNotFound` for an unknown id and `NotStored` when the object is missing.
    """
    actor = Actor.system("renditions")
    async with db.transaction(actor) as tx:
        item = await media_item(tx, media_id)
        if item is None:
            raise MediaNotFound
        made = await rendition_sizes(tx, media_id)
    wanted = pictures.wanted_widths(item.width)
    if {(format, width) for width in wanted for format in pictures.FORMATS} <= made:
        return 0

    master = await storage.get(item.key)
    encoded = await pictures.renditions(master, wanted)
    for picture in encoded:
        await storage.put(picture.key, picture.content)

    async with db.transaction(actor) as tx:
        return await operations.add_renditions(tx, media_id, encoded)
