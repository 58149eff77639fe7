"""A wire between the shop and PostgreSQL that can be cut at the worst moment: around a COMMIT."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

import msgspec

_COMMIT = b"COMMIT;"


class Cut(StrEnum):
    """What becomes of the COMMIT; whoever sent it sees the same broken connection."""

    BEFORE = "the server never hears it"
    AFTER = "the server does it and its answer is lost"


class Wire(msgspec.Struct):
    """Cuts at the `at`-th COMMIT that passes; `passed` counts them."""

    how: Cut
    at: int
    url: str = ""
    passed: int = 0
    was_cut: bool = False


@asynccontextmanager
async def wire_to(url: str, *, how: Cut, at: int) -> AsyncIterator[Wire]:
    """The address of a wire to the database at `url`, which is cut once."""
    parts = urlsplit(url)
    wire = Wire(how, at)
    running: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there = await asyncio.open_connection(parts.hostname, parts.port)
        doomed = asyncio.Event()
        up = asyncio.create_task(_up(wire, reader, there, doomed))
        down = asyncio.create_task(_down(there_reader, writer, doomed))
        running.update((up, down))
        await asyncio.wait((up, down), return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, there):
            end.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    user, _at, _host = parts.netloc.rpartition("@")
    wire.url = urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{port}" if user else f"127.0.0.1:{port}"))
    try:
        yield wire
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _up(wire: Wire, reader: asyncio.StreamReader, there: asyncio.StreamWriter, doomed: asyncio.Event) -> None:
    while sent := await reader.read(65536):
        if _COMMIT in sent:
            wire.passed += 1
            if wire.passed == wire.at:
                wire.was_cut = True
                if wire.how is Cut.BEFORE:
                    return
                doomed.set()
        there.write(sent)
        await there.drain()


async def _down(there: asyncio.StreamReader, writer: asyncio.StreamWriter, doomed: asyncio.Event) -> None:
    while answered := await there.read(65536):
        if doomed.is_set():
            return  # the server has done it; nobody hears of it
        writer.write(answered)
        await writer.drain()
