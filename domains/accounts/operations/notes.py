"""What staff write down about a customer, for each other: encrypted, never seen by the customer, never changed."""

from uuid import UUID

from domains import audit
from domains.accounts.models import AccountNoteRow
from domains.accounts.rows import locked
from domains.kit import Invalid, Transaction, new_id
from domains.kit.i18n import gettext as _

LONGEST_NOTE = 2000


async def add_note(tx: Transaction, account_id: UUID, text: str) -> UUID:
    """Keep a note about the account. Raises `Invalid` and `AccountUnknown`."""
    plain = text.strip()
    if not plain:
        raise Invalid({"note": _("Write something down first.")})
    if len(plain) > LONGEST_NOTE:
        raise Invalid({"note": _("Use at most {longest} characters.").format(longest=LONGEST_NOTE)})
    await locked(tx, account_id)
    note_id = new_id()
    tx.session.add(AccountNoteRow(id=note_id, account_id=account_id, author_id=tx.actor.id, text=plain))
    await tx.session.flush()
    await audit.record(tx, action="customer.noted", subject=("customer", account_id))
    return note_id
