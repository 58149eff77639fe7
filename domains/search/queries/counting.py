"""How many products each token would leave: one statement over what a listing could show.

A product misses each filter that does not hold for it. With nothing missed it is in the listing; with one missed it
counts for the values of that filter, because there values are alternatives. Filters on variants are judged variant by
variant.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from domains.kit import Transaction
from domains.search.queries.filters import PRICE, Condition, Conditions
from domains.search.tokens import is_of_variants, split

MOST_COUNTED = 5_000  # products; beyond, counts would cost more than they tell, and only a sample says what there is
_SAMPLE = 5_000
_MUCH = -1  # misses more than one filter


class Counts(msgspec.Struct, frozen=True):
    """What is left of a listing by its filters.

    `present` is in how many products each token is before any filter, `left` how many it would leave. Of very many
    products only a sample was looked at (`is_sample`): the tokens are true, the numbers are not.
    """

    total: int
    whole: int
    unfiltered: int
    present: Mapping[str, int]
    left: Mapping[str, int]
    lowest: int | None
    highest: int | None
    is_sample: bool = False


async def count(
    tx: Transaction, where: Sequence[str], values: Mapping[str, Any], narrowed: Conditions, *, whole: str
) -> Counts:
    """Count what documents `where` have, and what `narrowed` leaves of it; `whole` is which match a search wholly."""
    counts = await _count(tx, where, values, narrowed, whole=whole)
    if not counts.is_sample:
        return counts
    counted = f"SELECT count(*) AS total, count(*) FILTER (WHERE {whole}) AS whole FROM search.documents d WHERE "
    unfiltered = (await tx.sql(counted + " AND ".join(where), values)).one()
    total = unfiltered
    if narrowed.all:
        left = " AND ".join([*where, *narrowed.fast, *applied(narrowed)])
        total = (await tx.sql(counted + left, {**values, **narrowed.values})).one()
    return msgspec.structs.replace(counts, total=total.total, whole=total.whole, unfiltered=unfiltered.total)


def applied(narrowed: Conditions) -> list[str]:
    """Conditions on documents that hold where every filter does.

    A question for each document and no EXISTS, which the planner may answer by reading the offers of the whole shop.
    """
    on_products = [one.sql for one in narrowed.of_products]
    on_variants = [one.sql for one in narrowed.of_variants]
    if not on_variants:
        return on_products
    return [
        *on_products,
        f"(SELECT true FROM search.offers o WHERE o.product_id = d.product_id AND {' AND '.join(on_variants)} LIMIT 1)",
    ]


async def _count(
    tx: Transaction, where: Sequence[str], values: Mapping[str, Any], narrowed: Conditions, *, whole: str
) -> Counts:
    on_products, on_variants = narrowed.of_products, narrowed.of_variants
    bits = {one.code: 1 << place for place, one in enumerate([*on_products, *on_variants])}
    no_variant = 1 << len(bits)
    base = (
        "WITH base AS MATERIALIZED (SELECT d.product_id, d.tokens, d.price_from, d.price_to,"
        f" ({whole}) AS whole, {_missed(on_products, bits)} AS missed"
        f" FROM search.documents d WHERE {' AND '.join(where)} LIMIT :most + 1), looked AS (SELECT * FROM base"
        " LIMIT CASE WHEN (SELECT count(*) FROM base) > :most THEN CAST(:sample AS int) END)"
    )
    if on_variants:
        missed = _missed(on_variants, bits)
        statement = base + _VARIANTS.format(missed=missed, no_variant=no_variant, price=bits.get(PRICE, 0))
    else:
        statement = base + _PRODUCTS
    limits = {"most": MOST_COUNTED, "sample": _SAMPLE}
    rows = (await tx.sql(statement, {**values, **narrowed.values, **limits})).all()

    present: Counter[str] = Counter()
    left: Counter[str] = Counter()
    total = whole_total = unfiltered = 0
    lowest: int | None = None
    highest: int | None = None
    for row in rows:
        if row.kind == "base":
            unfiltered = row.found
        elif row.kind == "all":
            if row.missed == 0:
                total, whole_total = row.found, row.whole
                lowest, highest = row.lowest, row.highest
        elif row.kind == "price":
            lowest, highest = row.lowest, row.highest
        else:
            code, _ = split(row.token)
            counts_here = row.kind == "variant" or not (on_variants and is_of_variants(code))
            if row.kind == "product":
                present[row.token] += row.found
            if counts_here and row.missed in (0, bits.get(code)):
                left[row.token] += row.found
    return Counts(
        total=total,
        whole=whole_total,
        unfiltered=unfiltered,
        present=present,
        left=left,
        lowest=lowest,
        highest=highest,
        is_sample=unfiltered > MOST_COUNTED,
    )


def _missed(conditions: Sequence[Condition], bits: Mapping[str, int]) -> str:
    """Which of the filters do not hold, as the sum of their bits; `_MUCH` for more than one is left to the caller."""
    parts = [f"CASE WHEN {one.sql} THEN 0 ELSE {bits[one.code]} END" for one in conditions]
    return f"({' + '.join(parts)})" if parts else "0"


_PRODUCTS = f"""
, judged AS (
    SELECT *, CASE WHEN missed & (missed - 1) = 0 THEN missed ELSE {_MUCH} END AS misses FROM looked
)
SELECT 'product' AS kind, token, misses AS missed, count(*) AS found, 0 AS whole,
       CAST(NULL AS bigint) AS lowest, CAST(NULL AS bigint) AS highest
FROM judged CROSS JOIN LATERAL unnest(tokens) AS token GROUP BY token, misses
UNION ALL
SELECT 'all', NULL, misses, count(*), count(*) FILTER (WHERE whole), min(price_from), max(price_to)
FROM judged GROUP BY misses
UNION ALL
SELECT 'base', NULL, 0, count(*), 0, NULL, NULL FROM base
"""
# No joins but the one with the offers: how many rows a step gives is not foreseen well, and a bad guess is dear.
# A product that misses nothing itself but has no fitting variant misses `no_variant`, which is no filter's own bit.
_VARIANTS = """
, offered AS MATERIALIZED (
    SELECT b.product_id, b.tokens AS product_tokens, b.whole, b.missed AS product_missed, o.price, o.tokens,
           {missed} AS missed
    FROM looked b JOIN search.offers o ON o.product_id = b.product_id
), judged AS (
    SELECT any_value(product_tokens) AS tokens, any_value(whole) AS whole,
           CASE WHEN NOT bool_or(missed = 0) THEN CASE any_value(product_missed) WHEN 0 THEN {no_variant} ELSE -1 END
                WHEN any_value(product_missed) & (any_value(product_missed) - 1) = 0 THEN any_value(product_missed)
                ELSE -1 END AS misses
    FROM offered GROUP BY product_id
), near AS (
    SELECT product_id, price, tokens, missed FROM offered WHERE product_missed = 0 AND missed & (missed - 1) = 0
)
SELECT 'product' AS kind, token, misses AS missed, count(*) AS found, 0 AS whole,
       CAST(NULL AS bigint) AS lowest, CAST(NULL AS bigint) AS highest
FROM judged CROSS JOIN LATERAL unnest(tokens) AS token GROUP BY token, misses
UNION ALL
SELECT 'variant', token, missed, count(*), 0, NULL, NULL
FROM (SELECT DISTINCT product_id, token, missed FROM near CROSS JOIN LATERAL unnest(tokens) AS token) different
GROUP BY token, missed
UNION ALL
SELECT 'all', NULL, misses, count(*), count(*) FILTER (WHERE whole), NULL, NULL FROM judged GROUP BY misses
UNION ALL
SELECT 'price', NULL, 0, 0, 0, min(price), max(price) FROM near WHERE missed IN (0, {price})
UNION ALL
SELECT 'base', NULL, 0, count(*), 0, NULL, NULL FROM base
"""
