"""What the command bar knows besides the shop's things: pages of the back office, and what one can do there."""

from collections.abc import Callable

import msgspec

from app.web.access import may
from app.web.staff.navigation import entries_for
from domains.kit.crypto import fold
from domains.kit.i18n import gettext as _


class Command(msgspec.Struct, frozen=True):
    """Something that can be done or set, by the route where it is done; `words` find it besides its label."""

    label: str
    route: str
    permission: str
    icon: str = "arrow-right"
    words: str = ""


# An entry whose route is not there yet is left out; each area adds its own.
COMMANDS: tuple[Command, ...] = (
    Command(_("New product"), "staff.products.new", "catalogue.do", "plus", _("add create")),
    Command(_("New category"), "staff.categories.new", "catalogue.do", "plus", _("add create")),
    Command(_("New draft order"), "staff.drafts.new", "orders.act", "plus", _("add create phone")),
    Command(_("New purchase order"), "staff.stock.purchases.new", "stock.do", "plus", _("buy supplier incoming")),
    Command(_("Move stock"), "staff.stock.transfers.new", "stock.do", "truck", _("transfer warehouse")),
    Command(_("Count stock"), "staff.stock.counts.new", "stock.do", "check", _("inventory sheet variance")),
    Command(_("Import products"), "staff.imports", "catalogue.do", "download", _("csv upload shopify")),
    Command(_("Orders to pick"), "staff.fulfilment", "fulfilment.see", "package", _("queue warehouse")),
    Command(_("Invite staff"), "staff.people.invite", "staff.do", "users", _("add team member")),
    Command(_("New page"), "staff.pages.new", "pages.do", "plus", _("add create content text")),
    Command(_("New section of the home page"), "staff.home_page", "pages.do", "plus", _("banner add create")),
    Command(_("Menus"), "staff.menus", "pages.do", "menu", _("navigation header footer links")),
    Command(_("Redirects"), "staff.redirects", "pages.do", "arrow-right", _("old addresses moved 301")),
    Command(_("New warehouse"), "staff.stock.warehouses.new", "stock.do", "plus", _("add create place")),
    Command(_("Picking list"), "staff.fulfilment.picking", "fulfilment.see", "package", _("fetch shelves print")),
    Command(_("Carriers"), "staff.fulfilment.carriers", "settings.do", "truck", _("tracking labels")),
    Command(_("Stock ledger"), "staff.stock.ledger", "stock.see", "history", _("movements inventory")),
    Command(_("Shop name and address"), "staff.settings.shop", "settings.do", "settings", _("identity legal logo")),
    Command(
        _("Selling and countries"), "staff.settings.selling", "settings.do", "settings", _("currency returns window")
    ),
    Command(_("Mail addresses"), "staff.settings.addresses", "settings.do", "mail", _("sender alerts reply")),
    Command(_("Tax rates"), "staff.settings.taxes", "tax.see", "receipt", _("vat sales csv")),
    Command(_("Delivery zones and prices"), "staff.settings.shipping", "settings.do", "truck", _("shipping methods")),
    Command(
        _("Switches"), "staff.settings.switches", "settings.do", "settings", _("maintenance pause checkout toggles")
    ),
    Command(_("Tax report"), "staff.reports.tax", "reports.see", "receipt", _("vat figures rates")),
    Command(_("Payments and refunds"), "staff.reports.payments", "reports.see", "card", _("money figures report")),
    Command(
        _("Reconciliation"), "staff.reports.reconciliation", "reports.see", "card", _("gateway compare stripe payments")
    ),
    Command(_("Best sellers"), "staff.reports.products", "reports.sales", "star", _("sales by product report")),
    Command(_("Failed jobs"), "staff.settings.failures", "settings.do", "warning", _("dead letters replay stuck")),
    Command(_("Keyboard shortcuts"), "staff.shortcuts", "desk.see", "info", _("keys help")),
    Command(_("Set-up checklist"), "staff.home", "settings.do", "check", _("go live open shop")),
)


class Suggestion(msgspec.Struct, frozen=True):
    """A page or an action, found."""

    label: str
    href: str
    icon: str


def places_for(
    role: str | None, typed: str, find: Callable[[str], str | None], *, most: int = 6
) -> tuple[Suggestion, ...]:
    """The pages and actions whose words begin with every word typed, those of the label first; all when nothing was."""
    words = fold(typed).split()
    found: list[tuple[int, Suggestion]] = []
    known = [(one.label, one.route, one.icon, one.words) for one in entries_for(role)]
    known += [(one.label, one.route, one.icon, one.words) for one in COMMANDS if may(role, one.permission)]
    for label, route, icon, more in known:
        href = find(route)
        in_label, in_all = fold(label).split(), fold(f"{label} {more}").split()
        if href is not None and all(any(one.startswith(word) for one in in_all) for word in words):
            rank = 0 if all(any(one.startswith(word) for one in in_label) for word in words) else 1
            found.append((rank, Suggestion(label, href, icon)))
    return tuple(one for _rank, one in sorted(found, key=lambda pair: pair[0]))[: most if words else 40]
