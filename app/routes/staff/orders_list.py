"""The orders: one box finds any of them, and the states of payment and fulfilment stand apart."""

from app.web.countries import every_country
from app.web.staff.cells import Link, State
from app.web.staff.lists import Column, StaffList, amounts, choice, days
from app.web.staff.showing import list_routes
from domains import desk
from domains.kit import Money
from domains.kit.i18n import gettext as _
from domains.orders import OrderStatus
from domains.payments import PaymentStatus

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


def _payment(order: desk.OrderRow) -> State:
    return PAYMENTS[order.payment] if order.payment is not None else State(_("Nothing to pay"), "plain")


def _refunded(order: desk.OrderRow) -> Money | None:
    return order.refunded if order.refunded else None


ORDERS = StaffList(
    key="orders",
    title=_("Orders"),
    route="staff.orders",
    permission="orders.see",
    export="exports.take",
    search=_("Number, mail, name, SKU or tracking number"),
    sort="-placed",
    live=30,
    columns=(
        Column(
            "number",
            _("Order"),
            lambda order: Link(order.number, "staff.orders.show", {"number": order.number}),
            sort="number",
        ),
        Column("placed_at", _("Placed"), sort="placed", down=True, phone=False),
        Column("customer", _("Customer")),
        Column("status", _("Order state"), lambda order: STATUSES[order.status]),
        Column("payment", _("Payment"), _payment, phone=False),
        Column("items", _("Items"), number=True, phone=False),
        Column("total", _("Total"), sort="total", number=True, down=True),
        Column("country", _("Country"), shown=False),
        Column("shipping_method", _("Delivery"), shown=False),
        Column("refunded", _("Refunded"), _refunded, number=True, shown=False),
    ),
    filters=(
        choice("status", _("Order state"), [(str(key), state.label) for key, state in STATUSES.items()]),
        choice("payment", _("Payment"), [(str(key), state.label) for key, state in PAYMENTS.items()]),
        days("placed", _("Placed")),
        amounts("total", _("Total")),
        choice("country", _("Country"), every_country("en_US"), many=False),
    ),
    empty=_("No orders yet"),
    empty_hint=_("The first one will stand here as soon as somebody buys."),
)

ROUTES = list_routes(ORDERS, desk.find_orders)
