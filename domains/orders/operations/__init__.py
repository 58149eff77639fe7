"""What can be done with orders."""

from domains.orders.operations.access import ACCESS_DAYS, claim, find_guest, matching, open_access, sweep_access
from domains.orders.operations.again import put_again
from domains.orders.operations.arrows import await_transfer, cancel, confirm, deliver, ship
from domains.orders.operations.notes import LONGEST_NOTE, add_note
from domains.orders.operations.place import place
from domains.orders.operations.readdress import readdress

__all__ = [
    "ACCESS_DAYS",
    "LONGEST_NOTE",
    "add_note",
    "await_transfer",
    "cancel",
    "claim",
    "confirm",
    "deliver",
    "find_guest",
    "matching",
    "open_access",
    "place",
    "put_again",
    "readdress",
    "ship",
    "sweep_access",
]
