"""Facts of shipments: ids and plain values, never a name or an address."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import msgspec

from domains.kit import Event


class ShippedLine(msgspec.Struct, frozen=True):
    """So many of an order's line."""

    order_line_id: UUID
    variant_id: UUID
    quantity: int


class SentParcel(msgspec.Struct, frozen=True):
    """A parcel on its way; one without a number cannot be followed."""

    parcel_id: UUID
    carrier: str
    tracking_number: str | None


class ShipmentCreated(Event, frozen=True):
    """Something of an order is to go out from one warehouse; `status` is what it begins with."""

    type: ClassVar[str] = "shipment.created"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    number: str
    warehouse_id: UUID
    status: str
    is_pick_up: bool
    lines: tuple[ShippedLine, ...]


class ShipmentAllocated(Event, frozen=True):
    """All of it lies in the warehouse."""

    type: ClassVar[str] = "shipment.allocated"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID


class ShipmentWaits(Event, frozen=True):
    """Something in it is owed to the order after all."""

    type: ClassVar[str] = "shipment.back_ordered"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    user_id: UUID | None
    lines: tuple[ShippedLine, ...]


class PickingBegun(Event, frozen=True):
    """Somebody is fetching it."""

    type: ClassVar[str] = "shipment.picking_begun"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID


class PickingPutBack(Event, frozen=True):
    """What was fetched lies on the shelf again."""

    type: ClassVar[str] = "shipment.put_back"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID


class ShipmentPicked(Event, frozen=True):
    """All of it was fetched."""

    type: ClassVar[str] = "shipment.picked"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID


class ShipmentPacked(Event, frozen=True):
    """It is in its parcels."""

    type: ClassVar[str] = "shipment.packed"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    parcels: int


class LabelCreated(Event, frozen=True):
    """A carrier has made the label of a parcel."""

    type: ClassVar[str] = "shipping.label.created"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    parcel_id: UUID
    carrier: str
    tracking_number: str


class LabelFailed(Event, frozen=True):
    """A carrier made no label, however often it was asked: somebody has to look at it."""

    type: ClassVar[str] = "shipping.label.failed"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    parcel_id: UUID
    carrier: str
    tries: int


class ShipmentShipped(Event, frozen=True):
    """It has left the shelf: with its carriers, or laid out for who picks it up. `is_last`: nothing of the order is
    left in the house."""

    type: ClassVar[str] = "shipment.shipped"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    user_id: UUID | None
    warehouse_id: UUID
    is_pick_up: bool
    is_last: bool
    parcels: tuple[SentParcel, ...]
    lines: tuple[ShippedLine, ...]


class TrackingUpdated(Event, frozen=True):
    """Something happened to a parcel on its way; `kind` is one of `TrackingKind`."""

    type: ClassVar[str] = "shipment.tracking_updated"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    user_id: UUID | None
    parcel_id: UUID
    tracking_event_id: UUID
    kind: str
    occurred_at: datetime


class ShipmentDelivered(Event, frozen=True):
    """It has arrived, or was handed over; `is_last`: so has all of the order."""

    type: ClassVar[str] = "shipment.delivered"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    user_id: UUID | None
    is_pick_up: bool
    is_last: bool


class ShipmentHeld(Event, frozen=True):
    """It cannot go on; `reason` is one of `HoldReason`."""

    type: ClassVar[str] = "shipment.held"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    reason: str


class ShipmentResumed(Event, frozen=True):
    """It goes on from `status`."""

    type: ClassVar[str] = "shipment.resumed"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    status: str


class ShipmentSplit(Event, frozen=True):
    """A part of it goes by itself, with another shipment."""

    type: ClassVar[str] = "shipment.split"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    into_id: UUID
    lines: tuple[ShippedLine, ...]


class ShipmentJoined(Event, frozen=True):
    """It took over a part of another shipment."""

    type: ClassVar[str] = "shipment.joined"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    from_id: UUID
    lines: tuple[ShippedLine, ...]


class ShipmentMoved(Event, frozen=True):
    """It goes out from another warehouse."""

    type: ClassVar[str] = "shipment.moved"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    user_id: UUID | None
    warehouse_id: UUID


class LinesCancelled(Event, frozen=True):
    """Some of it will not be sent at all."""

    type: ClassVar[str] = "shipment.lines_cancelled"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    user_id: UUID | None
    lines: tuple[ShippedLine, ...]


class ShipmentCalledOff(Event, frozen=True):
    """It will not be sent; `reason` is `cancelled` or, where nothing is left in it, `empty`."""

    type: ClassVar[str] = "shipment.called_off"
    stream: ClassVar[str] = "shipment"

    shipment_id: UUID
    order_id: UUID
    reason: str
