"""What is offered while a shopper types: queries, categories and products.

The last word is taken as unfinished, a word that is not known as a slip. Only what the catalogue's own names, brands,
categories and attributes say is offered, never what others have typed: a shop has words before it has shoppers, and
nobody's query is shown to somebody else.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from uuid import UUID

import msgspec

from domains import pricing
from domains.catalog import Picture
from domains.kit import Money, Transaction
from domains.search.queries.correcting import beginnings, misbegun
from domains.search.queries.query import Query, Word
from domains.search.queries.ranking import expressions
from domains.search.queries.understanding import lexemes_of, understand
from domains.search.queries.views import CardBody
from domains.search.weighing import opening
from domains.search.words import MOST_WORDS, asked, bare, sku_of, words_of

NOTHING = Query(sku="", words=())
_MOST_SCORED = 500
_FEW_SCORED = 100
_LOOKED_AT = 40  # products in whose names pairs of words are looked for
_MOST_ENDS = 12  # ways a word may go on
_FEW_ENDS = 3  # of a letter or two, which may become anything
_LONG_ENOUGH = 3
_MOST_PAIRS = 4
_MOST_CATEGORIES = 4
_CATEGORIES_READ = 12
_OFTEN = 2
_SHORTEST_BEGUN = 2  # letters or digits; fewer begin too much

_PRODUCTS = """
SELECT d.variant_ids, d.card FROM search.documents d
WHERE d.price_from IS NOT NULL AND d.price_currency = :currency AND ({whole} OR {is_sku}) AND {promising}
ORDER BY ({is_sku}) DESC, {score} DESC, d.is_available DESC, d.sold DESC, d.published_at DESC, d.product_id
LIMIT :looked_at
"""
_BESIDE = """
SELECT term, coalesce((ts_lexize('pg_catalog.english_stem', term))[1], term) AS lexeme FROM (
    SELECT d.vocabulary FROM search.documents d WHERE d.words @@ CAST(:all_words AS tsquery) LIMIT :looked_at
) near CROSS JOIN LATERAL unnest(near.vocabulary) AS term
WHERE starts_with(term, :last) GROUP BY term ORDER BY count(*) DESC, term LIMIT :most
"""
_CATEGORIES = """
SELECT c.name, c.slug FROM catalog.categories c
WHERE c.is_active AND lower(unaccent(c.name)) ~ ALL(CAST(:patterns AS text[]))
  AND EXISTS (SELECT FROM search.documents d WHERE d.category_ids @> ARRAY[c.id] AND d.price_currency = :currency)
ORDER BY NOT starts_with(lower(unaccent(c.name)), :first), length(c.name), c.name LIMIT :most
"""


class SuggestedCategory(msgspec.Struct, frozen=True):
    """A category whose name has the words."""

    name: str
    slug: str


class SuggestedProduct(msgspec.Struct, frozen=True):
    """A product that has the words, with what it costs at this moment."""

    slug: str
    name: str
    image: Picture | None
    price_from: Money


class Suggestions(msgspec.Struct, frozen=True):
    """What is offered, the most useful first."""

    queries: tuple[str, ...] = ()
    categories: tuple[SuggestedCategory, ...] = ()
    products: tuple[SuggestedProduct, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.queries or self.categories or self.products)


async def suggest(tx: Transaction, q: str, *, currency: str, limit: int = 8) -> Suggestions:
    """What may be meant by the beginning `q` of a query, at most `limit` of each kind; any text is allowed.

    A product whose SKU it is stands first.
    """
    typed = words_of(asked(q))[: 2 * MOST_WORDS]
    if not typed:
        return Suggestions()
    begun = await understand(tx, " ".join(typed[:-1])) if typed[1:] else NOTHING
    finished = begun.corrected.split() or _completed(typed[:-1], begun)
    ends = await _ends(tx, begun, bare(typed[-1]))
    query = Query(
        sku=sku_of(asked(q)), words=(*begun.words[: MOST_WORDS - 1], _last(typed[-1], ends)), without=begun.without
    )
    found = await _found(tx, query, currency, most=_MOST_SCORED if len(typed[-1]) >= _LONG_ENOUGH else _FEW_SCORED)
    return Suggestions(
        queries=tuple(_queries(finished, ends, [body.name for body, _ in found])[:limit]),
        categories=await _categories(tx, [*finished, typed[-1]], ends, currency, min(limit, _MOST_CATEGORIES)),
        products=await _products(tx, found[:limit], currency),
    )


def _completed(words: Sequence[str], query: Query) -> list[str]:
    completed = {word.word: word.shown for word in query.words}
    return [completed.get(word, word) for word in words]


async def _ends(tx: Transaction, begun: Query, last: str) -> dict[str, str]:
    """The terms that the last word may become, those of the most documents first, with their lexemes."""
    if begun.words:
        beside = {"all_words": begun.all_words, "last": last, "looked_at": _MOST_SCORED, "most": _MOST_ENDS}
        terms = {row.term: row.lexeme for row in await tx.sql(_BESIDE, beside)}
    else:
        terms = await beginnings(tx, last, _MOST_ENDS, shortest=1)
    if not terms and (meant := await misbegun(tx, last)):
        terms = await lexemes_of(tx, [meant])
    return terms


def _last(word: str, ends: Mapping[str, str]) -> Word:
    if ends:
        likely = tuple(dict.fromkeys(ends.values()))[: _MOST_ENDS if len(word) >= _LONG_ENOUGH else _FEW_ENDS]
        return Word(word, likely, len(likely))
    return Word(word, (bare(word),), 1, is_begun=len(word) >= _SHORTEST_BEGUN)


async def _found(tx: Transaction, query: Query, currency: str, *, most: int) -> list[tuple[CardBody, Sequence[UUID]]]:
    ranked = expressions(query, 0, most=most)
    statement = _PRODUCTS.format(
        whole=ranked.whole, is_sku=ranked.is_sku, promising=ranked.promising, score=ranked.score
    )
    rows = await tx.sql(statement, {**ranked.values, "currency": currency, "looked_at": _LOOKED_AT})
    return [(msgspec.convert(row.card, CardBody), row.variant_ids) for row in rows]


async def _products(
    tx: Transaction, found: Sequence[tuple[CardBody, Sequence[UUID]]], currency: str
) -> tuple[SuggestedProduct, ...]:
    """With prices of this moment; what has none by now is left out."""
    prices = await pricing.prices(tx, [variant for _, variants in found for variant in variants], currency)
    shown: list[SuggestedProduct] = []
    for body, variants in found:
        lowest = min((prices[one].amount for one in variants if one in prices), default=None)
        if lowest is not None:
            shown.append(SuggestedProduct(body.slug, body.name, body.image, lowest))
    return tuple(shown)


def _queries(finished: Sequence[str], ends: Mapping[str, str], names: Iterable[str]) -> list[str]:
    """The text with its last word completed, and what the names of products often say beside that word."""
    before = " ".join(finished)
    written: dict[str, str] = {}
    for term, lexeme in ends.items():
        written.setdefault(lexeme, f"{before} {term}".strip())  # of "lamp" and "lamps" the more usual one
    completed = list(written.values())
    best = {term for term, lexeme in ends.items() if lexeme == next(iter(written))}
    pairs: Counter[tuple[str, str]] = Counter()
    for name in names if best and not finished else ():
        pairs.update({pair for pair in pairwise(words_of(opening(name))) if best & set(pair) and _are_words(pair)})
    said = [
        f"{one} {other}"
        for (one, other), times in pairs.most_common()
        if times >= _OFTEN and times >= pairs[other, one]  # "nail lamp" is said, "lamp nail" only happens
    ]
    return list(dict.fromkeys([*completed[:1], *said[:_MOST_PAIRS], *completed[1:]]))


def _are_words(pair: Iterable[str]) -> bool:
    return all(word.isalpha() and len(word) >= _LONG_ENOUGH for word in pair)


async def _categories(
    tx: Transaction, words: Sequence[str], ends: Iterable[str], currency: str, most: int
) -> tuple[SuggestedCategory, ...]:
    """The categories that show something and whose names have every word, the last as a beginning."""
    *finished, last = [bare(word) for word in words]
    lasts = "|".join(re.escape(word) for word in dict.fromkeys([last, *ends]))
    patterns = [rf"\m{re.escape(word)}" for word in finished] + [rf"\m({lasts})"]
    found = await tx.sql(
        _CATEGORIES,
        {"patterns": patterns, "first": " ".join([*finished, last]), "currency": currency, "most": _CATEGORIES_READ},
    )
    named: dict[str, str] = {}
    for row in found:
        named.setdefault(row.name, row.slug)  # of several of one name the first; the others cannot be told from it
    return tuple(SuggestedCategory(name, slug) for name, slug in named.items())[:most]
