"""The columns of Shopify's product CSV, in both dialects, and what each of them is here.

Both dialects are read by one table: a heading is looked up whatever its case and spacing, in any order. What has no
place here is known too, so that a report can name it and say why it was not taken over.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from domains.kit.i18n import gettext as _

MOST_OPTIONS = 5  # ours; Shopify writes at most three


class Dialect(StrEnum):
    """Which headings a file has: those of Shopify's exports since 2024, or those before."""

    NEW = "new"
    OLD = "old"


# field: (heading of the new dialect, heading of the old one)
FIELDS: dict[str, tuple[str, str]] = {
    "title": ("Title", "Title"),
    "handle": ("URL handle", "Handle"),
    "description": ("Description", "Body (HTML)"),
    "vendor": ("Vendor", "Vendor"),
    "category": ("Product category", "Product Category"),
    "type": ("Type", "Type"),
    "tags": ("Tags", "Tags"),
    "published": ("Published on online store", "Published"),
    "status": ("Status", "Status"),
    "sku": ("SKU", "Variant SKU"),
    "barcode": ("Barcode", "Variant Barcode"),
    **{
        f"option{number}_{part}": (f"Option{number} {part}", f"Option{number} {part.title()}")
        for number in range(1, MOST_OPTIONS + 1)
        for part in ("name", "value")
    },
    "price": ("Price", "Variant Price"),
    "compare_at": ("Compare-at price", "Variant Compare At Price"),
    "cost": ("Cost per item", "Cost per item"),
    "taxable": ("Charge tax", "Variant Taxable"),
    "tax_code": ("Tax code", "Variant Tax Code"),
    "tracker": ("Inventory tracker", "Variant Inventory Tracker"),
    "quantity": ("Inventory quantity", "Variant Inventory Qty"),
    "policy": ("Continue selling when out of stock", "Variant Inventory Policy"),
    "grams": ("Weight value (grams)", "Variant Grams"),
    "requires_shipping": ("Requires shipping", "Variant Requires Shipping"),
    "image": ("Product image URL", "Image Src"),
    "image_position": ("Image position", "Image Position"),
    "image_alt": ("Image alt text", "Image Alt Text"),
    "variant_image": ("Variant image URL", "Variant Image"),
    "gift_card": ("Gift card", "Gift Card"),
    "seo_title": ("SEO title", "SEO Title"),
    "seo_description": ("SEO description", "SEO Description"),
    # Our own, in the form of Shopify's metafields, for what Shopify has no column for.
    "product_sku": ("Product SKU (product.metafields.stoa.sku)",) * 2,
    "categories": ("Other categories (product.metafields.stoa.categories)",) * 2,
    "options": ("Options (product.metafields.stoa.options)",) * 2,
    "hidden": ("Hidden (variant.metafields.stoa.hidden)",) * 2,
    "default": ("First choice (variant.metafields.stoa.default)",) * 2,
}

# Shopify's columns about people who may buy, as attributes that a product's page shows: field → code, name.
GOOGLE_ATTRIBUTES = {
    "google shopping / gender": ("gender", _("Gender")),
    "google shopping / age group": ("age_group", _("Age group")),
    "google shopping / mpn": ("mpn", _("Manufacturer part number")),
    "google shopping / manufacturer part number (mpn)": ("mpn", _("Manufacturer part number")),
    "google shopping / condition": ("condition", _("Condition")),
}

_ELSEWHERE = _("weights are shown in one unit for the whole shop")
_NO_HOME: dict[str, str] = {
    "variant weight unit": _ELSEWHERE,
    "weight unit for display": _ELSEWHERE,
    "variant fulfillment service": _("the shop sends everything itself"),
    "fulfillment service": _("the shop sends everything itself"),
    **{f"option{number} linked to": _("options are not linked to metafields here") for number in range(1, 4)},
}
_ADVERTISING = _("it is for advertising at Google")
_UNIT_PRICE = _("prices by unit are not shown here yet")
_MARKETS = _("prices for other markets are not kept here yet")

_METAFIELD = re.compile(r"(?P<name>.*?)\s*\((?P<owner>product|variant)\.metafields\.(?P<space>[^.()]+)\.(?P<key>.+)\)")
_OWN_KIND = re.compile(r"attribute_(?P<kind>text|number|boolean|choice)")
_UNIT = re.compile(r"(?P<name>.+?)\s*\[(?P<unit>[^\[\]]{1,20})\]")
_OTHER_MARKET = re.compile(r"(included|price|compare[- ]at price) / .+")


class AttributeColumn(msgspec.Struct, frozen=True):
    """A column that is an attribute of products. `kind` is only known where we have written the heading."""

    code: str
    name: str
    kind: str | None = None
    unit: str | None = None

    @property
    def heading(self) -> str:
        named = f"{self.name} [{self.unit}]" if self.unit else self.name
        return f"{named} (product.metafields.attribute_{self.kind}.{self.code})"


class Columns(msgspec.Struct, frozen=True):
    """What each column of a file is, by its place; `ignored` are those without a place here, with the reason."""

    headings: tuple[str, ...]
    dialect: Dialect
    fields: dict[int, str]
    attributes: dict[int, AttributeColumn]
    ignored: dict[int, str]
    present: frozenset[str]

    def has(self, *fields: str) -> bool:
        """Whether the file has any of these fields."""
        return not self.present.isdisjoint(fields)

    def heading(self, field: str) -> str:
        """How this file calls a field: by its own words where it has it, else by those of its dialect."""
        for place, name in self.fields.items():
            if name == field:
                return self.headings[place]
        return FIELDS.get(field, (field, field))[0 if self.dialect is Dialect.NEW else 1]


def understand(headings: Sequence[str]) -> Columns:
    """What the columns of a file are. A heading given twice is the first one's; the second has no place."""
    read = [heading.strip() for heading in headings]
    fields: dict[int, str] = {}
    attributes: dict[int, AttributeColumn] = {}
    ignored: dict[int, str] = {}
    codes: set[str] = set()
    for place, heading in enumerate(read):
        plain = _plain(heading)
        if plain in _BY_HEADING:
            if _BY_HEADING[plain] in fields.values():
                ignored[place] = _("the column is there twice")
            else:
                fields[place] = _BY_HEADING[plain]
        elif (attribute := _attribute(heading)) is not None:
            if attribute.code in codes:
                attribute = msgspec.structs.replace(attribute, code=f"{attribute.code[:40]}_{len(codes)}")
            codes.add(attribute.code)
            attributes[place] = attribute
        elif heading:
            ignored[place] = _why_not(plain)
    own = [(_plain(read[place]), *map(_plain, FIELDS[field])) for place, field in fields.items()]
    new, old = (sum(pair[0] != pair[1] and heading == pair[which] for heading, *pair in own) for which in (0, 1))
    dialect = Dialect.OLD if old > new else Dialect.NEW
    return Columns(tuple(read), dialect, fields, attributes, ignored, frozenset(fields.values()))


def is_known(heading: str) -> bool:
    """Whether it is a heading of one of the dialects."""
    return _plain(heading) in _BY_HEADING


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())


_BY_HEADING = {_plain(heading): field for field, pair in FIELDS.items() for heading in pair}


def _attribute(heading: str) -> AttributeColumn | None:
    if (google := GOOGLE_ATTRIBUTES.get(_plain(heading))) is not None:
        return AttributeColumn(google[0], google[1], "text")
    found = _METAFIELD.fullmatch(heading)
    if found is None or found["owner"] != "product" or found["space"] == "stoa":
        return None
    code = re.sub(r"[^a-z0-9]+", "_", found["key"].casefold()).strip("_")[:50]
    if not re.match("[a-z]", code):
        return None
    name = (found["name"] or found["key"])[:100]
    kind = _OWN_KIND.fullmatch(found["space"])
    if kind is None:
        return AttributeColumn(code, name)
    unit = _UNIT.fullmatch(name) if kind["kind"] == "number" else None
    return AttributeColumn(code, unit["name"] if unit else name, kind["kind"], unit["unit"] if unit else None)


def _why_not(plain: str) -> str:
    if plain in _NO_HOME:
        return _NO_HOME[plain]
    if plain.startswith("google shopping / "):
        return _ADVERTISING
    if plain.startswith("unit price "):
        return _UNIT_PRICE
    if _OTHER_MARKET.fullmatch(plain):
        return _MARKETS
    return _("the shop has no place for it")
