"""What a product is made from."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType


class ValueDraft(msgspec.Struct, frozen=True):
    """One choice of an option; `swatch` is its colour as #rrggbb."""

    value: str
    swatch: str | None = None


class OptionDraft(msgspec.Struct, frozen=True):
    """What a shopper will choose, with its choices in order."""

    name: str
    values: tuple[ValueDraft, ...]


class VariantDraft(msgspec.Struct, frozen=True):
    """A variant to be: `values` maps every option's name to one of its values. The weight may be the product's."""

    sku: str
    values: Mapping[str, str] = {}
    weight_grams: int | None = None
    picture_id: UUID | None = None
    is_active: bool = True
    barcode: str | None = None


class ProductDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A product to be. Without variants it gets one that has the product's SKU; the first variant is the default.

    A description with a form of its own is given as `description_html`; its text is then taken from that.
    """

    sku: str
    name: str
    category_id: UUID
    slug: str | None = None
    description: str | None = None
    description_html: str | None = None
    brand: str | None = None
    product_type: str | None = None
    weight_grams: int | None = None
    tax_class: str = "standard"
    attributes: Mapping[str, Any] = {}
    tags: tuple[str, ...] = ()
    seo_title: str | None = None
    seo_description: str | None = None
    other_categories: tuple[UUID, ...] = ()
    options: tuple[OptionDraft, ...] = ()
    variants: tuple[VariantDraft, ...] = ()
    is_active: bool = True


class ProductChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a product; what is not given stays. `attributes` and `tags` replace all of them.

    A new `description` takes the place of the old one's form too.
    """

    sku: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    slug: str | UnsetType = UNSET
    description: str | UnsetType | None = UNSET
    description_html: str | UnsetType | None = UNSET
    brand: str | UnsetType | None = UNSET
    product_type: str | UnsetType | None = UNSET
    category_id: UUID | UnsetType = UNSET
    weight_grams: int | UnsetType | None = UNSET
    tax_class: str | UnsetType = UNSET
    attributes: Mapping[str, Any] | UnsetType = UNSET
    tags: tuple[str, ...] | UnsetType = UNSET
    seo_title: str | UnsetType | None = UNSET
    seo_description: str | UnsetType | None = UNSET


class VariantChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a variant; what is not given stays."""

    sku: str | UnsetType = UNSET
    weight_grams: int | UnsetType | None = UNSET
    picture_id: UUID | UnsetType | None = UNSET
    position: int | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET
    barcode: str | UnsetType | None = UNSET
