"""`shop import-products FILE`: bring the goods of Shopify's product CSV into the shop."""

import argparse
import asyncio
import csv
import sys
from collections.abc import Iterable
from pathlib import Path

from app.commands.databases import database, settings
from app.commands.refusals import Refused
from app.runtime.settings import Settings
from domains import transfer
from domains.kit import Actor
from domains.transfer import Finding, Outcome, Report

_SHOWN = 8  # rows of which the same is to be said
ACTOR = Actor.system("import")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a CSV file of products that Shopify wrote")
    parser.add_argument("--dry-run", action="store_true", help="do everything, report it, and leave the shop as it was")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="write the whole report to this CSV file, too")
    parser.add_argument("--stock", action="store_true", help="also set the stock of what is in the shop already")
    parser.add_argument("--pictures", action="store_true", help="only tell what became of the pictures of imports")


def run(parsed: argparse.Namespace) -> int:
    chosen = settings(("DATABASE_URL",), or_the_running_demo=True)
    if parsed.pictures:
        asyncio.run(_tell_pictures(chosen))
        return 0
    if parsed.file is None:
        raise Refused("Name the file to import: shop import-products FILE")
    report = asyncio.run(_import(chosen, parsed))
    for line in told(report):
        print(line)
    if parsed.errors is not None:
        _write(parsed.errors, report)
        print(f"The whole report is in {parsed.errors}.")
    return 1 if report.refused else 0


async def _import(chosen: Settings, parsed: argparse.Namespace) -> Report:
    async with database(chosen) as db:
        return await transfer.flows.import_file(
            db, parsed.file, ACTOR, dry_run=parsed.dry_run, set_stock=parsed.stock, base_url=chosen.base_url
        )


def told(report: Report) -> Iterable[str]:
    """The report for the person at the keyboard: what is wrong, what was done, what was left, and all in one line."""
    for result in report.results:
        for wrong in result.problems:
            yield f"refused    {result.handle}: {_finding(wrong)}"
    for result in () if report.refused else report.results:
        if result.outcome is Outcome.CREATED:
            yield f"created    {result.handle}"
        elif result.outcome is Outcome.UPDATED:
            yield f"updated    {result.handle}: {', '.join(result.changed)}"
    alike: dict[tuple[str, str, str], list[int]] = {}
    for _result, note in report.notes():
        alike.setdefault((note.column, note.problem, note.remedy), []).append(note.row)
    for (column, problem, remedy), rows in alike.items():
        yield f"note       {column}: {problem} ({_rows(rows)}).{f' {remedy}' if remedy else ''}"
    for heading, why in report.ignored.items():
        yield f"left out   the column {heading}: {why}"
    if report.categories and not report.refused:
        yield f"categories {len(report.categories)} new: {'; '.join(report.categories)}"
    yield ""
    counted = ", ".join(f"{report.count(outcome)} {outcome}" for outcome in Outcome)
    if report.refused:
        counted = f"{report.count(Outcome.REFUSED)} refused, the others are sound"
    yield f"{len(report.results)} products in {report.rows} rows of the {report.dialect} dialect: {counted}."
    if report.refused:
        yield "Nothing was imported. Mend what is refused and import the file again."
    elif report.dry_run:
        yield "This was a dry run: the shop is as it was."
    elif report.is_idle:
        yield "Nothing has changed: the shop is as the file says."
    if report.pictures and not report.refused and not report.dry_run:
        yield f"The worker fetches {report.pictures} pictures; shop import-products --pictures tells how far it is."


def _finding(finding: Finding) -> str:
    where = f"row {finding.row}, {finding.column}" if finding.column else f"row {finding.row}"
    return f"{where}: {finding.problem}.{f' {finding.remedy}' if finding.remedy else ''}"


def _rows(rows: list[int]) -> str:
    shown = ", ".join(map(str, rows[:_SHOWN]))
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {shown}{more}"


def _write(path: Path, report: Report) -> None:
    """The report as a table: one line for each finding, and one for each product without any."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(transfer.HEADINGS)
        for row in report.table():
            writer.writerow([transfer.guarded(cell) for cell in row])


async def _tell_pictures(chosen: Settings) -> None:
    async with database(chosen) as db, db.transaction(ACTOR) as tx:
        counts = await transfer.picture_counts(tx)
        missing = await transfer.missing_pictures(tx)
    for picture in missing:
        state = "given up" if picture.is_given_up else "tried"
        print(f"{state} {picture.tries}× {picture.url} ({', '.join(picture.products)}): {picture.last_error}")
    print(
        f"Pictures of imports: {counts.fetched} are here, {counts.wanted} are waiting, {counts.given_up} were given up."
    )
    if counts.given_up:
        print("Import the file again to have them tried again.", file=sys.stderr)
