"""What the store domain refuses."""

from domains.kit import Conflict, Unavailable
from domains.kit.i18n import gettext as _


class ShopNotSetUp(Unavailable):
    """Nobody has opened the shop yet."""

    code = "shop_not_set_up"
    title = _("This shop is not set up yet.")
    hint = _("Run `shop setup` once to name it and to make the owner's account.")


class ShopAlreadySetUp(Conflict):
    """The shop was opened before; its settings are changed, not set up again."""

    code = "shop_already_set_up"
    title = _("This shop is set up already.")
    hint = _("Change its settings instead.")
