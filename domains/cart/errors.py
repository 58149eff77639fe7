"""What the cart refuses."""

from uuid import UUID

from domains.inventory import MOST_PER_LINE
from domains.kit import Conflict, NotFound
from domains.kit.i18n import gettext as _


class CartNotFound(NotFound):
    """There is no such cart, it is somebody else's, or it can no longer be changed."""

    code = "cart_not_found"
    title = _("This cart is no longer open.")
    hint = _("Add what you want again to begin a new one.")


class LineNotFound(NotFound):
    """The variant is not in the cart, because it was removed elsewhere."""

    code = "line_not_found"
    title = _("This is no longer in your cart.")


class NotForSale(NotFound):
    """The variant is unknown, hidden or has no price."""

    code = "not_for_sale"
    title = _("This is no longer sold.")
    hint = _("Choose another one, or search for something like it.")


class CartFull(Conflict):
    """A cart has at most 100 lines."""

    code = "cart_full"
    title = _("Your cart is full.")
    hint = _("Order what is in it first, or remove something.")


class TooFewLeft(Conflict):
    """More were asked for than can be had; `possible` is the largest quantity the line could have in all.

    The title says it to the shopper; the line stays as it was.
    """

    code = "too_few_left"

    def __init__(self, variant_id: UUID, *, wanted: int, possible: int, in_cart: int = 0) -> None:
        self.variant_id = variant_id
        self.wanted = wanted
        self.possible = possible
        self.in_cart = in_cart
        super().__init__(*_sentences(possible=possible, in_cart=in_cart))


def _sentences(*, possible: int, in_cart: int) -> tuple[str, str]:
    if possible >= MOST_PER_LINE:
        return (
            _("You can order at most {possible} of one thing.").format(possible=possible),
            _("Write to us if you need more."),
        )
    if possible == 0:
        return _("This is sold out."), _("Choose another one, or come back later.")
    if in_cart >= possible:
        return _("Your cart has all {possible} that are left.").format(possible=possible), _("You cannot add more.")
    if in_cart:
        return (
            _("Only {possible} are left, and {in_cart} of them are in your cart.").format(
                possible=possible, in_cart=in_cart
            ),
            _("You can add {more} more.").format(more=possible - in_cart),
        )
    if possible == 1:
        return _("Only 1 is left."), _("You can take 1.")
    return _("Only {possible} are left.").format(possible=possible), _("Choose {possible} or fewer.").format(
        possible=possible
    )
