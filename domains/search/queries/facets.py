"""Facets: what a listing can be narrowed by, made from the counts of its tokens.

First what is particular to the things shown (categories, then options and attributes, those that most of them have),
then brand, price, availability and rating. A facet is shown where it tells products apart. Its values keep their places
while filters change: in an order of their own, or by how many products have them before any filter.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from domains.kit import Money, Transaction
from domains.kit.i18n import gettext as _
from domains.search.queries.counting import Counts
from domains.search.queries.filters import PRICE, Filters
from domains.search.queries.numbers import number_values
from domains.search.queries.views import Facet, FacetKind, FacetValue
from domains.search.tokens import HIGHEST_RATING, ON, split, token

MOST_FACETS = 8  # of options and attributes
MOST_VALUES = 50  # of one facet
_FEW_TEXTS = 12
_SHARE = 0.1  # of the products at least must have an option or attribute for it to be a facet

_SPELLINGS = "SELECT token, facet_name, label, swatch FROM search.facet_values WHERE token = ANY(:tokens)"
_ATTRIBUTES = "SELECT code, name, kind, unit, choices FROM catalog.attributes WHERE code = ANY(:codes)"
_CATEGORIES = """
SELECT id, parent_id, slug, name FROM catalog.categories WHERE slug = ANY(:slugs) ORDER BY sort_order, name, id
"""
_SIZES = {
    size: place
    for place, size in enumerate(("xxxs", "xxs", "xs", "s", "small", "m", "medium", "l", "large", "xl", "xxl", "xxxl"))
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


class Material(msgspec.Struct, frozen=True):
    """What facets are made from. `values` are those of each code, present or chosen."""

    counts: Counts
    filters: Filters
    values: Mapping[str, Sequence[str]]
    spellings: Mapping[str, Any]
    attributes: Mapping[str, Any]

    def present(self, code: str, value: str) -> int:
        return self.counts.present.get(token(code, value), 0)

    def is_chosen(self, code: str, value: str) -> bool:
        return value in self.filters.chosen.get(code, ())

    def value(self, code: str, value: str, label: str, *, swatch: str | None = None, depth: int = 0) -> FacetValue:
        count = None if self.counts.is_sample else self.counts.left.get(token(code, value), 0)
        return FacetValue(value, label, count, self.is_chosen(code, value), swatch, depth)


async def facets(tx: Transaction, counts: Counts, filters: Filters, *, currency: str, here: UUID | None) -> list[Facet]:
    """The facets of a listing; `here` is the category that is listed, whose children can be chosen."""
    if counts.unfiltered < 2 and filters.is_empty:
        return []
    values: dict[str, list[str]] = {}
    for name in counts.present:
        code, value = split(name)
        values.setdefault(code, []).append(value)
    for code, chosen in filters.chosen.items():
        values[code] = list(dict.fromkeys([*values.get(code, ()), *chosen]))
    special = _special(counts, filters, values)
    material = await _material(tx, counts, filters, values, special)
    found = [
        await _categories(tx, material, here),
        *(_of_code(material, code) for code in special),
        _of_code(material, "brand"),
        _price(material, currency),
        _switch(material, "reduced", _("Price"), _("Reduced")),
        _switch(material, "in_stock", _("Availability"), _("In stock"), always=True),
        _rating(material),
    ]
    return [facet for facet in found if facet is not None]


def _special(counts: Counts, filters: Filters, values: Mapping[str, Sequence[str]]) -> list[str]:
    """The options and attributes worth a facet, those first that most products have."""

    def products(code: str) -> int:
        return sum(counts.present.get(token(code, value), 0) for value in values[code])

    codes = sorted(
        (code for code in values if code.startswith(("a.", "o."))),
        key=lambda code: (-min(products(code), counts.unfiltered), code.startswith("a."), code),
    )
    worth = [code for code in codes if products(code) >= _SHARE * counts.unfiltered][:MOST_FACETS]
    return [code for code in codes if code in worth or code in filters.chosen]


async def _material(
    tx: Transaction, counts: Counts, filters: Filters, values: Mapping[str, Sequence[str]], special: Sequence[str]
) -> Material:
    named = [token(code, value) for code in (*special, "brand") for value in values.get(code, ())]
    spellings = {row.token: row for row in await tx.sql(_SPELLINGS, {"tokens": named})}
    codes = [code.removeprefix("a.") for code in special if code.startswith("a.")]
    attributes = {f"a.{row.code}": row for row in await tx.sql(_ATTRIBUTES, {"codes": codes})} if codes else {}
    return Material(counts=counts, filters=filters, values=values, spellings=spellings, attributes=attributes)


def _of_code(material: Material, code: str) -> Facet | None:
    """The facet of an option, an attribute or the brand."""
    values = material.values.get(code, ())
    attribute = material.attributes.get(code)
    if attribute is not None and attribute.kind == "number":
        shown = number_values(material.counts, code, values, material.filters.chosen.get(code, ()), attribute.unit)
        return _facet(material, code, attribute.name, "values", shown)
    if attribute is not None and attribute.kind == "text" and _tells_nothing(material, code):
        return None
    spelled = {value: material.spellings.get(token(code, value)) for value in values}
    labels = {value: row.label if row is not None and row.label else value for value, row in spelled.items()}
    if attribute is not None and attribute.kind == "boolean":
        labels |= {"yes": _("Yes"), "no": _("No")}
        ordered = sorted(values, reverse=True)
    elif attribute is not None and attribute.kind == "choice":
        places = {choice: place for place, choice in enumerate(attribute.choices)}
        ordered = sorted(values, key=lambda value: (places.get(labels[value], len(places)), labels[value]))
    else:
        ordered = sorted(values, key=lambda value: (*_size(code, value), -material.present(code, value), labels[value]))
    swatches = {value: row.swatch for value, row in spelled.items() if row is not None and row.swatch}
    names = [row.facet_name for row in spelled.values() if row is not None and row.facet_name]
    if code == "brand":
        name = _("Brand")
    elif attribute is not None:
        name = attribute.name
    else:
        name = names[0] if names else code[2:].replace("-", " ").replace("_", " ").capitalize()
    return _facet(
        material,
        code,
        name,
        "swatches" if swatches else "values",
        [material.value(code, value, labels[value], swatch=swatches.get(value)) for value in ordered],
    )


def _facet(material: Material, code: str, name: str, kind: FacetKind, values: Sequence[FacetValue]) -> Facet | None:
    """The facet, where it tells products apart or something of it is chosen."""
    chosen = [value for value in values if value.is_chosen]
    if (
        not chosen
        and len(values) < 2
        and not any(material.present(code, value.value) < material.counts.unfiltered for value in values)
    ):
        return None
    if len(values) > MOST_VALUES:
        most = sorted(values, key=lambda value: -material.present(code, value.value))[:MOST_VALUES]
        values = [value for value in values if value in most or value.is_chosen]
    return Facet(code, name, kind, tuple(values)) if values else None


def _tells_nothing(material: Material, code: str) -> bool:
    """Whether nearly every product has another text, as with model numbers."""
    most = max(_FEW_TEXTS, material.counts.unfiltered // 3)
    return len(material.values[code]) > most and code not in material.filters.chosen


def _size(code: str, value: str) -> tuple[int, float]:
    """Where an option's value stands: sizes from small to large, then numbers, then words."""
    if not code.startswith("o."):
        return 0, 0
    if value in _SIZES:
        return 0, _SIZES[value]
    number = _NUMBER.match(value)
    return (1, float(number[0].replace(",", "."))) if number else (2, 0)


async def _categories(tx: Transaction, material: Material, here: UUID | None) -> Facet | None:
    """The categories below where we are, and those below a chosen one; of a search, the first level that differs."""
    slugs = set(material.values.get("category", ()))
    if not slugs:
        return None
    below: dict[UUID | None, list[Any]] = {}
    names: dict[str, str] = {}
    for row in await tx.sql(_CATEGORIES, {"slugs": sorted(slugs)}):
        names[row.slug] = row.name
        below.setdefault(row.parent_id, []).append(row)
    start, whole = here, material.counts.unfiltered
    while here is None and [material.present("category", row.slug) for row in below.get(start, ())] == [whole]:
        start = below[start][0].id

    def is_open(row: Any) -> bool:
        return material.is_chosen("category", row.slug) or any(is_open(child) for child in below.get(row.id, ()))

    values: list[FacetValue] = []

    def show(parent: UUID | None, depth: int) -> None:
        for row in below.get(parent, ()):
            values.append(material.value("category", row.slug, row.name, depth=depth))
            if is_open(row):
                show(row.id, depth + 1)

    show(start, 0)
    shown = {value.value for value in values}
    for slug in material.filters.chosen.get("category", ()):
        if slug not in shown:
            values.append(material.value("category", slug, names.get(slug, slug)))
    if len(values) < 2 and "category" not in material.filters.chosen:
        return None
    return _facet(material, "category", _("Category"), "values", values)


def _price(material: Material, currency: str) -> Facet:
    counts = material.counts
    return Facet(
        PRICE,
        _("Price"),
        "price",
        lowest=Money(counts.lowest, currency) if counts.lowest is not None else None,
        highest=Money(counts.highest, currency) if counts.highest is not None else None,
    )


def _switch(material: Material, code: str, name: str, label: str, *, always: bool = False) -> Facet | None:
    is_offered = material.present(code, ON) or always
    if not is_offered and not material.is_chosen(code, ON):
        return None
    return Facet(code, name, "switch", (material.value(code, ON, label),))


def _rating(material: Material) -> Facet | None:
    if not material.values.get("rating"):
        return None
    stars = [str(number) for number in range(HIGHEST_RATING, 0, -1)]
    labels = {number: _("{stars} and up").format(stars=number) for number in stars}
    return Facet(
        "rating", _("Rating"), "rating", tuple(material.value("rating", number, labels[number]) for number in stars)
    )
