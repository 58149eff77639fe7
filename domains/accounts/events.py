"""Facts about accounts: ids and plain values, never a name or an address."""

from typing import ClassVar
from uuid import UUID

from domains.kit import Event


class UserRegistered(Event, frozen=True):
    """An account was made; `role` is `customer` or a staff role."""

    type: ClassVar[str] = "user.registered"
    stream: ClassVar[str] = "user"

    user_id: UUID
    role: str
    email_verified: bool


class SignUpRepeated(Event, frozen=True):
    """Somebody registered with an address that has an account; its owner is told by mail."""

    type: ClassVar[str] = "user.sign_up_repeated"
    stream: ClassVar[str] = "user"

    user_id: UUID


class VerificationAsked(Event, frozen=True):
    """A new verification link is wanted."""

    type: ClassVar[str] = "user.verification_asked"
    stream: ClassVar[str] = "user"

    user_id: UUID


class EmailVerified(Event, frozen=True):
    """The address was proven by its link."""

    type: ClassVar[str] = "user.email_verified"
    stream: ClassVar[str] = "user"

    user_id: UUID


class PasswordResetAsked(Event, frozen=True):
    """The owner, or somebody who knows his address, wants a link that sets a new password."""

    type: ClassVar[str] = "user.password_reset_asked"
    stream: ClassVar[str] = "user"

    user_id: UUID


class PasswordChanged(Event, frozen=True):
    """There was a password and now there is another."""

    type: ClassVar[str] = "user.password_changed"
    stream: ClassVar[str] = "user"

    user_id: UUID


class EmailChangeAsked(Event, frozen=True):
    """Another address is wanted for the account; the address it has is told."""

    type: ClassVar[str] = "user.email_change_asked"
    stream: ClassVar[str] = "user"

    user_id: UUID
    change_id: UUID


class EmailProofAsked(Event, frozen=True):
    """The address that is wanted is nobody's yet: whoever reads its mail may confirm it."""

    type: ClassVar[str] = "user.email_proof_asked"
    stream: ClassVar[str] = "user"

    user_id: UUID
    change_id: UUID


class EmailChanged(Event, frozen=True):
    """The new address was proven by its link and counts from now on."""

    type: ClassVar[str] = "user.email_changed"
    stream: ClassVar[str] = "user"

    user_id: UUID
    change_id: UUID


class EmailChangeStopped(Event, frozen=True):
    """The owner of the address before said no: it is the account's (again), and the password no longer works."""

    type: ClassVar[str] = "user.email_change_stopped"
    stream: ClassVar[str] = "user"

    user_id: UUID
    change_id: UUID


class UserUpdated(Event, frozen=True):
    """Profile, mail address, password or addresses changed; `fields` names what."""

    type: ClassVar[str] = "user.updated"
    stream: ClassVar[str] = "user"

    user_id: UUID
    fields: tuple[str, ...]


class UserSuspended(Event, frozen=True):
    """The account may not log in or order until it is reinstated."""

    type: ClassVar[str] = "user.suspended"
    stream: ClassVar[str] = "user"

    user_id: UUID


class UserReinstated(Event, frozen=True):
    """A suspended account is active again."""

    type: ClassVar[str] = "user.reinstated"
    stream: ClassVar[str] = "user"

    user_id: UUID


class UserDeactivated(Event, frozen=True):
    """The account is closed for good."""

    type: ClassVar[str] = "user.deactivated"
    stream: ClassVar[str] = "user"

    user_id: UUID


class StaffInvited(Event, frozen=True):
    """Somebody is to work here, and sets his password by the link in his mail."""

    type: ClassVar[str] = "user.staff_invited"
    stream: ClassVar[str] = "user"

    user_id: UUID
    role: str


class StaffRoleChanged(Event, frozen=True):
    """Somebody who works here may do something else from now on."""

    type: ClassVar[str] = "user.role_changed"
    stream: ClassVar[str] = "user"

    user_id: UUID
    was: str
    role: str


class SecondFactorChanged(Event, frozen=True):
    """A second factor was added, replaced or removed: `what` is app, passkey or recovery_codes."""

    type: ClassVar[str] = "user.second_factor_changed"
    stream: ClassVar[str] = "user"

    user_id: UUID
    what: str


class SecondFactorReset(Event, frozen=True):
    """All second factors of an account are gone; the next log-in makes new ones."""

    type: ClassVar[str] = "user.second_factor_reset"
    stream: ClassVar[str] = "user"

    user_id: UUID
