"""Files that were bought: from the order's page, from the account, and by the link of a mail.

A link leads to a page with a button: what looks at links by itself (a mail scanner, a preview) takes no download.
"""

from collections.abc import AsyncIterator
from urllib.parse import quote
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream

from app.web.access import CUSTOMER, PUBLIC
from app.web.htmx import AnyRequest
from app.web.order_access import tokens
from app.web.page import Page, page
from app.web.visitors import Visitor
from domains import downloads, orders
from domains.catalog import FileStore
from domains.downloads import DownloadOver, GrantNotFound, GrantView
from domains.kit import Database

_MOST_SHOWN = 100


@get("/downloads/{token:str}", name="downloads.show", access=PUBLIC)
async def show(
    request: AnyRequest, token: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page:
    async with db.transaction(visitor.actor) as tx:
        found = await downloads.by_token(tx, token)
    return page(request, "orders/download.html", download=found, token=token, status=410 if found.is_over else 200)


@post("/downloads/{token:str}", name="downloads.take_by_link", access=PUBLIC)
async def take_by_link(
    request: AnyRequest, token: FromPath[str], db: NamedDependency[Database], visitor: NamedDependency[Visitor]
) -> Page | Stream:
    try:
        async with db.transaction(visitor.actor) as tx:
            found = await downloads.by_token(tx, token)
            taken = await downloads.take(tx, found.id)
    except DownloadOver:
        return page(request, "orders/download.html", download=found, token=token, status=410)
    return send(request, taken)


@post("/orders/{number:str}/downloads/{grant_id:uuid}", name="downloads.take", access=PUBLIC)
async def take(
    request: AnyRequest,
    number: FromPath[str],
    grant_id: FromPath[UUID],
    db: NamedDependency[Database],
    visitor: NamedDependency[Visitor],
) -> Page | Stream:
    """For who owns the order or holds a link to it; to all others there is no such order."""
    try:
        async with db.transaction(visitor.actor) as tx:
            order = await orders.visible(tx, number, account_id=visitor.account_id, tokens=tokens(request))
            found = next((one for one in await downloads.of_order(tx, order.id) if one.id == grant_id), None)
            if found is None:
                raise GrantNotFound
            taken = await downloads.take(tx, grant_id)
    except DownloadOver:
        return page(request, "orders/download.html", download=found, token="", status=410)
    return send(request, taken)


@get("/account/downloads", name="account.downloads", access=CUSTOMER)
async def of_account(request: AnyRequest, db: NamedDependency[Database], visitor: NamedDependency[Visitor]) -> Page:
    assert visitor.account_id is not None  # the guard has seen to it
    async with db.transaction(visitor.actor) as tx:
        bought = await orders.with_files(tx, visitor.account_id, limit=_MOST_SHOWN)
        found = await downloads.of_orders(tx, list(bought))
    return page(request, "account/downloads.html", downloads=found, orders=bought)


def send(request: AnyRequest, taken: GrantView) -> Stream:
    """The file itself: always to be kept, never to be shown in the page's own name."""
    store: FileStore = request.app.state.files
    name = taken.file.name
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._- ") else "_" for letter in name)
    return Stream(
        _pieces(store, taken.file.key),
        media_type="application/octet-stream",
        status_code=200,
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Length": str(taken.file.bytes),
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )


async def _pieces(store: FileStore, key: str) -> AsyncIterator[bytes]:
    async for piece in store.chunks(key):
        yield piece


ROUTES = [show, take_by_link, take, of_account]
