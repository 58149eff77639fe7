"""What is on the shelves, who holds it, and what moved it.

Owns: warehouses, the four quantities of each variant in each warehouse, the ledger of movements, holds.

Words: *on hand* is on the shelf and not sold; *reserved* is on hand and held for somebody; *available* is the rest;
*allocated* is sold and still in the house, so a count of the shelf finds on hand + allocated; it leaves with a
shipment, and a *dispatch* says with which; *backordered* is sold beyond what there is and counted apart. A *hold* is
what one cart has set aside: `held` until its time is over, `bound` to an order that was placed, `consumed` when it was
paid, `released` or `expired` when it was not.

What keeps it safe: the rows of what is wanted are locked in key order (variant, warehouse) by the statement that
changes them; the quantities are bounded by CHECKs; a hold's row is locked before stock rows, so the lock order is
checkout, order, payment, hold, stock. Touch stock once per transaction.

Invariants (`shop doctor`): I01 on hand is the sum of movements, I02 reserved is what live holds have, I03 no quantity
is negative and reserved is at most on hand, I04 no live hold a minute past its time, I05 a paid order took exactly
what it ordered and a dead one holds nothing.
"""

from domains.inventory.errors import (
    AlreadyExtended,
    HoldExpired,
    HoldGone,
    HoldIsBound,
    HoldLimit,
    NotAllocated,
    NotEnoughStock,
    StockIsReserved,
    StockItemUnknown,
    StockMoved,
)
from domains.inventory.events import (
    InventoryBackorderFilled,
    InventoryInsufficient,
    InventoryLowStock,
    InventoryReleased,
    InventoryReserved,
    InventoryUpdated,
    ProductOutOfStock,
)
from domains.inventory.models import HoldStatus, Reason
from domains.inventory.operations import (
    STAFF_REASONS,
    Arrival,
    add_warehouse,
    adjust,
    adjust_all,
    allow_backorders,
    arrange,
    bind,
    cancel_part,
    consume,
    expire_due,
    extend,
    fill_backorders,
    owe,
    reallocate,
    receive,
    receive_all,
    release,
    report_shortage,
    reserve,
    return_to_stock,
    set_on_hand,
    set_policy,
    ship,
    switch_warehouse,
    unbind,
)
from domains.inventory.queries import (
    allocation,
    availability,
    backorders_allowed,
    expired_bound,
    hold,
    levels,
    warehouse,
    warehouses,
)
from domains.inventory.views import (
    MOST_PER_LINE,
    AllocatedPart,
    Availability,
    Demand,
    Hold,
    Shortage,
    StockLevel,
    StockState,
    WarehouseView,
)

__all__ = [
    "MOST_PER_LINE",
    "STAFF_REASONS",
    "AllocatedPart",
    "AlreadyExtended",
    "Arrival",
    "Availability",
    "Demand",
    "Hold",
    "HoldExpired",
    "HoldGone",
    "HoldIsBound",
    "HoldLimit",
    "HoldStatus",
    "InventoryBackorderFilled",
    "InventoryInsufficient",
    "InventoryLowStock",
    "InventoryReleased",
    "InventoryReserved",
    "InventoryUpdated",
    "NotAllocated",
    "NotEnoughStock",
    "ProductOutOfStock",
    "Reason",
    "Shortage",
    "StockIsReserved",
    "StockItemUnknown",
    "StockLevel",
    "StockMoved",
    "StockState",
    "WarehouseView",
    "add_warehouse",
    "adjust",
    "adjust_all",
    "allocation",
    "allow_backorders",
    "arrange",
    "availability",
    "backorders_allowed",
    "bind",
    "cancel_part",
    "consume",
    "expire_due",
    "expired_bound",
    "extend",
    "fill_backorders",
    "hold",
    "levels",
    "owe",
    "reallocate",
    "receive",
    "receive_all",
    "release",
    "report_shortage",
    "reserve",
    "return_to_stock",
    "set_on_hand",
    "set_policy",
    "ship",
    "switch_warehouse",
    "unbind",
    "warehouse",
    "warehouses",
]
