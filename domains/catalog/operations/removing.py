"""Products that leave: put away, taken back, deleted as if they had never been; and who saved last."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from domains import audit
from domains.catalog.errors import ChangedMeanwhile, WasSold
from domains.catalog.events import ProductUnpublished, ProductUpdated
from domains.catalog.operations.products import locked
from domains.kit import Transaction, record


async def expect_version(tx: Transaction, product_id: UUID, version: int) -> None:
    """Hold the product, which must be as who asks has seen it.

    Of two who save what they have changed of the same version, one has it and the other is refused. Raises
    `ChangedMeanwhile` and `ProductNotFound`.
    """
    await locked(tx, product_id)
    now = (
        await tx.sql("SELECT version FROM kit.streams WHERE stream = 'product' AND stream_id = :id", {"id": product_id})
    ).scalar_one_or_none()
    if (now or 0) != version:
        raise ChangedMeanwhile


async def hold_products(tx: Transaction, product_ids: Collection[UUID]) -> None:
    """Hold products and their variants until the commit: what is read after this is what is changed.

    In the order of their keys, so that two who hold many do not deadlock; who adds a price to one of them waits.
    """
    ids = {"ids": sorted(product_ids)}
    await tx.sql("SELECT id FROM catalog.products WHERE id = ANY(CAST(:ids AS uuid[])) ORDER BY id FOR UPDATE", ids)
    await tx.sql(
        "SELECT id FROM catalog.variants WHERE product_id = ANY(CAST(:ids AS uuid[])) ORDER BY id FOR UPDATE", ids
    )


async def archive(tx: Transaction, product_id: UUID) -> None:
    """Put a product away: nobody sees it any more, staff only when they look for what was put away.

    Emits `product.unpublished` if it was shown, and `product.updated`. Raises `ProductNotFound`.
    """
    row = await locked(tx, product_id)
    if row.archived_at is not None:
        return
    was_shown, row.is_active, row.archived_at = row.is_active, False, await tx.now()
    await tx.session.flush()
    if was_shown:
        await record(tx, ProductUnpublished(product_id=product_id))
    await record(tx, ProductUpdated(product_id=product_id, parts=("archive",)))
    await audit.record(
        tx,
        action="product.archived",
        subject=("product", product_id),
        label=row.name,
        changes={"is_archived": (False, True)},
    )


async def take_back(tx: Transaction, product_id: UUID) -> None:
    """Take a product back out of the archive, hidden as it is. Emits `product.updated`. Raises `ProductNotFound`."""
    row = await locked(tx, product_id)
    if row.archived_at is None:
        return
    row.archived_at = None
    await tx.session.flush()
    await record(tx, ProductUpdated(product_id=product_id, parts=("archive",)))
    await audit.record(
        tx,
        action="product.taken_back",
        subject=("product", product_id),
        label=row.name,
        changes={"is_archived": (True, False)},
    )


async def delete_product(tx: Transaction, product_id: UUID) -> None:
    """Delete a product that left no trace: no price, no stock, no cart, no order.

    The keys of those who point at its variants refuse everything else, however it came about; that it was never
    ordered, which has no key, the caller has made sure of. Its stream keeps that it was there.
    Raises `WasSold` and `ProductNotFound`.
    """
    row = await locked(tx, product_id)
    name = row.name
    if row.is_active:
        await record(tx, ProductUnpublished(product_id=product_id))
    await record(tx, ProductUpdated(product_id=product_id, parts=("deleted",)))
    try:
        async with tx.session.begin_nested():
            await tx.sql("DELETE FROM catalog.products WHERE id = :id", {"id": product_id})
    except IntegrityError as error:
        raise WasSold from error
    tx.session.expunge(row)
    await audit.record(tx, action="product.deleted", subject=("product", product_id), label=name)
