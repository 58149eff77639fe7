"""Reading a CSV file twice: once to know it, once for its products, with little of it in memory at a time.

The first reading finds what only the whole file can tell: that it is UTF-8 and CSV to its end, how many rows each
product has, who has which SKU, and which columns hold anything. The second hands out the products, each with all of
its rows, whether they stand together or not.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from slugify import slugify

from domains.kit.i18n import gettext as _
from domains.transfer.columns import Columns, is_known, understand
from domains.transfer.errors import FileRefused

_LARGEST_CELL = 4 * 1024 * 1024
_DELIMITERS = ",;\t"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
_LONGEST_SLUG = 255
_ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Row(msgspec.Struct, frozen=True):
    """A row by its number in a spreadsheet (the headings are row 1), its cells that are not empty, by field.

    `attributes` are those of attribute columns by their place; `extra` is the first cell beyond the last heading.
    """

    number: int
    cells: dict[str, str]
    attributes: dict[int, str]
    extra: str = ""

    def get(self, field: str) -> str:
        return self.cells.get(field, "")


class Group(msgspec.Struct, frozen=True):
    """All rows of one product, in the file's order; `slug` is what its handle becomes here."""

    slug: str
    rows: tuple[Row, ...]


class Sheet(msgspec.Struct, frozen=True):
    """A file as the first reading found it.

    `counts` are the rows of each product by its slug; `skus` the first row of each SKU; `doubled` the rows whose SKU
    an earlier row has already; `used` are the columns that hold anything.
    """

    path: Path
    delimiter: str
    columns: Columns
    counts: dict[str, int]
    skus: dict[str, tuple[str, int]]
    doubled: dict[int, tuple[str, int]]
    used: frozenset[int]
    rows: int

    @property
    def ignored(self) -> dict[str, str]:
        """The headings of columns that hold something for which there is no place here, each with the reason."""
        return {self.columns.headings[place]: why for place, why in self.columns.ignored.items() if place in self.used}


def survey(path: Path) -> Sheet:
    """Read a file for the first time. Raises `FileRefused`."""
    delimiter = _delimiter(path)
    lines = _lines(path, delimiter)
    columns = understand([plain(heading) for heading in next(lines)[1]])
    if not columns.has("title", "handle"):
        raise FileRefused(
            _("The file has neither a column Title nor a column Handle."),
            _("Export the products from Shopify as a CSV file, or give the first row the headings of such a file."),
        )
    places = {field: place for place, field in columns.fields.items()}
    counts: Counter[str] = Counter()
    skus: dict[str, tuple[str, int]] = {}
    doubled: dict[int, tuple[str, int]] = {}
    used: set[int] = set()
    unseen = set(columns.ignored)
    total = 0

    def cell(values: Sequence[str], field: str) -> str:
        place = places.get(field, len(values))
        return plain(values[place]) if place < len(values) else ""

    for number, values in lines:
        if is_blank(values):
            continue
        total += 1
        handle = cell(values, "handle")
        slug = address(handle or cell(values, "title"))
        counts[slug] += 1
        if unseen:
            used |= {place for place in unseen if place < len(values) and values[place].strip()}
            unseen -= used
        sku = cell(values, "sku")
        if sku and skus.setdefault(sku, (handle or slug, number))[1] != number:
            doubled[number] = skus[sku]
    return Sheet(path, delimiter, columns, dict(counts), skus, doubled, frozenset(used), total)


def products(sheet: Sheet) -> Iterator[Group]:
    """Read the file again, product by product; one whose rows do not stand together comes with its last row."""
    waiting: dict[str, list[Row]] = {}
    lines = _lines(sheet.path, sheet.delimiter)
    next(lines)
    for number, values in lines:
        if is_blank(values):
            continue
        row = _row(sheet.columns, number, values)
        slug = address(row.get("handle") or row.get("title"))
        rows = waiting.setdefault(slug, [])
        rows.append(row)
        if len(rows) == sheet.counts.get(slug):
            yield Group(slug, tuple(waiting.pop(slug)))
    if waiting:
        raise FileRefused(_("The file was changed while it was read."), _("Start the import again."))


def is_blank(values: Sequence[str]) -> bool:
    """Whether a row has nothing in it, as spreadsheets leave some at the end."""
    return not any(values) or not "".join(values).strip()


def address(handle: str) -> str:
    """A handle as an address of ours: kept as it is where it can be, else small letters, digits and hyphens."""
    if _ADDRESS.fullmatch(handle) and len(handle) <= _LONGEST_SLUG:
        return handle
    made: str = slugify(handle, max_length=_LONGEST_SLUG)
    return made


def plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula, and without outer space."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and _guarded(text) else text


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula; `plain` gives it back."""
    return f"'{text}" if text.startswith(_FORMULA) or _guarded(text) else text


def _guarded(text: str) -> bool:
    return text.startswith("'") and text.lstrip("'").startswith(_FORMULA)


def _row(columns: Columns, number: int, values: Sequence[str]) -> Row:
    cells: dict[str, str] = {}
    attributes: dict[int, str] = {}
    extra = ""
    for place, value in enumerate(values):
        if not value or not (text := plain(value)):
            continue
        field = columns.fields.get(place)
        if field is not None:
            cells[field] = text
        elif place in columns.attributes:
            attributes[place] = text
        elif place >= len(columns.headings):
            extra = extra or text
    return Row(number, cells, attributes, extra)


def _lines(path: Path, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of the file with their numbers, the headings first. Raises `FileRefused` where it stops being CSV."""
    csv.field_size_limit(_LARGEST_CELL)
    number = 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            for number, values in enumerate(reader, 1):
                yield number, values
        except UnicodeDecodeError:
            raise FileRefused(
                _("The file is not UTF-8: line {line} has letters in another encoding.").format(line=_bad_line(path)),
                _("Save it again as “CSV UTF-8” and retry."),
            ) from None
        except csv.Error as error:
            raise FileRefused(
                _("The file stops being CSV in row {row} (line {line}): {error}.").format(
                    row=number + 1, line=reader.line_num, error=error
                ),
                _("Look for a quotation mark that is missing or one too many near that row."),
            ) from None
    if number == 0:
        raise FileRefused(_("The file is empty."), _("Export the products from Shopify as a CSV file."))


def _bad_line(path: Path) -> int:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return number


def _delimiter(path: Path) -> str:
    """What parts the cells: a comma, or what a spreadsheet of another country writes. Raises `FileRefused`."""
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise FileRefused(
            _("The file {path} cannot be read: {why}.").format(path=path, why=error.strerror or error)
        ) from None
    if start.startswith(_OTHER_ENCODINGS):
        raise FileRefused(_("The file is UTF-16, not UTF-8."), _("Save it again as “CSV UTF-8” and retry."))
    if start.startswith(b"PK\x03\x04"):
        raise FileRefused(
            _("The file is a workbook or an archive, not a CSV file."), _("Save it as “CSV UTF-8” and retry.")
        )
    known = {
        delimiter: sum(is_known(heading) for heading in next(_lines(path, delimiter))[1]) for delimiter in _DELIMITERS
    }
    return max(_DELIMITERS, key=lambda delimiter: known[delimiter])
