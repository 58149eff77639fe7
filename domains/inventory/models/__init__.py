"""Tables of the stock: where it lies, how much, what moved it, and who holds it."""

from domains.inventory.models.counts import CountLine, CountStatus, StockCount
from domains.inventory.models.holds import Dispatch, HoldStatus, Reservation, ReservationPart
from domains.inventory.models.moving import (
    PurchaseLine,
    PurchaseOrder,
    PurchaseStatus,
    Transfer,
    TransferLine,
    TransferStatus,
)
from domains.inventory.models.stock import Reason, StockItem, StockMovement, StockPolicy, Warehouse

__all__ = [
    "CountLine",
    "CountStatus",
    "Dispatch",
    "HoldStatus",
    "PurchaseLine",
    "PurchaseOrder",
    "PurchaseStatus",
    "Reason",
    "Reservation",
    "ReservationPart",
    "StockCount",
    "StockItem",
    "StockMovement",
    "StockPolicy",
    "Transfer",
    "TransferLine",
    "TransferStatus",
    "Warehouse",
]
