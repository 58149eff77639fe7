"""What is asked of a whole database before a shop is put into it, or taken out of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Any

import asyncpg

from migrations.schemas import SCHEMAS


class Kind(StrEnum):
    EMPTY = "empty"
    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"
    FOREIGN = "foreign"


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Any]:
    """One plain connection, outside every pool."""
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg://", "postgresql://"), timeout=10)
    try:
        yield connection
    finally:
        await connection.close()


async def kind_of(url: str) -> Kind:
    """What the database is: empty, a shop's (and of which kind), or somebody else's."""
    async with connected(url) as connection:
        if await connection.fetchval("SELECT to_regclass('kit.environment') IS NOT NULL"):
            return Kind(await connection.fetchval("SELECT kind FROM kit.environment"))
        tables = await connection.fetchval(
            """SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
               WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname <> 'information_schema'
                 AND NOT starts_with(nspname, 'pg_')
                 AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')"""
        )
        return Kind.FOREIGN if tables else Kind.EMPTY


async def schema_identity(url: str) -> str:
    """A name of the schema that another making of it would not bear; empty where there is none."""
    async with connected(url) as connection:
        found = await connection.fetchval(
            "SELECT format('%s/%s', current_database(), oid) FROM pg_namespace WHERE nspname = 'kit'"
        )
        return str(found or "")


async def make_if_missing(url: str, database: str) -> None:
    """Create a database on the server of `url`."""
    async with connected(url) as connection:
        if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", database):
            await connection.execute(f'CREATE DATABASE "{database}"')


async def forget_everything(url: str) -> None:
    """Remove all of the shop's schemas, and the record of migrations, from a demo's database."""
    async with connected(url) as connection, connection.transaction():
        for schema in sorted(SCHEMAS):
            await connection.execute(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')
        await connection.execute("DROP TABLE IF EXISTS public.alembic_version")
