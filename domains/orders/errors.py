"""What orders refuse."""

from domains.kit import Conflict, Invalid, NotFound
from domains.kit.i18n import gettext as _
from domains.orders.states import OrderStatus


class OrderNotFound(NotFound):
    """Unknown, another's, or asked for with a link that is wrong or has expired: all are answered alike."""

    code = "order_not_found"
    title = _("We could not find that order.")
    hint = _("Check the order number and the e-mail address, or use the link in your order mail.")


class TransitionRefused(Conflict):
    """The order's state has no arrow to the one asked for; `status` is where it stands."""

    code = "transition_refused"
    title = _("The order is not in a state in which this is possible.")
    hint = _("Reload the page to see how it stands.")

    def __init__(self, status: OrderStatus) -> None:
        self.status = status
        super().__init__()


class NotPaid(Conflict):
    """An order is confirmed only when the money for all of it was taken."""

    code = "not_paid"
    title = _("The order is not paid.")


class TrackingNumberNeeded(Invalid):
    """A shipped order says how its parcel is found."""

    code = "tracking_number_needed"

    def __init__(self) -> None:
        super().__init__({"tracking_number": _("Enter the tracking number of the parcel.")})


class NotToBeReaddressed(Conflict):
    """The address of an order changes only between its payment and its picking."""

    code = "not_to_be_readdressed"
    title = _("The address of this order can no longer be changed.")
    hint = _("It can be changed after the order was paid and before it is picked.")


class NumbersExhausted(Conflict):
    """The day's order numbers are as good as used up."""

    code = "numbers_exhausted"
    title = _("No more orders can be taken today.")
