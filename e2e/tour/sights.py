"""What a tour shows: a page as it stands, with its name."""

from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Page

type Open = Callable[..., Page]


class Sight(NamedTuple):
    """`again` says that the page may be loaded anew without changing what it shows, `whole` that there is more of it
    than the window shows."""

    name: str
    page: Page
    again: bool = True
    whole: bool = True
