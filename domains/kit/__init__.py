"""What all domains share.

Owns: transactions with an actor and a trace, ids, money, the clock, events with their outbox and deliveries,
idempotency keys, encrypted columns and search hashes, postal addresses, errors, and what tests share.

Words: an *event* is a fact; the *outbox* holds facts not yet fanned out; a *delivery* is one fact for one subscriber.

Invariants (`shop doctor`): I20 streams are gapless and replay to their row, I21 one cause acts once, I22 every event
has its outbox row or its deliveries, I23 the outbox drains and each subscriber processes each event once,
I25 an idempotency key is used once and does not stay in progress.
"""

import domains.kit.models  # noqa: F401 (other domains' foreign keys point at these tables)
from domains.kit.actors import Actor, ActorKind
from domains.kit.addresses import Address
from domains.kit.crash import crash_point
from domains.kit.database import Base, Database, Transaction
from domains.kit.deliveries import Subscriber
from domains.kit.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    LogInNeeded,
    NotFound,
    TooMany,
    Unavailable,
)
from domains.kit.events import Event, RecordedEvent, record, record_all, trace_of
from domains.kit.ids import new_id, new_token
from domains.kit.money import Money
from domains.kit.tracing import traced

__all__ = [
    "Actor",
    "ActorKind",
    "Address",
    "Base",
    "Conflict",
    "Database",
    "DomainError",
    "Event",
    "Forbidden",
    "Invalid",
    "LogInNeeded",
    "Money",
    "NotFound",
    "RecordedEvent",
    "Subscriber",
    "TooMany",
    "Transaction",
    "Unavailable",
    "crash_point",
    "new_id",
    "new_token",
    "record",
    "record_all",
    "trace_of",
    "traced",
]
