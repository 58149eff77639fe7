"""What stands in a cell of a list: plain values, or one of these; each knows how a page and a CSV file show it."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from domains.kit import Money
from domains.kit.i18n import gettext as _


class Link(msgspec.Struct, frozen=True):
    """Words that lead to the route `route`; `note` is a second, quieter piece after them."""

    text: str
    route: str
    params: Mapping[str, Any] = msgspec.field(default_factory=dict)
    note: str = ""


class State(msgspec.Struct, frozen=True):
    """A state in words with its dot; `tone` is good, wait, bad or plain."""

    label: str
    tone: str = "plain"


class Picture(msgspec.Struct, frozen=True):
    """A small picture; `image` is an image of the catalogue, or none."""

    image: Any


class Noted(msgspec.Struct, frozen=True):
    """Words, and quieter ones after them."""

    text: str
    note: str


type Value = str | int | bool | Money | datetime | date | Link | State | Picture | Noted | None

_KINDS: dict[type, str] = {
    str: "text",
    bool: "flag",
    int: "number",
    Money: "money",
    datetime: "moment",
    date: "day",
    Link: "link",
    State: "state",
    Picture: "picture",
    Noted: "noted",
    type(None): "nothing",
}
_DANGEROUS = re.compile(r"^[\s\x00]*[=+\-@\t\r]|^[\t\r\n]")
_PLAIN_NUMBER = re.compile(r"^-?[0-9]+(\.[0-9]+)?$")


class Cell(msgspec.Struct, frozen=True):
    """A value and what kind it is, for the template."""

    kind: str
    value: Value


def cell(value: Value) -> Cell:
    """`value` with its kind. Raises `TypeError` for what no cell can show."""
    kind = _KINDS.get(type(value)) or ("text" if isinstance(value, str) else "")
    if not kind:
        raise TypeError(f"a cell cannot show a {type(value).__name__}")
    return Cell(kind, str(value) if kind == "text" else value)


def csv_text(value: Value, zone: ZoneInfo) -> str:
    """The value as a CSV file has it, defused: money as a plain decimal, moments in the shop's time."""
    match value:
        case None | Picture():
            return ""
        case bool():
            return _("yes") if value else _("no")
        case Money():
            return f"{value.decimal:f}"
        case datetime():
            return value.astimezone(zone).isoformat(sep=" ", timespec="seconds")
        case date():
            return value.isoformat()
        case State():
            return defused(value.label)
        case Link() | Noted():
            return defused(value.text)
        case _:
            return defused(str(value))


def defused(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula: what begins like one gets an apostrophe in front.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    if _PLAIN_NUMBER.match(text):
        return text
    return f"'{text}" if _DANGEROUS.match(text) else text
