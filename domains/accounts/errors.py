"""What accounts refuse."""

from domains.kit import Conflict, Invalid, NotFound
from domains.kit.i18n import gettext as _


class AccountUnknown(NotFound):
    code = "account_unknown"
    title = _("We could not find that account.")


class LogInFailed(Invalid):
    """Wrong mail or password, or an account that may not log in: one answer for all, so that nobody learns which."""

    code = "log_in_failed"

    def __init__(self) -> None:
        super().__init__({"email": _("The e-mail address or the password is not right. Check both and try again.")})


class LinkDead(Conflict):
    """A link that was used, has run out, or never was."""

    code = "link_dead"
    title = _("This link does not work any more.")
    hint = _("It can be used once and only for a limited time. Ask for a new one.")


class StatusForbidden(Conflict):
    """The account's status has no such arrow."""

    code = "status_forbidden"
    title = _("The account's status cannot be changed like that.")


class EmailTaken(Conflict):
    """Staff accounts tell openly; a shopper never learns this, see `register`."""

    code = "email_taken"
    title = _("There is an account with this e-mail address already.")
    hint = _("Use another address, or give that account a new link to set its password.")
