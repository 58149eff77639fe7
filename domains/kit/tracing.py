"""One trace id from the request to its events, jobs and mails."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("trace_id", default="")
_SHAPE = re.compile(r"[0-9a-f]{32}")


def new_trace() -> str:
    """32 hex digits, the shape of a W3C trace id."""
    return secrets.token_hex(16)


def current_trace() -> str:
    """The trace of what runs now; starts one where none is set, so that nothing is ever recorded without."""
    trace = _current.get()
    if not trace:
        trace = new_trace()
        _current.set(trace)
    return trace


@contextmanager
def traced(trace_id: str = "") -> Iterator[str]:
    """Run a block under `trace_id`; a new one where it is empty or not of a trace id's shape."""
    trace = trace_id if _SHAPE.fullmatch(trace_id) else new_trace()
    token = _current.set(trace)
    try:
        yield trace
    finally:
        _current.reset(token)
