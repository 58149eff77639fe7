"""What can be asked about accounts; each filters by owner."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, exists, func, literal_column, or_, select, text

from domains.accounts.errors import AccountUnknown, AddressUnknown, LinkDead
from domains.accounts.models import (
    AccountNoteRow,
    AccountRow,
    AddressRow,
    EmailChangeRow,
    PasskeyRow,
    SessionRow,
    TokenRow,
    TotpRow,
)
from domains.accounts.states import FRESH_FOR, LAST_SEEN_EVERY, STAFF_ROLES, TOKEN_LIFE, Status
from domains.accounts.views import (
    AccountView,
    AddressView,
    Credentials,
    EmailChangeView,
    FactorsView,
    LogInView,
    NoteView,
    PasskeyView,
    SessionView,
    StaffMember,
)
from domains.kit import Address, Transaction
from domains.kit.crypto import email_hash, token_hash

_NOW: ColumnElement[datetime] = literal_column("kit.now()", DateTime(timezone=True))

_FACTORS = """
SELECT EXISTS (SELECT 1 FROM accounts.totp_secrets WHERE account_id = :id AND secret IS NOT NULL) AS has_app,
       (SELECT count(*) FROM accounts.recovery_codes WHERE account_id = :id AND used_at IS NULL) AS codes
"""

_IS_ENROLLED = or_(
    exists().where(TotpRow.account_id == AccountRow.id, TotpRow.secret.is_not(None)),
    exists().where(PasskeyRow.account_id == AccountRow.id),
).label("is_enrolled")
_LAST_SEEN = (
    select(func.max(SessionRow.last_seen_at))
    .where(SessionRow.account_id == AccountRow.id)
    .scalar_subquery()
    .label("last_seen_at")
)
# Spelt as the index is, so that the few who work here are not looked for among all customers.
_WORKS_HERE = text("accounts.accounts.role <> 'customer'")

# A link dies with its use, its time, its account, and the address it was mailed to: but for the one that brings the
# old address back.
LIVE_LINK = """
JOIN accounts.accounts a ON a.id = t.account_id
WHERE t.token_hash = :hash AND t.purpose = :purpose AND t.used_at IS NULL AND t.expires_at > kit.now()
  AND (t.purpose = 'keep_email' OR a.email_hash = t.email_hash) AND a.account_status <> 'deactivated'
"""


async def session(tx: Transaction, token: str) -> SessionView | None:
    """The live session of a cookie's token. Writes when it was last seen, at most once a minute."""
    found = await logged_in(tx, token)
    return None if found is None else found[0]


async def logged_in(tx: Transaction, token: str) -> tuple[SessionView, AccountView] | None:
    """The live session of a cookie's token and whose it is, at once; see `session`."""
    hashed = token_hash(token)
    found = (
        await tx.session.execute(
            select(SessionRow, AccountRow, _NOW.label("now"))
            .join(AccountRow, AccountRow.id == SessionRow.account_id)
            .where(
                SessionRow.id_hash == hashed,
                SessionRow.expires_at > _NOW,
                AccountRow.account_status == Status.ACTIVE,
            )
            .execution_options(populate_existing=True)
        )
    ).one_or_none()
    if found is None:
        return None
    row, account_row, now = found
    if now - row.last_seen_at > LAST_SEEN_EVERY:
        await tx.sql("UPDATE accounts.sessions SET last_seen_at = kit.now() WHERE id_hash = :hash", {"hash": hashed})
    seen = SessionView(
        account_id=row.account_id,
        created_at=row.created_at,
        authenticated_at=row.authenticated_at,
        expires_at=row.expires_at,
        is_fresh=row.authenticated_at > now - FRESH_FOR,
        second_factor_at=row.second_factor_at,
        acting_as=row.acting_as,
    )
    return seen, view(account_row)


async def sessions(tx: Transaction, account_id: UUID, *, token: str) -> list[LogInView]:
    """Where the account is logged in, this place (the session of `token`) first, then the newest."""
    rows = await tx.sql(
        "SELECT device, created_at, last_seen_at, id_hash = :this AS is_this FROM accounts.sessions"
        " WHERE account_id = :account AND expires_at > kit.now() ORDER BY is_this DESC, last_seen_at DESC",
        {"account": account_id, "this": token_hash(token)},
    )
    return [LogInView(**row) for row in rows.mappings()]


async def credentials(tx: Transaction, email: str) -> Credentials | None:
    """What to check a log-in with `email` against; None for an unknown address or one without a password.

    Of accounts that had the address one after the other it is the one that is not closed, or the last.
    """
    return await _credentials(tx, AccountRow.email_hash == email_hash(email))


async def credentials_of(tx: Transaction, account_id: UUID) -> Credentials | None:
    """What to check the password against that is asked for again; None for an account without one."""
    return await _credentials(tx, AccountRow.id == account_id)


async def _credentials(tx: Transaction, which: ColumnElement[bool]) -> Credentials | None:
    found = await tx.session.execute(
        select(AccountRow.id, AccountRow.password_hash, AccountRow.account_status)
        .where(which)
        .order_by((AccountRow.account_status == Status.DEACTIVATED), AccountRow.updated_at.desc())
        .limit(1)
    )
    row = found.one_or_none()
    if row is None or row.password_hash is None:
        return None
    return Credentials(row.id, row.password_hash, Status(row.account_status))


async def factors(tx: Transaction, account_id: UUID) -> FactorsView:
    """What the account can prove itself with beside its password."""
    row = (await tx.sql(_FACTORS, {"id": account_id})).one()
    keys = await tx.sql(
        "SELECT id, name, created_at, last_used_at FROM accounts.passkeys WHERE account_id = :id ORDER BY created_at",
        {"id": account_id},
    )
    return FactorsView(row.has_app, tuple(PasskeyView(**key) for key in keys.mappings()), row.codes)


async def staff_members(tx: Transaction) -> list[StaffMember]:
    """Everybody who works here, or did, by role and name."""
    rows = await tx.session.execute(select(AccountRow, _IS_ENROLLED, _LAST_SEEN).where(_WORKS_HERE))
    members = [
        StaffMember(
            id=row.id,
            email=row.email,
            first_name=row.first_name,
            last_name=row.last_name,
            role=row.role,
            status=row.account_status,
            has_password=row.password_hash is not None,
            is_enrolled=is_enrolled,
            created_at=row.created_at,
            last_seen_at=last_seen_at,
        )
        for row, is_enrolled, last_seen_at in rows
    ]
    return sorted(members, key=lambda one: (STAFF_ROLES.index(one.role), one.name.casefold(), one.email))


async def staff_member(tx: Transaction, account_id: UUID) -> StaffMember:
    """One who works here. Raises `AccountUnknown`, for a customer too."""
    found = next((one for one in await staff_members(tx) if one.id == account_id), None)
    if found is None:
        raise AccountUnknown
    return found


async def notes_of(tx: Transaction, account_id: UUID) -> list[NoteView]:
    """What staff have written down about the account, the newest first; at most 100."""
    rows = await tx.session.execute(
        select(AccountNoteRow, AccountRow.first_name, AccountRow.last_name)
        .outerjoin(AccountRow, AccountRow.id == AccountNoteRow.author_id)
        .where(AccountNoteRow.account_id == account_id)
        .order_by(AccountNoteRow.made_at.desc(), AccountNoteRow.id.desc())
        .limit(100)
    )
    return [
        NoteView(note.id, note.text, " ".join(filter(None, (first, last))), note.made_at) for note, first, last in rows
    ]


async def find_account(tx: Transaction, email: str) -> UUID | None:
    """The id of the account with this address; closed ones are not found."""
    found = await tx.session.execute(
        select(AccountRow.id).where(
            AccountRow.email_hash == email_hash(email), AccountRow.account_status != Status.DEACTIVATED
        )
    )
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
    return [address_view(row) for row in rows.scalars()]


async def address(tx: Transaction, account_id: UUID, address_id: UUID) -> AddressView:
    """One address of the account's book. Raises `AddressUnknown`, alike for unknown ones and those of others."""
    found = await tx.session.execute(
        select(AddressRow).where(AddressRow.id == address_id, AddressRow.account_id == account_id)
    )
    row = found.scalar_one_or_none()
    if row is None:
        raise AddressUnknown
    return address_view(row)


async def deactivated(tx: Transaction, account_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these accounts are closed."""
    found = await tx.session.execute(
        select(AccountRow.id).where(AccountRow.id.in_(account_ids), AccountRow.account_status == Status.DEACTIVATED)
    )
    return set(found.scalars())


async def email_change(tx: Transaction, change_id: UUID) -> EmailChangeView:
    """A change of a mail address, for the mails about it. Raises `AccountUnknown`."""
    row = await tx.session.get(EmailChangeRow, change_id)
    if row is None:
        raise AccountUnknown
    return change_view(row)


async def open_email_change(tx: Transaction, account_id: UUID) -> EmailChangeView | None:
    """The change of address that waits for its confirmation; None once its link has run out."""
    found = await tx.session.execute(
        select(EmailChangeRow).where(
            EmailChangeRow.account_id == account_id,
            EmailChangeRow.confirmed_at.is_(None),
            EmailChangeRow.stopped_at.is_(None),
            EmailChangeRow.asked_at > await tx.now() - TOKEN_LIFE["change_email"],
        )
    )
    row = found.scalar_one_or_none()
    return None if row is None else change_view(row)


async def email_change_of(tx: Transaction, token: str, purpose: str) -> EmailChangeView:
    """The change that a mailed link is about; nothing is used up. Raises `LinkDead`."""
    if not await link_is_live(tx, token, purpose):
        raise LinkDead
    found = await tx.session.execute(
        select(EmailChangeRow)
        .join(TokenRow, TokenRow.email_change_id == EmailChangeRow.id)
        .where(TokenRow.token_hash == token_hash(token))
    )
    return change_view(found.scalar_one())


async def link_is_live(tx: Transaction, token: str, purpose: str) -> bool:
    """Whether a mailed link still works, for the page that shows its button; nothing is used up."""
    found = await tx.sql(
        f"SELECT 1 FROM accounts.tokens t {LIVE_LINK}", {"hash": token_hash(token), "purpose": purpose}
    )
    return found.first() is not None


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
        preferences=row.preferences,
    )


def change_view(row: EmailChangeRow) -> EmailChangeView:
    return EmailChangeView(
        id=row.id,
        account_id=row.account_id,
        old_email=row.old_email,
        new_email=row.new_email,
        asked_at=row.asked_at,
        is_open=row.confirmed_at is None and row.stopped_at is None,
    )


def address_view(row: AddressRow) -> AddressView:
    return AddressView(row.id, row.label, address_of(row), row.is_default)


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
