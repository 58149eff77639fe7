"""How states of shipments and parcels are called."""

from app.web.staff.cells import State
from domains.fulfilment import HoldReason, Queue, QueuedShipment, ShipmentStatus, ShipmentView, TrackingKind
from domains.inventory import Reason
from domains.kit.i18n import gettext as _

STATES = {
    ShipmentStatus.WAITING: State(_("Waiting for stock"), "wait"),
    ShipmentStatus.ALLOCATED: State(_("To pick"), "wait"),
    ShipmentStatus.PICKING: State(_("Being picked"), "wait"),
    ShipmentStatus.PACKED: State(_("Packed"), "wait"),
    ShipmentStatus.SHIPPED: State(_("On its way"), "good"),
    ShipmentStatus.DELIVERED: State(_("Delivered"), "plain"),
    ShipmentStatus.ON_HOLD: State(_("On hold"), "bad"),
    ShipmentStatus.CALLED_OFF: State(_("Called off"), "plain"),
}
PICKED = State(_("To pack"), "wait")
READY = State(_("Ready for pick-up"), "good")

QUEUES = {
    Queue.ALLOCATE: _("Waiting for stock"),
    Queue.PICK: _("To pick"),
    Queue.PACK: _("To pack"),
    Queue.SHIP: _("To ship"),
    Queue.PROBLEMS: _("On hold"),
    Queue.SENT: _("On the way"),
}

REASONS = {
    HoldReason.MISSING: _("Something is not there"),
    HoldReason.DAMAGED: _("Something is damaged"),
    HoldReason.ADDRESS: _("The address is not right"),
    HoldReason.CARRIER: _("The carrier makes no label"),
    HoldReason.ELSEWHERE: _("It is picked up in another warehouse"),
    HoldReason.CUSTOMER: _("The customer asked us to wait"),
    HoldReason.OTHER: _("Something else"),
}

HAPPENED = {
    TrackingKind.ANNOUNCED: _("Announced to the carrier"),
    TrackingKind.ACCEPTED: _("With the carrier"),
    TrackingKind.IN_TRANSIT: _("On its way"),
    TrackingKind.OUT_FOR_DELIVERY: _("Out for delivery"),
    TrackingKind.DELAYED: _("Delayed"),
    TrackingKind.ATTEMPTED: _("Nobody was in"),
    TrackingKind.DELIVERED: _("Delivered"),
    TrackingKind.RETURNED: _("On its way back"),
}

# Why something that should be there is not; none of them: it is there and goes back on the shelf.
WRITE_OFFS = {
    "": _("Nothing is wrong with it: back on the shelf"),
    str(Reason.CORRECTION): _("It is not there"),
    str(Reason.DAMAGED): _("It is damaged"),
    str(Reason.THEFT): _("It was stolen"),
}


def state_of(shipment: ShipmentView | QueuedShipment) -> State:
    """The state with its next step."""
    if shipment.status is ShipmentStatus.PICKING and shipment.is_picked:
        return PICKED
    if shipment.status is ShipmentStatus.SHIPPED and shipment.is_pick_up:
        return READY
    return STATES[shipment.status]
