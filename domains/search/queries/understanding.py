"""What a shopper means by what he typed.

Words that say nothing ("the", "for") count only if there are no others. Neighbours are also looked for as one word
("wi-fi", "t shirt"). What comes after "without" is what the thing should lack. A word that no document has is, in this
order, the beginning of known words ("lapto"), two known words in one ("desklamp"), or a slip of a known one
("stonware"); when the last two happen, the query that is answered is `corrected`, and can be asked for literally.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec

from domains.kit import Transaction
from domains.search.queries.correcting import beginnings, meant, misread, parted
from domains.search.queries.query import Query, Word
from domains.search.weighing import quoted
from domains.search.words import MOST_WORDS, asked, sku_of, words_of

_ENOUGH = 1000  # to count on would cost more than it tells; of a common word the count of its term is near enough
_WITHOUT = "without"
_STEMS = """
SELECT asked.word, unaccent(asked.word) AS plain, coalesce(t.documents, 0) AS documents,
       (ts_lexize('pg_catalog.english_stem', unaccent(asked.word)))[1] AS stem
FROM unnest(CAST(:words AS text[])) AS asked (word) LEFT JOIN search.terms t ON t.word = unaccent(asked.word)
"""
_COUNTS = """
SELECT (SELECT count(*) FROM (SELECT FROM search.documents d WHERE d.words @@ q.query LIMIT :enough) hit) AS found
FROM unnest(CAST(:queries AS text[])) WITH ORDINALITY AS asked (query, place)
CROSS JOIN LATERAL (SELECT CAST(asked.query AS tsquery) AS query) q ORDER BY asked.place
"""
_HAS_SKU = (
    "SELECT count(*) > 0 FROM search.documents WHERE skus && CAST(:skus AS text[])"  # EXISTS reads the whole table
)


async def understand(tx: Transaction, text: str, *, literal: bool = False) -> Query:
    """What `text` asks for; any text is a query, also an empty one. `literal` takes it as it was typed."""
    sku = sku_of(asked(text))
    typed = words_of(asked(text))
    wanted, unwanted = _parted_at_without(typed)
    query = await _look_up(tx, sku, wanted, unwanted)
    if literal or not query.words or (await tx.sql(_HAS_SKU, {"skus": [sku]})).scalar_one():
        return query
    instead = await _instead(tx, query)
    if not instead:
        return query
    corrected = _replaced(typed, instead)
    wanted, unwanted = _parted_at_without(corrected)
    return msgspec.structs.replace(
        await _look_up(tx, sku, wanted, unwanted), corrected=" ".join(corrected), unknown=query.unknown
    )


async def _look_up(tx: Transaction, sku: str, wanted: Sequence[str], unwanted: Sequence[str]) -> Query:
    """The words of a query with how many documents have them, beginnings taken for what they begin."""
    joined = {one + other: (one, other) for one, other in pairwise(wanted)}
    different = list(dict.fromkeys([*wanted, *unwanted, *joined]))
    stems = {row.word: row for row in await tx.sql(_STEMS, {"words": different})}
    kept = [word for word in wanted if stems[word].stem] or wanted
    lexemes = {word: stems[word].stem or stems[word].plain for word in different}
    kept = list(dict.fromkeys(kept))[:MOST_WORDS]
    beside = {word: pair for word, pair in joined.items() if any(one in kept for one in pair)}
    looked_up = [quoted(lexemes[word]) for word in kept]
    # Only what the words apart would not find is worth looking for as one.
    for word, pair in beside.items():
        apart = " & ".join(quoted(lexemes[one]) for one in pair if one in kept)
        looked_up.append(f"{quoted(lexemes[word])} & !( {apart} )")
    counts = await counted(tx, looked_up)
    also = [word for word, found in zip(beside, counts[len(kept) :], strict=True) if found]

    words: list[Word] = []
    unknown: list[str] = []
    for word, found in zip(kept, counts, strict=False):
        as_one = [lexemes[one] for one in also if word in beside[one]]
        if found or as_one:
            common = max(found, stems[word].documents) if found >= _ENOUGH else found
            words.append(Word(word, (lexemes[word], *as_one), max(common, 1)))
        else:
            begun = await _beginning(tx, word)
            if begun is None:
                unknown.append(word)
            words.append(begun or Word(word, (lexemes[word],), 0))
    without = tuple(dict.fromkeys(stem for word in unwanted if (stem := stems[word].stem)))
    return Query(sku=sku, words=tuple(words), unknown=tuple(unknown), without=without)


async def _beginning(tx: Transaction, word: str) -> Word | None:
    begun = await beginnings(tx, word)
    if not begun:
        return None
    lexemes = tuple(dict.fromkeys(begun.values()))
    [found] = await counted(tx, [" | ".join(quoted(lexeme) for lexeme in lexemes)])
    return Word(word, lexemes, found, completed=next(iter(begun))) if found else None


async def lexemes_of(tx: Transaction, words: Sequence[str]) -> dict[str, str]:
    """What each word is looked up by: its stem, or a stop word itself."""
    if not words:
        return {}
    return {row.word: row.stem or row.plain for row in await tx.sql(_STEMS, {"words": list(words)})}


async def counted(tx: Transaction, queries: Sequence[str], *, enough: int = _ENOUGH) -> list[int]:
    """In how many documents each tsquery is; past `enough` it does not matter."""
    if not queries:
        return []
    return list((await tx.sql(_COUNTS, {"queries": list(queries), "enough": enough})).scalars())


async def _instead(tx: Transaction, query: Query) -> dict[str, str]:
    """What stands for the words that cannot have been meant; empty if nothing does."""
    if query.unknown:
        instead = {word: halves for word in query.unknown if (halves := await parted(tx, word))}
        return instead | await meant(tx, [word for word in query.unknown if word not in instead])
    if len(query.words) < 2 or (await counted(tx, [query.all_words]))[0]:
        return {}
    return await misread(tx, query.words)


def _parted_at_without(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The words before "without" and those after it."""
    if _WITHOUT in words[1:]:
        place = words.index(_WITHOUT, 1)
        return list(words[:place])[: 2 * MOST_WORDS], list(words[place + 1 :])[:MOST_WORDS]
    return list(words)[: 2 * MOST_WORDS], []


def _replaced(words: Sequence[str], instead: Mapping[str, str]) -> list[str]:
    return " ".join(instead.get(word, word) for word in words).split()
