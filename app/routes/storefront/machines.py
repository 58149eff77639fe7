"""What machines fetch: pictures, the sitemap, and which pages crawlers may read."""

import re
from collections.abc import Iterable
from datetime import datetime
from xml.sax.saxutils import escape

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import json

from app.routes.storefront.catalog import READER
from app.routes.storefront.structured import absolute
from app.runtime.static_files import ROOT as STATIC
from app.web.access import PUBLIC
from app.web.htmx import AnyRequest
from domains import catalog, content
from domains.catalog import CONTENT_TYPES, CategoryNode, NotStored, Storage
from domains.kit import Database, Transaction

PER_FILE = 40_000  # the protocol allows 50,000
_KEY = re.compile(r"[0-9a-f]{64}\.(?P<kind>[a-z]{3,4})")
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Pages that are somebody's own, and lists in other orders or narrowed: nothing to find there that is not elsewhere.
_NARROWED = ("sort=", "brand=", "category=", "price_", "in_stock=", "reduced=", "rating=", "a.", "o.")
_PRIVATE = (
    *("/account", "/api/", "/cart", "/checkout", "/orders/", "/pay/", "/search", "/staff"),
    *(f"/*{sign}{name}" for name in _NARROWED for sign in "?&"),
)

type Entry = tuple[str, datetime | None]


@get("/media/{key:str}", name="media.show", access=PUBLIC)
async def show_media(request: AnyRequest, storage: NamedDependency[Storage], key: FromPath[str]) -> Response[bytes]:
    shape = _KEY.fullmatch(key)
    if shape is None or shape["kind"] not in CONTENT_TYPES:
        raise catalog.MediaNotFound
    etag = f'"{key.partition(".")[0]}"'
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": etag,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": "inline",
    }
    if etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    try:
        content = await storage.get(key)
    except NotStored as error:
        raise catalog.MediaNotFound from error
    return Response(content, media_type=CONTENT_TYPES[shape["kind"]], headers=headers)


@get("/sitemap.xml", name="sitemap", access=PUBLIC)
async def sitemap(request: AnyRequest, db: NamedDependency[Database]) -> Response[bytes]:
    """One list, or for a large catalogue a list of lists."""
    async with db.transaction(READER) as tx:
        count = await catalog.count_products(tx)
        if count <= PER_FILE:
            pages = [
                *_shelves(request, await catalog.tree(tx)),
                *await _words(request, tx),
                *await _products(request, tx, 1),
            ]
            return _xml(_urls(pages))
    numbers = range(1, -(-count // PER_FILE) + 1)
    parts = [absolute(request, "sitemap.part", part="categories")]
    parts += [absolute(request, "sitemap.part", part=f"products-{number}") for number in numbers]
    return _xml(_index(parts))


@get("/sitemaps/{part:str}", name="sitemap.part", access=PUBLIC)
async def sitemap_part(request: AnyRequest, db: NamedDependency[Database], part: FromPath[str]) -> Response[bytes]:
    number = re.fullmatch(r"products-([1-9][0-9]{0,3})", part)
    async with db.transaction(READER) as tx:
        if number is not None:
            return _xml(_urls(await _products(request, tx, int(number[1]))))
        if part != "categories":
            raise catalog.CategoryNotFound
        return _xml(_urls([*_shelves(request, await catalog.tree(tx)), *await _words(request, tx)]))


@get("/robots.txt", name="robots", access=PUBLIC, media_type="text/plain", sync_to_thread=False)
def robots(request: AnyRequest) -> Response[str]:
    refused = [f"Disallow: {path}" for path in _PRIVATE]
    lines = ["User-agent: *", *refused, "", f"Sitemap: {absolute(request, 'sitemap')}"]
    return Response("\n".join(lines) + "\n", media_type="text/plain", headers=_FOR_AN_HOUR)


_FOR_AN_HOUR = {"Cache-Control": "public, max-age=3600"}
_FOR_A_DAY = {"Cache-Control": "public, max-age=86400"}
_ICON = (STATIC / "img" / "favicon.ico").read_bytes()


async def _products(request: AnyRequest, tx: Transaction, number: int) -> list[Entry]:
    rows = await catalog.sitemap_entries(tx, start=(number - 1) * PER_FILE, limit=PER_FILE)
    return [(absolute(request, "products.show", slug=slug), changed) for slug, changed in rows]


async def _words(request: AnyRequest, tx: Transaction) -> list[Entry]:
    return [(absolute(request, "pages.show", slug=entry.slug), None) for entry in await content.published(tx)]


def _shelves(request: AnyRequest, nodes: Iterable[CategoryNode]) -> list[Entry]:
    def below(nodes: Iterable[CategoryNode]) -> Iterable[Entry]:
        for node in nodes:
            yield absolute(request, "categories.show", slug=node.slug), None
            yield from below(node.children)

    return [(absolute(request, "home"), None), *below(nodes)]


def _urls(entries: Iterable[Entry]) -> str:
    def one(address: str, changed: datetime | None) -> str:
        when = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
        return f"<url><loc>{escape(address)}</loc>{when}</url>"

    return f'<urlset xmlns="{_NAMESPACE}">{"".join(one(*entry) for entry in entries)}</urlset>'


def _index(addresses: Iterable[str]) -> str:
    parts = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>" for address in addresses)
    return f'<sitemapindex xmlns="{_NAMESPACE}">{parts}</sitemapindex>'


def _xml(body: str) -> Response[bytes]:
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()
    return Response(content, media_type="application/xml", headers=_FOR_AN_HOUR)


@get("/favicon.ico", name="favicon", access=PUBLIC, sync_to_thread=False)
def favicon() -> Response[bytes]:
    """For whatever asks without reading the page; browsers take the mark that the page names."""
    return Response(_ICON, media_type="image/x-icon", headers=_FOR_A_DAY)


@get("/manifest.webmanifest", name="manifest", access=PUBLIC, sync_to_thread=False)
def manifest(request: AnyRequest) -> Response[bytes]:
    """What a phone needs to keep the shop on its home screen."""
    shell = request.app.state.shell()
    static = request.app.state.templates.globals["static"]
    described = {
        "name": shell.name,
        "short_name": shell.name[:12],
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#fbf9f5",
        "theme_color": "#fbf9f5",
        "icons": [
            {"src": static(f"img/mark-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
            for size in (192, 512)
        ],
    }
    return Response(json.encode(described), media_type="application/manifest+json", headers=_FOR_AN_HOUR)


ROUTES = [favicon, manifest, show_media, sitemap, sitemap_part, robots]
