"""How well a document answers a query, in SQL.

Each word adds how rare it is times how much it counts for the document (`domains.search.weighing`); a document that has
every word gets a third more. What a query says to be "without" lowers documents that are named after it and lifts those
that say they lack it. An exact SKU comes first.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from domains.search.queries.query import Query, Word
from domains.search.queries.understanding import understand
from domains.search.weighing import LETTERS, lacking, quoted, strongly

__all__ = ["MOST_SCORED", "Expressions", "Query", "Word", "expressions", "rarity", "understand"]

MOST_SCORED = 3000  # documents; a score costs a few µs for each word and document
_WEIGHTS = "'{" + ", ".join(str(LETTERS[letter]) for letter in "DCBA") + "}'"
_FIRST = math.pi**2 / 6  # what ts_rank divides a word's weight by
_MOST = round(max(LETTERS.values()) * 1.25, 4)  # that a word can count
_WHOLE = 0.3
_LIFTED, _LOWERED = 1.15, 0.75


class Expressions(msgspec.Struct, frozen=True):
    """SQL over `search.documents d` for a query, and its values.

    `matches` is which documents have any of its words or its SKU, `whole` which have every word, `score` how well one
    answers. `promising` picks the few thousand documents worth a score where very many match: those with every word,
    then as many of each word as there is room for, first of those it counts most for, so that no rare word is lost
    among common ones.
    """

    matches: str
    whole: str
    score: str
    is_sku: str
    promising: str
    values: Mapping[str, Any]


def expressions(query: Query, documents: int, *, within: Sequence[str] = (), most: int | None = None) -> Expressions:
    """The query as SQL; `documents` is how many there are, which makes a word rare or common.

    `within` are further conditions on a document, so that what is promising is so among those; of
    each kind it picks at most `most` (`MOST_SCORED`).
    """
    most = most or MOST_SCORED
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
    values["all_words"] = query.all_words
    values["most"] = most
    values["most_each"] = most // len(query.words)
    parts: list[str] = []
    picks = [
        _pick([is_sku, *within], "most"),
        _pick(["d.words @@ CAST(:all_strong AS tsquery)", *within], "most"),
        _pick(["d.words @@ CAST(:all_words AS tsquery)", *within], "most"),
    ]
    for number, word in enumerate(query.words):
        values[f"word{number}"] = word.query
        values[f"rarity{number}"] = rarity(word.found, documents)
        parts.append(f":rarity{number} * {_counts_for(f'word{number}', len(word.lexemes))}")
        picks.append(_pick([f"d.words @@ CAST(:word{number} AS tsquery)", *within], "most_each"))
    values["all_strong"] = " & ".join(f"( {word.strongly} )" for word in query.words)
    # What answers a query of one word has it, or is the SKU: nothing to look at, of tens of thousands, once more.
    whole = "d.words @@ CAST(:all_words AS tsquery)" if len(query.words) > 1 else "CAST(true AS boolean)"
    score = f"({' + '.join(parts)})"
    if len(query.words) > 1:
        score += f" * (CASE WHEN {whole} THEN {1 + _WHOLE} ELSE 1 END)"
    if query.without:
        values["lacking"] = " | ".join(quoted(lacking(stem)) for stem in query.without)
        values["having"] = " | ".join(quoted(strongly(stem)) for stem in query.without)
        score += (
            f" * (CASE WHEN d.words @@ CAST(:lacking AS tsquery) THEN {_LIFTED}"
            f" WHEN d.words @@ CAST(:having AS tsquery) THEN {_LOWERED} ELSE 1 END)"
        )
    return Expressions(
        matches=f"(d.words @@ CAST(:any_word AS tsquery) OR {is_sku})",
        whole=whole,
        score=f"({score})",
        is_sku=is_sku,
        promising=f"d.product_id = ANY(ARRAY({' UNION '.join(picks)}))",  # IN would read every match
        values=values,
    )


def _counts_for(name: str, lexemes: int) -> str:
    """How much a word counts for a document: the sum over its lexemes, bounded by what one can count."""
    rank = f"{lexemes * _FIRST} * ts_rank({_WEIGHTS}, d.words, CAST(:{name} AS tsquery))"
    return rank if lexemes == 1 else f"least({_MOST}, {rank})"


def _pick(where: Sequence[str], limit: str) -> str:
    return f"(SELECT d.product_id FROM search.documents d WHERE {' AND '.join(where)} LIMIT :{limit})"


def rarity(found: int, documents: int) -> float:
    """BM25's weight of a word: about 0.1 in every document, growing as it is in fewer."""
    documents = max(documents, found, 1)
    return max(0.1, math.log(1 + (documents - found + 0.5) / (found + 0.5)))
