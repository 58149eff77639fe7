"""What a wish list refuses."""

from domains.kit import Conflict, NotFound
from domains.kit.i18n import gettext as _


class WishlistFull(Conflict):
    """A list has at most 200 things."""

    code = "wishlist_full"
    title = _("Your wish list is full.")
    hint = _("Remove something you no longer want, then save this again.")


class ItemNotFound(NotFound):
    """The thing is not on this list: removed elsewhere, or on somebody else's."""

    code = "wishlist_item_not_found"
    title = _("This is no longer on your wish list.")


class NotSold(NotFound):
    """The product or variant is unknown or no longer shown."""

    code = "not_sold"
    title = _("This is no longer sold.")
    hint = _("Choose another one, or search for something like it.")


class NotBuyable(Conflict):
    """Sold out, no longer sold, or with an option still to choose."""

    code = "not_buyable"
    title = _("This cannot go into your cart as it is.")
    hint = _("Open it to see whether something is to be chosen, or whether there is one like it.")
