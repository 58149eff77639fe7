"""Tables of the kit: events and their delivery, idempotency keys, and what kind of database this is."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Interval,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit.database import Base


class Environment(Base):
    """One row: what this database is. The CHECK keeps the clock of a real shop real."""

    __tablename__ = "environment"
    __table_args__ = (
        CheckConstraint("only_row", name="one_row"),
        CheckConstraint("kind IN ('production', 'demo', 'test')", name="kind"),
        CheckConstraint("kind <> 'production' OR clock_offset = interval '0'", name="real_clock"),
        {"schema": "kit"},
    )

    only_row: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    kind: Mapped[str] = mapped_column(String(20), server_default="production")
    clock_offset: Mapped[timedelta] = mapped_column(Interval, server_default=text("interval '0'"))


class Stream(Base):
    """The head of an event stream; its row lock keeps the stream gapless and in order."""

    __tablename__ = "streams"
    __table_args__ = ({"schema": "kit"},)

    stream: Mapped[str] = mapped_column(String(40), primary_key=True)
    stream_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class EventRow(Base):
    """A fact; append-only (a trigger refuses UPDATE, DELETE and TRUNCATE)."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("stream", "stream_id", "version"),
        Index("uq_events_cause", "stream", "stream_id", "type", "cause", unique=True,
              postgresql_where=text("cause IS NOT NULL")),
        Index("ix_events_type_recorded_at", "type", "recorded_at"),
        Index("ix_events_trace_id", "trace_id"),
        {"schema": "kit"},
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(String(40))
    stream_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(Integer)
    type: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str] = mapped_column(String(60), server_default="")
    trace_id: Mapped[str] = mapped_column(String(32))
    cause: Mapped[str | None] = mapped_column(String(200))
    recorded_at: Mapped[datetime] = mapped_column(server_default=text("kit.now()"))


class OutboxRow(Base):
    """An event that the relay has not fanned out yet."""

    __tablename__ = "outbox"
    __table_args__ = ({"schema": "kit"},)

    event_id: Mapped[UUID] = mapped_column(ForeignKey("kit.events.id"), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Subscription(Base):
    """Which subscriber wants which type of event, since when."""

    __tablename__ = "subscriptions"
    __table_args__ = ({"schema": "kit"},)

    subscriber: Mapped[str] = mapped_column(String(60), primary_key=True)
    event_type: Mapped[str] = mapped_column(String(60), primary_key=True)
    since: Mapped[datetime] = mapped_column(server_default=func.now())


class Delivery(Base):
    """One event for one subscriber; marked done in the transaction of the effect."""

    __tablename__ = "deliveries"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'done', 'dead')", name="state"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_at"),
        Index("ix_deliveries_due", "subscriber", "position", postgresql_where=text("state = 'pending'")),
        Index("ix_deliveries_stream", "subscriber", "stream", "stream_id", "version",
              postgresql_where=text("state = 'pending'")),
        Index("ix_deliveries_event_id", "event_id"),
        Index("ix_deliveries_dead", "created_at", postgresql_where=text("state = 'dead'")),
        {"schema": "kit"},
    )  # fmt: skip

    subscriber: Mapped[str] = mapped_column(String(60), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("kit.events.id"), primary_key=True)
    position: Mapped[int] = mapped_column(BigInteger, Identity(always=True))
    stream: Mapped[str] = mapped_column(String(40))
    stream_id: Mapped[UUID]
    version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(10), server_default="pending")
    attempts: Mapped[int] = mapped_column(Integer, server_default="0")
    available_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_error: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class IdempotencyKey(Base):
    """A command's key, what was asked, and the answer it got."""

    __tablename__ = "idempotency_keys"
    __table_args__ = ({"schema": "kit"},)

    scope: Mapped[str] = mapped_column(String(120), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    locked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    completed_at: Mapped[datetime | None]
