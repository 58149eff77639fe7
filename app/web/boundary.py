"""The outermost layer: what holds for every request and every answer, also for those that no route takes.

In order: trace id, client address, canonical host, HEAD as GET, cross-site writes refused, static files, then the
application; on the way out security headers, compression and one line in the access log.
"""

import gzip
import re
import time
from collections.abc import Sequence
from typing import Any

import structlog
import zstandard

from app.runtime.settings import Settings
from app.web.client import networks, resolve_client
from app.web.headers import security_headers
from domains.kit.tracing import traced

log = structlog.get_logger(__name__)

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
KNOWN = SAFE | {"POST", "PUT", "PATCH", "DELETE"}
_COMPRESSIBLE = (b"text/", b"application/json", b"application/xml", b"image/svg", b"application/manifest")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{40,}")  # what a mailed link carries must not stand in a log
_WORTH_IT = 1000  # bytes; smaller answers fit into one packet anyway


class Boundary:
    """ASGI wrapper around the application; `static` serves everything under its prefix."""

    def __init__(
        self,
        app: Any,
        settings: Settings,
        *,
        static: Any,
        exempt: Sequence[str] = ("/webhooks/", "/api/"),
    ) -> None:
        self._app = app
        self._static = static
        self._hosts = frozenset(host.lower() for host in settings.allowed_hosts)
        self._origin = settings.base_url.lower()
        self._trusted = networks(settings.trusted_proxies)
        self._headers = security_headers(settings)
        self._exempt = tuple(exempt)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name, value)
        with traced() as trace:
            resolve_client(scope, self._trusted)
            answer = _Answer(send, scope, headers, self._headers, trace)
            started = time.perf_counter()
            try:
                await self._answer(scope, receive, answer, headers)
            finally:
                if not scope["path"].startswith(("/static/", "/health/")):
                    log.info(
                        "request",
                        method=answer.method,
                        path=_TOKEN.sub("[token]", scope["path"][:200]),
                        status=answer.status,
                        ms=round((time.perf_counter() - started) * 1000, 1),
                    )

    async def _answer(self, scope: Any, receive: Any, send: "_Answer", headers: dict[bytes, bytes]) -> None:
        method = scope["method"]
        if method not in KNOWN:
            await _plain(send, 405, "Method not allowed.")
            return
        if not self._is_ours(headers.get(b"host", b"")):
            await _plain(send, 400, "This shop does not answer to that host name.")
            return
        if method not in SAFE and not scope["path"].startswith(self._exempt) and self._is_cross_site(headers):
            await _plain(send, 403, "This request came from another site and was refused. Open the shop and try again.")
            return
        if method == "HEAD":
            scope["method"] = "GET"
        if scope["path"].startswith(self._static.prefix):
            await self._static(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_ours(self, host: bytes) -> bool:
        name = host.decode("latin-1").lower()
        name = name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]
        return "*" in self._hosts or name in self._hosts

    def _is_cross_site(self, headers: dict[bytes, bytes]) -> bool:
        """By `Sec-Fetch-Site`, else by an exact `Origin`; a write with a cookie and neither is refused too."""
        site = headers.get(b"sec-fetch-site")
        if site is not None:
            return site not in (b"same-origin", b"none")
        origin = headers.get(b"origin")
        if origin is not None:
            own = f"{self._origin.partition('://')[0]}://{headers.get(b'host', b'').decode('latin-1').lower()}"
            return origin.decode("latin-1").lower() not in {own, self._origin}
        return b"cookie" in headers


class _Answer:
    """Wraps `send`: adds the headers that are missing, compresses a whole body, drops the body for HEAD."""

    def __init__(
        self,
        send: Any,
        scope: Any,
        headers: dict[bytes, bytes],
        security: list[tuple[bytes, bytes]],
        trace: str,
    ) -> None:
        self._send = send
        self._security = security
        self._trace = trace
        self._accepts = headers.get(b"accept-encoding", b"")
        self.method = scope["method"]
        self.status = 500
        self._start: dict[str, Any] | None = None

    async def __call__(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._start = message
            return
        if message["type"] == "http.response.body" and self._start is not None:
            start, self._start = self._start, None
            headers = list(start["headers"])
            body = bytes(message.get("body", b""))
            if not message.get("more_body", False):
                body = self._compressed(headers, body)
            present = {name.lower() for name, _ in headers}
            headers += [(name, value) for name, value in self._security if name not in present]
            if b"cache-control" not in present:
                headers.append((b"cache-control", b"private, no-store"))
            headers.append((b"x-request-id", self._trace.encode()))
            await self._send({**start, "headers": headers})
            if self.method == "HEAD":
                body = b""
            await self._send({**message, "body": body})
            return
        if self.method == "HEAD" and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)

    def _compressed(self, headers: list[tuple[bytes, bytes]], body: bytes) -> bytes:
        known = {name.lower(): value for name, value in headers}
        kind = known.get(b"content-type", b"")
        if len(body) < _WORTH_IT or b"content-encoding" in known or not kind.startswith(_COMPRESSIBLE):
            return body
        if b"zstd" in self._accepts:
            encoding, packed = b"zstd", zstandard.ZstdCompressor(level=3).compress(body)
        elif b"gzip" in self._accepts:
            encoding, packed = b"gzip", gzip.compress(body, 4, mtime=0)
        else:
            return body
        vary = known.get(b"vary")
        headers[:] = [(n, v) for n, v in headers if n.lower() not in (b"content-length", b"vary")]
        headers.append((b"vary", b"Accept-Encoding" + (b", " + vary if vary else b"")))
        headers.append((b"content-encoding", encoding))
        headers.append((b"content-length", str(len(packed)).encode()))
        return packed


async def _plain(send: "_Answer", status: int, text: str) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(b"content-type", b"text/plain; charset=utf-8")],
        }
    )
    await send({"type": "http.response.body", "body": text.encode(), "more_body": False})
