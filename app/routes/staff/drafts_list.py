"""The orders that staff write: what waits for its customer, and what became of it."""

from litestar import get
from litestar.di import NamedDependency

from app.web.access import staff
from app.web.htmx import AnyRequest
from app.web.page import Page
from app.web.staff.cells import Link, State
from app.web.staff.lists import Column, StaffList, choice, days
from app.web.staff.showing import csv_route, show_list
from app.web.visitors import Visitor
from domains import desk
from domains.checkout import DraftState
from domains.kit import Database
from domains.kit.i18n import gettext as _

STATES = {
    DraftState.WRITING: State(_("Being written")),
    DraftState.SENT: State(_("Waits for payment"), "wait"),
    DraftState.LINK_OVER: State(_("Link has run out"), "bad"),
    DraftState.PAYING: State(_("Being paid"), "wait"),
    DraftState.ORDERED: State(_("Ordered"), "good"),
    DraftState.DROPPED: State(_("Given up")),
}


def _order(draft: desk.DraftRow) -> Link | None:
    if not draft.order_number:
        return None
    return Link(draft.order_number, "staff.orders.show", {"number": draft.order_number})


DRAFTS = StaffList(
    key="drafts",
    title=_("Draft orders"),
    route="staff.drafts",
    permission="orders.act",
    export="exports.take",
    search=_("Number, mail address or order"),
    sort="-created",
    columns=(
        Column("code", _("Draft"), lambda draft: Link(draft.code, "staff.drafts.show", {"code": draft.code})),
        Column("customer", _("Customer")),
        Column("state", _("State"), lambda draft: STATES[draft.state]),
        Column("order", _("Order"), _order, phone=False),
        Column("items", _("Items"), number=True, phone=False),
        Column("total", _("Total"), number=True),
        Column("created_at", _("Begun"), sort="created", down=True, phone=False),
        Column("by", _("By"), phone=False),
        Column("sent_at", _("Link sent"), shown=False),
        Column("link_until", _("Link works until"), shown=False),
    ),
    filters=(
        choice("state", _("State"), [(str(key), state.label) for key, state in STATES.items()]),
        days("created", _("Begun")),
    ),
    empty=_("No draft orders"),
    empty_hint=_("Write an order for a customer who calls or writes, and send the link to pay it."),
)


@get("/staff/drafts", name="staff.drafts", access=staff("orders.act"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    return await show_list(request, db, visitor, DRAFTS, desk.find_drafts, template="staff/drafts/list.html")


ROUTES = [show, csv_route(DRAFTS, desk.find_drafts, path="/staff/drafts")]
