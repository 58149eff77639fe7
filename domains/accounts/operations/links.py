"""Single-use links: made when a mail is written, used up by one conditional UPDATE."""

from uuid import UUID

from sqlalchemy import select

from domains.accounts.errors import AccountUnknown, LinkDead
from domains.accounts.models import AccountRow, TokenRow
from domains.accounts.queries import LIVE_LINK
from domains.accounts.states import TOKEN_LIFE
from domains.kit import Transaction, new_token
from domains.kit.crypto import token_hash


async def issue_token(tx: Transaction, account_id: UUID, purpose: str, *, email_change_id: UUID | None = None) -> str:
    """A new single-use token for a link; earlier ones of the purpose (and change) stop working.

    Raises `AccountUnknown`.
    """
    row = (await tx.session.execute(select(AccountRow).where(AccountRow.id == account_id))).scalar_one_or_none()
    if row is None:
        raise AccountUnknown
    await tx.sql(
        "UPDATE accounts.tokens SET used_at = kit.now() WHERE account_id = :account AND purpose = :purpose"
        " AND email_change_id IS NOT DISTINCT FROM CAST(:change AS uuid) AND used_at IS NULL",
        {"account": account_id, "purpose": purpose, "change": email_change_id},
    )
    token = new_token()
    tx.session.add(
        TokenRow(
            token_hash=token_hash(token),
            account_id=account_id,
            purpose=purpose,
            email_change_id=email_change_id,
            email_hash=row.email_hash,
            expires_at=await tx.now() + TOKEN_LIFE[purpose],
        )
    )
    await tx.session.flush()
    return token


async def use_token(tx: Transaction, token: str, purpose: str) -> UUID:
    """Use a link's token up: one conditional UPDATE, so that two at once give one. Raises `LinkDead`.

    A link dies with the address it was mailed to.
    """
    used = await tx.sql(
        "UPDATE accounts.tokens SET used_at = kit.now() WHERE used_at IS NULL AND token_hash ="
        f" (SELECT t.token_hash FROM accounts.tokens t {LIVE_LINK}) RETURNING account_id",
        {"hash": token_hash(token), "purpose": purpose},
    )
    account_id: UUID | None = used.scalar_one_or_none()
    if account_id is None:
        raise LinkDead
    return account_id


async def end_links(tx: Transaction, account_id: UUID, *purposes: str) -> None:
    """Whatever was mailed for these purposes no longer works."""
    await tx.sql(
        "UPDATE accounts.tokens SET used_at = kit.now() WHERE account_id = :account"
        " AND purpose = ANY(CAST(:purposes AS text[])) AND used_at IS NULL",
        {"account": account_id, "purposes": list(purposes)},
    )
