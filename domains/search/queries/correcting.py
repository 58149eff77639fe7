"""What may have been meant by a word that no document has, or by one that goes with none of the others.

Only terms are meant: words by which products are named or sorted.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from domains.kit import Transaction
from domains.search.queries.query import Word
from domains.search.words import bare, one_slip, slips

_SHORTEST_BEGINNING = 3
_MOST_BEGUN = 20
_SHORTEST_PART = 3
_SHORTEST_SLIP = 3  # a shorter word is a slip of too many
_SHORTEST_MISREAD = 5
_TWO_SLIPS = 6  # letters from which on a word may have two
_LONGEST_SPELLED = 20
_LIKENESS = "0.25"
_LIKENESS_OF_BEGINNINGS = "0.2"  # a beginning shares fewer letters with the whole word
_SHORTEST_MISBEGUN = 4
_MOST_ALIKE = 50
_MOST_TRIED = 8
_ENOUGH = 100

_BEGUN = """
SELECT word, coalesce((ts_lexize('pg_catalog.english_stem', word))[1], word) AS lexeme
FROM search.terms WHERE word LIKE :beginning AND documents > 0 ORDER BY documents DESC, word LIMIT :most
"""
_PARTS = """
SELECT first.word || ' ' || last.word AS parts,
       (SELECT count(*) FROM (SELECT FROM search.documents d WHERE d.words @@ q.query LIMIT :enough) hit) AS found
FROM unnest(CAST(:starts AS text[]), CAST(:ends AS text[])) AS cut (start, rest)
JOIN search.terms first ON first.word = cut.start JOIN search.terms last ON last.word = cut.rest
CROSS JOIN LATERAL (SELECT plainto_tsquery('search.english', first.word || ' ' || last.word) AS query) q
WHERE numnode(q.query) = 3 ORDER BY found DESC, parts LIMIT 1
"""
_SPELLED = "SELECT word, documents FROM search.terms WHERE word = ANY(:words) AND documents > 0"
_ALIKE = """
SELECT word, documents FROM search.terms WHERE word % CAST(:word AS text) AND documents > 0
ORDER BY similarity(word, CAST(:word AS text)) DESC, word LIMIT :most
"""
_TRIED = """
SELECT tried.word, tried.instead,
       (SELECT count(*) FROM (SELECT FROM search.documents d WHERE d.words @@ q.query LIMIT :enough) hit) AS found
FROM unnest(CAST(:words AS text[]), CAST(:instead AS text[]), CAST(:others AS text[])) AS tried (word, instead, others)
CROSS JOIN LATERAL (
    SELECT (ts_lexize('pg_catalog.english_stem', tried.word))[1] AS was,
           (ts_lexize('pg_catalog.english_stem', tried.instead))[1] AS stem
) stems
CROSS JOIN LATERAL (SELECT CAST(tried.others || ' & ' || quote_literal('+' || stem) AS tsquery) AS query) q
WHERE stem <> '' AND stem IS DISTINCT FROM was ORDER BY found DESC, tried.instead
"""


async def beginnings(
    tx: Transaction, word: str, most: int = _MOST_BEGUN, *, shortest: int = _SHORTEST_BEGINNING
) -> dict[str, str]:
    """The terms that begin so with their lexemes, those of the most documents first.

    None for less than the `shortest` beginning.
    """
    if len(word) < shortest:
        return {}
    begun = await tx.sql(_BEGUN, {"beginning": f"{_escaped(bare(word))}%", "most": most})
    return {row.word: row.lexeme for row in begun}


async def misbegun(tx: Transaction, word: str) -> str:
    """The term that begins almost so, or is a slip away; empty if there is none."""
    near = dict(await _near(tx, word))
    if len(word) >= _SHORTEST_MISBEGUN:
        near |= await _alike(tx, word, _LIKENESS_OF_BEGINNINGS)
    slipped = {term: min(slips(word, term[: len(word) + more]) for more in (-1, 0, 1)) for term in near}
    likely = [term for term in near if slipped[term] <= 1 or slips(word, term) <= 2]
    return min(likely, key=lambda term: (slips(word, term) > 1, slipped[term], -near[term], term), default="")


async def parted(tx: Transaction, word: str) -> str:
    """Two terms that are the word when written together, and that some document has both of; empty if none are."""
    places = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    if not places:
        return ""
    plain = bare(word)
    cut = {"starts": [plain[:place] for place in places], "ends": [plain[place:] for place in places]}
    found = (await tx.sql(_PARTS, {**cut, "enough": _ENOUGH})).one_or_none()
    return found.parts if found and found.found else ""


async def meant(tx: Transaction, words: Sequence[str]) -> dict[str, str]:
    """For each word the nearest term: by slips, then by whether it begins alike, then by how many documents have it."""
    instead: dict[str, str] = {}
    for word in words:
        near = await _near(tx, bare(word))
        if near:
            instead[word] = min(near, key=partial(_unlikeness, bare(word), near))
    return instead


async def misread(tx: Transaction, words: Sequence[Word]) -> dict[str, str]:
    """For words that no document has together: the one of them which, with one slip mended, goes with all others.

    Who types "wood planner makita" means a planer. It has to be what the product is named or sorted by.
    """
    tried: list[tuple[str, str, str]] = []
    for word in words:
        if len(word.word) < _SHORTEST_MISREAD or not word.word.isalpha():
            continue
        near = await _spelled(tx, word.word)
        others = " & ".join(f"( {other.query} )" for other in words if other is not word)
        likely = sorted(near, key=lambda term: (-near[term], term))[:_MOST_TRIED]
        tried += [(word.word, term, others) for term in likely]
    if not tried:
        return {}
    lists = dict(zip(("words", "instead", "others"), map(list, zip(*tried, strict=True)), strict=True))
    best = (await tx.sql(_TRIED, {**lists, "enough": _ENOUGH})).first()
    return {best.word: best.instead} if best and best.found else {}


async def _near(tx: Transaction, word: str) -> Mapping[str, int]:
    """The terms that the word may be a slip of: one slip for a short word, two for a longer one."""
    if len(word) < _SHORTEST_SLIP or any(sign.isdigit() for sign in word):
        return {}
    near = dict(await _spelled(tx, word))
    if near or len(word) < _TWO_SLIPS:
        return near
    return {
        term: documents for term, documents in (await _alike(tx, word, _LIKENESS)).items() if slips(word, term) <= 2
    }


async def _alike(tx: Transaction, word: str, likeness: str) -> dict[str, int]:
    await tx.sql("SELECT set_config('pg_trgm.similarity_threshold', :likeness, true)", {"likeness": likeness})
    return {row.word: row.documents for row in await tx.sql(_ALIKE, {"word": word, "most": _MOST_ALIKE})}


async def _spelled(tx: Transaction, word: str) -> Mapping[str, int]:
    """The terms that are one slip away."""
    if len(word) > _LONGEST_SPELLED:
        return {}
    rows = await tx.sql(_SPELLED, {"words": sorted(one_slip(word))})
    return {row.word: row.documents for row in rows}


def _unlikeness(word: str, near: Mapping[str, int], term: str) -> tuple[int, bool, int, str]:
    return slips(word, term), word[:1] != term[:1], -near[term], term


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
