"""What the forms of a product may send, and how their words become values."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from app.web.forms import form_from
from app.web.uploads import texts_of
from domains.catalog import AttributeView, ProductChanges, ProductRecord
from domains.kit import Invalid, Money
from domains.kit.i18n import gettext as _

_AMOUNT = re.compile(r"[0-9]{1,12}([.,][0-9]{1,3})?", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,12}([.,][0-9]{1,6})?", re.ASCII)
ATTRIBUTE = "attribute."


class Details(msgspec.Struct, forbid_unknown_fields=True):
    """The page of a product's details. `version` is the one that was looked at, `force` saves over another's."""

    name: str
    category: str
    version: int = 0
    sku: str = ""
    description: str = ""
    brand: str = ""
    product_type: str = ""
    others: list[str] = []
    tags: str = ""
    tax_class: str = "standard"
    weight_grams: int | None = None
    slug: str = ""
    seo_title: str = ""
    seo_description: str = ""


def read_details(sent: Mapping[str, list[Any]]) -> tuple[Details, dict[str, str]]:
    """The form, and the texts of its attributes by their codes. Raises `Invalid`."""
    texts = texts_of(sent)
    attributes = {
        name.removeprefix(ATTRIBUTE): values[-1] for name, values in texts.items() if name.startswith(ATTRIBUTE)
    }
    return form_from(
        {name: values for name, values in texts.items() if not name.startswith(ATTRIBUTE)}, Details
    ), attributes


def attribute_values(
    texts: Mapping[str, str], known: Sequence[AttributeView], present: Mapping[str, Any]
) -> dict[str, Any]:
    """The texts as values of the attributes; one that the form did not ask for stays. Raises `Invalid`."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for attribute in known:
        if attribute.code not in texts:
            if attribute.code in present:
                values[attribute.code] = present[attribute.code]
            continue
        text = texts[attribute.code].strip()
        if not text:
            continue
        match attribute.kind:
            case "number" if not _NUMBER.fullmatch(text):
                wrong[ATTRIBUTE + attribute.code] = _("Enter a number, such as 12.5.")
            case "number":
                number = float(text.replace(",", "."))
                values[attribute.code] = int(number) if number.is_integer() else number
            case "boolean":
                values[attribute.code] = text == "yes"
            case _:
                values[attribute.code] = text
    if wrong:
        raise Invalid(wrong)
    return values


def attribute_text(value: Any) -> str:
    """A value as the form shows it; `attribute_values` reads it back."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def changes_of(form: Details, attributes: Mapping[str, Any], record: ProductRecord) -> ProductChanges:
    """What the form has otherwise than the product."""
    wanted: dict[str, Any] = {
        "name": " ".join(form.name.split()),
        "brand": form.brand or None,
        "product_type": form.product_type or None,
        "category_id": id_of(form.category, "category"),
        "tax_class": form.tax_class,
        "weight_grams": form.weight_grams,
        "attributes": dict(attributes),
        "tags": tags_of(form.tags),
        "seo_title": form.seo_title or None,
        "seo_description": form.seo_description or None,
    }
    if form.sku:
        wanted["sku"] = form.sku
    if form.slug:
        wanted["slug"] = form.slug
    changed = {field: value for field, value in wanted.items() if getattr(record, field) != value}
    if "category_id" in changed:
        changed["attributes"] = wanted["attributes"]
    return ProductChanges(**changed)


def tags_of(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(tag.split()) for tag in text.split(",") if tag.strip()))


def id_of(text: str, field: str) -> UUID:
    """Raises `Invalid`."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Invalid({field: _("Choose one from the list.")}) from error


def amount_of(text: str, currency: str, field: str) -> int | None:
    """An amount as a person writes it, in minor units; none for an empty field. Raises `Invalid`."""
    text = text.strip().replace(" ", "")
    if not text:
        return None
    if not _AMOUNT.fullmatch(text):
        raise Invalid({field: _("Enter an amount such as 12.50.")})
    return Money.parse(text.replace(",", "."), currency).amount


def amount_text(amount: int | None, currency: str) -> str:
    """The amount as the form shows it."""
    return "" if amount is None else f"{Money(amount, currency).decimal:f}"


def whole_of(text: str, field: str) -> int | None:
    """A whole number from 0, or none for an empty field. Raises `Invalid`."""
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise Invalid({field: _("Enter a whole number from 0.")})
    return int(text)
