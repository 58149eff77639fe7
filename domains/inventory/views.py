"""What the stock tells others."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from domains.inventory.models import HoldStatus

FEW = 5  # from here on a shopper is told how many are left
MOST_PER_LINE = 999

type StockState = Literal["in_stock", "low", "out", "backorder"]


class Demand(msgspec.Struct, frozen=True):
    """How many of a variant are wanted. The same variant may be asked for twice; it is summed before it is checked."""

    variant_id: UUID
    quantity: int


class Shortage(msgspec.Struct, frozen=True):
    """A variant of which there are only `available` of the `wanted`."""

    variant_id: UUID
    wanted: int
    available: int


class Hold(msgspec.Struct, frozen=True):
    """Stock set aside for a holder. `lines` is how many of each variant, those on backorder included."""

    id: UUID
    holder: UUID
    status: HoldStatus
    order_id: UUID | None
    lines: Mapping[UUID, int]
    expires_at: datetime
    seconds_left: int
    can_extend: bool

    @property
    def is_over(self) -> bool:
        """Past its time; the sweeper frees it within a minute, until then it still holds."""
        return self.seconds_left <= 0


class Availability(msgspec.Struct, frozen=True):
    """What can be sold of a variant now. `backorder_date` is when more is expected, if the merchant said so."""

    available: int = 0
    state: StockState = "out"
    backorder_date: date | None = None
    backorder_allowed: bool = False

    @property
    def most(self) -> int:
        """The largest quantity that one line can ask for."""
        return MOST_PER_LINE if self.backorder_allowed else min(self.available, MOST_PER_LINE)


class WarehouseView(msgspec.Struct, frozen=True):
    """A place where stock lies."""

    id: UUID
    code: str
    name: str
    country: str
    priority: int
    is_active: bool


class StockLevel(msgspec.Struct, frozen=True):
    """The four quantities of a variant in one warehouse."""

    variant_id: UUID
    warehouse_id: UUID
    warehouse_code: str
    quantity_on_hand: int
    quantity_reserved: int
    quantity_allocated: int
    quantity_backordered: int
    reorder_threshold: int
    warehouse_location: str | None
    last_restocked_at: datetime | None

    @property
    def available(self) -> int:
        return self.quantity_on_hand - self.quantity_reserved


class AllocatedPart(msgspec.Struct, frozen=True):
    """What a paid order has of a variant in one warehouse: sold from the shelf, of that already gone, and owed."""

    variant_id: UUID
    warehouse_id: UUID
    quantity: int
    backordered: int
    shipped: int
    cancelled: int
