"""Bringing a database to the newest schema: Alembic, on our own connection and under a lock."""

import hashlib
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from domains.kit.database import driver_url

ROOT: Final = Path(__file__).resolve().parents[2]
LOCK: Final = 7_062_001


def _config() -> Config:
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def newest() -> str:
    """The revision that this program needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise RuntimeError(f"there are no migrations in {ROOT}")
    return head


def fingerprints() -> dict[str, str]:
    """A hash of every migration file by its name; a released one never changes."""
    files = sorted((ROOT / "migrations").rglob("*.py"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in files}


async def migrate(url: str, *, mark: str | None = None) -> str:
    """Bring the database at `url` to the newest schema, and mark what it is (`demo`, `test`) in the same transaction.

    All or nothing, whatever happens meanwhile; two that migrate at once come one after the other. Returns the revision.
    """
    engine = create_async_engine(driver_url(url))
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            revision = await connection.run_sync(_upgrade)
            if mark is not None:
                await connection.execute(text("UPDATE kit.environment SET kind = :kind"), {"kind": mark})
            await connection.commit()
    finally:
        await engine.dispose()
    return revision


def _upgrade(connection: Connection) -> str:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return newest()


async def revision(url: str) -> str | None:
    """The revision that the database has, None when it has none."""
    engine = create_async_engine(driver_url(url))
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(lambda bound: MigrationContext.configure(bound).get_current_revision())
    finally:
        await engine.dispose()
