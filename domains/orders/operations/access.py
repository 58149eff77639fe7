"""Who may see an order without logging in, and whose it becomes."""

import hmac
from uuid import UUID

from sqlalchemy import select

from domains import accounts
from domains.kit import Transaction, new_token, record
from domains.kit.crypto import email_hash, token_hash
from domains.orders.errors import OrderNotFound
from domains.orders.events import OrderClaimed
from domains.orders.models import OrderRow

ACCESS_DAYS = 90


async def open_access(tx: Transaction, order_id: UUID) -> str:
    """A new link to the order's page: a token of 256 bits that works for 90 days, of which only a hash is kept."""
    token = new_token()
    await tx.sql(
        "INSERT INTO orders.access_tokens (token_hash, order_id, expires_at)"
        " VALUES (:hash, :order_id, kit.now() + make_interval(days => :days))",
        {"hash": token_hash(token), "order_id": order_id, "days": ACCESS_DAYS},
    )
    return token


async def find_guest(tx: Transaction, number: str, email: str) -> str:
    """A link to a guest's order by its number and the address it was placed with (ORD-14).

    Raises `OrderNotFound`, alike for a number that does not exist, an address that is not its, and an order that
    belongs to an account (its page is behind the log-in).
    """
    found = await tx.session.execute(
        select(OrderRow.id, OrderRow.email_hash).where(
            OrderRow.order_number == number.strip().upper(), OrderRow.user_id.is_(None)
        )
    )
    row = found.one_or_none()
    given = email_hash(email)
    if row is None or row.email_hash is None or not hmac.compare_digest(row.email_hash, given):
        raise OrderNotFound
    return await open_access(tx, row.id)


async def matching(tx: Transaction, number: str, email: str) -> UUID | None:
    """The order with this number that was placed with this address, or by the account of it; None for any other.

    Says nothing to whoever asked: both halves are looked up in the same way, and only the program learns of a match.
    """
    found = await tx.session.execute(
        select(OrderRow.id, OrderRow.email_hash, OrderRow.user_id).where(
            OrderRow.order_number == number.strip().upper()
        )
    )
    row = found.one_or_none()
    given, owner = email_hash(email), await accounts.find_account(tx, email)
    if row is None:
        return None
    by_address = hmac.compare_digest(row.email_hash or b"", given)
    return row.id if by_address or (owner is not None and owner == row.user_id) else None


async def claim(tx: Transaction, account_id: UUID) -> int:
    """Give the account the guest orders of its address, once the address is proven. Emits `order.claimed` for each."""
    owner = await accounts.account(tx, account_id)
    if not owner.email_verified or owner.is_staff:
        return 0
    rows = await tx.sql(
        "UPDATE orders.orders SET user_id = :user, updated_at = kit.now() WHERE id IN ("
        " SELECT id FROM orders.orders WHERE email_hash = :hash AND user_id IS NULL ORDER BY id FOR UPDATE)"
        " RETURNING id",
        {"user": account_id, "hash": email_hash(owner.email)},
    )
    claimed = sorted(rows.scalars())
    for order_id in claimed:
        await record(tx, OrderClaimed(order_id, account_id))
    return len(claimed)


async def sweep_access(tx: Transaction) -> int:
    """Forget links that have expired; returns how many."""
    gone = await tx.sql("DELETE FROM orders.access_tokens WHERE expires_at <= kit.now()")
    return gone.rowcount
