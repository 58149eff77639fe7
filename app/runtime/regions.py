"""How the shop's place writes numbers, money and time; the language is English so far."""

import msgspec

from domains.store import Shop

_LOCALES = {"US": "en_US", "GB": "en_GB", "CA": "en_CA", "AU": "en_AU", "NZ": "en_NZ", "IE": "en_IE"}


class Region(msgspec.Struct, frozen=True):
    """A locale as Babel names it, and an IANA time zone."""

    locale: str = "en_US"
    time_zone: str = "UTC"


def region_of(shop: Shop) -> Region:
    """The region of a shop by its country; English as in Europe where the country's own is not known."""
    return Region(_LOCALES.get(shop.country, "en_GB"), shop.time_zone)
