"""What can be asked of the log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains.kit import Transaction

_COLUMNS = """e.id, e.recorded_at, e.actor_kind, e.actor_id, e.actor_name, e.trace_id, e.action, e.subject_kind,
    e.subject_id, e.label, e.note, e.changes, e.hidden, e.is_money, e.undo_kind, e.undoes, e.batch"""


class EntryRow(msgspec.Struct, frozen=True):
    """An entry as it stands; `undone_by` is the entry that took it back, `changes` maps a field to before and after."""

    id: UUID
    recorded_at: datetime
    actor_kind: str
    actor_id: UUID | None
    actor_name: str
    trace_id: str
    action: str
    subject_kind: str
    subject_id: str
    label: str
    note: str
    changes: dict[str, tuple[Any, Any]]
    hidden: list[str]
    is_money: bool
    undo_kind: str | None
    undoes: UUID | None
    batch: UUID | None
    undone_by: UUID | None = None
    position: int | None = None

    @property
    def can_be_undone(self) -> bool:
        """Whether a way back exists; whether a later change bars it shows when it is tried."""
        return self.undo_kind is not None and self.undone_by is None and not self.hidden


class Who(msgspec.Struct, frozen=True):
    """Somebody who stands in the log."""

    id: UUID
    role: str


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries: by whom, of which action or its beginning, of what, from when until when, only of money."""

    actor_id: UUID | None = None
    action: str = ""
    subject_kind: str = ""
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None
    money_only: bool = False
    search: str = ""
    batch: UUID | None = None


async def entries(
    tx: Transaction, wanted: Filter, *, before: UUID | None = None, after: UUID | None = None, limit: int = 50
) -> list[EntryRow]:
    """Entries, newest first: those older than `before`, or the nearest newer than `after`; see `Filter`."""
    conditions, values = _conditions(wanted)
    if before is not None:
        conditions.append("e.id < :before")
        values["before"] = before
    if after is not None:
        conditions.append("e.id > :after")
        values["after"] = after
    where = " AND ".join(conditions) or "true"
    order = "ASC" if after is not None else "DESC"
    rows = await tx.sql(
        f"SELECT page.*, u.id AS undone_by, s.position FROM ("
        f"SELECT {_COLUMNS} FROM audit.entries e WHERE {where} ORDER BY e.id {order} LIMIT :limit) page"
        " LEFT JOIN audit.entries u ON u.undoes = page.id LEFT JOIN audit.seals s ON s.entry_id = page.id"
        " ORDER BY page.id DESC",
        {**values, "limit": limit},
    )
    return [msgspec.convert(dict(row), EntryRow) for row in rows.mappings()]


def _conditions(wanted: Filter) -> tuple[list[str], dict[str, Any]]:
    conditions, values = [], {}
    for name in ("actor_id", "subject_kind", "subject_id", "batch"):
        if value := getattr(wanted, name):
            conditions.append(f"e.{name} = :{name}")
            values[name] = value
    if wanted.action:
        conditions.append("(e.action = :action OR e.action LIKE :begins)")
        values |= {"action": wanted.action, "begins": wanted.action.replace("%", "").replace("_", "\\_") + ".%"}
    if wanted.since is not None:
        conditions.append("e.recorded_at >= :since")
        values["since"] = wanted.since
    if wanted.until is not None:
        conditions.append("e.recorded_at < :until")
        values["until"] = wanted.until
    if wanted.money_only:
        conditions.append("e.is_money")
    if words := wanted.search.strip():
        if known := _uuid(words):
            conditions.append("(e.id = :known OR e.batch = :known OR e.subject_id = CAST(:known AS text))")
            values["known"] = known
        else:
            conditions.append("e.label ILIKE :words")
            values["words"] = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return conditions, values


def _uuid(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


async def entry(tx: Transaction, entry_id: UUID) -> EntryRow | None:
    """One entry, with what undid it and its place in the chain."""
    found = await _of(tx, "e.id = :value", entry_id)
    return found[0] if found else None


async def batch_of(tx: Transaction, batch: UUID) -> list[EntryRow]:
    """All that one act did, in the order in which it was done."""
    return await _of(tx, "e.batch = :value", batch)


async def of_subject(tx: Transaction, kind: str, subject_id: UUID | str, *, limit: int = 100) -> list[EntryRow]:
    """What was done to a subject, newest first: for its page and timeline."""
    return await entries(tx, Filter(subject_kind=kind, subject_id=str(subject_id)), limit=limit)


async def _of(tx: Transaction, condition: str, value: Any) -> list[EntryRow]:
    rows = await tx.sql(
        f"SELECT {_COLUMNS}, u.id AS undone_by, s.position FROM audit.entries e"
        " LEFT JOIN audit.entries u ON u.undoes = e.id LEFT JOIN audit.seals s ON s.entry_id = e.id"
        f" WHERE {condition} ORDER BY e.id",
        {"value": value},
    )
    return [msgspec.convert(dict(row), EntryRow) for row in rows.mappings()]


async def undoes(tx: Transaction, entry_ids: Sequence[UUID]) -> UUID | None:
    """An entry that has undone one of these, if one has."""
    found = await tx.sql(
        "SELECT id FROM audit.entries WHERE undoes = ANY(CAST(:ids AS uuid[])) LIMIT 1", {"ids": list(entry_ids)}
    )
    undone: UUID | None = found.scalar_one_or_none()
    return undone


async def later_change(tx: Transaction, told: EntryRow, field: str) -> EntryRow | None:
    """The newest change of the same field of the same subject that came after `told`."""
    rows = await tx.sql(
        f"SELECT {_COLUMNS} FROM audit.entries e WHERE e.subject_kind = :kind AND e.subject_id = :subject"
        " AND e.id > :after AND jsonb_exists(e.changes, :field) ORDER BY e.id DESC LIMIT 1",
        {"kind": told.subject_kind, "subject": told.subject_id, "after": told.id, "field": field},
    )
    row = rows.mappings().one_or_none()
    return None if row is None else msgspec.convert(dict(row), EntryRow)


async def actions(tx: Transaction) -> list[str]:
    """Every action that stands in the log, by the alphabet; a walk along the index, whatever its size."""
    rows = await tx.sql(
        "WITH RECURSIVE known AS ((SELECT action FROM audit.entries ORDER BY action LIMIT 1) UNION ALL"
        " SELECT (SELECT e.action FROM audit.entries e WHERE e.action > known.action ORDER BY e.action LIMIT 1)"
        " FROM known WHERE known.action IS NOT NULL)"
        " SELECT action FROM known WHERE action IS NOT NULL"
    )
    return list(rows.scalars())
