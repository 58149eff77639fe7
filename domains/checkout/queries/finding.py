"""Which checkout, order and payment belong to whoever asks."""

from uuid import UUID

from sqlalchemy import select

from domains import orders
from domains.checkout.errors import CheckoutUnknown
from domains.checkout.models import Checkout
from domains.checkout.rows import view_of
from domains.checkout.states import LIVE, CheckoutStatus
from domains.checkout.views import CheckoutView
from domains.kit import Transaction
from domains.kit.crypto import token_hash


async def checkout(tx: Transaction, checkout_id: UUID) -> CheckoutView:
    """Raises `CheckoutUnknown`."""
    row = await tx.session.get(Checkout, checkout_id, populate_existing=True)
    if row is None:
        raise CheckoutUnknown
    return await view_of(tx, row)


async def live(tx: Transaction, cart_id: UUID) -> CheckoutView | None:
    """The checkout that is under way for this cart."""
    row = (
        await tx.session.execute(select(Checkout).where(Checkout.cart_id == cart_id, Checkout.status.in_(LIVE)))
    ).scalar_one_or_none()
    return None if row is None else await view_of(tx, row)


async def by_token(tx: Transaction, token: str) -> CheckoutView | None:
    """The checkout that this cookie belongs to, over or not."""
    if not token:
        return None
    row = (
        await tx.session.execute(select(Checkout).where(Checkout.token_hash == token_hash(token)))
    ).scalar_one_or_none()
    return None if row is None else await view_of(tx, row)


async def payment_of(tx: Transaction, checkout_id: UUID) -> UUID | None:
    """The payment of the order that the checkout waits for; None where it has none."""
    found = await checkout(tx, checkout_id)
    if found.order_id is None or found.status is not CheckoutStatus.PLACED:
        return None
    return (await orders.head(tx, found.order_id)).payment_id
