"""What a shopper saved for later.

Owns: wish lists and what is on them. A list promises nothing and reserves nothing: price and stock are looked up
whenever it is shown, and compared with those of the moment in which the thing was saved.

Words: a *guest's* list is found by the token in his cookie, of which only a hash is kept, and lives a year from its
last change; an *account* has one list. At log-in the guest's things go onto the account's list. An *item* is a variant,
or a product of which nothing is chosen yet.

Invariants: an account has at most one list, a thing is on a list at most once, and a list has at most 200 things.
"""

from domains.wishlists.errors import ItemNotFound, NotBuyable, NotSold, WishlistFull
from domains.wishlists.operations import GUEST_DAYS, MOST_ITEMS, adopt, expire_due, open_for, remove, save, take
from domains.wishlists.queries import current, find, item, view
from domains.wishlists.views import ItemView, WishlistView

__all__ = [
    "GUEST_DAYS",
    "MOST_ITEMS",
    "ItemNotFound",
    "ItemView",
    "NotBuyable",
    "NotSold",
    "WishlistFull",
    "WishlistView",
    "adopt",
    "current",
    "expire_due",
    "find",
    "item",
    "open_for",
    "remove",
    "save",
    "take",
    "view",
]
