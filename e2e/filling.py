"""The demo shop in the database of the environment, with all done that its worker would do first.

python -m e2e.filling WIDTH ORDERS      the pictures that many pixels wide, and a past of so many orders
"""

import asyncio
import hashlib
import json
import os
import sys
from pathlib import Path

from app.runtime import migrations
from app.runtime.settings import Settings
from app.seed.seed import fill, history_of
from domains import catalog
from domains.catalog import encoder
from domains.catalog.operations import add_renditions
from domains.kit import Actor
from domains.kit.deliveries import subscribe
from workers import tasks
from workers.context import WorkerContext, open_context
from workers.subscriptions import SUBSCRIBERS

WORKER = Actor.system("worker")


async def prepare(settings: Settings, width: int, orders: int) -> None:
    """Migrate, seed, deliver every fact to its subscribers and make the pictures' sizes."""
    await migrations.migrate(settings.database_url, mark="test")
    async with open_context(settings) as context:
        async with context.db.transaction(WORKER) as tx:
            await subscribe(tx, SUBSCRIBERS)
        history = history_of(settings, orders) if orders else None
        await fill(context.db, context.storage, width=width, history=history)
        await tasks.deliver_waiting(context)
        code = hashlib.sha256(Path(encoder.__file__).read_bytes()).hexdigest()[:16]
        note = settings.data_dir.parent / f"sizes-{width}-{code}.json"
        await take_noted_sizes(context, note)
        await tasks.make_renditions(context)
        await note_sizes(context, note)
        await tasks.deliver_waiting(context)


async def take_noted_sizes(context: WorkerContext, note: Path) -> None:
    """Take the sizes that an earlier filling has made of the same pictures: to encode them anew is most of the work."""
    noted = json.loads(note.read_text()) if note.exists() else {}
    async with context.db.transaction(WORKER) as tx:
        rows = (await tx.sql("SELECT id, key FROM catalog.media")).all()
        for media_id, master in rows:
            try:
                made = [
                    catalog.Encoded(format, width, height, await context.storage.get(key))
                    for format, width, height, key in noted.get(master, [])
                ]
            except catalog.NotStored:
                continue  # somebody has removed it: it is made again
            await add_renditions(tx, media_id, made)


async def note_sizes(context: WorkerContext, note: Path) -> None:
    """Write down every size there is, for the next filling."""
    noted: dict[str, list[tuple[str, int, int, str]]] = {}
    async with context.db.transaction(WORKER) as tx:
        for master, *size in await tx.sql(
            "SELECT m.key AS master, r.format, r.width, r.height, r.key"
            " FROM catalog.renditions r JOIN catalog.media m ON m.id = r.media_id ORDER BY 1, 2, 3"
        ):
            noted.setdefault(master, []).append(tuple(size))
    whole = note.with_suffix(f".{os.getpid()}")
    whole.write_text(json.dumps(noted))
    whole.replace(note)


if __name__ == "__main__":
    asyncio.run(prepare(Settings.read(os.environ), int(sys.argv[1]), int(sys.argv[2])))
