"""What can be asked of orders; what a shopper may see is filtered here by owner or by link."""

from domains.orders.queries.again import again
from domains.orders.queries.desk import Note, id_of, note_text, notes, standing_costs, tax_classes
from domains.orders.queries.files import OrderWithFiles, ever_ordered, with_files
from domains.orders.queries.history import EVERY_ORDER, PAGE_SIZE, history
from domains.orders.queries.reading import (
    MOST_LINKS,
    by_access,
    by_number,
    cancellable,
    destination,
    head,
    lock,
    number_of,
    order,
    unpaid_of_closed,
    visible,
)

__all__ = [
    "EVERY_ORDER",
    "MOST_LINKS",
    "PAGE_SIZE",
    "Note",
    "OrderWithFiles",
    "again",
    "by_access",
    "by_number",
    "cancellable",
    "destination",
    "ever_ordered",
    "head",
    "history",
    "id_of",
    "lock",
    "note_text",
    "notes",
    "number_of",
    "order",
    "standing_costs",
    "tax_classes",
    "unpaid_of_closed",
    "visible",
    "with_files",
]
