"""How documents are made from what the domains below know: anew for some products, or for all."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from domains import catalog, inventory, pricing
from domains.kit import Transaction
from domains.search import facts
from domains.search.queries.views import CardBody, Choices, Swatch
from domains.search.words import sku_of, words_of
from domains.store import shop

_BATCH = 500

_PRODUCTS = """
SELECT p.id, p.name, p.slug, p.brand, p.sku, p.description, p.attributes,
       coalesce(p.published_at, p.created_at) AS published_at,
       array(SELECT media_id FROM catalog.product_images i WHERE i.product_id = p.id
             ORDER BY position, media_id LIMIT 2) AS media_ids,
       array(SELECT category_id FROM catalog.product_categories c WHERE c.product_id = p.id) || p.category_id
           AS category_ids,
       coalesce((SELECT sum(l.quantity) FROM orders.order_lines l JOIN orders.orders o ON o.id = l.order_id
                 WHERE l.product_id = p.id AND o.status IN ('confirmed', 'shipped', 'delivered')
                   AND o.created_at > kit.now() - interval '90 days'), 0) AS sold
FROM catalog.products p WHERE p.id = ANY(:ids) AND p.is_active
"""
_VARIANTS = """
SELECT v.product_id, v.id, v.sku FROM catalog.variants v
WHERE v.product_id = ANY(:ids) AND v.is_active ORDER BY v.product_id, v.position, v.sku
"""
_VALUES = """
SELECT o.product_id, o.name, ov.value, ov.swatch
FROM catalog.options o JOIN catalog.option_values ov ON ov.option_id = o.id
WHERE o.product_id = ANY(:ids)
  AND EXISTS (SELECT FROM catalog.variant_values vv JOIN catalog.variants v ON v.id = vv.variant_id AND v.is_active
              WHERE vv.value_id = ov.id)
ORDER BY o.product_id, o.position, o.name, ov.position, ov.value
"""
_ABOVE = """
WITH RECURSIVE above AS (
    SELECT id AS start, id, parent_id, name, slug, is_active FROM catalog.categories WHERE id = ANY(:ids)
    UNION ALL
    SELECT above.start, c.id, c.parent_id, c.name, c.slug, c.is_active
    FROM catalog.categories c JOIN above ON c.id = above.parent_id
)
SELECT start, array_agg(id) AS ids, array_agg(name) AS names, array_agg(slug) AS slugs
FROM above GROUP BY start HAVING bool_and(is_active)
"""
_WRITE = """
INSERT INTO search.documents AS d (product_id, words, skus, category_ids, variant_ids, sort_name, price_currency,
                                   price_from, price_to, is_available, tokens, rating_count, rating_average, sold,
                                   published_at, card, refreshed_at)
VALUES (:product_id,
        setweight(to_tsvector('search.english', :name), 'A') || setweight(to_tsvector('search.plain', :name), 'A')
        || setweight(to_tsvector('search.english', :labels), 'B')
        || setweight(to_tsvector('search.plain', :labels), 'B')
        || setweight(to_tsvector('search.english', :facts), 'C')
        || setweight(to_tsvector('search.english', :text), 'D'),
        :skus, :category_ids, :variant_ids, lower(unaccent(:sort_name)), :currency, :price_from, :price_to,
        :is_available, :tokens, :rating_count, :rating_average, :sold, :published_at, CAST(:card AS jsonb), kit.now())
ON CONFLICT (product_id) DO UPDATE SET
    words = excluded.words, skus = excluded.skus, category_ids = excluded.category_ids,
    variant_ids = excluded.variant_ids, sort_name = excluded.sort_name, price_currency = excluded.price_currency,
    price_from = excluded.price_from, price_to = excluded.price_to, is_available = excluded.is_available,
    tokens = excluded.tokens, rating_count = excluded.rating_count, rating_average = excluded.rating_average,
    sold = excluded.sold, published_at = excluded.published_at, card = excluded.card,
    refreshed_at = excluded.refreshed_at
"""


async def refresh(tx: Transaction, product_ids: Iterable[UUID]) -> int:
    """Make the documents of these products anew; those that are not shown lose theirs. Returns how many are shown.

    Safe to run again: a document holds only what is read here. One refresh runs at a time, so that the later of two
    cannot be overwritten by what the earlier one had read.
    """
    await _one_at_a_time(tx)
    written = 0
    for batch in batched(sorted(set(product_ids)), _BATCH):
        written += await _refresh_batch(tx, list(batch))
    return written


async def rebuild(tx: Transaction) -> int:
    """Make all documents anew; listings show the old ones until the commit. Returns how many there are."""
    await _one_at_a_time(tx)
    await tx.sql("DELETE FROM search.terms")
    await tx.sql("DELETE FROM search.facet_values")
    ids = list((await tx.sql("SELECT id FROM catalog.products WHERE is_active ORDER BY id")).scalars())
    await tx.sql("DELETE FROM search.documents WHERE product_id <> ALL(:ids)", {"ids": ids})
    return await refresh(tx, ids)


async def refresh_prices_due(tx: Transaction) -> int:
    """Refresh the products of which a planned price has begun since their document was made; for a timer."""
    due = await tx.sql(
        "SELECT DISTINCT d.product_id FROM search.documents d"
        " JOIN catalog.variants v ON v.product_id = d.product_id JOIN pricing.prices p ON p.variant_id = v.id"
        " WHERE p.valid_from > d.refreshed_at AND p.valid_from <= kit.now()"
    )
    return await refresh(tx, due.scalars().all())


async def _one_at_a_time(tx: Transaction) -> None:
    await tx.sql("SELECT pg_advisory_xact_lock(hashtext('search.refresh'))")


async def _refresh_batch(tx: Transaction, ids: list[UUID]) -> int:
    currency = (await shop(tx)).currency
    products = (await tx.sql(_PRODUCTS, {"ids": ids})).all()
    variants: dict[UUID, list[Any]] = {}
    for row in await tx.sql(_VARIANTS, {"ids": ids}):
        variants.setdefault(row.product_id, []).append(row)
    values: dict[UUID, list[Any]] = {}
    for row in await tx.sql(_VALUES, {"ids": ids}):
        values.setdefault(row.product_id, []).append(row)
    homes = {category for product in products for category in product.category_ids}
    above = {row.start: row for row in await tx.sql(_ABOVE, {"ids": list(homes)})}
    pictures = await catalog.pictures_of(tx, [media for product in products for media in product.media_ids])
    variant_ids = [variant.id for rows in variants.values() for variant in rows]
    prices = await pricing.prices(tx, variant_ids, currency)
    stock = await inventory.availability(tx, variant_ids)

    shown = [product for product in products if variants.get(product.id)]
    gone = sorted(set(ids) - {product.id for product in shown})
    await tx.sql("DELETE FROM search.documents WHERE product_id = ANY(:gone)", {"gone": gone})
    slugs = {
        product.id: {slug for one in product.category_ids if one in above for slug in above[one].slugs}
        for product in shown
    }
    gathered = await facts.gather(tx, shown, variants, slugs, prices, stock)
    documents: list[dict[str, Any]] = []
    terms: set[str] = set()
    for product in shown:
        own = [variant.id for variant in variants[product.id]]
        categories = [above[category] for category in product.category_ids if category in above]
        skus = sorted({sku_of(product.sku), *(sku_of(variant.sku) for variant in variants[product.id])})
        chosen = values.get(product.id, [])
        name = _spaced(product.name)
        labels = _spaced(product.brand or "", *skus, *(name for row in categories for name in row.names))
        features = _spaced(*_facts(product.attributes), *(value.value for value in chosen))
        body = CardBody(
            slug=product.slug,
            name=product.name,
            brand=product.brand,
            swatches=tuple(Swatch(value.value, value.swatch) for value in chosen if value.swatch),
            choices=_choices(chosen),
            image=pictures.get(product.media_ids[0]) if product.media_ids else None,
            second_image=pictures.get(product.media_ids[1]) if len(product.media_ids) > 1 else None,
        )
        documents.append(
            {
                "product_id": product.id,
                "name": name,
                "labels": labels,
                "facts": features,
                "text": _spaced(product.description or ""),
                "skus": skus,
                "category_ids": sorted({category for row in categories for category in row.ids}),
                "variant_ids": own,
                "sort_name": product.name,
                "currency": currency,
                "price_from": min((prices[v].amount.amount for v in own if v in prices), default=None),
                "is_available": any(stock[v].state != "out" for v in own if v in stock),
                "sold": product.sold,
                "published_at": product.published_at,
                "card": msgspec.json.encode(body).decode(),
                **gathered.facts[product.id].columns(),
            }
        )
        terms.update(word for word in (name + " " + labels + " " + features).split() if len(word) > 2)
    if documents:
        await tx.session.execute(text(_WRITE), documents)
        await facts.write(tx, gathered)
    await tx.sql(
        "INSERT INTO search.terms (word) SELECT DISTINCT unaccent(word) FROM unnest(CAST(:words AS text[])) AS word"
        " WHERE word !~ '[0-9]' ON CONFLICT DO NOTHING",
        {"words": sorted(terms)},
    )
    return len(shown)


def _spaced(*texts: str) -> str:
    """The words of the texts with single spaces, so that PostgreSQL's parser sees words and not paths or numbers."""
    return " ".join(word for text in texts for word in words_of(text))


def _facts(attributes: Mapping[str, Any]) -> list[str]:
    return [str(value) for value in attributes.values() if not isinstance(value, bool)]


def _choices(values: Sequence[Any]) -> tuple[Choices, ...]:
    """The options that are not colours and leave something to choose."""
    named: dict[str, list[str]] = {}
    for value in values:
        if not value.swatch:
            named.setdefault(value.name, []).append(value.value)
    return tuple(Choices(name, tuple(found)) for name, found in named.items() if len(found) > 1)
