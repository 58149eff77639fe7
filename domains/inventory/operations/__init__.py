"""What can be done with the stock, one verb or one thing per module."""

from domains.inventory.operations.bulk import Arrival, adjust_all, allow_backorders, receive_all
from domains.inventory.operations.holds import bind, expire_due, extend, release, unbind
from domains.inventory.operations.reserve import report_shortage, reserve
from domains.inventory.operations.sales import consume, return_to_stock
from domains.inventory.operations.shelves import (
    STAFF_REASONS,
    add_warehouse,
    adjust,
    arrange,
    fill_backorders,
    receive,
    set_on_hand,
    set_policy,
    switch_warehouse,
)
from domains.inventory.operations.shipping import cancel_part, owe, reallocate, ship

__all__ = [
    "STAFF_REASONS",
    "Arrival",
    "add_warehouse",
    "adjust",
    "adjust_all",
    "allow_backorders",
    "arrange",
    "bind",
    "cancel_part",
    "consume",
    "expire_due",
    "extend",
    "fill_backorders",
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
]
