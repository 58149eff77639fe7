"""What an import has to say: of each product what became of it, and of each cell that needs somebody what to do."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from domains.transfer.columns import Dialect


class Outcome(StrEnum):
    """What an import makes of a product."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class Finding(msgspec.Struct, frozen=True):
    """A cell that was refused, or one that was not taken as it stands: where it is, what it is, what to do.

    `instead` is what was taken in its place, where that is another one in every row.
    """

    row: int
    column: str
    problem: str
    remedy: str = ""
    instead: str = ""


class Result(msgspec.Struct, frozen=True):
    """What became of one product. `changed` are the fields that are new, `problems` are why it was refused.

    `notes` are what was left out or taken otherwise than it stands; nothing is lost without one.
    """

    handle: str
    row: int
    outcome: Outcome
    changed: tuple[str, ...] = ()
    problems: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """What became of a file. `ignored` are headings of columns without a place here, with the reason for each."""

    dialect: Dialect
    rows: int
    results: Sequence[Result]
    ignored: dict[str, str]
    dry_run: bool
    categories: tuple[str, ...] = ()
    pictures: int = 0
    """How many pictures are waiting to be fetched since."""

    def count(self, outcome: Outcome) -> int:
        return sum(result.outcome is outcome for result in self.results)

    @property
    def refused(self) -> bool:
        """Whether anything is wrong, and nothing was imported therefore."""
        return any(result.outcome is Outcome.REFUSED for result in self.results)

    @property
    def is_idle(self) -> bool:
        """Whether the shop is as the file says already."""
        return all(result.outcome is Outcome.UNCHANGED for result in self.results)

    def notes(self) -> Iterable[tuple[Result, Finding]]:
        for result in self.results:
            for note in result.notes:
                yield result, note
