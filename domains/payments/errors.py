"""What payments refuse."""

from domains.kit import Conflict, Money, NotFound
from domains.kit.i18n import gettext as _


class PaymentNotFound(NotFound):
    """No such payment, attempt, capture or refund."""

    code = "payment_not_found"


class PaymentUnderWay(Conflict):
    """A try is under way, in doubt, or has paid already: settle it before another one starts."""

    code = "payment_under_way"
    title = _("Your payment is being confirmed.")
    hint = _("Wait a moment, then reload the page. Nothing is charged twice.")


class PaymentEnded(Conflict):
    """The payment failed for good or was cancelled."""

    code = "payment_ended"
    title = _("This payment has ended.")
    hint = _("Go back to your cart to order again.")


class NotAuthorized(Conflict):
    """There is no money held that could be taken."""

    code = "not_authorized"
    title = _("This payment is not authorised.")


class StillOpenAtGateway(Conflict):
    """The payment cannot end while the gateway may still take money for it: void it there first."""

    code = "still_open_at_gateway"
    title = _("This payment is still open at the payment service.")
    hint = _("Wait a moment and try again.")


class AlreadyPaid(Conflict):
    """Money was taken; it can go back by a refund only."""

    code = "already_paid"
    title = _("This payment has been made.")
    hint = _("Refund it instead.")


class NotCaptured(Conflict):
    """Nothing was taken, so nothing can go back."""

    code = "not_captured"
    title = _("Nothing was charged, so there is nothing to refund.")


class RefundTooHigh(Conflict):
    """More than was taken and is not on its way back already; `left` is what can still go back."""

    code = "refund_too_high"
    title = _("That is more than is left to refund.")

    def __init__(self, left: Money) -> None:
        self.left = left
        super().__init__()
