"""The only place that knows htmx 4's headers.

htmx 4 says what it swaps by `HX-Request-Type` (`partial` or `full`), who asked by `HX-Source` (`button#id`), and swaps
answers of 4xx and 5xx like any other. A history restore is asked for like a plain page.
"""

import json
from collections.abc import Mapping
from typing import Any

from litestar import Request
from litestar.response import Response

AnyRequest = Request[Any, Any, Any]

# What decides between page and fragment, so that a cache never hands one out for the other.
VARY = "HX-Request, HX-Request-Type, HX-Boosted"


def is_htmx(request: AnyRequest) -> bool:
    """Whether htmx sent this, for a fragment or for a whole page."""
    return request.headers.get("hx-request") == "true"


def wants_fragment(request: AnyRequest) -> bool:
    """Whether the answer replaces a part of the page: boosted links and history restores replace all of it."""
    headers = request.headers
    return (
        is_htmx(request)
        and headers.get("hx-request-type", "partial") != "full"
        and headers.get("hx-boosted") != "true"
        and headers.get("hx-history-restore-request") != "true"
    )


def source(request: AnyRequest) -> str:
    """Which element asked, as `tag#id`; empty outside htmx."""
    return request.headers.get("hx-source", "")


def target(request: AnyRequest) -> str:
    """Which element is to be replaced, as `tag#id`; empty outside htmx."""
    return request.headers.get("hx-target", "")


def current_path(request: AnyRequest) -> str:
    """The address in the browser's bar when htmx asked; empty outside htmx."""
    return request.headers.get("hx-current-url", "")


def go_to(url: str, status: int = 200) -> Response[bytes]:
    """Tell htmx to load `url` as a page: fetch follows a 303 by itself and would swap the page into the fragment."""
    return Response(b"", status_code=status, media_type="text/html", headers={"HX-Redirect": url, "Vary": VARY})


def push(response: Response[Any], url: str) -> None:
    """Put `url` into the browser's bar and history once the fragment is swapped."""
    response.headers["HX-Push-Url"] = url


def replace(response: Response[Any], url: str) -> None:
    """Put `url` into the browser's bar without a history entry."""
    response.headers["HX-Replace-Url"] = url


def retarget(response: Response[Any], selector: str, swap: str = "outerHTML") -> None:
    """Swap the answer into another element than the one that asked, as error fragments do."""
    response.headers["HX-Retarget"] = selector
    response.headers["HX-Reswap"] = swap


def trigger(response: Response[Any], events: Mapping[str, Any]) -> None:
    """Fire `events` (name to detail) on the element that asked, after the swap."""
    response.headers["HX-Trigger"] = json.dumps(events)
