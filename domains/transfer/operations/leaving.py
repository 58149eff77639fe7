"""Products that go: deleted where nothing remembers them, else put away."""

from uuid import UUID

from domains import catalog, orders
from domains.kit import Transaction


async def remove_product(tx: Transaction, product_id: UUID) -> None:
    """Delete a product that was never sold, priced or stocked. Raises `catalog.WasSold`, `catalog.ProductNotFound`."""
    record = await catalog.product_records(tx, ids=[product_id])
    if record and await orders.ever_ordered(tx, [variant.id for variant in record[0].variants]):
        raise catalog.WasSold
    await catalog.delete_product(tx, product_id)
