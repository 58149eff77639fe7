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


class MessageStateForbidden(Conflict):
    """The message's state has no arrow to the one asked for."""

    code = "message_state_forbidden"
    title = _("The message is not in a state in which this is possible.")
    hint = _("Reload the page to see how it stands.")


class AnsweredMeanwhile(Conflict):
    """Between the look and the answer somebody else has answered."""

    code = "answered_meanwhile"
    title = _("Somebody has answered this message meanwhile.")
    hint = _("Read that answer first. Your words are still in the form and were not sent.")


class SectionNotFound(NotFound):
    """The home page has no such section."""

    code = "section_not_found"
    title = _("The home page has no such section any more.")
    hint = _("Somebody may have removed it. Go back to the home page's sections.")


class HomeChangedMeanwhile(Conflict):
    """Between the look and the change somebody else has changed the same."""

    code = "home_changed_meanwhile"
    title = _("Somebody has changed this meanwhile.")
    hint = _("Reload the page to see how it is now, then do it again. Nothing was saved.")


class RedirectNotFound(NotFound):
    """There is no such redirect."""

    code = "redirect_not_found"
    title = _("There is no such redirect any more.")
    hint = _("Somebody may have removed it.")
