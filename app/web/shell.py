"""What the layouts show around every page; one immutable value, replaced when the merchant changes something.

`app.state.shell` is a callable that returns the present one. It holds nothing of a visitor, so every page may show it.
"""

from collections.abc import Mapping

import msgspec

from domains.catalog import Picture
from domains.store import Switch


class MenuLink(msgspec.Struct, frozen=True):
    """An entry of a menu, with those under it."""

    label: str
    url: str
    children: tuple["MenuLink", ...] = ()


class Shell(msgspec.Struct, frozen=True, kw_only=True):
    """The shop as the header and footer know it; templates see it as `shop`.

    `categories` is the menu of the header; `goods`, `service` and `legal` are the footer's, under their `titles`.
    `pages` maps the slugs of the published pages to their addresses: a template links to one only where it is there.
    `logo` stands in headers in place of the name. `switched_off` is what staff have switched off for now.
    """

    name: str
    tagline: str = ""
    logo: Picture | None = None
    base_url: str = ""
    currency: str = "USD"
    locale: str = "en_US"
    language: str = "en"
    time_zone: str = "UTC"
    categories: tuple[MenuLink, ...] = ()
    goods: tuple[MenuLink, ...] = ()
    service: tuple[MenuLink, ...] = ()
    legal: tuple[MenuLink, ...] = ()
    titles: Mapping[str, str] = msgspec.field(default_factory=dict)
    pages: Mapping[str, str] = msgspec.field(default_factory=dict)
    switched_off: frozenset[Switch] = frozenset()
