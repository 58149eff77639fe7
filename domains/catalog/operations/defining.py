"""Attributes as staff look after them: renamed, given other choices, taken away."""

from collections.abc import Sequence

from sqlalchemy import select

from domains import audit
from domains.catalog.errors import AttributeInUse, AttributeNotFound
from domains.catalog.models import Attribute
from domains.catalog.operations.refusals import check_length, in_words
from domains.kit import Invalid, Transaction
from domains.kit.i18n import gettext as _


async def change_attribute(
    tx: Transaction, code: str, *, name: str, unit: str | None = None, choices: Sequence[str] = ()
) -> None:
    """Call an attribute otherwise, and give it other choices; a choice that products have stays.

    Raises `AttributeNotFound`, `AttributeInUse` for such a choice left out, and `Invalid`.
    """
    row = await _locked(tx, code)
    wrong: dict[str, str] = {}
    check_length(wrong, name=(name, 100), unit=(unit, 20))
    if unit and row.kind != "number":
        wrong["unit"] = _("Only a number has a unit.")
    if (row.kind == "choice") != bool(choices) or len(set(choices)) != len(choices) or "" in choices:
        wrong["choices"] = _("Give a choice attribute its different choices, and no other kind any.")
    if wrong:
        raise Invalid(wrong)
    gone = [choice for choice in row.choices if choice not in choices]
    if gone and await _is_chosen(tx, code, gone):
        raise AttributeInUse
    before = {"name": row.name, "unit": row.unit, "choices": list(row.choices)}
    row.name, row.unit, row.choices = name, unit, list(choices)
    with in_words():
        await tx.session.flush()
    after = {"name": name, "unit": unit, "choices": list(choices)}
    await audit.record(
        tx,
        action="attribute.changed",
        subject=("attribute", code),
        label=name,
        changes={field: (before[field], after[field]) for field in after},
    )


async def remove_attribute(tx: Transaction, code: str) -> None:
    """Take an attribute away that no product has. Raises `AttributeNotFound`, `AttributeInUse`."""
    row = await _locked(tx, code)
    has_it = "SELECT EXISTS (SELECT FROM catalog.products WHERE attributes ? :code)"
    if (await tx.sql(has_it, {"code": code})).scalar_one():
        raise AttributeInUse
    await tx.sql("DELETE FROM catalog.category_attributes WHERE attribute_code = :code", {"code": code})
    await tx.session.delete(row)
    await tx.session.flush()
    await audit.record(tx, action="attribute.removed", subject=("attribute", code), label=row.name)


async def _locked(tx: Transaction, code: str) -> Attribute:
    row = await tx.session.scalar(select(Attribute).where(Attribute.code == code).with_for_update())
    if row is None:
        raise AttributeNotFound
    return row


async def _is_chosen(tx: Transaction, code: str, choices: Sequence[str]) -> bool:
    found = await tx.sql(
        "SELECT EXISTS (SELECT FROM catalog.products WHERE attributes ->> :code = ANY(CAST(:choices AS text[])))",
        {"code": code, "choices": list(choices)},
    )
    is_chosen: bool = found.scalar_one()
    return is_chosen
