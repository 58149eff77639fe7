"""What can be done with accounts."""

from domains.accounts.operations.addresses import change_address, make_default, remove_address, save_address
from domains.accounts.operations.email import (
    ask_email_change,
    confirm_email_change,
    stop_email_change,
    withdraw_email_change,
)
from domains.accounts.operations.links import issue_token, use_token
from domains.accounts.operations.password import (
    ask_reset,
    change_password,
    replace_password_hash,
    reset_password,
    set_password,
)
from domains.accounts.operations.profile import change_profile, check_phone
from domains.accounts.operations.registration import (
    ask_verification,
    check_email,
    create_staff,
    register,
    verify_email,
)
from domains.accounts.operations.sessions import end_session, end_sessions, open_session, sweep_sessions
from domains.accounts.operations.status import close, deactivate, reinstate, suspend
from domains.accounts.operations.tries import begin_try, try_failed, try_passed

__all__ = [
    "ask_email_change",
    "ask_reset",
    "ask_verification",
    "begin_try",
    "change_address",
    "change_password",
    "change_profile",
    "check_email",
    "check_phone",
    "close",
    "confirm_email_change",
    "create_staff",
    "deactivate",
    "end_session",
    "end_sessions",
    "issue_token",
    "make_default",
    "open_session",
    "register",
    "reinstate",
    "remove_address",
    "replace_password_hash",
    "reset_password",
    "save_address",
    "set_password",
    "stop_email_change",
    "suspend",
    "sweep_sessions",
    "try_failed",
    "try_passed",
    "use_token",
    "verify_email",
    "withdraw_email_change",
]
