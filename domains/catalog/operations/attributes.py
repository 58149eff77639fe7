"""Typed attributes: defined once, asked for by categories, checked whenever a product is saved."""

import math
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from domains import audit
from domains.catalog.events import CategoryChanged
from domains.catalog.models import Attribute
from domains.catalog.operations.refusals import check_length, in_words
from domains.catalog.queries.tree import attributes_of
from domains.catalog.queries.views import AttributeView
from domains.kit import Invalid, Transaction, record
from domains.kit.i18n import gettext as _

KINDS = ("text", "number", "boolean", "choice")
_LONGEST_TEXT = 500


class AttributeUse(msgspec.Struct, frozen=True):
    """That a category's products have an attribute, and whether they must."""

    code: str
    is_required: bool = False


async def define_attribute(
    tx: Transaction, *, code: str, name: str, kind: str, unit: str | None = None, choices: Sequence[str] = ()
) -> None:
    """Define an attribute: text, number (with a `unit`), boolean or choice (with `choices`). Raises `Invalid`."""
    wrong: dict[str, str] = {}
    check_length(wrong, code=(code, 50), name=(name, 100), unit=(unit, 20))
    if kind not in KINDS:
        wrong["kind"] = _("Choose text, number, boolean or choice.")
    elif (kind == "choice") != bool(choices) or len(set(choices)) != len(choices) or "" in choices:
        wrong["choices"] = _("Give a choice attribute its different choices, and no other kind any.")
    elif unit and kind != "number":
        wrong["unit"] = _("Only a number has a unit.")
    if wrong:
        raise Invalid(wrong)
    tx.session.add(Attribute(code=code, name=name, kind=kind, unit=unit, choices=list(choices)))
    with in_words():
        await tx.session.flush()
    await audit.record(
        tx,
        action="attribute.created",
        subject=("attribute", code),
        label=name,
        changes={"kind": (None, kind), "unit": (None, unit), "choices": ([], list(choices))},
    )


async def set_category_attributes(tx: Transaction, category_id: UUID, uses: Sequence[AttributeUse]) -> None:
    """Set which attributes the products of a category have, in this order. Emits `category.changed`."""
    gone = await tx.sql(
        "DELETE FROM catalog.category_attributes WHERE category_id = :category"
        " RETURNING attribute_code, is_required, position",
        {"category": category_id},
    )
    before = [[row.attribute_code, row.is_required] for row in sorted(gone, key=lambda row: row.position)]
    for position, use in enumerate(uses):
        await tx.sql(
            "INSERT INTO catalog.category_attributes (category_id, attribute_code, position, is_required)"
            " VALUES (:category, :code, :position, :required)",
            {"category": category_id, "code": use.code, "position": position, "required": use.is_required},
        )
    await record(tx, CategoryChanged(category_id=category_id))
    await audit.record(
        tx,
        action="category.changed",
        subject=("category", category_id),
        changes={"attributes": (before, [[use.code, use.is_required] for use in uses])},
        undo="category",
    )


async def add_category_attributes(tx: Transaction, category_id: UUID, codes: Sequence[str]) -> None:
    """Let the products of a category have these attributes too, after those it has. Emits `category.changed`."""
    await tx.sql(
        "INSERT INTO catalog.category_attributes (category_id, attribute_code, position)"
        " SELECT :category, code, coalesce((SELECT max(position) FROM catalog.category_attributes"
        " WHERE category_id = :category), -1) + place"
        " FROM unnest(CAST(:codes AS text[])) WITH ORDINALITY AS given (code, place) ON CONFLICT DO NOTHING",
        {"category": category_id, "codes": list(codes)},
    )
    await record(tx, CategoryChanged(category_id=category_id))


async def add_choices(tx: Transaction, code: str, choices: Sequence[str]) -> None:
    """Let an attribute of several choices have these too, after those it has."""
    await tx.sql(
        "UPDATE catalog.attributes SET choices = choices || coalesce((SELECT jsonb_agg(choice ORDER BY place)"
        " FROM unnest(CAST(:choices AS text[])) WITH ORDINALITY AS given (choice, place)"
        " WHERE NOT choices ? choice), '[]') WHERE code = :code AND kind = 'choice'",
        {"code": code, "choices": list(choices)},
    )


async def checked_attributes(tx: Transaction, category_id: UUID, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` as they are stored; raises `Invalid` with every wrong one, named `attributes.<code>`."""
    return check_values(await attributes_of(tx, category_id), values)


def check_values(attributes: Sequence[AttributeView], values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` of `attributes` as they are stored; raises `Invalid` with every wrong one."""
    known = {attribute.code: attribute for attribute in attributes}
    wrong: dict[str, str] = {}
    kept: dict[str, Any] = {}
    for code, value in values.items():
        if code not in known:
            wrong[f"attributes.{code}"] = _("Products of this category do not have this attribute.")
            continue
        if value is None or value == "":
            continue
        problem = _problem(known[code], value)
        if problem:
            wrong[f"attributes.{code}"] = problem
        else:
            kept[code] = value
    for code, attribute in known.items():
        if attribute.is_required and code not in kept and f"attributes.{code}" not in wrong:
            wrong[f"attributes.{code}"] = _("Enter the {name}.").format(name=attribute.name)
    if wrong:
        raise Invalid(wrong)
    return kept


def _problem(attribute: AttributeView, value: Any) -> str:
    match attribute.kind:
        case "text" if not isinstance(value, str):
            return _("Enter a text.")
        case "text" if len(value) > _LONGEST_TEXT:
            return _("Use at most {longest} characters.").format(longest=_LONGEST_TEXT)
        case "number" if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return _("Enter a number.")
        case "boolean" if not isinstance(value, bool):
            return _("Choose yes or no.")
        case "choice" if value not in attribute.choices:
            return _("Choose one of: {choices}.").format(choices=", ".join(attribute.choices))
    return ""
