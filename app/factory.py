"""The composition root of the web face: every router and every shared thing, listed by hand."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from typing import Any

from litestar import Litestar
from litestar.types import ASGIApp, ControllerRouterHandler
from redis.asyncio import Redis

from app.routes import demo, health, staff
from app.routes.storefront import (
    account,
    cart,
    catalog,
    checkout,
    home,
    machines,
    moved,
    orders,
    pages,
    returns,
    reviews,
    search,
    wishlist,
)
from app.routes.webhooks import carriers, stripe
from app.runtime.documents import DocumentPrinter, Logo
from app.runtime.gateways import open_carriers, open_gateway
from app.runtime.media import open_files, open_papers, open_storage
from app.runtime.settings import Settings
from app.runtime.static_files import StaticFiles
from app.runtime.templates import environment, kept_compiled
from app.web.access import guard, require_declared
from app.web.boundary import Boundary
from app.web.errors import show_error
from app.web.freshness import bring_the_cookie
from app.web.limits import Limiter
from app.web.old_addresses import leading_on
from app.web.providers import PROVIDERS
from app.web.shells import ShellKeeper, refresh_shell
from app.web.staff.cells import cell
from app.web.urls import Urls
from domains.catalog import NotStored, Storage
from domains.kit import Database
from domains.kit.crypto import Keyring, use_keyring

ROUTES: Sequence[ControllerRouterHandler] = [
    *health.ROUTES,
    *home.ROUTES,
    *catalog.ROUTES,
    *moved.ROUTES,
    *search.ROUTES,
    *cart.ROUTES,
    *checkout.ROUTES,
    *account.ROUTES,
    *orders.ROUTES,
    *returns.ROUTES,
    *wishlist.ROUTES,
    *reviews.ROUTES,
    *pages.ROUTES,
    *stripe.ROUTES,
    *carriers.ROUTES,
    *machines.ROUTES,
    *staff.ROUTES,
    *demo.ROUTES,
]

_PAPER_WIDTH = 640  # pixels of a logo: sharp on paper, and small in the file
MAX_BODY = 1_000_000  # bytes; no form of the shop comes near


class Shop:
    """The web face: `asgi` answers requests, `lifespan()` opens and closes what it uses."""

    def __init__(self, settings: Settings, *, reload: bool = False) -> None:
        self._urls = Urls()
        self._static = StaticFiles(reload=True) if reload else _built_files()
        self.litestar = Litestar(
            route_handlers=ROUTES,
            dependencies=PROVIDERS,
            guards=[guard],
            exception_handlers={Exception: show_error},
            lifespan=[_resources],
            before_request=refresh_shell,
            before_send=[leading_on, bring_the_cookie],
            request_max_body_size=MAX_BODY,
            openapi_config=None,
            logging_config=None,  # ours are set by the entry point; Litestar's own would replace them
        )
        require_declared(self.litestar.routes)
        self._urls.collect(self.litestar.routes)
        self._templates = environment(
            url=self._urls, static=self._static.url, regional=lambda: self.litestar.state.shell(), reload=reload
        )
        self._templates.globals.update(as_cell=cell, maybe_url=self._urls.find)
        self.asgi: ASGIApp = self._serving(settings)

    def serve(self, settings: Settings) -> None:
        """Be the shop of other `settings`, between two lifespans: what a process makes once is kept.

        The routes take most of the time that making a shop takes. The tests serve hundreds of shops one after another.
        """
        self.asgi = self._serving(settings)

    def _serving(self, settings: Settings) -> ASGIApp:
        use_keyring(Keyring.parse(settings.encryption_keys))
        shells = ShellKeeper(settings, self._urls)
        if not self._templates.auto_reload:
            self._templates.bytecode_cache = kept_compiled(settings.data_dir / "templates")
        state = self.litestar.state
        state.settings = settings
        state.shells = shells
        state.shell = shells.current
        state.templates = self._templates
        state.printer = DocumentPrinter(regional=shells.current, logo=lambda: _logo(self.litestar, shells))
        return Boundary(self.litestar, settings, static=self._static)

    def lifespan(self) -> AbstractAsyncContextManager[None]:
        """Open the pool, Redis, the gateway and the media store; close them at the end."""
        return self.litestar.lifespan()


async def _logo(app: Litestar, shells: ShellKeeper) -> Logo | None:
    """The shop's logo as papers show it."""
    picture = shells.current().logo
    if picture is None:
        return None
    storage: Storage = app.state.storage
    try:
        content = await storage.get(picture.key_for(_PAPER_WIDTH))
    except NotStored:
        return None
    return Logo(content, picture.width, picture.height)


@cache
def _built_files() -> StaticFiles:
    """The style sheets and scripts, built once per process: they are the same for every application in it."""
    return StaticFiles()


@asynccontextmanager
async def _resources(app: Litestar) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    db = Database.connect(settings.database_url, name="stoa web")
    redis = Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=1)
    gateway = open_gateway(settings)
    app.state.db = db
    app.state.redis = redis
    app.state.gateway = gateway
    app.state.carriers = open_carriers(settings)
    app.state.storage = open_storage(settings)
    app.state.files = open_files(settings)
    app.state.papers = open_papers(settings)
    app.state.limiter = Limiter(settings.redis_url)
    try:
        yield
    finally:
        await gateway.aclose()
        await redis.aclose()
        await db.dispose()


def create_app(settings: Settings, *, reload: bool = False) -> Any:
    """The ASGI application for a server, lifespan included."""
    shop = Shop(settings, reload=reload)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await (shop.litestar if scope["type"] == "lifespan" else shop.asgi)(scope, receive, send)

    return app
