"""What tests of several domains share."""

import asyncio

from domains.kit.actors import Actor
from domains.kit.database import Database


async def until_somebody_waits(db: Database, how_many: int = 1) -> None:
    """Until so many transactions in this database wait for what another one holds, so that they really meet."""
    async with asyncio.timeout(20):
        while True:
            async with db.transaction(Actor.system("tests")) as tx:
                waiting = await tx.sql(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND wait_event_type = 'Lock'"
                )
                if waiting.scalar_one() >= how_many:
                    return
            await asyncio.sleep(0.02)
