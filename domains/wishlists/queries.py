"""What can be asked of wish lists; every question is asked for the owner alone."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domains import catalog, inventory, pricing
from domains.catalog import VariantView
from domains.inventory import Availability
from domains.kit import Money, Transaction
from domains.kit.crypto import token_hash
from domains.pricing import Price
from domains.wishlists.errors import ItemNotFound
from domains.wishlists.views import ItemView, WishlistView

_BEST_FIRST = ("in_stock", "low", "backorder", "out")
_ITEMS = """
SELECT id, product_id, variant_id, price_seen, currency_seen, was_available, saved_at
FROM wishlists.wishlist_items WHERE wishlist_id = :wishlist AND (CAST(:item AS uuid) IS NULL OR id = :item)
ORDER BY saved_at DESC, id DESC
"""


async def find(tx: Transaction, token: str) -> UUID | None:
    """The guest's list of a cookie's token; None for one that expired or went to an account."""
    if not token:
        return None
    rows = await tx.sql(
        "SELECT id FROM wishlists.wishlists WHERE token_hash = :hash AND expires_at > kit.now()",
        {"hash": token_hash(token)},
    )
    return rows.scalar_one_or_none()


async def current(tx: Transaction, *, account_id: UUID | None, token: str) -> UUID | None:
    """The list of who asks: the account's when he is logged in, else the cookie's."""
    if account_id is None:
        return await find(tx, token)
    rows = await tx.sql("SELECT id FROM wishlists.wishlists WHERE account_id = :account", {"account": account_id})
    return rows.scalar_one_or_none()


async def view(tx: Transaction, *, account_id: UUID | None, token: str, currency: str) -> WishlistView:
    """The list of who asks, with the prices and stock of this moment; an empty one for who has none."""
    wishlist_id = await current(tx, account_id=account_id, token=token)
    return WishlistView(await _items(tx, wishlist_id, None, currency)) if wishlist_id is not None else WishlistView()


async def item(tx: Transaction, wishlist_id: UUID, item_id: UUID, *, currency: str) -> ItemView:
    """One thing of this list. Raises `ItemNotFound`, alike for unknown ones and those of other lists."""
    found = await _items(tx, wishlist_id, item_id, currency)
    if not found:
        raise ItemNotFound
    return found[0]


async def _items(tx: Transaction, wishlist_id: UUID, item_id: UUID | None, currency: str) -> tuple[ItemView, ...]:
    rows = (await tx.sql(_ITEMS, {"wishlist": wishlist_id, "item": item_id})).all()
    offers = await offered(tx, [(row.product_id, row.variant_id) for row in rows])
    ids = [variant.variant_id for variants in offers.values() for variant in variants]
    prices = await pricing.prices(tx, ids, currency)
    stock = await inventory.availability(tx, ids)
    return tuple(
        _item(row, variants, prices, stock, currency)
        for row in rows
        if (variants := offers[row.product_id, row.variant_id])  # a product may have lost its last variant
    )


async def offered(
    tx: Transaction, wanted: Sequence[tuple[UUID, UUID | None]]
) -> dict[tuple[UUID, UUID | None], tuple[VariantView, ...]]:
    """The variants that a product with, if it is chosen, a variant may mean; those still sold come first."""
    whole = await catalog.variants_of(tx, [product for product, variant in wanted if variant is None])
    chosen = await catalog.variants(tx, [variant for _product, variant in wanted if variant is not None])
    found: dict[tuple[UUID, UUID | None], tuple[VariantView, ...]] = {}
    for product, variant in wanted:
        fitting = whole.get(product, ()) if variant is None else (chosen[variant],) if variant in chosen else ()
        found[product, variant] = tuple(sorted(fitting, key=lambda one: not one.is_sellable))
    return found


def cheapest(variants: Sequence[VariantView], prices: Mapping[UUID, Price]) -> Price | None:
    """The lowest price among those that are sold."""
    priced = [prices[one.variant_id] for one in variants if one.is_sellable and one.variant_id in prices]
    return min(priced, key=lambda price: price.amount.amount, default=None)


def best(variants: Sequence[VariantView], stock: Mapping[UUID, Availability]) -> Availability:
    """How well it can be had: the best of those that are sold."""
    states = [stock[one.variant_id] for one in variants if one.is_sellable and one.variant_id in stock]
    return min(states, key=lambda one: _BEST_FIRST.index(one.state), default=Availability())


def _item(
    row: Any,
    variants: Sequence[VariantView],
    prices: Mapping[UUID, Price],
    stock: Mapping[UUID, Availability],
    currency: str,
) -> ItemView:
    sold = [one for one in variants if one.is_sellable and one.variant_id in prices]
    shown = sold[0] if sold else variants[0]
    price, standing = cheapest(sold, prices), best(sold, stock)
    seen = Money(row.price_seen, row.currency_seen) if row.currency_seen == currency else None
    can_be_had = standing.state != "out"
    is_chosen = row.variant_id is not None or len(sold) == 1
    return ItemView(
        id=row.id,
        product_id=row.product_id,
        variant_id=row.variant_id,
        name=shown.product_name,
        options=shown.options if is_chosen else "",
        slug=shown.slug,
        sku=shown.sku if is_chosen else "",
        image=shown.image,
        price=price.amount if price else None,
        compare_at=price.compare_at if price and price.is_reduced else None,
        many_prices=len({prices[one.variant_id].amount for one in sold}) > 1,
        state=standing.state,
        available=standing.available,
        backorder_date=standing.backorder_date,
        is_sold=bool(sold),
        buyable=shown.variant_id if sold and is_chosen and can_be_had else None,
        fell_by=seen - price.amount if seen is not None and price is not None and seen > price.amount else None,
        came_back=bool(sold) and can_be_had and not row.was_available,
        saved_at=row.saved_at,
    )
