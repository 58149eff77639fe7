"""What tests of several domains share."""

import asyncio

from domains.kit.actors import Actor
from domains.kit.database import Database


async def until_somebody_waits(db: Database) -> None:
    """Until a transaction in this database waits for what another one holds, so that the two really meet."""
    async with asyncio.timeout(20):
        while True:
            async with db.transaction(Actor.system("tests")) as tx:
                waiting = await tx.sql(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND wait_event_type = 'Lock'"
                )
                if waiting.scalar_one():
                    return
            await asyncio.sleep(0.02)
