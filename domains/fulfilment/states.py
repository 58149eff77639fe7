"""The states of a shipment and the arrows between them; the database repeats the table."""

from enum import StrEnum


class ShipmentStatus(StrEnum):
    """`delivered` and `called_off` are ends. What is `on_hold` goes on from where it stood."""

    WAITING = "waiting"
    """Something in it is not there yet."""
    ALLOCATED = "allocated"
    """All of it lies in the warehouse, to be picked."""
    PICKING = "picking"
    """Somebody is fetching it; once all is picked it can be packed."""
    PACKED = "packed"
    """In its parcels, to be sent, or to be laid out where it is picked up."""
    SHIPPED = "shipped"
    """With the carrier, or ready for pick-up."""
    DELIVERED = "delivered"
    """Arrived, or handed over."""
    ON_HOLD = "on_hold"
    """It cannot go on until somebody decides."""
    CALLED_OFF = "called_off"
    """It will not be sent: cancelled, or all of it goes with others."""


TRANSITIONS: dict[ShipmentStatus, frozenset[ShipmentStatus]] = {
    ShipmentStatus.WAITING: frozenset({ShipmentStatus.ALLOCATED, ShipmentStatus.ON_HOLD, ShipmentStatus.CALLED_OFF}),
    ShipmentStatus.ALLOCATED: frozenset(
        {ShipmentStatus.WAITING, ShipmentStatus.PICKING, ShipmentStatus.ON_HOLD, ShipmentStatus.CALLED_OFF}
    ),
    ShipmentStatus.PICKING: frozenset(
        {
            ShipmentStatus.WAITING,
            ShipmentStatus.ALLOCATED,
            ShipmentStatus.PACKED,
            ShipmentStatus.ON_HOLD,
            ShipmentStatus.CALLED_OFF,
        }
    ),
    ShipmentStatus.PACKED: frozenset({ShipmentStatus.SHIPPED, ShipmentStatus.ON_HOLD, ShipmentStatus.CALLED_OFF}),
    ShipmentStatus.SHIPPED: frozenset({ShipmentStatus.DELIVERED}),
    ShipmentStatus.DELIVERED: frozenset(),
    ShipmentStatus.ON_HOLD: frozenset(
        {
            ShipmentStatus.WAITING,
            ShipmentStatus.ALLOCATED,
            ShipmentStatus.PICKING,
            ShipmentStatus.PACKED,
            ShipmentStatus.CALLED_OFF,
        }
    ),
    ShipmentStatus.CALLED_OFF: frozenset(),
}

OPEN = frozenset(
    {
        ShipmentStatus.WAITING,
        ShipmentStatus.ALLOCATED,
        ShipmentStatus.PICKING,
        ShipmentStatus.PACKED,
        ShipmentStatus.ON_HOLD,
    }
)
"""Still in the house."""

GONE = frozenset({ShipmentStatus.SHIPPED, ShipmentStatus.DELIVERED})


class HoldReason(StrEnum):
    """Why a shipment cannot go on."""

    MISSING = "missing"
    """Something is not where it should be."""
    DAMAGED = "damaged"
    ADDRESS = "address"
    CARRIER = "carrier"
    """The carrier made no label after several tries."""
    ELSEWHERE = "elsewhere"
    """It is to be picked up in another warehouse than it lies in."""
    CUSTOMER = "customer"
    """The buyer asked us to wait."""
    OTHER = "other"


class TrackingKind(StrEnum):
    """What happened to a parcel, whoever carries it."""

    ANNOUNCED = "announced"
    ACCEPTED = "accepted"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELAYED = "delayed"
    ATTEMPTED = "attempted"
    """Nobody was in."""
    DELIVERED = "delivered"
    RETURNED = "returned"
    """On its way back to us."""


class FulfilmentState(StrEnum):
    """How far an order has come, told by its shipments together."""

    NONE = "none"
    WAITING = "waiting"
    ALLOCATED = "allocated"
    PICKING = "picking"
    PACKED = "packed"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    ON_HOLD = "on_hold"


_SLOWEST_FIRST = (
    (ShipmentStatus.ON_HOLD, FulfilmentState.ON_HOLD),
    (ShipmentStatus.WAITING, FulfilmentState.WAITING),
    (ShipmentStatus.ALLOCATED, FulfilmentState.ALLOCATED),
    (ShipmentStatus.PICKING, FulfilmentState.PICKING),
    (ShipmentStatus.PACKED, FulfilmentState.PACKED),
)


def state_of_all(statuses: frozenset[ShipmentStatus]) -> FulfilmentState:
    """What the states of an order's shipments come to: what hinders it, else what is furthest behind."""
    live = statuses - {ShipmentStatus.CALLED_OFF}
    if not live:
        return FulfilmentState.NONE
    if ShipmentStatus.ON_HOLD in live:
        return FulfilmentState.ON_HOLD
    if live <= GONE:
        return FulfilmentState.SHIPPED if ShipmentStatus.SHIPPED in live else FulfilmentState.DELIVERED
    if live & GONE:
        return FulfilmentState.PART_SHIPPED
    return next(state for status, state in _SLOWEST_FIRST if status in live)
