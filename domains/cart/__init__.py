"""What a visitor means to buy.

Owns: carts and their lines. A cart promises nothing: price and stock are looked up whenever it is shown, and stock is
set aside by the checkout, with the cart's id as the holder.

Words: a *guest's* cart is found by the token in his cookie and lives 30 days from its last change; a *customer's* is
found by his account and stays. At log-in the guest's becomes the customer's, with what his own had.

Invariants: a customer has at most one open cart, a variant at most one line in a cart, a quantity is 1 to 999.
"""

from domains.cart.errors import CartFull, CartNotFound, LineNotFound, NotForSale, TooFewLeft
from domains.cart.models import CartStatus
from domains.cart.operations import (
    GUEST_DAYS,
    MOST_LINES,
    accept_prices,
    add_line,
    adopt,
    at_least,
    convert,
    drop,
    expire_due,
    merge,
    open_for,
    remove_line,
    set_quantity,
    start,
)
from domains.cart.queries import count, current, find, for_account, identify, needs_shipping, view
from domains.cart.views import CartView, LineView, Trouble

__all__ = [
    "GUEST_DAYS",
    "MOST_LINES",
    "CartFull",
    "CartNotFound",
    "CartStatus",
    "CartView",
    "LineNotFound",
    "LineView",
    "NotForSale",
    "TooFewLeft",
    "Trouble",
    "accept_prices",
    "add_line",
    "adopt",
    "at_least",
    "convert",
    "count",
    "current",
    "drop",
    "expire_due",
    "find",
    "for_account",
    "identify",
    "merge",
    "needs_shipping",
    "open_for",
    "remove_line",
    "set_quantity",
    "start",
    "view",
]
