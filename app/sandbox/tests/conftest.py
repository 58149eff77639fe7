"""A sandbox per test, and a shop's webhook that hears it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest

from app.sandbox.serving import HOST, HttpServer
from app.sandbox.testing import Sandbox, running_sandbox


class Ear:
    """A webhook endpoint that remembers what it heard and answers as it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[bytes, str]] = []
        self.refusals = 0
        self.url = ""

    @property
    def types(self) -> list[str]:
        return [event["type"] for event in self.events]

    @property
    def events(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(body, type=dict[str, Any]) for body, _ in self.heard]

    async def hears(self, number: int, *, within: float = 8.0) -> None:
        """Wait until so many were heard."""
        for _ in range(int(within / 0.02)):
            if len(self.heard) >= number:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{len(self.heard)} of {number} webhooks: {self.types}")

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = (await receive())["body"]
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        status = 200
        if self.refusals > 0:
            self.refusals -= 1
            status = 503
        else:
            self.heard.append((body, headers["stripe-signature"]))
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    ear = Ear()
    server = HttpServer(ear)
    ear.url = f"http://{HOST}:{await server.start()}/webhooks/stripe"
    yield ear
    await server.aclose()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as sandbox:
        yield sandbox


@pytest.fixture
async def heard_sandbox(ear: Ear) -> AsyncIterator[Sandbox]:
    async with running_sandbox(webhook_url=ear.url) as sandbox:
        yield sandbox
