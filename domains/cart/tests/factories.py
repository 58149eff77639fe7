"""Carts to test with."""

from typing import Any
from uuid import UUID

from domains import accounts, cart, pricing
from domains.inventory.tests.factories import make_variants, make_warehouse, put_on_shelf
from domains.kit import Actor, Database
from domains.pricing.tests.factories import STAFF

GUEST = Actor.guest("visitor")


async def for_sale(db: Database, *, on_hand: int = 10, amount: int = 2000, **product: Any) -> UUID:
    """A variant with stock and a price in dollars. The shop has to be open."""
    (variant_id,) = await make_variants(db, **product)
    await put_on_shelf(db, variant_id, await make_warehouse(db), on_hand)
    async with db.transaction(STAFF) as tx:
        await pricing.set_price(tx, variant_id, amount)
    return variant_id


async def guest_cart(db: Database, lines: dict[UUID, int] | None = None) -> tuple[UUID, str]:
    """A guest's cart with `lines`, and its token."""
    async with db.transaction(GUEST) as tx:
        cart_id, token = await cart.start(tx)
        for variant_id, quantity in (lines or {}).items():
            await cart.add_line(tx, cart_id, variant_id, quantity)
    return cart_id, token or ""


async def member(db: Database, email: str = "shopper@example.com") -> UUID:
    """An account."""
    async with db.transaction(STAFF) as tx:
        account_id = await accounts.register(
            tx, email=email, password_hash="$argon2id$none", first_name="Ada", last_name="Lovelace"
        )
    assert account_id is not None
    return account_id


async def seen(db: Database, cart_id: UUID) -> cart.CartView:
    async with db.transaction(GUEST) as tx:
        return await cart.view(tx, cart_id)


async def quantities(db: Database, cart_id: UUID) -> dict[UUID, int]:
    return {line.variant_id: line.quantity for line in (await seen(db, cart_id)).lines}
