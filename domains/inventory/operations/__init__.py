"""What can be done with the stock, one verb or one thing per module."""

from domains.inventory.operations.bulk import Arrival, adjust_all, allow_backorders, receive_all
from domains.inventory.operations.holds import bind, expire_due, extend, release, unbind
from domains.inventory.operations.reserve import report_shortage, reserve
from domains.inventory.operations.sales import consume, return_to_stock
from domains.inventory.operations.shelves import add_warehouse, adjust, arrange, receive, set_policy, switch_warehouse

__all__ = [
    "Arrival",
    "add_warehouse",
    "adjust",
    "adjust_all",
    "allow_backorders",
    "arrange",
    "bind",
    "consume",
    "expire_due",
    "extend",
    "receive",
    "receive_all",
    "release",
    "report_shortage",
    "reserve",
    "return_to_stock",
    "set_policy",
    "switch_warehouse",
    "unbind",
]
