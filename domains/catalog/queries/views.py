"""What the catalogue shows: frozen, loaded whole, without price and stock, which are always asked for fresh."""

from datetime import datetime
from uuid import UUID

import msgspec


class Rendition(msgspec.Struct, frozen=True):
    """One size of a picture in one format; its address is made from `key`."""

    key: str
    width: int
    format: str


class Picture(msgspec.Struct, frozen=True):
    """A picture with its sizes; `renditions` is empty until the worker has made them, the picture itself is there."""

    media_id: UUID
    key: str
    width: int
    height: int
    alt: str = ""
    renditions: tuple[Rendition, ...] = ()

    def key_for(self, width: int) -> str:
        """The smallest WebP that is at least so wide, for where a browser cannot choose; else the picture itself."""
        fitting = [one for one in self.renditions if one.format == "webp" and one.width >= width]
        return min(fitting, key=lambda one: one.width).key if fitting else self.key


class Crumb(msgspec.Struct, frozen=True):
    """A category on the way down to where we are."""

    name: str
    slug: str


class CategoryNode(msgspec.Struct, frozen=True):
    """A category of the tree with those below it, in order."""

    id: UUID
    name: str
    slug: str
    description: str | None
    picture: Picture | None
    is_active: bool
    children: tuple["CategoryNode", ...] = ()


class CategoryView(msgspec.Struct, frozen=True):
    """A category as its page shows it; `trail` leads from the top to it, itself last."""

    id: UUID
    name: str
    slug: str
    description: str | None
    picture: Picture | None
    trail: tuple[Crumb, ...]
    children: tuple[CategoryNode, ...]


class AttributeView(msgspec.Struct, frozen=True):
    """An attribute as a category asks for it; `kind` is text, number, boolean or choice."""

    code: str
    name: str
    kind: str
    unit: str | None
    choices: tuple[str, ...]
    is_required: bool


class AttributeValue(msgspec.Struct, frozen=True):
    """A product's value of an attribute."""

    code: str
    name: str
    kind: str
    unit: str | None
    value: str | int | float | bool


class ValueView(msgspec.Struct, frozen=True):
    """One choice of an option."""

    id: UUID
    value: str
    swatch: str | None


class OptionView(msgspec.Struct, frozen=True):
    """What a shopper chooses, with its choices in order."""

    id: UUID
    name: str
    values: tuple[ValueView, ...]


class ProductVariant(msgspec.Struct, frozen=True):
    """A variant on its product's page; `values` are ids of values in the order of the options."""

    id: UUID
    sku: str
    values: tuple[UUID, ...]
    weight_grams: int | None
    picture: Picture | None
    is_default: bool
    barcode: str | None = None
    is_digital: bool = False


class ProductView(msgspec.Struct, frozen=True):
    """A product as its page shows it: options, active variants, pictures, attributes, and the way to it.

    `description_html` is the description where it has a form beyond paragraphs; it was sanitised when it was written.
    """

    id: UUID
    sku: str
    name: str
    slug: str
    description: str | None
    brand: str | None
    tax_class: str
    weight_grams: int | None
    trail: tuple[Crumb, ...]
    category_ids: tuple[UUID, ...]
    options: tuple[OptionView, ...]
    variants: tuple[ProductVariant, ...]
    images: tuple[Picture, ...]
    attributes: tuple[AttributeValue, ...]
    updated_at: datetime
    description_html: str | None = None
    seo_title: str | None = None
    seo_description: str | None = None

    def variant(self, sku: str) -> ProductVariant | None:
        """The variant with this SKU, if it is one of the product's."""
        return next((variant for variant in self.variants if variant.sku == sku), None)

    def matching(self, values: frozenset[UUID]) -> ProductVariant | None:
        """The variant of exactly these values."""
        return next((variant for variant in self.variants if frozenset(variant.values) == values), None)

    def words(self, variant: ProductVariant) -> str:
        """What the variant is, in words: "Size: M, Colour: Sage"; empty for a product without options."""
        chosen = set(variant.values)
        return ", ".join(
            f"{option.name}: {value.value}" for option in self.options for value in option.values if value.id in chosen
        )


class VariantView(msgspec.Struct, frozen=True):
    """A variant as cart, checkout and orders show it.

    `is_sellable`: it and its product are active, and a digital one has its file.
    """

    variant_id: UUID
    product_id: UUID
    product_name: str
    slug: str
    sku: str
    options: str
    weight_grams: int
    tax_class: str
    image: Picture | None
    brand: str | None
    is_sellable: bool
    is_digital: bool = False
