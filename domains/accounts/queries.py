"""What can be asked about accounts; each filters by owner."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from domains.accounts.errors import AccountUnknown
from domains.accounts.models import AccountRow, AddressRow, TokenRow
from domains.accounts.states import LAST_SEEN_EVERY, Status
from domains.accounts.views import AccountView, AddressView, Credentials, SessionView
from domains.kit import Address, Transaction
from domains.kit.crypto import email_hash, token_hash

_SESSION = """
SELECT s.account_id, s.created_at, s.authenticated_at, s.expires_at, s.last_seen_at, kit.now() AS now
FROM accounts.sessions s JOIN accounts.accounts a ON a.id = s.account_id
WHERE s.id_hash = :hash AND s.expires_at > kit.now() AND a.account_status = 'active'
"""


async def session(tx: Transaction, token: str) -> SessionView | None:
    """The live session of a cookie's token. Writes when it was last seen, at most once a minute."""
    hashed = token_hash(token)
    row = (await tx.sql(_SESSION, {"hash": hashed})).one_or_none()
    if row is None:
        return None
    if row.now - row.last_seen_at > LAST_SEEN_EVERY:
        await tx.sql("UPDATE accounts.sessions SET last_seen_at = kit.now() WHERE id_hash = :hash", {"hash": hashed})
    return SessionView(row.account_id, row.created_at, row.authenticated_at, row.expires_at)


async def credentials(tx: Transaction, email: str) -> Credentials | None:
    """What to check a log-in with `email` against; None for an unknown address or one without a password."""
    found = await tx.session.execute(
        select(AccountRow.id, AccountRow.password_hash, AccountRow.account_status).where(
            AccountRow.email_hash == email_hash(email)
        )
    )
    row = found.one_or_none()
    if row is None or row.password_hash is None:
        return None
    return Credentials(row.id, row.password_hash, row.account_status == Status.ACTIVE)


async def find_account(tx: Transaction, email: str) -> UUID | None:
    """The id of the account with this address."""
    found = await tx.session.execute(select(AccountRow.id).where(AccountRow.email_hash == email_hash(email)))
    return found.scalar_one_or_none()


async def account(tx: Transaction, account_id: UUID) -> AccountView:
    """The account. Raises `AccountUnknown`."""
    row = await tx.session.get(AccountRow, account_id)
    if row is None:
        raise AccountUnknown
    return view(row)


async def addresses(tx: Transaction, account_id: UUID) -> list[AddressView]:
    """The account's address book, the default first."""
    rows = await tx.session.execute(
        select(AddressRow)
        .where(AddressRow.account_id == account_id)
        .order_by(AddressRow.is_default.desc(), AddressRow.created_at)
    )
    return [AddressView(row.id, row.label, address_of(row), row.is_default) for row in rows.scalars()]


async def link_is_live(tx: Transaction, token: str, purpose: str) -> bool:
    """Whether a mailed link still works, for the page that shows its button; nothing is used up."""
    found = await tx.session.execute(
        select(TokenRow.expires_at).where(
            TokenRow.token_hash == token_hash(token), TokenRow.purpose == purpose, TokenRow.used_at.is_(None)
        )
    )
    expires_at: datetime | None = found.scalar_one_or_none()
    return expires_at is not None and expires_at > await tx.now()


def view(row: AccountRow) -> AccountView:
    return AccountView(
        id=row.id,
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        phone=row.phone,
        role=row.role,
        status=row.account_status,
        email_verified=row.email_verified,
        created_at=row.created_at,
    )


def address_of(row: AddressRow) -> Address:
    return Address(
        name=row.name,
        company=row.company,
        line1=row.street_line_1,
        line2=row.street_line_2 or "",
        city=row.city,
        state=row.state,
        postal_code=row.postal_code,
        country=row.country_code,
        phone=row.phone or "",
    )
