"""`shop reindex`: build the search index anew."""

import argparse
import asyncio

from app.commands.databases import database, settings
from app.runtime.settings import Settings
from domains import search
from domains.kit import Actor


def run(parsed: argparse.Namespace) -> int:
    chosen = settings(("DATABASE_URL", "ENCRYPTION_KEYS"), or_the_running_demo=True)
    asyncio.run(_rebuild(chosen))
    return 0


async def _rebuild(chosen: Settings) -> None:
    async with database(chosen) as db, db.transaction(Actor.system("reindex")) as tx:
        await search.rebuild(tx)
