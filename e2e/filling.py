"""The demo shop in the database of the environment, with all done that its worker would do first.

python -m e2e.filling WIDTH ORDERS      the pictures that many pixels wide, and a past of so many orders
"""

import asyncio
import os
import sys

from app.runtime import migrations
from app.runtime.settings import Settings
from app.seed.seed import fill, history_of
from domains.kit import Actor
from domains.kit.deliveries import subscribe
from workers import tasks
from workers.context import open_context
from workers.subscriptions import SUBSCRIBERS


async def prepare(settings: Settings, width: int, orders: int) -> None:
    """Migrate, seed, deliver every fact to its subscribers and make the pictures' sizes."""
    await migrations.migrate(settings.database_url, mark="test")
    async with open_context(settings) as context:
        async with context.db.transaction(Actor.system("worker")) as tx:
            await subscribe(tx, SUBSCRIBERS)
        history = history_of(settings, orders) if orders else None
        await fill(context.db, context.storage, width=width, history=history)
        await tasks.deliver_waiting(context)
        await tasks.make_renditions(context)
        await tasks.deliver_waiting(context)


if __name__ == "__main__":
    asyncio.run(prepare(Settings.read(os.environ), int(sys.argv[1]), int(sys.argv[2])))
