"""What the shop's pages refuse."""

from domains.kit import Conflict, NotFound
from domains.kit.i18n import gettext as _


class PageNotFound(NotFound):
    """There is no such page, or it is a draft."""

    code = "page_not_found"
    title = _("There is no such page.")
    hint = _("It may have moved. The footer lists what there is.")


class SlugTaken(Conflict):
    """Another page has this address."""

    code = "slug_taken"
    title = _("Another page has this address.")
    hint = _("Choose another one.")


class MessageNotFound(NotFound):
    """The message was deleted, or never came."""

    code = "message_not_found"
    title = _("This message is no longer kept.")
