"""What imports do, and what is done to many goods at once; each in the caller's transaction."""

from domains.transfer.operations.imports import ask_undo, start
from domains.transfer.operations.leaving import remove_product
from domains.transfer.operations.matrix import (
    MOST_VARIANTS,
    Combination,
    add_values,
    make_variants,
    missing_combinations,
    offer,
)
from domains.transfer.operations.matrix import Terms as NewTerms
from domains.transfer.operations.table import RowEdit, TableRefused, edit_table
from domains.transfer.operations.taking import take_in
from domains.transfer.operations.undoing import undo_import

__all__ = [
    "MOST_VARIANTS",
    "Combination",
    "NewTerms",
    "RowEdit",
    "TableRefused",
    "add_values",
    "ask_undo",
    "edit_table",
    "make_variants",
    "missing_combinations",
    "offer",
    "remove_product",
    "start",
    "take_in",
    "undo_import",
]
