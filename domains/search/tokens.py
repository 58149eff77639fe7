"""Tokens: what a filter finds a product or one of its variants by.

A token is a code and a value, `brand=hearth`. The codes are also the parameters of an address:

    brand, category, a.<attribute>, rating     true of a product
    o.<option>, in_stock, reduced              true of a variant

Values are written alike whatever way the catalogue spells them, so that "Sage" and "sage " are one colour.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from domains.search.words import words_of

LONGEST_VALUE = 80
HIGHEST_RATING = 4  # "4 and up" is the strictest that is asked for
ON = "1"

_CODE = re.compile(r"brand|category|rating|in_stock|reduced|a\.[a-z][a-z0-9_]{0,49}|o\.[^\W_]+(?:-[^\W_]+)*")
_OF_VARIANTS = re.compile(r"o\..+|in_stock|reduced")
_LONGEST_CODE = 60


def token(code: str, value: str) -> str:
    return f"{code}={value}"


def split(text: str) -> tuple[str, str]:
    """A token's code and value."""
    code, _, value = text.partition("=")
    return code, value


def is_code(text: str) -> bool:
    return len(text) <= _LONGEST_CODE and _CODE.fullmatch(text) is not None


def is_of_variants(code: str) -> bool:
    """Whether the code's tokens are true of single variants and not of a product as a whole."""
    return _OF_VARIANTS.fullmatch(code) is not None


def value_of(text: str) -> str:
    """A value as tokens spell it: small letters, single spaces; empty where nothing can be read."""
    plain = unicodedata.normalize("NFKC", text[: 4 * LONGEST_VALUE]).casefold()
    shown = "".join(" " if unicodedata.category(sign).startswith("C") else sign for sign in plain)
    return " ".join(shown.split())[:LONGEST_VALUE].strip()


def number_of(value: float) -> str:
    """A number as tokens spell it: 350, 0.5; empty for one that nobody could read."""
    try:
        text = format(Decimal(str(value)).normalize(), "f")
    except InvalidOperation:
        return ""
    return text if len(text) <= 20 else ""


def option_code(name: str) -> str:
    """The code of an option by its name; empty if the name has no letter or digit."""
    words = "-".join(words_of(name))
    code = f"o.{words}"
    return code if is_code(code) else ""
