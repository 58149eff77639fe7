"""What one act has moved, by what it is called in the ledger."""

from uuid import UUID

from domains.kit import Transaction


async def moved_by(tx: Transaction, reference: str) -> dict[tuple[UUID, UUID], int]:
    """How many pieces of each variant in each warehouse all movements with this reference have brought."""
    rows = await tx.sql(
        "SELECT variant_id, warehouse_id, CAST(sum(quantity) AS int) AS quantity FROM inventory.stock_movements"
        " WHERE reference = :reference GROUP BY variant_id, warehouse_id",
        {"reference": reference},
    )
    return {(row.variant_id, row.warehouse_id): row.quantity for row in rows}
