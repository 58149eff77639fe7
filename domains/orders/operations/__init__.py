"""What can be done with orders."""

from domains.orders.operations.access import claim, find_guest, open_access, sweep_access
from domains.orders.operations.arrows import cancel, confirm, deliver, ship
from domains.orders.operations.place import place

__all__ = [
    "cancel",
    "claim",
    "confirm",
    "deliver",
    "find_guest",
    "open_access",
    "place",
    "ship",
    "sweep_access",
]
