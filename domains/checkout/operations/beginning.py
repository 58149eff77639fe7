"""Beginning a checkout, and going on with one."""

from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from domains import cart
from domains.checkout.errors import CartEmpty
from domains.checkout.models import Checkout
from domains.kit import Transaction, new_id, new_token
from domains.kit.crypto import token_hash

# As text: with bound values PostgreSQL cannot tell, once it plans for all values, that the partial index applies.
LIVE_CART = text("status IN ('open', 'placed')")

LEFT_AFTER_DAYS = 31
"""A day longer than a guest's cart lives."""

_FORGET = """
UPDATE checkout.checkouts
SET status = 'abandoned', email = NULL, email_hash = NULL, visitor = '', shipping_draft = NULL, shipping_address = NULL,
    billing_draft = NULL, billing_address = NULL, notes = NULL, updated_at = kit.now()
WHERE id IN (SELECT id FROM checkout.checkouts
             WHERE status = 'open' AND updated_at < kit.now() - make_interval(days => :days)
             ORDER BY updated_at LIMIT :limit FOR UPDATE SKIP LOCKED)
RETURNING id
"""


async def begin(tx: Transaction, *, cart_id: UUID, account_id: UUID | None) -> tuple[UUID, str | None]:
    """The cart's live checkout, made if there is none; with the token for its cookie where it was made just now.

    Two tabs that begin at once get the same one: a unique index lets one of them win. Raises `CartEmpty`.
    """
    if not (await cart.view(tx, cart_id)).lines:
        raise CartEmpty
    token = new_token()
    made = (
        await tx.session.execute(
            insert(Checkout)
            .values(
                id=new_id(),
                cart_id=cart_id,
                account_id=account_id,
                visitor=tx.actor.visitor,
                token_hash=token_hash(token),
            )
            .on_conflict_do_nothing(index_elements=[Checkout.cart_id], index_where=LIVE_CART)
            .returning(Checkout.id)
        )
    ).scalar_one_or_none()
    if made is not None:
        return made, token
    row = (
        await tx.session.execute(select(Checkout).where(Checkout.cart_id == cart_id, LIVE_CART).with_for_update())
    ).scalar_one()
    # Who logged in on the way takes the checkout along; who was logged out keeps it as it is until he logs in again.
    if account_id is not None:
        row.account_id = account_id
    row.visitor = tx.actor.visitor or row.visitor
    return row.id, None


async def renew_token(tx: Transaction, checkout_id: UUID) -> str:
    """A new token for the checkout's cookie, for a browser that has none; the old one no longer works."""
    token = new_token()
    await tx.sql(
        "UPDATE checkout.checkouts SET token_hash = :token WHERE id = :id",
        {"token": token_hash(token), "id": checkout_id},
    )
    return token


async def forget_left(tx: Transaction, *, limit: int = 200) -> int:
    """End checkouts that nobody touched for a month, and forget what was typed in them; answers how many."""
    ended = await tx.sql(_FORGET, {"days": LEFT_AFTER_DAYS, "limit": limit})
    return len(ended.all())
