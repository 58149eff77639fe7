"""How facts reach their subscribers: outbox → relay → one delivery per subscriber → effect.

The relay moves outbox rows into `kit.deliveries`, one per subscription, in one statement. A subscriber claims its
deliveries in batches and in stream order and marks them in the transaction of the effect: a process that dies loses
nothing and doubles nothing. Redis only rings the bell; PostgreSQL is the truth.
"""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import msgspec
import structlog

from domains.kit.actors import Actor
from domains.kit.crash import crash_point
from domains.kit.database import Database, Transaction
from domains.kit.events import Event, RecordedEvent
from domains.kit.tracing import traced

log = structlog.get_logger(__name__)

DEAD_AFTER = 8  # attempts; the wait doubles from 1 s to 5 min in between
_LONGEST_WAIT = 300

type Handler = Callable[[Transaction, RecordedEvent], Awaitable[None]]
type Gatherer = Callable[[Transaction, Sequence[RecordedEvent]], Awaitable[None]]

_BATCH = 50
_GATHERED = 2000


class Subscriber(msgspec.Struct, frozen=True):
    """A name, the events it wants, and what it does with one inside the delivery's transaction.

    `gather` does for many events at once what `handle` does for each of them, where that is cheaper: an import tells
    of tens of thousands. If it fails, they are handed over one by one.
    """

    name: str
    events: tuple[type[Event], ...]
    handle: Handler
    gather: Gatherer | None = None


async def subscribe(tx: Transaction, subscribers: Sequence[Subscriber]) -> None:
    """Make the table of subscriptions match `subscribers`; events from now on reach the new ones."""
    wanted = [(subscriber.name, event.type) for subscriber in subscribers for event in subscriber.events]
    names, types = [name for name, _ in wanted], [kind for _, kind in wanted]
    await tx.sql(
        "DELETE FROM kit.subscriptions WHERE (subscriber, event_type) NOT IN"
        " (SELECT * FROM unnest(CAST(:names AS text[]), CAST(:types AS text[])))",
        {"names": names, "types": types},
    )
    await tx.sql(
        "INSERT INTO kit.subscriptions (subscriber, event_type)"
        " SELECT * FROM unnest(CAST(:names AS text[]), CAST(:types AS text[])) ON CONFLICT DO NOTHING",
        {"names": names, "types": types},
    )


async def hear_now(tx: Transaction, subscriber: Subscriber) -> int:
    """Tell `subscriber` within `tx` of what still stands in the outbox; how many facts it was told.

    For a database that begins with a past: the deliveries come all the same, later, and every handler knows what it
    has heard.
    """
    rows = await tx.sql(
        "SELECT e.id, e.stream, e.stream_id, e.version, e.type, e.payload, e.trace_id, e.cause"
        " FROM kit.outbox o JOIN kit.events e ON e.id = o.event_id"
        " WHERE e.type = ANY(CAST(:types AS text[])) ORDER BY o.position",
        {"types": [event.type for event in subscriber.events]},
    )
    events = [RecordedEvent(**row) for row in rows.mappings()]
    for event in events:
        await subscriber.handle(tx, event)
    return len(events)


_RELAY = """
WITH claimed AS (
    DELETE FROM kit.outbox WHERE event_id IN (
        SELECT event_id FROM kit.outbox ORDER BY position LIMIT :batch FOR UPDATE SKIP LOCKED)
    RETURNING event_id, position
), fanned AS (
    INSERT INTO kit.deliveries (subscriber, event_id, stream, stream_id, version)
    SELECT s.subscriber, e.id, e.stream, e.stream_id, e.version
    FROM claimed c JOIN kit.events e ON e.id = c.event_id JOIN kit.subscriptions s ON s.event_type = e.type
    ORDER BY c.position
    ON CONFLICT DO NOTHING
    RETURNING subscriber
)
SELECT (SELECT count(*) FROM claimed) AS moved, array(SELECT DISTINCT subscriber FROM fanned) AS subscribers
"""


async def relay(db: Database, *, batch: int = 500) -> tuple[int, list[str]]:
    """Fan out what stands in the outbox, oldest first; returns how many events and which subscribers to ring.

    One relay moves at a time (an advisory lock), which keeps each stream's order; a second one finds nothing to do.
    """
    async with db.transaction(Actor.system("relay")) as tx:
        mine = (await tx.sql("SELECT pg_try_advisory_xact_lock(hashtext('kit.relay'))")).scalar_one()
        if not mine:
            return 0, []
        done = (await tx.sql(_RELAY, {"batch": batch})).one()
        crash_point("relay")
    return done.moved, list(done.subscribers)


# What waits is looked at once, not for each row: an import leaves tens of thousands, and PostgreSQL has not yet learned
# that there are so many when they are claimed.
_CLAIM = """
WITH held AS MATERIALIZED (
    SELECT stream, stream_id, min(version) AS version FROM kit.deliveries
    WHERE subscriber = :subscriber AND state = 'pending' AND available_at > now() GROUP BY stream, stream_id
), claimed AS MATERIALIZED (
    SELECT d.event_id, d.position, d.attempts FROM kit.deliveries d
    WHERE d.subscriber = :subscriber AND d.state = 'pending' AND d.available_at <= now()
      AND NOT EXISTS (SELECT FROM held
                      WHERE held.stream = d.stream AND held.stream_id = d.stream_id AND held.version < d.version)
    ORDER BY d.position LIMIT :batch FOR UPDATE OF d
)
SELECT e.id, e.stream, e.stream_id, e.version, e.type, e.payload, e.trace_id, e.cause, claimed.attempts
FROM claimed JOIN kit.events e ON e.id = claimed.event_id ORDER BY claimed.position
"""


async def deliver(db: Database, subscriber: Subscriber, *, batch: int | None = None) -> int:
    """Hand one batch of pending deliveries to `subscriber`; returns how many were taken up.

    A delivery that fails is rolled back alone, waits longer each time and ends `dead` after `DEAD_AFTER` attempts;
    later events of its stream wait for it, other streams go on.
    """
    async with db.transaction(Actor.system(subscriber.name)) as tx:
        lock = {"name": f"kit.deliver.{subscriber.name}"}
        if not (await tx.sql("SELECT pg_try_advisory_xact_lock(hashtext(:name))", lock)).scalar_one():
            return 0
        size = batch or (_BATCH if subscriber.gather is None else _GATHERED)
        rows = (await tx.sql(_CLAIM, {"subscriber": subscriber.name, "batch": size})).mappings().all()
        crash_point("deliver.claimed")
        claimed = [
            (RecordedEvent(**{key: value for key, value in row.items() if key != "attempts"}), row["attempts"])
            for row in rows
        ]
        if not await _hand_over_together(tx, subscriber, [event for event, _attempts in claimed]):
            held_up: set[tuple[str, UUID]] = set()
            for event, attempts in claimed[: batch or _BATCH]:
                if (event.stream, event.stream_id) in held_up:
                    continue
                if not await _hand_over(tx, subscriber, event, attempts):
                    held_up.add((event.stream, event.stream_id))
        crash_point("deliver.done")
    return len(rows)


async def _hand_over_together(tx: Transaction, subscriber: Subscriber, events: Sequence[RecordedEvent]) -> bool:
    """Whether the subscriber took all of them in one go; one that cannot, or fails, takes them one by one."""
    if subscriber.gather is None or len(events) < 2:
        return False
    with traced() as trace:
        inner = Transaction(tx.session, tx.actor, trace)
        try:
            async with tx.session.begin_nested():
                await subscriber.gather(inner, events)
                await tx.sql(
                    "UPDATE kit.deliveries SET state = 'done', done_at = now(), attempts = attempts + 1,"
                    " last_error = NULL WHERE subscriber = :subscriber AND event_id = ANY(CAST(:events AS uuid[]))",
                    {"subscriber": subscriber.name, "events": [event.id for event in events]},
                )
        except Exception as error:  # one of them is broken; which one shows when each is handed over by itself
            log.warning("deliveries.not_together", subscriber=subscriber.name, events=len(events),
                        error=type(error).__name__)  # fmt: skip
            return False
    return True


async def _hand_over(tx: Transaction, subscriber: Subscriber, event: RecordedEvent, attempts: int) -> bool:
    mark = {"subscriber": subscriber.name, "event": event.id}
    with traced(event.trace_id) as trace:
        inner = Transaction(tx.session, tx.actor, trace)
        try:
            async with tx.session.begin_nested():
                await subscriber.handle(inner, event)
                await tx.sql(
                    "UPDATE kit.deliveries SET state = 'done', done_at = now(), attempts = attempts + 1,"
                    " last_error = NULL WHERE subscriber = :subscriber AND event_id = :event",
                    mark,
                )
        except Exception as error:  # a broken subscriber must not stop the others; it is logged, retried and then dead
            dead = attempts + 1 >= DEAD_AFTER
            log.warning("delivery.failed", subscriber=subscriber.name, event_id=str(event.id), type=event.type,
                        attempt=attempts + 1, dead=dead, error=type(error).__name__)  # fmt: skip
            await tx.sql(
                "UPDATE kit.deliveries SET attempts = attempts + 1, last_error = :error,"
                " state = CASE WHEN :dead THEN 'dead' ELSE 'pending' END,"
                " available_at = now() + make_interval(secs => :wait)"
                " WHERE subscriber = :subscriber AND event_id = :event",
                {
                    **mark,
                    "dead": dead,
                    "wait": float(min(2**attempts, _LONGEST_WAIT)),
                    "error": f"{type(error).__name__}: {error}"[:500],
                },
            )
            return False
    return True


async def revive(tx: Transaction, subscriber: str | None = None, event_id: UUID | None = None) -> int:
    """Have deliveries that were given up tried again: one, or all of them; how many there were."""
    found = await tx.sql(
        "UPDATE kit.deliveries SET state = 'pending', attempts = 0, available_at = now() WHERE state = 'dead'"
        " AND (CAST(:event AS uuid) IS NULL OR event_id = :event AND subscriber = :subscriber) RETURNING event_id",
        {"subscriber": subscriber, "event": event_id},
    )
    return len(found.all())


async def waiting(tx: Transaction) -> list[str]:
    """Subscribers with deliveries that are due: what a timer rings again when a bell was lost."""
    rows = await tx.sql(
        "SELECT DISTINCT subscriber FROM kit.deliveries WHERE state = 'pending' AND available_at <= now()"
    )
    return list(rows.scalars())


async def drain(db: Database, subscribers: Sequence[Subscriber]) -> int:
    """Relay and deliver until nothing is due, in this process: for `shop seed`, scripts and tests."""
    total = 0
    while True:
        moved = 0
        while fanned_out := (await relay(db))[0]:
            moved += fanned_out
        taken = sum([await deliver(db, subscriber) for subscriber in subscribers])
        total += taken
        if not moved and not taken:
            return total
