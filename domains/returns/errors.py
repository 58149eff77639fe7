"""What returns refuse."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domains.kit import Conflict, Invalid, Money, NotFound
from domains.kit.i18n import gettext as _
from domains.returns.states import ReturnStatus


class ReturnNotFound(NotFound):
    """No such return."""

    code = "return_not_found"
    title = _("We could not find that return.")


class RefundNotFound(NotFound):
    """No such refund."""

    code = "refund_not_found"
    title = _("We could not find that refund.")


class NotReturnable(Conflict):
    """The order is not with the customer, or nothing of it is left to come back."""

    code = "not_returnable"
    title = _("Nothing of this order can be returned now.")
    hint = _("An order can be returned once it is on its way. Before that it can be cancelled.")


class WindowClosed(Conflict):
    """The time to send something back is over; `until` was the last day."""

    code = "window_closed"
    title = _("The time to return this order is over.")
    hint = _("Write to us if something is wrong with what you bought.")

    def __init__(self, until: date) -> None:
        self.until = until
        super().__init__()


class TooManyReturned(Conflict):
    """More than there is to return; `left` says how many of each line."""

    code = "too_many_returned"
    title = _("That is more than can still be returned.")
    hint = _("Some of it is already on its way back. Look at what is left and try again.")

    def __init__(self, left: Mapping[UUID, int]) -> None:
        self.left = dict(left)
        super().__init__()


class ReturnMoved(Conflict):
    """The return is not in a state in which this is possible: somebody was faster; `status` is where it stands."""

    code = "return_moved"
    title = _("This return has moved on meanwhile.")
    hint = _("Reload the page to see how it stands.")

    def __init__(self, status: ReturnStatus) -> None:
        self.status = status
        super().__init__()


class RefundComesWithIt(Conflict):
    """The order has not arrived, so that approving its return cancels it and sends the money back at once."""

    code = "refund_comes_with_it"
    title = _("Approving this return cancels the order and sends its money back.")
    hint = _("Somebody who may give refunds has to approve it.")


class AlreadyRefunded(Conflict):
    """More than is left of a line, of the delivery or of the money; the rest was refunded, perhaps just now.

    `left` says how many pieces of each line, `shipping` and `money` how much.
    """

    code = "already_refunded"
    title = _("Some of this has already been refunded.")
    hint = _("Nothing was refunded now. Look at what is left and try again.")

    def __init__(self, left: Mapping[UUID, int], shipping: Money, money: Money) -> None:
        self.left, self.shipping, self.money = dict(left), shipping, money
        super().__init__()


class RefundChanged(Conflict):
    """The sum is not the one that was shown; `now` is what it comes to."""

    code = "refund_changed"
    title = _("The amount has changed since you looked at it.")
    hint = _("Nothing was refunded. Check the new amount and confirm again.")

    def __init__(self, now: Money) -> None:
        self.now = now
        super().__init__()


class NothingToRefund(Invalid):
    """A refund of nothing."""

    code = "nothing_to_refund"

    def __init__(self) -> None:
        super().__init__({"lines": _("Choose what to refund: at least one line, the delivery or an amount.")})


class RefundDecided(Conflict):
    """Somebody has decided on this refund already."""

    code = "refund_decided"
    title = _("This refund has been decided already.")
    hint = _("Reload the page to see what came of it.")


class RefundWaits(Conflict):
    """Another refund of the order waits for a second person, so that nobody knows yet how much is left."""

    code = "refund_waits"
    title = _("A refund of this order waits for a second person.")
    hint = _("Decide on it under Refunds first. Then cancel the order.")


class SecondPersonNeeded(Conflict):
    """Whoever asked for a refund above the limit cannot be the one who approves it."""

    code = "second_person_needed"
    title = _("Somebody else has to approve this refund.")
    hint = _("You asked for it. Above the shop's limit a second person decides.")


class NotRestockable(Invalid):
    """What has not left the house, or is back already, cannot go back on the shelf."""

    code = "not_restockable"

    def __init__(self, order_line_id: UUID) -> None:
        self.order_line_id = order_line_id
        super().__init__({"restock": _("Only what has left the house and is not back yet can go on the shelf again.")})
