"""Passwords set by link, and changed by who knows the old one. Every change ends what the old one opened."""

from uuid import UUID

from domains.accounts.errors import WrongPassword
from domains.accounts.events import EmailVerified, PasswordChanged, PasswordResetAsked, UserUpdated
from domains.accounts.operations.links import end_links, use_token
from domains.accounts.operations.sessions import end_sessions, open_session, second_factor_of
from domains.accounts.operations.tries import forgive_tries
from domains.accounts.queries import find_account
from domains.accounts.rows import locked
from domains.kit import Transaction, record


async def ask_reset(tx: Transaction, email: str) -> None:
    """Have a link mailed that sets a new password, if there is an account; who asks never learns which.

    Emits `user.password_reset_asked`.
    """
    account_id = await find_account(tx, email[:255])
    if account_id is not None:
        await record(tx, PasswordResetAsked(user_id=account_id))


async def reset_password(tx: Transaction, token: str, password_hash: str) -> UUID:
    """Set the password by the link that was asked for; the account's id.

    The link proves the address as well, and whoever kept the owner out by failing keeps him out no more.
    Emits what `set_password` emits, and `user.email_verified` if it was not. Raises `LinkDead`.
    """
    account_id = await _set_by_link(tx, token, "reset_password", password_hash)
    row = await locked(tx, account_id)
    await forgive_tries(tx, row.email)
    if not row.email_verified:
        row.email_verified = True
        await tx.session.flush()
        await record(tx, EmailVerified(user_id=account_id))
    return account_id


async def set_password(tx: Transaction, token: str, password_hash: str) -> UUID:
    """Set the first password by a mailed or printed link and end all sessions; the account's id.

    Emits `user.updated`, and `user.password_changed` if there was one before. Raises `LinkDead`.
    """
    return await _set_by_link(tx, token, "set_password", password_hash)


async def change_password(
    tx: Transaction, account_id: UUID, password_hash: str, *, known_hash: str, session: str, device: str = ""
) -> str:
    """Change the password of who has given the old one, whose hash was `known_hash`; the token of his new session.

    The old one is compared once more in the UPDATE: one that was changed meanwhile is no longer the old one.
    All sessions end, that of the token `session` goes on under a new id, with its second factor. Emits
    `user.updated` and `user.password_changed`. Raises `WrongPassword`.
    """
    changed = await tx.sql(
        "UPDATE accounts.accounts SET password_hash = :hash, updated_at = kit.now()"
        " WHERE id = :id AND password_hash = :known",
        {"hash": password_hash, "id": account_id, "known": known_hash},
    )
    if not changed.rowcount:
        raise WrongPassword
    passed = await second_factor_of(tx, session)
    await _end_what_it_opened(tx, account_id)
    await record(tx, UserUpdated(user_id=account_id, fields=("password",)))
    await record(tx, PasswordChanged(user_id=account_id))
    return await open_session(tx, account_id, replacing=session, device=device, second_factor_at=passed)


async def replace_password_hash(tx: Transaction, account_id: UUID, password_hash: str) -> None:
    """Store the same password under newer work factors, or a new password."""
    await tx.sql(
        "UPDATE accounts.accounts SET password_hash = :hash, updated_at = kit.now() WHERE id = :id",
        {"hash": password_hash, "id": account_id},
    )


async def _set_by_link(tx: Transaction, token: str, purpose: str, password_hash: str) -> UUID:
    account_id = await use_token(tx, token, purpose)
    had_one = (await locked(tx, account_id)).password_hash is not None
    await replace_password_hash(tx, account_id, password_hash)
    await _end_what_it_opened(tx, account_id)
    await record(tx, UserUpdated(user_id=account_id, fields=("password",)))
    if had_one:
        await record(tx, PasswordChanged(user_id=account_id))
    return account_id


async def _end_what_it_opened(tx: Transaction, account_id: UUID) -> None:
    """Sessions, links that set a password, and a change of address that somebody may have begun with the old one."""
    await end_sessions(tx, account_id)
    await end_links(tx, account_id, "set_password", "reset_password", "change_email")
    await tx.sql(
        "UPDATE accounts.email_changes SET stopped_at = kit.now()"
        " WHERE account_id = :id AND confirmed_at IS NULL AND stopped_at IS NULL",
        {"id": account_id},
    )
