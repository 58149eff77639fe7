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

    def table(self) -> Iterable[tuple[str, ...]]:
        """The report as rows below `HEADINGS`: one for each finding, and one for each product that was sound."""
        was_imported = not (self.refused or self.dry_run)
        for result in self.results:
            if result.outcome is not Outcome.REFUSED:
                outcome = str(result.outcome) if was_imported else f"would be {result.outcome}"
                yield str(result.row), result.handle, outcome, ", ".join(result.changed), "", ""
            for kind, findings in (("refused", result.problems), ("note", result.notes)):
                for one in findings:
                    what = f"{one.problem}: {one.instead}" if one.instead else one.problem
                    yield str(one.row), result.handle, kind, one.column, what, one.remedy
        for heading, why in self.ignored.items():
            yield "1", "", "left out", heading, why, ""


HEADINGS = ("Row", "Handle", "Outcome", "Column", "What", "What to do")


class Told(msgspec.Struct, frozen=True):
    """A finding of a report, and how often the same was found."""

    column: str
    problem: str
    remedy: str
    handle: str
    row: int
    times: int = 1


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """A report in short: the counts, the first of what was refused, and what was noted, the same said once."""

    dialect: str
    rows: int
    products: int
    created: int
    updated: int
    unchanged: int
    refused: int
    pictures: int
    categories: tuple[str, ...]
    ignored: dict[str, str]
    problems: tuple[Told, ...]
    notes: tuple[Told, ...]


MOST_TOLD = 100


def summary_of(report: Report) -> Summary:
    """The report in short."""
    problems = [
        Told(one.column, one.problem, one.remedy, result.handle, one.row)
        for result in report.results
        for one in result.problems
    ]
    alike: dict[tuple[str, str, str], Told] = {}
    for result, note in report.notes():
        key = note.column, note.problem, note.remedy
        known = alike.get(key)
        alike[key] = (
            Told(note.column, note.problem, note.remedy, result.handle, note.row)
            if known is None
            else msgspec.structs.replace(known, times=known.times + 1)
        )
    return Summary(
        dialect=str(report.dialect),
        rows=report.rows,
        products=len(report.results),
        created=report.count(Outcome.CREATED),
        updated=report.count(Outcome.UPDATED),
        unchanged=report.count(Outcome.UNCHANGED),
        refused=report.count(Outcome.REFUSED),
        pictures=report.pictures,
        categories=report.categories[:MOST_TOLD],
        ignored=report.ignored,
        problems=tuple(problems[:MOST_TOLD]),
        notes=tuple(list(alike.values())[:MOST_TOLD]),
    )
