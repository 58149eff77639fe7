"""Shipments as others read them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from domains.fulfilment.states import GONE, HoldReason, ShipmentStatus, TrackingKind
from domains.kit import Address


class CarrierView(msgspec.Struct, frozen=True):
    """Who brings parcels. `makes_labels`: it is asked for one when something is packed for it."""

    code: str
    name: str
    adapter: str
    tracking_page: str
    is_active: bool
    fails: bool

    @property
    def makes_labels(self) -> bool:
        return self.adapter != "manual"


class ShipmentLine(msgspec.Struct, frozen=True, kw_only=True):
    """So many of an order's line; `ready` of them are in the warehouse."""

    id: UUID
    order_line_id: UUID
    variant_id: UUID
    name: str
    options: str
    sku: str
    quantity: int
    ready: int
    picked: int
    packed: int


class TrackingEvent(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to a parcel."""

    id: UUID
    parcel_id: UUID
    kind: TrackingKind
    place: str
    words: str
    occurred_at: datetime


class ParcelView(msgspec.Struct, frozen=True, kw_only=True):
    """One parcel, with what happened to it, the newest first."""

    id: UUID
    shipment_id: UUID
    position: int
    carrier: str
    carrier_name: str
    tracking_number: str | None
    tracking_url: str | None
    weight_grams: int
    label_state: str
    label_tries: int
    label_error: str
    next_try_at: datetime
    delivered_at: datetime | None
    events: tuple[TrackingEvent, ...]


class ShipmentView(msgspec.Struct, frozen=True, kw_only=True):
    """A shipment whole. `held_from` is the state it goes on from."""

    id: UUID
    number: str
    order_id: UUID
    position: int
    warehouse_id: UUID
    status: ShipmentStatus
    is_pick_up: bool
    method: str
    country: str
    hold_reason: HoldReason | None
    held_from: ShipmentStatus | None
    note: str
    lines: tuple[ShipmentLine, ...]
    parcels: tuple[ParcelView, ...]
    created_at: datetime
    picked_at: datetime | None
    packed_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None

    @property
    def order_number(self) -> str:
        return self.number.rpartition("-")[0]

    @property
    def count(self) -> int:
        """How many things are in it."""
        return sum(line.quantity for line in self.lines)

    @property
    def missing(self) -> int:
        """How many of them are owed."""
        return sum(line.quantity - line.ready for line in self.lines)

    @property
    def is_picked(self) -> bool:
        return self.picked_at is not None

    @property
    def has_left(self) -> bool:
        return self.status in GONE

    @property
    def carrier(self) -> str | None:
        """The name of who brings it, the first of several."""
        return self.parcels[0].carrier_name if self.parcels else None

    @property
    def tracking_number(self) -> str | None:
        """The number of its first parcel that has one."""
        return next((parcel.tracking_number for parcel in self.parcels if parcel.tracking_number), None)

    @property
    def tracking_url(self) -> str | None:
        return next((parcel.tracking_url for parcel in self.parcels if parcel.tracking_url), None)

    @property
    def events(self) -> tuple[TrackingEvent, ...]:
        """What happened to all its parcels, the newest first."""
        found = [event for parcel in self.parcels for event in parcel.events]
        return tuple(sorted(found, key=lambda event: (event.occurred_at, event.id), reverse=True))


class ParcelDraft(msgspec.Struct, frozen=True):
    """A parcel to be made."""

    carrier: str
    tracking_number: str = ""
    weight_grams: int = 0


class CancelledLine(msgspec.Struct, frozen=True):
    """So many of an order's line that will not be sent: what is to be refunded."""

    order_line_id: UUID
    variant_id: UUID
    quantity: int


class LabelRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a carrier is told to make a label; `parcel_id` is the key that makes it once."""

    parcel_id: UUID
    number: str
    sender: tuple[str, ...]
    recipient: Address
    weight_grams: int
    at: datetime
    fails: bool = False


class Label(msgspec.Struct, frozen=True):
    """A label as the carrier made it: its number, and the drawing as SVG."""

    tracking_number: str
    svg: str


class CarrierEvent(msgspec.Struct, frozen=True, kw_only=True):
    """What a carrier tells of a parcel; `reference` makes it told once."""

    tracking_number: str
    reference: str
    kind: TrackingKind
    occurred_at: datetime
    place: str = ""
    words: str = ""


class ShipmentState(msgspec.Struct, frozen=True, kw_only=True):
    """What the events of a shipment add up to; equals its rows (I20)."""

    order_id: UUID
    number: str
    warehouse_id: UUID
    status: ShipmentStatus
    lines: Mapping[UUID, int]
