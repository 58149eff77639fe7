"""A product as the rows of a file have it: every cell read and checked, nothing of the shop known yet."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlsplit

import msgspec

from domains import catalog
from domains.kit.i18n import gettext as _
from domains.kit.money import exponent
from domains.pricing import LARGEST_PRICE
from domains.transfer.columns import MOST_OPTIONS, Columns
from domains.transfer.reading import Group, Row, Sheet, address
from domains.transfer.reports import Finding

type Options = tuple[tuple[str, tuple[tuple[str, str | None], ...]], ...]
"""Names of options with their values and swatches, each in its order."""

_MOST_VARIANTS = 2048
_LARGEST_QUANTITY = 1_000_000_000
_LONGEST_URL = 2000
_AMOUNT = re.compile(r"\d{1,15}(\.\d+)?")
_WHOLE = re.compile(r"-?\d{1,15}(\.0+)?")
_YES = frozenset({"true", "yes", "1", "active", "continue"})
_NO = frozenset({"false", "no", "0", "deny"})
_STATUSES = frozenset({"active", "draft", "archived", "unlisted"})
# What makes a later row a variant's; the other cells of variants stand beside them and alone mean nothing.
_OF_A_VARIANT = (
    *(f"option{number}_value" for number in range(1, MOST_OPTIONS + 1)),
    *("sku", "price", "compare_at", "barcode", "cost"),
)
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


class GoodsPicture(msgspec.Struct, frozen=True):
    """A picture of a product by its address."""

    row: int
    url: str
    alt: str


class GoodsVariant(msgspec.Struct, frozen=True, kw_only=True):
    """A variant of a file. None is what the file does not say; amounts are minor units."""

    row: int
    values: tuple[str, ...]
    sku: str
    barcode: str | None
    price: int | None
    compare_at: int | None
    cost: int | None
    grams: int | None
    quantity: int | None
    backorder: bool | None
    is_active: bool | None
    picture: str | None
    is_default: bool


class Goods(msgspec.Struct, frozen=True, kw_only=True):
    """A product of a file, and what there is to say about its cells.

    None is what the file does not say; which of its texts are meant to be empty is told by the columns it has.
    With `problems` the rest is not to be used.
    """

    handle: str
    slug: str
    row: int
    title: str = ""
    description: catalog.Description | None = None
    vendor: str | None = None
    category: tuple[str, ...] = ()
    other_categories: tuple[tuple[str, ...], ...] | None = None
    type: str | None = None
    tags: tuple[str, ...] = ()
    seo_title: str | None = None
    seo_description: str | None = None
    product_sku: str = ""
    is_active: bool | None = None
    is_sellable: bool = True
    is_taxed: bool | None = None
    tax_code: str = ""
    options: Options = ()
    variants: tuple[GoodsVariant, ...] = ()
    pictures: tuple[GoodsPicture, ...] = ()
    attributes: dict[int, tuple[int, str]] = {}
    problems: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()


def read_goods(group: Group, sheet: Sheet, currency: str) -> Goods:
    """The product that these rows are; every mistake in them is found at once."""
    return _Reader(group, sheet, currency).read()


class _Reader:
    """Reads one product; `problem` and `note` remember what has to be said about a cell."""

    def __init__(self, group: Group, sheet: Sheet, currency: str) -> None:
        self.group = group
        self.sheet = sheet
        self.columns: Columns = sheet.columns
        self.currency = currency
        self.first = group.rows[0]
        self.problems: list[Finding] = []
        self.notes: list[Finding] = []

    def problem(self, row: Row, field: str, problem: str, remedy: str = "") -> None:
        self.problems.append(Finding(row.number, self.columns.heading(field) if field else "", problem, remedy))

    def note(self, row: Row, field: str, problem: str, remedy: str = "") -> None:
        self.notes.append(Finding(row.number, self.columns.heading(field), problem, remedy))

    def read(self) -> Goods:
        first = self.first
        if not self.group.slug:
            for row in self.group.rows:
                self._without_a_product(row)
            return self._goods()
        self._check_rows()
        names = self._option_names()
        variants = self._variants(names)
        taxed, tax_code = self._taxes()
        gift_card = self._bool(first, "gift_card") is True
        if gift_card:
            self.note(first, "gift_card", _("gift cards are not sold here yet; the product is taken over hidden"))
        description = catalog.read_description(first.get("description")) if self.columns.has("description") else None
        if description is not None and description.lost:
            lost = ", ".join(f"<{tag}>" for tag in description.lost)
            self.note(
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
            options=self._options(names, variants),
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
            problems=tuple(self.problems),
            notes=tuple(self.notes),
            **read,
        )

    def _without_a_product(self, row: Row) -> None:
        given = row.get("handle") or row.get("title")
        if given:
            self.problem(
                row,
                "handle" if row.get("handle") else "title",
                _("no address can be made of “{text}”").format(text=given),
                _("Give the product a handle of small letters, digits and hyphens."),
            )
        else:
            self.problem(
                row,
                "handle",
                _("the row does not say which product it belongs to"),
                _("Give it the handle of its product, or remove the row."),
            )

    def _check_rows(self) -> None:
        first = self.first
        for row in self.group.rows:
            if row.extra:
                self.problem(
                    row,
                    "",
                    _("there are more cells than headings, from “{text}” on").format(text=row.extra[:50]),
                    _("Look for a comma that should stand within quotation marks."),
                )
            for field, text in row.cells.items():
                longest = _LONGEST.get(field)
                if longest is not None and len(text) > longest:
                    self.problem(
                        row,
                        field,
                        _("the text has {length} characters; at most {longest} are possible").format(
                            length=len(text), longest=longest
                        ),
                        _("Shorten it."),
                    )
                if "\x00" in text:
                    self.problem(row, field, _("the text holds a sign that cannot be kept (NUL)"), _("Remove it."))
            for place, text in row.attributes.items():
                if "\x00" in text:
                    heading = self.columns.headings[place]
                    self.problems.append(Finding(row.number, heading, _("the text holds a NUL"), _("Remove it.")))
        for row in self.group.rows[1:]:
            self._check_later(first, row)
        if len(self.group.rows) > 4 * _MOST_VARIANTS:
            self.problem(first, "handle", _("the product has more rows than any product can have"))

    def _check_later(self, first: Row, row: Row) -> None:
        handle = row.get("handle")
        if handle.casefold() != first.get("handle").casefold():
            self.problem(
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
            self.problem(
                row,
                "title",
                _("row {row} has the same handle and is called “{other}”").format(
                    row=first.number, other=first.get("title")
                ),
                _("Give each product a handle of its own; later rows of one product leave the title empty."),
            )
        for field in _OF_A_PRODUCT:
            if row.get(field) and row.get(field) != first.get(field):
                self.note(row, field, _("left out: only the first row of a product says this"))

    def _option_names(self) -> tuple[str, ...]:
        """The names of the options; none for a product that is one variant, Shopify's "Title: Default Title"."""
        first = self.first
        names: list[str] = []
        for number in range(1, MOST_OPTIONS + 1):
            name, value = first.get(f"option{number}_name"), first.get(f"option{number}_value")
            if not name:
                if any(row.get(f"option{number}_value") for row in self.group.rows):
                    self.problem(
                        first,
                        f"option{number}_name",
                        _("the name of the option is missing"),
                        _("Say in the product's first row what is chosen, such as Size."),
                    )
                continue
            if len(names) != number - 1:
                self.problem(first, f"option{number}_name", _("an option before this one has no name"))
            if name in names:
                self.problem(first, f"option{number}_name", _("the product has two options of this name"))
            if number == 1 and name.casefold() == "title" and value.casefold() in {"", "default title"}:
                continue
            names.append(name)
        return tuple(names)

    def _variants(self, names: Sequence[str]) -> list[GoodsVariant]:
        if not self.columns.has(*_OF_A_VARIANT):
            return []
        variants: list[GoodsVariant] = []
        seen: dict[tuple[str, ...], int] = {}
        for row in self.group.rows:
            if row is not self.first and not any(row.get(field) for field in _OF_A_VARIANT):
                continue
            variant = self._variant(row, names)
            if len(variant.values) < len(names):
                continue
            if variant.values in seen:
                self.problem(
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
        if len(variants) > _MOST_VARIANTS:
            self.problem(self.first, "handle", _("a product has at most {most} variants").format(most=_MOST_VARIANTS))
        return variants

    def _variant(self, row: Row, names: Sequence[str]) -> GoodsVariant:
        values = []
        for number in range(1, len(names) + 1):
            value = row.get(f"option{number}_value")
            if value:
                values.append(value)
            else:
                self.problem(
                    row,
                    f"option{number}_value",
                    _("the variant does not say its {option}").format(option=names[number - 1]),
                    _("Every variant has one value of every option."),
                )
        if (double := self.sheet.doubled.get(row.number)) is not None:
            self.problem(
                row,
                "sku",
                _("the SKU {sku} is that of {handle} in row {row} already").format(
                    sku=row.get("sku"), handle=double[0], row=double[1]
                ),
                _("Give each variant a SKU of its own."),
            )
        price, compare_at = self._amount(row, "price"), self._amount(row, "compare_at")
        if compare_at is not None and (price is None or compare_at <= price):
            self.note(row, "compare_at", _("left out: it is not above the price"))
            compare_at = None
        barcode = row.get("barcode").lstrip("'") or None  # Shopify's way to keep a spreadsheet from counting with it
        shipped = self._bool(row, "requires_shipping")
        if shipped is False:
            self.note(row, "requires_shipping", _("what needs no delivery is not sold here yet; taken over hidden"))
        hidden = self._bool(row, "hidden")
        picture = row.get("variant_image") or None
        return GoodsVariant(
            row=row.number,
            values=tuple(values),
            sku=row.get("sku"),
            barcode=barcode,
            price=price,
            compare_at=compare_at,
            cost=self._amount(row, "cost"),
            grams=self._grams(row),
            quantity=self._quantity(row),
            backorder=self._backorder(row),
            is_active=False if shipped is False or hidden else None if hidden is None else True,
            picture=picture if picture is None or self._is_web_address(row, "variant_image") else None,
            is_default=self._bool(row, "default") is True,
        )

    def _options(self, names: Sequence[str], variants: Sequence[GoodsVariant]) -> Options:
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
            self.problem(
                self.first,
                "options",
                _("this is not written as an export writes it"),
                _("Leave the cell empty; the values are then taken from the variants."),
            )
            return {}

    def _taxes(self) -> tuple[bool | None, str]:
        """Whether the product is taxed, and its code; a product is taxed alike in all its variants."""
        told: dict[tuple[bool | None, str], Row] = {}
        for row in self.group.rows:
            if row is self.first or any(row.get(field) for field in _OF_A_VARIANT):
                told.setdefault((self._bool(row, "taxable"), row.get("tax_code")), row)
        (taxed, code), *others = told
        if others:
            row = told[others[0]]
            self.problem(
                row,
                "taxable" if others[0][0] != taxed else "tax_code",
                _("the variant is taxed otherwise than the first one in row {row}").format(row=self.first.number),
                _("Here a product is taxed alike in all its variants: make two products of it."),
            )
        return taxed, code

    def _is_active(self) -> bool | None:
        status, published = self.first.get("status").casefold(), self._bool(self.first, "published")
        if status and status not in _STATUSES:
            self.problem(
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
            self.problem(row, field, _("a category's name has at most {most} characters").format(most=100))
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
            if not url or not self._is_web_address(row, "image"):
                continue
            position = self._whole(row, "image_position")
            order = position if position is not None else 1_000_000
            found.setdefault(url, (order, place, GoodsPicture(row.number, url, row.get("image_alt"))))
        return tuple(picture for _order, _place, picture in sorted(found.values(), key=lambda one: one[:2]))

    def _is_web_address(self, row: Row, field: str) -> bool:
        url = row.get(field)
        try:
            parts = urlsplit(url)
            good = parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= _LONGEST_URL
            _port = parts.port
        except ValueError:
            good = False
        if not good or any(letter.isspace() or ord(letter) < 32 for letter in url):
            self.problem(
                row,
                field,
                _("“{url}” is no address of a picture").format(url=url[:80]),
                _("Enter an address that begins with https://, or leave the cell empty."),
            )
            return False
        return True

    def _attributes(self) -> dict[int, tuple[int, str]]:
        """The attributes by the place of their column, each with the row that says it."""
        found: dict[int, tuple[int, str]] = {}
        for row in self.group.rows:
            for place, text in row.attributes.items():
                found.setdefault(place, (row.number, text))
        return found

    def _backorder(self, row: Row) -> bool | None:
        """Whether the variant can be ordered when it is out: what is not counted can always be ordered."""
        policy = self._bool(row, "policy")
        if self.columns.has("tracker") and not row.get("tracker"):
            if policy is not True:
                self.note(row, "tracker", _("the stock is not counted; it can be ordered even when it is out"))
            return True
        return policy

    def _quantity(self, row: Row) -> int | None:
        quantity = self._whole(row, "quantity")
        if quantity is not None and quantity < 0:
            self.note(row, "quantity", _("taken as 0: less than nothing cannot lie on a shelf"))
            return 0
        if quantity is not None and quantity > _LARGEST_QUANTITY:
            self.problem(row, "quantity", _("this is more than can be counted here"), _("Enter a smaller number."))
        return quantity

    def _grams(self, row: Row) -> int | None:
        text = row.get("grams")
        if not text:
            return None
        if not _AMOUNT.fullmatch(text) or (grams := Decimal(text)) >= 2**31 - 1:
            self.problem(
                row, "grams", _("“{text}” is no weight").format(text=text[:30]), _("Enter grams, such as 250.")
            )
            return None
        return int(grams.to_integral_value(rounding=ROUND_HALF_UP))

    def _whole(self, row: Row, field: str) -> int | None:
        text = row.get(field)
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            self.problem(
                row, field, _("“{text}” is no whole number").format(text=text[:30]), _("Enter digits, such as 12.")
            )
            return None
        return int(Decimal(text))

    def _amount(self, row: Row, field: str) -> int | None:
        text = row.get(field)
        if not text:
            return None
        minor = Decimal(text).scaleb(exponent(self.currency)) if _AMOUNT.fullmatch(text) else None
        if minor is None or minor != minor.to_integral_value() or minor > LARGEST_PRICE:
            self.problem(
                row,
                field,
                _("“{text}” is no amount of {currency}").format(text=text[:30], currency=self.currency),
                _("Enter digits with a point before the decimals, such as 1234.50, and no sign of the currency.")
                if exponent(self.currency)
                else _("Enter digits alone, such as 1234."),
            )
            return None
        return int(minor)

    def _bool(self, row: Row, field: str) -> bool | None:
        text = row.get(field).casefold()
        if not text:
            return None
        if text in _YES:
            return True
        if text in _NO:
            return False
        self.problem(
            row,
            field,
            _("“{text}” is neither yes nor no").format(text=text[:30]),
            _("Write continue or deny.") if field == "policy" else _("Write TRUE or FALSE."),
        )
        return None


def own_address(goods: Goods) -> str:
    """The handle as it stood in the file, where the address here is another one; else the empty text."""
    return goods.handle if goods.handle != goods.slug and address(goods.handle) == goods.slug else ""
