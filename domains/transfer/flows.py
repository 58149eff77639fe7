"""What an import does around its transaction, and the fetching of pictures: ours, theirs, ours."""

import asyncio
import csv
import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO
from uuid import UUID

import structlog

from domains import audit, catalog
from domains.catalog import MOST_BYTES, FileStore, NotStored, PictureRefused, Storage
from domains.kit import Actor, Database, DomainError, Invalid, new_id
from domains.kit.i18n import gettext as _
from domains.kit.outgoing import NotFetched, OutgoingClient
from domains.transfer import exporting
from domains.transfer.operations import imports, pictures, take_in
from domains.transfer.operations.imports import Claimed
from domains.transfer.operations.taking import Progress
from domains.transfer.operations.undoing import file_name
from domains.transfer.reading import guarded, survey
from domains.transfer.reports import HEADINGS, Report

log = structlog.get_logger(__name__)

ACTOR = Actor.system("pictures")
IMPORTER = Actor.system("import")
AT_ONCE = 4
_ACCEPT = "image/avif;q=0,image/webp,image/jpeg,image/png"


class _LeaveAsItWas(Exception):
    """Ends a transaction that must change nothing."""


async def import_file(
    db: Database,
    path: Path,
    actor: Actor,
    *,
    dry_run: bool = False,
    set_stock: bool = False,
    base_url: str = "",
    progress: Progress | None = None,
    import_id: UUID | None = None,
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
            with audit.quiet():  # thousands of changes are one act, and one entry in the log
                report = await take_in(
                    tx,
                    sheet,
                    set_stock=set_stock,
                    media_base=f"{base_url}/media/" if base_url else "",
                    dry_run=dry_run,
                    progress=progress,
                    import_id=None if dry_run else import_id,
                )
            if dry_run or report.refused:
                raise _LeaveAsItWas
            if import_id is not None:
                await imports.finish(tx, import_id, report)
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


async def hand_in(
    db: Database, files: FileStore, actor: Actor, path: Path, *, name: str, set_stock: bool = False
) -> UUID:
    """Keep a file that staff handed in, to be looked through by the worker; answers the import's id.

    Raises `Invalid` for one that is empty or too large.
    """
    size = (await asyncio.to_thread(path.stat)).st_size
    if size == 0:
        raise Invalid({"file": _("The file is empty. Choose another one.")})
    if size > imports.MOST_BYTES:
        raise Invalid({"file": _("The file is larger than 200 MB. Divide it into several.")})
    key = f"{new_id().hex}.csv"
    await files.keep(key, path)
    async with db.transaction(actor) as tx:
        return await imports.hand_in(tx, name=name, key=key, size=size, set_stock=set_stock)


async def work_on_imports(
    db: Database, files: FileStore, *, base_url: str = "", is_stopping: Callable[[], bool] = lambda: False
) -> int:
    """Look through what was handed in, import what was agreed to, undo what was asked to be; answers how many steps.

    One at a time; a worker that dies leaves everything as it was, and another one takes it up.
    """
    done = 0
    while not is_stopping():
        async with db.transaction(IMPORTER) as tx:
            claimed = await imports.claim(tx)
        if claimed is None:
            break
        try:
            await _work_on(db, files, claimed, base_url)
        except (DomainError, NotStored) as refused:
            log.warning("import.failed", import_id=str(claimed.id), step=claimed.status, why=str(refused))
            problem = " ".join((refused.title, refused.hint)) if isinstance(refused, DomainError) else ""
            async with db.transaction(IMPORTER) as tx:
                await imports.fail(tx, claimed.id, problem.strip())
        done += 1
    return done


async def _work_on(db: Database, files: FileStore, claimed: Claimed, base_url: str) -> None:
    if claimed.status == "undoing":
        if claimed.entry_id is None:
            raise audit.NotUndoable
        async with db.transaction(claimed.actor) as tx:
            await audit.undo(tx, claimed.entry_id)
        return
    with tempfile.TemporaryDirectory(prefix="stoa-import-") as folder:
        path = Path(folder) / file_name(claimed.id)
        await _fetch_to(files, claimed.file_key, path)
        total = len((await asyncio.to_thread(survey, path)).counts)

        async def tell(products: int) -> None:
            async with db.transaction(IMPORTER) as tx:
                await imports.told_progress(tx, claimed.id, products, total)

        await tell(0)
        is_check = claimed.status == "checking"
        report = await import_file(
            db,
            path,
            claimed.actor,
            dry_run=is_check,
            set_stock=claimed.set_stock,
            base_url=base_url,
            progress=tell,
            import_id=claimed.id,
        )
        key = await _keep_report(files, Path(folder), report)
    async with db.transaction(claimed.actor) as tx:
        if is_check:
            await imports.note_check(tx, claimed.id, report, key)
        elif report.refused:
            await imports.note_refusal(tx, claimed.id, report, key)
        else:
            await imports.keep_report(tx, claimed.id, key)


async def _fetch_to(files: FileStore, key: str, path: Path) -> None:
    with path.open("wb") as file:
        async for piece in files.chunks(key):
            file.write(piece)


async def _keep_report(files: FileStore, folder: Path, report: Report) -> str:
    path = folder / "report.csv"
    await asyncio.to_thread(_write_report, path, report)
    key = f"{new_id().hex}.csv"
    await files.keep(key, path)
    return key


def _write_report(path: Path, report: Report) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for row in report.table():
            writer.writerow([guarded(cell) for cell in row])
