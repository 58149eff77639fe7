"""What the merchant sets: who the shop is, its currency and time zone, how it taxes, where it delivers.

Words: the *shop* is the one row that `shop setup` writes; a shop that has none is *unset* and does not open.

Invariants: there is at most one shop row (CHECK); its countries are ISO 3166-1 alpha-2 codes.
"""

from domains.store.errors import ShopNotSetUp
from domains.store.events import ShopChanged, ShopOpened
from domains.store.operations import change, set_up
from domains.store.queries import is_set_up, shop, today
from domains.store.switches import LABELS, Switch, SwitchUnknown, switched_off, turn
from domains.store.views import Shop, ShopDetails

__all__ = [
    "LABELS",
    "Shop",
    "ShopChanged",
    "ShopDetails",
    "ShopNotSetUp",
    "ShopOpened",
    "Switch",
    "SwitchUnknown",
    "change",
    "is_set_up",
    "set_up",
    "shop",
    "switched_off",
    "today",
    "turn",
]
