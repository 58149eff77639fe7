"""Where the order's news go."""

from uuid import UUID

from domains import accounts
from domains.checkout.rows import editable
from domains.kit import Invalid, Transaction
from domains.kit.crypto import email_hash

type Problems = dict[str, str]


async def enter_contact(tx: Transaction, checkout_id: UUID, *, email: str) -> Problems:
    """Set the e-mail address of the order; answers what is wrong with it, by field.

    Raises `CheckoutClosed` once the order is placed.
    """
    row = await editable(tx, checkout_id)
    try:
        row.email = accounts.check_email(email)
    except Invalid as wrong:
        return wrong.fields
    row.email_hash = email_hash(row.email)
    return {}
