"""Structured logs: one JSON object a line, with the trace id and nothing personal.

Never logged: bodies, headers, cookies, query strings, names, addresses, card data. What an event dictionary holds under
a telling key is masked all the same, because somebody will forget.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import orjson
import structlog

from domains.kit.tracing import current_trace

_SECRET = re.compile(
    r"pass(word)?|secret|token|authorization|cookie|api_?key|e?mail|phone|address|name$|card|cvc", re.I
)
_HARMLESS = frozenset({"event_name", "job_name", "template_name", "logger_name", "host_name", "route_name"})
_NUMBER_OF_A_CARD = re.compile(r"\b\d(?:[ -]?\d){12,18}\b")
_MAIL = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+")


def _trace(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    event.setdefault("trace_id", current_trace())
    return event


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask values under telling keys, and card numbers and mail addresses wherever they stand."""
    for key, value in event.items():
        if key not in _HARMLESS and key != "event" and _SECRET.search(key) and value not in (None, "", True, False):
            event[key] = "[redacted]"
        elif isinstance(value, str):
            event[key] = _MAIL.sub("[mail]", _NUMBER_OF_A_CARD.sub("[number]", value))
    return event


def configure_logging(level: str = "info", *, service: str = "web") -> None:
    """Send our logs, and those of the libraries from `warning` up, to standard error as JSON lines."""

    def _service(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["service"] = service
        return event

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _service,
        _trace,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(
            structlog.tracebacks.ExceptionDictTransformer(show_locals=False)  # they hold addresses and tokens
        ),
        redact,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(
                    serializer=lambda value, **_: orjson.dumps(value, default=str).decode()
                ),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for ours in ("app", "domains", "workers"):
        logging.getLogger(ours).setLevel(level.upper())
