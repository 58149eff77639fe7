"""Guides that are files: a short walk through two of the shop's subjects, as PDF."""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import msgspec

from domains import catalog, pricing
from domains.catalog import FileStore, ProductDraft
from domains.kit import Transaction, new_id

_CATEGORY = "guides"


class Guide(msgspec.Struct, frozen=True):
    """A digital guide; its picture is that of the printed thing `like`, by its SKU."""

    sku: str
    name: str
    file: str
    price: int
    like: str
    description: str
    lines: Sequence[str]


class Kept(msgspec.Struct, frozen=True):
    """A guide whose file is kept already."""

    guide: Guide
    key: str
    size: int
    sha256: str


GUIDES = (
    Guide(
        sku="FILE-STARS",
        name="Ten evenings under the stars",
        file="Ten evenings under the stars.pdf",
        price=900,
        like="Star",
        description="Ten short lessons for a clear night and no telescope. A PDF of a page for each evening, to print"
        " or to read on a screen that is set to red. You download it right after paying.",
        lines=("Ten evenings under the stars", "First evening: find north by the Plough.", "Take a coat."),
    ),
    Guide(
        sku="FILE-BREAD",
        name="Bread without kneading",
        file="Bread without kneading.pdf",
        price=600,
        like="Cook",
        description="One dough, five loaves, no machine. A PDF with the weights in grams and the hours beside them. You"
        " download it right after paying.",
        lines=("Bread without kneading", "400 g of flour, 300 g of water, 8 g of salt, 1 g of yeast.", "Wait."),
    ),
)


async def keep_guides(files: FileStore) -> list[Kept]:
    """The files of the guides, kept; with no transaction open."""
    kept = []
    for guide in GUIDES:
        content = pdf(guide.lines)
        key = f"{new_id().hex}.sold"
        with tempfile.NamedTemporaryFile(prefix="stoa-guide-") as file:
            file.write(content)
            file.flush()
            await files.keep(key, Path(file.name))
        kept.append(Kept(guide, key, len(content), hashlib.sha256(content).hexdigest()))
    return kept


async def put_up_guides(tx: Transaction, kept: Sequence[Kept]) -> None:
    """The guides on the shelf, with their prices."""
    if not kept:
        return
    category = await catalog.category_by_slug(tx, _CATEGORY)
    # What is printed has a material, a file has none.
    asked = await catalog.attributes_of(tx, category.id)
    await catalog.set_category_attributes(tx, category.id, [catalog.AttributeUse(one.code) for one in asked])
    for one in kept:
        guide = one.guide
        file_id = await catalog.add_file(
            tx, key=one.key, name=guide.file, content_type="application/pdf", size=one.size, sha256=one.sha256
        )
        product_id = await catalog.create_product(
            tx,
            ProductDraft(
                sku=guide.sku,
                name=guide.name,
                category_id=category.id,
                description=guide.description,
                brand="Meander",
                is_active=False,
            ),
        )
        (variant_id,) = (await catalog.variant_ids_of(tx, [product_id]))[product_id]
        await catalog.make_digital(tx, variant_id, file_id)
        await pricing.set_price(tx, variant_id, guide.price)
        if (media_id := await _picture_like(tx, category.id, guide.like)) is not None:
            await catalog.add_image(tx, product_id, media_id, alt=guide.name)
        await catalog.publish(tx, product_id)


async def _picture_like(tx: Transaction, category_id: UUID, like: str) -> UUID | None:
    """The first picture of a printed guide whose name has the word, else of any."""
    found = await tx.sql(
        "SELECT i.media_id FROM catalog.product_images i JOIN catalog.products p ON p.id = i.product_id"
        " WHERE p.category_id = :category ORDER BY p.name ILIKE :like DESC, p.name, i.position LIMIT 1",
        {"category": category_id, "like": f"%{like}%"},
    )
    media_id: UUID | None = found.scalar_one_or_none()
    return media_id


def pdf(lines: Sequence[str]) -> bytes:
    """A page of A5 with these lines, the first one large (ISO 32000-1, with nothing in it that is not needed)."""
    told = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
    words = f"BT /F1 20 Tf 40 520 Td ({told[0]}) Tj /F1 11 Tf " + " ".join(f"0 -28 Td ({line}) Tj" for line in told[1:])
    stream = f"{words} ET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
