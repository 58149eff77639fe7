"""The unit of work: a visible `async with db.transaction(actor) as tx:` block.

Nothing foreign and nothing slow happens inside the block. It commits when it ends, rolls back when anything is raised,
and a cancelled request waits for a commit that is under way, because cancelled does not mean rolled back.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import TIMESTAMP, MetaData, TextClause, Uuid, text
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase

from domains.kit.actors import Actor
from domains.kit.tracing import current_trace

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every table. Ids are `Uuid`, times are `timestamptz`; relationships are `lazy="raise"`."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: TIMESTAMP(timezone=True), UUID: Uuid(as_uuid=True)}


@lru_cache(maxsize=2048)
def _clause(statement: str) -> TextClause:
    """Statements are few and said often; making one anew costs about as much as sending it."""
    return text(statement)


class Transaction:
    """One transaction: its session, who acts, and under which trace. Every operation and query takes it first."""

    __slots__ = ("actor", "session", "trace_id")

    def __init__(self, session: AsyncSession, actor: Actor, trace_id: str) -> None:
        self.session = session
        self.actor = actor
        self.trace_id = trace_id

    async def now(self) -> datetime:
        """The shop's time by the database: `kit.now()`; the same all through the transaction."""
        moment: datetime = (await self.session.execute(text("SELECT kit.now()"))).scalar_one()
        return moment

    async def sql(self, statement: str, parameters: Mapping[str, Any] | None = None) -> CursorResult[*tuple[Any, ...]]:
        """Run SQL text with named parameters, for what must be one round trip."""
        result: CursorResult[*tuple[Any, ...]] = await self.session.execute(_clause(statement), parameters or {})  # type: ignore[assignment]
        return result


class Database:
    """The way to PostgreSQL: a pool, and transactions on it."""

    def __init__(self, bind: AsyncEngine | AsyncConnection, *, url: str = "") -> None:
        # A test hands in a connection whose outer transaction it rolls back: our commits become savepoints there.
        savepoints: Any = {"join_transaction_mode": "create_savepoint"} if isinstance(bind, AsyncConnection) else {}
        self._sessions = async_sessionmaker(bind=bind, expire_on_commit=False, **savepoints)
        self.bind = bind
        self.url = url

    @classmethod
    def connect(cls, url: str, *, pool_size: int = 8, name: str = "stoa") -> "Database":
        """Open a pool of 2 to `pool_size` + 2 connections; every statement, lock and idle transaction has a limit."""
        engine = create_async_engine(
            driver_url(url),
            pool_size=pool_size,
            max_overflow=2,
            pool_timeout=5,
            pool_pre_ping=True,
            hide_parameters=True,  # an error goes to the log, what somebody typed does not
            json_serializer=lambda value: msgspec.json.encode(value).decode(),
            json_deserializer=msgspec.json.decode,
            connect_args={
                "timeout": 5,
                "command_timeout": 30,
                "server_settings": {
                    "application_name": name,
                    "statement_timeout": "20000",
                    "lock_timeout": "10000",
                    "idle_in_transaction_session_timeout": "30000",
                    "timezone": "UTC",
                    "jit": "off",  # compiling costs a page more than it ever gains
                },
            },
        )
        return cls(engine, url=url)

    @asynccontextmanager
    async def transaction(self, actor: Actor, *, snapshot: bool = False) -> AsyncIterator[Transaction]:
        """Run a block as one transaction of `actor`, READ COMMITTED; `snapshot` for one consistent read of much."""
        session = self._sessions()
        try:
            if snapshot:
                await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield Transaction(session, actor, current_trace())
            await _finish(session)
        finally:
            await asyncio.shield(session.close())

    async def dispose(self) -> None:
        """Close every connection of the pool."""
        if isinstance(self.bind, AsyncEngine):
            await self.bind.dispose()


async def _finish(session: AsyncSession) -> None:
    commit = asyncio.ensure_future(session.commit())
    try:
        await asyncio.shield(commit)
    except asyncio.CancelledError:
        await commit
        raise


def driver_url(url: str) -> str:
    """The SQLAlchemy form of a `postgresql://` address."""
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.split("+")[0] not in {"postgresql", "postgres"}:
        raise ValueError("DATABASE_URL must begin with postgresql://")
    return f"postgresql+asyncpg://{rest}"
