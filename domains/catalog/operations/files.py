"""Digital goods: files that are sold, and the variants that are one."""

from uuid import UUID

from sqlalchemy import select

from domains.catalog.errors import FileNotKept, ProductNotFound, VariantNotFound
from domains.catalog.events import ProductUpdated
from domains.catalog.models import File, Product, Variant
from domains.catalog.operations.refusals import check_length
from domains.kit import Invalid, Transaction, new_id, record


async def add_file(tx: Transaction, *, key: str, name: str, content_type: str, size: int, sha256: str) -> UUID:
    """Note a file whose content is kept already; returns its id."""
    wrong: dict[str, str] = {}
    check_length(wrong, file=(name, 255))
    if wrong:
        raise Invalid(wrong)
    row = File(id=new_id(), key=key, name=name, content_type=content_type, bytes=size, sha256=sha256)
    tx.session.add(row)
    await tx.session.flush()
    return row.id


async def make_digital(tx: Transaction, variant_id: UUID, file_id: UUID | None) -> None:
    """Sell a variant as a file: it weighs nothing and is not sent. Without a file it cannot be bought yet.

    Who bought it before keeps the file he bought. Emits `product.updated`. Raises `VariantNotFound`, `FileNotKept`.
    """
    row = await _locked(tx, variant_id)
    if file_id is not None and await tx.session.get(File, file_id) is None:
        raise FileNotKept
    row.kind, row.file_id, row.weight_grams = "digital", file_id, None
    await tx.session.flush()
    await record(tx, ProductUpdated(product_id=row.product_id, parts=("variants",)))


async def make_physical(tx: Transaction, variant_id: UUID) -> None:
    """Sell a variant as a thing again. Emits `product.updated`. Raises `VariantNotFound`."""
    row = await _locked(tx, variant_id)
    row.kind, row.file_id = "physical", None
    await tx.session.flush()
    await record(tx, ProductUpdated(product_id=row.product_id, parts=("variants",)))


async def _locked(tx: Transaction, variant_id: UUID) -> Variant:
    row = await tx.session.scalar(select(Variant).where(Variant.id == variant_id).with_for_update())
    if row is None:
        raise VariantNotFound
    if await tx.session.scalar(select(Product.id).where(Product.id == row.product_id).with_for_update()) is None:
        raise ProductNotFound
    return row
