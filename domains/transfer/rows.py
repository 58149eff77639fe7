"""Rows of a file as a product: every cell read and checked, every mistake found at once."""

from typing import Any

import msgspec

from domains import catalog
from domains.kit.i18n import gettext as _
from domains.transfer.cells import Cells
from domains.transfer.columns import MOST_OPTIONS, Columns
from domains.transfer.goods import Goods, GoodsPicture
from domains.transfer.reading import Group, Row, Sheet
from domains.transfer.reports import Finding
from domains.transfer.variant_rows import MOST_VARIANTS, OF_A_VARIANT, VariantRows

_STATUSES = frozenset({"active", "draft", "archived", "unlisted"})
_OF_A_PRODUCT = (
    *("description", "vendor", "category", "type", "tags", "published", "status", "gift_card", "seo_title"),
    *("seo_description", "product_sku", "categories", "options"),
)
_LONGEST = {
    **dict.fromkeys(("title", "type", "seo_title"), 255),
    **dict.fromkeys(("vendor",), 100),
    **dict.fromkeys(("sku", "barcode", "product_sku"), 50),
    "seo_description": 1000,
    "image_alt": 512,
    **{f"option{number}_name": 50 for number in range(1, MOST_OPTIONS + 1)},
    **{f"option{number}_value": 100 for number in range(1, MOST_OPTIONS + 1)},
}


def read_goods(group: Group, sheet: Sheet, currency: str) -> Goods:
    """The product that these rows are; every mistake in them is found at once."""
    return _Reader(group, sheet, currency).read()


class _Reader:
    """Reads one product; its cells remember what has to be said about them."""

    def __init__(self, group: Group, sheet: Sheet, currency: str) -> None:
        self.group = group
        self.sheet = sheet
        self.columns: Columns = sheet.columns
        self.cells = Cells(sheet.columns, currency)
        self.first = group.rows[0]
        self.variants = VariantRows(group, sheet, self.cells)

    def read(self) -> Goods:
        first = self.first
        if not self.group.slug:
            for row in self.group.rows:
                self._without_a_product(row)
            return self._goods()
        self._check_rows()
        names = self.variants.option_names()
        variants = self.variants.variants(names)
        taxed, tax_code = self._taxes()
        gift_card = self.cells.boolean(first, "gift_card") is True
        if gift_card:
            self.cells.note(first, "gift_card", _("gift cards are not sold here yet; the product is hidden"))
        description = catalog.read_description(first.get("description")) if self.columns.has("description") else None
        if description is not None and description.lost:
            lost = ", ".join(f"<{tag}>" for tag in description.lost)
            self.cells.note(
                first,
                "description",
                _("left out of the description: {tags}").format(tags=lost),
                _("Add what is missing as pictures of the product, or as text."),
            )
        return self._goods(
            title=first.get("title"),
            description=description,
            vendor=first.get("vendor") or None,
            category=self._path(first, "category") or self._path(first, "type"),
            other_categories=self._other_categories(),
            type=first.get("type") or None,
            tags=self._tags(),
            seo_title=first.get("seo_title") or None,
            seo_description=first.get("seo_description") or None,
            product_sku=first.get("product_sku"),
            is_active=self._is_active(),
            is_sellable=not gift_card,
            is_taxed=taxed,
            tax_code=tax_code,
            options=self.variants.options(names, variants),
            variants=tuple(variants),
            pictures=self._pictures(),
            attributes=self._attributes(),
        )

    def _goods(self, **read: Any) -> Goods:
        first = self.first
        return Goods(
            handle=first.get("handle") or self.group.slug or first.get("title"),
            slug=self.group.slug,
            row=first.number,
            problems=tuple(self.cells.problems),
            notes=tuple(self.cells.notes),
            **read,
        )

    def _without_a_product(self, row: Row) -> None:
        given = row.get("handle") or row.get("title")
        if given:
            self.cells.problem(
                row,
                "handle" if row.get("handle") else "title",
                _("no address can be made of “{text}”").format(text=given),
                _("Give the product a handle of small letters, digits and hyphens."),
            )
        else:
            self.cells.problem(
                row,
                "handle",
                _("the row does not say which product it belongs to"),
                _("Give it the handle of its product, or remove the row."),
            )

    def _check_rows(self) -> None:
        first = self.first
        for row in self.group.rows:
            if row.extra:
                self.cells.problem(
                    row,
                    "",
                    _("there are more cells than headings, from “{text}” on").format(text=row.extra[:50]),
                    _("Look for a comma that should stand within quotation marks."),
                )
            for field, text in row.cells.items():
                longest = _LONGEST.get(field)
                if longest is not None and len(text) > longest:
                    self.cells.problem(
                        row,
                        field,
                        _("the text has {length} characters; at most {longest} are possible").format(
                            length=len(text), longest=longest
                        ),
                        _("Shorten it."),
                    )
                if "\x00" in text:
                    self.cells.problem(row, field, _("the text holds a NUL"), _("Remove it."))
            for place, text in row.attributes.items():
                if "\x00" in text:
                    heading = self.columns.headings[place]
                    self.cells.problems.append(Finding(row.number, heading, _("the text holds a NUL"), _("Remove it.")))
        for row in self.group.rows[1:]:
            self._check_later(first, row)
        if len(self.group.rows) > 4 * MOST_VARIANTS:
            self.cells.problem(first, "handle", _("the product has more rows than any product can have"))

    def _check_later(self, first: Row, row: Row) -> None:
        handle = row.get("handle")
        if handle.casefold() != first.get("handle").casefold():
            self.cells.problem(
                row,
                "handle",
                _("“{handle}” and “{other}” in row {row} would have the same address here, /products/{slug}").format(
                    handle=handle or row.get("title"),
                    other=first.get("handle") or first.get("title"),
                    row=first.number,
                    slug=self.group.slug,
                ),
                _("Give each product a handle of its own."),
            )
        elif row.get("title") and row.get("title") != first.get("title"):
            self.cells.problem(
                row,
                "title",
                _("row {row} has the same handle and is called “{other}”").format(
                    row=first.number, other=first.get("title")
                ),
                _("Give each product a handle of its own; later rows of one product leave the title empty."),
            )
        for field in _OF_A_PRODUCT:
            if row.get(field) and row.get(field) != first.get(field):
                self.cells.note(row, field, _("left out: only the first row of a product says this"))

    def _taxes(self) -> tuple[bool | None, str]:
        """Whether the product is taxed, and its code; a product is taxed alike in all its variants."""
        told: dict[tuple[bool | None, str], Row] = {}
        for row in self.group.rows:
            if row is self.first or any(row.get(field) for field in OF_A_VARIANT):
                told.setdefault((self.cells.boolean(row, "taxable"), row.get("tax_code")), row)
        (taxed, code), *others = told
        if others:
            row = told[others[0]]
            self.cells.problem(
                row,
                "taxable" if others[0][0] != taxed else "tax_code",
                _("the variant is taxed otherwise than the first one in row {row}").format(row=self.first.number),
                _("Here a product is taxed alike in all its variants: make two products of it."),
            )
        return taxed, code

    def _is_active(self) -> bool | None:
        status, published = self.first.get("status").casefold(), self.cells.boolean(self.first, "published")
        if status and status not in _STATUSES:
            self.cells.problem(
                self.first,
                "status",
                _("“{text}” is no status").format(text=status),
                _("Write active, draft or archived."),
            )
        if not status and published is None:
            return None
        return status in {"", "active"} and published is not False

    def _tags(self) -> tuple[str, ...]:
        found = {tag.casefold(): tag for tag in reversed(self._listed(self.first.get("tags")))}
        return tuple(reversed(found.values()))

    @staticmethod
    def _listed(text: str) -> list[str]:
        return [part for part in (" ".join(part.split()) for part in text.split(",")) if part]

    def _path(self, row: Row, field: str) -> tuple[str, ...]:
        return self._checked_path(row, field, row.get(field))

    def _checked_path(self, row: Row, field: str, text: str) -> tuple[str, ...]:
        path = tuple(part for part in (" ".join(part.split()) for part in text.split(">")) if part)
        if any(len(part) > 100 for part in path):
            self.cells.problem(row, field, _("a category's name has at most {most} characters").format(most=100))
        return path

    def _other_categories(self) -> tuple[tuple[str, ...], ...] | None:
        if not self.columns.has("categories"):
            return None
        text = self.first.get("categories")
        try:
            paths = msgspec.json.decode(text, type=list[str]) if text else []
        except msgspec.DecodeError:
            paths = text.split(";")
        return tuple(filter(None, (self._checked_path(self.first, "categories", path) for path in paths)))

    def _pictures(self) -> tuple[GoodsPicture, ...]:
        """The pictures in order of their positions, each address once."""
        found: dict[str, tuple[int, int, GoodsPicture]] = {}
        for place, row in enumerate(self.group.rows):
            url = row.get("image")
            if not url or not self.cells.is_web_address(row, "image"):
                continue
            position = self.cells.whole(row, "image_position")
            order = position if position is not None else 1_000_000
            found.setdefault(url, (order, place, GoodsPicture(row.number, url, row.get("image_alt"))))
        return tuple(picture for _order, _place, picture in sorted(found.values(), key=lambda one: one[:2]))

    def _attributes(self) -> dict[int, tuple[int, str]]:
        """The attributes by the place of their column, each with the row that says it."""
        found: dict[int, tuple[int, str]] = {}
        for row in self.group.rows:
            for place, text in row.attributes.items():
                found.setdefault(place, (row.number, text))
        return found
