"""Changing an account: password, profile, address book, status."""

from uuid import UUID

import phonenumbers
from sqlalchemy import select

from domains.accounts.errors import AccountUnknown, StatusForbidden
from domains.accounts.events import UserDeactivated, UserReinstated, UserSuspended, UserUpdated
from domains.accounts.models import AccountRow, AddressRow
from domains.accounts.operations.registration import index_words, use_token
from domains.accounts.operations.sessions import end_sessions
from domains.accounts.queries import address_of
from domains.accounts.states import TRANSITIONS, Status
from domains.accounts.views import AddressView
from domains.kit import Address, Invalid, NotFound, Transaction, new_id, record
from domains.kit.addresses import check
from domains.kit.i18n import gettext as _


async def set_password(tx: Transaction, token: str, password_hash: str) -> UUID:
    """Set the password by a mailed or printed link and end all sessions; the account's id.

    Emits `user.updated`. Raises `LinkDead`.
    """
    account_id = await use_token(tx, token, "set_password")
    await replace_password_hash(tx, account_id, password_hash)
    await end_sessions(tx, account_id)
    await record(tx, UserUpdated(user_id=account_id, fields=("password",)))
    return account_id


async def replace_password_hash(tx: Transaction, account_id: UUID, password_hash: str) -> None:
    """Store the same password under newer work factors, or a new password."""
    await tx.sql(
        "UPDATE accounts.accounts SET password_hash = :hash, updated_at = kit.now() WHERE id = :id",
        {"hash": password_hash, "id": account_id},
    )


async def change_profile(
    tx: Transaction, account_id: UUID, *, first_name: str, last_name: str, phone: str = "", country: str = ""
) -> None:
    """Change names and phone (any national spelling of `country`; kept as E.164). Emits `user.updated`.

    Raises `Invalid` with every wrong field, `AccountUnknown`.
    """
    errors: dict[str, str] = {}
    for field, value in (("first_name", first_name), ("last_name", last_name)):
        if len(value.strip()) > 100:
            errors[field] = _("Use at most 100 characters.")
    number: str | None = None
    if phone.strip():
        try:
            number = check_phone(phone, country)
        except Invalid as error:
            errors.update(error.fields)
    if errors:
        raise Invalid(errors)
    row = await _locked(tx, account_id)
    row.first_name, row.last_name, row.phone = first_name.strip(), last_name.strip(), number
    row.updated_at = await tx.now()
    await tx.session.flush()
    await index_words(tx, account_id, row.email, row.first_name, row.last_name)
    await record(tx, UserUpdated(user_id=account_id, fields=("first_name", "last_name", "phone")))


def check_phone(phone: str, country: str = "") -> str:
    """The number in E.164. Raises `Invalid`."""
    try:
        number = phonenumbers.parse(phone, country or None)
        valid = phonenumbers.is_valid_number(number)
    except phonenumbers.NumberParseException:
        valid = False
    if not valid:
        raise Invalid({"phone": _("Enter a phone number with its country code, such as +1 503 555 0100.")})
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


async def save_address(
    tx: Transaction, account_id: UUID, address: Address, *, label: str = "home", is_default: bool = False
) -> AddressView:
    """Add an address to the book; the first one is the default. Emits `user.updated`. Raises `Invalid`."""
    clean = check(address)
    await _locked(tx, account_id)
    present = (await tx.session.execute(select(AddressRow.id).where(AddressRow.account_id == account_id))).first()
    default = is_default or present is None
    if default:
        await tx.sql("UPDATE accounts.addresses SET is_default = false WHERE account_id = :id", {"id": account_id})
    row = AddressRow(
        id=new_id(),
        account_id=account_id,
        label=label,
        name=clean.name,
        company=clean.company,
        street_line_1=clean.line1,
        street_line_2=clean.line2 or None,
        city=clean.city,
        state=clean.state,
        postal_code=clean.postal_code,
        country_code=clean.country,
        phone=clean.phone or None,
        is_default=default,
    )
    tx.session.add(row)
    await tx.session.flush()
    await record(tx, UserUpdated(user_id=account_id, fields=("addresses",)))
    return AddressView(row.id, row.label, address_of(row), default)


async def remove_address(tx: Transaction, account_id: UUID, address_id: UUID) -> None:
    """Take an address of this account out of the book. Emits `user.updated`. Raises `NotFound` for others' too."""
    gone = await tx.sql(
        "DELETE FROM accounts.addresses WHERE id = :id AND account_id = :account",
        {"id": address_id, "account": account_id},
    )
    if not gone.rowcount:
        raise NotFound
    await record(tx, UserUpdated(user_id=account_id, fields=("addresses",)))


async def suspend(tx: Transaction, account_id: UUID) -> None:
    """Keep the account from logging in and ordering, and end its sessions. Emits `user.suspended`."""
    await _change_status(tx, account_id, Status.SUSPENDED)
    await end_sessions(tx, account_id)
    await record(tx, UserSuspended(user_id=account_id))


async def reinstate(tx: Transaction, account_id: UUID) -> None:
    """Make a suspended account active again. Emits `user.reinstated`."""
    await _change_status(tx, account_id, Status.ACTIVE)
    await record(tx, UserReinstated(user_id=account_id))


async def deactivate(tx: Transaction, account_id: UUID) -> None:
    """Close the account for good and end its sessions. Emits `user.deactivated`."""
    await _change_status(tx, account_id, Status.DEACTIVATED)
    await end_sessions(tx, account_id)
    await record(tx, UserDeactivated(user_id=account_id))


async def _change_status(tx: Transaction, account_id: UUID, status: Status) -> None:
    row = await _locked(tx, account_id)
    if status not in TRANSITIONS[Status(row.account_status)]:
        raise StatusForbidden
    row.account_status = status
    row.updated_at = await tx.now()
    await tx.session.flush()


async def _locked(tx: Transaction, account_id: UUID) -> AccountRow:
    found = await tx.session.execute(select(AccountRow).where(AccountRow.id == account_id).with_for_update())
    row = found.scalar_one_or_none()
    if row is None:
        raise AccountUnknown
    return row
