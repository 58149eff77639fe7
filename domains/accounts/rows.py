"""An account's row, held until the end of the transaction."""

from uuid import UUID

from sqlalchemy import select

from domains.accounts.errors import AccountUnknown
from domains.accounts.models import AccountRow
from domains.kit import Transaction


async def locked(tx: Transaction, account_id: UUID) -> AccountRow:
    """The row as it is now, held. Raises `AccountUnknown`."""
    found = await tx.session.execute(
        select(AccountRow)
        .where(AccountRow.id == account_id)
        .with_for_update()
        # A session that has seen the account before must not answer from what it saw then.
        .execution_options(populate_existing=True)
    )
    row = found.scalar_one_or_none()
    if row is None:
        raise AccountUnknown
    return row
