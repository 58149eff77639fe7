"""What can be done with the stock, one verb or one thing per module."""

from domains.inventory.operations.bulk import (
    Arrival,
    LevelChange,
    LevelSet,
    adjust_all,
    allow_backorders,
    receive_all,
    set_levels,
)
from domains.inventory.operations.counting import (
    add_to_count,
    approve_count,
    cancel_count,
    enter_count,
    finish_count,
    recount,
    start_count,
)
from domains.inventory.operations.holds import bind, expire_due, extend, release, unbind
from domains.inventory.operations.keeping import keep
from domains.inventory.operations.purchasing import (
    cancel_purchase,
    change_purchase,
    close_purchase,
    draft_purchase,
    order_purchase,
    receive_purchase,
)
from domains.inventory.operations.reserve import report_shortage, reserve
from domains.inventory.operations.sales import consume, return_to_stock
from domains.inventory.operations.shelves import (
    STAFF_REASONS,
    add_warehouse,
    adjust,
    arrange,
    change_warehouse,
    fill_backorders,
    receive,
    set_on_hand,
    set_policy,
    switch_warehouse,
)
from domains.inventory.operations.shipping import cancel_part, owe, reallocate, ship
from domains.inventory.operations.transfers import (
    cancel_transfer,
    change_transfer,
    draft_transfer,
    receive_transfer,
    send_transfer,
)

__all__ = [
    "STAFF_REASONS",
    "Arrival",
    "LevelChange",
    "LevelSet",
    "add_to_count",
    "add_warehouse",
    "adjust",
    "adjust_all",
    "allow_backorders",
    "approve_count",
    "arrange",
    "bind",
    "cancel_count",
    "cancel_part",
    "cancel_purchase",
    "cancel_transfer",
    "change_purchase",
    "change_transfer",
    "change_warehouse",
    "close_purchase",
    "consume",
    "draft_purchase",
    "draft_transfer",
    "enter_count",
    "expire_due",
    "extend",
    "fill_backorders",
    "finish_count",
    "keep",
    "order_purchase",
    "owe",
    "reallocate",
    "receive",
    "receive_all",
    "receive_purchase",
    "receive_transfer",
    "recount",
    "release",
    "report_shortage",
    "reserve",
    "return_to_stock",
    "send_transfer",
    "set_levels",
    "set_on_hand",
    "set_policy",
    "ship",
    "start_count",
    "switch_warehouse",
    "unbind",
]
