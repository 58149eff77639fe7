"""Wish lists to test with."""

from uuid import UUID

from domains import catalog, wishlists
from domains.cart.tests.factories import GUEST
from domains.kit import Database


async def product_of(db: Database, variant_id: UUID) -> UUID:
    async with db.transaction(GUEST) as tx:
        return (await catalog.variants(tx, [variant_id]))[variant_id].product_id


async def guest_list(db: Database, *variants: UUID) -> tuple[UUID, str]:
    """A guest's list with these variants, in this order, and its token."""
    async with db.transaction(GUEST) as tx:
        wishlist_id, token = await wishlists.open_for(tx, account_id=None, token="")
        for variant_id in variants:
            await wishlists.save(tx, wishlist_id, variant_id=variant_id)
    return wishlist_id, token or ""


async def account_list(db: Database, account_id: UUID, *variants: UUID) -> UUID:
    async with db.transaction(GUEST) as tx:
        wishlist_id, _none = await wishlists.open_for(tx, account_id=account_id, token="")
        for variant_id in variants:
            await wishlists.save(tx, wishlist_id, variant_id=variant_id)
    return wishlist_id


async def seen(db: Database, *, account_id: UUID | None = None, token: str = "") -> wishlists.WishlistView:
    async with db.transaction(GUEST) as tx:
        return await wishlists.view(tx, account_id=account_id, token=token, currency="USD")


async def saved(db: Database, *, account_id: UUID | None = None, token: str = "") -> set[UUID | None]:
    """The variants on a list."""
    return {item.variant_id for item in (await seen(db, account_id=account_id, token=token)).items}
