"""What the stock refuses."""

from collections.abc import Sequence
from uuid import UUID

from domains.inventory.views import Shortage
from domains.kit import Conflict, NotFound, TooMany
from domains.kit.i18n import gettext as _


class NotEnoughStock(Conflict):
    """Some of the lines cannot be had; `shortages` names each with what is left, and nothing was set aside."""

    code = "not_enough_stock"
    title = _("We do not have enough of something in your cart.")
    hint = _("Take fewer, or leave it out, and go on.")

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        self.shortages = tuple(shortages)
        super().__init__()


class HoldLimit(TooMany):
    """One visitor holds as much of one SKU as any visitor may without paying."""

    code = "hold_limit"
    title = _("You are already checking out with a lot of this.")
    hint = _("Finish or leave your other checkouts; what they hold comes free after 15 minutes.")

    def __init__(self, variant_id: UUID) -> None:
        self.variant_id = variant_id
        super().__init__(retry_after=15 * 60)


class HoldExpired(Conflict):
    """The time of the hold is over; what it held may be gone."""

    code = "hold_expired"
    title = _("The time we held your things for is over.")
    hint = _("Continue to hold them again, if they are still there.")


class AlreadyExtended(Conflict):
    """A hold can be extended once."""

    code = "already_extended"
    title = _("You have already extended this once.")
    hint = _("Please finish before the time is over.")


class HoldIsBound(Conflict):
    """The hold belongs to an order that waits for its payment; it cannot be changed until that order ends."""

    code = "hold_is_bound"
    title = _("Your order is waiting for its payment.")
    hint = _("Finish paying, or cancel that order first.")

    def __init__(self, order_id: UUID) -> None:
        self.order_id = order_id
        super().__init__()


class HoldGone(Conflict):
    """An order's stock was given back before it was paid: the money has to go back too."""

    code = "hold_gone"
    title = _("What this order held was given back.")

    def __init__(self, order_id: UUID) -> None:
        self.order_id = order_id
        super().__init__()


class StockIsReserved(Conflict):
    """A quantity on hand cannot fall below what is held for shoppers."""

    code = "stock_is_reserved"

    def __init__(self, on_hand: int, reserved: int, variant_id: UUID | None = None) -> None:
        self.variant_id = variant_id
        self.on_hand = on_hand
        self.reserved = reserved
        super().__init__(
            _("{reserved} of the {on_hand} on hand are held for orders.").format(reserved=reserved, on_hand=on_hand),
            _("Take away at most {free}, or wait until the holds end.").format(free=on_hand - reserved),
        )


class StockItemUnknown(NotFound):
    """This warehouse keeps none of this variant."""

    code = "stock_item_unknown"
    title = _("This warehouse does not keep this item.")


class NotAllocated(Conflict):
    """The order has not so many of this in this warehouse that have not left it."""

    code = "not_allocated"
    title = _("Not all of this is set aside for the order in this warehouse.")
    hint = _("Reload the page to see what is, and choose again.")


class StockMoved(Conflict):
    """The quantity on hand is not what it was when somebody decided to set it."""

    code = "stock_moved"

    def __init__(self, on_hand: int, variant_id: UUID | None = None) -> None:
        self.on_hand = on_hand
        self.variant_id = variant_id
        super().__init__(
            _("There are {on_hand} on hand now: something moved since you looked.").format(on_hand=on_hand),
            _("Look again, and set it if you still want to."),
        )


class TransferMoved(Conflict):
    """The transfer is not in a state for this any more."""

    code = "transfer_moved"
    title = _("This transfer has gone further since you looked.")
    hint = _("Reload the page to see how far it is.")


class PurchaseMoved(Conflict):
    """The purchase order is not in a state for this any more."""

    code = "purchase_moved"
    title = _("This purchase order has gone further since you looked.")
    hint = _("Reload the page to see how far it is.")


class CountMoved(Conflict):
    """The count is not in a state for this any more."""

    code = "count_moved"
    title = _("This count has gone further since you looked.")
    hint = _("Reload the page to see how far it is.")


class CameMeanwhile(Conflict):
    """Somebody put down what came of this while it was being put down: both may mean the same pieces."""

    code = "came_meanwhile"
    title = _("Somebody has put down what came since you looked.")
    hint = _("Look at what is still expected, and enter only what came beyond that.")

    def __init__(self, variant_id: UUID) -> None:
        self.variant_id = variant_id
        super().__init__()


class CountUnfinished(Conflict):
    """Some of what was to be counted was not."""

    code = "count_unfinished"

    def __init__(self, lines: int) -> None:
        self.lines = lines
        super().__init__(
            _("{lines} lines were not counted.").format(lines=lines),
            _("Count them, or say whether to leave them out or that none were found."),
        )
