"""Writing entries."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import msgspec

from domains.audit.entries import LONGEST_LABEL, Draft
from domains.audit.registry import plain
from domains.kit import ActorKind, Transaction, new_id

_WRITE = """
WITH told AS (
    SELECT * FROM jsonb_to_recordset(CAST(:entries AS jsonb)) AS t (id uuid, action text, subject_kind text,
        subject_id text, label text, note text, changes jsonb, hidden text[], is_money boolean, undo_kind text,
        undoes uuid, batch uuid)
), written AS (
    INSERT INTO audit.entries (id, actor_kind, actor_id, actor_name, trace_id, action, subject_kind, subject_id, label,
                               note, changes, hidden, is_money, undo_kind, undoes, batch)
    SELECT id, :actor_kind, CAST(:actor_id AS uuid), :actor_name, :trace_id, action, subject_kind, subject_id, label,
           note, changes, hidden, is_money, undo_kind, undoes, batch FROM told
    RETURNING id
)
INSERT INTO audit.unsealed (entry_id) SELECT id FROM written
"""

_quiet: ContextVar[bool] = ContextVar("audit_quiet", default=False)


@contextmanager
def quiet() -> Iterator[None]:
    """Within it nothing is written: for an act that writes one entry of its own for what many operations do.

    An undo is one, and an import."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


_together: ContextVar[UUID | None] = ContextVar("audit_batch", default=None)


@contextmanager
def together(batch: UUID) -> Iterator[None]:
    """Within it every entry belongs to this batch, whatever it names itself: for an act of many operations."""
    token = _together.set(batch)
    try:
        yield
    finally:
        _together.reset(token)


def wanted(tx: Transaction) -> bool:
    """Whether a change in this transaction is written: for operations that would ask what was before only to tell."""
    return tx.actor.kind is ActorKind.STAFF and not _quiet.get()


async def record(
    tx: Transaction,
    *,
    action: str,
    subject: tuple[str, UUID | str],
    label: str = "",
    changes: Mapping[str, tuple[Any, Any]] = {},
    undo: str | None = None,
    batch: UUID | None = None,
    sensitive: tuple[str, ...] = (),
    note: str = "",
    money: bool = False,
    always: bool = False,
) -> UUID | None:
    """Write who does what to `subject` (a kind and an id) in the transaction of the change; the entry's id.

    `action` is the subject and a past participle ("product.changed"); `label` names the subject to people, by no name
    of a customer (an order's number, a product's name); `changes` maps fields to before and after, of which those
    that are equal are left out; where that leaves none of them, nothing is written. `sensitive` names fields that are
    personal: the entry says only that they changed. `undo` is the kind under which the domain has registered how to
    take it back (`undoable`); `batch` joins what one act did; `note` is a reason given in words.

    What guests, customers and the program do is written only for `money` and where `always` says so: None, and
    nothing written, for all else. One statement, no lock: a shopper's payment waits for nobody.
    """
    draft = Draft(
        action=action,
        subject=subject,
        label=label,
        changes=changes,
        undo=undo,
        batch=batch,
        sensitive=sensitive,
        note=note,
        money=money,
    )
    written = await record_all(tx, [draft], always=always)
    return written[0] if written else None


async def record_all(tx: Transaction, drafts: Sequence[Draft], *, always: bool = False) -> list[UUID]:
    """Write many entries in one statement, in this order, by the rules of `record`; the ids of those written."""
    is_staff = tx.actor.kind is ActorKind.STAFF
    wanted = [] if _quiet.get() else [draft for draft in drafts if is_staff or always or draft.money]
    rows = [row for draft in wanted if (row := _row(draft)) is not None]
    if not rows:
        return []
    await tx.sql(
        _WRITE,
        {
            "entries": msgspec.json.encode(rows).decode(),
            "actor_kind": tx.actor.kind,
            "actor_id": tx.actor.id,
            "actor_name": tx.actor.name or tx.actor.role or "",
            "trace_id": tx.trace_id,
        },
    )
    return [row["id"] for row in rows]


async def seen(tx: Transaction, subject: tuple[str, UUID | str], why: str, *, label: str = "") -> None:
    """Write that staff look at personal data of `subject`, and where ("order page")."""
    await record(tx, action=f"{subject[0]}.seen", subject=subject, label=label, note=why)


def _row(draft: Draft) -> dict[str, Any] | None:
    changes = {
        field: [before, after]
        for field, (given_before, given_after) in draft.changes.items()
        if (before := plain(given_before)) != (after := plain(given_after))
    }
    hidden = {field for field in draft.sensitive if field in changes or field not in draft.changes}
    if draft.changes and not changes and not hidden:
        return None
    return {
        "id": new_id(),
        "action": draft.action,
        "subject_kind": draft.subject[0],
        "subject_id": str(draft.subject[1]),
        "label": draft.label[:LONGEST_LABEL],
        "note": draft.note,
        "changes": {field: values for field, values in changes.items() if field not in hidden},
        "hidden": sorted(hidden),
        "is_money": draft.money,
        "undo_kind": draft.undo,
        "undoes": draft.undoes,
        "batch": _together.get() or draft.batch,
    }
