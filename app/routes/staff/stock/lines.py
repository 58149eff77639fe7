"""Lines of a transfer, a purchase order or a count as a form sends them: `quantity.<variant>`, and SKUs typed below."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from app.web.htmx import AnyRequest
from domains import catalog
from domains.kit import Invalid, Transaction
from domains.kit.i18n import gettext as _

_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
_TYPED = re.compile(r"^(?P<sku>\S+?)(?:[\s,;:]+[x×]?\s*(?P<quantity>[0-9]{1,9}))?$", re.ASCII)
MOST_TYPED = 500


class Sent(msgspec.Struct, frozen=True):
    """A form as it was sent, each field's last value as text."""

    fields: Mapping[str, str]

    def text(self, name: str) -> str:
        return self.fields.get(name, "").strip().replace("\x00", "")

    def day(self, name: str) -> date | None:
        """A day, or none where the field is empty. Raises `Invalid`."""
        if not self.text(name):
            return None
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise Invalid({name: _("Enter a day such as 2027-03-31.")}) from None

    def id(self, name: str) -> UUID:
        try:
            return UUID(self.text(name))
        except ValueError:
            raise Invalid({name: _("Choose one of the values offered.")}) from None

    def whole(self, name: str) -> int | None:
        """A whole number from 0, or none where the field is empty. Raises `Invalid`."""
        return _whole(self.text(name), name)

    def numbers(self, prefix: str) -> dict[UUID, int]:
        """The numbers of fields `<prefix>.<variant>` that are not empty. Raises `Invalid` with every wrong one."""
        found: dict[UUID, int] = {}
        errors: dict[str, str] = {}
        for name in self.fields:
            if not name.startswith(f"{prefix}."):
                continue
            try:
                variant_id = UUID(name.removeprefix(f"{prefix}."))
                number = self.whole(name)
            except ValueError:
                continue
            except Invalid as refused:
                errors |= refused.fields
                continue
            if number is not None:
                found[variant_id] = number
        if errors:
            raise Invalid(errors)
        return found


async def sent_form(request: AnyRequest) -> Sent:
    """The request's form; files are left out."""
    form = await request.form()
    return Sent({key: str(form.getall(key)[-1]) for key in form if isinstance(form.getall(key)[-1], str)})


async def typed_lines(tx: Transaction, text: str, field: str = "add") -> dict[UUID, int]:
    """Lines typed or pasted, each a SKU and how many: one, if it does not say. Raises `Invalid`."""
    wanted: dict[str, int] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        match = _TYPED.match(line.strip())
        if match is None:
            raise Invalid({field: _("“{line}” is no SKU with a number after it.").format(line=line.strip()[:60])})
        wanted[match["sku"]] = wanted.get(match["sku"], 0) + int(match["quantity"] or 1)
    if len(wanted) > MOST_TYPED:
        raise Invalid({field: _("Add at most {most} lines at once.").format(most=MOST_TYPED)})
    found: dict[UUID, int] = {}
    for sku, quantity in wanted.items():
        variant = await catalog.variant_by_sku(tx, sku)
        if variant is None:
            raise Invalid({field: _("There is no SKU {sku}.").format(sku=sku[:60])})
        if variant.is_digital:
            raise Invalid({field: _("{sku} is a file: there is no stock of it.").format(sku=sku[:60])})
        found[variant.variant_id] = quantity
    return found


def _whole(text: str, name: str) -> int | None:
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise Invalid({name: _("Enter a whole number from 0.")})
    return int(text)


def kept(sent: Sent, names: tuple[str, ...]) -> dict[str, Any]:
    """What was typed, to show the form again."""
    return {name: sent.text(name) for name in names}
