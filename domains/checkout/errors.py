"""What checkout refuses, and with what the shopper can go on."""

from collections.abc import Sequence

from domains.checkout.states import Step
from domains.checkout.views import Shortage
from domains.kit import Conflict, Invalid, Money, NotFound, TooMany
from domains.kit.i18n import gettext as _


class CheckoutUnknown(Conflict):
    """No checkout is under way for this cart."""

    code = "checkout_unknown"
    title = _("There is no checkout under way.")
    hint = _("Open your cart to begin one.")


class CartEmpty(Conflict):
    """Nothing is in the cart."""

    code = "cart_empty"
    title = _("Your cart is empty.")
    hint = _("Put something in it first.")


class StepMissing(Conflict):
    """A step before this one is not done; `step` is the first such."""

    code = "step_missing"
    title = _("Something is missing before you can go on.")

    def __init__(self, step: Step) -> None:
        self.step = step
        super().__init__()


class CardMissing(Invalid):
    """Something is to be paid, and no card was given."""

    code = "card_missing"

    def __init__(self) -> None:
        super().__init__({"card": _("Enter your card. The card fields need JavaScript.")})


class StockShort(Conflict):
    """Less is there than wanted; `shortages` says of what and how much is left. Raised before any payment exists."""

    code = "stock_short"
    title = _("Some things in your cart are no longer there in the number you want.")
    hint = _("Nothing was charged. Choose what to do with each, then go on.")

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        self.shortages = tuple(shortages)
        super().__init__()


class TotalChanged(Conflict):
    """The total is not the one the shopper agreed to; both are told, and nothing was charged."""

    code = "total_changed"
    title = _("The total has changed.")
    hint = _("Nothing was charged. Look at the new total and decide.")

    def __init__(self, old: Money, new: Money) -> None:
        self.old = old
        self.new = new
        super().__init__()


class PaymentUnderWay(Conflict):
    """A payment of this order is being made; nothing may change until it is known what came of it."""

    code = "payment_under_way"
    title = _("Your payment is being confirmed.")
    hint = _("Wait a moment: the page shows what came of it.")


class TooManyDeclines(TooMany):
    """Too many cards were refused for this visitor, address or order (card testing)."""

    code = "too_many_declines"
    title = _("We cannot take another card right now.")
    hint = _("Nothing was charged. Please wait an hour, or write to us. Your cart is kept.")


class PickingBegun(Conflict):
    """The warehouse has begun to fetch what was ordered."""

    code = "picking_begun"
    title = _("The warehouse has begun to pick this order.")
    hint = _("Ask the warehouse to put it back, or a manager to cancel it.")


class NoWayThere(Conflict):
    """The shop does not send this order to the address, or not by the way that was chosen."""

    code = "no_way_there"
    title = _("We cannot send this order to that address in that way.")
    hint = _("Choose another way to send it, or another address.")


class CostsMoreThere(Conflict):
    """Delivery and tax at another address come to more than was paid, by `more`."""

    code = "costs_more_there"
    title = _("Delivery and tax at that address cost more than was paid.")
    hint = _("Cancel this order and write a draft order for the new address, paid by its link.")

    def __init__(self, more: Money) -> None:
        self.more = more
        super().__init__()


class DraftUnknown(NotFound):
    """There is no draft order of this number."""

    code = "draft_unknown"
    title = _("There is no such draft order.")
    hint = _("Look for it among the draft orders.")


class DraftIncomplete(Conflict):
    """Something is missing before a draft can be paid; the hint says what."""

    code = "draft_incomplete"
    title = _("This draft cannot be paid yet.")

    def __init__(self, missing: str) -> None:
        super().__init__(None, missing)


class PayLinkOver(Conflict):
    """The link to pay by has run out, was withdrawn, or never was one."""

    code = "pay_link_over"
    title = _("This link no longer works.")
    hint = _("Nothing was charged. Write to us, and we send you a new one.")
