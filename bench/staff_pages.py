"""Every page of the back office by its route, with something of the shop to show on it: for who measures or looks.

A new page without placeholders is found by itself. One with placeholders needs a line in `EXAMPLES`, which
`bench/tests/test_backoffice.py` asks for.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from app.factory import ROUTES
from app.web.providers import PROVIDERS

_PLACEHOLDER = re.compile(r"\{(\w+):\w+\}")

# What answers no page of its own: files, parts of pages, ways to a page, and what stands before a page.
NOT_PAGES: Final = re.compile(
    r"\.(csv|pdf|svg|json)$|/documents/|/media/|^/staff/second-factor|^/staff/password$|^/staff/fulfilment/(counts|open)$"
)

_DEAREST = "FROM orders.orders WHERE status = 'delivered' ORDER BY total_cents DESC, id LIMIT 1"

# The beginning of a path to a query for what stands in its placeholders; the longest beginning that fits counts.
EXAMPLES: Final[dict[str, str]] = {
    "/staff/audit/{entry:uuid}": "SELECT id AS entry FROM audit.entries ORDER BY undo_kind IS NULL, id DESC LIMIT 1",
    "/staff/categories/{category_id:uuid}": "SELECT id AS category_id FROM catalog.categories ORDER BY name LIMIT 1",
    "/staff/customers/{id:uuid}": (
        "SELECT id FROM accounts.accounts a WHERE role = 'customer' ORDER BY"
        " EXISTS (SELECT FROM orders.orders o WHERE o.user_id = a.id) DESC, id LIMIT 1"
    ),
    "/staff/drafts/{code:str}": (
        "SELECT 'D' || d.number AS code FROM checkout.drafts d JOIN checkout.checkouts c ON c.id = d.checkout_id"
        " ORDER BY c.status = 'open' DESC, d.number DESC LIMIT 1"
    ),
    "/staff/fulfilment/{number:str}": (
        "SELECT number FROM fulfilment.shipments WHERE status <> 'called_off' ORDER BY created_at DESC, id LIMIT 1"
    ),
    "/staff/home-page/sections/{section_id:str}": (
        # A shop that has made none of its own has the usual page, which begins so.
        "SELECT coalesce((SELECT coalesce(draft, sections) -> 0 ->> 'id' FROM content.home), 'welcome') AS section_id"
    ),
    "/staff/mails/{id:uuid}": (
        "SELECT id FROM notifications.notifications ORDER BY status = 'failed' DESC, created_at DESC, id LIMIT 1"
    ),
    "/staff/pages/menus/{menu:str}": "SELECT 'header' AS menu",
    "/staff/messages/{id:uuid}": (
        "SELECT id FROM content.messages ORDER BY state = 'open' DESC, created_at DESC, id LIMIT 1"
    ),
    "/staff/reports/reconciliation/{day:str}": (
        "SELECT CAST(day AS text) AS day FROM payments.comparisons ORDER BY day DESC LIMIT 1"
    ),
    "/staff/reviews/{id:uuid}": (
        "SELECT id FROM reviews.reviews ORDER BY status = 'pending' DESC, created_at DESC, id LIMIT 1"
    ),
    "/staff/imports/{import_id:uuid}": "SELECT id AS import_id FROM transfer.imports ORDER BY id DESC LIMIT 1",
    "/staff/orders/{number:str}": f"SELECT order_number AS number {_DEAREST}",
    "/staff/orders/{number:str}/address": (
        "SELECT order_number AS number FROM orders.orders WHERE status = 'confirmed' ORDER BY created_at DESC LIMIT 1"
    ),
    "/staff/pages/{page_id:uuid}": "SELECT id AS page_id FROM content.pages ORDER BY slug LIMIT 1",
    "/staff/people/{member:uuid}": (
        "SELECT id AS member FROM accounts.accounts WHERE role <> 'customer' ORDER BY role = 'owner', id LIMIT 1"
    ),
    "/staff/products/{product_id:uuid}": (
        "SELECT product_id FROM catalog.variants GROUP BY product_id ORDER BY count(*) DESC, product_id LIMIT 1"
    ),
    "/staff/refunds/{refund_id:uuid}": (
        "SELECT id AS refund_id FROM returns.refunds ORDER BY status = 'given', id DESC LIMIT 1"
    ),
    "/staff/returns/{number:str}": (
        "SELECT number FROM returns.returns ORDER BY status = 'received' DESC, created_at DESC, id LIMIT 1"
    ),
    "/staff/settings/mails/{template:str}": "SELECT 'order_confirmation' AS template",
    "/staff/settings/shipping/methods/{method:uuid}": "SELECT id AS method FROM shipping.methods ORDER BY id LIMIT 1",
    "/staff/settings/shipping/zones/{zone:uuid}": "SELECT id AS zone FROM shipping.zones ORDER BY id LIMIT 1",
    "/staff/settings/taxes/{rate:uuid}": "SELECT id AS rate FROM pricing.tax_rates ORDER BY id LIMIT 1",
    "/staff/stock/counts/{count:uuid}": (
        "SELECT id AS count FROM inventory.stock_counts ORDER BY created_at DESC, id LIMIT 1"
    ),
    "/staff/stock/purchases/{purchase:uuid}": (
        "SELECT id AS purchase FROM inventory.purchase_orders ORDER BY status = 'ordered' DESC, created_at, id LIMIT 1"
    ),
    "/staff/stock/transfers/{transfer:uuid}": (
        "SELECT id AS transfer FROM inventory.transfers ORDER BY created_at DESC, id LIMIT 1"
    ),
    "/staff/stock/warehouses/{warehouse:uuid}": (
        "SELECT id AS warehouse FROM inventory.warehouses ORDER BY code LIMIT 1"
    ),
    "/staff/stock/{variant:uuid}": (
        "SELECT variant_id AS variant FROM inventory.stock_movements GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    ),
}


@cache
def addresses() -> tuple[str, ...]:
    """Every path of the back office that can be opened."""
    app = Litestar(route_handlers=ROUTES, dependencies=PROVIDERS, openapi_config=None)
    return tuple(sorted({
        route.path
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler) and "GET" in handler.http_methods
        if re.match(r"/staff(/|$)", route.path)
    }))  # fmt: skip


def paths() -> tuple[str, ...]:
    """Every path of the back office that answers a page."""
    return tuple(path for path in addresses() if not NOT_PAGES.search(path))


def query_of(path: str) -> str | None:
    """What finds something for the path's placeholders; nothing where it has none. Raises `KeyError` if none does."""
    if "{" not in path:
        return None
    fitting = [start for start in EXAMPLES if path == start or path.startswith(f"{start}/")]
    if not fitting:
        raise KeyError(f"{path}: give it a line in EXAMPLES of bench/staff_pages.py")
    return EXAMPLES[max(fitting, key=len)]


def filled(path: str, found: Mapping[str, object]) -> str:
    """The path with its placeholders filled."""
    return _PLACEHOLDER.sub(lambda place: str(found[place[1]]), path)


def name_of(path: str) -> str:
    """The page's name in a table or a file: `staff-orders-number-refund`."""
    return "-".join(_PLACEHOLDER.sub(lambda place: place[1], path).strip("/").split("/"))
