"""The ledger: what moved each quantity on hand, when, why and by whom."""

from datetime import datetime
from uuid import UUID

import msgspec

from domains.kit import Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Where, slice_of


class Movement(msgspec.Struct, frozen=True):
    """One entry: `quantity` is the change, `reference` the id of the order, transfer, purchase order or count."""

    id: UUID
    variant_id: UUID
    warehouse_id: UUID
    quantity: int
    reason: str
    reference: str
    note: str
    actor_kind: str
    actor_id: UUID | None
    recorded_at: datetime


_LEDGER = Source(
    select="m.id, m.variant_id, m.warehouse_id, m.quantity, m.reason, m.reference, m.note, m.actor_kind, m.actor_id,"
    " m.recorded_at",
    tables="inventory.stock_movements m",
    orders={"recorded_at": OrderBy("m.recorded_at", "timestamptz")},
    key="m.id",
)


async def movements(tx: Transaction, asked: Asked, *, variant_id: UUID | None = None) -> Slice[Movement]:
    """The ledger, a page at a time, of one variant or of all; filters `reason`, `warehouse` and days of `recorded_at`.

    The text `reference` finds what one order, transfer, purchase order or count moved.
    """
    where = Where().one_of("m.reason", asked.chosen("reason"))
    where.one_of("m.warehouse_id", asked.chosen("warehouse"), type="uuid")
    where.within("m.recorded_at", asked.within("recorded_at"))
    if variant_id is not None:
        where.add("m.variant_id = :variant_id", variant_id=variant_id)
    if reference := asked.text("reference"):
        where.add("m.reference = :reference", reference=reference)
    return (await slice_of(tx, _LEDGER, where, asked)).map(
        lambda row: Movement(**{field: row._mapping[field] for field in Movement.__struct_fields__})
    )
