"""The address book: at most one default, and never none where there are addresses."""

from uuid import UUID

import phonenumbers
from sqlalchemy import select

from domains.accounts.errors import AddressBookFull, AddressUnknown
from domains.accounts.events import UserUpdated
from domains.accounts.models import AddressRow
from domains.accounts.queries import address_of, address_view
from domains.accounts.rows import locked
from domains.accounts.states import LABELS, MOST_ADDRESSES
from domains.accounts.views import AddressView
from domains.kit import Address, Invalid, Transaction, new_id, record
from domains.kit.addresses import check
from domains.kit.i18n import gettext as _


async def save_address(
    tx: Transaction, account_id: UUID, address: Address, *, label: str = "home", is_default: bool = False
) -> AddressView:
    """Add an address to the book; the first one is the default. One that is in it already stays the only one.

    Emits `user.updated`. Raises `Invalid` with every wrong field, `AddressBookFull`.
    """
    clean = checked(address, label)
    await locked(tx, account_id)
    book = await _book(tx, account_id)
    row = next((entry for entry in book if address_of(entry) == clean), None)
    if row is None:
        if len(book) >= MOST_ADDRESSES:
            raise AddressBookFull
        row = AddressRow(id=new_id(), account_id=account_id, label=label, is_default=False)
        _write(row, clean)
        tx.session.add(row)
        await tx.session.flush()
    if is_default or not book:
        await _set_default(tx, row)
    await record(tx, UserUpdated(user_id=account_id, fields=("addresses",)))
    return address_view(row)


async def change_address(
    tx: Transaction, account_id: UUID, address_id: UUID, address: Address, *, label: str, is_default: bool = False
) -> AddressView:
    """Write another address over one of the account's. The default stays it, whatever `is_default` says.

    Emits `user.updated`. Raises `Invalid`, `AddressUnknown`.
    """
    clean = checked(address, label)
    await locked(tx, account_id)
    row = await _own(tx, account_id, address_id)
    row.label = label
    _write(row, clean)
    row.updated_at = await tx.now()
    await tx.session.flush()
    if is_default:
        await _set_default(tx, row)
    await record(tx, UserUpdated(user_id=account_id, fields=("addresses",)))
    return address_view(row)


async def make_default(tx: Transaction, account_id: UUID, address_id: UUID) -> None:
    """Let an address be the one that is offered first. Emits `user.updated`. Raises `AddressUnknown`."""
    await locked(tx, account_id)
    await _set_default(tx, await _own(tx, account_id, address_id))
    await record(tx, UserUpdated(user_id=account_id, fields=("addresses",)))


async def remove_address(tx: Transaction, account_id: UUID, address_id: UUID) -> None:
    """Take an address of this account out of the book; after the default the oldest becomes it.

    Emits `user.updated`. Raises `AddressUnknown`, alike for unknown ones and those of others.
    """
    await locked(tx, account_id)
    gone = await _own(tx, account_id, address_id)
    await tx.session.delete(gone)
    await tx.session.flush()
    rest = await _book(tx, account_id)
    if rest and not any(entry.is_default for entry in rest):
        await _set_default(tx, rest[0])
    await record(tx, UserUpdated(user_id=account_id, fields=("addresses",)))


def checked(address: Address, label: str) -> Address:
    """The address as the book keeps it, its phone as E.164. Raises `Invalid` with every wrong field."""
    errors: dict[str, str] = {}
    clean = address
    try:
        clean = check(address)
    except Invalid as wrong:
        errors |= wrong.fields
    phone = ""
    if address.phone.strip():
        try:
            # What a carrier can dial is enough: whether the number is given out changes faster than the rules do.
            number = phonenumbers.parse(address.phone, address.country or None)
            if not phonenumbers.is_possible_number(number):
                raise phonenumbers.NumberParseException(phonenumbers.NumberParseException.NOT_A_NUMBER, "")
            phone = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        except phonenumbers.NumberParseException:
            errors["phone"] = _("Enter a phone number with its area code, or leave this empty.")
    if label not in LABELS:
        errors["label"] = _("Choose one of the values offered.")
    if errors:
        raise Invalid(errors)
    return Address(**{field: getattr(clean, field) for field in Address.__struct_fields__ if field != "phone"},
                   phone=phone)  # fmt: skip


def _write(row: AddressRow, address: Address) -> None:
    row.name, row.company = address.name, address.company
    row.street_line_1, row.street_line_2 = address.line1, address.line2 or None
    row.city, row.state, row.postal_code = address.city, address.state, address.postal_code
    row.country_code, row.phone = address.country, address.phone or None


async def _set_default(tx: Transaction, row: AddressRow) -> None:
    # First off, then on: the unique index looks at every statement.
    await tx.sql(
        "UPDATE accounts.addresses SET is_default = false WHERE account_id = :account AND is_default AND id <> :id",
        {"account": row.account_id, "id": row.id},
    )
    row.is_default = True
    await tx.session.flush()


async def _own(tx: Transaction, account_id: UUID, address_id: UUID) -> AddressRow:
    found = await tx.session.execute(
        select(AddressRow).where(AddressRow.id == address_id, AddressRow.account_id == account_id)
    )
    row = found.scalar_one_or_none()
    if row is None:
        raise AddressUnknown
    return row


async def _book(tx: Transaction, account_id: UUID) -> list[AddressRow]:
    rows = await tx.session.execute(
        select(AddressRow)
        .where(AddressRow.account_id == account_id)
        .order_by(AddressRow.created_at, AddressRow.id)
        .execution_options(populate_existing=True)
    )
    return list(rows.scalars())
