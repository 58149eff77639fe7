"""The products as staff see them: shown, hidden and put away, with what they cost and how many there are."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import catalog, inventory, pricing, store
from domains.catalog import Picture
from domains.kit import Money, Transaction
from domains.kit.listing import Asked, OrderBy, Slice, Source, Span, Where, slice_of

_PRODUCTS = Source(
    select=(
        "p.id, p.name, p.sku, p.slug, p.brand, p.is_active, p.archived_at IS NOT NULL AS is_archived, p.updated_at,"
        " p.created_at, c.name AS category,"
        " (SELECT media_id FROM catalog.product_images WHERE product_id = p.id ORDER BY position, media_id LIMIT 1)"
        " AS picture_id"
    ),
    tables=(
        "catalog.products p JOIN catalog.categories c ON c.id = p.category_id"
        " LEFT JOIN search.documents d ON d.product_id = p.id"
    ),
    key="p.id",
    orders={
        "updated": OrderBy("p.updated_at", "timestamptz"),
        "name": OrderBy("p.name"),
        "created": OrderBy("p.created_at", "timestamptz"),
        "sku": OrderBy("p.sku"),
    },
)
# By a part of the name, or by a whole SKU or barcode, each of its own index.
_FOUND_BY = """
p.id IN (
    SELECT id FROM catalog.products WHERE name ILIKE :like
    UNION SELECT id FROM catalog.products WHERE sku = ANY(CAST(:skus AS text[]))
    UNION SELECT product_id FROM catalog.variants WHERE sku = ANY(CAST(:skus AS text[]))
    UNION SELECT product_id FROM catalog.variants WHERE barcode = :typed
)
"""
_BELOW = """
WITH RECURSIVE below AS (
    SELECT id FROM catalog.categories WHERE id = ANY(CAST(:ids AS uuid[]))
    UNION SELECT c.id FROM catalog.categories c JOIN below ON c.parent_id = below.id
)
SELECT id FROM below
"""
# Of what is shown the read model of search knows it already; what is hidden is few, and looked at.
_COSTS = """
CASE WHEN p.is_active AND d.product_id IS NOT NULL THEN d.price_to >= :least AND d.price_from <= :most
ELSE EXISTS (
    SELECT FROM catalog.variants v CROSS JOIN LATERAL (
        SELECT amount FROM pricing.prices WHERE variant_id = v.id AND currency = :currency AND valid_from <= kit.now()
        ORDER BY valid_from DESC, id DESC LIMIT 1) price
    WHERE v.product_id = p.id AND price.amount BETWEEN :least AND :most)
END
"""
_IS_THERE = """
CASE WHEN p.is_active AND d.product_id IS NOT NULL THEN d.is_available
ELSE EXISTS (
    SELECT FROM catalog.variants v JOIN inventory.stock_items s ON s.variant_id = v.id
    WHERE v.product_id = p.id AND s.quantity_on_hand > s.quantity_reserved)
END
"""
_MOST = 2**53


class ProductRow(msgspec.Struct, frozen=True, kw_only=True):
    """A product in a list of many. `price` is the lowest of its variants', `has_many_prices` that they differ."""

    id: UUID
    name: str
    sku: str
    slug: str
    brand: str
    category: str
    state: str
    picture: Picture | None
    variants: int
    price: Money | None
    has_many_prices: bool
    available: int | None
    updated_at: datetime
    created_at: datetime


async def find_products(tx: Transaction, asked: Asked) -> Slice[ProductRow]:
    """The products that fit. What was typed finds by a part of the name, or by a whole SKU or barcode.

    Filters: `state` (shown, hidden, archived; without it all but the last), `category` (ids, with all below them),
    `brand`, `stock` (there, out), `price`.
    """
    currency = (await store.shop(tx)).currency
    where = Where()
    if asked.q:
        like = asked.q.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        skus = sorted({asked.q, asked.q.upper(), asked.q.lower()})
        where.add(_FOUND_BY, like=f"%{like}%", skus=skus, typed=asked.q)
    _by_state(where, asked.chosen("state"))
    if asked.chosen("category"):
        await _by_category(tx, where, asked.chosen("category"))
    where.one_of("p.brand", asked.chosen("brand"))
    stock = set(asked.chosen("stock"))
    if len(stock) == 1:
        where.add(_IS_THERE if stock == {"there"} else f"NOT ({_IS_THERE})")
    span = asked.span("price")
    if span != Span():
        where.add(
            _COSTS,
            least=span.least or 0,
            most=_MOST if span.most is None else span.most,
            currency=currency,
        )
    found = await slice_of(tx, _PRODUCTS, where, asked)
    return found.holding(await _told(tx, found.rows, currency))


def _by_state(where: Where, states: Collection[str]) -> None:
    words = {
        "shown": "p.is_active",
        "hidden": "NOT p.is_active AND p.archived_at IS NULL",
        "archived": "p.archived_at IS NOT NULL",
    }
    chosen = [words[state] for state in states if state in words]
    where.add(" OR ".join(f"({one})" for one in chosen) if chosen else "p.archived_at IS NULL")


async def _by_category(tx: Transaction, where: Where, chosen: Collection[str]) -> None:
    ids = [UUID(one) for one in chosen]
    below = list((await tx.sql(_BELOW, {"ids": ids})).scalars())
    where.add(
        "p.category_id = ANY(CAST(:shelves AS uuid[])) OR p.id IN (SELECT product_id FROM catalog.product_categories"
        " WHERE category_id = ANY(CAST(:shelves AS uuid[])))",
        shelves=below,
    )


async def _told(tx: Transaction, rows: Collection[Any], currency: str) -> tuple[ProductRow, ...]:
    variants = await catalog.variant_ids_of(tx, [row.id for row in rows])
    ids = [variant_id for those in variants.values() for variant_id in those]
    pictures = await catalog.pictures_of(tx, [row.picture_id for row in rows])
    prices = await pricing.prices(tx, ids, currency)
    stock = await inventory.availability(tx, ids)
    digital = await catalog.digital(tx, ids)
    counted: defaultdict[UUID, list[int]] = defaultdict(list)
    for product_id, those in variants.items():
        counted[product_id] = [stock[one].available for one in those if one not in digital]
    told = []
    for row in rows:
        amounts = {prices[one].amount.amount for one in variants[row.id] if one in prices}
        told.append(
            ProductRow(
                id=row.id,
                name=row.name,
                sku=row.sku,
                slug=row.slug,
                brand=row.brand or "",
                category=row.category,
                state="archived" if row.is_archived else "shown" if row.is_active else "hidden",
                picture=pictures.get(row.picture_id),
                variants=len(variants[row.id]),
                price=Money(min(amounts), currency) if amounts else None,
                has_many_prices=len(amounts) > 1,
                available=sum(counted[row.id]) if counted[row.id] else None,
                updated_at=row.updated_at,
                created_at=row.created_at,
            )
        )
    return tuple(told)
