"""Prices, rates and totals as others read them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

from domains.kit import Money


class Price(msgspec.Struct, frozen=True):
    """What a variant costs now; `compare_at` is the former price it is shown beside."""

    amount: Money
    compare_at: Money | None = None

    @property
    def is_reduced(self) -> bool:
        return self.compare_at is not None and self.compare_at > self.amount


class TaxRate(msgspec.Struct, frozen=True):
    """What one jurisdiction takes; `rate_ppm` is in millionths, 7.25% is 72,500."""

    name: str
    jurisdiction: str
    rate_ppm: int


class TaxTable(msgspec.Struct, frozen=True):
    """The rates of each tax class at one place; the rates of a class add up. A class that is not there is not taxed."""

    rates: Mapping[str, tuple[TaxRate, ...]] = {}

    def of(self, tax_class: str) -> tuple[TaxRate, ...]:
        return self.rates.get(tax_class, ())


NO_TAX = TaxTable()


class TaxMode(msgspec.Struct, frozen=True):
    """How the shop taxes: whether prices contain tax, where it is rounded, and whether shipping is taxed too."""

    prices_include_tax: bool
    rounding: Literal["line", "order"] = "line"
    tax_on_shipping: bool = True


class PricedLine(msgspec.Struct, frozen=True):
    """A line to total; `unit_price` in minor units."""

    key: str
    unit_price: int
    quantity: int
    tax_class: str


class LineTotal(msgspec.Struct, frozen=True):
    """A line of the totals. `amount` is as priced, before its share of the discount; `tax` is added to or contained
    in `amount - discount`, as the mode says."""

    key: str
    amount: int
    discount: int
    tax: int


class TaxLine(msgspec.Struct, frozen=True):
    """What one jurisdiction takes of the whole order, and of which net amount."""

    name: str
    jurisdiction: str
    rate_ppm: int
    taxable: int
    tax: int


class Totals(msgspec.Struct, frozen=True):
    """Every amount of an order, in minor units of `currency`.

    Prices without tax: total = subtotal − discount + shipping + tax. With: total = subtotal − discount + shipping, and
    tax is contained in it. `tax` is that of the lines and `shipping_tax` together.
    """

    subtotal: int
    discount: int
    shipping: int
    tax: int
    total: int
    shipping_tax: int
    lines: tuple[LineTotal, ...]
    tax_breakdown: tuple[TaxLine, ...]
    currency: str
    prices_include_tax: bool


class RateRow(msgspec.Struct, frozen=True):
    """A tax rate as staff look after it; see `TaxRateRow` of the tables for what counts where."""

    id: UUID
    name: str
    jurisdiction: str
    country: str
    state: str
    postal_pattern: str
    tax_class: str
    rate_ppm: int

    @property
    def percent(self) -> str:
        """The rate as people write it: 7.25."""
        return f"{Decimal(self.rate_ppm) / 10_000:f}"
