"""`shop seed`: fill an empty database with the demo shop."""

import argparse
import asyncio

from app import seed
from app.commands.databases import database, settings
from app.commands.refusals import Refused
from app.runtime import migrations
from app.runtime.databases import Kind, kind_of
from app.runtime.logging import configure_logging
from app.runtime.settings import FOR_A_SHOP, Settings
from domains import store
from domains.kit import Actor


def run(parsed: argparse.Namespace) -> int:
    chosen = settings(FOR_A_SHOP)
    configure_logging(chosen.log_level, service="seed")
    asyncio.run(_fill(chosen))
    return 0


async def _fill(chosen: Settings) -> None:
    kind = await kind_of(chosen.database_url)
    if kind is Kind.EMPTY:
        await migrations.migrate(chosen.database_url, mark="demo")
    elif kind is not Kind.DEMO:
        raise Refused("The database is neither empty nor a demo's, and seeding would fill it with invented orders.")
    async with database(chosen) as db, db.transaction(Actor.system("seed")) as tx:
        if await store.is_set_up(tx):
            raise Refused("The database has the demo's data already.")
    await seed.seed(chosen)
