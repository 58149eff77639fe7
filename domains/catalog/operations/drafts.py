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


class ProductDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A product to be. Without variants it gets one that has the product's SKU; the first variant is the default."""

    sku: str
    name: str
    category_id: UUID
    slug: str | None = None
    description: str | None = None
    brand: str | None = None
    weight_grams: int | None = None
    tax_class: str = "standard"
    attributes: Mapping[str, Any] = {}
    other_categories: tuple[UUID, ...] = ()
    options: tuple[OptionDraft, ...] = ()
    variants: tuple[VariantDraft, ...] = ()
    is_active: bool = True


class ProductChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a product; what is not given stays. `attributes` replaces all of them."""

    sku: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    slug: str | UnsetType = UNSET
    description: str | UnsetType | None = UNSET
    brand: str | UnsetType | None = UNSET
    category_id: UUID | UnsetType = UNSET
    weight_grams: int | UnsetType | None = UNSET
    tax_class: str | UnsetType = UNSET
    attributes: Mapping[str, Any] | UnsetType = UNSET


class VariantChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What to change of a variant; what is not given stays."""

    sku: str | UnsetType = UNSET
    weight_grams: int | UnsetType | None = UNSET
    picture_id: UUID | UnsetType | None = UNSET
    position: int | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET
