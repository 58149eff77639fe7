"""A small HTTP server for ASGI apps that can do what the sandbox needs and a good server never would: hang up.

It listens on the loopback address only, starts and ends within the running event loop, and knows one message beside
ASGI's own: `connection.cut`, which aborts the connection as a failing network does. A client that goes away does
not stop the work: the gateway has taken the money by then.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import unquote

import h11
import structlog

log = structlog.get_logger(__name__)

type App = Callable[[Any, Any, Any], Awaitable[None]]
"""An ASGI app; its messages are dicts of many shapes, which each framework types in its own way."""

CUT: Mapping[str, str] = {"type": "connection.cut"}
HOST = "127.0.0.1"
_LARGEST_BODY = 4 * 1024 * 1024


class PortTaken(OSError):
    """Somebody else listens there."""


async def listen(
    on_connect: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], port: int
) -> asyncio.Server:
    """A TCP server on the loopback address. Port 0 takes a free one. Raises `PortTaken`."""
    try:
        return await asyncio.start_server(on_connect, HOST, port, backlog=256)
    except OSError as error:
        raise PortTaken(f"Port {port} on {HOST} is taken.") from error


class HttpServer:
    """Serves `app` until it is closed."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> int:
        """Listen, and answer the port. Raises `PortTaken`."""
        self._server = await listen(self._connect, port)
        return int(self._server.sockets[0].getsockname()[1])

    async def aclose(self) -> None:
        """End at once: open connections are cut, requests under way are cancelled."""
        if self._server is not None:
            self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        if self._server is not None:
            await self._server.wait_closed()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._converse(reader, writer)
        except (ConnectionError, h11.RemoteProtocolError, asyncio.CancelledError):
            # Gone, no HTTP, or the server ends: in each case there is nobody left to answer.
            pass
        except Exception:
            log.exception("sandbox.connection_failed")
        finally:
            self._connections.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        while True:
            request, body = await _read(connection, reader, writer)
            if request is None:
                return
            answer = _Answer(connection, writer)
            await self._app(_scope(request, writer), _receiver(body), answer.send)
            if answer.cut:
                return
            if connection.our_state in (h11.MUST_CLOSE, h11.CLOSED):
                return  # the client asked for one answer alone
            if connection.our_state is not h11.DONE:
                log.error("sandbox.unfinished_answer", target=request.target.decode("latin-1").partition("?")[0])
                return
            connection.start_next_cycle()


class _Answer:
    def __init__(self, connection: h11.Connection, writer: asyncio.StreamWriter) -> None:
        self._connection = connection
        self._writer = writer
        self.cut = False

    async def send(self, message: Any) -> None:
        if self.cut:
            return
        match message["type"]:
            case "http.response.start":
                headers = [(bytes(name), bytes(value)) for name, value in message.get("headers", [])]
                self._write(h11.Response(status_code=message["status"], headers=headers, reason=b""))
            case "http.response.body":
                self._write(h11.Data(data=message.get("body", b"")))
                if not message.get("more_body", False):
                    self._write(h11.EndOfMessage())
                await self._writer.drain()
            case "connection.cut":
                self.cut = True
                self._writer.transport.abort()

    def _write(self, event: h11.Event) -> None:
        data = self._connection.send(event)
        if data:
            self._writer.write(data)


async def _read(
    connection: h11.Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> tuple[h11.Request | None, bytes]:
    request: h11.Request | None = None
    body = bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            if connection.they_are_waiting_for_100_continue:
                writer.write(connection.send(h11.InformationalResponse(status_code=100, headers=[])) or b"")
            connection.receive_data(await reader.read(65536))
        elif isinstance(event, h11.Request):
            request = event
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > _LARGEST_BODY:
                raise h11.RemoteProtocolError("the body is too large")
        elif isinstance(event, h11.EndOfMessage):
            return request, bytes(body)
        else:
            return None, b""


def _scope(request: h11.Request, writer: asyncio.StreamWriter) -> dict[str, Any]:
    path, _, query = request.target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": request.http_version.decode("ascii"),
        "method": request.method.decode("ascii"),
        "scheme": "http",
        "path": unquote(path.decode("latin-1")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": [(name, value) for name, value in request.headers],
        "client": writer.get_extra_info("peername")[:2],
        "server": writer.get_extra_info("sockname")[:2],
    }


def _receiver(body: bytes) -> Callable[[], Awaitable[dict[str, Any]]]:
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive
