"""Warehouses, deliveries and corrections: what staff do with the stock."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domains import audit, catalog
from domains.inventory.errors import StockIsReserved, StockItemUnknown, StockMoved
from domains.inventory.models import Reason, Warehouse
from domains.inventory.operations.rows import Change, Key, Rows, fill, lock, make, settle, tell, write
from domains.inventory.queries import warehouses
from domains.kit import ActorKind, Invalid, NotFound, Transaction, new_id
from domains.kit.i18n import gettext as _

LARGEST_STOCK = 1_000_000_000

_GIVEN = frozenset({Reason.INITIAL, Reason.RECEIVED, Reason.RETURN, Reason.IMPORT})
CORRECTIONS = frozenset(
    {Reason.COUNT, Reason.CORRECTION, Reason.DAMAGED, Reason.THEFT, Reason.PROMOTION, Reason.IMPORT}
)
# What staff choose from; what orders, transfers and imports move has reasons of its own.
STAFF_REASONS = (
    *(Reason.CORRECTION, Reason.COUNT, Reason.DAMAGED, Reason.PROMOTION, Reason.RECEIVED, Reason.RETURN),
    Reason.THEFT,
)
SETTINGS = frozenset({*STAFF_REASONS, Reason.IMPORT, Reason.INITIAL})
LONGEST_NOTE = 200

# Rare: a warehouse that was opened again, or stock from before orders were filled at once.
_WAITING_BESIDE_STOCK = """
SELECT DISTINCT p.variant_id
FROM inventory.reservation_parts p
JOIN inventory.reservations r ON r.id = p.reservation_id AND r.status = 'consumed'
JOIN inventory.stock_items s ON s.variant_id = p.variant_id AND s.quantity_on_hand > s.quantity_reserved
JOIN inventory.warehouses w ON w.id = s.warehouse_id AND w.is_active
WHERE p.backordered > 0
LIMIT 200
"""


async def add_warehouse(tx: Transaction, *, code: str, name: str, country: str, priority: int = 0) -> UUID:
    """Open a warehouse; orders are filled from the lowest `priority` first. Raises `Invalid`."""
    _check_warehouse(code=code, name=name, country=country, priority=priority)
    taken = await tx.sql("SELECT 1 FROM inventory.warehouses WHERE code = :code", {"code": code})
    if taken.first() is not None:
        raise Invalid({"code": _("There is a warehouse with this code.")})
    warehouse = Warehouse(id=new_id(), code=code, name=name.strip(), country=country, priority=priority)
    tx.session.add(warehouse)
    await tx.session.flush()
    await audit.record(
        tx, action="warehouse.added", subject=("warehouse", warehouse.id), label=code, changes={"name": (None, name)}
    )
    return warehouse.id


async def change_warehouse(tx: Transaction, warehouse_id: UUID, *, name: str, country: str, priority: int) -> None:
    """Call a warehouse otherwise, or empty it earlier or later than others. Raises `Invalid` and `NotFound`."""
    _check_warehouse(name=name, country=country, priority=priority)
    present = await _warehouse(tx, warehouse_id)
    await tx.sql(
        "UPDATE inventory.warehouses SET name = :name, country = :country, priority = :priority,"
        " updated_at = kit.now() WHERE id = :id",
        {"id": warehouse_id, "name": name.strip(), "country": country, "priority": priority},
    )
    await audit.record(
        tx,
        action="warehouse.changed",
        subject=("warehouse", warehouse_id),
        label=present["code"],
        changes={
            "name": (present["name"], name.strip()),
            "country": (present["country"], country),
            "priority": (present["priority"], priority),
        },
    )


async def switch_warehouse(tx: Transaction, warehouse_id: UUID, *, is_active: bool) -> None:
    """Close a warehouse for new holds, or open it again; what is held there stays held. Raises `NotFound`.

    What an opened one brings goes to those who are owed it as soon as the worker looks (`fill_backorders`).
    """
    present = await _warehouse(tx, warehouse_id)
    await tx.sql(
        "UPDATE inventory.warehouses SET is_active = :is_active, updated_at = kit.now() WHERE id = :id",
        {"id": warehouse_id, "is_active": is_active},
    )
    await audit.record(
        tx,
        action="warehouse.opened" if is_active else "warehouse.closed",
        subject=("warehouse", warehouse_id),
        label=present["code"],
        changes={"is_active": (present["is_active"], is_active)},
    )


def _check_warehouse(*, name: str, country: str, priority: int, code: str = "NEW") -> None:
    errors: dict[str, str] = {}
    if not re.fullmatch("[A-Z0-9][A-Z0-9-]{0,19}", code):
        errors["code"] = _("Enter up to 20 capital letters, digits and hyphens, such as ROTTERDAM.")
    if not name.strip() or len(name) > 100:
        errors["name"] = _("Enter a name of at most 100 characters.")
    if not re.fullmatch("[A-Z]{2}", country):
        errors["country"] = _("Enter the country's two letters, such as US.")
    if not 0 <= priority <= 1000:
        errors["priority"] = _("Enter a whole number from 0 to 1000.")
    if errors:
        raise Invalid(errors)


async def _warehouse(tx: Transaction, warehouse_id: UUID) -> dict[str, Any]:
    found = await tx.sql(
        "SELECT code, name, country, priority, is_active FROM inventory.warehouses WHERE id = :id FOR UPDATE",
        {"id": warehouse_id},
    )
    row = found.mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


async def receive(
    tx: Transaction,
    *,
    variant_id: UUID,
    warehouse_id: UUID,
    quantity: int,
    reason: Reason = Reason.RECEIVED,
    reference: str = "",
    note: str = "",
) -> None:
    """Put a delivery, a first stock or a return on the shelf; a variant's first one makes its row in the warehouse.

    Who is owed some gets it at once, the oldest order first. `quantity` may be 0 to keep an empty place for it.
    Emits `inventory.updated` and `inventory.backorder_filled`.
    """
    if not 0 <= quantity <= LARGEST_STOCK or reason not in _GIVEN:
        raise Invalid({"quantity": _("Enter how many arrived, as a whole number from 0.")})
    await put(tx, [Change({(variant_id, warehouse_id): quantity}, reason, reference, note)])


async def adjust(
    tx: Transaction,
    *,
    variant_id: UUID,
    warehouse_id: UUID,
    change: int,
    reason: Reason,
    reference: str = "",
    note: str = "",
) -> None:
    """Correct a quantity on hand by `change`, with the reason for it.

    Emits `inventory.updated`, `inventory.backorder_filled`, `inventory.low_stock` and `product.out_of_stock`. Raises
    `StockIsReserved` rather than take what shoppers hold, and `StockItemUnknown`.
    """
    if change == 0 or abs(change) > LARGEST_STOCK or reason not in CORRECTIONS or len(note) > LONGEST_NOTE:
        raise Invalid({"change": _("Enter by how much the quantity changed, and why.")})
    await shift(tx, Change({(variant_id, warehouse_id): change}, reason, reference, note))


async def set_on_hand(
    tx: Transaction,
    *,
    variant_id: UUID,
    warehouse_id: UUID,
    on_hand: int,
    reason: Reason,
    seen: int | None = None,
    note: str = "",
) -> int:
    """Set a quantity on hand, with the reason for it; returns by how much it changed.

    `seen` is what stood there when it was decided: raises `StockMoved` where that is no longer so, as what was
    counted is then not what would be set. Emits and raises what `adjust` does; a variant's first stock makes its row.
    """
    if not 0 <= on_hand <= LARGEST_STOCK or reason not in SETTINGS or len(note) > LONGEST_NOTE:
        raise Invalid({"on_hand": _("Enter how many there are, as a whole number from 0, and why.")})
    key = variant_id, warehouse_id
    await make(tx, [key])
    rows = await lock(tx, [variant_id])
    present = rows.by_key[key].on_hand
    if seen is not None and present != seen:
        raise StockMoved(present)
    if on_hand != present:
        change = Change({key: on_hand - present}, reason, "", note)
        await apply(tx, rows, [change], restocks=reason in _GIVEN)
        await _tell(tx, change, {key: present})
    return on_hand - present


async def put(tx: Transaction, changes: Sequence[Change]) -> None:
    """Let things arrive, where there is no row yet, too."""
    keys = [key for change in changes for key in change.lines]
    await make(tx, keys)
    await apply(tx, await lock(tx, [variant_id for variant_id, _ in keys]), changes, restocks=True)


async def shift(tx: Transaction, change: Change, *, restocks: bool = False) -> None:
    """Move what is on shelves that are there. Raises `StockIsReserved` and `StockItemUnknown`."""
    rows = await lock(tx, [variant_id for variant_id, _ in change.lines])
    before = {key: row.on_hand for key, row in rows.by_key.items()}
    await apply(tx, rows, [change], restocks=restocks)
    await _tell(tx, change, before)


async def _tell(tx: Transaction, change: Change, before: Mapping[Key, int]) -> None:
    """What staff set by hand stands in the log, too; an import is told as a whole by whoever imports."""
    if tx.actor.kind is not ActorKind.STAFF or change.reason is Reason.IMPORT:
        return
    named = await catalog.variants(tx, [variant_id for variant_id, _ in change.lines])
    places = {place.id: place.code for place in await warehouses(tx)}
    batch = new_id() if len(change.lines) > 1 else None
    await audit.record_all(
        tx,
        [
            audit.Draft(
                action="stock.adjusted",
                subject=("variant", variant_id),
                label=named[variant_id].sku if variant_id in named else "",
                changes={
                    f"on_hand {places[warehouse_id]}": (
                        before[variant_id, warehouse_id],
                        before[variant_id, warehouse_id] + quantity,
                    )
                },
                note=f"{change.reason}: {change.note}" if change.note else str(change.reason),
                batch=batch,
            )
            for (variant_id, warehouse_id), quantity in change.lines.items()
            if quantity
        ],
    )


async def _sku(tx: Transaction, variant_id: UUID) -> str:
    if tx.actor.kind is not ActorKind.STAFF:
        return ""
    found = (await catalog.variants(tx, [variant_id])).get(variant_id)
    return found.sku if found is not None else ""


async def apply(tx: Transaction, rows: Rows, changes: Sequence[Change], *, restocks: bool = False) -> None:
    """Apply changes to locked rows, fill what is owed, tell what crossed a line.

    Raises `StockIsReserved`, which names the variant, and `StockItemUnknown`.
    """
    for change in changes:
        for key, quantity in change.lines.items():
            row = rows.by_key.get(key)
            if row is None:
                raise StockItemUnknown
            if row.on_hand + quantity < row.reserved:
                raise StockIsReserved(row.on_hand, row.reserved, row.variant_id)
    await write(tx, rows, changes, restocks=restocks)
    await settle(tx, rows)


async def fill_backorders(tx: Transaction, variant_ids: Iterable[UUID] | None = None) -> int:
    """Give what is free to those who are owed it, the oldest order first; how many orders' lines got something.

    Whatever brings stock does so by itself; without `variant_ids` this looks for what was left beside it by anything
    else. Emits `inventory.backorder_filled`, `inventory.updated`, `inventory.low_stock` and `product.out_of_stock`.
    """
    if variant_ids is None:
        waiting = await tx.sql(_WAITING_BESIDE_STOCK)
        variant_ids = list(waiting.scalars())
    wanted = list(variant_ids)
    if not wanted:
        return 0
    rows = await lock(tx, wanted)
    filled = await fill(tx, rows)
    await tell(tx, rows)
    return len(filled)


async def arrange(
    tx: Transaction,
    *,
    variant_id: UUID,
    warehouse_id: UUID,
    reorder_threshold: int | None = None,
    warehouse_location: str | None = None,
) -> None:
    """Set below which number to warn, and where in the warehouse it lies. Raises `StockItemUnknown`."""
    if (reorder_threshold is not None and not 0 <= reorder_threshold <= LARGEST_STOCK) or (
        warehouse_location is not None and len(warehouse_location) > 50
    ):
        raise Invalid({"reorder_threshold": _("Enter a whole number from 0, and a place of at most 50 characters.")})
    done = await tx.sql(
        "WITH present AS (SELECT id, reorder_threshold, warehouse_location FROM inventory.stock_items"
        " WHERE variant_id = :variant_id AND warehouse_id = :warehouse_id FOR UPDATE)"
        " UPDATE inventory.stock_items s SET"
        " reorder_threshold = coalesce(:reorder_threshold, present.reorder_threshold),"
        " warehouse_location = coalesce(:warehouse_location, present.warehouse_location), updated_at = kit.now()"
        " FROM present WHERE s.id = present.id"
        " RETURNING s.reorder_threshold, s.warehouse_location, present.reorder_threshold AS threshold_before,"
        " present.warehouse_location AS location_before",
        {
            "variant_id": variant_id,
            "warehouse_id": warehouse_id,
            "reorder_threshold": reorder_threshold,
            "warehouse_location": warehouse_location,
        },
    )
    row = done.first()
    if row is None:
        raise StockItemUnknown
    await audit.record(
        tx,
        action="stock.arranged",
        subject=("variant", variant_id),
        label=await _sku(tx, variant_id),
        changes={
            "reorder_threshold": (row.threshold_before, row.reorder_threshold),
            "warehouse_location": (row.location_before, row.warehouse_location),
        },
    )


async def set_policy(
    tx: Transaction, *, variant_id: UUID, backorder_allowed: bool, restock_date: date | None = None
) -> None:
    """Let a variant be ordered when it is out, or not, and say when more is expected; staff can undo it."""
    fields = ("backorder_allowed", "restock_date")
    present = await _policy(tx, str(variant_id), fields) if tx.actor.kind is ActorKind.STAFF else {}
    await tx.sql(
        "INSERT INTO inventory.stock_policies (variant_id, backorder_allowed, restock_date)"
        " VALUES (:variant_id, :backorder_allowed, :restock_date)"
        " ON CONFLICT (variant_id) DO UPDATE SET backorder_allowed = excluded.backorder_allowed,"
        " restock_date = excluded.restock_date, updated_at = kit.now()",
        {"variant_id": variant_id, "backorder_allowed": backorder_allowed, "restock_date": restock_date},
    )
    wanted = (backorder_allowed, restock_date)
    await audit.record(
        tx,
        action="stock_policy.changed",
        subject=("variant", variant_id),
        changes={field: (present.get(field), value) for field, value in zip(fields, wanted, strict=True)},
        undo="stock_policy",
    )


async def _policy(tx: Transaction, variant_id: str, fields: Sequence[str]) -> dict[str, Any]:
    found = await tx.sql(
        "SELECT backorder_allowed, restock_date FROM inventory.stock_policies"
        " WHERE variant_id = CAST(:variant AS uuid) FOR UPDATE",
        {"variant": variant_id},
    )
    row = found.mappings().one_or_none() or {"backorder_allowed": False, "restock_date": None}
    return {field: row[field] for field in fields}


async def _put_back(tx: Transaction, variant_id: str, fields: dict[str, Any]) -> None:
    policy = {**await _policy(tx, variant_id, ("backorder_allowed", "restock_date")), **fields}
    until = policy["restock_date"]
    await set_policy(
        tx,
        variant_id=UUID(variant_id),
        backorder_allowed=policy["backorder_allowed"],
        restock_date=date.fromisoformat(until) if isinstance(until, str) else until,
    )


audit.undoable("stock_policy", _put_back, _policy)
