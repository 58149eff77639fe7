"""What the demo's goods are written down as."""

from collections.abc import Mapping
from typing import Literal

import msgspec


class Attribute(msgspec.Struct, frozen=True):
    """A typed property; `kind` and `choices` as the catalogue has them."""

    code: str
    name: str
    kind: Literal["text", "number", "boolean", "choice"]
    unit: str | None = None
    choices: tuple[str, ...] = ()


class Category(msgspec.Struct, frozen=True):
    slug: str
    name: str
    description: str
    alt: str
    attributes: tuple[str, ...] = ()
    parent: str | None = None


class Choice(msgspec.Struct, frozen=True):
    """One value of an option; `color` is what the drawing and the swatch take."""

    label: str
    color: str | None = None


class Option(msgspec.Struct, frozen=True):
    name: str
    choices: tuple[Choice, ...]


class Variant(msgspec.Struct, frozen=True):
    """`chosen` follows the order of the product's options; amounts are US cents; stock by warehouse.

    With `back_in` the variant may be ordered when nothing is left; so many days from today it is expected.
    """

    sku: str
    chosen: tuple[str, ...]
    amount: int
    weight_grams: int
    portland: int
    rotterdam: int
    compare_at: int | None = None
    threshold: int = 10
    back_in: int | None = None


class Product(msgspec.Struct, frozen=True):
    """`alt` says what the pictures show: whole, detail and scene; `{color}` becomes the color's name in lower case.

    Whole is there in every color; detail and scene once, in the first one.
    """

    sku: str
    slug: str
    name: str
    brand: str
    home: str
    description: str
    attributes: Mapping[str, str | int | bool]
    drawing: str
    alt: tuple[str, str, str]
    variants: tuple[Variant, ...]
    options: tuple[Option, ...] = ()
    also: tuple[str, ...] = ()
    tax_class: str = "standard"
    color: str = ""
    """The drawing's color where there is nothing to choose."""

    def colors(self) -> tuple[Choice, ...]:
        """The choices that look different, each with its own pictures; one nameless color where none is offered."""
        for option in self.options:
            if any(choice.color for choice in option.choices):
                return option.choices
        return (Choice("", self.color),)

    def color_of(self, variant: Variant) -> Choice:
        return next((choice for choice in self.colors() if choice.label in variant.chosen), self.colors()[0])
