"""Ways to deliver, as others read them, and as staff write them."""

from datetime import date
from uuid import UUID

import msgspec

from domains.kit import Money


class ShippingOption(msgspec.Struct, frozen=True):
    """A way to deliver, what it costs, and between which dates it arrives, or is ready where it is picked up."""

    method_id: UUID
    name: str
    description: str
    amount: Money
    earliest: date
    latest: date
    is_pick_up: bool = False


class RegionDraft(msgspec.Struct, frozen=True):
    """A country, or a state or postal codes of it, see `kit.regions` for patterns."""

    country: str
    state: str = ""
    postal_pattern: str = ""


class BandDraft(msgspec.Struct, frozen=True):
    """What a method costs from a weight and value on up to others, which are not included; None is open."""

    currency: str
    amount: int
    weight_from: int = 0
    weight_to: int | None = None
    subtotal_from: int = 0
    subtotal_to: int | None = None


class MethodDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A way to deliver as staff write it."""

    name: str
    description: str = ""
    days_min: int
    days_max: int
    cutoff_hour: int = 14
    sort_order: int = 0
    is_active: bool = True
    bands: tuple[BandDraft, ...] = ()


class MethodView(msgspec.Struct, frozen=True):
    """A way to deliver as staff see it; `bands` are those of one currency."""

    id: UUID
    zone_id: UUID
    code: str
    name: str
    description: str
    days_min: int
    days_max: int
    cutoff_hour: int
    sort_order: int
    is_active: bool
    pick_up_at: UUID | None
    bands: tuple[BandDraft, ...] = ()


class ZoneView(msgspec.Struct, frozen=True):
    """A zone as staff see it, with all its methods."""

    id: UUID
    name: str
    regions: tuple[RegionDraft, ...]
    methods: tuple[MethodView, ...]


class MethodPrices(msgspec.Struct, frozen=True):
    """A way of delivery as a price list shows it: from the lightest to the heaviest parcel it takes.

    `free_from` is the order value from which it costs nothing; None where it always costs something.
    """

    name: str
    description: str
    days_min: int
    days_max: int
    lowest: Money
    highest: Money
    free_from: Money | None


class ZonePrices(msgspec.Struct, frozen=True):
    """A zone with its ways of delivery."""

    name: str
    methods: tuple[MethodPrices, ...]
