"""What an entry says before it is written."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

LONGEST_LABEL = 200


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One entry to write; see `record`."""

    action: str
    subject: tuple[str, UUID | str]
    label: str = ""
    changes: Mapping[str, tuple[Any, Any]] = {}
    undo: str | None = None
    batch: UUID | None = None
    sensitive: tuple[str, ...] = ()
    note: str = ""
    money: bool = False
    undoes: UUID | None = None
