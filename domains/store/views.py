"""The shop as others read it."""

from typing import Literal
from uuid import UUID

import msgspec

type TaxRounding = Literal["line", "order"]


class ShopDetails(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the merchant enters. `address` is the postal address as lines; `countries` are those delivered to;
    `tagline` is the sentence under the name, `reply_email` where customers' answers go (none: `alerts_email`)."""

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


class Shop(ShopDetails, frozen=True):
    """The shop as it is set up."""

    id: UUID = UUID(int=0)
