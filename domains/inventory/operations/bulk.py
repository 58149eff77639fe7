"""The shelves of many variants at once, for imports: what `receive`, `adjust` and `set_policy` do for one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from domains.inventory.models import Reason
from domains.inventory.operations.rows import Change, Key, lock, make
from domains.inventory.operations.shelves import LARGEST_STOCK, apply, put, shift
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


class LevelSet(msgspec.Struct, frozen=True):
    """What shall lie in the house of a variant in a warehouse, sold and unsold: `wanted`, or None for as it is.

    Where `says_current`, `current` is what whoever decided it saw; None for a variant not kept there.
    """

    variant_id: UUID
    warehouse_id: UUID
    wanted: int | None
    current: int | None
    says_current: bool
    place: str


class LevelChange(msgspec.Struct, frozen=True):
    """What became of a `LevelSet`: `moved` when what was seen is no longer so, `held` how many stood in the way."""

    before: int | None
    after: int | None
    moved: bool = False
    held: int = 0
    is_changed: bool = False


async def set_levels(tx: Transaction, levels: Sequence[LevelSet], *, reason: Reason) -> list[LevelChange]:
    """Set what lies in the house, in one change; what moved meanwhile and what is held stays as it is and is told.

    For several calls in one transaction hand them over in key order, each with the rows of its variants together.
    Emits what `adjust_all` does.
    """
    wanted = {(one.variant_id, one.warehouse_id): one for one in levels if one.wanted is not None}
    rows = await lock(tx, [one.variant_id for one in levels])
    missing = [key for key in wanted if key not in rows.by_key]
    if missing:
        await make(tx, missing)
        known = set(rows.by_key)
        rows = await lock(tx, [one.variant_id for one in levels])
    else:
        known = set(rows.by_key)
    results: list[LevelChange] = []
    changes: dict[Key, int] = {}
    places: dict[Key, str] = {}
    for one in levels:
        key = one.variant_id, one.warehouse_id
        row = rows.by_key.get(key)
        before = row.on_hand + row.allocated if row is not None and key in known else None
        if one.wanted is None or row is None:
            results.append(LevelChange(before, before))
        elif one.says_current and one.current != before:
            results.append(LevelChange(before, before, moved=True))
        elif one.wanted < row.reserved + row.allocated:
            results.append(LevelChange(before, before, held=row.reserved + row.allocated))
        else:
            change = one.wanted - row.on_hand - row.allocated
            is_new_place = bool(one.place) and one.place != row.place
            if change:
                changes[key] = change
            if is_new_place:
                places[key] = one.place
            results.append(LevelChange(before, one.wanted, is_changed=bool(change) or is_new_place or key not in known))
    if changes:
        await apply(tx, rows, [Change(changes, reason)])
    if places:
        await tx.sql(
            "UPDATE inventory.stock_items s SET warehouse_location = given.place, updated_at = kit.now()"
            " FROM unnest(CAST(:variants AS uuid[]), CAST(:warehouses AS uuid[]), CAST(:places AS text[]))"
            " AS given (variant_id, warehouse_id, place)"
            " WHERE s.variant_id = given.variant_id AND s.warehouse_id = given.warehouse_id",
            {
                "variants": [variant_id for variant_id, _ in places],
                "warehouses": [warehouse_id for _, warehouse_id in places],
                "places": list(places.values()),
            },
        )
    return results
