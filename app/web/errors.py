"""One handler for everything that is raised: a page, a fragment or JSON, each saying what happened and what to do next.

Every answer carries the reference id under which the logs have it; none shows a stack, a path or a query.
"""

from typing import Any

import structlog
from litestar.exceptions import HTTPException
from litestar.response import Response
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.web import htmx
from app.web.access import SecondFactorNeeded
from app.web.freshness import PasswordNeeded
from app.web.page import PRIVATE, page, redirect, url_for
from app.web.switches import SwitchedOff
from domains.kit import Conflict, DomainError, Forbidden, Invalid, LogInNeeded, NotFound, TooMany, Unavailable
from domains.kit.i18n import gettext as _
from domains.kit.tracing import current_trace

log = structlog.get_logger(__name__)

_STATUS: tuple[tuple[type[DomainError], int], ...] = (
    (NotFound, 404),
    (Invalid, 422),
    (TooMany, 429),
    (Unavailable, 503),
    (LogInNeeded, 401),
    (SecondFactorNeeded, 401),
    (Forbidden, 403),
    (Conflict, 409),
)
_HTTP_TEXT = {
    400: (_("We could not read that request."), _("Go back, reload the page and try again.")),
    401: (_("Please log in."), ""),
    403: (_("You do not have access to this."), ""),
    404: (_("We could not find that page."), _("Search for what you need, or go on from the home page.")),
    405: (_("That does not work here."), _("Go back and use the buttons of the page.")),
    413: (_("That is too large."), _("Send less and try again.")),
    422: (_("There is a problem"), _("Check what you entered and try again.")),
    429: (_("Too many tries."), _("Please wait a moment.")),
    503: (_("The shop is not available right now."), _("Please try again in a minute. Your cart is kept.")),
}


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 409)


def show_error(request: htmx.AnyRequest, error: Exception) -> Response[Any]:
    """Litestar's exception handler for every kind of exception."""
    headers: dict[str, str] = {}
    fields: dict[str, str] = {}
    actions: tuple[tuple[str, str], ...] = ()
    if isinstance(error, LogInNeeded) and not _wants_json(request):
        back = _address(request) if request.method == "GET" else ""
        return redirect(request, url_for(request, "account.login", next=back or None))
    if isinstance(error, SecondFactorNeeded) and not _wants_json(request):
        back = _address(request) if request.method == "GET" else ""
        return redirect(request, url_for(request, "staff.second_factor", next=back or None))
    if isinstance(error, PasswordNeeded):
        return _ask_password(request, error)
    if isinstance(error, DomainError):
        status, title, hint, code = status_of(error), error.title, error.hint, error.code
        fields = error.fields if isinstance(error, Invalid) else {}
        if isinstance(error, TooMany | Unavailable):
            headers["Retry-After"] = str(error.retry_after)
        actions = error.actions if isinstance(error, SwitchedOff) else ()
        log.info("refused", code=code, status=status)
    elif isinstance(error, HTTPException):
        status = error.status_code if error.status_code in _HTTP_TEXT else 400 if error.status_code < 500 else 500
        title, hint = _HTTP_TEXT.get(status, _internal())
        code = f"http_{status}"
        if status == 500:
            log.error("failed", exc_info=error)
    elif _is_database_down(error):
        status, code = 503, "unavailable"
        title, hint = _HTTP_TEXT[503]
        headers["Retry-After"] = "10"
        log.error("database.unavailable", error=type(error).__name__)
    else:
        status, code = 500, "internal"
        title, hint = _internal()
        log.error("failed", exc_info=error)
    answer = _render(request, status=status, title=title, hint=hint, fields=fields, code=code, actions=actions)
    answer.headers.update(headers)
    return answer


def _address(request: htmx.AnyRequest) -> str:
    """What was asked for, with its filters and its page."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _ask_password(request: htmx.AnyRequest, error: PasswordNeeded) -> Response[Any]:
    """The page that asks, with what was sent in it."""
    to = _address(request)
    if request.method == "GET":
        return redirect(request, url_for(request, "staff.password", next=to))
    status = 422 if error.errors else 401
    answer = page(
        request,
        "staff/access/password_again.html",
        fragment="asking",
        status=status,
        to=to,
        kept=error.sent,
        errors=error.errors,
        can_be_kept=error.can_be_kept,
    )
    if htmx.wants_fragment(request):
        htmx.retarget(answer, "#main", "innerHTML")
    return answer


def _internal() -> tuple[str, str]:
    return (
        _("Something went wrong on our side."),
        _("Nothing was lost. Please try again; if it happens again, tell us the reference below."),
    )


def _render(
    request: htmx.AnyRequest,
    *,
    status: int,
    title: str,
    hint: str,
    fields: dict[str, str],
    code: str,
    actions: tuple[tuple[str, str], ...] = (),
) -> Response[Any]:
    reference = current_trace()
    if _wants_json(request):
        problem = {
            "type": f"about:blank#{code}",
            "title": title,
            "status": status,
            "detail": hint,
            "errors": fields,
            "reference": reference,
        }
        return Response(problem, status_code=status, media_type="application/problem+json")
    try:
        answer = page(
            request,
            "errors/show.html",
            fragment="error_notice",
            status=status,
            **_context(status, title, hint, fields, reference, actions),
        )
        if htmx.wants_fragment(request):
            htmx.retarget(answer, "#notices", "innerHTML")
    except Exception as broken:  # the error page itself must not fail: it is the last thing a shopper sees
        log.error("error_page.failed", exc_info=broken)
        return Response(
            f"{title}\n{hint}\nReference: {reference}\n",
            status_code=status,
            media_type="text/plain",
            headers={"Cache-Control": PRIVATE},
        )
    return answer


def _context(
    status: int, title: str, hint: str, fields: dict[str, str], reference: str, actions: tuple[tuple[str, str], ...]
) -> dict[str, Any]:
    words = " ".join(filter(None, (hint, *fields.values())))
    return {"code": status, "title": title, "hint": words, "reference": reference, "actions": actions}


def _is_database_down(error: Exception) -> bool:
    if isinstance(error, DBAPIError):
        return bool(error.connection_invalidated) or isinstance(error, OperationalError | InterfaceError)
    return isinstance(error, PoolTimeout | ConnectionError | OSError)


def _wants_json(request: htmx.AnyRequest) -> bool:
    return request.url.path.startswith(("/api/", "/webhooks/", "/health/"))
