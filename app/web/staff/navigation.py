"""The side navigation of the back office: one literal table, shown as far as the role's permissions go.

An entry whose route is not there yet is left out. The icon names one of `templates/components/icons.html`.
"""

from collections.abc import Callable

import msgspec

from app.web.access import may
from domains.kit.i18n import gettext as _


class Entry(msgspec.Struct, frozen=True):
    """A page of the back office by its route; `key` is what opens it after `g`, `words` what the command bar finds."""

    label: str
    route: str
    permission: str
    group: str
    icon: str
    key: str = ""
    words: str = ""


SELLING, GOODS, PEOPLE, SHOP = _("Selling"), _("Goods"), _("People"), _("Shop")

NAVIGATION: tuple[Entry, ...] = (
    Entry(_("Overview"), "staff.home", "desk.see", "", "home", "h", _("dashboard start figures today")),
    Entry(_("Orders"), "staff.orders", "orders.see", SELLING, "receipt", "o", _("sales purchases")),
    Entry(_("Draft orders"), "staff.drafts", "orders.act", SELLING, "pencil", "", _("pay link phone order")),
    Entry(_("Fulfilment"), "staff.fulfilment", "fulfilment.see", SELLING, "truck", "f", _("pick pack ship parcels")),
    Entry(_("Returns"), "staff.returns", "returns.see", SELLING, "return", "r", _("withdrawals goods back")),
    Entry(_("Refunds"), "staff.refunds", "refunds.see", SELLING, "card", "", _("money back approve")),
    Entry(_("Products"), "staff.products", "catalogue.see", GOODS, "tag", "p", _("catalogue variants prices pictures")),
    Entry(_("Categories"), "staff.categories", "catalogue.see", GOODS, "menu", "", _("catalogue tree")),
    Entry(_("Stock"), "staff.stock", "stock.see", GOODS, "box", "s", _("inventory warehouses levels")),
    Entry(_("Imports"), "staff.imports", "catalogue.do", GOODS, "download", "", _("csv shopify upload")),
    Entry(_("Customers"), "staff.customers", "customers.see", PEOPLE, "users", "c", _("accounts people")),
    Entry(_("Reviews"), "staff.reviews", "reviews.do", PEOPLE, "star", "", _("ratings stars answers")),
    Entry(_("Messages"), "staff.messages", "mails.do", PEOPLE, "mail", "m", _("contact questions")),
    Entry(_("Mails"), "staff.mails", "mails.do", PEOPLE, "history", "", _("notifications log resend")),
    Entry(_("Reports"), "staff.reports", "reports.sales", SHOP, "calendar", "", _("sales tax figures")),
    Entry(_("Stock report"), "staff.reports.stock", "reports.stock", SHOP, "package", "", _("stock value")),
    Entry(_("Home page"), "staff.home_page", "pages.do", SHOP, "home", "", _("sections banners pictures front")),
    Entry(_("Pages"), "staff.pages", "pages.do", SHOP, "image", "", _("content texts terms imprint")),
    Entry(
        _("Mail texts"), "staff.settings.mails", "mail_texts.do", SHOP, "mail", "", _("words subject opening templates")
    ),
    Entry(_("Settings"), "staff.settings", "tax.see", SHOP, "settings", ",", _("shop tax shipping warehouses")),
    Entry(_("Staff"), "staff.people", "staff.see", SHOP, "shield", "", _("roles team permissions")),
    Entry(_("Audit log"), "staff.audit", "audit.money", SHOP, "eye", "", _("trace history undo who did what")),
)


class Place(msgspec.Struct, frozen=True):
    """An entry as a page shows it."""

    label: str
    href: str
    icon: str
    is_here: bool
    key: str


class Group(msgspec.Struct, frozen=True):
    """Entries under one head; the first group has none."""

    label: str
    places: tuple[Place, ...]


def entries_for(role: str | None) -> tuple[Entry, ...]:
    """What the role may open."""
    return tuple(entry for entry in NAVIGATION if may(role, entry.permission))


def navigation(role: str | None, here: str, find: Callable[[str], str | None]) -> tuple[Group, ...]:
    """The groups for this role at the address `here`; `find` gives a route's address, or none for one not there."""
    shown = [(entry, href) for entry in entries_for(role) if (href := find(entry.route)) is not None]
    fitting = [href for _entry, href in shown if here == href or here.startswith(f"{href}/")]
    nearest = max(fitting, key=len, default="")
    groups: dict[str, list[Place]] = {}
    for entry, href in shown:
        groups.setdefault(entry.group, []).append(Place(entry.label, href, entry.icon, href == nearest, entry.key))
    return tuple(Group(label, tuple(places)) for label, places in groups.items())
