"""HTML forms into structs: one normalising step, then msgspec, strict about what it does not know.

A browser sends "" for an empty field, `on` for a checkbox and one value where a list of one is meant. Numbers are
plain ASCII digits: no `1e3`, `+1`, `1.0`, other scripts' digits or numbers that a column cannot hold.
"""

import re
import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from app.web.htmx import AnyRequest
from domains.kit import Invalid
from domains.kit.i18n import gettext as _

# A password that came along beside the form, and is none of its fields: see `app.web.freshness`.
PASSWORD_AGAIN = "password_again"  # noqa: S105 (the name of a field)

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)
_TRUE, _FALSE = frozenset({"on", "true", "1", "yes"}), frozenset({"", "off", "false", "0", "no"})
_FIELD = re.compile(r"`\$\.(?P<field>\w+)")


async def read_form[T: msgspec.Struct](request: AnyRequest, struct: type[T]) -> T:
    """The request's form as `struct`. Raises `Invalid` with a message per wrong field, unknown ones among them.

    A missing text field is "" where the struct has no default, so that the operation can say what to enter.
    """
    sent = await request.form()
    return form_from({key: sent.getall(key) for key in sent if key != PASSWORD_AGAIN}, struct)


def form_from[T: msgspec.Struct](sent: Mapping[str, list[Any]], struct: type[T]) -> T:
    """`read_form` for values already read; see there."""
    hints = get_type_hints(struct, include_extras=True)
    known = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    unknown = sorted(set(sent) - set(known))
    if unknown:
        raise Invalid({unknown[0]: _("This form has a field that we do not know. Reload the page and try again.")})
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, field in known.items():
        given = sent.get(name)
        kind = _plain(hints[field.name])
        try:
            value = _value(given, kind, optional=not field.required)
        except ValueError:
            errors[name] = _("Enter a whole number.")
            continue
        if value is not msgspec.UNSET:
            values[name] = value
    if errors:
        raise Invalid(errors)
    try:
        return msgspec.convert(values, struct)
    except msgspec.ValidationError as error:
        found = _FIELD.search(str(error))
        raise Invalid({found["field"] if found else "form": _message(str(error))}) from error


def _value(given: list[Any] | None, kind: Any, *, optional: bool) -> Any:
    if kind is bool:
        return bool(given) and str(given[-1]).lower() not in _FALSE if given is not None else False
    if get_origin(kind) in (list, tuple):
        return [str(item) for item in given or []]
    if given is None:
        return msgspec.UNSET if optional else ("" if kind is str else msgspec.UNSET)
    if any(not isinstance(item, str) for item in given):
        raise ValueError("a file where text was expected")
    text = given[-1].replace("\r\n", "\n").strip()
    if kind is int:
        if text == "" and optional:
            return msgspec.UNSET
        if not _WHOLE.fullmatch(text):
            raise ValueError(text)
        return int(text)
    if text == "" and optional and kind is not str:
        return msgspec.UNSET
    return text.replace("\x00", "")


def _plain(hint: Any) -> Any:
    """The type behind `Annotated[...]` and `... | None`."""
    if hasattr(hint, "__metadata__"):
        return _plain(hint.__origin__)
    if get_origin(hint) in (Union, types.UnionType):
        return _plain(next(part for part in get_args(hint) if part is not types.NoneType))
    if get_origin(hint) is Literal:
        return hint
    return hint


def _message(technical: str) -> str:
    """msgspec's sentence in a shopper's words."""
    if "missing required field" in technical:
        return _("This field is missing. Reload the page and try again.")
    if "length" in technical:
        return _("This is too long.")
    if "<=" in technical or ">=" in technical:
        return _("This number is out of range.")
    return _("Choose one of the values offered.")
