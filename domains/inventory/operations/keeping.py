"""Holds of orders that are paid in days and not in minutes."""

from uuid import UUID

from domains.inventory.errors import HoldExpired
from domains.kit import Transaction


async def keep(tx: Transaction, *, order_id: UUID, days: int) -> None:
    """Keep what is bound to an order for so many days from now: it is paid by bank transfer. Raises `HoldExpired`."""
    kept = await tx.sql(
        "UPDATE inventory.reservations SET expires_at = kit.now() + make_interval(days => :days),"
        " updated_at = kit.now() WHERE order_id = :order_id AND status = 'bound'",
        {"order_id": order_id, "days": days},
    )
    if kept.rowcount != 1:
        raise HoldExpired
