"""What can be done with accounts."""

from domains.accounts.operations.acting import act_as, record_act, stop_acting
from domains.accounts.operations.addresses import change_address, make_default, remove_address, save_address
from domains.accounts.operations.email import (
    ask_email_change,
    confirm_email_change,
    stop_email_change,
    withdraw_email_change,
)
from domains.accounts.operations.links import issue_token, use_token
from domains.accounts.operations.notes import add_note
from domains.accounts.operations.passkeys import (
    Site,
    add_passkey,
    ask_new_passkey,
    ask_passkey,
    remove_passkey,
    use_passkey,
)
from domains.accounts.operations.password import (
    ask_reset,
    change_password,
    replace_password_hash,
    reset_password,
    set_password,
)
from domains.accounts.operations.profile import change_profile, check_phone, prefer
from domains.accounts.operations.registration import (
    ask_verification,
    check_email,
    create_staff,
    register,
    verify_email,
)
from domains.accounts.operations.second_factor import (
    begin_code_try,
    begin_totp,
    confirm_totp,
    enrol_app,
    new_recovery_codes,
    remove_totp,
    reset_second_factor,
    use_recovery_code,
    use_totp,
)
from domains.accounts.operations.sessions import (
    end_session,
    end_sessions,
    freshen_session,
    open_session,
    pass_second_factor,
    sweep_sessions,
)
from domains.accounts.operations.staff import (
    change_role,
    deactivate_staff,
    invite_again,
    invite_staff,
    reinstate_staff,
    reset_second_factor_of_staff,
    suspend_staff,
)
from domains.accounts.operations.status import close, deactivate, reinstate, suspend
from domains.accounts.operations.tries import begin_try, try_failed, try_passed

__all__ = [
    "Site",
    "act_as",
    "add_note",
    "add_passkey",
    "ask_email_change",
    "ask_new_passkey",
    "ask_passkey",
    "ask_reset",
    "ask_verification",
    "begin_code_try",
    "begin_totp",
    "begin_try",
    "change_address",
    "change_password",
    "change_profile",
    "change_role",
    "check_email",
    "check_phone",
    "close",
    "confirm_email_change",
    "confirm_totp",
    "create_staff",
    "deactivate",
    "deactivate_staff",
    "end_session",
    "end_sessions",
    "enrol_app",
    "freshen_session",
    "invite_again",
    "invite_staff",
    "issue_token",
    "make_default",
    "new_recovery_codes",
    "open_session",
    "pass_second_factor",
    "prefer",
    "record_act",
    "register",
    "reinstate",
    "reinstate_staff",
    "remove_address",
    "remove_passkey",
    "remove_totp",
    "replace_password_hash",
    "reset_password",
    "reset_second_factor",
    "reset_second_factor_of_staff",
    "save_address",
    "set_password",
    "stop_acting",
    "stop_email_change",
    "suspend",
    "suspend_staff",
    "sweep_sessions",
    "try_failed",
    "try_passed",
    "use_passkey",
    "use_recovery_code",
    "use_token",
    "use_totp",
    "verify_email",
    "withdraw_email_change",
]
