"""Taking back what an entry says."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from domains.audit.entries import Draft
from domains.audit.errors import AlreadyUndone, ChangedSince, EntryNotFound, NotUndoable
from domains.audit.operations.record import quiet, record_all
from domains.audit.queries import EntryRow, batch_of, entry, later_change, undoes
from domains.audit.registry import WAYS, Fields, plain
from domains.kit import Transaction, new_id


async def undo(tx: Transaction, entry_id: UUID) -> UUID:
    """Make every field what it was before the entry, and that of its whole batch; the id of the undo's own entry.

    All or nothing: raises `ChangedSince` where a field no longer is what the entry made it, naming who changed it and
    when; `NotUndoable` for what nobody can take back; `AlreadyUndone`, also to the slower of two who try at once (an
    advisory lock, and a UNIQUE on `undoes`). The undo is an entry like others: what it undid it names, and it can be
    undone itself. Raises `EntryNotFound`.
    """
    asked = await entry(tx, entry_id)
    if asked is None:
        raise EntryNotFound
    await tx.sql(
        "SELECT pg_advisory_xact_lock(hashtextextended('audit.undo:' || :act, 0))",
        {"act": str(asked.batch or asked.id)},
    )
    act = await batch_of(tx, asked.batch) if asked.batch else [asked]
    if any(told.undo_kind is None or told.undo_kind not in WAYS or told.hidden for told in act):
        raise NotUndoable
    if await undoes(tx, [told.id for told in act]):
        raise AlreadyUndone
    for kind, together in _backwards(act):
        way = WAYS[kind]
        now = await way.read(tx, {told.subject_id: tuple(told.changes) for told in together})
        await _still_as_made(tx, together, now)
        with quiet():
            await way.revert(tx, {told.subject_id: _before(told) for told in together})
    batch = new_id() if asked.batch else None
    written = await record_all(
        tx,
        [
            Draft(
                action=told.action if told.action.endswith(".undone") else f"{told.action}.undone",
                subject=(told.subject_kind, told.subject_id),
                label=told.label,
                changes={field: (after, before) for field, (before, after) in told.changes.items()},
                undo=told.undo_kind,
                batch=batch,
                undoes=told.id,
            )
            for told in reversed(act)
        ],
        always=True,
    )
    return written[next(place for place, told in enumerate(reversed(act)) if told.id == asked.id)]


def _before(told: EntryRow) -> Fields:
    return {field: before for field, (before, _after) in told.changes.items()}


def _backwards(act: Sequence[EntryRow]) -> Iterator[tuple[str, list[EntryRow]]]:
    """The entries, last first, in runs of one kind that no subject is twice in."""
    run: list[EntryRow] = []
    for told in reversed(act):
        if run and (told.undo_kind != run[0].undo_kind or any(told.subject_id == one.subject_id for one in run)):
            yield str(run[0].undo_kind), run
            run = []
        run.append(told)
    if run:
        yield str(run[0].undo_kind), run


async def _still_as_made(tx: Transaction, together: Sequence[EntryRow], now: Any) -> None:
    changed = [
        (told, field)
        for told in together
        for field, (_before, after) in told.changes.items()
        if plain(now.get(told.subject_id, {}).get(field)) != after
    ]
    if not changed:
        return
    told, field = changed[0]
    later = await later_change(tx, told, field)
    raise ChangedSince(
        field=field,
        label=told.label or told.subject_kind,
        others=len(changed) - 1,
        entry_id=later.id if later else None,
        actor_id=later.actor_id if later else None,
        actor_name=later.actor_name if later else "",
        recorded_at=later.recorded_at if later else None,
    )
