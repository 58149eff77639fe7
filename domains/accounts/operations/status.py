"""Who may log in: suspended by staff, closed by the owner. The shop always has an owner who can."""

from uuid import UUID

from domains import audit
from domains.accounts.errors import LastOwner, StaffStays, StatusForbidden
from domains.accounts.events import UserDeactivated, UserReinstated, UserSuspended
from domains.accounts.operations.links import end_links
from domains.accounts.operations.sessions import end_sessions
from domains.accounts.rows import locked
from domains.accounts.states import TOKEN_PURPOSES, TRANSITIONS, Status
from domains.kit import Transaction, record

_OTHER_OWNER = """
SELECT 1 FROM accounts.accounts WHERE role = 'owner' AND account_status = 'active' AND password_hash IS NOT NULL
  AND id <> :but LIMIT 1
"""


async def keep_an_owner(tx: Transaction, *, but: UUID) -> None:
    """See to it that there is another owner than `but`, if he is one, and that there still is when this commits.

    All that takes an owner away waits here for each other, before any row is held. Raises `LastOwner`.
    """
    role = (await tx.sql("SELECT role FROM accounts.accounts WHERE id = :id", {"id": but})).scalar_one_or_none()
    if role == "customer":  # of whom nobody is made an owner
        return
    await tx.sql("SELECT pg_advisory_xact_lock(hashtextextended('accounts.owners', 0))")
    is_owner = await tx.sql("SELECT 1 FROM accounts.accounts WHERE id = :id AND role = 'owner'", {"id": but})
    if is_owner.first() is None:
        return
    if (await tx.sql(_OTHER_OWNER, {"but": but})).first() is None:
        raise LastOwner


async def suspend(tx: Transaction, account_id: UUID) -> None:
    """Keep the account from logging in and ordering, and end its sessions. Emits `user.suspended`."""
    await _change_status(tx, account_id, Status.SUSPENDED)
    await end_sessions(tx, account_id)
    await record(tx, UserSuspended(user_id=account_id))


async def reinstate(tx: Transaction, account_id: UUID) -> None:
    """Make a suspended account active again. Emits `user.reinstated`."""
    await _change_status(tx, account_id, Status.ACTIVE)
    await record(tx, UserReinstated(user_id=account_id))


async def close(tx: Transaction, account_id: UUID) -> None:
    """What a customer does to his own account: as `deactivate`. Raises `StaffStays` for who works here."""
    if (await locked(tx, account_id)).role != "customer":
        raise StaffStays
    await deactivate(tx, account_id)


async def deactivate(tx: Transaction, account_id: UUID) -> None:
    """Close the account for good: its sessions and links end, and its address is free for a new account.

    The row stays, for what was sold to it and for the farewell. Orders that are not paid are cancelled by
    `checkout.flows.cancel_of_closed`. Emits `user.deactivated`. Raises `StatusForbidden`.
    """
    await _change_status(tx, account_id, Status.DEACTIVATED)
    await end_sessions(tx, account_id)
    await end_links(tx, account_id, *TOKEN_PURPOSES)
    await record(tx, UserDeactivated(user_id=account_id))


async def _change_status(tx: Transaction, account_id: UUID, status: Status) -> None:
    if status is not Status.ACTIVE:
        await keep_an_owner(tx, but=account_id)
    row = await locked(tx, account_id)
    if status not in TRANSITIONS[Status(row.account_status)]:
        raise StatusForbidden
    was, row.account_status = row.account_status, status
    row.updated_at = await tx.now()
    await tx.session.flush()
    await audit.record(
        tx,
        action=f"account.{'reinstated' if status is Status.ACTIVE else status}",
        subject=("account", account_id),
        changes={"status": (was, status)},
    )
