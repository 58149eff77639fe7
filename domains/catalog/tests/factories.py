"""Goods for tests."""

from uuid import UUID

import pyvips

from domains import catalog
from domains.catalog.operations.media import add_media
from domains.catalog.pictures import Encoded
from domains.kit import Actor, Transaction, new_id

STAFF = Actor.staff(new_id(), "manager")
SIZES = catalog.OptionDraft("Size", (catalog.ValueDraft("S"), catalog.ValueDraft("M")))
COLOURS = catalog.OptionDraft("Colour", (catalog.ValueDraft("Sage", "#8a9a5b"), catalog.ValueDraft("Rust", "#a0522d")))


async def category(tx: Transaction, name: str = "Kitchen", parent_id: UUID | None = None) -> UUID:
    return await catalog.create_category(tx, name=name, parent_id=parent_id)


async def mug(
    tx: Transaction, category_id: UUID | None = None, *, sku: str = "MUG", name: str = "Stoneware mug"
) -> UUID:
    """A product without options."""
    home = category_id or await category(tx)
    return await catalog.create_product(
        tx, catalog.ProductDraft(sku=sku, name=name, category_id=home, brand="Hearth", weight_grams=300)
    )


def shirt_draft(category_id: UUID, *, sku: str = "SHIRT") -> catalog.ProductDraft:
    """A product in two sizes and two colours, the small rust one left out."""
    return catalog.ProductDraft(
        sku=sku,
        name="Linen shirt",
        category_id=category_id,
        description="Woven of washed linen.",
        brand="Selvedge",
        weight_grams=250,
        options=(SIZES, COLOURS),
        variants=(
            catalog.VariantDraft(f"{sku}-S-SAG", {"Size": "S", "Colour": "Sage"}),
            catalog.VariantDraft(f"{sku}-M-SAG", {"Size": "M", "Colour": "Sage"}, weight_grams=280),
            catalog.VariantDraft(f"{sku}-M-RUS", {"Size": "M", "Colour": "Rust"}),
        ),
    )


def png(width: int = 400, height: int = 500, colour: tuple[int, int, int] = (200, 100, 50)) -> bytes:
    """A picture of one colour."""
    image = (pyvips.Image.black(width, height, bands=3) + list(colour)).cast("uchar").copy(interpretation="srgb")
    content: bytes = image.pngsave_buffer()
    return content


async def picture(tx: Transaction, content: bytes = b"a picture") -> UUID:
    """The row of a picture, without its object."""
    return await add_media(tx, Encoded("webp", 800, 1000, content))
