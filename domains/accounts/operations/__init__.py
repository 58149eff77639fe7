"""What can be done with accounts."""

from domains.accounts.operations.profile import (
    change_profile,
    check_phone,
    deactivate,
    reinstate,
    remove_address,
    replace_password_hash,
    save_address,
    set_password,
    suspend,
)
from domains.accounts.operations.registration import (
    ask_verification,
    check_email,
    create_staff,
    issue_token,
    register,
    use_token,
    verify_email,
)
from domains.accounts.operations.sessions import end_session, end_sessions, open_session, sweep_sessions

__all__ = [
    "ask_verification",
    "change_profile",
    "check_email",
    "check_phone",
    "create_staff",
    "deactivate",
    "end_session",
    "end_sessions",
    "issue_token",
    "open_session",
    "register",
    "reinstate",
    "remove_address",
    "replace_password_hash",
    "save_address",
    "set_password",
    "suspend",
    "sweep_sessions",
    "use_token",
    "verify_email",
]
