"""How documents are made from what the domains below know: anew for some products, or for all."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import batched
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from domains import catalog, inventory, pricing
from domains.kit import Transaction
from domains.search import facts, weighing
from domains.search.queries.views import CardBody, Choices, Swatch
from domains.search.words import sku_of
from domains.store import shop

FORM = 1  # of a document as it is made here; those of another form are made anew by the worker
_BATCH = 500
_SHORTEST_TERM = 3

_PRODUCTS = """
SELECT p.id, p.name, p.slug, p.brand, p.sku, p.description, p.product_type, p.tags, p.attributes,
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
SELECT v.product_id, v.id, v.sku, v.barcode FROM catalog.variants v
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
    SELECT id AS start, 0 AS depth, id, parent_id, name, slug, is_active FROM catalog.categories WHERE id = ANY(:ids)
    UNION ALL
    SELECT above.start, above.depth + 1, c.id, c.parent_id, c.name, c.slug, c.is_active
    FROM catalog.categories c JOIN above ON c.id = above.parent_id
)
SELECT start, array_agg(id) AS ids, array_agg(name ORDER BY depth) AS names, array_agg(slug) AS slugs
FROM above GROUP BY start HAVING bool_and(is_active)
"""
_FORMS = """
SELECT word, unaccent(word) AS plain, (ts_lexize('pg_catalog.english_stem', unaccent(word)))[1] AS stem
FROM unnest(CAST(:words AS text[])) AS word
"""
_WRITE = """
INSERT INTO search.documents AS d (product_id, words, vocabulary, form, skus, category_ids, variant_ids, sort_name,
                                   price_currency, price_from, price_to, is_available, tokens, rating_count,
                                   rating_average, sold, published_at, card, refreshed_at)
VALUES (:product_id, CAST(:words AS tsvector), :vocabulary, :form, :skus, :category_ids, :variant_ids,
        lower(unaccent(:sort_name)), :currency, :price_from, :price_to, :is_available, :tokens, :rating_count,
        :rating_average, :sold, :published_at, CAST(:card AS jsonb), kit.now())
ON CONFLICT (product_id) DO UPDATE SET
    words = excluded.words, vocabulary = excluded.vocabulary, form = excluded.form, skus = excluded.skus,
    category_ids = excluded.category_ids, variant_ids = excluded.variant_ids, sort_name = excluded.sort_name,
    price_currency = excluded.price_currency, price_from = excluded.price_from, price_to = excluded.price_to,
    is_available = excluded.is_available, tokens = excluded.tokens, rating_count = excluded.rating_count,
    rating_average = excluded.rating_average, sold = excluded.sold, published_at = excluded.published_at,
    card = excluded.card, refreshed_at = excluded.refreshed_at
"""
_COUNT_TERMS = """
INSERT INTO search.terms AS t (word, documents)
SELECT word, change FROM unnest(CAST(:words AS text[]), CAST(:changes AS int[])) AS counted (word, change)
ON CONFLICT (word) DO UPDATE SET documents = t.documents + excluded.documents
"""


async def refresh(tx: Transaction, product_ids: Iterable[UUID]) -> int:
    """Make the documents of these products anew; those that are not shown lose theirs. Returns how many are shown.

    Safe to run again: a document holds only what is read here. One refresh runs at a time, so that the later of two
    cannot be overwritten by what the earlier one had read.
    """
    await _one_at_a_time(tx)
    written = 0
    for batch in batched(sorted(set(product_ids)), _BATCH):
        written += await _refresh_batch(tx, list(batch), counted=True)
    return written


async def rebuild(tx: Transaction) -> int:
    """Make all documents anew; listings show the old ones until the commit. Returns how many there are."""
    await _one_at_a_time(tx)
    await tx.sql("DELETE FROM search.terms")
    await tx.sql("DELETE FROM search.facet_values")
    ids = list((await tx.sql("SELECT id FROM catalog.products WHERE is_active ORDER BY id")).scalars())
    await tx.sql("DELETE FROM search.documents WHERE product_id <> ALL(:ids)", {"ids": ids})
    written = 0
    for batch in batched(ids, _BATCH):
        written += await _refresh_batch(tx, list(batch), counted=False)
    return written


async def refresh_prices_due(tx: Transaction) -> int:
    """Refresh the products of which a planned price has begun since their document was made; for a timer."""
    due = await tx.sql(
        "SELECT DISTINCT d.product_id FROM search.documents d"
        " JOIN catalog.variants v ON v.product_id = d.product_id JOIN pricing.prices p ON p.variant_id = v.id"
        " WHERE p.valid_from > d.refreshed_at AND p.valid_from <= kit.now()"
    )
    return await refresh(tx, due.scalars().all())


async def renew(tx: Transaction) -> int:
    """Make a few of the documents anew that an earlier version of this program made otherwise; for a timer.

    Returns how many, so 0 when all are of the present form.
    """
    old = await tx.sql(
        "SELECT product_id FROM search.documents WHERE form <> :form ORDER BY product_id LIMIT :most",
        {"form": FORM, "most": _BATCH},
    )
    return await refresh(tx, old.scalars().all())


async def _one_at_a_time(tx: Transaction) -> None:
    await tx.sql("SELECT pg_advisory_xact_lock(hashtext('search.refresh'))")


async def _refresh_batch(tx: Transaction, ids: list[UUID], *, counted: bool) -> int:
    """Make these documents anew; `counted` is whether the words of those that are there now are among the terms."""
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
    slugs = {
        product.id: {slug for one in product.category_ids if one in above for slug in above[one].slugs}
        for product in shown
    }
    gathered = await facts.gather(tx, shown, variants, slugs, prices, stock)
    in_words: dict[UUID, weighing.Split] = {}
    for product in shown:
        chosen = values.get(product.id, [])
        in_words[product.id] = weighing.split(
            _texts(product, variants[product.id], chosen, [above[one] for one in product.category_ids if one in above])
        )
    forms = await _forms(tx, {word for one in in_words.values() for word in one.words})
    documents: list[dict[str, Any]] = []
    vocabularies: dict[UUID, list[str]] = {}
    for product in shown:
        own = [variant.id for variant in variants[product.id]]
        categories = [above[category] for category in product.category_ids if category in above]
        chosen = values.get(product.id, [])
        vocabularies[product.id] = _vocabulary(in_words[product.id], forms)
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
                "words": weighing.vector(in_words[product.id], forms),
                "vocabulary": vocabularies[product.id],
                "form": FORM,
                "skus": _skus(product, variants[product.id]),
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
    await _count_terms(tx, ids if counted else [], vocabularies)
    await tx.sql("DELETE FROM search.documents WHERE product_id = ANY(:gone)", {"gone": gone})
    if documents:
        await tx.session.execute(text(_WRITE), documents)
        await facts.write(tx, gathered)
    return len(shown)


async def _forms(tx: Transaction, words: Collection[str]) -> dict[str, weighing.Form]:
    rows = await tx.sql(_FORMS, {"words": sorted(words)})
    return {row.word: weighing.Form(row.plain, row.stem) for row in rows}


async def _count_terms(tx: Transaction, ids: Sequence[UUID], vocabularies: Mapping[UUID, Sequence[str]]) -> None:
    """Keep in how many documents each term is: what the documents had is taken off, what they will have is added."""
    changes: Counter[str] = Counter()
    before = await tx.sql("SELECT vocabulary FROM search.documents WHERE product_id = ANY(:ids)", {"ids": list(ids)})
    for vocabulary in before.scalars():
        changes.subtract(vocabulary)
    for words in vocabularies.values():
        changes.update(words)
    changed = sorted((word, change) for word, change in changes.items() if change)
    if not changed:
        return
    await tx.sql(_COUNT_TERMS, {"words": [word for word, _ in changed], "changes": [change for _, change in changed]})
    fewer = [word for word, change in changed if change < 0]
    if fewer:
        await tx.sql("DELETE FROM search.terms WHERE word = ANY(:words) AND documents <= 0", {"words": fewer})


def _texts(product: Any, variants: Sequence[Any], chosen: Sequence[Any], categories: Sequence[Any]) -> weighing.Texts:
    """What is known of a product in words; a category's names stand from its own up to the root's."""
    return weighing.Texts(
        name=product.name,
        brand=product.brand or "",
        categories=[product.product_type or "", *(row.names[0] for row in categories)],
        above=list(dict.fromkeys(name for row in categories for name in row.names[1:])),
        facts=[
            *_facts(product.attributes),
            *(value.value for value in chosen),
            *product.tags,
            *_skus(product, variants),
        ],
        description=product.description or "",
    )


def _skus(product: Any, variants: Sequence[Any]) -> list[str]:
    """What names the product exactly: its SKU and those of its variants, and their barcodes."""
    barcodes = {sku_of(variant.barcode) for variant in variants if variant.barcode}
    return sorted({sku_of(product.sku), *(sku_of(variant.sku) for variant in variants), *barcodes})


def _vocabulary(product: weighing.Split, forms: Mapping[str, weighing.Form]) -> list[str]:
    """The words worth suggesting and correcting to: of labels, without numbers and what is no word of its own."""
    known = (forms[word] for word in product.labels)
    return sorted(
        {
            form.plain
            for form in known
            if form.stem and len(form.plain) >= _SHORTEST_TERM and not any(sign.isdigit() for sign in form.plain)
        }
    )


def _facts(attributes: Mapping[str, Any]) -> list[str]:
    return [str(value) for value in attributes.values() if not isinstance(value, bool)]


def _choices(values: Sequence[Any]) -> tuple[Choices, ...]:
    """The options that are not colours and leave something to choose."""
    named: dict[str, list[str]] = {}
    for value in values:
        if not value.swatch:
            named.setdefault(value.name, []).append(value.value)
    return tuple(Choices(name, tuple(found)) for name, found in named.items() if len(found) > 1)
