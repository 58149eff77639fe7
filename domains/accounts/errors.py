"""What accounts refuse."""

from domains.kit import Conflict, Invalid, NotFound, TooMany
from domains.kit.i18n import gettext as _


class AccountUnknown(NotFound):
    code = "account_unknown"
    title = _("We could not find that account.")


class LogInFailed(Invalid):
    """Wrong mail or password, or an account that may not log in: one answer for all, so that nobody learns which."""

    code = "log_in_failed"

    def __init__(self) -> None:
        super().__init__({"email": _("The e-mail address or the password is not right. Check both and try again.")})


class LogInBarred(LogInFailed):
    """The password is right and the account may not log in: who knows the password may know why."""

    code = "log_in_barred"


class AccountSuspended(LogInBarred):
    def __init__(self) -> None:
        Invalid.__init__(
            self,
            {"email": _("This account is suspended, so nobody can log in to it. Write to us to have it looked at.")},
        )


class AccountClosed(LogInBarred):
    def __init__(self) -> None:
        Invalid.__init__(
            self, {"email": _("This account was closed and cannot be opened again. You may make a new one.")}
        )


class WrongPassword(Invalid):
    """The password that is asked for before something weighty is changed."""

    code = "wrong_password"

    def __init__(self, field: str = "current_password") -> None:
        super().__init__({field: _("This is not your present password.")})


class TooManyTries(TooMany):
    """Passwords were tried too often, for this account or from this client."""

    code = "too_many_tries"

    def __init__(self, seconds: int) -> None:
        super().__init__(max(1, seconds), hint=_wait(seconds))


class CodeWrong(Invalid):
    """No code of this moment, one that was used already, or no recovery code of this account."""

    code = "code_wrong"

    def __init__(self) -> None:
        super().__init__({"code": _("This code is not right, or it was used already. Wait for the next one.")})


class PasskeyRefused(Invalid):
    """What the device signed is not what was asked, or nobody knows the key."""

    code = "passkey_refused"

    def __init__(self) -> None:
        super().__init__({"passkey": _("That passkey could not be used. Try again, or use a code.")})


class TooManyPasskeys(Conflict):
    code = "too_many_passkeys"
    title = _("You have as many passkeys as an account can have.")
    hint = _("Remove one that you no longer use, then add this one.")


class LastSecondFactor(Conflict):
    """Without it nobody could come in any more."""

    code = "last_second_factor"
    title = _("This is your only second factor.")
    hint = _("Add another one first: an authenticator app or a passkey.")


class LastOwner(Conflict):
    """A shop without an owner could never have one again."""

    code = "last_owner"
    title = _("The shop needs an owner who can log in.")
    hint = _("Make somebody else an owner first, and let him set his password.")


class NotYourself(Conflict):
    code = "not_yourself"
    title = _("You cannot do that to your own account.")
    hint = _("Ask another owner.")


class AddressUnknown(NotFound):
    """No address, or somebody else's."""

    code = "address_unknown"
    title = _("We could not find that address.")


class AddressBookFull(Conflict):
    code = "address_book_full"
    title = _("Your address book is full.")
    hint = _("Delete an address that you no longer need, then add this one.")


class LinkDead(Conflict):
    """A link that was used, has run out, or never was."""

    code = "link_dead"
    title = _("This link does not work any more.")
    hint = _("It can be used once and only for a limited time. Ask for a new one.")


class StatusForbidden(Conflict):
    """The account's status has no such arrow."""

    code = "status_forbidden"
    title = _("The account's status cannot be changed like that.")


class StaffStays(Conflict):
    """A shop whose owner has closed his account by mistake has nobody who could open it."""

    code = "staff_stays"
    title = _("The accounts of those who work here are closed by the owner of the shop.")


class EmailTaken(Conflict):
    """Staff accounts tell openly; a shopper never learns this, see `register`."""

    code = "email_taken"
    title = _("There is an account with this e-mail address already.")
    hint = _("Use another address, or give that account a new link to set its password.")


def _wait(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if minutes <= 1:
        return _("Wait a minute, then try again.")
    return _("For safety, passwords can be tried again in {minutes} minutes.").format(minutes=minutes)
