"""The cookie by which a guest's browser may see his orders: the newest tokens of their links, nothing else."""

from typing import Any

from litestar.datastructures import Cookie
from litestar.response import Response

from app.runtime.settings import Settings
from app.web.htmx import AnyRequest
from app.web.visitors import cookie_name
from domains.orders import ACCESS_DAYS, MOST_LINKS

_SEPARATOR = "."  # no letter of a URL-safe token
_TOKEN_LENGTH = range(20, 65)


def tokens(request: AnyRequest) -> list[str]:
    """The tokens this browser holds, newest first."""
    settings: Settings = request.app.state.settings
    held = request.cookies.get(cookie_name(settings, "orders"), "").split(_SEPARATOR)
    return [token for token in held if len(token) in _TOKEN_LENGTH][:MOST_LINKS]


def grant(request: AnyRequest, response: Response[Any], token: str) -> None:
    """Let this browser see the order that `token` opens; the oldest of more than ten is forgotten."""
    settings: Settings = request.app.state.settings
    held = [token, *(other for other in tokens(request) if other != token)][:MOST_LINKS]
    response.set_cookie(
        Cookie(
            key=cookie_name(settings, "orders"),
            value=_SEPARATOR.join(held),
            max_age=ACCESS_DAYS * 24 * 3600,
            path="/",
            httponly=True,
            samesite="lax",
            secure=settings.secure_cookies,
        )
    )
