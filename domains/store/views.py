"""The shop as others read it."""

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

# fmt: off
EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})
# fmt: on

type TaxRounding = Literal["line", "order"]


class ShopDetails(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the merchant enters. `address` is the postal address as lines; `countries` are those delivered to;
    `tagline` is the sentence under the name, `reply_email` where customers' answers go (none: `alerts_email`),
    `tax_number` is what invoices name the merchant by (a VAT number, where he has one), `bank_details` where a bank
    transfer goes (none: it is not offered), waited for `transfer_days`.
    `stock_alert_emails` who hears that something runs low (nobody named: `alerts_email`).
    `lowest_price_shown`: whether a cut tells the lowest price of the 30 days before it; None: where the shop's country
    is in the EU. A link to a file that was bought is good for `download_days` and `download_limit` downloads.
    `logo_id` is the picture that headers show in place of the name."""

    name: str
    legal_name: str
    address: tuple[str, ...]
    country: str
    currency: str
    time_zone: str
    prices_include_tax: bool
    sender_email: str
    alerts_email: str
    countries: tuple[str, ...]
    tax_rounding: TaxRounding = "line"
    tax_on_shipping: bool = True
    tagline: str = ""
    reply_email: str = ""
    tax_number: str = ""
    bank_details: str = ""
    transfer_days: int = 7
    stock_alert_emails: tuple[str, ...] = ()
    return_days: int = 30
    refund_limit: int = 50_000
    holiday_from: date | None = None
    holiday_until: date | None = None
    lowest_price_shown: bool | None = None
    download_days: int = 30
    download_limit: int = 5
    logo_id: UUID | None = None


class Shop(ShopDetails, frozen=True):
    """The shop as it is set up."""

    id: UUID = UUID(int=0)

    @property
    def tells_lowest_price(self) -> bool:
        """Whether a price cut is told with the lowest price of the 30 days before it (98/6/EC, article 6a)."""
        return self.country in EU if self.lowest_price_shown is None else self.lowest_price_shown
