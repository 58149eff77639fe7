"""Facts about the stock.

Streams are holds, changes and alerts, never stock rows: the head of a stream is locked until the commit, and a row
that sixty shoppers want must not wait for that too.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from domains.kit import Event


class HeldLine(msgspec.Struct, frozen=True):
    """What a hold takes of one stock row."""

    variant_id: UUID
    warehouse_id: UUID
    quantity: int
    backordered: int


class ChangedLine(msgspec.Struct, frozen=True):
    """By how much a quantity on hand changed."""

    variant_id: UUID
    warehouse_id: UUID
    quantity: int


class WantedLine(msgspec.Struct, frozen=True):
    """What could not be had."""

    variant_id: UUID
    wanted: int
    available: int


class InventoryReserved(Event, frozen=True):
    """Stock was set aside; `lines` is all that the hold has now, whatever it had before."""

    type: ClassVar[str] = "inventory.reserved"
    stream: ClassVar[str] = "reservation"

    reservation_id: UUID
    holder: UUID
    lines: tuple[HeldLine, ...]
    expires_at: datetime


class InventoryReleased(Event, frozen=True):
    """A hold ended without a sale and its stock is free again; `reason` is `expired` or `released`."""

    type: ClassVar[str] = "inventory.released"
    stream: ClassVar[str] = "reservation"

    reservation_id: UUID
    holder: UUID
    order_id: UUID | None
    reason: str
    lines: tuple[HeldLine, ...]


class InventoryInsufficient(Event, frozen=True):
    """Somebody wanted more than there was; nothing was set aside."""

    type: ClassVar[str] = "inventory.insufficient"
    stream: ClassVar[str] = "shortage"

    shortage_id: UUID
    holder: UUID
    lines: tuple[WantedLine, ...]


class InventoryUpdated(Event, frozen=True):
    """Quantities on hand changed, for one `reason` of `Reason`; `reference` is the order, delivery or count."""

    type: ClassVar[str] = "inventory.updated"
    stream: ClassVar[str] = "stock_change"

    stock_change_id: UUID
    reason: str
    reference: str
    lines: tuple[ChangedLine, ...]


class InventoryBackorderFilled(Event, frozen=True):
    """An order got what it was owed: `quantity` pieces are allocated to it, and lie in this warehouse."""

    type: ClassVar[str] = "inventory.backorder_filled"
    stream: ClassVar[str] = "stock_change"

    stock_change_id: UUID
    order_id: UUID
    variant_id: UUID
    warehouse_id: UUID
    quantity: int


class InventoryLowStock(Event, frozen=True):
    """What is available of a variant in a warehouse fell below its threshold; once per crossing."""

    type: ClassVar[str] = "inventory.low_stock"
    stream: ClassVar[str] = "stock_alert"

    stock_alert_id: UUID
    variant_id: UUID
    warehouse_id: UUID
    available: int
    reorder_threshold: int


class ProductOutOfStock(Event, frozen=True):
    """The last available one of a variant was taken, over all warehouses."""

    type: ClassVar[str] = "product.out_of_stock"
    stream: ClassVar[str] = "stock_alert"

    stock_alert_id: UUID
    variant_id: UUID
