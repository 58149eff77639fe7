"""Who is asking: loaded once per request, and only by routes that want to know.

Cacheable pages never ask, so they read no cookie. A visitor gets a session only by logging in, and the cookie of a cart
or a wish list only by adding the first thing.
"""

import hashlib
from typing import Any
from uuid import UUID

import msgspec
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie

from app.runtime.settings import Settings
from app.web.client import client_address
from domains import accounts
from domains.kit import Actor, Database

_STATE_KEY = "stoa.visitor"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_CART_LIFE = 30 * 24 * 3600
_CHECKOUT_LIFE = 24 * 3600
_WISHLIST_LIFE = 365 * 24 * 3600


class Visitor(msgspec.Struct, frozen=True):
    """The one who asks. The tokens are as the cookies had them; `actor` is who acts.

    Staff are nobody until their second factor has passed: a guest, of whom `entering` says who he says he is.
    `acting` is the member of staff who looks at the shop as the customer `account`.
    """

    actor: Actor
    account: accounts.AccountView | None = None
    session: accounts.SessionView | None = None
    entering: accounts.AccountView | None = None
    acting: accounts.AccountView | None = None
    session_token: str = ""
    cart_token: str = ""
    wishlist_token: str = ""

    @property
    def account_id(self) -> UUID | None:
        return self.account.id if self.account else None


async def load_visitor(connection: ASGIConnection[Any, Any, Any, Any]) -> Visitor:
    """The visitor of this request; a session that ended or whose account was suspended makes a guest of him."""
    known = known_visitor(connection)
    if known is not None:
        return known
    settings: Settings = connection.app.state.settings
    cookies = connection.cookies
    session_token = cookies.get(cookie_name(settings, "session"), "")
    cart_token = cookies.get(cookie_name(settings, "cart"), "")
    key = visitor_key(client_address(connection.scope))
    wishlist_token = cookies.get(cookie_name(settings, "wishlist"), "")
    visitor = Visitor(Actor.guest(key), cart_token=cart_token, wishlist_token=wishlist_token)
    if session_token:
        db: Database = connection.app.state.db
        async with db.transaction(visitor.actor) as tx:
            found = await accounts.logged_in(tx, session_token)
            if found is not None:
                session, account = found
                tx.actor = Actor.staff(account.id, account.role) if session.acting_as else tx.actor
                customer = await accounts.account(tx, session.acting_as) if session.acting_as else None
                if customer is not None and connection.scope.get("method") not in _READING:
                    await accounts.record_act(tx, customer.id, str(connection.route_handler.name))
                who = _who(key, session, account, customer)
                visitor = msgspec.structs.replace(visitor, session=session, session_token=session_token, **who)
    remember_visitor(connection, visitor)
    return visitor


def _who(
    key: str, session: accounts.SessionView, account: accounts.AccountView, customer: accounts.AccountView | None
) -> dict[str, Any]:
    if not account.is_staff:
        return {"actor": Actor.customer(account.id, key), "account": account}
    if session.second_factor_at is None:
        return {"entering": account}
    if customer is not None and customer.status == "active":
        actor = msgspec.structs.replace(Actor.customer(customer.id, key), name=f"staff {account.id}")
        return {"actor": actor, "account": customer, "acting": account}
    return {"actor": Actor.staff(account.id, account.role), "account": account}


def remember_visitor(connection: ASGIConnection[Any, Any, Any, Any], visitor: Visitor) -> None:
    """The visitor is another one from here on, in this request: his session goes on under a new id."""
    connection.scope.setdefault("state", {})[_STATE_KEY] = visitor


def known_visitor(connection: ASGIConnection[Any, Any, Any, Any]) -> Visitor | None:
    """The visitor, where this request has loaded him already."""
    known = connection.scope.get("state", {}).get(_STATE_KEY)
    return known if isinstance(known, Visitor) else None


def visitor_key(address: str) -> str:
    """An opaque key for caps per visitor: a hash of the client's network (IPv6 by /64), never the address itself."""
    network = ":".join(address.split(":")[:4]) if ":" in address else address
    return hashlib.sha256(f"visitor {network}".encode()).hexdigest()[:32]


def cookie_name(settings: Settings, name: str) -> str:
    """`__Host-` binds a cookie to this host and path; it needs `Secure`, so plain-HTTP development goes without."""
    return f"__Host-{name}" if settings.secure_cookies else name


def session_cookie(settings: Settings, token: str) -> Cookie:
    """The cookie of a session, until the browser closes or the session's 24 hours end."""
    return _cookie(settings, "session", token, max_age=24 * 3600)


def cart_cookie(settings: Settings, token: str) -> Cookie:
    """The cookie of a cart, 30 days from its last change."""
    return _cookie(settings, "cart", token, max_age=_CART_LIFE)


def wishlist_cookie(settings: Settings, token: str) -> Cookie:
    """The cookie of a guest's wish list, a year from its last change."""
    return _cookie(settings, "wishlist", token, max_age=_WISHLIST_LIFE)


def checkout_cookie(settings: Settings, token: str) -> Cookie:
    """The cookie of a checkout: who is logged out on the way, or whose cart has no cookie, goes on where he was."""
    return _cookie(settings, "checkout", token, max_age=_CHECKOUT_LIFE)


def acting_cookie(settings: Settings) -> Cookie:
    """Beside the session's: pages that are the same for everybody know by it to show the banner to this one."""
    return _cookie(settings, "acting", "1", max_age=24 * 3600)


def has_acting_cookie(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    """Whether this browser looks at the shop as a customer, for pages that load nobody. It opens nothing."""
    return bool({"acting", "__Host-acting"} & connection.cookies.keys())


def ended_cookie(settings: Settings, name: str) -> Cookie:
    """Take the cookie `session`, `cart`, `wishlist`, `checkout` or `acting` away."""
    return _cookie(settings, name, "", max_age=0)


def _cookie(settings: Settings, name: str, value: str, *, max_age: int, path: str = "/") -> Cookie:
    return Cookie(
        key=cookie_name(settings, name),
        value=value,
        max_age=max_age,
        path=path,
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )
