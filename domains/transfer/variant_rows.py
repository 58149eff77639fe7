"""Rows of a product as its options and variants."""

import re
from collections.abc import Sequence

import msgspec

from domains.kit.i18n import gettext as _
from domains.transfer.cells import Cells
from domains.transfer.columns import MOST_OPTIONS
from domains.transfer.goods import GoodsVariant, Options
from domains.transfer.reading import Group, Row, Sheet

MOST_VARIANTS = 2048
_LARGEST_QUANTITY = 1_000_000_000
# What makes a later row a variant's; the other cells of variants stand beside them and alone mean nothing.
OF_A_VARIANT = (
    *(f"option{number}_value" for number in range(1, MOST_OPTIONS + 1)),
    *("sku", "price", "compare_at", "barcode", "cost"),
)


class VariantRows:
    """Reads the options and the variants of one product; the cells remember what has to be said about them."""

    def __init__(self, group: Group, sheet: Sheet, cells: Cells) -> None:
        self.group = group
        self.sheet = sheet
        self.columns = sheet.columns
        self.cells = cells
        self.first = group.rows[0]

    def option_names(self) -> tuple[str, ...]:
        """The names of the options; none for a product that is one variant, Shopify's "Title: Default Title"."""
        first = self.first
        names: list[str] = []
        for number in range(1, MOST_OPTIONS + 1):
            name, value = first.get(f"option{number}_name"), first.get(f"option{number}_value")
            if not name:
                if any(row.get(f"option{number}_value") for row in self.group.rows):
                    self.cells.problem(
                        first,
                        f"option{number}_name",
                        _("the name of the option is missing"),
                        _("Say in the product's first row what is chosen, such as Size."),
                    )
                continue
            if len(names) != number - 1:
                self.cells.problem(first, f"option{number}_name", _("an option before this one has no name"))
            if name in names:
                self.cells.problem(first, f"option{number}_name", _("the product has two options of this name"))
            if number == 1 and name.casefold() == "title" and value.casefold() in {"", "default title"}:
                continue
            names.append(name)
        return tuple(names)

    def variants(self, names: Sequence[str]) -> list[GoodsVariant]:
        if not self.columns.has(*OF_A_VARIANT):
            return []
        variants: list[GoodsVariant] = []
        seen: dict[tuple[str, ...], int] = {}
        for row in self.group.rows:
            if row is not self.first and not any(row.get(field) for field in OF_A_VARIANT):
                continue
            variant = self._variant(row, names)
            if len(variant.values) < len(names):
                continue
            if variant.values in seen:
                self.cells.problem(
                    row,
                    "option1_value",
                    _("row {row} is this very combination of options").format(row=seen[variant.values])
                    if names
                    else _("the product has no options, and a variant in row {row} already").format(
                        row=seen[variant.values]
                    ),
                    _("Change or remove one of the two rows."),
                )
            seen.setdefault(variant.values, row.number)
            variants.append(variant)
        if len(variants) > MOST_VARIANTS:
            self.cells.problem(self.first, "handle", _("it has more than {most} variants").format(most=MOST_VARIANTS))
        return variants

    def _variant(self, row: Row, names: Sequence[str]) -> GoodsVariant:
        values = []
        for number in range(1, len(names) + 1):
            value = row.get(f"option{number}_value")
            if value:
                values.append(value)
            else:
                self.cells.problem(
                    row,
                    f"option{number}_value",
                    _("the variant does not say its {option}").format(option=names[number - 1]),
                    _("Every variant has one value of every option."),
                )
        if (double := self.sheet.doubled.get(row.number)) is not None:
            self.cells.problem(
                row,
                "sku",
                _("the SKU {sku} is that of {handle} in row {row} already").format(
                    sku=row.get("sku"), handle=double[0], row=double[1]
                ),
                _("Give each variant a SKU of its own."),
            )
        price, compare_at = self.cells.amount(row, "price"), self.cells.amount(row, "compare_at")
        if compare_at is not None and (price is None or compare_at <= price):
            self.cells.note(row, "compare_at", _("left out: it is not above the price"))
            compare_at = None
        barcode = row.get("barcode").lstrip("'") or None  # Shopify's way to keep a spreadsheet from counting with it
        shipped = self.cells.boolean(row, "requires_shipping")
        if shipped is False:
            self.cells.note(row, "requires_shipping", _("what needs no delivery is not sold here yet; it is hidden"))
        hidden = self.cells.boolean(row, "hidden")
        picture = row.get("variant_image") or None
        return GoodsVariant(
            row=row.number,
            values=tuple(values),
            sku=row.get("sku"),
            barcode=barcode,
            price=price,
            compare_at=compare_at,
            cost=self.cells.amount(row, "cost"),
            grams=self.cells.grams(row),
            quantity=self._quantity(row),
            backorder=self._backorder(row),
            is_active=False if shipped is False or hidden else None if hidden is None else True,
            picture=picture if picture is None or self.cells.is_web_address(row, "variant_image") else None,
            is_default=self.cells.boolean(row, "default") is True,
        )

    def options(self, names: Sequence[str], variants: Sequence[GoodsVariant]) -> Options:
        """The options in the order in which their values come, or as the file says outright."""
        found: list[tuple[str, dict[str, str | None]]] = [(name, {}) for name in names]
        told = self._told_options()
        for name, values in found:
            values.update(told.get(name, {}))
        for variant in variants:
            for (_name, values), value in zip(found, variant.values, strict=False):
                values.setdefault(value, None)
        return tuple((name, tuple(values.items())) for name, values in found)

    def _told_options(self) -> dict[str, dict[str, str | None]]:
        text = self.first.get("options")
        if not text:
            return {}
        try:
            read = msgspec.json.decode(text, type=dict[str, dict[str, str | None]])
            if any(
                swatch and not re.fullmatch("#[0-9a-f]{6}", swatch) for one in read.values() for swatch in one.values()
            ):
                raise ValueError("no colour")
            return read
        except (msgspec.DecodeError, ValueError):
            self.cells.problem(
                self.first,
                "options",
                _("this is not written as an export writes it"),
                _("Leave the cell empty; the values are then taken from the variants."),
            )
            return {}

    def _backorder(self, row: Row) -> bool | None:
        """Whether the variant can be ordered when it is out: what is not counted can always be ordered."""
        policy = self.cells.boolean(row, "policy")
        if self.columns.has("tracker") and not row.get("tracker"):
            if policy is not True:
                self.cells.note(row, "tracker", _("the stock is not counted; it can be ordered even when it is out"))
            return True
        return policy

    def _quantity(self, row: Row) -> int | None:
        quantity = self.cells.whole(row, "quantity")
        if quantity is not None and quantity < 0:
            self.cells.note(row, "quantity", _("taken as 0: less than nothing cannot lie on a shelf"))
            return 0
        if quantity is not None and quantity > _LARGEST_QUANTITY:
            self.cells.problem(row, "quantity", _("this is more than can be counted"), _("Enter a smaller number."))
        return quantity
