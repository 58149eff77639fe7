"""The settings at a glance: one entry for each page, shown as far as the role goes."""

from typing import Any

import msgspec
from litestar import get
from litestar.di import NamedDependency

from app.web.access import may, staff
from app.web.htmx import AnyRequest
from app.web.page import Page, page, url_for
from app.web.visitors import Visitor
from domains import desk, inventory, pricing, shipping, store
from domains.kit import Database
from domains.kit.i18n import gettext as _


class Entry(msgspec.Struct, frozen=True):
    """A page of the settings, and in a few words how things stand there."""

    title: str
    words: str
    href: str
    now: str = ""
    is_wrong: bool = False


# The page of each group of fields, and what is told of it.
_PAGES = (
    (_("Shop"), _("Name, logo, address, time zone, tax number"), "staff.settings.shop", "settings.do"),
    (_("Selling"), _("Countries, currency, prices, returns, refunds, files"), "staff.settings.selling", "settings.do"),
    (_("Mail addresses"), _("Who sends, who answers, who is alerted"), "staff.settings.addresses", "settings.do"),
    (_("Tax"), _("Classes of goods and rates by place"), "staff.settings.taxes", "tax.see"),
    (_("Delivery"), _("Zones, ways to deliver, what they cost"), "staff.settings.shipping", "settings.do"),
    (_("Warehouses"), _("Where goods lie and orders are sent from"), "staff.stock.warehouses", "settings.do"),
    (_("Switches"), _("Close the shop, pause checkout, and more"), "staff.settings.switches", "settings.do"),
    (_("Stuck work"), _("What failed in the background, to be tried again"), "staff.settings.failures", "settings.do"),
)


@get("/staff/settings", name="staff.settings", access=staff("tax.see"))
async def show(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    async with db.transaction(visitor.actor) as tx:
        shop = await store.shop(tx)
        off = await store.switched_off(tx)
        rates = len(await pricing.every_tax_rate(tx))
        zones = len(await shipping.zones(tx, currency=shop.currency))
        houses = [house for house in await inventory.warehouses(tx) if house.is_active]
        stuck = await desk.count_stuck(tx)
    now: dict[str, Any] = {
        "staff.settings.shop": shop.name,
        "staff.settings.selling": _("{count} countries, {currency}").format(
            count=len(shop.countries), currency=shop.currency
        ),
        "staff.settings.addresses": shop.sender_email,
        "staff.settings.taxes": _("{count} rates").format(count=rates),
        "staff.settings.shipping": _("{count} zones").format(count=zones),
        "staff.stock.warehouses": _("{count} open").format(count=len(houses)),
        "staff.settings.switches": _("{count} switched off").format(count=len(off)) if off else _("all on"),
        "staff.settings.failures": _("{count} waiting").format(count=stuck) if stuck else _("nothing"),
    }
    wrong = {"staff.settings.switches": bool(off), "staff.settings.failures": bool(stuck)}
    entries = [
        Entry(title, words, url_for(request, route), now[route], wrong.get(route, False))
        for title, words, route, permission in _PAGES
        if may(visitor.actor.role, permission)
    ]
    return page(request, "staff/settings/index.html", entries=entries)


ROUTES = [show]
