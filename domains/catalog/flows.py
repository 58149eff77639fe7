"""Pictures on their way into the shop: decoding and storing happen with no transaction open, object first, row second.

A crash in between leaves an object without a row, which harms nobody; a row without its object cannot happen.
"""

import asyncio
import hashlib
from pathlib import Path
from uuid import UUID

from domains.catalog import operations, pictures
from domains.catalog.errors import MediaNotFound
from domains.catalog.gateway import FileStore, Storage
from domains.catalog.queries.media import media_item, rendition_sizes
from domains.kit import Actor, Database, Invalid, new_id
from domains.kit.i18n import gettext as _


async def store_picture(db: Database, storage: Storage, actor: Actor, content: bytes) -> UUID:
    """Take in an uploaded picture; returns its id. The same picture given twice is kept once.

    Emits `media.added`. Raises `PictureRefused` for what is no JPEG, PNG or WebP picture, too large or damaged.
    """
    master = await pictures.take_in(content)
    await storage.put(master.key, master.content)
    async with db.transaction(actor) as tx:
        return await operations.add_media(tx, master)


MOST_FILE_BYTES = 500 * 1024 * 1024


async def keep_file(db: Database, store: FileStore, actor: Actor, path: Path, *, name: str) -> UUID:
    """Take in a file that is to be sold, as it is; returns its id. Nobody reads what is in it.

    Raises `Invalid` for one that is empty or too large.
    """
    size = (await asyncio.to_thread(path.stat)).st_size
    if size == 0:
        raise Invalid({"file": _("The file is empty. Choose another one.")})
    if size > MOST_FILE_BYTES:
        raise Invalid({"file": _("The file is larger than 500 MB. Choose a smaller one.")})
    sha256 = await asyncio.to_thread(_hash_of, path)
    key = f"{new_id().hex}.sold"  # its own, and not of its content: whoever has the file cannot tell where it lies
    await store.keep(key, path)
    async with db.transaction(actor) as tx:
        return await operations.add_file(
            tx,
            key=key,
            name=_told_name(name),
            content_type="application/octet-stream",
            size=size,
            sha256=sha256,
        )


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _told_name(name: str) -> str:
    """The last part of a name, without what no file should be called."""
    told = name.replace("\\", "/").rpartition("/")[2]
    told = "".join(letter for letter in told if letter.isprintable()).strip(". ")
    stem, dot, ending = told.rpartition(".")
    return (f"{stem[:200]}.{ending[:20]}" if dot and stem else told[:200]) or _("file")


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
