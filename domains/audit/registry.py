"""Who knows how to take what back: each domain registers its own kinds when it is imported."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import msgspec

from domains.kit import Transaction

type Fields = dict[str, Any]
type Reader = Callable[[Transaction, str, Sequence[str]], Awaitable[Mapping[str, Any]]]
type Reverter = Callable[[Transaction, str, Fields], Awaitable[None]]
type ReaderOfMany = Callable[[Transaction, Mapping[str, Sequence[str]]], Awaitable[Mapping[str, Mapping[str, Any]]]]
type ReverterOfMany = Callable[[Transaction, Mapping[str, Fields]], Awaitable[None]]


class Way(msgspec.Struct, frozen=True):
    """How one kind is read and reverted, for many subjects at once."""

    read: ReaderOfMany
    revert: ReverterOfMany


WAYS: dict[str, Way] = {}


def undoable(kind: str, reverter: Reverter, reader: Reader) -> None:
    """Entries recorded with `undo=kind` can be undone.

    `reader(tx, subject_id, fields)` tells what the fields are now and locks their rows until the commit, so that
    nobody changes them between the look and the undo; a subject that is gone has no fields (an empty mapping).
    `reverter(tx, subject_id, fields)` makes each field what it was before, through the domain's own operations: what
    those record of it is left out, the undo writes its own entry. Values are plain JSON (an id is text).
    """

    async def read(tx: Transaction, wanted: Mapping[str, Sequence[str]]) -> Mapping[str, Mapping[str, Any]]:
        return {subject: await reader(tx, subject, fields) for subject, fields in wanted.items()}

    async def revert(tx: Transaction, wanted: Mapping[str, Fields]) -> None:
        for subject, fields in wanted.items():
            await reverter(tx, subject, fields)

    undoable_many(kind, revert, read)


def undoable_many(kind: str, reverter: ReverterOfMany, reader: ReaderOfMany) -> None:
    """`undoable` for kinds of which thousands are undone at once: both are given all subjects of a batch."""
    if kind in WAYS:
        raise TypeError(f"two ways to undo {kind}")
    WAYS[kind] = Way(reader, reverter)


def plain(value: Any) -> Any:
    """A value as it stands in an entry: what JSON makes of it."""
    return msgspec.json.decode(msgspec.json.encode(value))
