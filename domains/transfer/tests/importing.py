"""A shirt and a mug to import, and what an import says and changes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from domains import transfer
from domains.kit import Database
from domains.transfer import Outcome, Report
from domains.transfer.tests.factories import STAFF, facts, goods

type Sheet = Callable[..., Path]


SHIRT = [
    {
        "Handle": "shirt",
        "Title": "Shirt",
        "Vendor": "Selvedge",
        "Type": "Shirts",
        "Option1 Name": "Size",
        "Option1 Value": "S",
        "Variant SKU": "SH-S",
        "Variant Price": "50.00",
        "Variant Compare At Price": "60.00",
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": "4",
        "Variant Inventory Policy": "deny",
    },
    {
        "Handle": "shirt",
        "Option1 Value": "M",
        "Variant SKU": "SH-M",
        "Variant Price": "50.00",
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": "2",
        "Variant Inventory Policy": "deny",
    },
]


MUG = {"Handle": "mug", "Title": "Mug", "Variant SKU": "MUG", "Variant Price": "12.00"}


async def take(db: Database, path: Path, **options: Any) -> Report:
    return await transfer.flows.import_file(db, path, STAFF, **options)


async def changed(db: Database, path: Path, **options: Any) -> tuple[str, ...]:
    """What an import of one product changes of it."""
    (result,) = (await take(db, path, **options)).results
    assert result.outcome is Outcome.UPDATED, result
    return result.changed


async def problem(db: Database, path: Path, **options: Any) -> str:
    """The one thing that is wrong with a file, in words; nothing was imported."""
    before, told = await goods(db), await facts(db)
    report = await take(db, path, **options)
    (found,) = [(result, one) for result in report.results for one in result.problems]
    assert (await goods(db), await facts(db)) == (before, told)
    return f"{found[0].handle} row {found[1].row} {found[1].column}: {found[1].problem}. {found[1].remedy}"


def notes(report: Report) -> list[str]:
    return [f"{note.row} {note.column}: {note.problem}" for _result, note in report.notes()]
