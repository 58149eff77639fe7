"""Who may log in: suspended by staff, closed by the owner."""

from uuid import UUID

from domains.accounts.errors import StaffStays, StatusForbidden
from domains.accounts.events import UserDeactivated, UserReinstated, UserSuspended
from domains.accounts.operations.links import end_links
from domains.accounts.operations.sessions import end_sessions
from domains.accounts.rows import locked
from domains.accounts.states import TOKEN_PURPOSES, TRANSITIONS, Status
from domains.kit import Transaction, record


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
    row = await locked(tx, account_id)
    if status not in TRANSITIONS[Status(row.account_status)]:
        raise StatusForbidden
    row.account_status = status
    row.updated_at = await tx.now()
    await tx.session.flush()
