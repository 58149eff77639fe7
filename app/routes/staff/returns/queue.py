"""The queue of returns by state, and the words for their states and kinds."""

from app.web.staff.cells import Link, State
from app.web.staff.lists import Column, StaffList, choice, days
from app.web.staff.showing import list_routes
from domains import desk
from domains.kit.i18n import gettext as _
from domains.returns import ReturnKind, ReturnStatus

STATES = {
    ReturnStatus.REQUESTED: State(_("To decide"), "wait"),
    ReturnStatus.APPROVED: State(_("On its way to us"), "plain"),
    ReturnStatus.RECEIVED: State(_("To refund"), "wait"),
    ReturnStatus.REFUNDED: State(_("Refunded"), "good"),
    ReturnStatus.REJECTED: State(_("Rejected"), "bad"),
    ReturnStatus.CLOSED: State(_("Closed"), "plain"),
}

KINDS = {ReturnKind.RETURN: _("Return"), ReturnKind.WITHDRAWAL: _("Withdrawal")}

BY = {"customer": _("Customer"), "guest": _("Customer"), "staff": _("Staff"), "system": _("The shop")}


def _link(row: desk.ReturnRow) -> Link:
    return Link(row.number, "staff.returns.show", {"number": row.number})


def _order(row: desk.ReturnRow) -> Link:
    return Link(row.order_number, "staff.orders.show", {"number": row.order_number})


RETURNS = StaffList(
    key="returns",
    title=_("Returns"),
    route="staff.returns",
    permission="returns.see",
    search=_("Number of the return or the order"),
    sort="-asked",
    live=30,
    columns=(
        Column("number", _("Return"), _link, sort="number"),
        Column("status", _("State"), lambda row: STATES[row.status]),
        Column("kind", _("Kind"), lambda row: KINDS[row.kind], phone=False),
        Column("order", _("Order"), _order, phone=False),
        Column("pieces", _("Pieces"), number=True),
        Column("requested_by", _("Asked by"), lambda row: BY[row.requested_by], phone=False),
        Column("created_at", _("Asked"), sort="asked", down=True),
    ),
    filters=(
        choice("status", _("State"), [(str(key), state.label) for key, state in STATES.items()]),
        choice("kind", _("Kind"), [(str(key), label) for key, label in KINDS.items()]),
        days("asked", _("Asked")),
    ),
    empty=_("Nothing comes back"),
    empty_hint=_("What customers want to send back stands here."),
)  # fmt: skip

ROUTES = list_routes(RETURNS, desk.find_returns)
