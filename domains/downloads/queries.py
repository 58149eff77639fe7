"""What can be asked of downloads."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import catalog
from domains.catalog import FileView
from domains.downloads.errors import GrantNotFound
from domains.kit import Transaction
from domains.kit.crypto import token_hash


class GrantView(msgspec.Struct, frozen=True, kw_only=True):
    """A file that may be fetched, or could once."""

    id: UUID
    order_id: UUID
    variant_id: UUID
    file: FileView
    expires_at: datetime
    most: int
    taken: int
    is_over: bool
    created_at: datetime

    @property
    def left(self) -> int:
        """How many downloads are left."""
        return 0 if self.is_over else self.most - self.taken


async def by_token(tx: Transaction, token: str) -> GrantView:
    """The download that a mail's link leads to, over or not. Raises `GrantNotFound`."""
    found = await load(
        tx,
        "g.id = (SELECT grant_id FROM downloads.links WHERE token_hash = :hash)",
        {"hash": token_hash(token)},
    )
    if not found:
        raise GrantNotFound
    return found[0]


async def of_order(tx: Transaction, order_id: UUID) -> list[GrantView]:
    """The downloads of an order that were not replaced or taken back. Whose order it is, the caller knows."""
    return await load(tx, "g.order_id = :order AND g.revoked_at IS NULL", {"order": order_id})


async def of_orders(tx: Transaction, order_ids: Collection[UUID]) -> list[GrantView]:
    """As `of_order`, of many."""
    if not order_ids:
        return []
    return await load(tx, "g.order_id = ANY(:orders) AND g.revoked_at IS NULL", {"orders": list(order_ids)})


async def load(tx: Transaction, which: str, values: Mapping[str, Any]) -> list[GrantView]:
    rows = (
        await tx.sql(
            "SELECT g.id, g.order_id, g.variant_id, g.file_id, g.expires_at, g.most, g.taken, g.created_at,"
            " g.revoked_at IS NOT NULL OR g.expires_at <= kit.now() OR g.taken >= g.most AS is_over"
            f" FROM downloads.grants g WHERE {which} ORDER BY g.created_at, g.id",
            values,
        )
    ).all()
    files = await catalog.files(tx, {row.file_id for row in rows})
    return [
        GrantView(
            id=row.id,
            order_id=row.order_id,
            variant_id=row.variant_id,
            file=files[row.file_id],
            expires_at=row.expires_at,
            most=row.most,
            taken=row.taken,
            is_over=row.is_over,
            created_at=row.created_at,
        )
        for row in rows
    ]
