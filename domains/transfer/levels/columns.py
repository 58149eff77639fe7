"""The columns of the inventory file, and what they mean here.

*On hand* in the file is all that lies in the house: what is free, what shoppers hold and what is sold and not sent
(*committed*). Here the last is counted apart, so the file's on hand is our on hand + allocated.
"""

from collections.abc import Sequence

HEADINGS = (
    *("Handle", "Title", "Option1 Name", "Option1 Value", "Option2 Name", "Option2 Value", "Option3 Name"),
    *("Option3 Value", "SKU", "HS Code", "COO", "Location", "Bin name", "Incoming (not editable)"),
    *("Unavailable (not editable)", "Committed (not editable)", "Available (not editable)", "On hand (current)"),
    "On hand (new)",
)
NOT_STOCKED = "not stocked"

# By the heading in small letters and without what stands in brackets, but for the two that differ in nothing else.
_FIELDS = {
    "sku": "sku",
    "location": "location",
    "bin name": "bin",
    "on hand (current)": "current",
    "on hand (new)": "new",
}
NEEDED = {"sku": "SKU", "location": "Location", "new": "On hand (new)"}


def places_of(headings: Sequence[str]) -> dict[str, int]:
    """Where each column that is read stands; the others are left alone."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        field = _FIELDS.get(" ".join(heading.split()).casefold())
        if field is not None:
            found.setdefault(field, place)
    return found
