"""How things get to people: where to, by which method, for how much, by when.

Owns: zones with their regions, methods, price bands.

Words: a *region* is a country, a state or postal codes; a *zone* is regions that are delivered to alike; a *method* is
a way to deliver within a zone; a *band* is what it costs for parcels of a weight and orders of a value. With *pick-up* nothing is sent: the order waits in a
warehouse for who bought it.
"""

from domains.shipping.errors import NoDelivery, ZoneUnknown
from domains.shipping.estimates import delivery_dates
from domains.shipping.operations import add_method, add_zone, switch_method
from domains.shipping.queries import deliverable_countries, options, pick_up_place, price_list
from domains.shipping.views import BandDraft, MethodPrices, RegionDraft, ShippingOption, ZonePrices

__all__ = [
    "BandDraft",
    "MethodPrices",
    "NoDelivery",
    "RegionDraft",
    "ShippingOption",
    "ZonePrices",
    "ZoneUnknown",
    "add_method",
    "add_zone",
    "deliverable_countries",
    "delivery_dates",
    "options",
    "pick_up_place",
    "price_list",
    "switch_method",
]
