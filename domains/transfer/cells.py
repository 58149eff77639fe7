"""Cells of a file as values; what cannot be read as one is remembered as a problem of its row."""

import re
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlsplit

from domains.kit.i18n import gettext as _
from domains.kit.money import exponent
from domains.pricing import LARGEST_PRICE
from domains.transfer.columns import Columns
from domains.transfer.reading import Row
from domains.transfer.reports import Finding

_LONGEST_URL = 2000
_AMOUNT = re.compile(r"\d{1,15}(\.\d+)?")
_WHOLE = re.compile(r"-?\d{1,15}(\.0+)?")
_YES = frozenset({"true", "yes", "1", "active", "continue"})
_NO = frozenset({"false", "no", "0", "deny"})


class Cells:
    """Reads the cells of one product; `problems` are mistakes, `notes` what is taken otherwise than it stands."""

    def __init__(self, columns: Columns, currency: str) -> None:
        self.columns = columns
        self.currency = currency
        self.problems: list[Finding] = []
        self.notes: list[Finding] = []

    def problem(self, row: Row, field: str, problem: str, remedy: str = "") -> None:
        self.problems.append(Finding(row.number, self.columns.heading(field) if field else "", problem, remedy))

    def note(self, row: Row, field: str, problem: str, remedy: str = "") -> None:
        self.notes.append(Finding(row.number, self.columns.heading(field), problem, remedy))

    def boolean(self, row: Row, field: str) -> bool | None:
        text = row.get(field).casefold()
        if not text:
            return None
        if text in _YES:
            return True
        if text in _NO:
            return False
        self.problem(
            row,
            field,
            _("“{text}” is neither yes nor no").format(text=text[:30]),
            _("Write continue or deny.") if field == "policy" else _("Write TRUE or FALSE."),
        )
        return None

    def whole(self, row: Row, field: str) -> int | None:
        text = row.get(field)
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            self.problem(
                row, field, _("“{text}” is no whole number").format(text=text[:30]), _("Enter digits, such as 12.")
            )
            return None
        return int(Decimal(text))

    def amount(self, row: Row, field: str) -> int | None:
        text = row.get(field)
        if not text:
            return None
        minor = Decimal(text).scaleb(exponent(self.currency)) if _AMOUNT.fullmatch(text) else None
        if minor is None or minor != minor.to_integral_value() or minor > LARGEST_PRICE:
            self.problem(
                row,
                field,
                _("“{text}” is no amount of {currency}").format(text=text[:30], currency=self.currency),
                _("Enter digits with a point before the decimals, such as 1234.50, and no sign of the currency.")
                if exponent(self.currency)
                else _("Enter digits alone, such as 1234."),
            )
            return None
        return int(minor)

    def grams(self, row: Row) -> int | None:
        text = row.get("grams")
        if not text:
            return None
        if not _AMOUNT.fullmatch(text) or (grams := Decimal(text)) >= 2**31 - 1:
            self.problem(
                row, "grams", _("“{text}” is no weight").format(text=text[:30]), _("Enter grams, such as 250.")
            )
            return None
        return int(grams.to_integral_value(rounding=ROUND_HALF_UP))

    def is_web_address(self, row: Row, field: str) -> bool:
        url = row.get(field)
        try:
            parts = urlsplit(url)
            good = parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= _LONGEST_URL
            _port = parts.port
        except ValueError:
            good = False
        if not good or any(letter.isspace() or ord(letter) < 32 for letter in url):
            self.problem(
                row,
                field,
                _("“{url}” is no address of a picture").format(url=url[:80]),
                _("Enter an address that begins with https://, or leave the cell empty."),
            )
            return False
        return True
