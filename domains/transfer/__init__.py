"""Moving goods in and out: Shopify's product CSV, read and written.

Owns: the pictures that imports have named, from the moment they are wanted until they are here or given up. What is
imported belongs to the domains below, and is written through them.

Words: a *dialect* is one of the two sets of headings that such files have; a product's *handle* is its address; a
*picture* is *wanted* until it was fetched, and *given up* after too many tries.

A file is imported whole or not at all. Importing it again changes nothing, and neither does importing an export.
A domain's pages never wait for a picture, and a picture that does not come fails nothing but itself.
"""

from domains.transfer import flows
from domains.transfer.columns import Dialect
from domains.transfer.errors import FileRefused, ImportUnderWay, NoWarehouse
from domains.transfer.queries import MissingPicture, PictureCounts, missing_pictures, picture_counts
from domains.transfer.reading import guarded
from domains.transfer.reports import Finding, Outcome, Report, Result

__all__ = [
    "Dialect",
    "FileRefused",
    "Finding",
    "ImportUnderWay",
    "MissingPicture",
    "NoWarehouse",
    "Outcome",
    "PictureCounts",
    "Report",
    "Result",
    "flows",
    "guarded",
    "missing_pictures",
    "picture_counts",
]
