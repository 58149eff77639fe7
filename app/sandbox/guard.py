"""The sandbox answers this machine only, and takes no orders from other sites' pages."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from app.sandbox.serving import App

_LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def only_local(app: App) -> App:
    """Refuse a foreign Host (a name that was pointed at this machine) and writes sent by another site's page."""

    async def guarded(
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        if scope["type"] == "http" and not _allowed(scope):
            body = b"This server is for this machine only.\n"
            await send(
                {
                    "type": "http.response.start",
                    "status": 403,
                    "headers": [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())],
                }
            )
            await send({"type": "http.response.body", "body": body})
            return
        await app(scope, receive, send)

    return guarded


def _allowed(scope: MutableMapping[str, Any]) -> bool:
    headers = {bytes(name).lower(): bytes(value).decode("latin-1") for name, value in scope["headers"]}
    if not _is_local(f"//{headers.get(b'host', '')}"):
        return False
    if scope["method"] in _SAFE:
        return True
    if headers.get(b"sec-fetch-site") == "cross-site":
        return False
    origin = headers.get(b"origin")
    return origin is None or _is_local(origin)


def _is_local(url: str) -> bool:
    try:
        return urlsplit(url).hostname in _LOCAL_NAMES
    except ValueError:
        return False
