"""What the shop's search is measured against, and what each of its parts brings. See `bench.search_quality`."""

import math
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from bench.judging import RECALL_DEPTH, Answer, Judged, Product
from bench.scratch import BENCH, analyse
from domains import search
from domains.kit import Database, Transaction
from domains.search import weighing
from domains.search.queries import ranking, understanding

K1, B = 1.5, 0.75  # of BM25
_TITLE_TIMES = 3

_PLAIN = """
CREATE TEMPORARY TABLE plain ON COMMIT DROP AS
SELECT asin, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', rest), 'D') AS words,
       to_tsvector('english', repeat(title || ' ', :times) || rest) AS repeated
FROM unnest(CAST(:asins AS text[]), CAST(:titles AS text[]), CAST(:rests AS text[])) AS product (asin, title, rest)
"""
_RANKED = """
SELECT asin FROM plain, {query} AS query WHERE words @@ query ORDER BY ts_rank(words, query) DESC, asin LIMIT :depth
"""
_ALL = "plainto_tsquery('english', :text)"
_ANY = "CAST(replace(CAST(plainto_tsquery('english', :text) AS text), ' & ', ' | ') AS tsquery)"
_OCCURRENCES = """
SELECT asin, (SELECT sum(cardinality(positions)) FROM unnest(repeated)) AS length,
       array(SELECT lexeme FROM unnest(repeated) WHERE lexeme = ANY(:lexemes)) AS lexemes,
       array(SELECT cardinality(positions) FROM unnest(repeated) WHERE lexeme = ANY(:lexemes)) AS times
FROM plain
"""
_LEXEMES = "SELECT lexeme FROM unnest(to_tsvector('english', :text))"


async def baselines(db: Database, products: Sequence[Product], judged: Sequence[Judged]) -> dict[str, list[Answer]]:
    """What PostgreSQL's own full text and BM25 answer, over the same texts."""
    async with db.transaction(BENCH) as tx:
        await tx.sql(
            _PLAIN,
            {
                "asins": [product.asin for product in products],
                "titles": [product.title for product in products],
                "rests": [
                    " ".join([product.text, product.brand or "", product.color or "", *product.category])
                    for product in products
                ],
                "times": _TITLE_TIMES,
            },
        )
        return {
            "PostgreSQL, every word required, ts_rank": await _ranked(tx, _ALL, judged),
            "PostgreSQL, any word, ts_rank": await _ranked(tx, _ANY, judged),
            "BM25 (k1 1.5, b 0.75, English stems, title three times)": await _bm25(tx, judged),
        }


async def _ranked(tx: Transaction, query: str, judged: Sequence[Judged]) -> list[Answer]:
    statement = _RANKED.format(query=query)
    return [
        Answer(one, list((await tx.sql(statement, {"text": one.query, "depth": RECALL_DEPTH})).scalars()))
        for one in judged
    ]


async def _bm25(tx: Transaction, judged: Sequence[Judged]) -> list[Answer]:
    asked = [list((await tx.sql(_LEXEMES, {"text": one.query})).scalars()) for one in judged]
    rows = (await tx.sql(_OCCURRENCES, {"lexemes": sorted({lexeme for one in asked for lexeme in one})})).all()
    average = sum(row.length for row in rows) / len(rows)
    within: dict[str, dict[str, int]] = {}
    for row in rows:
        for lexeme, times in zip(row.lexemes, row.times, strict=True):
            within.setdefault(lexeme, {})[row.asin] = times
    damped = {row.asin: K1 * (1 - B + B * float(row.length) / float(average)) for row in rows}
    answers = []
    for one, lexemes in zip(judged, asked, strict=True):
        scores: dict[str, float] = {}
        for lexeme in lexemes:
            found = within.get(lexeme, {})
            rarity = math.log(1 + (len(rows) - len(found) + 0.5) / (len(found) + 0.5))
            for asin, times in found.items():
                scores[asin] = scores.get(asin, 0.0) + rarity * times * (K1 + 1) / (times + damped[asin])
        answers.append(Answer(one, sorted(scores, key=lambda asin: (-scores[asin], asin))[:RECALL_DEPTH]))
    return answers


type Change = tuple[Any, str, Any]  # an attribute of a module or class, and what stands there instead

SLIPS = "slips mended and words parted"
_NO_CATEGORIES = tuple(field for field in weighing.FIELDS if field.name not in {"categories", "above"})
_NO_DESCRIPTIONS = tuple(field for field in weighing.FIELDS if field.name != "description")
PARTS: Mapping[str, tuple[Change, ...]] = {
    "the opening of the name": ((weighing, "opening", lambda name: name),),
    "categories as words": ((weighing, "FIELDS", _NO_CATEGORIES),),
    "descriptions as words": ((weighing, "FIELDS", _NO_DESCRIPTIONS),),
    "damping by length": ((weighing, "_DAMPING", 0.0),),
    "neighbours in the name as one word": ((weighing.Split, "joined", property(lambda split: [])),),
    SLIPS: (),  # asked literally
    'a meaning of "without"': ((understanding, "_WITHOUT", ""),),
    "more for having every word": ((ranking, "_WHOLE", 0.0),),
}


@asynccontextmanager
async def without(db: Database, changes: Sequence[Change]) -> AsyncIterator[None]:
    """The search with a part taken out: documents are made anew without it, and again with it."""
    before = [(where, name, getattr(where, name)) for where, name, _ in changes]
    for where, name, instead in changes:
        setattr(where, name, instead)
    remade = any(where not in (ranking, understanding) for where, _, _ in changes)
    try:
        if remade:
            await _rebuild(db)
        yield
    finally:
        for where, name, was in before:
            setattr(where, name, was)
        if remade:
            await _rebuild(db)


async def _rebuild(db: Database) -> None:
    async with db.transaction(BENCH) as tx:
        await search.rebuild(tx)
    await analyse(db)
