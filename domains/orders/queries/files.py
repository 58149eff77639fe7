"""What was ordered at all, and which orders of an account have files in them."""

from collections.abc import Collection, Mapping
from uuid import UUID

import msgspec

from domains.kit import Transaction


class OrderWithFiles(msgspec.Struct, frozen=True):
    """An order's number, and what its digital lines are called."""

    number: str
    names: Mapping[UUID, str]


async def ever_ordered(tx: Transaction, variant_ids: Collection[UUID]) -> bool:
    """Whether any order, dead ones too, has one of these variants."""
    found = await tx.sql(
        "SELECT EXISTS (SELECT FROM orders.order_lines WHERE variant_id = ANY(CAST(:variants AS uuid[])))",
        {"variants": list(variant_ids)},
    )
    is_known: bool = found.scalar_one()
    return is_known


async def with_files(tx: Transaction, account_id: UUID, *, limit: int) -> dict[UUID, OrderWithFiles]:
    """The account's paid orders with something digital in them, newest first."""
    rows = await tx.sql(
        "SELECT o.id, o.order_number, array_agg(l.variant_id) AS variants,"
        " array_agg(l.product_name_snapshot) AS names"
        " FROM orders.orders o JOIN orders.order_lines l ON l.order_id = o.id AND l.is_digital"
        " WHERE o.user_id = :account AND o.status NOT IN ('pending', 'cancelled')"
        " GROUP BY o.id ORDER BY o.created_at DESC LIMIT :limit",
        {"account": account_id, "limit": limit},
    )
    return {row.id: OrderWithFiles(row.order_number, dict(zip(row.variants, row.names, strict=True))) for row in rows}
