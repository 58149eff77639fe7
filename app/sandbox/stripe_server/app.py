"""The sandbox as one ASGI app: the API, the pages, and the levers."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from litestar import Litestar, Request, Response, asgi

from app.sandbox.guard import only_local
from app.sandbox.stripe_server import controls, pages
from app.sandbox.stripe_server.api import Api, Receive, Send
from app.sandbox.stripe_server.bank import refunds
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.errors import ApiError
from app.sandbox.stripe_server.faults import Faults
from app.sandbox.stripe_server.history import DATABASE
from app.sandbox.stripe_server.store import Store
from app.sandbox.stripe_server.webhooks import Announcer

log = structlog.get_logger(__name__)


class StripeServer:
    """Open between `open()` and its end; `base_url` must be set before the first request that makes links."""

    def __init__(
        self,
        *,
        data_dir: Path | None,
        secret_key: str,
        publishable_key: str,
        webhook_secret: str,
        webhook_url: str | None,
    ) -> None:
        store = Store(":memory:" if data_dir is None else data_dir / DATABASE)
        faults = Faults()
        announcer = Announcer(store, faults, url=webhook_url, secret=webhook_secret)
        self.house = House(store, faults, announcer)
        self.api = Api(self.house, secret_key=secret_key, publishable_key=publishable_key)
        self.publishable_key = publishable_key
        self.app = only_local(self._app())

    @property
    def base_url(self) -> str:
        return self.house.base_url

    @base_url.setter
    def base_url(self, url: str) -> None:
        self.house.base_url = url

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Deliver webhooks and let time pass until the block ends."""
        self.house.announcer.start()
        ticking = asyncio.create_task(self._tick())
        try:
            yield
        finally:
            ticking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await ticking
            await self.house.announcer.aclose()
            self.house.store.close()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(0.5)
            try:
                refunds.settle_due(self.house)
            except Exception:
                log.exception("sandbox.tick_failed")

    def _app(self) -> Litestar:
        @asgi("/v1", is_mount=True, copy_scope=True)
        async def api(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
            await self.api(scope, receive, send)

        return Litestar(
            route_handlers=[api, *pages.handlers(self.house), *controls.handlers(self.house, self.api)],
            exception_handlers={ApiError: _refused},
            openapi_config=None,
            logging_config=None,
        )


def _refused(_: Request[Any, Any, Any], error: ApiError) -> Response[Any]:
    return Response({"error": error.error}, status_code=error.status)
