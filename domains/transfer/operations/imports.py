"""A file that staff handed in, from step to step; each step is a transaction of its own."""

from uuid import UUID

import msgspec

from domains import audit
from domains.kit import Actor, ActorKind, Transaction, new_id
from domains.transfer.errors import ImportNotFound, NotNow
from domains.transfer.reports import Report, summary_of

MOST_BYTES = 200 * 1024 * 1024
_TRIES = 3
_DEAD_AFTER = 600  # seconds without a sign of life

_CLAIM = """
UPDATE transfer.imports SET status = CASE status WHEN 'waiting' THEN 'checking' WHEN 'ready' THEN 'running' ELSE status
    END, tries = tries + 1, updated_at = kit.now(), products_done = 0
WHERE id = (SELECT id FROM transfer.imports
            WHERE status IN ('waiting', 'ready')
               OR (status = 'undoing' AND tries = 0)
               OR (status IN ('checking', 'running', 'undoing')
                   AND updated_at < kit.now() - make_interval(secs => :dead))
            ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, name, status, file_key, set_stock, staff_id, staff_role, tries, entry_id
"""


class Claimed(msgspec.Struct, frozen=True):
    """An import that a worker has taken up; `status` is checking, running or undoing."""

    id: UUID
    name: str
    status: str
    file_key: str
    set_stock: bool
    staff_id: UUID | None
    staff_role: str
    tries: int
    entry_id: UUID | None

    @property
    def actor(self) -> Actor:
        """Who handed it in: what is done for him is done in his name."""
        if self.staff_id is None:
            return Actor.system("import")
        return Actor(ActorKind.STAFF, id=self.staff_id, role=self.staff_role)


async def hand_in(tx: Transaction, *, name: str, key: str, size: int, set_stock: bool) -> UUID:
    """A file that is kept already waits to be looked through; answers the import's id."""
    import_id = new_id()
    await tx.sql(
        "INSERT INTO transfer.imports (id, name, file_key, bytes, set_stock, staff_id, staff_role)"
        " VALUES (:id, :name, :key, :size, :set_stock, :staff, :role)",
        {
            "id": import_id,
            "name": name[:255] or "products.csv",
            "key": key,
            "size": size,
            "set_stock": set_stock,
            "staff": tx.actor.id,
            "role": tx.actor.role or "",
        },
    )
    return import_id


async def claim(tx: Transaction) -> Claimed | None:
    """The next import that something is to be done for, also one whose worker died; given up after three tries."""
    row = (await tx.sql(_CLAIM, {"dead": float(_DEAD_AFTER)})).mappings().one_or_none()
    if row is None:
        return None
    claimed = Claimed(**row)
    if claimed.tries > _TRIES:
        await fail(tx, claimed.id, "")
        return None
    return claimed


async def told_progress(tx: Transaction, import_id: UUID, done: int, total: int) -> None:
    """How many products are done; it is also the sign of life."""
    await tx.sql(
        "UPDATE transfer.imports SET products_done = CAST(:done AS int),"
        " products_total = greatest(CAST(:done AS int), CAST(:total AS int)), updated_at = kit.now() WHERE id = :id",
        {"id": import_id, "done": done, "total": total},
    )


async def note_check(tx: Transaction, import_id: UUID, report: Report, report_key: str) -> None:
    """The file was looked through: it can be imported, or it is refused."""
    await tx.sql(
        "UPDATE transfer.imports SET status = :status, report = CAST(:report AS jsonb), report_key = :key,"
        " dialect = :dialect, products_done = 0, products_total = :total, tries = 0, updated_at = kit.now()"
        " WHERE id = :id AND status = 'checking'",
        {
            "id": import_id,
            "status": "refused" if report.refused else "checked",
            "report": msgspec.json.encode(summary_of(report)).decode(),
            "key": report_key,
            "dialect": str(report.dialect),
            "total": len(report.results),
        },
    )


async def start(tx: Transaction, import_id: UUID) -> None:
    """Let a file that was found sound be imported. Raises `ImportNotFound`, `NotNow`."""
    await _move(tx, import_id, "checked", "ready")


async def finish(tx: Transaction, import_id: UUID, report: Report) -> None:
    """The import is written, in this very transaction; its entry in the log is the way to undo it."""
    name: str = (await tx.sql("SELECT name FROM transfer.imports WHERE id = :id", {"id": import_id})).scalar_one()
    short = summary_of(report)
    entry_id = await audit.record(
        tx,
        action="import.done",
        subject=("import", import_id),
        label=name,
        changes={"is_imported": (False, True)},
        undo="import",
        note=f"{short.created} created, {short.updated} updated",
    )
    await tx.sql(
        "UPDATE transfer.imports SET status = 'done', report = CAST(:report AS jsonb), entry_id = :entry, tries = 0,"
        " products_done = products_total, ended_at = kit.now(), updated_at = kit.now() WHERE id = :id",
        {"id": import_id, "report": msgspec.json.encode(short).decode(), "entry": entry_id},
    )


async def note_refusal(tx: Transaction, import_id: UUID, report: Report, report_key: str) -> None:
    """Between the looking through and the import something has changed: nothing was imported."""
    await tx.sql(
        "UPDATE transfer.imports SET status = 'refused', report = CAST(:report AS jsonb), report_key = :key,"
        " ended_at = kit.now(), updated_at = kit.now() WHERE id = :id AND status = 'running'",
        {"id": import_id, "report": msgspec.json.encode(summary_of(report)).decode(), "key": report_key},
    )


async def keep_report(tx: Transaction, import_id: UUID, report_key: str) -> None:
    await tx.sql("UPDATE transfer.imports SET report_key = :key WHERE id = :id", {"id": import_id, "key": report_key})


async def fail(tx: Transaction, import_id: UUID, problem: str) -> None:
    """It could not be done; nothing was changed by it."""
    await tx.sql(
        "UPDATE transfer.imports SET status = CASE status WHEN 'undoing' THEN 'done' ELSE 'failed' END,"
        " problem = :problem, tries = 0, ended_at = kit.now(), updated_at = kit.now() WHERE id = :id",
        {"id": import_id, "problem": problem},
    )


async def ask_undo(tx: Transaction, import_id: UUID) -> None:
    """Let a finished import be undone. Raises `ImportNotFound`, `NotNow`."""
    await _move(tx, import_id, "done", "undoing")


async def _move(tx: Transaction, import_id: UUID, was: str, to: str) -> None:
    moved = await tx.sql(
        "UPDATE transfer.imports SET status = :to, problem = '', tries = 0, updated_at = kit.now()"
        " WHERE id = :id AND status = :was RETURNING id",
        {"id": import_id, "was": was, "to": to},
    )
    if moved.first() is None:
        known = await tx.sql("SELECT 1 FROM transfer.imports WHERE id = :id", {"id": import_id})
        raise NotNow if known.first() is not None else ImportNotFound
