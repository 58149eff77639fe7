"""Reading the inventory file row by row, with none of it kept in memory."""

import csv
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from uuid import UUID

import msgspec

from domains.kit.i18n import gettext as _
from domains.transfer.errors import FileRefused
from domains.transfer.levels.columns import NEEDED, NOT_STOCKED, places_of
from domains.transfer.reading import plain

_LARGEST_CELL = 100_000
MOST_FINDINGS = 200


class LevelsRefused(FileRefused):
    """The file cannot be read as Shopify's inventory file."""

    code = "levels_refused"


class LevelOutcome(StrEnum):
    """What an import makes of a row."""

    SET = "set"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"


class LevelRow(msgspec.Struct, frozen=True):
    """What became of a row; `problem` says why nothing did."""

    row: int
    sku: str
    location: str
    outcome: LevelOutcome
    before: int | None = None
    after: int | None = None
    problem: str = ""


class LevelsReport(msgspec.Struct):
    """What became of a file: how many rows of each outcome, and the first of those that went wrong."""

    dry_run: bool
    rows: int = 0
    counts: dict[LevelOutcome, int] = msgspec.field(default_factory=dict)
    findings: list[LevelRow] = msgspec.field(default_factory=list)

    def count(self, outcome: LevelOutcome) -> int:
        return self.counts.get(outcome, 0)

    @property
    def refused(self) -> bool:
        """Whether anything is wrong, and nothing was set therefore."""
        return bool(self.count(LevelOutcome.CONFLICT) or self.count(LevelOutcome.REFUSED))


class Cells(msgspec.Struct, frozen=True):
    """A row as it stands in the file: numbers where there are any, `problem` where a cell is none."""

    row: int
    sku: str
    location: str
    bin: str
    current: int | None
    says_current: bool
    new: int | None
    problem: str = ""


class Line(msgspec.Struct, frozen=True):
    """A row whose variant and warehouse are known."""

    row: int
    variant_id: UUID
    warehouse_id: UUID
    current: int | None
    says_current: bool
    new: int | None
    bin: str


def rows_of(path: Path) -> Iterator[Cells]:
    """The rows below the headings, one after the other. Raises `LevelsRefused` for what is no such file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            csv.field_size_limit(max(csv.field_size_limit(), _LARGEST_CELL))
            start = file.read(4096)
            file.seek(0)
            delimiter = max(",;\t", key=start.partition("\n")[0].count)
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            places = places_of(next(reader, []))
            missing = [heading for field, heading in NEEDED.items() if field not in places]
            if missing:
                raise LevelsRefused(
                    _("The column {heading} is missing.").format(heading=missing[0]),
                    _("Export the inventory here or in Shopify, change “On hand (new)”, and hand in that file."),
                )
            for number, cells in enumerate(reader, 2):
                if any(cell.strip() for cell in cells):
                    yield _cells(number, places, cells)
    except UnicodeDecodeError:
        raise LevelsRefused(_("The file is not UTF-8."), _("Save it as “CSV UTF-8”.")) from None
    except csv.Error as error:
        raise LevelsRefused(_("The file is no CSV: {why}.").format(why=error), _("Save it anew as CSV.")) from None


def _cells(number: int, places: dict[str, int], cells: list[str]) -> Cells:
    def of(field: str) -> str:
        place = places.get(field)
        return plain(cells[place].strip()) if place is not None and place < len(cells) else ""

    problem = ""
    numbers: dict[str, int | None] = {}
    for field in ("current", "new"):
        text = of(field)
        if not text or text.casefold() == NOT_STOCKED:
            numbers[field] = None
        elif text.isascii() and text.isdigit() and len(text) <= 9:
            numbers[field] = int(text)
        else:
            numbers[field] = None
            problem = _("“{text}” is no whole number.").format(text=text[:30])
    return Cells(
        number, of("sku"), of("location"), of("bin"), numbers["current"], bool(of("current")), numbers["new"], problem
    )
