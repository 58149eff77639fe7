"""Logging in and out. A session's id is new at every change of privilege and dies by DELETE."""

from datetime import datetime
from uuid import UUID

from domains.accounts.errors import LogInFailed
from domains.accounts.operations.tries import sweep_tries
from domains.accounts.states import CHANGES_KEPT, SESSION_LIFE
from domains.kit import Transaction, new_token
from domains.kit.crypto import token_hash


async def open_session(
    tx: Transaction,
    account_id: UUID,
    *,
    replacing: str = "",
    device: str = "",
    second_factor_at: datetime | None = None,
) -> str:
    """Log `account_id` in for 24 hours; the token for the cookie. The session of `replacing` ends.

    `device` is how its owner will know this place again in the list of his sessions ("Firefox on Linux").

    Raises `LogInFailed` for an account that is not active (any more).
    """
    if replacing:
        await end_session(tx, replacing)
    token = new_token()
    opened = await tx.sql(
        "INSERT INTO accounts.sessions (id_hash, account_id, expires_at, device, second_factor_at)"
        " SELECT :hash, id, kit.now() + :life, :device, CAST(:passed AS timestamptz) FROM accounts.accounts"
        " WHERE id = :account AND account_status = 'active' RETURNING account_id",
        {
            "hash": token_hash(token),
            "account": account_id,
            "life": SESSION_LIFE,
            "device": device[:60],
            "passed": second_factor_at,
        },
    )
    if opened.one_or_none() is None:
        raise LogInFailed
    return token


async def second_factor_of(tx: Transaction, token: str) -> datetime | None:
    """When the second factor of this session passed."""
    found = await tx.sql(
        "SELECT second_factor_at FROM accounts.sessions WHERE id_hash = :hash", {"hash": token_hash(token)}
    )
    passed: datetime | None = found.scalar_one_or_none()
    return passed


async def pass_second_factor(tx: Transaction, token: str) -> str:
    """The session goes on as one whose second factor has passed, under a new id: the token for the cookie.

    Raises `LogInFailed` for a session that has ended.
    """
    return await _renew(tx, token, "second_factor_at = kit.now()")


async def freshen_session(tx: Transaction, token: str) -> str:
    """The password was given once more: the session goes on under a new id, the token for the cookie.

    Raises `LogInFailed` for a session that has ended.
    """
    return await _renew(tx, token, "authenticated_at = kit.now()")


async def renew_session(tx: Transaction, token: str, *, acting_as: UUID | None) -> str:
    """The session goes on under a new id, as somebody else or as nobody else: the token for the cookie.

    Raises `LogInFailed` for a session that has ended.
    """
    return await _renew(tx, token, "acting_as = CAST(:acting AS uuid)", acting=acting_as)


async def _renew(tx: Transaction, token: str, change: str, **values: object) -> str:
    await tx.sql("DELETE FROM accounts.passkey_challenges WHERE session_hash = :hash", {"hash": token_hash(token)})
    fresh = new_token()
    renewed = await tx.sql(
        f"UPDATE accounts.sessions SET id_hash = :fresh, {change} WHERE id_hash = :hash AND expires_at > kit.now()",
        {"fresh": token_hash(fresh), "hash": token_hash(token), **values},
    )
    if not renewed.rowcount:
        raise LogInFailed
    return fresh


async def end_session(tx: Transaction, token: str) -> None:
    """Log out: the row is gone, and nothing puts it back."""
    await tx.sql("DELETE FROM accounts.sessions WHERE id_hash = :hash", {"hash": token_hash(token)})


async def end_sessions(tx: Transaction, account_id: UUID, *, but: str = "") -> int:
    """Log an account out everywhere, but for the session of the token `but`; how many ended."""
    ended = await tx.sql(
        "DELETE FROM accounts.sessions WHERE account_id = :account AND id_hash <> :but",
        {"account": account_id, "but": token_hash(but) if but else b""},
    )
    return ended.rowcount


async def sweep_sessions(tx: Transaction) -> int:
    """Delete the sessions and links that have run out, tries that count no more, and old changes of address."""
    sessions = await tx.sql("DELETE FROM accounts.sessions WHERE expires_at <= kit.now()")
    links = await tx.sql("DELETE FROM accounts.tokens WHERE expires_at <= kit.now() - interval '7 days'")
    changes = await tx.sql(
        "DELETE FROM accounts.email_changes WHERE asked_at <= kit.now() - CAST(:kept AS interval)",
        {"kept": CHANGES_KEPT},
    )
    return sessions.rowcount + links.rowcount + changes.rowcount + await sweep_tries(tx)
