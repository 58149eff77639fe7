"""Names and phone."""

from typing import Any
from uuid import UUID

import msgspec
import phonenumbers

from domains.accounts.events import UserUpdated
from domains.accounts.operations.registration import index_words
from domains.accounts.rows import locked
from domains.kit import Invalid, Transaction, record
from domains.kit.i18n import gettext as _


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
    row = await locked(tx, account_id)
    row.first_name, row.last_name, row.phone = first_name.strip(), last_name.strip(), number
    row.updated_at = await tx.now()
    await tx.session.flush()
    await index_words(tx, account_id, row.email, row.first_name, row.last_name)
    await record(tx, UserUpdated(user_id=account_id, fields=("first_name", "last_name", "phone")))


async def prefer(tx: Transaction, account_id: UUID, name: str, value: Any) -> None:
    """Remember how a person likes to work; `value` is anything JSON holds. No event: it concerns nobody else."""
    await tx.sql(
        "UPDATE accounts.accounts SET preferences = preferences || jsonb_build_object(CAST(:name AS text),"
        " CAST(:value AS jsonb)) WHERE id = :id",
        {"id": account_id, "name": name, "value": msgspec.json.encode(value).decode()},
    )


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
