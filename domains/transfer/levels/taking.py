"""Taking an inventory file in: all of it or nothing, in the order in which stock is locked everywhere.

The file's rows go through a temporary table, so that any number of them need little memory and their stock is locked
in key order however they stand in the file.
"""

import csv
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO
from uuid import UUID

from domains import audit, inventory
from domains.inventory import LevelChange, LevelSet, Reason
from domains.kit import Actor, Database, Transaction
from domains.kit.i18n import gettext as _
from domains.transfer.errors import ImportUnderWay
from domains.transfer.levels.reading import MOST_FINDINGS, Cells, LevelOutcome, LevelRow, LevelsReport, rows_of

_AT_ONCE = 1000

_TABLE = """
CREATE TEMPORARY TABLE stock_file (
    line integer PRIMARY KEY, sku text, location text, variant_id uuid, warehouse_id uuid, current integer,
    says_current boolean, wanted integer, bin text
) ON COMMIT DROP
"""
_FILL = """
INSERT INTO stock_file
SELECT * FROM unnest(CAST(:lines AS int[]), CAST(:skus AS text[]), CAST(:locations AS text[]),
    CAST(:variants AS uuid[]), CAST(:warehouses AS uuid[]), CAST(:current AS int[]), CAST(:says AS boolean[]),
    CAST(:wanted AS int[]), CAST(:bins AS text[]))
"""
_TWICE = """
SELECT line, sku, location, first FROM (
    SELECT line, sku, location, min(line) OVER (PARTITION BY variant_id, warehouse_id) AS first FROM stock_file) told
WHERE line > first ORDER BY line LIMIT 1000
"""
_NEXT = """
SELECT line, sku, location, variant_id, warehouse_id, current, says_current, wanted, bin FROM stock_file
WHERE (variant_id, warehouse_id) > (CAST(:variant AS uuid), CAST(:warehouse AS uuid))
ORDER BY variant_id, warehouse_id LIMIT :most
"""
_NOTHING = UUID(int=0)


class _LeaveAsItWas(Exception):
    """Ends a transaction that must change nothing."""


async def import_levels(
    db: Database, path: Path, actor: Actor, *, dry_run: bool = False, report_to: TextIO | None = None
) -> LevelsReport:
    """Set what the column “On hand (new)” says: all rows of the file, or none if any is refused.

    A row whose “On hand (current)” is no longer so is a conflict: something moved since the file was made. `dry_run`
    does everything and leaves the shop as it was. `report_to` gets a line for every row, as CSV. Raises
    `LevelsRefused` and `ImportUnderWay`.
    """
    told = _Telling(LevelsReport(dry_run), report_to)
    try:
        async with db.transaction(actor) as tx:
            await _take(tx, path, told)
            if dry_run or told.report.refused:
                raise _LeaveAsItWas
            await audit.record(
                tx,
                action="stock.imported",
                subject=("stock", "file"),
                label=path.name[:100],
                changes={"rows set": (0, told.report.count(LevelOutcome.SET))},
            )
    except _LeaveAsItWas:
        pass
    return told.report


class _Telling:
    """Puts down what became of each row, and keeps only the first of those that went wrong."""

    def __init__(self, report: LevelsReport, file: TextIO | None) -> None:
        self.report = report
        self._writer = csv.writer(file) if file is not None else None
        if self._writer is not None:
            self._writer.writerow(["Row", "SKU", "Location", "Outcome", "Before", "After", "Why"])

    def tell(self, row: LevelRow) -> None:
        self.report.counts[row.outcome] = self.report.count(row.outcome) + 1
        if row.problem and len(self.report.findings) < MOST_FINDINGS:
            self.report.findings.append(row)
        if self._writer is not None:
            cells = (row.row, row.sku, row.location, row.outcome, row.before, row.after, row.problem)
            self._writer.writerow(["" if cell is None else _safe(str(cell)) for cell in cells])


async def _take(tx: Transaction, path: Path, told: _Telling) -> None:
    if not (await tx.sql("SELECT pg_try_advisory_xact_lock(hashtext('transfer.levels'))")).scalar_one():
        raise ImportUnderWay
    await tx.sql(_TABLE)
    houses: dict[str, UUID] = {}
    for house in await inventory.warehouses(tx):
        houses.setdefault(house.name.casefold(), house.id)
        houses.setdefault(house.code.casefold(), house.id)
    rows_left = rows_of(path)
    while batch := list(islice(rows_left, _AT_ONCE)):
        told.report.rows += len(batch)
        await _put_down(tx, batch, houses, told)
    twice = (await tx.sql(_TWICE)).all()
    for row in twice:
        why = _("Row {first} says this SKU and location already.").format(first=row.first)
        told.tell(LevelRow(row.line, row.sku, row.location, LevelOutcome.REFUSED, problem=why))
    if twice:
        return
    variant, warehouse = _NOTHING, _NOTHING
    while rows := (await tx.sql(_NEXT, {"variant": variant, "warehouse": warehouse, "most": _AT_ONCE})).all():
        variant, warehouse = rows[-1].variant_id, rows[-1].warehouse_id
        await _set(tx, rows, told)


async def _put_down(tx: Transaction, batch: Sequence[Cells], houses: dict[str, UUID], told: _Telling) -> None:
    found = await tx.sql(
        "SELECT sku, id, kind FROM catalog.variants WHERE sku = ANY(CAST(:skus AS text[]))",
        {"skus": sorted({cells.sku for cells in batch if cells.sku})},
    )
    variants = {row.sku: row for row in found}
    good: list[tuple[Cells, UUID, UUID]] = []
    for cells in batch:
        variant, house = variants.get(cells.sku), houses.get(cells.location.casefold())
        problem = cells.problem
        if not problem and not cells.sku:
            problem = _("The row has no SKU.")
        elif not problem and variant is None:
            problem = _("There is no such SKU.")
        elif not problem and house is None:
            problem = _("There is no warehouse of this name.")
        elif not problem and variant is not None and variant.kind == "digital" and cells.new is not None:
            problem = _("It is a file: there is no stock of it.")
        elif not problem and len(cells.bin) > 50:
            problem = _("The name of the bin is longer than 50 characters.")
        if problem or variant is None or house is None:
            told.tell(LevelRow(cells.row, cells.sku, cells.location, LevelOutcome.REFUSED, problem=problem))
        else:
            good.append((cells, variant.id, house))
    await tx.sql(
        _FILL,
        {
            "lines": [cells.row for cells, _variant, _house in good],
            "skus": [cells.sku for cells, _variant, _house in good],
            "locations": [cells.location for cells, _variant, _house in good],
            "variants": [variant_id for _cells, variant_id, _house in good],
            "warehouses": [house_id for _cells, _variant, house_id in good],
            "current": [cells.current for cells, _variant, _house in good],
            "says": [cells.says_current for cells, _variant, _house in good],
            "wanted": [cells.new for cells, _variant, _house in good],
            "bins": [cells.bin for cells, _variant, _house in good],
        },
    )


async def _set(tx: Transaction, rows: Sequence[Any], told: _Telling) -> None:
    results = await inventory.set_levels(
        tx,
        [
            LevelSet(row.variant_id, row.warehouse_id, row.wanted, row.current, row.says_current, row.bin)
            for row in rows
        ],
        reason=Reason.IMPORT,
    )
    for row, result in zip(rows, results, strict=True):
        told.tell(_told(row, result))


def _told(row: Any, result: LevelChange) -> LevelRow:
    outcome, problem = LevelOutcome.UNCHANGED, ""
    if result.moved:
        outcome = LevelOutcome.CONFLICT
        problem = (
            _("There are {before} on hand now, not {said}: something moved since the file was made.").format(
                before=result.before, said=row.current if row.current is not None else _("not stocked")
            )
            if result.before is not None
            else _("The warehouse does not stock it now, and the file says {said}.").format(said=row.current)
        )
    elif result.held:
        outcome = LevelOutcome.REFUSED
        problem = _("{held} of them are held for shoppers or sold: it cannot be fewer.").format(held=result.held)
    elif result.is_changed:
        outcome = LevelOutcome.SET
    return LevelRow(row.line, row.sku, row.location, outcome, result.before, result.after, problem)


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
