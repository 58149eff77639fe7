"""What the stock tells others."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from domains.inventory.models import CountStatus, HoldStatus, PurchaseStatus, TransferStatus

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


class Policy(msgspec.Struct, frozen=True):
    """What staff said of a variant that runs out; without a day, purchase orders tell it."""

    backorder_allowed: bool = False
    restock_date: date | None = None


class Owed(msgspec.Struct, frozen=True):
    """How many pieces an order is owed, and when they may be expected, if anybody knows."""

    quantity: int
    expected_on: date | None


class Incoming(msgspec.Struct, frozen=True):
    """What comes to a warehouse: `ordered` of suppliers, `travelling` from other warehouses."""

    ordered: int = 0
    travelling: int = 0
    expected_on: date | None = None

    @property
    def all(self) -> int:
        return self.ordered + self.travelling


class Arrived(msgspec.Struct, frozen=True):
    """What became of pieces that were on their way. `seen` is how many had come before, as the asker saw it."""

    received: int = 0
    returned: int = 0
    lost: int = 0
    seen: int | None = None

    @property
    def all(self) -> int:
        return self.received + self.returned + self.lost


class TransferLineView(msgspec.Struct, frozen=True):
    """How many pieces travel and where they ended."""

    variant_id: UUID
    quantity: int
    received: int = 0
    returned: int = 0
    lost: int = 0

    @property
    def ended(self) -> int:
        return self.received + self.returned + self.lost

    @property
    def left(self) -> int:
        return self.quantity - self.ended


class TransferView(msgspec.Struct, frozen=True):
    """Stock on its way from one warehouse to another. `pieces` are all, `left` those still on their way."""

    id: UUID
    number: int
    source_id: UUID
    destination_id: UUID
    source: str
    destination: str
    status: TransferStatus
    note: str
    expected_on: date | None
    created_at: datetime
    sent_at: datetime | None
    received_at: datetime | None
    pieces: int
    left: int
    lines: tuple[TransferLineView, ...] = ()

    @property
    def code(self) -> str:
        return f"T-{self.number}"


class PurchaseTerms(msgspec.Struct, frozen=True):
    """What is agreed with a supplier."""

    supplier: str
    warehouse_id: UUID
    supplier_reference: str = ""
    expected_on: date | None = None
    note: str = ""


class PurchaseLineView(msgspec.Struct, frozen=True):
    """How many pieces were ordered, and how many have come."""

    variant_id: UUID
    quantity: int
    received: int = 0

    @property
    def left(self) -> int:
        return self.quantity - self.received


class PurchaseView(msgspec.Struct, frozen=True):
    """What was ordered of a supplier. `pieces` are all, `received` those that have come."""

    id: UUID
    number: int
    supplier: str
    supplier_reference: str
    warehouse_id: UUID
    warehouse: str
    status: PurchaseStatus
    note: str
    expected_on: date | None
    created_at: datetime
    ordered_at: datetime | None
    closed_at: datetime | None
    is_late: bool
    pieces: int
    received: int
    lines: tuple[PurchaseLineView, ...] = ()

    @property
    def code(self) -> str:
        return f"PO-{self.number}"


class CountLineView(msgspec.Struct, frozen=True):
    """What was found of a variant, and what the books expected then; `place` is where it lies."""

    variant_id: UUID
    place: str
    counted: int | None
    expected: int | None
    counted_at: datetime | None
    counted_by: UUID | None

    @property
    def difference(self) -> int:
        return 0 if self.counted is None or self.expected is None else self.counted - self.expected


class CountView(msgspec.Struct, frozen=True):
    """A count: how many lines it has, how many were counted, and how many of them differ."""

    id: UUID
    number: int
    warehouse_id: UUID
    warehouse: str
    place: str
    category_id: UUID | None
    is_blind: bool
    status: CountStatus
    note: str
    created_at: datetime
    started_by: UUID | None
    approved_at: datetime | None
    approved_by: UUID | None
    lines: int
    counted: int
    different: int
    units_expected: int | None
    units_off: int | None

    @property
    def code(self) -> str:
        return f"C-{self.number}"

    @property
    def accuracy(self) -> float | None:
        """How much of what the books said was true, from 0 to 1; None before it was approved."""
        return _share(self.units_expected, self.units_off)


class Accuracy(msgspec.Struct, frozen=True):
    """How right the books were in the counts of some time; `share` is None when nothing was counted."""

    counts: int = 0
    lines_counted: int = 0
    lines_right: int = 0
    units_expected: int = 0
    units_off: int = 0

    @property
    def share(self) -> float | None:
        return _share(self.units_expected, self.units_off) if self.counts else None


def _share(expected: int | None, off: int | None) -> float | None:
    if expected is None or off is None:
        return None
    return max(0.0, 1 - off / expected) if expected else float(off == 0)
