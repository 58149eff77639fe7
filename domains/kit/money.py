"""Money as whole minor units of an ISO 4217 currency.

Exponents are ISO 4217's own (and Stripe's), not CLDR's, which rounds forint and krona for display.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

import msgspec

# ISO 4217 minor units of the currencies that do not have two.
_EXPONENTS = {
    **dict.fromkeys(["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"], 0),
    **dict.fromkeys(["RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"], 0),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}

LARGEST_AMOUNT = 2**53 - 1  # what JSON and every page can carry exactly (I15)


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies cannot be added or compared."""


def exponent(currency: str) -> int:
    """How many decimal places `currency` has: 2 for USD, 0 for JPY, 3 for KWD."""
    return _EXPONENTS.get(currency, 2)


def divide_half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded half away from zero: the rounding of every tax and share in the shop."""
    if denominator <= 0:
        raise ValueError("denominator must be positive")
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Split `total` in proportion to `weights`, to the last minor unit, by largest remainder.

    The parts sum to `total`. Equal remainders are served in the order given, so that the same order splits alike
    each time. All weights zero: the first part takes all. Raises `ValueError` for no or negative weights.
    """
    if not weights or min(weights) < 0:
        raise ValueError("weights must be given and not be negative")
    if total < 0:
        return [-part for part in split(-total, weights)]
    whole = sum(weights)
    if whole == 0:
        return [total, *([0] * (len(weights) - 1))]
    parts = [total * weight // whole for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in remainders[: total - sum(parts)]:
        parts[i] += 1
    return parts


class Money(msgspec.Struct, frozen=True, order=False):
    """An amount in minor units and its currency; arithmetic refuses to mix currencies."""

    amount: int
    currency: str

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """From a decimal text as a person writes it ("12.50"); rounds half up. Raises `ValueError`."""
        try:
            minor = Decimal(text.strip()).scaleb(exponent(currency))
            return cls(int(minor.to_integral_value(rounding=ROUND_HALF_UP)), currency)
        except ArithmeticError as error:
            raise ValueError(f"{text!r} is not an amount of money") from error

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.amount).scaleb(-exponent(self.currency))

    def _same(self, other: "Money") -> int:
        if other.currency != self.currency:
            raise CurrencyMismatch(f"{self.currency} is not {other.currency}")
        return other.amount

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __mul__(self, quantity: int) -> "Money":
        return Money(self.amount * quantity, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return self.amount != 0
