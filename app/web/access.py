"""Who may reach a route, declared where the route is: `@get("/cart", name="cart.show", access=PUBLIC)`.

Closed by default: an application with a route that declares nothing does not start, and a test walks all routes.
Roles and what they may do are one literal table.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.routes.base import BaseRoute

from app.web.freshness import require_fresh
from app.web.visitors import Visitor, load_visitor
from domains.kit import ActorKind, DomainError, Forbidden, LogInNeeded
from domains.kit.i18n import gettext as _

ROLES = ("owner", "manager", "support", "warehouse", "finance", "marketing")


def _may(letters: str) -> frozenset[str]:
    """The roles with these initials; finance and marketing are f and k."""
    initials = dict(zip("omswfk", ROLES, strict=True))
    return frozenset(initials[letter] for letter in letters)


# What each role may do in the back office: o owner, m manager, s support, w warehouse, f finance, k marketing.
PERMISSIONS: dict[str, frozenset[str]] = {
    "desk.see": _may("omswfk"),
    "orders.see": _may("omswf"),
    # Notes, another address, mails again.
    "orders.serve": _may("oms"),
    # Draft orders, "it is paid".
    "orders.act": _may("om"),
    # Support only before picking; whoever cancels asks `fulfilment` for that.
    "orders.cancel": _may("oms"),
    "refunds.see": _may("omf"),
    "refunds.give": _may("omf"),
    "fulfilment.see": _may("omswf"),
    "fulfilment.do": _may("omw"),
    "returns.see": _may("omswf"),
    "returns.do": _may("omw"),
    "stock.see": _may("omswfk"),
    "stock.do": _may("omw"),
    "catalogue.see": _may("omswfk"),
    "catalogue.do": _may("omk"),
    "prices.see": _may("omsfk"),
    "prices.do": _may("omk"),
    "customers.see": _may("omsf"),
    "customers.do": _may("oms"),
    "customers.export": _may("om"),
    "mails.do": _may("oms"),
    "reviews.do": _may("omsk"),
    "pages.do": _may("omk"),
    "reports.see": _may("omf"),
    "reports.stock": _may("omwf"),
    "reports.sales": _may("omfk"),
    "exports.take": _may("omf"),
    "exports.stock": _may("omwf"),
    "exports.sales": _may("omfk"),
    "settings.do": _may("om"),
    "tax.see": _may("omf"),
    "mail_texts.do": _may("omk"),
    "staff.see": _may("om"),
    "staff.do": _may("o"),
    "audit.see": _may("om"),
    "audit.money": _may("omf"),
}


class Access(msgspec.Struct, frozen=True):
    """What a route asks for. `signed` routes prove their caller themselves (a webhook's signature); a `fresh` one
    wants a password typed within the last quarter of an hour."""

    kind: str
    permission: str = ""
    fresh: bool = False


PUBLIC = Access("public")
CUSTOMER = Access("customer")
# Staff whose password was right and whose second factor is still to come, on the pages where it comes.
ENTERING = Access("entering")
# A member of staff who looks at the shop as a customer, on his way back.
ACTING = Access("acting")
SIGNED = Access("signed")


def staff(permission: str, *, fresh: bool = False) -> Access:
    """For staff whose role has `permission`. Raises `KeyError` for one that the table does not know."""
    PERMISSIONS[permission]
    return Access("staff", permission, fresh)


def may(role: str | None, permission: str) -> bool:
    """Whether this role may do that, for pages that show only what can be done."""
    return role in PERMISSIONS[permission]


class AccessUndeclared(RuntimeError):
    """A route does not say who may reach it."""


# What nobody does for a customer while looking at the shop as he does: pay, and change how he comes in.
NOT_AS_ANOTHER = frozenset(
    {
        "checkout.pay",
        "paylink.pay",
        "account.password.change.post",
        "account.email.change",
        "account.email.withdraw",
        "account.sessions.end",
        "account.close.post",
    }
)


class ActingForbidden(Forbidden):
    """Only the customer himself does that."""

    code = "acting_forbidden"
    title = _("Only the customer can do that.")
    hint = _("You look at the shop as a customer. Leave that first, or ask the customer to do it.")


class SecondFactorNeeded(DomainError):
    """The password was right; the second factor has not passed."""

    code = "second_factor_needed"


async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Litestar guard of every route. Raises `LogInNeeded`, `SecondFactorNeeded`, `Forbidden` or `PasswordNeeded`."""
    access: Access = handler.opt["access"]
    if handler.name in NOT_AS_ANOTHER and (await load_visitor(connection)).acting is not None:
        raise ActingForbidden
    if access.kind in {"public", "signed"}:
        return
    visitor = await load_visitor(connection)
    require(access, visitor)
    if access.fresh:
        await require_fresh(connection, visitor)


def require(access: Access, visitor: Visitor) -> None:
    """See to it that `visitor` may come in at `access`. Raises `LogInNeeded`, `SecondFactorNeeded` or `Forbidden`."""
    if access.kind in {"public", "signed"}:
        return
    if visitor.entering is not None:
        if access.kind != "entering":
            raise SecondFactorNeeded
        return
    if visitor.account is None:
        raise LogInNeeded
    if access.kind == "customer":
        return
    is_staff = visitor.actor.kind is ActorKind.STAFF
    allowed = {
        "acting": visitor.acting is not None,
        "entering": is_staff,
        "staff": is_staff and access.permission in PERMISSIONS and may(visitor.actor.role, access.permission),
    }.get(access.kind, False)
    if not allowed:
        raise Forbidden


def require_declared(routes: Iterable[BaseRoute]) -> None:
    """Refuse to start with a route that does not declare its access. Raises `AccessUndeclared` naming all of them."""
    handlers = [handler for route in routes for handler in getattr(route, "route_handlers", [])]
    bare = {
        f"{handler.name or handler} ({', '.join(sorted(handler.paths))})"
        for handler in handlers
        if isinstance(handler, HTTPRouteHandler)
        and not isinstance(handler.opt.get("access"), Access)
        # Litestar answers OPTIONS by itself; it shows nothing but the allowed methods.
        and handler.http_methods != {"OPTIONS"}
    }
    if bare:
        raise AccessUndeclared("no access declared for: " + "; ".join(sorted(bare)))
