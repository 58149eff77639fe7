"""What can be done with tax classes and rates."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from domains import audit
from domains.kit import Invalid, Transaction, new_id
from domains.kit.i18n import gettext as _
from domains.kit.regions import postal_range
from domains.pricing.errors import TaxClassUnknown, TaxRateUnknown
from domains.pricing.models import TaxClass, TaxRateRow

_CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
_FIELDS = ("name", "jurisdiction", "country", "state", "postal_pattern", "tax_class", "rate_ppm")


async def add_tax_class(tx: Transaction, *, code: str, name: str) -> None:
    """Name a kind of goods that is taxed alike. Raises `Invalid` for a code that is none, or taken, and for no name."""
    wrong = {}
    if not _CODE.fullmatch(code):
        wrong["code"] = _("Use 1 to 30 small letters, digits and underscores, such as books.")
    if not 1 <= len(name.strip()) <= 100:
        wrong["name"] = _("Enter 1 to {longest} characters.").format(longest=100)
    if not wrong and await tx.session.get(TaxClass, code) is not None:
        wrong["code"] = _("There is a class of this code already.")
    if wrong:
        raise Invalid(wrong)
    tx.session.add(TaxClass(code=code, name=name))
    await tx.session.flush()
    await audit.record(
        tx, action="tax_class.created", subject=("tax_class", code), label=name, changes={"name": (None, name)}
    )


async def add_tax_rate(
    tx: Transaction,
    *,
    name: str,
    rate_ppm: int,
    country: str,
    state: str = "",
    postal_pattern: str = "",
    tax_class: str = "standard",
    jurisdiction: str = "country",
    batch: UUID | None = None,
) -> UUID:
    """Let a jurisdiction take `rate_ppm` millionths of a tax class at a place.

    Within a jurisdiction the rate for the smallest place counts; jurisdictions add up. Raises `Invalid` for a rate
    that is no share, a pattern that is none, or a place that has a rate already, and `TaxClassUnknown`. Staff can undo
    it, and `batch` joins what one file brought.
    """
    rate = {
        "name": name,
        "jurisdiction": jurisdiction,
        "country": country,
        "state": state,
        "postal_pattern": postal_pattern,
        "tax_class": tax_class,
        "rate_ppm": rate_ppm,
    }
    rate_id = new_id()
    await _write(tx, rate_id, rate, is_new=True)
    await _tell(tx, "tax_rate.created", rate_id, name, dict.fromkeys(_FIELDS), rate, batch)
    return rate_id


async def change_tax_rate(tx: Transaction, rate_id: UUID, *, batch: UUID | None = None, **fields: Any) -> None:
    """Change fields of a rate by name, as `add_tax_rate` takes them; orders keep what they were taxed.

    Raises `TaxRateUnknown`, and as `add_tax_rate`. Staff can undo it.
    """
    present = await _present(tx, str(rate_id), _FIELDS)
    if not present:
        raise TaxRateUnknown
    wanted = {**present, **fields}
    await _write(tx, rate_id, wanted, is_new=False)
    await _tell(tx, "tax_rate.changed", rate_id, wanted["name"], present, wanted, batch)


async def remove_tax_rate(tx: Transaction, rate_id: UUID, *, batch: UUID | None = None) -> None:
    """Let a jurisdiction take nothing of its own at a place any more; orders keep what they were taxed.

    Staff can undo it.
    """
    present = await _present(tx, str(rate_id), _FIELDS)
    if not present:
        return
    await tx.sql("DELETE FROM pricing.tax_rates WHERE id = :id", {"id": rate_id})
    await _tell(tx, "tax_rate.removed", rate_id, present["name"], present, dict.fromkeys(_FIELDS), batch)


async def _write(tx: Transaction, rate_id: UUID, rate: dict[str, Any], *, is_new: bool) -> None:
    if not 0 <= rate["rate_ppm"] <= 1_000_000:
        raise Invalid({"rate_ppm": _("Enter a rate from 0% to 100%.")})
    if not 1 <= len(rate["name"].strip()) <= 100:
        raise Invalid({"name": _("Enter 1 to {longest} characters.").format(longest=100)})
    if await tx.session.get(TaxClass, rate["tax_class"]) is None:
        raise TaxClassUnknown
    first, last = postal_range(rate["postal_pattern"], rate["country"])
    columns = {**rate, "postal_first": first, "postal_last": last}
    try:
        async with tx.session.begin_nested():
            if is_new:
                tx.session.add(TaxRateRow(id=rate_id, **columns))
            else:
                await tx.session.execute(update(TaxRateRow).where(TaxRateRow.id == rate_id).values(columns))
    except IntegrityError as error:
        if "uq_tax_rates_place" not in str(error.orig):
            raise
        raise Invalid({"postal_pattern": _("This jurisdiction has a rate for this place already.")}) from error


async def _tell(
    tx: Transaction,
    action: str,
    rate_id: UUID,
    label: str,
    before: dict[str, Any],
    after: dict[str, Any],
    batch: UUID | None,
) -> None:
    await audit.record(
        tx,
        action=action,
        subject=("tax_rate", rate_id),
        label=label,
        changes={field: (before[field], after[field]) for field in _FIELDS},
        undo="tax_rate",
        batch=batch,
    )


async def _present(tx: Transaction, rate_id: str, fields: Sequence[str]) -> dict[str, Any]:
    found = await tx.sql(
        f"SELECT {', '.join(_FIELDS)} FROM pricing.tax_rates WHERE id = CAST(:id AS uuid) FOR UPDATE", {"id": rate_id}
    )
    row = found.mappings().one_or_none()
    return {} if row is None else {field: row[field] for field in fields}


async def _put_back(tx: Transaction, rate_id: str, fields: dict[str, Any]) -> None:
    present = await _present(tx, rate_id, _FIELDS)
    if present and all(fields.get(field) is None for field in _FIELDS):
        await remove_tax_rate(tx, UUID(rate_id))
    else:
        await _write(tx, UUID(rate_id), {**present, **fields}, is_new=not present)


audit.undoable("tax_rate", _put_back, _present)
