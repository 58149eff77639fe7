"""Route names to addresses, for templates, redirects and mails alike."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from litestar.routes import HTTPRoute
from litestar.routes.base import BaseRoute

_PARAMETER = re.compile(r"\{(?P<name>\w+)(?::\w+)?\}")


class UnknownRoute(LookupError):
    """No route has this name, or a part of its path was not given."""


class Urls:
    """`urls("catalog.product.show", slug="mug", variant="M-1")` is `/products/mug?variant=M-1`.

    Made before the application exists (the templates need it), filled from its routes once they are known. A value
    that is `None` is left out of the query; a list repeats its key. Paths are quoted, which Litestar's own
    `route_reverse` does not do.
    """

    def __init__(self, paths: Mapping[str, str] | None = None) -> None:
        self._paths: dict[str, tuple[str, ...]] = {}
        for name, path in (paths or {}).items():
            self.add(name, path)

    def add(self, name: str, path: str) -> None:
        """Register `path` (`/products/{slug:str}`) under `name`."""
        known = self._paths.get(name, ())
        if path not in known:
            self._paths[name] = (*known, path)

    def collect(self, routes: Iterable[BaseRoute]) -> None:
        """Take over every named HTTP route of an application."""
        for route in routes:
            if isinstance(route, HTTPRoute):
                for handler in route.route_handlers:
                    if handler.name:
                        self.add(handler.name, route.path)

    def find(self, name: str, **params: Any) -> str | None:
        """The address, or none where no route has this name."""
        return self(name, **params) if name in self._paths else None

    def __call__(self, name: str, **params: Any) -> str:
        if name not in self._paths:
            raise UnknownRoute(f"no route is named {name!r}")
        given = {key: value for key, value in params.items() if value is not None}
        paths = sorted(self._paths[name], key=lambda path: path.count("{"), reverse=True)
        for path in paths:
            wanted = [match["name"] for match in _PARAMETER.finditer(path)]
            if all(key in given for key in wanted):
                break
        else:
            raise UnknownRoute(f"{name!r} needs {', '.join(wanted)}")
        filled = _PARAMETER.sub(lambda match: quote(str(given[match["name"]]), safe=""), path)
        query = urlencode({key: value for key, value in given.items() if key not in wanted}, doseq=True)
        return f"{filled}?{query}" if query else filled
