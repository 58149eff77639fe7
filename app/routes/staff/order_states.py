"""The states of an order in the words of staff: its own, and those of its payment, its goods and what comes back."""

from app.web.staff.cells import State
from domains.fulfilment import FulfilmentState
from domains.kit.i18n import gettext as _
from domains.orders import OrderStatus
from domains.payments import PaymentStatus
from domains.returns import ReturnStatus

STATUSES = {
    OrderStatus.PENDING: State(_("Waiting for payment"), "wait"),
    OrderStatus.CONFIRMED: State(_("Open"), "wait"),
    OrderStatus.SHIPPED: State(_("On its way"), "good"),
    OrderStatus.DELIVERED: State(_("Delivered"), "plain"),
    OrderStatus.CANCELLED: State(_("Cancelled"), "bad"),
}
PAYMENTS = {
    PaymentStatus.PENDING: State(_("Unpaid"), "wait"),
    PaymentStatus.AUTHORIZED: State(_("Held"), "wait"),
    PaymentStatus.CAPTURED: State(_("Paid"), "good"),
    PaymentStatus.PARTIALLY_REFUNDED: State(_("Partly refunded"), "plain"),
    PaymentStatus.REFUNDED: State(_("Refunded"), "plain"),
    PaymentStatus.FAILED: State(_("Failed"), "bad"),
    PaymentStatus.CANCELLED: State(_("Called off"), "plain"),
}
GOODS: dict[str, State] = {
    FulfilmentState.NONE: State(_("Nothing to send"), "plain"),
    FulfilmentState.ON_HOLD: State(_("On hold"), "bad"),
    FulfilmentState.WAITING: State(_("Waiting for goods"), "wait"),
    FulfilmentState.ALLOCATED: State(_("To pick"), "wait"),
    FulfilmentState.PICKING: State(_("Being picked"), "wait"),
    FulfilmentState.PACKED: State(_("Packed"), "wait"),
    FulfilmentState.PART_SHIPPED: State(_("Partly on its way"), "wait"),
    FulfilmentState.SHIPPED: State(_("On its way"), "good"),
    FulfilmentState.DELIVERED: State(_("Delivered"), "good"),
}
BACK: dict[str, State] = {
    ReturnStatus.REQUESTED: State(_("Return to decide"), "wait"),
    ReturnStatus.APPROVED: State(_("Return on its way"), "plain"),
    ReturnStatus.RECEIVED: State(_("Return to refund"), "wait"),
    ReturnStatus.REFUNDED: State(_("Return refunded"), "good"),
    ReturnStatus.REJECTED: State(_("Return rejected"), "plain"),
    ReturnStatus.CLOSED: State(_("Return closed"), "plain"),
}
