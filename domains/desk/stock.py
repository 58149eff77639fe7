"""The stock as staff see it: what lies where, by the name of what it is, and what moved it."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import msgspec

from domains import accounts, catalog, inventory
from domains.catalog import VariantView
from domains.inventory import Incoming, Movement
from domains.kit import Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of

_LEVELS = Source(
    select="s.id, s.variant_id, s.warehouse_id, w.name AS warehouse, s.quantity_on_hand AS on_hand,"
    " s.quantity_reserved AS reserved, s.quantity_allocated AS allocated, s.quantity_backordered AS backordered,"
    " s.reorder_threshold, coalesce(s.warehouse_location, '') AS place",
    tables="inventory.stock_items s JOIN catalog.variants v ON v.id = s.variant_id"
    " JOIN inventory.warehouses w ON w.id = s.warehouse_id",
    key="s.id",
    orders={"sku": OrderBy("v.sku"), "place": OrderBy("coalesce(s.warehouse_location, '')")},
)
_FOUND_BY = """
s.variant_id IN (
    SELECT id FROM catalog.variants WHERE sku ILIKE :prefix
    UNION SELECT id FROM catalog.variants WHERE barcode = :typed
    UNION SELECT v.id FROM catalog.variants v JOIN catalog.products p ON p.id = v.product_id WHERE p.name ILIKE :like
)
"""
_STATES = {
    "low": "s.quantity_on_hand - s.quantity_reserved < s.reorder_threshold",
    "out": "s.quantity_on_hand - s.quantity_reserved <= 0",
    "backordered": "s.quantity_backordered > 0",
}


class LevelRow(msgspec.Struct, frozen=True):
    """A variant in a warehouse."""

    id: UUID
    variant_id: UUID
    warehouse_id: UUID
    warehouse: str
    sku: str
    name: str
    options: str
    place: str
    on_hand: int
    reserved: int
    allocated: int
    backordered: int
    reorder_threshold: int
    incoming: Incoming

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved

    @property
    def is_low(self) -> bool:
        return self.available < self.reorder_threshold


async def find_levels(tx: Transaction, asked: Asked) -> Slice[LevelRow]:
    """What lies where, a page at a time; filters `warehouse` and `state` (low, out, backordered), words by SKU, barcode
    or a part of the name."""
    where = Where().one_of("s.warehouse_id", asked.chosen("warehouse"), type="uuid")
    chosen = [_STATES[state] for state in asked.chosen("state") if state in _STATES]
    if chosen:
        where.add(" OR ".join(chosen))
    if asked.q:
        typed = asked.q.strip()
        where.add(_FOUND_BY, prefix=f"{_escaped(typed)}%", typed=typed, like=f"%{_escaped(typed)}%")
    found = await slice_of(tx, _LEVELS, where, asked)
    ids = {row.variant_id for row in found.rows}
    named = await catalog.variants(tx, ids)
    coming = await inventory.incoming(tx, ids)
    return found.map(lambda row: _level(row, named, coming))


def _level(row: Any, named: dict[UUID, VariantView], coming: dict[tuple[UUID, UUID], Incoming]) -> LevelRow:
    variant = named[row.variant_id]
    return LevelRow(
        id=row.id,
        variant_id=row.variant_id,
        warehouse_id=row.warehouse_id,
        warehouse=row.warehouse,
        sku=variant.sku,
        name=variant.product_name,
        options=variant.options,
        place=row.place,
        on_hand=row.on_hand,
        reserved=row.reserved,
        allocated=row.allocated,
        backordered=row.backordered,
        reorder_threshold=row.reorder_threshold,
        incoming=coming.get((row.variant_id, row.warehouse_id), Incoming()),
    )


async def levels_of(tx: Transaction, stock_ids: Collection[UUID]) -> list[LevelRow]:
    """These rows, whatever became of them since they were seen."""
    rows = (
        await tx.sql(
            f"SELECT {_LEVELS.select} FROM {_LEVELS.tables} WHERE s.id = ANY(CAST(:ids AS uuid[])) ORDER BY v.sku",
            {"ids": list(stock_ids)},
        )
    ).all()
    ids = {row.variant_id for row in rows}
    named, coming = await catalog.variants(tx, ids), await inventory.incoming(tx, ids)
    return [_level(row, named, coming) for row in rows]


class Mention(msgspec.Struct, frozen=True):
    """What a movement belongs to: an order, transfer, purchase order or count, by its number."""

    kind: str
    label: str
    id: str


class LedgerRow(msgspec.Struct, frozen=True):
    """An entry of the ledger with the names of what and who it is about."""

    movement: Movement
    sku: str
    name: str
    warehouse: str
    by: str
    about: Mention | None

    @property
    def id(self) -> UUID:
        return self.movement.id


_MENTIONED = """
SELECT 'order' AS kind, id::text AS id, order_number AS label FROM orders.orders WHERE id = ANY(CAST(:ids AS uuid[]))
UNION ALL SELECT 'transfer', id::text, 'T-' || number FROM inventory.transfers WHERE id = ANY(CAST(:ids AS uuid[]))
UNION ALL SELECT 'purchase', id::text, 'PO-' || number FROM inventory.purchase_orders
WHERE id = ANY(CAST(:ids AS uuid[]))
UNION ALL SELECT 'count', id::text, 'C-' || number FROM inventory.stock_counts WHERE id = ANY(CAST(:ids AS uuid[]))
"""


async def find_movements(
    tx: Transaction,
    asked: Asked,
    *,
    variant_id: UUID | None = None,
    houses: Sequence[inventory.WarehouseView] = (),
) -> Slice[LedgerRow]:
    """The ledger with names, a page at a time; see `inventory.movements`. Words are a whole SKU.

    `houses` are all warehouses, where the caller has read them.
    """
    if asked.q and variant_id is None:
        found_one = await catalog.variant_by_sku(tx, asked.q.strip())
        if found_one is None:
            return Slice(())
        variant_id = found_one.variant_id
    found = await inventory.movements(tx, asked, variant_id=variant_id)
    named = await catalog.variants(tx, {row.variant_id for row in found.rows})
    names = {house.id: house.name for house in houses or await inventory.warehouses(tx)}
    staff = {member.id: member.name or member.email for member in await accounts.staff_members(tx)}
    ids = {row.reference for row in found.rows if _is_id(row.reference)}
    mentions = {}
    if ids:
        rows = await tx.sql(_MENTIONED, {"ids": sorted(ids)})
        mentions = {row.id: Mention(row.kind, row.label, row.id) for row in rows}
    return found.map(
        lambda row: LedgerRow(
            row,
            named[row.variant_id].sku,
            named[row.variant_id].product_name,
            names[row.warehouse_id],
            staff.get(row.actor_id, "") if row.actor_kind == "staff" and row.actor_id is not None else "",
            mentions.get(row.reference),
        )
    )


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
