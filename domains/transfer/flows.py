"""What an import does around its transaction, and the fetching of pictures: ours, theirs, ours."""

import asyncio
import random
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import structlog

from domains import catalog
from domains.catalog import MOST_BYTES, PictureRefused, Storage
from domains.kit import Actor, Database
from domains.kit.outgoing import NotFetched, OutgoingClient
from domains.transfer import exporting
from domains.transfer.operations import pictures, take_in
from domains.transfer.reading import survey
from domains.transfer.reports import Report

log = structlog.get_logger(__name__)

ACTOR = Actor.system("pictures")
AT_ONCE = 4
_ACCEPT = "image/avif;q=0,image/webp,image/jpeg,image/png"


class _LeaveAsItWas(Exception):
    """Ends a transaction that must change nothing."""


async def import_file(
    db: Database, path: Path, actor: Actor, *, dry_run: bool = False, set_stock: bool = False, base_url: str = ""
) -> Report:
    """Bring the products of Shopify's CSV into the shop: all of them, or none if any is refused.

    `dry_run` does everything and then leaves the shop as it was. `set_stock` also sets the quantities of what is here
    already. `base_url` is the shop's own address: pictures below it are its own and need not be fetched.
    Raises `FileRefused`, `ImportUnderWay` and `NoWarehouse`.
    """
    sheet = survey(path)
    report: Report | None = None
    try:
        async with db.transaction(actor) as tx:
            report = await take_in(
                tx,
                sheet,
                set_stock=set_stock,
                media_base=f"{base_url}/media/" if base_url else "",
                dry_run=dry_run,
            )
            if dry_run or report.refused:
                raise _LeaveAsItWas
    except _LeaveAsItWas:
        pass
    assert report is not None
    return report


async def export_file(db: Database, path: Path, actor: Actor, *, base_url: str) -> int:
    """Write every product of the shop to a CSV file in the new dialect; returns how many rows.

    The file appears whole or not at all.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            written = await export_to(db, file, actor, base_url=base_url)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return written


async def export_to(db: Database, file: TextIO, actor: Actor, *, base_url: str) -> int:
    """Write every product of the shop, as of one moment, to an open file; returns how many rows below the headings."""
    async with db.transaction(actor, snapshot=True) as tx:
        return await exporting.write(tx, file, base_url)


async def fetch_pictures(
    db: Database, client: OutgoingClient, storage: Storage, *, is_stopping: Callable[[], bool] = lambda: False
) -> int:
    """Fetch the pictures whose time has come, a few at once; returns how many came.

    Each is claimed for a while first, so that two workers do not fetch the same and a dead one's are taken up again.
    One that does not come is tried again later, and in the end given up; nothing waits for it. Emits `media.added`
    and `product.updated`.
    """
    came = 0
    while not is_stopping():
        async with db.transaction(ACTOR) as tx:
            claimed = await pictures.claim(tx, AT_ONCE)
        if not claimed:
            break
        came += sum(await asyncio.gather(*(_fetch(db, client, storage, picture) for picture in claimed)))
    return came


async def _fetch(db: Database, client: OutgoingClient, storage: Storage, picture: pictures.Claimed) -> bool:
    try:
        fetched = await client.get(picture.url, most_bytes=MOST_BYTES, accept=_ACCEPT)
        media_id = await catalog.store_picture(db, storage, ACTOR, fetched.content)
    except (NotFetched, PictureRefused) as error:
        why = error.title if isinstance(error, NotFetched) else " ".join(error.fields.values())
        async with db.transaction(ACTOR) as tx:
            tried_in_vain = await pictures.missed(
                tx, picture, why, for_good=isinstance(error, NotFetched) and error.for_good, jitter=random.random()
            )
        log.warning("picture.not_fetched", url=picture.url, tries=picture.tries, why=why, given_up=tried_in_vain)
        return False
    async with db.transaction(ACTOR) as tx:
        await pictures.arrived(tx, picture.id, media_id)
    return True
