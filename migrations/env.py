"""Alembic's entry: runs the migrations on DATABASE_URL (or on a connection handed in by the program)."""

import asyncio
import importlib
import os
from typing import Any

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from domains.kit.database import Base, driver_url
from migrations.schemas import SCHEMAS

OWN = {"target_metadata": Base.metadata, "include_schemas": True, "compare_type": True}


def _include(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "schema" or name in SCHEMAS


def _run(connection: Connection) -> None:
    context.configure(connection=connection, include_name=_include, version_table_schema="public", **OWN)  # type: ignore[arg-type]
    with context.begin_transaction():
        context.run_migrations()


async def _connect() -> None:
    engine = create_async_engine(driver_url(os.environ["DATABASE_URL"]))
    async with engine.connect() as connection:
        await connection.run_sync(_run)
        await connection.commit()
    await engine.dispose()


handed_in = context.config.attributes.get("connection")
if handed_in is None:
    # only Alembic's own command compares with the models; the program runs what is written and needs none of them
    importlib.import_module("migrations.tables")
if handed_in is not None:
    _run(handed_in)
else:
    asyncio.run(_connect())
