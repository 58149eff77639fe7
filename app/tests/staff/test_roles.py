"""Who may do what in the back office: the merchant's own table, told apart from what the routes declare, and held
against every route there is.

`TABLE` is what was promised, `PLACES` says which row of it an address belongs to. A new address that no place knows
fails `test_every_route_has_its_place`: put it into its row here, and only then look what the route declares.
"""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import cache

import msgspec
import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from app.factory import ROUTES
from app.tests.staff.people import PASSWORD, code_of, member, staff_in
from app.web.access import Access, SecondFactorNeeded, require
from app.web.providers import PROVIDERS
from app.web.testing import Browser
from app.web.visitors import Visitor
from domains.accounts import AccountView, SessionView
from domains.kit import Actor, Forbidden, LogInNeeded, new_id

ROLES = ("owner", "manager", "support", "warehouse", "finance", "marketing")

# One column for each of ROLES, in their order.
TABLE = """
desk                 yes yes yes yes yes yes
orders.see           yes yes yes yes yes no
orders.serve         yes yes yes no  no  no
orders.act           yes yes no  no  no  no
orders.cancel        yes yes yes no  no  no
refunds              yes yes no  no  yes no
fulfilment.see       yes yes yes yes yes no
fulfilment.do        yes yes no  yes no  no
returns.see          yes yes yes yes yes no
returns.do           yes yes no  yes no  no
stock.see            yes yes yes yes yes yes
stock.do             yes yes no  yes no  no
catalogue.see        yes yes yes yes yes yes
catalogue.do         yes yes no  no  no  yes
prices.see           yes yes yes no  yes yes
prices.do            yes yes no  no  no  yes
customers.see        yes yes yes no  yes no
customers.do         yes yes yes no  no  no
customers.export     yes yes no  no  no  no
mails                yes yes yes no  no  no
reviews              yes yes yes no  no  yes
pages                yes yes no  no  no  yes
reports              yes yes no  no  yes no
reports.stock        yes yes no  yes yes no
reports.sales        yes yes no  no  yes yes
exports              yes yes no  no  yes no
exports.stock        yes yes no  yes yes no
exports.sales        yes yes no  no  yes yes
settings             yes yes no  no  no  no
tax.see              yes yes no  no  yes no
mail_texts           yes yes no  no  no  yes
staff.see            yes yes no  no  no  no
staff.do             yes no  no  no  no  no
audit                yes yes no  no  no  no
audit.money          yes yes no  no  yes no
"""

# Method and path to row; the first that fits counts. Beside the table's rows: `anybody`, `member` (whoever is logged
# in), `gateway` (who signs), `entering` (staff between password and code), `acting` (staff as a customer).
PLACES = (
    # the back office: coming in, and what everybody there has
    ("* /staff/second-factor*", "entering"),
    ("GET /staff", "desk"),
    ("* /staff/password", "desk"),
    ("* /staff/security*", "desk"),
    ("* /staff/search", "desk"),
    ("* /staff/shortcuts", "desk"),
    ("POST /staff/views*", "desk"),
    ("POST /staff/columns", "desk"),
    # orders and what follows them
    ("GET /staff/orders.csv", "exports"),
    ("GET /staff/drafts.csv", "exports"),
    ("* /staff/drafts*", "orders.act"),
    ("* /staff/orders/*/cancel*", "orders.cancel"),
    ("* /staff/orders/*/payment", "orders.act"),
    ("* /staff/orders/*/draft", "orders.act"),
    *((f"* /staff/orders/*/{what}*", "orders.serve") for what in ("notes", "address", "mails")),
    *((f"* /staff/orders/*/{what}", "returns.do") for what in ("returns", "return-window")),
    ("POST /staff/orders/*/downloads", "orders.serve"),
    ("* /staff/orders/*/refund*", "refunds"),
    ("GET /staff/orders*", "orders.see"),
    ("* /staff/refunds*", "refunds"),
    ("* /staff/fulfilment/carriers*", "settings"),
    ("POST /staff/fulfilment/*/cancelled-lines", "refunds"),
    # Whoever sees the list may send its form; each action in it asks for its own permission.
    ("POST /staff/fulfilment/bulk", "fulfilment.see"),
    ("GET /staff/fulfilment*", "fulfilment.see"),
    ("POST /staff/fulfilment*", "fulfilment.do"),
    ("GET /staff/returns*", "returns.see"),
    ("POST /staff/returns/*/refund*", "refunds"),
    ("POST /staff/returns/*/recall", "refunds"),
    ("POST /staff/returns*", "returns.do"),
    # goods
    ("GET /staff/stock*.csv", "exports.stock"),
    *((f"GET /staff/stock/{what}/new", "stock.do") for what in ("transfers", "purchases", "counts", "warehouses")),
    ("GET /staff/stock/warehouses/*", "stock.do"),
    ("GET /staff/stock*", "stock.see"),
    ("POST /staff/stock*", "stock.do"),
    ("* /staff/products.csv", "catalogue.do"),
    ("GET /staff/products/new", "catalogue.do"),
    ("GET /staff/products/bulk", "catalogue.do"),
    ("GET /staff/products/*/prices", "prices.see"),
    ("POST /staff/products/*/prices*", "prices.do"),
    ("GET /staff/products*", "catalogue.see"),
    ("POST /staff/products*", "catalogue.do"),
    ("GET /staff/categories*", "catalogue.see"),
    ("POST /staff/categories*", "catalogue.do"),
    ("* /staff/imports*", "catalogue.do"),
    # reports; marketing sees sales, in which nobody is named, the warehouse what its shelves are worth
    *((f"GET /staff/reports/{what}.csv", "exports") for what in ("tax", "payments")),
    *((f"* /staff/reports/{what}*", "reports") for what in ("tax", "payments", "reconciliation")),
    ("GET /staff/reports/stock*.csv", "exports.stock"),
    ("GET /staff/reports/stock*", "reports.stock"),
    ("GET /staff/reports*.csv", "exports.sales"),
    ("GET /staff/reports*", "reports.sales"),
    # the audit log
    ("GET /staff/audit.csv", "exports"),
    ("* /staff/audit/*/undo", "audit"),
    ("GET /staff/audit*", "audit.money"),
    # customers, and seeing the shop as one
    ("GET /staff/customers.csv", "customers.export"),
    ("GET /staff/customers*", "customers.see"),
    ("POST /staff/customers*", "customers.do"),
    ("POST /staff/acting/end", "acting"),
    # what customers say, and what they are told
    ("* /staff/reviews*", "reviews"),
    ("* /staff/messages*", "mails"),
    ("* /staff/mails*", "mails"),
    # what staff set
    *((f"* /staff/{what}*", "pages") for what in ("pages", "home-page")),
    ("GET /staff/settings", "tax.see"),
    ("GET /staff/settings/taxes", "tax.see"),
    ("GET /staff/settings/taxes.csv", "tax.see"),
    ("* /staff/settings/mails*", "mail_texts"),
    ("* /staff/settings*", "settings"),
    # people who work here
    ("* /staff/people/invite", "staff.do"),
    ("GET /staff/people*", "staff.see"),
    ("POST /staff/people*", "staff.do"),
    # the shop: its members
    *((f"* /account/{place}*", "anybody") for place in (
        "login", "logout", "register", "registered", "forgot", "reset", "set-password", "closed", "verified",
        "email/confirm", "email/kept", "email/keep",
    )),
    ("* /account/verify", "anybody"),
    ("* /account", "member"),
    ("* /account/*", "member"),
    # the shop: everybody
    ("GET /", "anybody"),
    *((f"* /{place}*", "anybody") for place in (
        "health/", "categories/", "products/", "collections", "search", "cart", "checkout", "pay/", "orders/",
        "downloads/", "wishlist", "withdrawal", "pages/", "media/", "sitemap", "robots.txt", "favicon.ico",
        "manifest.webmanifest", "demo/mails",
    )),
    ("POST /webhooks/carriers/*", "gateway"),
    ("POST /webhooks/stripe", "gateway"),
)  # fmt: skip


class Place(msgspec.Struct, frozen=True):
    """One way in: a method at a path, and what its route declares."""

    method: str
    path: str
    access: Access

    @property
    def told(self) -> str:
        return f"{self.method} {self.path}"


def rows() -> dict[str, frozenset[str]]:
    parts = [line.split() for line in TABLE.strip().splitlines()]
    return {
        row: frozenset(role for role, may in zip(ROLES, cells, strict=True) if may == "yes") for row, *cells in parts
    }


@cache
def places() -> tuple[Place, ...]:
    app = Litestar(route_handlers=ROUTES, dependencies=PROVIDERS, openapi_config=None)
    found = {
        (method, route.path): handler.opt.get("access", Access("undeclared"))
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler)
        for method in handler.http_methods - {"OPTIONS", "HEAD"}
    }
    return tuple(Place(method, path, access) for (method, path), access in sorted(found.items()))


def row_of(place: Place) -> str | None:
    return next((row for pattern, row in PLACES if fnmatchcase(place.told, pattern)), None)


def account(role: str) -> AccountView:
    return AccountView(
        id=new_id(), email="", first_name="", last_name="", phone=None, role=role, status="active",
        email_verified=True, created_at=datetime.now(UTC),
    )  # fmt: skip


def visitors() -> Iterator[tuple[str, Visitor]]:
    """Everybody who might stand before a route."""
    now = datetime.now(UTC)
    session = SessionView(account_id=new_id(), created_at=now, authenticated_at=now, expires_at=now)
    shopper = account("customer")
    yield "nobody", Visitor(Actor.guest())
    yield "customer", Visitor(Actor.customer(shopper.id), shopper, session)
    for role in ROLES:
        member_of_staff = account(role)
        yield role, Visitor(Actor.staff(member_of_staff.id, role), member_of_staff, session)
        yield f"{role} without a second factor", Visitor(Actor.guest(), session=session, entering=member_of_staff)
        yield (
            f"{role} as a customer",
            Visitor(Actor.customer(shopper.id), shopper, session, acting=member_of_staff),
        )


def promised(row: str, who: str) -> bool:
    role, _, how = who.partition(" ")
    if row in ("anybody", "gateway"):
        return True
    if role == "nobody":
        return False
    if how == "without a second factor":
        return row == "entering"
    if row == "member":
        return True
    if how == "as a customer":
        return row == "acting"
    if role == "customer":
        return False
    return row == "entering" or (row != "acting" and role in rows()[row])


def test_every_route_has_its_place() -> None:
    unknown = [place.told for place in places() if row_of(place) is None]

    assert not unknown, (
        f"{', '.join(unknown)}: say in PLACES of app/tests/staff/test_roles.py to which row of the table each belongs"
    )


def test_every_route_lets_in_whom_the_table_lets_in_and_nobody_else() -> None:
    wrong = []
    for who, visitor in visitors():
        for place in places():
            try:
                require(place.access, visitor)
            except (Forbidden, LogInNeeded, SecondFactorNeeded):
                is_let_in = False
            else:
                is_let_in = True
            row = row_of(place)
            if row is not None and is_let_in != promised(row, who):
                wrong.append(f"{place.told} is {'open' if is_let_in else 'closed'} to {who}; the table's {row} is not")

    assert wrong == []


def test_what_declares_nothing_lets_nobody_in() -> None:
    for who, visitor in visitors():
        if who != "nobody":
            with pytest.raises((Forbidden, SecondFactorNeeded)):
                require(Access("undeclared"), visitor)
    with pytest.raises(LogInNeeded):
        require(Access("undeclared"), Visitor(Actor.guest()))


def addresses() -> Iterator[tuple[Place, str]]:
    """Every address of the back office, with something in its placeholders."""
    for place in places():
        if not place.path.startswith("/staff") or place.access.kind != "staff":
            continue
        parts = [
            part if not part.startswith("{") else str(new_id()) if part.endswith(":uuid}") else "1"
            for part in place.path.split("/")
        ]
        yield place, "/".join(parts)


async def test_over_http_every_route_of_the_back_office_turns_away_whom_the_table_turns_away(
    shop: Browser,
) -> None:
    let_in = rows()
    async with staff_in(shop.shop, "support", second_factor=False) as halfway:
        for place, address in list(addresses())[::4]:
            stranger = await shop.request(place.method, address)
            entering = await halfway.request(place.method, address)

            assert stranger.status_code == 303, place.told
            assert stranger.headers["location"].startswith("/account/login"), place.told
            assert entering.status_code == 303, place.told
            assert entering.headers["location"].startswith("/staff/second-factor"), place.told
    async with AsyncExitStack() as logged_in:
        clerks = {role: await logged_in.enter_async_context(staff_in(shop.shop, role)) for role in ROLES}
        for number, (place, address) in enumerate(addresses()):
            refused_roles = [role for role in ROLES if role not in let_in.get(row_of(place) or "", ROLES)]
            if refused_roles:
                role = refused_roles[number % len(refused_roles)]
                refused = await clerks[role].request(place.method, address)

                assert refused.status_code == 403, f"{place.told} as {role}: {refused.status_code}"
                assert "You do not have access to this" in refused.text


async def test_before_the_second_factor_only_its_pages_and_the_way_out_are_open(shop: Browser, live_db) -> None:
    await member(live_db, "owner", enrolled=False)
    await shop.post("/account/login", data={"email": "owner@example.com", "password": PASSWORD})

    own = {path: await shop.get(path) for path in ("/account", "/account/profile", "/staff/password", "/staff/people")}
    sent = await shop.post("/account/password", data={"current_password": PASSWORD, "password": "nine quiet owls"})
    enrolling = await shop.get("/staff/second-factor/enrol")
    code = await code_of(live_db)
    guessed = await shop.post("/staff/second-factor/enrol", data={"code": code})
    left = await shop.post("/account/logout")

    assert {answer.headers["location"].partition("?")[0] for answer in own.values()} == {"/staff/second-factor"}
    assert sent.headers["location"].startswith("/staff/second-factor")
    assert (enrolling.status_code, "authenticator app" in enrolling.text) == (200, True)
    assert guessed.status_code == 422
    assert left.status_code == 303
    assert (await shop.get("/staff/second-factor")).headers["location"].startswith("/account/login")
