"""What is switched off answers with words instead of a page: which switch keeps which addresses, one literal table.

Asked before every request, of the shell that was just read: a switch that was turned counts for the next request.
Staff go on seeing the shop while it is closed; what comes back from a bank is always let in.
"""

from fnmatch import fnmatchcase

from app.web.htmx import AnyRequest
from app.web.visitors import load_visitor
from domains.kit import ActorKind, Unavailable
from domains.kit.i18n import gettext as _
from domains.store import Switch

# Method and path, in which * is anything.
KEPT: dict[Switch, tuple[tuple[str, str], ...]] = {
    Switch.SHOP: (("*", "*"),),
    Switch.CHECKOUT: (("*", "/checkout"), ("*", "/checkout/*")),
    Switch.REGISTRATION: (("*", "/account/register"),),
    Switch.REVIEWS: (("*", "/orders/*/reviews/*"),),
    Switch.CONTACT: (("POST", "/pages/contact"),),
}
# What stays open whatever is switched off: staff and how they come in, machines, and the way back from the bank.
ALWAYS = (
    *("/staff", "/staff/*", "/account/login", "/account/logout", "/account/forgot*", "/account/reset/*"),
    *("/account/set-password", "/health/*", "/webhooks/*", "/media/*", "/robots.txt", "/checkout/return", "/demo/*"),
    *("/withdrawal*", "/favicon.ico", "/manifest.webmanifest"),
)


class SwitchedOff(Unavailable):
    """Staff have switched this off for now."""

    code = "switched_off"
    retry_after = 600

    def __init__(self, title: str, hint: str, actions: tuple[tuple[str, str], ...]) -> None:
        super().__init__(title, hint)
        self.actions = actions


_WORDS = {
    Switch.SHOP: (
        _("The shop is closed for a moment."),
        _("We are working on it and will be back soon. Orders that were placed are safe."),
    ),
    Switch.CHECKOUT: (_("Checkout is paused for a moment."), _("Your cart is kept. Please try again a little later.")),
    Switch.REGISTRATION: (
        _("New accounts cannot be made right now."),
        _("You can order without one; or try again later."),
    ),
    Switch.REVIEWS: (_("Reviews cannot be written right now."), _("Please try again later.")),
    Switch.CONTACT: (
        _("The contact form is closed right now."),
        _("You find our mail address and phone number in the imprint."),
    ),
}
# Where to go on from there; without one, the same page is tried again.
_ACTIONS = {
    Switch.CHECKOUT: ((_("Back to cart"), "/cart"),),
    Switch.REGISTRATION: ((_("Go on shopping"), "/"),),
    Switch.REVIEWS: ((_("To the home page"), "/"),),
    Switch.CONTACT: ((_("To the home page"), "/"),),
}


async def refuse_switched_off(request: AnyRequest, off: frozenset[Switch]) -> None:
    """Raises `SwitchedOff` for an address that a switch keeps while it is off."""
    path = request.url.path
    if not off or any(fnmatchcase(path, open_one) for open_one in ALWAYS):
        return
    for switch in sorted(off):
        if not any(method in {"*", request.method} and fnmatchcase(path, kept) for method, kept in KEPT[switch]):
            continue
        if switch is Switch.SHOP and (await load_visitor(request)).actor.kind is ActorKind.STAFF:
            continue
        actions = _ACTIONS.get(switch) or ((_("Try again"), path if request.method == "GET" else "/"),)
        raise SwitchedOff(*_WORDS[switch], actions)
