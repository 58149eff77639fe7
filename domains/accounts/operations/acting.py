"""A member of staff who looks at the shop as a customer does: to help him, and never in secret.

It is his own log-in that looks: what he does is told from what the customer does, and ends with it.
"""

from uuid import UUID

from domains import audit
from domains.accounts.errors import AccountUnknown, StatusForbidden
from domains.accounts.operations.sessions import renew_session
from domains.accounts.rows import locked
from domains.accounts.states import Status
from domains.kit import Transaction


async def act_as(tx: Transaction, token: str, customer_id: UUID, *, why: str) -> str:
    """Let the session of a member of staff see the shop as the customer; it goes on under a new id, the token.

    Raises `AccountUnknown` for who works here, `StatusForbidden` for an account that is not active.
    """
    row = await locked(tx, customer_id)
    if row.role != "customer":
        raise AccountUnknown
    if row.account_status != Status.ACTIVE:
        raise StatusForbidden
    fresh = await renew_session(tx, token, acting_as=customer_id)
    await audit.record(tx, action="customer.acted_as", subject=("customer", customer_id), note=why)
    return fresh


async def stop_acting(tx: Transaction, token: str) -> str:
    """Let the session be that of the member of staff again; it goes on under a new id, the token."""
    return await renew_session(tx, token, acting_as=None)


async def record_act(tx: Transaction, customer_id: UUID, what: str) -> None:
    """Write that a member of staff changes something as the customer; `what` is the route that does it."""
    await audit.record(tx, action="customer.acted_for", subject=("customer", customer_id), note=what, always=True)
