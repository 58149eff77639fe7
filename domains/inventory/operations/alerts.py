"""Telling when stock runs low or out: by comparing a row before and after one statement, so once per crossing."""

from collections.abc import Iterable
from uuid import UUID

import msgspec

from domains.inventory.events import InventoryLowStock, ProductOutOfStock
from domains.kit import Transaction, new_id, record


class Level(msgspec.Struct, frozen=True):
    """What was available of a row under its lock, before and after a change; rows that did not change count too."""

    variant_id: UUID
    warehouse_id: UUID
    before: int
    after: int
    reorder_threshold: int


async def alert(tx: Transaction, levels: Iterable[Level]) -> None:
    """Record what crossed a line downwards. `levels` are all rows of each variant in open warehouses.

    Emits `inventory.low_stock` and `product.out_of_stock`.
    """
    totals: dict[UUID, tuple[int, int]] = {}
    for level in sorted(levels, key=lambda level: (level.variant_id, level.warehouse_id)):
        before, after = totals.get(level.variant_id, (0, 0))
        totals[level.variant_id] = before + level.before, after + level.after
        if level.after < level.reorder_threshold <= level.before:
            await record(
                tx,
                InventoryLowStock(
                    stock_alert_id=new_id(),
                    variant_id=level.variant_id,
                    warehouse_id=level.warehouse_id,
                    available=level.after,
                    reorder_threshold=level.reorder_threshold,
                ),
            )
    for variant_id, (before, after) in totals.items():
        if before > 0 and after <= 0:
            await record(tx, ProductOutOfStock(stock_alert_id=new_id(), variant_id=variant_id))
