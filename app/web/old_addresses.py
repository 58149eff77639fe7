"""Where nothing answers, an old address may lead on: asked only then, so it costs no page anything and hides none."""

from urllib.parse import quote

from litestar import Litestar
from litestar.types import Message, Scope
from sqlalchemy.exc import DBAPIError

from domains import content
from domains.kit import Actor, Database

_NOTHING_THERE = frozenset({404, 410})
_LED_ON = "led_on"  # in the scope's state: the body that follows is not sent
_FOR_AN_HOUR = b"public, max-age=3600"


async def leading_on(message: Message, scope: Scope) -> None:
    """Litestar's `before_send` hook: a 404 or 410 whose address leads somewhere becomes a 301 to there."""
    state = scope.get("state", {})
    if message["type"] == "http.response.body" and state.get(_LED_ON):
        message["body"] = b""
        return
    if (
        message["type"] != "http.response.start"
        or message["status"] not in _NOTHING_THERE
        or scope.get("method") not in {"GET", "HEAD"}
    ):
        return
    target = await _target(scope["app"], scope["path"])
    if target is None:
        return
    query = scope.get("query_string", b"").decode("latin-1")
    if query and "#" not in target:
        target += f"{'&' if '?' in target else '?'}{query}"
    state[_LED_ON] = True
    message["status"] = 301
    message["headers"] = [
        (b"location", target.encode("ascii")),
        (b"cache-control", _FOR_AN_HOUR),
        (b"content-length", b"0"),
    ]


async def _target(app: Litestar, path: str) -> str | None:
    db: Database = app.state.db
    try:
        async with db.transaction(Actor.guest()) as tx:
            found = await content.leads_to(tx, path)
    except (DBAPIError, OSError):  # the page that says so is being sent already
        return None
    return quote(found, safe="/%?#=&+,;:@!$'()*~-._[]") if found is not None else None
