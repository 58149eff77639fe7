"""What is on the shelves, and who holds it."""

from collections.abc import Collection
from uuid import UUID

import msgspec

from domains.inventory.models import HoldStatus
from domains.inventory.views import (
    FEW,
    MOST_PER_LINE,
    AllocatedPart,
    Availability,
    Hold,
    Policy,
    StockLevel,
    StockState,
    WarehouseView,
)
from domains.kit import Transaction

_HOLD = """
SELECT r.id, r.holder, r.status, r.order_id, r.expires_at, r.extended_at IS NULL AS never_extended,
       CAST(ceil(extract(epoch FROM r.expires_at - kit.now())) AS int) AS seconds_left,
       coalesce(parts.variants, '{}') AS variants, coalesce(parts.quantities, '{}') AS quantities
FROM inventory.reservations r
CROSS JOIN LATERAL (
    SELECT array_agg(p.variant_id) AS variants, array_agg(p.quantity) AS quantities
    FROM (SELECT variant_id, CAST(sum(quantity + backordered) AS int) AS quantity
          FROM inventory.reservation_parts WHERE reservation_id = r.id GROUP BY variant_id) p
) parts
WHERE r.holder = :holder AND r.status IN ('held', 'bound')
"""


async def hold(tx: Transaction, holder: UUID) -> Hold | None:
    """The live hold of `holder`, also one whose time is over and whose stock is not freed yet."""
    row = (await tx.sql(_HOLD, {"holder": holder})).one_or_none()
    if row is None:
        return None
    return Hold(
        id=row.id,
        holder=row.holder,
        status=HoldStatus(row.status),
        order_id=row.order_id,
        lines=dict(zip(row.variants, row.quantities, strict=True)),
        expires_at=row.expires_at,
        seconds_left=row.seconds_left,
        can_extend=row.never_extended and row.seconds_left > 0,
    )


async def expired_bound(tx: Transaction, limit: int = 100) -> list[UUID]:
    """Orders that wait for a payment past the time of their hold: cancel the payment first, then free the stock."""
    rows = await tx.sql(
        "SELECT order_id FROM inventory.reservations WHERE status = 'bound' AND expires_at <= kit.now()"
        " ORDER BY expires_at LIMIT :limit",
        {"limit": limit},
    )
    return list(rows.scalars())


# When more is expected is what staff said, as long as that day has not passed; else the day of the first purchase order
# that brings more than is owed already. Days are those of UTC here: a promise of a day is no better than that.
_AVAILABILITY = """
SELECT asked.variant_id, coalesce(shelf.available, 0) + coalesce(own.quantity, 0) AS available,
       coalesce(policy.backorder_allowed AND shelf.available IS NOT NULL, false) AS backorder_allowed,
       CASE WHEN policy.restock_date >= CAST(kit.now() AS date) THEN policy.restock_date ELSE due.expected_on END
           AS restock_date,
       EXISTS (SELECT FROM catalog.variants v WHERE v.id = asked.variant_id AND v.kind = 'digital') AS is_digital
FROM unnest(CAST(:variants AS uuid[])) AS asked (variant_id)
LEFT JOIN (SELECT s.variant_id, CAST(sum(s.quantity_on_hand - s.quantity_reserved) AS int) AS available,
                  sum(s.quantity_backordered) AS backordered
           FROM inventory.stock_items s JOIN inventory.warehouses w ON w.id = s.warehouse_id AND w.is_active
           WHERE s.variant_id = ANY(CAST(:variants AS uuid[])) GROUP BY s.variant_id) shelf
       ON shelf.variant_id = asked.variant_id
LEFT JOIN (SELECT p.variant_id, CAST(sum(p.quantity) AS int) AS quantity
           FROM inventory.reservations r
           JOIN inventory.reservation_parts p ON p.reservation_id = r.id
           JOIN inventory.warehouses w ON w.id = p.warehouse_id AND w.is_active
           WHERE r.holder = :holder AND r.status IN ('held', 'bound') GROUP BY p.variant_id) own
       ON own.variant_id = asked.variant_id
LEFT JOIN inventory.stock_policies policy ON policy.variant_id = asked.variant_id
LEFT JOIN LATERAL (
    SELECT min(coming.expected_on) AS expected_on
    FROM (SELECT o.expected_on, sum(l.quantity - l.received) OVER (ORDER BY o.expected_on, o.id) AS pieces
          FROM inventory.purchase_lines l
          JOIN inventory.purchase_orders o ON o.id = l.purchase_order_id AND o.status = 'ordered'
          WHERE l.variant_id = asked.variant_id AND l.received < l.quantity
            AND o.expected_on >= CAST(kit.now() AS date)) coming
    WHERE coming.pieces > coalesce(shelf.backordered, 0)
) due ON policy.backorder_allowed
"""


async def availability(
    tx: Transaction, variant_ids: Collection[UUID], *, holder: UUID | None = None
) -> dict[UUID, Availability]:
    """What can be sold of each variant now, over all open warehouses; one never stocked is out.

    What `holder` holds himself counts as available to him. Of a digital one there is always enough.
    """
    if not variant_ids:
        return {}
    rows = await tx.sql(_AVAILABILITY, {"variants": list(set(variant_ids)), "holder": holder})
    return {
        row.variant_id: Availability(available=MOST_PER_LINE, state="in_stock")
        if row.is_digital
        else Availability(
            available=row.available,
            state=_state(row.available, row.backorder_allowed),
            backorder_date=row.restock_date,
            backorder_allowed=row.backorder_allowed,
        )
        for row in rows
    }


def _state(available: int, backorder_allowed: bool) -> StockState:
    if available > FEW:
        return "in_stock"
    if available > 0:
        return "low"
    return "backorder" if backorder_allowed else "out"


async def levels(tx: Transaction, variant_ids: Collection[UUID]) -> list[StockLevel]:
    """The quantities of each variant in every warehouse that keeps it, by the warehouses' priority."""
    rows = await tx.sql(
        "SELECT s.variant_id, s.warehouse_id, w.code AS warehouse_code, s.quantity_on_hand, s.quantity_reserved,"
        " s.quantity_allocated, s.quantity_backordered, s.reorder_threshold, s.warehouse_location,"
        " s.last_restocked_at"
        " FROM inventory.stock_items s JOIN inventory.warehouses w ON w.id = s.warehouse_id"
        " WHERE s.variant_id = ANY(CAST(:variants AS uuid[])) ORDER BY s.variant_id, w.priority, w.id",
        {"variants": list(variant_ids)},
    )
    return [StockLevel(**row) for row in rows.mappings()]


async def backorders_allowed(tx: Transaction, variant_ids: Collection[UUID]) -> set[UUID]:
    """Which of these variants can be ordered when they are out."""
    rows = await tx.sql(
        "SELECT variant_id FROM inventory.stock_policies"
        " WHERE backorder_allowed AND variant_id = ANY(CAST(:variants AS uuid[]))",
        {"variants": list(variant_ids)},
    )
    return set(rows.scalars())


async def warehouses(tx: Transaction) -> list[WarehouseView]:
    """All warehouses, in the order they are emptied."""
    rows = await tx.sql(
        "SELECT id, code, name, country, priority, is_active FROM inventory.warehouses ORDER BY priority, id"
    )
    return [msgspec.convert(dict(row), WarehouseView) for row in rows.mappings()]


async def warehouse(tx: Transaction, warehouse_id: UUID) -> WarehouseView | None:
    """The warehouse, also a closed one; None for an unknown id."""
    return next((each for each in await warehouses(tx) if each.id == warehouse_id), None)


async def allocation(tx: Transaction, order_id: UUID) -> list[AllocatedPart]:
    """What a paid order took of which warehouse, by the warehouses' priority; nothing for one that is not paid."""
    rows = await tx.sql(
        "SELECT p.variant_id, p.warehouse_id, p.quantity, p.backordered, p.shipped, p.cancelled"
        " FROM inventory.reservations r JOIN inventory.reservation_parts p ON p.reservation_id = r.id"
        " JOIN inventory.warehouses w ON w.id = p.warehouse_id"
        " WHERE r.order_id = :order_id AND r.status = 'consumed' ORDER BY w.priority, w.id, p.variant_id",
        {"order_id": order_id},
    )
    return [AllocatedPart(**row) for row in rows.mappings()]


async def policies(tx: Transaction, variant_ids: Collection[UUID]) -> dict[UUID, Policy]:
    """What staff said of each variant that they said something of: whether it may be owed, and from when it is back."""
    rows = await tx.sql(
        "SELECT variant_id, backorder_allowed, restock_date FROM inventory.stock_policies"
        " WHERE variant_id = ANY(CAST(:variants AS uuid[]))",
        {"variants": list(variant_ids)},
    )
    return {row.variant_id: Policy(row.backorder_allowed, row.restock_date) for row in rows}
