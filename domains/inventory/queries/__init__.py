"""What can be asked of the stock: of the shelves and holds, of what is on its way, and of what is written down."""

from domains.inventory.queries.counts import accuracy, count, count_lines, count_slice
from domains.inventory.queries.ledger import movements
from domains.inventory.queries.moving import (
    incoming,
    purchase,
    purchase_slice,
    suppliers,
    transfer,
    transfer_slice,
)
from domains.inventory.queries.owing import owed_to
from domains.inventory.queries.referring import moved_by
from domains.inventory.queries.shelf import (
    allocation,
    availability,
    backorders_allowed,
    expired_bound,
    hold,
    levels,
    policies,
    warehouse,
    warehouses,
)

__all__ = [
    "accuracy",
    "allocation",
    "availability",
    "backorders_allowed",
    "count",
    "count_lines",
    "count_slice",
    "expired_bound",
    "hold",
    "incoming",
    "levels",
    "moved_by",
    "movements",
    "owed_to",
    "policies",
    "purchase",
    "purchase_slice",
    "suppliers",
    "transfer",
    "transfer_slice",
    "warehouse",
    "warehouses",
]
