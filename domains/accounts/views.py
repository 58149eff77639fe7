"""Accounts as others read them: loaded whole, without the password's hash."""

from datetime import datetime
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

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name)))

    @property
    def is_staff(self) -> bool:
        return self.role != "customer"


class SessionView(msgspec.Struct, frozen=True):
    """A live log-in. `authenticated_at` is when the password was last given."""

    account_id: UUID
    created_at: datetime
    authenticated_at: datetime
    expires_at: datetime


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
