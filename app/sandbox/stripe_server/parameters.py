"""Form-encoded parameters with brackets, as Stripe's libraries send them: `metadata[order_id]=…`, `expand[0]=…`."""

import re
from typing import Any
from urllib.parse import parse_qsl

from app.sandbox.stripe_server.errors import invalid, missing

type Params = dict[str, Any]

_KEY = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
_PART = re.compile(r"\[([^\[\]]*)\]")
_DEEPEST = 8


def parse(text: str) -> Params:
    """The parameters as nested dicts and lists; an empty value stays "" (Stripe: unset)."""
    params: Params = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        match = _KEY.match(name)
        if match is None:
            raise invalid(f"Invalid parameter name: {name[:80]}", code="parameter_unknown")
        path = [match[1], *_PART.findall(match[2])]
        if len(path) > _DEEPEST:
            raise invalid("Parameters are nested too deep.", param=match[1])
        _put(params, path, value)
    return {name: _lists(value) for name, value in params.items()}


def _put(into: Params, path: list[str], value: str) -> None:
    here = into
    for part in path[:-1]:
        below = here.setdefault(part, {})
        if not isinstance(below, dict):
            raise invalid(f"Invalid hash: {path[0]}", param=path[0])
        here = below
    last = path[-1]
    if last == "":
        last = str(len(here))
    here[last] = value


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    below = {name: _lists(part) for name, part in value.items()}
    if below and all(name.isascii() and name.isdigit() for name in below):
        return [below[name] for name in sorted(below, key=int)]
    return below


def known(params: Params, allowed: frozenset[str]) -> None:
    """Raises as Stripe does for the first parameter that the endpoint does not have."""
    for name in params:
        if name not in allowed and name != "expand":
            raise invalid(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)


def text(params: Params, name: str, default: str | None = None) -> str | None:
    value = params.get(name, default)
    if value is None or value == "":
        return default
    if not isinstance(value, str):
        raise invalid(f"Invalid string: {name}", param=name)
    return value


def needed(params: Params, name: str) -> str:
    value = text(params, name)
    if value is None:
        raise missing(name)
    return value


def integer(params: Params, name: str) -> int | None:
    value = text(params, name)
    if value is None:
        return None
    if not re.fullmatch(r"-?[0-9]{1,15}", value):
        raise invalid(f"Invalid integer: {value[:40]}", code="parameter_invalid_integer", param=name)
    return int(value)


def boolean(params: Params, name: str, default: bool = False) -> bool:
    value = text(params, name)
    if value is None:
        return default
    if value not in {"true", "false"}:
        raise invalid(f"Invalid boolean: {value[:40]}", param=name)
    return value == "true"


def choice(params: Params, name: str, options: frozenset[str], default: str | None = None) -> str | None:
    value = text(params, name, default)
    if value is not None and value not in options:
        raise invalid(f"Invalid {name}: must be one of {', '.join(sorted(options))}", param=name)
    return value


def hash_of(params: Params, name: str) -> Params:
    value = params.get(name) or {}
    if not isinstance(value, dict):
        raise invalid(f"Invalid hash: {name}", param=name)
    return value


def listing(params: Params, name: str) -> list[str]:
    value = params.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise invalid(f"Invalid array: {name}", param=name)
    return value


def metadata(params: Params) -> dict[str, str]:
    """Up to 50 keys of 40 characters, values of 500; an empty value unsets."""
    given = hash_of(params, "metadata")
    if len(given) > 50:
        raise invalid("You can have at most 50 metadata keys.", param="metadata")
    kept = {}
    for name, value in given.items():
        if not isinstance(value, str):
            raise invalid("Metadata values must be strings.", param=f"metadata[{name}]")
        if len(name) > 40 or len(value) > 500:
            raise invalid("A metadata key has at most 40 characters, a value 500.", param=f"metadata[{name}]")
        if value:
            kept[name] = value
    return kept
