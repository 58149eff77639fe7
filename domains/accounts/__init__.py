"""People who can log in: shoppers and staff.

Owns accounts, address books, sessions, single-use links and the hashed words that staff search by.

Words: an *account* is a person with a mail address; a *session* is a log-in of at most 24 hours; a *link* carries a
token that works once. A suspended account may not log in; a deactivated one never again.

Invariants: one account per mail address (keyed hash, unique); at most one default address per account; a status
changes only along `TRANSITIONS`; tokens and session ids are stored as hashes alone.
"""

from domains.accounts.errors import AccountUnknown, EmailTaken, LinkDead, LogInFailed, StatusForbidden
from domains.accounts.events import (
    EmailVerified,
    SignUpRepeated,
    UserDeactivated,
    UserRegistered,
    UserReinstated,
    UserSuspended,
    UserUpdated,
    VerificationAsked,
)
from domains.accounts.operations import (
    ask_verification,
    change_profile,
    check_email,
    check_phone,
    create_staff,
    deactivate,
    end_session,
    end_sessions,
    issue_token,
    open_session,
    register,
    reinstate,
    remove_address,
    replace_password_hash,
    save_address,
    set_password,
    suspend,
    sweep_sessions,
    use_token,
    verify_email,
)
from domains.accounts.passwords import NOBODY, check_password, hash_password, needs_rehash, verify_password
from domains.accounts.queries import account, addresses, credentials, find_account, link_is_live, session
from domains.accounts.states import ROLES, STAFF_ROLES, Status
from domains.accounts.views import AccountView, AddressView, Credentials, NewAccount, SessionView

__all__ = [
    "NOBODY",
    "ROLES",
    "STAFF_ROLES",
    "AccountUnknown",
    "AccountView",
    "AddressView",
    "Credentials",
    "EmailTaken",
    "EmailVerified",
    "LinkDead",
    "LogInFailed",
    "NewAccount",
    "SessionView",
    "SignUpRepeated",
    "Status",
    "StatusForbidden",
    "UserDeactivated",
    "UserRegistered",
    "UserReinstated",
    "UserSuspended",
    "UserUpdated",
    "VerificationAsked",
    "account",
    "addresses",
    "ask_verification",
    "change_profile",
    "check_email",
    "check_password",
    "check_phone",
    "create_staff",
    "credentials",
    "deactivate",
    "end_session",
    "end_sessions",
    "find_account",
    "hash_password",
    "issue_token",
    "link_is_live",
    "needs_rehash",
    "open_session",
    "register",
    "reinstate",
    "remove_address",
    "replace_password_hash",
    "save_address",
    "session",
    "set_password",
    "suspend",
    "sweep_sessions",
    "use_token",
    "verify_email",
    "verify_password",
]
