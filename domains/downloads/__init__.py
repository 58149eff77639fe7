"""Files that were bought, on their way to who bought them.

Owns: grants, and the links that lead to them.

Words: a *grant* is that the buyer of an order may fetch one file, so many times until a day; a *link* is how a mail
leads to it without a log-in; a grant is *renewed* by a new one when it ran out, and *revoked* when the order ends or
the money of the file goes back.

What keeps it safe: a link's token has 256 random bits of which only the hash is kept; taking a download is one UPDATE
that counts and checks at once, so that the last one is taken once; a grant that is not the asker's answers as one that
does not exist.
"""

from domains.downloads.errors import DownloadOver, GrantNotFound
from domains.downloads.events import DownloadsGranted
from domains.downloads.operations import grant, hand_over, make_link, renew, revoke, take
from domains.downloads.queries import GrantView, by_token, of_order, of_orders
from domains.downloads.subscribers import SUBSCRIBERS

__all__ = [
    "SUBSCRIBERS",
    "DownloadOver",
    "DownloadsGranted",
    "GrantNotFound",
    "GrantView",
    "by_token",
    "grant",
    "hand_over",
    "make_link",
    "of_order",
    "of_orders",
    "renew",
    "revoke",
    "take",
]
