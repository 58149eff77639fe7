"""A database to measure in: made, brought to the newest form, and dropped at the end."""

import base64
import os
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from app.runtime import migrations, shared_servers
from domains import inventory, store
from domains.kit import Actor, Database, Transaction
from domains.kit.crypto import Keyring, KeyringMissing, keyring, use_keyring
from domains.kit.database import driver_url

BENCH = Actor.system("bench")

_SHOP = store.ShopDetails(
    name="Bench",
    legal_name="Bench",
    address=("1 Bench Street", "Portland, OR 97201"),
    country="US",
    currency="USD",
    time_zone="UTC",
    prices_include_tax=False,
    sender_email="shop@example.com",
    alerts_email="desk@example.com",
    countries=("US",),
)


@asynccontextmanager
async def scratch_database() -> AsyncIterator[Database]:
    """A new database with the newest schema, on the server of `DATABASE_URL` or, without one, on that of the tests."""
    own = f"bench_{os.getpid()}_{secrets.token_hex(3)}"
    server = None
    address = os.environ.get("DATABASE_URL", "").replace("+asyncpg", "")
    if not address:
        server = shared_servers.use()
        address = server.url().replace("+asyncpg", "")
    url = f"{address.rpartition('/')[0]}/{own}"
    await _on(address, f'CREATE DATABASE "{own}"')
    try:
        await migrations.migrate(url, mark="test")
        database = Database.connect(url, pool_size=4, name="bench")
        try:
            yield database
        finally:
            await database.dispose()
    finally:
        await _on(address, f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
        if server is not None:
            server.close()


@asynccontextmanager
async def kept_database(url: str) -> AsyncIterator[Database]:
    """A database that is there and stays, brought to the newest schema."""
    await migrations.migrate(url, mark="test")
    database = Database.connect(url, pool_size=4, name="bench")
    try:
        yield database
    finally:
        await database.dispose()


async def open_shop(tx: Transaction) -> None:
    """A shop with one warehouse. Nothing here is secret: a process without keys gets some of its own."""
    try:
        keyring()
    except KeyringMissing:
        use_keyring(Keyring.parse(f"bench1:{base64.b64encode(secrets.token_bytes(32)).decode()}"))
    await store.set_up(tx, _SHOP)
    await inventory.add_warehouse(tx, code="MAIN", name="Main", country="US")


async def in_bulk(db: Database, statement: str, values: Mapping[str, Any], *, as_it_was: bool = True) -> None:
    """Write many rows, which may take its time; those of the past as they are, so that no trigger begins them anew."""
    engine = create_async_engine(driver_url(db.url), poolclass=NullPool, connect_args={"command_timeout": 3600})
    async with engine.begin() as connection:
        if as_it_was:
            await connection.execute(text("SET LOCAL session_replication_role = 'replica'"))
        await connection.execute(text(statement), values)


async def analyse(db: Database) -> None:
    """What autovacuum does for a shop that runs: the planner knows how much there is."""
    await _on(db.url, "VACUUM ANALYZE")


async def _on(address: str, statement: str) -> None:
    connection = await asyncpg.connect(address.replace("+asyncpg", ""))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
