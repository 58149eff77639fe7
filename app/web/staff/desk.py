"""What the layout of the back office shows around every page, and the sentence that is carried over a redirect.

Templates see it as `desk`. It costs no query: everything was loaded with the visitor.
"""

from typing import Any
from urllib.parse import quote, unquote

import msgspec
from litestar.datastructures import Cookie
from litestar.response import Response

from app.runtime.settings import Settings
from app.web.access import may
from app.web.htmx import AnyRequest
from app.web.staff.navigation import Group, navigation
from app.web.urls import Urls
from app.web.visitors import Visitor, cookie_name, known_visitor
from domains.kit import ActorKind

_LONGEST = 300


class Said(msgspec.Struct, frozen=True):
    """What has just been done: `kind` is success, info, warning or error."""

    kind: str
    words: str


class Desk(msgspec.Struct, frozen=True, kw_only=True):
    """The back office around a page, for one person."""

    role: str
    name: str
    navigation: tuple[Group, ...]
    is_test_mode: bool = False
    single_keys: bool = True
    said: Said | None = None

    def may(self, permission: str) -> bool:
        """Whether this person may do that: buttons that would be refused are not shown."""
        return may(self.role, permission)


def desk_of(request: AnyRequest) -> Desk | None:
    """The back office for who asks; none for anybody but staff on its pages."""
    visitor = known_visitor(request)
    if not request.url.path.startswith("/staff") or visitor is None or visitor.actor.kind is not ActorKind.STAFF:
        return None
    assert visitor.account is not None
    settings: Settings = request.app.state.settings
    return Desk(
        role=visitor.account.role,
        name=visitor.account.name,
        navigation=navigation(visitor.account.role, request.url.path, lambda name: address_of(request, name)),
        is_test_mode=settings.stripe_secret_key.startswith(("sk_test", "rk_test")),
        single_keys=has_single_keys(visitor),
        said=_said(request),
    )


def has_single_keys(visitor: Visitor) -> bool:
    """Whether single keys are shortcuts for this person; they are until switched off."""
    return bool(visitor.account is None or visitor.account.preferences.get("single_keys", True))


def say(request: AnyRequest, response: Response[Any], words: str, kind: str = "success") -> None:
    """Show `words` at the top of the page that this answer redirects to, once."""
    response.set_cookie(_cookie(request, quote(f"{kind}:{words[:_LONGEST]}"), max_age=60))


def forget_said(request: AnyRequest, response: Response[Any]) -> None:
    """The page has shown what was said."""
    response.set_cookie(_cookie(request, "", max_age=0))


def _said(request: AnyRequest) -> Said | None:
    kind, colon, words = unquote(request.cookies.get(cookie_name(request.app.state.settings, "said"), "")).partition(
        ":"
    )
    return Said(kind, words) if colon and kind in {"success", "info", "warning", "error"} and words else None


def _cookie(request: AnyRequest, value: str, *, max_age: int) -> Cookie:
    settings: Settings = request.app.state.settings
    return Cookie(
        key=cookie_name(settings, "said"),
        value=value,
        max_age=max_age,
        path="/",
        httponly=True,
        samesite="lax",
        secure=settings.secure_cookies,
    )


def address_of(request: AnyRequest, name: str, **params: Any) -> str | None:
    """The address of a route, or none for one that is not there."""
    urls: Urls = request.app.state.templates.globals["url"]
    return urls.find(name, **params)
