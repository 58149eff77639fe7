"""Listings: a category's products or a search's, a page at a time."""

import math
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from domains.kit import Transaction
from domains.search.queries.cards import cards
from domains.search.queries.counting import applied, count
from domains.search.queries.facets import facets
from domains.search.queries.filters import Conditions, Filters, conditions
from domains.search.queries.ranking import MOST_SCORED, Expressions, expressions, understand
from domains.search.queries.views import MOST_PAGES, PAGE_SIZE, Card, Listing, Sort

_FEATURED = "d.is_available DESC, d.sold DESC, d.published_at DESC, d.product_id"
_RATED = "(d.rating_average * d.rating_count + 15) / (d.rating_count + 5) DESC NULLS LAST"  # as if five had given 3
NOTHING = Filters()
_SHOWN = "d.price_from IS NOT NULL AND d.price_currency = :currency"
_COLUMNS = "d.product_id, d.variant_ids, d.card, d.rating_count, d.rating_average, CAST(NULL AS text) AS sku"


async def listing(
    tx: Transaction,
    *,
    currency: str,
    category_id: UUID | None = None,
    q: str | None = None,
    literal: bool = False,
    filters: Filters = NOTHING,
    sort: Sort = Sort.FEATURED,
    page: int = 1,
) -> Listing:
    """A page of what a category shows, of what answers `q`, or of everything, narrowed by `filters`, with its facets.

    Only products that are shown and have a price in `currency`. A page past the end is the last one. Within a search,
    products that match every word stand before those that match some, whatever the order. `literal` searches for what
    was typed, also where it looks like a slip.
    """
    narrowed = conditions(filters)
    where, values = [_SHOWN], dict[str, Any]({"currency": currency})
    ranked: Expressions | None = None
    if category_id is not None:
        where.append("d.category_ids @> CAST(:category AS uuid[])")
        values["category"] = [category_id]
    corrected = ""
    if q is not None:
        query = await understand(tx, q, literal=literal)
        if query.is_empty:
            return Listing(cards=(), total=0, page=1, pages=1, sort=sort, filters=filters)
        ranked = expressions(query, await _count_documents(tx), within=[*narrowed.fast, *applied(narrowed)])
        where.append(ranked.matches)
        values |= {**ranked.values, **narrowed.values}
        corrected = query.corrected
    whole = ranked.whole if ranked is not None else "CAST(false AS boolean)"
    counts = await count(tx, where, values, narrowed, whole=whole)
    found = await facets(tx, counts, filters, currency=currency, here=category_id)

    where += narrowed.fast
    reachable = counts.total
    if ranked is not None and sort is Sort.FEATURED and counts.total > MOST_SCORED:
        where.append(ranked.promising)
        reachable = MOST_SCORED
    pages = max(1, min(MOST_PAGES, math.ceil(reachable / PAGE_SIZE)))
    page = min(max(page, 1), pages)
    rows = await tx.sql(
        _page(where, narrowed, sort, ranked),
        {**values, **narrowed.values, "size": PAGE_SIZE, "start": (page - 1) * PAGE_SIZE},
    )
    return Listing(
        cards=await cards(tx, rows.all(), currency),
        total=counts.total,
        page=page,
        pages=pages,
        sort=sort,
        whole=counts.whole,
        corrected=corrected,
        filters=filters,
        facets=tuple(found),
        unfiltered=counts.unfiltered,
    )


async def newest(tx: Transaction, n: int, *, currency: str) -> list[Card]:
    """The products published last that can be had."""
    return await _first(tx, n, "d.is_available DESC, d.published_at DESC, d.product_id", currency)


async def popular(
    tx: Transaction, n: int, *, currency: str, sold_only: bool = False, category_id: UUID | None = None
) -> list[Card]:
    """The products, of a category if one is named, that sold most in the last 90 days and can be had; `sold_only`
    leaves out what nobody bought."""
    where = "d.sold > 0" if sold_only else "true"
    if category_id is None:
        return await _first(tx, n, _FEATURED, currency, where=where)
    within = f"{where} AND d.category_ids @> CAST(:category AS uuid[])"
    return await _first(tx, n, _FEATURED, currency, where=within, category=[category_id])


async def chosen(tx: Transaction, product_ids: Sequence[UUID], *, currency: str) -> list[Card]:
    """These products in this order; those that are not shown are left out."""
    return await _first(
        tx,
        len(product_ids),
        "array_position(CAST(:wanted AS uuid[]), d.product_id)",
        currency,
        where="d.product_id = ANY(:wanted)",
        wanted=list(product_ids),
    )


async def related(tx: Transaction, product_id: UUID, n: int, *, currency: str) -> list[Card]:
    """Products that share the most categories with this one, those that sell first."""
    rows = await tx.sql(
        f"SELECT {_COLUMNS} FROM search.documents d JOIN search.documents own ON own.product_id = :product"
        f" WHERE {_SHOWN} AND d.category_ids && own.category_ids AND d.product_id <> :product"
        " ORDER BY cardinality(array(SELECT unnest(d.category_ids) INTERSECT SELECT unnest(own.category_ids))) DESC,"
        f" {_FEATURED} LIMIT :n",
        {"product": product_id, "n": n, "currency": currency},
    )
    return await cards(tx, rows.all(), currency)


async def _first(
    tx: Transaction, n: int, order: str, currency: str, *, where: str = "true", **values: Any
) -> list[Card]:
    rows = await tx.sql(
        f"SELECT {_COLUMNS} FROM search.documents d WHERE {_SHOWN} AND {where} ORDER BY {order} LIMIT :n",
        {"n": n, "currency": currency, **values},
    )
    return await cards(tx, rows.all(), currency)


def _page(where: Sequence[str], narrowed: Conditions, sort: Sort, ranked: Expressions | None) -> str:
    """A page of documents `where`; where filters are on variants, each with those that fit, the cheapest first."""
    all_where = " AND ".join([*where, *applied(narrowed)])
    limits = "LIMIT :size OFFSET :start"
    fit = " AND ".join(["o.product_id = d.product_id", *(one.sql for one in narrowed.of_variants)])
    if not narrowed.of_variants:
        order = _order(sort, ranked, "d.price_from")
        return f"SELECT {_COLUMNS} FROM search.documents d WHERE {all_where} ORDER BY {order} {limits}"
    order = _order(sort, ranked, f"(SELECT min(o.price) FROM search.offers o WHERE {fit})")
    return (
        "SELECT d.product_id, fitting.variant_ids, d.card, d.rating_count, d.rating_average, fitting.sku"
        f" FROM (SELECT d.*, row_number() OVER (ORDER BY {order}) AS place FROM search.documents d"
        f" WHERE {all_where} ORDER BY {order} {limits}) d"
        " CROSS JOIN LATERAL (SELECT array_agg(o.variant_id) AS variant_ids,"
        f" (array_agg(o.sku ORDER BY o.price, o.sku))[1] AS sku FROM search.offers o WHERE {fit}) fitting"
        " ORDER BY d.place"
    )


def _order(sort: Sort, ranked: Expressions | None, price: str) -> str:
    """The order by `sort`; within a search an exact SKU is first, and products with every word come before others."""
    orders = {
        Sort.FEATURED: _FEATURED,
        Sort.NEWEST: "d.published_at DESC, d.product_id DESC",
        Sort.PRICE_UP: f"{price}, d.sort_name, d.product_id",
        Sort.PRICE_DOWN: f"{price} DESC, d.sort_name, d.product_id",
        Sort.RATING: f"{_RATED}, {_FEATURED}",
        Sort.NAME: "d.sort_name, d.product_id",
    }
    if ranked is None:
        return orders[sort]
    if sort is Sort.FEATURED:
        return f"({ranked.is_sku}) DESC, {ranked.score} DESC, {_FEATURED}"
    return f"({ranked.is_sku}) DESC, ({ranked.whole}) DESC, {orders[sort]}"


async def _count_documents(tx: Transaction) -> int:
    estimate = await tx.sql(
        "SELECT CAST(reltuples AS bigint) FROM pg_class WHERE oid = CAST('search.documents' AS regclass)"
    )
    known: int = estimate.scalar_one()
    if known >= 1000:  # the planner's figure is near enough, and free
        return known
    counted: int = (await tx.sql("SELECT count(*) FROM search.documents")).scalar_one()
    return counted
