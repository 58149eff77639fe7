"""How well a document answers a query.

Every word adds how rare it is times where it stands (name over brand, category and SKU over attributes over
description). The sum is scaled by the share of the words that match at all, so that a product of which some words do
not match ranks lower and does not vanish. An exact SKU comes first.
"""

import math
from collections.abc import Mapping
from typing import Any

import msgspec

from domains.kit import Transaction
from domains.search.words import asked, asked_words, sku_of

MOST_SCORED = 5000  # documents; a score costs 20 to 30 µs for each word and document
_WEIGHTS = "'{0.1, 0.25, 0.6, 1.0}'"  # of description, attributes, labels and name
_ENOUGH = 5000  # a word in more documents than this is simply common; counting on would cost more than it tells

_LOOK_UP = """
SELECT asked.word, CAST(q.query AS text) AS query,
       numnode(plainto_tsquery('search.english', asked.word)) = 0 AS is_stop,
       (SELECT count(*) FROM (SELECT FROM search.documents d WHERE d.words @@ q.query LIMIT :enough) hit) AS found
FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS asked (word, place)
CROSS JOIN LATERAL (SELECT plainto_tsquery('search.english', asked.word)
                           || plainto_tsquery('search.plain', asked.word) AS query) q
ORDER BY asked.place
"""
_BEGINNINGS = """
SELECT CAST(q.query AS text) AS query,
       (SELECT count(*) FROM (SELECT FROM search.documents d WHERE d.words @@ q.query LIMIT :enough) hit) AS found
FROM (SELECT to_tsquery('search.plain', :beginning) AS query) q
"""


class Word(msgspec.Struct, frozen=True):
    """A word of a query: what it is looked up by, and in how many documents it is."""

    word: str
    query: str
    found: int


class Query(msgspec.Struct, frozen=True):
    """A query as the database can answer it; `unknown` are the words that no document has."""

    sku: str
    words: tuple[Word, ...]
    unknown: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.sku


async def understand(tx: Transaction, text: str) -> Query:
    """Split `text` into words that can be looked up; any text is a query, also an empty one.

    Words such as "the" count only if there are no others. A word that is in no document stands for all words it is
    the beginning of.
    """
    rows = (await tx.sql(_LOOK_UP, {"words": asked_words(text), "enough": _ENOUGH})).all()
    meaning = [row for row in rows if not row.is_stop] or rows
    words: list[Word] = []
    unknown: list[str] = []
    for row in meaning:
        if not row.query:
            continue
        if row.found:
            words.append(Word(row.word, row.query, row.found))
            continue
        begun = await _beginning(tx, row.word)
        if begun is None:
            unknown.append(row.word)
        words.append(begun or Word(row.word, row.query, 0))
    return Query(sku=sku_of(asked(text)), words=tuple(words), unknown=tuple(unknown))


async def _beginning(tx: Transaction, word: str) -> Word | None:
    if len(word) < 3:
        return None
    row = (await tx.sql(_BEGINNINGS, {"beginning": f"{word}:*", "enough": _ENOUGH})).one()
    return Word(word, row.query, row.found) if row.found else None


class Expressions(msgspec.Struct, frozen=True):
    """SQL over `search.documents d` for a query, and its values.

    `matches` is which documents have any of its words or its SKU, `whole` which have every word, `score` how well one
    answers. `promising` picks the few thousand documents worth a score where very many match: those with every word,
    then as many of each word as there is room for, so that no rare word is lost among common ones.
    """

    matches: str
    whole: str
    score: str
    is_sku: str
    promising: str
    values: Mapping[str, Any]


def expressions(query: Query, documents: int) -> Expressions:
    """The query as SQL; `documents` is how many there are, which makes a word rare or common."""
    values: dict[str, Any] = {"sku": [query.sku]}
    is_sku = "d.skus && CAST(:sku AS text[])"
    if not query.words:
        return Expressions(
            matches=is_sku,
            whole="CAST(false AS boolean)",
            score="CAST(0 AS real)",
            is_sku=is_sku,
            promising=is_sku,
            values=values,
        )
    values["any_word"] = " | ".join(f"( {word.query} )" for word in query.words)
    values["all_words"] = " & ".join(f"( {word.query} )" for word in query.words)
    values["most"] = MOST_SCORED
    values["most_each"] = MOST_SCORED // len(query.words)
    hits: list[str] = []
    parts: list[str] = []
    picks = [_pick(is_sku, "most"), _pick("d.words @@ CAST(:all_words AS tsquery)", "most")]
    for number, word in enumerate(query.words):
        values[f"word{number}"] = word.query
        values[f"rarity{number}"] = rarity(word.found, documents)
        has_it = f"d.words @@ CAST(:word{number} AS tsquery)"
        hits.append(f"({has_it})::int")
        parts.append(f":rarity{number} * ts_rank({_WEIGHTS}, d.words, CAST(:word{number} AS tsquery))")
        picks.append(_pick(has_it, "most_each"))
    if len(query.words) > 1:
        parts.append(f"ts_rank_cd({_WEIGHTS}, d.words, CAST(:all_words AS tsquery), 4)")
    return Expressions(
        matches=f"(d.words @@ CAST(:any_word AS tsquery) OR {is_sku})",
        whole="d.words @@ CAST(:all_words AS tsquery)",
        score=f"(({' + '.join(parts)}) * power(({' + '.join(hits)}) / {len(query.words)}.0, 2))",
        is_sku=is_sku,
        promising=f"d.product_id IN ({' UNION '.join(picks)})",
        values=values,
    )


def _pick(condition: str, limit: str) -> str:
    return f"(SELECT d.product_id FROM search.documents d WHERE {condition} LIMIT :{limit})"


def rarity(found: int, documents: int) -> float:
    """BM25's weight of a word: about 0.1 in every document, growing as it is in fewer."""
    documents = max(documents, found, 1)
    return max(0.1, math.log(1 + (documents - found + 0.5) / (found + 0.5)))
