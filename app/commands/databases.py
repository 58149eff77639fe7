"""What most subcommands begin with: the settings, and the database that they name."""

import os
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from app.commands.refusals import Refused
from app.runtime import demo, migrations
from app.runtime.settings import Settings
from domains import store
from domains.kit import Actor, Database
from domains.kit.crypto import Keyring, use_keyring


def settings(needs: Iterable[str], *, or_the_running_demo: bool = False) -> Settings:
    """The settings of the environment. Raises `SettingsRefused`."""
    environment = dict(os.environ)
    if or_the_running_demo and not environment.get("DATABASE_URL"):
        running = demo.running_environment(environment)
        if running is not None:
            print("DATABASE_URL is not set; this is about the demo that is running.", file=sys.stderr)
            environment |= running
    return Settings.read(environment, needs=needs)


@asynccontextmanager
async def database(chosen: Settings) -> AsyncIterator[Database]:
    """The database of the settings. Raises `Refused` for one that is not migrated."""
    if chosen.encryption_keys:
        use_keyring(Keyring.parse(chosen.encryption_keys))
    if await migrations.revision(chosen.database_url) != migrations.newest():
        raise Refused("The database is not in the form that this program needs: run `shop migrate` first.")
    db = Database.connect(chosen.database_url, pool_size=2, name="shop")
    try:
        yield db
    finally:
        await db.dispose()


async def require_open_shop(chosen: Settings) -> None:
    """Raises `Refused` for a database that is not migrated, `ShopNotSetUp` for a shop that nobody has opened."""
    async with database(chosen) as db, db.transaction(Actor.system("start")) as tx:
        if not await store.is_set_up(tx):
            raise store.ShopNotSetUp
