"""What an import finds in the shop and makes where it is missing: categories, attributes, and where stock goes."""

import math
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from domains import catalog, inventory, pricing
from domains.catalog import AttributeView, CategoryNode
from domains.kit import Transaction
from domains.kit.i18n import gettext as _
from domains.transfer.columns import AttributeColumn

OTHER = _("Other")  # the category of products that name none
NOT_TAXED = "zero"
STANDARD = "standard"
_LONGEST_TEXT = 500

type Path = tuple[str, ...]


class NotAValue(ValueError):
    """A text is no value of an attribute; the message says what would be one."""


class LeftOut(ValueError):
    """A text is nothing that an attribute can show; the message says what it is."""


class Shelves:
    """The shop around the products, read once and kept in step with what the import adds."""

    def __init__(
        self,
        paths: Mapping[UUID, Path],
        attributes: Mapping[str, AttributeView],
        tax_classes: Iterable[str],
        warehouse_id: UUID | None,
        warehouses: frozenset[UUID],
    ) -> None:
        self.paths = dict(paths)
        self.tax_classes = set(tax_classes)
        self.warehouse_id = warehouse_id
        self.warehouses = warehouses
        self.made: list[Path] = []
        self._attributes = dict(attributes)
        self._homes: dict[UUID, dict[str, AttributeView]] = {}
        self._by_path: dict[Path, UUID] = {}
        for category_id, path in paths.items():
            self._by_path.setdefault(_folded(path), category_id)

    @classmethod
    async def of(cls, tx: Transaction) -> "Shelves":
        open_ones = [warehouse.id for warehouse in await inventory.warehouses(tx) if warehouse.is_active]
        return cls(
            category_paths(await catalog.tree(tx, include_inactive=True)),
            await catalog.attribute_definitions(tx),
            await pricing.tax_classes(tx),
            open_ones[0] if open_ones else None,
            frozenset(open_ones),
        )

    def is_at(self, category_id: UUID, path: Path) -> bool:
        """Whether this is the path of the category, whatever its letters' case."""
        return _folded(self.paths[category_id]) == _folded(path)

    async def category(self, tx: Transaction, path: Path) -> UUID:
        """The category at a path from the top; it and those above it are made where they are missing."""
        known = self._by_path.get(_folded(path))
        if known is not None:
            return known
        parent_id = await self.category(tx, path[:-1]) if len(path) > 1 else None
        made = await catalog.create_category(tx, name=path[-1], parent_id=parent_id, sort_order=len(self.paths))
        above = self.paths[parent_id] if parent_id is not None else ()
        self.paths[made] = (*above, path[-1])
        self._by_path[_folded(path)] = made
        self.made.append(self.paths[made])
        return made

    async def attributes_in(self, tx: Transaction, category_id: UUID) -> dict[str, AttributeView]:
        """The attributes that products at home in a category have."""
        if category_id not in self._homes:
            self._homes[category_id] = {one.code: one for one in await catalog.attributes_of(tx, category_id)}
        return self._homes[category_id]

    async def let_have(self, tx: Transaction, category_id: UUID, codes: Iterable[str]) -> None:
        """Let products of a category have these attributes."""
        known = await self.attributes_in(tx, category_id)
        missing = [code for code in codes if code not in known]
        if missing:
            await catalog.add_category_attributes(tx, category_id, missing)
            self._homes.clear()  # categories below have them now, too

    async def value(self, tx: Transaction, column: AttributeColumn, text: str) -> Any:
        """A text as a value of a column's attribute, which is defined where it is not yet.

        Raises `NotAValue` for what is wrong, `LeftOut` for what an attribute is not for.
        """
        if column.kind is None and (text.startswith(("gid://", "{", "[")) or len(text) > _LONGEST_TEXT):
            raise LeftOut(_("left out: it is no short text that a product's page could show"))
        known = self._attributes.get(column.code)
        if known is None:
            kind = column.kind or "text"
            choices = (text,) if kind == "choice" else ()
            await catalog.define_attribute(
                tx, code=column.code, name=column.name, kind=kind, unit=column.unit, choices=choices
            )
            known = AttributeView(column.code, column.name, kind, column.unit, choices, False)
            self._attributes[column.code] = known
        if known.kind == "choice" and text not in known.choices:
            await catalog.add_choices(tx, column.code, [text])
            known = AttributeView(known.code, known.name, known.kind, known.unit, (*known.choices, text), False)
            self._attributes[column.code] = known
            self._homes.clear()
        return _read(known, text)

    async def tax_class(self, tx: Transaction, *, is_taxed: bool | None, code: str, present: str | None) -> str:
        """The tax class of a product that has `present` so far; what is not taxed has a class without rates."""
        if code in self.tax_classes:
            return code
        if is_taxed is False:
            if NOT_TAXED not in self.tax_classes:
                await pricing.add_tax_class(tx, code=NOT_TAXED, name=_("Not taxed"))
                self.tax_classes.add(NOT_TAXED)
            return NOT_TAXED
        if present is None or (is_taxed and present == NOT_TAXED):
            return STANDARD
        return present


def written(value: Any) -> str:
    """A value of an attribute as a cell; `Shelves.value` reads it back."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value)


def category_paths(nodes: Iterable[CategoryNode], above: Path = ()) -> dict[UUID, Path]:
    """The way from the top to each category, by names."""
    found: dict[UUID, Path] = {}
    for node in nodes:
        found[node.id] = (*above, node.name)
        found |= category_paths(node.children, found[node.id])
    return found


def _read(attribute: AttributeView, text: str) -> Any:
    match attribute.kind:
        case "boolean":
            if text.casefold() not in {"true", "false", "yes", "no"}:
                raise NotAValue(_("Write TRUE or FALSE."))
            return text.casefold() in {"true", "yes"}
        case "number":
            try:
                number = float(text)
            except ValueError:
                raise NotAValue(_("Enter a number, such as 12.5.")) from None
            if not math.isfinite(number):
                raise NotAValue(_("Enter a number, such as 12.5."))
            return int(text) if text.lstrip("-").isdecimal() and text.isascii() else number
        case "text" if len(text) > _LONGEST_TEXT:
            raise NotAValue(_("Use at most {longest} characters.").format(longest=_LONGEST_TEXT))
    return text


def _folded(path: Path) -> Path:
    return tuple(" ".join(name.split()).casefold() for name in path)
