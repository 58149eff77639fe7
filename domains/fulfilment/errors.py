"""What fulfilment refuses."""

from collections.abc import Sequence

from domains.fulfilment.states import ShipmentStatus
from domains.kit import Conflict, Invalid, NotFound, Unavailable
from domains.kit.i18n import gettext as _


class ShipmentNotFound(NotFound):
    """There is no such shipment, line or parcel."""

    code = "shipment_not_found"
    title = _("We could not find that shipment.")


class CarrierUnknown(NotFound):
    """No carrier has this code."""

    code = "carrier_unknown"
    title = _("There is no such carrier.")


class ShipmentRefused(Conflict):
    """The shipment's state has no arrow to the one asked for; `status` is where it stands."""

    code = "shipment_refused"
    title = _("The shipment is not in a state in which this is possible.")
    hint = _("Somebody else may have worked on it. Reload the page to see how it stands.")

    def __init__(self, status: ShipmentStatus) -> None:
        self.status = status
        super().__init__()


class OrderDead(Conflict):
    """The order was cancelled: nothing of it is sent any more."""

    code = "order_dead"
    title = _("This order was cancelled. Nothing of it is sent.")
    hint = _("Put what you have of it back on the shelf.")


class ShipmentUnpaid(Conflict):
    """Nothing leaves the house before it is paid, or after all of the money went back."""

    code = "shipment_unpaid"
    title = _("The order is not paid, or its money went back.")
    hint = _("Look at the order's payment before you send anything.")


class AlreadyShipped(Conflict):
    """Something of the order has left the house: it cannot be called off as a whole any more."""

    code = "already_shipped"
    title = _("A part of this order is already on its way.")
    hint = _("Cancel the lines that are still here, or take the rest back as a return.")


class CountsDiffer(Conflict):
    """What was counted into the parcels is not what the shipment has; `lines` says of which."""

    code = "counts_differ"
    title = _("What you packed is not what was ordered.")

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = tuple(lines)
        super().__init__(hint=_("Count again: {lines}").format(lines="; ".join(lines)))


class NotInShipment(Invalid):
    """What was scanned is not in the shipment, or all of it is counted already."""

    code = "not_in_shipment"

    def __init__(self, code: str) -> None:
        super().__init__(
            {"code": _("“{code}” is not in this shipment, or all of it is counted already.").format(code=code)}
        )


class NothingChosen(Invalid):
    """No line has a quantity, or one has more than there is."""

    code = "nothing_chosen"

    def __init__(self) -> None:
        super().__init__({"lines": _("Choose how many of at least one line, and no more than there are.")})


class TrackingTaken(Invalid):
    """Another parcel under way has this number of this carrier."""

    code = "tracking_taken"

    def __init__(self, number: str, field: str = "tracking_number") -> None:
        super().__init__({field: _("Another parcel has the number {number}.").format(number=number)})


class TrackingMissing(Invalid):
    """A parcel that is sent says how it is found."""

    code = "tracking_missing"

    def __init__(self, field: str = "tracking_number") -> None:
        super().__init__({field: _("Enter the tracking number of the parcel.")})


class CarrierUnavailable(Unavailable):
    """The carrier does not answer; asking again later helps."""

    code = "carrier_unavailable"
    title = _("The carrier does not answer right now.")


class CarrierRefused(Conflict):
    """The carrier will not take this parcel; asking again does not help."""

    code = "carrier_refused"
    title = _("The carrier does not take this parcel.")


class NoticeUnsigned(Conflict):
    """What claims to come from a carrier is not signed by it."""

    code = "notice_unsigned"
    title = _("The signature is missing or wrong.")
