"""The whole web face for tests, spoken to over HTTP semantics in the test's own event loop."""

import asyncio
import os
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from app import factory
from app.factory import Shop
from app.runtime.settings import Settings

_IDLE: dict[tuple[object, ...], list[Shop]] = defaultdict(list)  # by their routes; making one takes long, see _shop
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_settings(database_url: str, redis_url: str, data_dir: Path, **more: str) -> Settings:
    """Settings of a shop on the test's database and Redis; `more` are environment names."""
    return Settings.read(
        {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": os.environ["SECRET_KEY"],
            "ENCRYPTION_KEYS": os.environ["ENCRYPTION_KEYS"],
            "DATA_DIR": str(data_dir),
            "LOG_LEVEL": "error",
            **more,
        }
    )


class Browser(httpx.AsyncClient):
    """An HTTP client that keeps cookies and sends what a browser sends; `shop` is the application behind it."""

    shop: Shop

    async def htmx(self, method: str, url: str, **options: Any) -> httpx.Response:
        """The same request as htmx makes it, for a fragment."""
        return await self.request(method, url, headers={**HTMX, **options.pop("headers", {})}, **options)


@asynccontextmanager
async def browser(database_url: str, redis_url: str, **more: str) -> AsyncIterator[Browser]:
    """Start the web face on these servers and open a browser on it."""
    with tempfile.TemporaryDirectory(prefix="stoa-test-") as folder:
        idle = _IDLE[tuple(factory.ROUTES)]
        shop = _shop(idle, test_settings(database_url, redis_url, Path(folder), **more))
        async with _running(shop), another_browser(shop) as client:
            yield client
        idle.append(shop)


def _shop(idle: list[Shop], settings: Settings) -> Shop:
    """One that no test uses any more, or a new one: making its routes takes longer than most tests."""
    if not idle:
        return Shop(settings)
    shop = idle.pop()
    shop.serve(settings)
    return shop


@asynccontextmanager
async def _running(shop: Shop) -> AsyncIterator[None]:
    """The shop's lifespan in a task of its own: it must end in the task it began in, and a fixture has two."""
    began: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    over = asyncio.Event()

    async def live() -> None:
        async with shop.lifespan():
            began.set_result(None)
            await over.wait()

    task = asyncio.create_task(live())
    await asyncio.wait([task, began], return_when=asyncio.FIRST_COMPLETED)
    try:
        if not task.done():
            yield
    finally:
        over.set()
        await task


@asynccontextmanager
async def another_browser(shop: Shop) -> AsyncIterator[Browser]:
    """One more browser, with cookies of its own, on the same running shop."""
    transport = httpx.ASGITransport(app=shop.asgi)  # type: ignore[arg-type]  # the two spell ASGI differently
    base_url = shop.litestar.state.settings.base_url
    async with Browser(transport=transport, base_url=base_url, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        client.shop = shop
        yield client
