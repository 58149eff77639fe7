"""Moving goods in and out: Shopify's product CSV, read and written.

Owns: the files that staff handed in with what became of them, and the pictures that imports have named, from the
moment they are wanted until they are here or given up. What is imported belongs to the domains below, and is written
through them.

Words: a *dialect* is one of the two sets of headings that such files have; a product's *handle* is its address; a
*picture* is *wanted* until it was fetched, and *given up* after too many tries.

A file is imported whole or not at all. Importing it again changes nothing, and neither does importing an export.
A domain's pages never wait for a picture, and a picture that does not come fails nothing but itself.
"""

from domains.transfer import flows
from domains.transfer.columns import Dialect
from domains.transfer.errors import (
    ChangedSinceImport,
    FileRefused,
    ImportNotFound,
    ImportUnderWay,
    NotNow,
    NotUndoable,
    NoWarehouse,
)
from domains.transfer.levels import (
    LevelOutcome,
    LevelRow,
    LevelsRefused,
    LevelsReport,
    export_levels,
    import_levels,
)
from domains.transfer.operations import (
    MOST_VARIANTS,
    Combination,
    NewTerms,
    RowEdit,
    TableRefused,
    add_values,
    ask_undo,
    edit_table,
    make_variants,
    missing_combinations,
    offer,
    remove_product,
    start,
)
from domains.transfer.queries import (
    ImportView,
    MissingPicture,
    PictureCounts,
    find_imports,
    import_of,
    missing_pictures,
    picture_counts,
)
from domains.transfer.reading import guarded
from domains.transfer.reports import HEADINGS, Finding, Outcome, Report, Result, Summary

__all__ = [
    "HEADINGS",
    "MOST_VARIANTS",
    "ChangedSinceImport",
    "Combination",
    "Dialect",
    "FileRefused",
    "Finding",
    "ImportNotFound",
    "ImportUnderWay",
    "ImportView",
    "LevelOutcome",
    "LevelRow",
    "LevelsRefused",
    "LevelsReport",
    "MissingPicture",
    "NewTerms",
    "NoWarehouse",
    "NotNow",
    "NotUndoable",
    "Outcome",
    "PictureCounts",
    "Report",
    "Result",
    "RowEdit",
    "Summary",
    "TableRefused",
    "add_values",
    "ask_undo",
    "edit_table",
    "export_levels",
    "find_imports",
    "flows",
    "guarded",
    "import_levels",
    "import_of",
    "make_variants",
    "missing_combinations",
    "missing_pictures",
    "offer",
    "picture_counts",
    "remove_product",
    "start",
]
