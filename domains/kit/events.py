"""Facts: what has happened, written in the transaction of the change it reports.

`kit.events` is append-only and gapless per stream; beside each event stands a slim outbox row until the relay has
fanned it out. An event holds ids and plain values, never names or addresses, so that it can be kept and replayed.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from domains.kit.database import Transaction
from domains.kit.ids import new_id

EVENT_TYPES: dict[str, type["Event"]] = {}


class Event(msgspec.Struct, frozen=True):
    """A fact of one stream. A subclass sets `type` ("order.created") and `stream` ("order") and has `<stream>_id`."""

    type: ClassVar[str] = ""
    stream: ClassVar[str] = ""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.type:
            known = EVENT_TYPES.setdefault(cls.type, cls)
            if known.__qualname__ != cls.__qualname__:
                raise TypeError(f"two events are called {cls.type}")

    @property
    def stream_id(self) -> UUID:
        found: UUID = getattr(self, f"{self.stream}_id")
        return found


class RecordedEvent(msgspec.Struct, frozen=True):
    """An event as it stands in the table, with what surrounds it."""

    id: UUID
    stream: str
    stream_id: UUID
    version: int
    type: str
    payload: dict[str, Any]
    trace_id: str
    cause: str | None

    def fact(self) -> Event:
        """The typed event; raises `KeyError` for a type that no code knows."""
        return msgspec.convert(self.payload, EVENT_TYPES[self.type], strict=False)


_RECORD = """
WITH head AS (
    INSERT INTO kit.streams AS s (stream, stream_id, version) VALUES (:stream, :stream_id, 1)
    ON CONFLICT (stream, stream_id) DO UPDATE SET version = s.version + 1 RETURNING version
), written AS (
    INSERT INTO kit.events (id, stream, stream_id, version, type, payload, actor_kind, actor_id, actor_name,
                            trace_id, cause)
    SELECT :id, :stream, :stream_id, head.version, :type, CAST(:payload AS jsonb), :actor_kind, :actor_id,
           :actor_name, :trace_id, :cause FROM head
    RETURNING id
)
INSERT INTO kit.outbox (event_id) SELECT id FROM written
"""


async def record(tx: Transaction, event: Event, *, cause: str | None = None) -> UUID:
    """Write `event` and its outbox row; returns the event's id.

    `cause` names what made it happen (a webhook's id, a job): the database refuses the same type twice for one stream
    and cause. The stream's head row is locked until the commit, which keeps a stream gapless and in order.
    """
    event_id = new_id()
    await tx.sql(
        _RECORD,
        {
            "id": event_id,
            "stream": event.stream,
            "stream_id": event.stream_id,
            "type": event.type,
            "payload": msgspec.json.encode(event).decode(),
            "actor_kind": tx.actor.kind,
            "actor_id": tx.actor.id,
            "actor_name": tx.actor.name or tx.actor.role or "",
            "trace_id": tx.trace_id,
            "cause": cause,
        },
    )
    return event_id


_ADVANCE = """
INSERT INTO kit.streams AS s (stream, stream_id, version)
SELECT * FROM unnest(CAST(:streams AS text[]), CAST(:stream_ids AS uuid[]), CAST(:counts AS integer[]))
ON CONFLICT (stream, stream_id) DO UPDATE SET version = s.version + excluded.version
RETURNING stream, stream_id, version
"""
_RECORD_ALL = """
INSERT INTO kit.events (id, stream, stream_id, version, type, payload, actor_kind, actor_id, actor_name, trace_id)
SELECT told.id, told.stream, told.stream_id, told.version, told.type, CAST(told.payload AS jsonb), :actor_kind,
       CAST(:actor_id AS uuid), :actor_name, :trace_id
FROM unnest(CAST(:ids AS uuid[]), CAST(:streams AS text[]), CAST(:stream_ids AS uuid[]), CAST(:versions AS integer[]),
            CAST(:types AS text[]), CAST(:payloads AS text[])) AS told (id, stream, stream_id, version, type, payload)
"""
_POST_ALL = """
INSERT INTO kit.outbox (event_id)
SELECT id FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS told (id, place) ORDER BY place
"""


async def record_all(tx: Transaction, events: Sequence[Event]) -> None:
    """Write many events and their outbox rows, in this order, in three statements: as `record` would one by one.

    The heads of the streams are locked in key order until the commit, so that two who write many do not deadlock.
    """
    if not events:
        return
    counts = Counter((event.stream, event.stream_id) for event in events)
    heads = sorted(counts)
    advanced = await tx.sql(
        _ADVANCE,
        {
            "streams": [stream for stream, _ in heads],
            "stream_ids": [stream_id for _, stream_id in heads],
            "counts": [counts[head] for head in heads],
        },
    )
    last = {(row.stream, row.stream_id): row.version - counts[row.stream, row.stream_id] for row in advanced}
    ids, versions = [], []
    for event in events:
        head = event.stream, event.stream_id
        last[head] += 1
        ids.append(new_id())
        versions.append(last[head])
    await tx.sql(
        _RECORD_ALL,
        {
            "ids": ids,
            "streams": [event.stream for event in events],
            "stream_ids": [event.stream_id for event in events],
            "versions": versions,
            "types": [event.type for event in events],
            "payloads": [msgspec.json.encode(event).decode() for event in events],
            "actor_kind": tx.actor.kind,
            "actor_id": tx.actor.id,
            "actor_name": tx.actor.name or tx.actor.role or "",
            "trace_id": tx.trace_id,
        },
    )
    await tx.sql(_POST_ALL, {"ids": ids})


async def history(tx: Transaction, stream: str, stream_id: UUID) -> list[RecordedEvent]:
    """All events of one stream, oldest first."""
    rows = await tx.sql(
        "SELECT id, stream, stream_id, version, type, payload, trace_id, cause FROM kit.events"
        " WHERE stream = :stream AND stream_id = :stream_id ORDER BY version",
        {"stream": stream, "stream_id": stream_id},
    )
    return [RecordedEvent(**row) for row in rows.mappings()]


async def trace_of(tx: Transaction, stream: str, stream_id: UUID) -> str:
    """The trace under which a stream began: what goes on with it later, in another process, joins it. Empty if none."""
    found = await tx.sql(
        "SELECT trace_id FROM kit.events WHERE stream = :stream AND stream_id = :stream_id AND version = 1",
        {"stream": stream, "stream_id": stream_id},
    )
    return str(found.scalar_one_or_none() or "")
