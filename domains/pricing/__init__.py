"""What things cost, and what the tax is.

Owns: prices with their history, what goods cost the merchant himself, tax classes, tax rates, and the one function
that makes totals.

Words: a *price* is valid from a moment until a later one begins; a *jurisdiction* (country, state, city) takes a
*rate* of a *tax class* at a place; the *mode* is how the shop taxes. Amounts are minor units.

Invariants (`shop doctor`): I15 totals are what their parts sum to, nothing is negative, all below 2^53. Prices are
append-only, so what was asked at any time can be told afterwards.
"""

from domains.pricing.errors import TaxClassUnknown, TaxRateUnknown
from domains.pricing.events import PriceChanged
from domains.pricing.models import LARGEST_PRICE
from domains.pricing.operations import (
    NewPrice,
    set_costs,
    set_price,
    set_prices,
)
from domains.pricing.queries import Destination, costs, every_tax_rate, prices, tax_classes, tax_rates, taxed_by_place
from domains.pricing.schedules import (
    LOOK_BACK,
    Schedule,
    Step,
    lowest_before_cut,
    lowest_of,
    plan,
    schedules,
    schedules_and_lowest,
    withdraw,
)
from domains.pricing.taxing import add_tax_class, add_tax_rate, change_tax_rate, remove_tax_rate
from domains.pricing.totals import totals
from domains.pricing.views import (
    NO_TAX,
    LineTotal,
    Price,
    PricedLine,
    RateRow,
    TaxLine,
    TaxMode,
    TaxRate,
    TaxTable,
    Totals,
)

__all__ = [
    "LARGEST_PRICE",
    "LOOK_BACK",
    "NO_TAX",
    "Destination",
    "LineTotal",
    "NewPrice",
    "Price",
    "PriceChanged",
    "PricedLine",
    "RateRow",
    "Schedule",
    "Step",
    "TaxClassUnknown",
    "TaxLine",
    "TaxMode",
    "TaxRate",
    "TaxRateUnknown",
    "TaxTable",
    "Totals",
    "add_tax_class",
    "add_tax_rate",
    "change_tax_rate",
    "costs",
    "every_tax_rate",
    "lowest_before_cut",
    "lowest_of",
    "plan",
    "prices",
    "remove_tax_rate",
    "schedules",
    "schedules_and_lowest",
    "set_costs",
    "set_price",
    "set_prices",
    "tax_classes",
    "tax_rates",
    "taxed_by_place",
    "totals",
    "withdraw",
]
