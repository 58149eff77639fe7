"""The products as staff see them: shown, hidden and put away, with what they cost and how many there are."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from domains import catalog, store
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
# Of what is shown the read model of search knows it already; what is hidden is few, and looked at one by one: an EXISTS
# would be answered by a table of all variants, made for the first that asks.
_COSTS = """
CASE WHEN p.is_active AND d.product_id IS NOT NULL THEN d.price_to >= :least AND d.price_from <= :most
ELSE coalesce((
    SELECT true FROM catalog.variants v CROSS JOIN LATERAL (
        SELECT amount FROM pricing.prices WHERE variant_id = v.id AND currency = :currency AND valid_from <= kit.now()
        ORDER BY valid_from DESC, id DESC LIMIT 1) price
    WHERE v.product_id = p.id AND price.amount BETWEEN :least AND :most LIMIT 1), false)
END
"""
_IS_THERE = """
CASE WHEN p.is_active AND d.product_id IS NOT NULL THEN d.is_available
ELSE coalesce((
    SELECT true FROM catalog.variants v JOIN inventory.stock_items s ON s.variant_id = v.id
    WHERE v.product_id = p.id AND s.quantity_on_hand > s.quantity_reserved LIMIT 1), false)
END
"""
# Of each product: how many variants, from what price to what, and how many pieces of all that is no file.
_FIGURES = """
SELECT v.product_id, CAST(count(*) AS int) AS variants, min(price.amount) AS lowest, max(price.amount) AS highest,
       CAST(sum(coalesce(stock.available, 0)) FILTER (WHERE v.kind = 'physical') AS int) AS available
FROM catalog.variants v
LEFT JOIN LATERAL (
    SELECT amount FROM pricing.prices WHERE variant_id = v.id AND currency = :currency AND valid_from <= kit.now()
    ORDER BY valid_from DESC, id DESC LIMIT 1) price ON true
LEFT JOIN LATERAL (
    SELECT sum(s.quantity_on_hand - s.quantity_reserved) AS available
    FROM inventory.stock_items s JOIN inventory.warehouses w ON w.id = s.warehouse_id AND w.is_active
    WHERE s.variant_id = v.id) stock ON true
WHERE v.product_id = ANY(CAST(:products AS uuid[])) GROUP BY v.product_id
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
    found = await _found(tx, asked, currency)
    return found.holding(await _told(tx, found.rows, currency))


async def find_product_ids(tx: Transaction, asked: Asked, *, currency: str) -> Slice[UUID]:
    """The ids of what `find_products` finds, for who reads the products himself."""
    return (await _found(tx, asked, currency)).map(lambda row: row.id)


async def _found(tx: Transaction, asked: Asked, currency: str) -> Slice[Any]:
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
    return await slice_of(tx, _PRODUCTS, where, asked)


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
    """The rows with their pictures, and what their variants add up to, in a query each."""
    pictures = await catalog.pictures_of(tx, [row.picture_id for row in rows])
    summed = await tx.sql(_FIGURES, {"products": [row.id for row in rows], "currency": currency})
    figures = {row.product_id: row for row in summed}
    told = []
    for row in rows:
        figure = figures.get(row.id)
        has_price = figure is not None and figure.lowest is not None
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
                variants=figure.variants if figure is not None else 0,
                price=Money(figure.lowest, currency) if figure is not None and has_price else None,
                has_many_prices=figure is not None and figure.lowest != figure.highest,
                available=figure.available if figure is not None else None,
                updated_at=row.updated_at,
                created_at=row.created_at,
            )
        )
    return tuple(told)
