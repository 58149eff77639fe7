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

from app.web.visitors import load_visitor
from domains.kit import ActorKind, Forbidden, LogInNeeded

ROLES = ("owner", "manager", "support", "warehouse", "finance", "marketing")

# What the staff roles may do so far; each area of the back office adds its verbs with its pages.
PERMISSIONS: dict[str, frozenset[str]] = {
    "desk.see": frozenset(ROLES),
}


class Access(msgspec.Struct, frozen=True):
    """What a route asks for. `signed` routes prove their caller themselves (a webhook's signature)."""

    kind: str
    permission: str = ""


PUBLIC = Access("public")
CUSTOMER = Access("customer")
SIGNED = Access("signed")


def staff(permission: str) -> Access:
    """For staff whose role has `permission`. Raises `KeyError` for one that the table does not know."""
    PERMISSIONS[permission]
    return Access("staff", permission)


class AccessUndeclared(RuntimeError):
    """A route does not say who may reach it."""


async def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Litestar guard of every route. Raises `LogInNeeded` or `Forbidden`."""
    access: Access = handler.opt["access"]
    if access.kind in {"public", "signed"}:
        return
    visitor = await load_visitor(connection)
    if visitor.account is None:
        raise LogInNeeded
    if access.kind == "staff" and (
        visitor.actor.kind is not ActorKind.STAFF or visitor.actor.role not in PERMISSIONS[access.permission]
    ):
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
