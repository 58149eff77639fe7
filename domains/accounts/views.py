"""Accounts as others read them: loaded whole, without the password's hash."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains.accounts.states import Status
from domains.kit import Address


class AccountView(msgspec.Struct, frozen=True):
    """A person with an account."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    phone: str | None
    role: str
    status: str
    email_verified: bool
    created_at: datetime
    preferences: Mapping[str, Any] = msgspec.field(default_factory=dict)

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name)))

    @property
    def is_staff(self) -> bool:
        return self.role != "customer"


class SessionView(msgspec.Struct, frozen=True):
    """A live log-in. `authenticated_at` is when the password was last given, `is_fresh` whether that was a short while
    ago; `second_factor_at` is when the second factor passed; `acting_as` the customer whose shop staff look at."""

    account_id: UUID
    created_at: datetime
    authenticated_at: datetime
    expires_at: datetime
    is_fresh: bool = True
    second_factor_at: datetime | None = None
    acting_as: UUID | None = None


class LogInView(msgspec.Struct, frozen=True):
    """A place where the account is logged in, as its owner knows it."""

    device: str
    created_at: datetime
    last_seen_at: datetime
    is_this: bool


class EmailChangeView(msgspec.Struct, frozen=True):
    """A change of the mail address: asked for, and perhaps made."""

    id: UUID
    account_id: UUID
    old_email: str
    new_email: str
    asked_at: datetime
    is_open: bool


class AddressView(msgspec.Struct, frozen=True):
    """An entry of the address book."""

    id: UUID
    label: str
    address: Address
    is_default: bool


class Credentials(msgspec.Struct, frozen=True):
    """What a log-in is checked against; stays between the query and the check."""

    account_id: UUID
    password_hash: str
    status: Status

    @property
    def may_log_in(self) -> bool:
        return self.status is Status.ACTIVE


class NewAccount(msgspec.Struct, frozen=True):
    """An account just made for staff, and the token of the link that sets its password."""

    id: UUID
    token: str


class PasskeyView(msgspec.Struct, frozen=True):
    """A passkey as its owner knows it."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


class FactorsView(msgspec.Struct, frozen=True):
    """What an account can prove itself with beside its password."""

    has_app: bool
    passkeys: tuple[PasskeyView, ...]
    recovery_codes_left: int

    @property
    def is_enrolled(self) -> bool:
        return self.has_app or bool(self.passkeys)


class StaffMember(msgspec.Struct, frozen=True):
    """Somebody who works here, as the list of the staff shows him."""

    id: UUID
    email: str
    first_name: str
    last_name: str
    role: str
    status: str
    has_password: bool
    is_enrolled: bool
    created_at: datetime
    last_seen_at: datetime | None

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name)))


class NoteView(msgspec.Struct, frozen=True):
    """A note of the staff about a customer; `author` is the name of who wrote it."""

    id: UUID
    text: str
    author: str
    made_at: datetime
