"""What narrows a listing: read from an address, written into one, and as conditions of SQL.

Values of one filter are alternatives, different filters all hold. Those on variants (options, price, stock, reductions)
hold for one and the same variant: sage and M and in stock is found only where a sage M is in stock.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Self

import msgspec

from domains.kit import Money
from domains.kit.money import exponent
from domains.search.tokens import HIGHEST_RATING, ON, is_code, is_of_variants, token, value_of

MOST_FILTERS, MOST_VALUES = 12, 20  # of an address; what is beyond is not read
PRICE = "price"

_PRICES = ("price_min", "price_max")
_SWITCHES = ("in_stock", "reduced")
_NUMBER = r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?"
_RANGE = re.compile(rf"(?P<low>{_NUMBER})?\.\.(?P<high>{_NUMBER})?")
_THOUSANDS = re.compile(r"(?<=[0-9])[,'\s](?=[0-9]{3}(?:[^0-9]|$))")
_AMOUNT = re.compile(r"[0-9]{1,12}(?:[.,][0-9]{0,3})?")


class Range(msgspec.Struct, frozen=True):
    """Numbers from `low` up to, and without, `high`; written `300..450`, `..300` or `450..`."""

    low: str | None
    high: str | None

    @classmethod
    def read(cls, value: str) -> Self | None:
        found = _RANGE.fullmatch(value)
        if found is None or value == "..":
            return None
        return cls(found["low"], found["high"])

    def __str__(self) -> str:
        return f"{self.low or ''}..{self.high or ''}"

    def holds(self, number: float) -> bool:
        return (self.low is None or number >= float(self.low)) and (self.high is None or number < float(self.high))


class Filters(msgspec.Struct, frozen=True):
    """The filters of a listing: `chosen` values by their codes (see `domains.search.tokens`), and a range of prices."""

    chosen: Mapping[str, tuple[str, ...]] = {}
    price_min: Money | None = None
    price_max: Money | None = None

    @classmethod
    def read(cls, parameters: Iterable[tuple[str, str]], currency: str) -> Self:
        """The filters among the parameters of an address; what is none, or none that could be, is left out."""
        chosen: dict[str, list[str]] = {}
        prices: dict[str, Money] = {}
        for code, text in parameters:
            if code in _PRICES:
                amount = _amount(text, currency)
                if amount is not None:
                    prices[code] = amount
            elif is_code(code) and (code in chosen or len(chosen) < MOST_FILTERS):
                value = value_of(text)
                known = chosen.get(code, [])
                if _could_be(code, value) and value not in known and len(known) < MOST_VALUES:
                    chosen.setdefault(code, known).append(value)
        if "rating" in chosen:
            chosen["rating"] = [min(chosen["rating"])]
        low, high = prices.get("price_min"), prices.get("price_max")
        if low is not None and high is not None and high < low:
            low, high = high, low
        return cls({code: tuple(sorted(chosen[code])) for code in sorted(chosen)}, low, high)

    @property
    def is_empty(self) -> bool:
        return not self.chosen and self.price_min is None and self.price_max is None

    @property
    def parameters(self) -> dict[str, str | list[str]]:
        """As parameters of an address, always in the same order."""
        found: dict[str, str | list[str]] = {code: list(values) for code, values in self.chosen.items()}
        for name, amount in zip(_PRICES, (self.price_min, self.price_max), strict=True):
            if amount is not None:
                found[name] = f"{amount.decimal:f}"
        return found

    def without(self, code: str, value: str = "") -> "Filters":
        """With one value less; `price` takes both ends of the prices away."""
        if code == PRICE:
            return Filters(self.chosen)
        left = tuple(one for one in self.chosen.get(code, ()) if one != value)
        others = {other: values for other, values in self.chosen.items() if other != code}
        chosen = {**others, code: left} if left else others
        return Filters({code: chosen[code] for code in sorted(chosen)}, self.price_min, self.price_max)


class Condition(msgspec.Struct, frozen=True):
    """A filter as SQL over `search.documents d`, or over `search.offers o` where it is one on variants."""

    code: str
    sql: str
    is_of_variants: bool


class Conditions(msgspec.Struct, frozen=True):
    """All filters as SQL, with their values. `fast` are conditions on documents that an index answers."""

    all: tuple[Condition, ...]
    fast: tuple[str, ...]
    values: Mapping[str, Any]

    @property
    def of_products(self) -> list[Condition]:
        return [one for one in self.all if not one.is_of_variants]

    @property
    def of_variants(self) -> list[Condition]:
        return [one for one in self.all if one.is_of_variants]


def conditions(filters: Filters) -> Conditions:
    found: list[Condition] = []
    fast: list[str] = []
    values: dict[str, Any] = {}
    for number, (code, chosen) in enumerate(filters.chosen.items()):
        name, on_variants = f"filter{number}", is_of_variants(code)
        values[name] = [token(code, value) for value in chosen]
        has_one = f"tokens && CAST(:{name} AS text[])"
        ranges = [one for value in chosen if (one := Range.read(value))] if code.startswith("a.") else []
        if ranges:
            sql = f"(d.{has_one} OR {_within(code, name, ranges, values)})"
        else:
            sql = f"{'o' if on_variants else 'd'}.{has_one}"
            fast.append(f"d.{has_one}")  # a document has the tokens of its offers too
        found.append(Condition(code, sql, on_variants))
    ends = []
    for name, sign, amount in (("price_min", ">=", filters.price_min), ("price_max", "<=", filters.price_max)):
        if amount is not None:
            values[name] = amount.amount
            ends.append(f"o.price {sign} :{name}")
    if ends:
        found.append(Condition(PRICE, f"({' AND '.join(ends)})", is_of_variants=True))
    return Conditions(tuple(found), tuple(fast), values)


def _within(code: str, name: str, ranges: Iterable[Range], values: dict[str, Any]) -> str:
    """Whether the number a document has for `code` is in one of the ranges; what is no number is in none."""
    values[f"{name}_start"] = token(code, "")
    sides = []
    for number, one in enumerate(ranges):
        ends = []
        for end, sign, text in (("low", ">=", one.low), ("high", "<", one.high)):
            if text is not None:
                values[f"{name}_{end}{number}"] = text
                ends.append(f"n.number {sign} CAST(CAST(:{name}_{end}{number} AS text) AS numeric)")
        sides.append(f"({' AND '.join(ends)})")
    start = f"CAST(:{name}_start AS text)"
    rest = f"substr(t.token, length({start}) + 1)"
    return (
        "EXISTS (SELECT FROM unnest(d.tokens) AS t (token) CROSS JOIN LATERAL (SELECT CASE"
        f" WHEN starts_with(t.token, {start}) AND pg_input_is_valid({rest}, 'numeric') THEN CAST({rest} AS numeric)"
        f" END AS number) n WHERE {' OR '.join(sides)})"
    )


def _could_be(code: str, value: str) -> bool:
    if code in _SWITCHES:
        return value == ON
    if code == "rating":
        return len(value) == 1 and value in "1234"[:HIGHEST_RATING]
    return bool(value)


def _amount(text: str, currency: str) -> Money | None:
    """A price as a person writes it; none if it is not one."""
    plain = text.strip()[:40]
    if exponent(currency) < 3:
        plain = _THOUSANDS.sub("", plain)
    if not _AMOUNT.fullmatch(plain):
        return None
    return Money.parse(plain.replace(",", "."), currency)
