"""Forms with a row of fields for each line of an order: `quantity-<id>`, `reason-<id>`, beside fields of their own."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from app.web.forms import PASSWORD_AGAIN, form_from
from app.web.htmx import AnyRequest
from domains.kit import Invalid
from domains.kit.i18n import gettext as _

_OF_LINE = re.compile(
    r"(?P<field>[a-z]+)-(?P<line>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})", re.ASCII
)
_PIECES = re.compile(r"[0-9]{1,6}", re.ASCII)

type Rows = Mapping[UUID, Mapping[str, str]]


async def read_with_lines[T: msgspec.Struct](request: AnyRequest, struct: type[T]) -> tuple[T, Rows]:
    """The form's own fields as `struct`, and those of the lines by the line's id. Raises `Invalid`."""
    sent = await request.form()
    own: dict[str, list[Any]] = {}
    rows: dict[UUID, dict[str, str]] = {}
    for key in sent:
        of_line = _OF_LINE.fullmatch(key)
        if of_line is not None:
            value = sent.getall(key)[-1]
            rows.setdefault(UUID(of_line["line"]), {})[of_line["field"]] = value if isinstance(value, str) else ""
        elif key != PASSWORD_AGAIN:
            own[key] = sent.getall(key)
    return form_from(own, struct), rows


def pieces(row: Mapping[str, str], field: str = "quantity") -> int:
    """How many were entered; nothing is 0. Raises `Invalid` for what is no whole number."""
    typed = row.get(field, "").strip()
    if not typed:
        return 0
    if not _PIECES.fullmatch(typed):
        raise Invalid({"lines": _("Enter whole numbers from 0.")})
    return int(typed)
