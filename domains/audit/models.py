"""Tables of the audit log."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from domains.kit import Base

_NOW = text("kit.now()")


class Entry(Base):
    """Who did what; append-only (a trigger refuses UPDATE, DELETE and TRUNCATE).

    `changes` maps a field to `[before, after]`; `hidden` names fields whose values are personal and stand nowhere.
    """

    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint("jsonb_typeof(changes) = 'object'", name="changes"),
        CheckConstraint("undoes IS NULL OR undoes <> id", name="undoes"),
        UniqueConstraint("undoes"),
        Index("ix_entries_subject", "subject_kind", "subject_id", "id"),
        Index("ix_entries_actor", "actor_id", "recorded_at", "id"),
        Index("ix_entries_action", "action", "recorded_at", "id"),
        Index("ix_entries_recorded_at", "recorded_at", "id"),
        Index("ix_entries_batch", "batch", "id", postgresql_where=text("batch IS NOT NULL")),
        Index("ix_entries_money", "recorded_at", "id", postgresql_where=text("is_money")),
        Index("ix_entries_label", "label", postgresql_using="gin", postgresql_ops={"label": "gin_trgm_ops"}),
        {"schema": "audit"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(server_default=_NOW)
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str] = mapped_column(String(60), server_default="")
    trace_id: Mapped[str] = mapped_column(String(32))
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(80))
    label: Mapped[str] = mapped_column(String(200), server_default="")
    note: Mapped[str] = mapped_column(Text, server_default="")
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    hidden: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    is_money: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    undo_kind: Mapped[str | None] = mapped_column(String(40))
    undoes: Mapped[UUID | None] = mapped_column(ForeignKey("audit.entries.id"))
    batch: Mapped[UUID | None]


class Unsealed(Base):
    """An entry that the sealer has not taken up yet; written with the entry, gone with its seal."""

    __tablename__ = "unsealed"
    __table_args__ = ({"schema": "audit"},)

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("audit.entries.id"), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Seal(Base):
    """An entry's place in the chain; append-only like the entries."""

    __tablename__ = "seals"
    __table_args__ = (
        UniqueConstraint("entry_id"),
        CheckConstraint("position >= 1", name="position"),
        CheckConstraint("previous ~ '^[0-9a-f]{64}$' AND hash ~ '^[0-9a-f]{64}$'", name="hash"),
        {"schema": "audit"},
    )

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("audit.entries.id"))
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime] = mapped_column(server_default=_NOW)
