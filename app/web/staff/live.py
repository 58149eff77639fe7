"""Fragments that ask again by themselves: figures and queues that are never older than a few seconds.

The page asks every so often (not while it is hidden, see `static/js/staff`), with the mark of what it shows in
`HX-Seen`; nothing new is a 204, which leaves the page as it is. No connection is held open: an open stream would keep
a server from shutting down.
"""

from hashlib import blake2b

from app.web.htmx import AnyRequest
from app.web.page import Page, unchanged

SEEN = "HX-Seen"


def mark_of(body: bytes) -> str:
    """The mark of what a fragment shows."""
    return blake2b(body, digest_size=9).hexdigest()


def unless_unchanged(request: AnyRequest, answer: Page) -> Page:
    """`answer` with its mark, or 204 where the page shows just that already."""
    mark = mark_of(answer.content)
    if request.headers.get(SEEN.lower()) == mark:
        return unchanged()
    answer.headers[SEEN] = mark
    return answer
