"""A product as a file has it; nothing of the shop is known of it yet."""

import msgspec

from domains import catalog
from domains.transfer.reading import address
from domains.transfer.reports import Finding

type Options = tuple[tuple[str, tuple[tuple[str, str | None], ...]], ...]
"""Names of options with their values and swatches, each in its order."""


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


def own_address(goods: Goods) -> str:
    """The handle as it stood in the file, where the address here is another one; else the empty text."""
    return goods.handle if goods.handle != goods.slug and address(goods.handle) == goods.slug else ""
