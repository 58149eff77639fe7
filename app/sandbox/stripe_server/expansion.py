"""`expand[]`: ids become the objects they name, along a path such as `data.latest_charge.balance_transaction`."""

from typing import Any

from app.sandbox.stripe_server import shapes
from app.sandbox.stripe_server.bank.house import House
from app.sandbox.stripe_server.errors import Body, invalid

_KINDS = {
    "latest_charge": "charge",
    "charge": "charge",
    "payment_intent": "payment_intent",
    "payment_method": "payment_method",
    "balance_transaction": "balance_transaction",
    "failure_balance_transaction": "balance_transaction",
}
_DEEPEST = 4


def expand(house: House, body: Body, paths: list[str]) -> Body:
    """The object as the outside sees it, with what was asked for in place of its id."""
    seen = _complete(house, shapes.visible(body))
    for path in paths:
        parts = path.split(".")
        if len(parts) > _DEEPEST:
            raise invalid(f"You cannot expand more than {_DEEPEST} levels: {path[:80]}", param="expand")
        _follow(house, seen, parts, path)
    return seen


def _follow(house: House, here: Any, parts: list[str], path: str) -> None:
    if isinstance(here, list):
        for each in here:
            _follow(house, each, parts, path)
        return
    name, rest = parts[0], parts[1:]
    if not isinstance(here, dict) or (name not in here and name != "data"):
        raise invalid(
            f"This property cannot be expanded ({name}). You may want to try expanding 'data.{name}' instead.",
            param="expand",
        )
    value = here.get(name)
    if isinstance(value, str):
        kind = _KINDS.get(name)
        found = None if kind is None else house.store.get(kind, value)
        if found is None:
            raise invalid(f"This property cannot be expanded ({name}).", param="expand")
        here[name] = value = _complete(house, shapes.visible(found))
    if rest and value is not None:
        _follow(house, value, rest, path)


def _complete(house: House, body: Body) -> Body:
    """A charge tells its refunds, which are objects of their own."""
    if body.get("object") == "charge":
        rows = house.store.find("refund", equal={"charge": body["id"]}, limit=10)
        body["refunds"] = shapes.list_of(
            [shapes.visible(row) for row in rows], f"/v1/charges/{body['id']}/refunds", has_more=False
        )
    elif body.get("object") in {"list", "search_result"}:
        body["data"] = [_complete(house, row) for row in body["data"]]
    return body
