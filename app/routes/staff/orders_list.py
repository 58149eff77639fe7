"""The orders: one box finds any of them, and the states of payment, goods and return stand apart."""

from app.routes.staff.order_states import BACK, GOODS, PAYMENTS, STATUSES
from app.web.countries import every_country
from app.web.staff.cells import Link, State
from app.web.staff.lists import Column, StaffList, amounts, choice, days
from app.web.staff.showing import list_routes
from domains import desk
from domains.fulfilment import FulfilmentState
from domains.kit import Money
from domains.kit.i18n import gettext as _


def _payment(order: desk.OrderRow) -> State:
    return PAYMENTS[order.payment] if order.payment is not None else State(_("Nothing to pay"), "plain")


def _goods(order: desk.OrderRow) -> State | None:
    return GOODS[order.fulfilment] if order.fulfilment is not FulfilmentState.NONE else None


def _coming_back(order: desk.OrderRow) -> State | None:
    return BACK[order.coming_back] if order.coming_back is not None else None


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
        Column("total", _("Total"), sort="total", number=True, down=True),
        Column("status", _("Order state"), lambda order: STATUSES[order.status], phone=False),
        Column("payment", _("Payment"), _payment, phone=False),
        Column("fulfilment", _("Goods"), _goods),
        Column("coming_back", _("Return"), _coming_back, phone=False),
        Column("items", _("Items"), number=True, phone=False, shown=False),
        Column("country", _("Country"), shown=False),
        Column("shipping_method", _("Delivery"), shown=False),
        Column("refunded", _("Refunded"), _refunded, number=True, shown=False),
    ),
    filters=(
        choice("status", _("Order state"), [(str(key), state.label) for key, state in STATUSES.items()]),
        choice("payment", _("Payment"), [(str(key), state.label) for key, state in PAYMENTS.items()]),
        choice("fulfilment", _("Goods"), [(str(status), GOODS[status].label) for status in desk.AT_WORK]),
        choice("returns", _("Return"), [(str(key), state.label) for key, state in BACK.items()]),
        days("placed", _("Placed")),
        amounts("total", _("Total")),
        choice("country", _("Country"), every_country("en_US"), many=False),
    ),
    empty=_("No orders yet"),
    empty_hint=_("The first one will stand here as soon as somebody buys."),
)

ROUTES = list_routes(ORDERS, desk.find_orders)
