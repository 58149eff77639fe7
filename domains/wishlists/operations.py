"""What can be done with a wish list."""

from collections.abc import Collection
from uuid import UUID

from domains import catalog, inventory, pricing, store
from domains.kit import Transaction, new_id, new_token
from domains.kit.crypto import token_hash
from domains.wishlists.errors import ItemNotFound, NotBuyable, NotSold, WishlistFull
from domains.wishlists.queries import best, cheapest, current, find, item, offered

GUEST_DAYS = 365
MOST_ITEMS = 200


async def open_for(tx: Transaction, *, account_id: UUID | None, token: str) -> tuple[UUID, str | None]:
    """The list of who asks, begun if he has none; with the token for his cookie where a guest's was begun just now.

    Only the token's hash is kept. An account's list has none: it opens with the account alone.
    """
    found = await current(tx, account_id=account_id, token=token)
    if found is not None:
        return found, None
    if account_id is not None:
        return await _of_account(tx, account_id), None
    token, wishlist_id = new_token(), new_id()
    await tx.sql(
        "INSERT INTO wishlists.wishlists (id, token_hash, expires_at)"
        " VALUES (:id, :hash, kit.now() + make_interval(days => :days))",
        {"id": wishlist_id, "hash": token_hash(token), "days": GUEST_DAYS},
    )
    return wishlist_id, token


_SAVE = """
INSERT INTO wishlists.wishlist_items
    (id, wishlist_id, product_id, variant_id, price_seen, currency_seen, was_available)
VALUES (:id, :wishlist, :product, :variant, :price, :currency, :available)
ON CONFLICT (wishlist_id, product_id, variant_id) DO NOTHING
"""
_SAVED = """
SELECT id FROM wishlists.wishlist_items
WHERE wishlist_id = :wishlist AND product_id = :product AND variant_id IS NOT DISTINCT FROM CAST(:variant AS uuid)
"""


async def save(
    tx: Transaction,
    wishlist_id: UUID,
    *,
    variant_id: UUID | None = None,
    product_id: UUID | None = None,
    chosen: Collection[UUID] = (),
) -> UUID:
    """Put a variant on the list, or a product with what is chosen of its options; the item's id.

    A product whose choices make no variant is saved as it is, to be chosen later. What is on the list already stays as
    it was, with the price it had when it was saved first. Raises `NotSold`, and `WishlistFull` past 200 things.
    """
    product_id, variant_id = await _meant(tx, product_id, variant_id, chosen)
    await _touch(tx, wishlist_id)
    thing = {"wishlist": wishlist_id, "product": product_id, "variant": variant_id}
    known: UUID | None = (await tx.sql(_SAVED, thing)).scalar_one_or_none()
    if known is not None:
        return known
    if await _count(tx, wishlist_id) >= MOST_ITEMS:
        raise WishlistFull
    currency = (await store.shop(tx)).currency
    variants = (await offered(tx, [(product_id, variant_id)]))[product_id, variant_id]
    ids = [variant.variant_id for variant in variants]
    price = cheapest(variants, await pricing.prices(tx, ids, currency))
    standing = best(variants, await inventory.availability(tx, ids))
    item_id = new_id()
    await tx.sql(
        _SAVE,
        {
            **thing,
            "id": item_id,
            "price": price.amount.amount if price else None,
            "currency": currency if price else None,
            "available": standing.state != "out",
        },
    )
    return item_id


async def remove(tx: Transaction, wishlist_id: UUID, item_id: UUID) -> None:
    """Take a thing off this list. Raises `ItemNotFound`, alike for what is gone and for what is on another list."""
    await _touch(tx, wishlist_id)
    gone = await tx.sql(
        "DELETE FROM wishlists.wishlist_items WHERE id = :id AND wishlist_id = :wishlist",
        {"id": item_id, "wishlist": wishlist_id},
    )
    if not gone.rowcount:
        raise ItemNotFound


async def take(tx: Transaction, wishlist_id: UUID, item_id: UUID) -> UUID:
    """Take a thing off this list to put it into the cart; the variant to buy.

    The list is locked first, so that of two presses at once only one takes it. Raises `ItemNotFound`, and `NotBuyable`
    for what is sold out or has something still to choose.
    """
    await _touch(tx, wishlist_id)
    found = await item(tx, wishlist_id, item_id, currency=(await store.shop(tx)).currency)
    if found.buyable is None:
        raise NotBuyable
    await remove(tx, wishlist_id, item_id)
    return found.buyable


# What both lists have stays as the account saved it. Where there is not room for all, the guest's newest go first.
_MOVE = """
UPDATE wishlists.wishlist_items SET wishlist_id = :account WHERE id IN (
    SELECT g.id FROM wishlists.wishlist_items g WHERE g.wishlist_id = :guest AND NOT EXISTS (
        SELECT FROM wishlists.wishlist_items a WHERE a.wishlist_id = :account AND a.product_id = g.product_id
        AND a.variant_id IS NOT DISTINCT FROM g.variant_id)
    ORDER BY g.saved_at DESC, g.id DESC LIMIT :room)
"""
_FORGET_DOUBLES = """
DELETE FROM wishlists.wishlist_items g USING wishlists.wishlist_items a
WHERE g.wishlist_id = :guest AND a.wishlist_id = :account AND a.product_id = g.product_id
AND a.variant_id IS NOT DISTINCT FROM g.variant_id
"""


async def adopt(tx: Transaction, *, token: str, account_id: UUID) -> UUID | None:
    """At log-in: what this cookie's guest saved goes onto the account's list; returns that list, or None without any.

    Once is enough: the guest's list is gone afterwards and its token opens nothing. Things for which the account's list
    has no room stay on the guest's, so that nothing is lost.
    """
    if await find(tx, token) is None:
        return None
    # The account's list is locked before the guest's, by everybody: two log-ins at once wait for each other.
    own = await _of_account(tx, account_id)
    locked = await tx.sql(
        "SELECT id FROM wishlists.wishlists WHERE token_hash = :hash FOR UPDATE", {"hash": token_hash(token)}
    )
    guests = locked.scalar_one_or_none()
    if guests is None:
        return own
    both = {"guest": guests, "account": own}
    await tx.sql(_FORGET_DOUBLES, both)
    await tx.sql(_MOVE, {**both, "room": max(MOST_ITEMS - await _count(tx, own), 0)})
    await tx.sql(
        "DELETE FROM wishlists.wishlists w WHERE id = :guest"
        " AND NOT EXISTS (SELECT FROM wishlists.wishlist_items WHERE wishlist_id = w.id)",
        {"guest": guests},
    )
    return own


async def expire_due(tx: Transaction, limit: int = 500) -> int:
    """Forget guests' lists whose time is over by the shop's clock; returns how many."""
    gone = await tx.sql(
        "DELETE FROM wishlists.wishlists WHERE id IN (SELECT id FROM wishlists.wishlists"
        " WHERE expires_at <= kit.now() ORDER BY expires_at LIMIT :limit FOR UPDATE SKIP LOCKED)",
        {"limit": limit},
    )
    return gone.rowcount


async def _meant(
    tx: Transaction, product_id: UUID | None, variant_id: UUID | None, chosen: Collection[UUID]
) -> tuple[UUID, UUID | None]:
    if variant_id is not None:
        variant = (await catalog.variants(tx, [variant_id])).get(variant_id)
        if variant is None or not variant.is_sellable:
            raise NotSold
        return variant.product_id, variant_id
    if product_id is None:
        raise NotSold
    try:
        product = await catalog.product(tx, product_id)
    except catalog.ProductNotFound:
        raise NotSold from None
    if len(product.variants) == 1:
        return product_id, product.variants[0].id
    found = product.matching(frozenset(chosen))
    return product_id, found.id if found is not None else None


async def _of_account(tx: Transaction, account_id: UUID) -> UUID:
    """The account's list, made if it has none, and locked until the commit."""
    made = await tx.sql(
        "INSERT INTO wishlists.wishlists (id, account_id) VALUES (:id, :account)"
        " ON CONFLICT (account_id) DO UPDATE SET updated_at = kit.now() RETURNING id",
        {"id": new_id(), "account": account_id},
    )
    wishlist_id: UUID = made.scalar_one()
    return wishlist_id


async def _touch(tx: Transaction, wishlist_id: UUID) -> None:
    """Lock the list until the commit, so that its length is true, and give a guest's its full time again."""
    touched = await tx.sql(
        "UPDATE wishlists.wishlists SET updated_at = kit.now(),"
        " expires_at = CASE WHEN account_id IS NULL THEN kit.now() + make_interval(days => :days) END"
        " WHERE id = :id AND (expires_at IS NULL OR expires_at > kit.now())",
        {"id": wishlist_id, "days": GUEST_DAYS},
    )
    if not touched.rowcount:
        raise ItemNotFound


async def _count(tx: Transaction, wishlist_id: UUID) -> int:
    rows = await tx.sql("SELECT count(*) FROM wishlists.wishlist_items WHERE wishlist_id = :id", {"id": wishlist_id})
    counted: int = rows.scalar_one()
    return counted
