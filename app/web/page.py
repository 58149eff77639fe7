"""One function answers all HTML: the whole page, its named blocks, or a redirect."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment
from litestar.response import Response

from app.runtime.templates import render_blocks
from app.web import htmx
from app.web.staff.desk import desk_of, forget_said
from app.web.visitors import has_acting_cookie, known_visitor

Page = Response[bytes]

UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
PRIVATE = "private, no-store"
SHARED = "public, max-age=0, must-revalidate"


def page(
    request: htmx.AnyRequest,
    template: str,
    *,
    fragment: str | None = None,
    also: Sequence[str] = (),
    at: str | None = None,
    at_params: Mapping[str, Any] | None = None,
    status: int = 200,
    cacheable: bool = False,
    **context: Any,
) -> Page:
    """Show `template`: whole, or its blocks `fragment` and `also` when htmx asks for a part.

    A change that went well (an unsafe method, `status` 200, `at` given) answers a plain form with a 303 to the route
    named `at`, filled with `at_params`, so that reload and the back button are safe; htmx without a `fragment` is told
    to go there. Any other `status` shows the page itself, with the form as it was filled in.
    `cacheable` pages are the same for everybody and carry no cookie; all others are never stored.
    """
    changed = request.method in UNSAFE and status < 300 and at is not None
    part = fragment is not None and htmx.wants_fragment(request)
    if changed and not part:
        return redirect(request, url_for(request, at or "", **(at_params or {})))
    templates: Environment = request.app.state.templates
    values = {**shell(request), **context}
    cacheable = cacheable and not values["is_acting"]
    if part:
        html = render_blocks(templates, template, (fragment or "", *also), values)
    else:
        html = templates.get_template(template).render(values)
    answer = _answer(request, html.encode(), status, cacheable=cacheable)
    if not part and "desk" in values and values["desk"].said is not None:
        forget_said(request, answer)
    return answer


def _answer(request: htmx.AnyRequest, body: bytes, status: int, *, cacheable: bool) -> Page:
    """`body` with its headers; 304 where a cache may keep it and the browser has this very one."""
    headers = {"Cache-Control": SHARED if cacheable else PRIVATE, "Vary": htmx.VARY}
    if cacheable and status == 200:
        headers["ETag"] = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        if headers["ETag"] in request.headers.get("if-none-match", ""):
            body, status = b"", 304
    return Response(body, status_code=status, media_type="text/html", headers=headers)


def redirect(request: htmx.AnyRequest, url: str) -> Page:
    """A 303 to `url`; htmx that swaps a fragment is told to load it instead."""
    if htmx.wants_fragment(request):
        response = htmx.go_to(url)
        response.headers["Cache-Control"] = PRIVATE
        return response
    return Response(b"", status_code=303, headers={"Location": url, "Cache-Control": PRIVATE, "Vary": htmx.VARY})


def unchanged() -> Page:
    """For a page that asks again by itself, and of which nothing is new: htmx leaves it as it is."""
    return Response(b"", status_code=204, headers={"Cache-Control": PRIVATE, "Vary": htmx.VARY})


def moved(request: htmx.AnyRequest, url: str) -> Page:
    """A 301 to the path where it is now; what the old address was asked with goes along, but for a chosen variant."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "variant"]
    target = f"{url}?{urlencode(asked)}" if asked else url
    return Response(
        b"", status_code=301, headers={"Location": target, "Cache-Control": "public, max-age=3600", "Vary": htmx.VARY}
    )


def url_for(request: htmx.AnyRequest, name: str, **params: Any) -> str:
    """The address of the route `name`; what its path does not take becomes the query string."""
    url: str = request.app.state.templates.globals["url"](name, **params)
    return url


def shell(request: htmx.AnyRequest) -> dict[str, Any]:
    """What every layout shows: the shop, its menus (`app.state.shell()`), and where we are; for staff on their pages
    the `desk` around them."""
    visitor = known_visitor(request)
    values = {
        "shop": request.app.state.shell(),
        "here": request.url.path,
        "is_acting": has_acting_cookie(request),
        "acting_for": visitor.account if visitor is not None and visitor.acting is not None else None,
    }
    desk = desk_of(request)
    return values if desk is None else {**values, "desk": desk}
