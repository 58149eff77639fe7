"""Another mail address: it counts once its link was pressed, and the old address can take it back for a week."""

from uuid import UUID

from sqlalchemy import select

from domains.accounts.errors import EmailTaken, LinkDead
from domains.accounts.events import (
    EmailChangeAsked,
    EmailChanged,
    EmailChangeStopped,
    EmailProofAsked,
    EmailVerified,
    PasswordResetAsked,
    SignUpRepeated,
    UserUpdated,
)
from domains.accounts.models import AccountRow, EmailChangeRow
from domains.accounts.operations.links import end_links, use_token
from domains.accounts.operations.registration import check_email, index_words, lock_email
from domains.accounts.operations.sessions import end_sessions
from domains.accounts.queries import email_change_of, find_account
from domains.accounts.rows import locked
from domains.kit import Invalid, Transaction, new_id, record
from domains.kit.crypto import email_hash
from domains.kit.i18n import gettext as _


async def ask_email_change(tx: Transaction, account_id: UUID, email: str) -> None:
    """Begin to change the address; who was asked for the password is up to the caller. The last wish counts.

    An address that is another account's is answered the same way: only its owner's mail knows better.
    Emits `user.email_change_asked`, and `user.email_proof_asked`, or `user.sign_up_repeated` for the owner of an
    address that is taken.
    Raises `Invalid`.
    """
    clean = check_email(email)
    row = await locked(tx, account_id)
    if email_hash(clean) == row.email_hash:
        raise Invalid({"email": _("This is your address already.")})
    await _stop_open(tx, account_id)
    change = EmailChangeRow(
        id=new_id(),
        account_id=account_id,
        old_email=row.email,
        old_email_hash=row.email_hash,
        new_email=clean,
        new_email_hash=email_hash(clean),
        asked_at=await tx.now(),
    )
    tx.session.add(change)
    await tx.session.flush()
    owner = await find_account(tx, clean)
    await record(tx, EmailChangeAsked(user_id=account_id, change_id=change.id))
    if owner is None:
        await record(tx, EmailProofAsked(user_id=account_id, change_id=change.id))
    else:
        await record(tx, SignUpRepeated(user_id=owner))


async def withdraw_email_change(tx: Transaction, account_id: UUID) -> None:
    """The owner thinks better of it: the link that was mailed to the new address no longer works."""
    await _stop_open(tx, account_id)


async def confirm_email_change(tx: Transaction, token: str) -> UUID:
    """The new address is proven and counts from now on; the account's id.

    Of two accounts that want one address the first to confirm gets it. Links that were mailed to the old address die,
    but for the one that takes the change back. Emits `user.email_changed`, `user.updated` and `user.email_verified`.
    Raises `LinkDead`.
    """
    account_id = (await email_change_of(tx, token, "change_email")).account_id
    row = await locked(tx, account_id)
    change = await _used(tx, token, "change_email")
    if change.confirmed_at is not None or change.stopped_at is not None:
        raise LinkDead
    if not await _take(tx, row, change.new_email):
        raise LinkDead
    row.email_verified = True
    change.confirmed_at = await tx.now()
    await tx.session.flush()
    await record(tx, EmailChanged(user_id=row.id, change_id=change.id))
    await record(tx, UserUpdated(user_id=row.id, fields=("email",)))
    await record(tx, EmailVerified(user_id=row.id))
    return row.id


async def stop_email_change(tx: Transaction, token: str) -> UUID:
    """The owner of the old address did not want this: the address is his (again), also after it was confirmed.

    Whoever asked knows the password, so it no longer works: all sessions end, and a link to set a new one is mailed
    to the old address. What was changed after this, from the address that is given up, is undone with it.
    Emits `user.email_change_stopped`, `user.updated` if the address comes back, `user.password_reset_asked`.
    Raises `LinkDead`; `EmailTaken` if the old address is another account's by now.
    """
    account_id = (await email_change_of(tx, token, "keep_email")).account_id
    row = await locked(tx, account_id)
    change = await _used(tx, token, "keep_email")
    if row.email_hash != change.old_email_hash:
        if not await _take(tx, row, change.old_email):
            raise EmailTaken
        await record(tx, UserUpdated(user_id=row.id, fields=("email",)))
    row.password_hash = None
    await tx.session.flush()
    await tx.sql(
        "UPDATE accounts.email_changes SET stopped_at = kit.now()"
        " WHERE account_id = :account AND asked_at >= :asked AND stopped_at IS NULL",
        {"account": row.id, "asked": change.asked_at},
    )
    await tx.sql(
        "UPDATE accounts.tokens t SET used_at = kit.now() FROM accounts.email_changes c"
        " WHERE c.id = t.email_change_id AND c.account_id = :account AND c.asked_at >= :asked AND t.used_at IS NULL",
        {"account": row.id, "asked": change.asked_at},
    )
    await end_sessions(tx, row.id)
    await end_links(tx, row.id, "set_password", "reset_password")
    await record(tx, EmailChangeStopped(user_id=row.id, change_id=change.id))
    await record(tx, PasswordResetAsked(user_id=row.id))
    return row.id


async def _used(tx: Transaction, token: str, purpose: str) -> EmailChangeRow:
    change = await email_change_of(tx, token, purpose)
    await use_token(tx, token, purpose)
    return (
        await tx.session.execute(
            select(EmailChangeRow).where(EmailChangeRow.id == change.id).execution_options(populate_existing=True)
        )
    ).scalar_one()


async def _take(tx: Transaction, row: AccountRow, email: str) -> bool:
    """Give the account this address; False if another account has it."""
    await lock_email(tx, email)
    owner = await find_account(tx, email)
    if owner is not None and owner != row.id:
        return False
    row.email, row.email_hash = email, email_hash(email)
    row.updated_at = await tx.now()
    await tx.session.flush()
    await index_words(tx, row.id, row.email, row.first_name, row.last_name)
    return True


async def _stop_open(tx: Transaction, account_id: UUID) -> None:
    await end_links(tx, account_id, "change_email")
    await tx.sql(
        "UPDATE accounts.email_changes SET stopped_at = kit.now()"
        " WHERE account_id = :id AND confirmed_at IS NULL AND stopped_at IS NULL",
        {"id": account_id},
    )
