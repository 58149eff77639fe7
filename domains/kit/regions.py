"""Places as staff write them down: a country, a state or none, and postal codes or none.

A pattern of postal codes is one code ("10001"), all that begin alike ("100*"), or from one to another of the same
length ("10001-10292"). It is kept as the range of comparable codes that it covers, so that SQL can ask BETWEEN.
"""

from domains.kit.errors import Invalid
from domains.kit.i18n import gettext as _

_AFTER_ALL = "~"  # sorts after every letter and digit
_LONGEST = 20


def comparable(postal_code: str, country: str) -> str:
    """A postal code without what people write differently; of an American one the five digits of the post office."""
    plain = "".join(char for char in postal_code.upper() if char.isascii() and char.isalnum())
    return plain[:5] if country == "US" else plain


def postal_range(pattern: str, country: str) -> tuple[str, str]:
    """The first and last comparable code of a pattern, both "" for an empty one. Raises `Invalid`."""
    text = "".join(pattern.split()).upper().replace("–", "-")
    if not text:
        return "", ""
    start, hyphen, end = text.partition("-")
    if text.endswith("*"):
        start, end = text[:-1], text[:-1] + _AFTER_ALL
    elif not hyphen or len(start) != len(end):  # some countries write one code with a hyphen
        start = end = text
    first = comparable(start, country)
    last = comparable(end.removesuffix(_AFTER_ALL), country) + (_AFTER_ALL if end.endswith(_AFTER_ALL) else "")
    if not first or len(first) > _LONGEST or first > last:
        raise Invalid({"postal_pattern": _("Enter a postal code, a beginning such as 100*, or a range of two.")})
    return first, last


def precision(state: str, postal_first: str, postal_last: str) -> tuple[int, int]:
    """How small a place is: the larger, the smaller. A code beats a range, a range a state, a state the country."""
    if not postal_first:
        return 0, int(bool(state))
    if postal_first == postal_last:
        return 2, 0
    common = 0
    while common < min(len(postal_first), len(postal_last)) and postal_first[common] == postal_last[common]:
        common += 1
    return 1, common


# Which places of a table cover an address: `country`, `state` and `postal` (comparable) are bound. The codes are
# ASCII, and compared by bytes whatever the database sorts by.
COVERS = """
country = :country AND state IN ('', :state)
AND (postal_first = '' OR (postal_first COLLATE "C" <= :postal AND :postal <= postal_last COLLATE "C"))
"""
