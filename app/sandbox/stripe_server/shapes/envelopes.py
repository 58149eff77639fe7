"""What objects are sent in: an event, a list, and the object without what is the sandbox's own."""

from typing import Any

from app.sandbox.stripe_server.errors import Body
from app.sandbox.stripe_server.store import new_id

API_VERSION = "2026-10-28.endive"


def visible(value: Any) -> Any:
    """The object as the outside may see it."""
    if isinstance(value, dict):
        return {name: visible(part) for name, part in value.items() if not name.startswith("_")}
    if isinstance(value, list):
        return [visible(part) for part in value]
    return value


def event(type_: str, about: Body, now: int, *, request_id: str | None, key: str | None, previous: Body | None) -> Body:
    data: Body = {"object": visible(about)}
    if previous is not None:
        data["previous_attributes"] = previous
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": now,
        "data": data,
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": request_id, "idempotency_key": key},
        "type": type_,
    }


def list_of(rows: list[Body], url: str, *, has_more: bool) -> Body:
    return {"object": "list", "data": rows, "has_more": has_more, "url": url}
