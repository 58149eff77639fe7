"""How things get to people: where to, by which method, for how much, by when.

Owns: zones with their regions, methods, price bands.

Words: a *region* is a country, a state or postal codes; a *zone* is regions that are delivered to alike; a *method* is
a way to deliver within a zone; a *band* is what it costs for parcels of a weight and orders of a value. With *pick-up*
nothing is sent: the order waits in a warehouse for who bought it.
"""

from domains.shipping.changing import change_method, change_zone, check_method, remove_zone
from domains.shipping.errors import MethodUnknown, NoDelivery, ZoneInUse, ZoneUnknown
from domains.shipping.estimates import delivery_dates
from domains.shipping.operations import add_method, add_zone, switch_method
from domains.shipping.queries import deliverable_countries, options, pick_up_place, price_list, zones
from domains.shipping.views import (
    BandDraft,
    MethodDraft,
    MethodPrices,
    MethodView,
    RegionDraft,
    ShippingOption,
    ZonePrices,
    ZoneView,
)

__all__ = [
    "BandDraft",
    "MethodDraft",
    "MethodPrices",
    "MethodUnknown",
    "MethodView",
    "NoDelivery",
    "RegionDraft",
    "ShippingOption",
    "ZoneInUse",
    "ZonePrices",
    "ZoneUnknown",
    "ZoneView",
    "add_method",
    "add_zone",
    "change_method",
    "change_zone",
    "check_method",
    "deliverable_countries",
    "delivery_dates",
    "options",
    "pick_up_place",
    "price_list",
    "remove_zone",
    "switch_method",
    "zones",
]
