"""The migrations and the models say the same, and the way up from an empty database is whole (DEV-02)."""

import importlib
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection

from domains.kit import Actor, Base, Database
from migrations.schemas import SCHEMAS

importlib.import_module("migrations.tables")

_CHECKS = """
SELECT n.nspname || '.' || c.conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
WHERE c.contype = 'c' AND n.nspname = ANY(:schemas)
"""


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(
        connection,
        opts={
            "target_metadata": Base.metadata,
            "include_schemas": True,
            "include_name": lambda name, kind, _parents: kind != "schema" or name in SCHEMAS,
            "compare_type": True,
            "compare_server_default": True,
            "version_table_schema": "public",
        },
    )
    return list(compare_metadata(context, Base.metadata))


async def test_models_and_migrations_agree(db: Database) -> None:
    connection = db.bind
    assert await connection.run_sync(_differences) == []


async def test_every_check_of_a_model_stands_in_the_database_under_its_name(db: Database) -> None:
    modelled = {
        f"{table.schema}.{constraint.name}"
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    async with db.transaction(Actor.system("tests")) as tx:
        in_database = set((await tx.sql(_CHECKS, {"schemas": list(SCHEMAS)})).scalars())

    assert modelled == in_database
