"""The shelves of many variants at once, for imports: what `receive`, `adjust` and `set_policy` do for one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from domains.inventory.models import Reason
from domains.inventory.operations.rows import Change
from domains.inventory.operations.shelves import LARGEST_STOCK, put, shift
from domains.kit import Invalid, Transaction
from domains.kit.i18n import gettext as _


class Arrival(msgspec.Struct, frozen=True):
    """What comes onto the shelves of one warehouse as one change: how many of each variant, 0 for an empty place."""

    warehouse_id: UUID
    quantities: Mapping[UUID, int]


async def receive_all(tx: Transaction, arrivals: Sequence[Arrival], *, reason: Reason, reference: str = "") -> None:
    """Put first stocks on the shelves; a variant's first one makes its row in the warehouse.

    Each arrival is a change of its own. Who is owed something gets it at once. Emits `inventory.updated` for each that
    brings anything, and `inventory.backorder_filled`. Raises `Invalid`.
    """
    if any(not 0 <= quantity <= LARGEST_STOCK for arrival in arrivals for quantity in arrival.quantities.values()):
        raise Invalid({"quantity": _("Enter how many arrived, as a whole number from 0.")})
    changes = [
        Change(
            {(variant_id, arrival.warehouse_id): quantity for variant_id, quantity in arrival.quantities.items()},
            reason,
            reference,
        )
        for arrival in arrivals
    ]
    await put(tx, changes)


async def adjust_all(
    tx: Transaction,
    changes: Mapping[tuple[UUID, UUID], int],
    *,
    reason: Reason,
    reference: str = "",
    note: str = "",
) -> None:
    """Correct quantities on hand, by variant and warehouse, as one change; the rows are locked in key order.

    Emits `inventory.updated`, `inventory.backorder_filled`, `inventory.low_stock` and `product.out_of_stock`. Raises
    `StockIsReserved`, which names the variant, rather than take what shoppers hold, and `StockItemUnknown`.
    """
    await shift(tx, Change(changes, reason, reference, note))


async def allow_backorders(tx: Transaction, allowed: Mapping[UUID, bool]) -> None:
    """Let variants be ordered when they are out, or not; when more is expected stays as it was."""
    await tx.sql(
        "INSERT INTO inventory.stock_policies (variant_id, backorder_allowed)"
        " SELECT * FROM unnest(CAST(:variants AS uuid[]), CAST(:allowed AS boolean[]))"
        " ON CONFLICT (variant_id) DO UPDATE SET backorder_allowed = excluded.backorder_allowed,"
        " updated_at = kit.now()",
        {"variants": list(allowed), "allowed": list(allowed.values())},
    )
