"""How much each word counts for a document, computed once, when the document is made.

This is BM25 over fields (BM25F, Robertson and Zaragoza 2009): occurrences in each field are weighted and damped by the
field's length, summed over the fields, then saturated, so that a word counts from just above 0 to just below 1. What
makes it right for goods is the opening of the name: in "Sleeve for 14 inch laptops, felt, grey" the thing is a sleeve.

Lengths are compared with typical ones and not with the shop's average, so that a document depends on its product alone
and making one anew never moves another.

The weight of a word is kept where PostgreSQL can rank by it at once: in the letters (A to D) of its one or two
positions in the tsvector. `ts_rank` gives a word with letters (x, y), x not below y, the value (x + y/4) / 1.645.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from domains.search.words import words_of

LETTERS = {"D": 0.15, "C": 0.35, "B": 0.55, "A": 0.75}
MOST_WORDS = 5000  # of a description; what comes later tells nothing new
_LONGEST_JOINED = 40
_JOINED = 4.0  # what two words of the name written as one weigh
_STOP_WORD = 2.0
_STRONG = 0.5  # a weight from which on a document is named or sorted by a word
_SATURATION = 0.8
_DAMPING = 0.5  # by length: 0 not at all, 1 in full

# Where the first part of a name ends: at a sign, or at a word that begins what it is for, with or by.
_END_OF_OPENING = re.compile(
    r"[,(\[|:;/\u2013\u2014]|\s-+\s|\b(?:for|with|without|of|by|compatible|fits?)\b", re.IGNORECASE
)
_SHORTEST_OPENING = 3  # signs

_NEGATIONS = frozenset({"no", "non", "not", "without", "zero"})
_REACH = 3  # words after a negation that it may be about
_LESS = re.compile(r"(.{3,})less")


class Texts(msgspec.Struct, frozen=True):
    """What is known of a product in words."""

    name: str
    brand: str
    categories: Sequence[str]
    above: Sequence[str]
    facts: Sequence[str]
    description: str


class Form(msgspec.Struct, frozen=True):
    """A word without its accents, and its stem; a stop word has none."""

    plain: str
    stem: str | None


class Field(msgspec.Struct, frozen=True):
    """A part of `Split`: how much a word of it weighs, and how many words it has as a rule."""

    name: str
    weight: float
    typical: float


FIELDS = (
    Field("opening", 6, 6),
    Field("name", 2, 10),  # what comes after the opening
    Field("categories", 3, 2),  # those the product stands in
    Field("brand", 1.5, 2),
    Field("above", 1, 6),  # the categories above those
    Field("facts", 1, 4),
    Field("description", 0.3, 130),
)


class Split(msgspec.Struct, frozen=True):
    """A product's texts as words, field by field."""

    opening: Sequence[str]
    name: Sequence[str]
    brand: Sequence[str]
    categories: Sequence[str]
    above: Sequence[str]
    facts: Sequence[str]
    description: Sequence[str]

    @property
    def words(self) -> set[str]:
        """Every word that must be known to weigh the product, those made of two of the name's included."""
        lacked = {less[1] for word in (*self.name, *self.description) if (less := _LESS.fullmatch(word))}
        return self.labels | {*self.description, *self.joined} | lacked

    @property
    def joined(self) -> list[str]:
        """Neighbours in the name as one word: who types `tshirt` or `wifi` finds T-shirts and Wi-Fi."""
        return [one + other for one, other in pairwise(self.name) if len(one) + len(other) <= _LONGEST_JOINED]

    @property
    def labels(self) -> set[str]:
        """The words that name the product or sort it, without its description."""
        return {*self.name, *self.brand, *self.categories, *self.above, *self.facts}


def split(texts: Texts) -> Split:
    """The product's texts as words; `name` is the whole name, of which `opening` is the first part."""
    return Split(
        opening=words_of(opening(texts.name)),
        name=words_of(texts.name),
        brand=words_of(texts.brand),
        categories=_all(texts.categories),
        above=_all(texts.above),
        facts=_all(texts.facts),
        description=words_of(texts.description)[:MOST_WORDS],
    )


def opening(name: str) -> str:
    """The first part of a name, which says what the thing is; all of it if it has but one part."""
    found = _END_OF_OPENING.search(name, _SHORTEST_OPENING)
    first = name[: found.start()] if found else name
    return first if words_of(first) else name


def vector(product: Split, forms: Mapping[str, Form]) -> str:
    """The product as the text of a tsvector: stems with their weights, and what it is named by and lacks."""
    weights = _weights(product, forms)
    spelled = [f"{quoted(stem)}:{_spelling(weight)}" for stem, weight in sorted(weights.items())]
    named_by = [quoted(strongly(stem)) for stem, weight in sorted(weights.items()) if weight >= _STRONG]
    without = _without(product.name, forms) | _without(product.description, forms)
    return " ".join([*spelled, *named_by, *(quoted(lacking(stem)) for stem in sorted(without))])


def strongly(stem: str) -> str:
    """The lexeme of documents that are named or sorted by the word: an index knows no letters, it knows lexemes."""
    return f"+{stem}"


def lacking(stem: str) -> str:
    """The lexeme of documents that say they are without the word."""
    return f"-{stem}"


def _weights(product: Split, forms: Mapping[str, Form]) -> dict[str, float]:
    rest = product.name[len(product.opening) :]
    sums: dict[str, float] = {}
    for field in FIELDS:
        words = rest if field.name == "name" else getattr(product, field.name)
        stems = [stem for word in words if (stem := forms[word].stem)]
        for stem in stems:
            once = field.weight / (1 - _DAMPING + _DAMPING * len(stems) / field.typical)
            sums[stem] = sums.get(stem, 0) + once
    for word in product.joined:
        form = forms[word]
        if form.stem:
            sums.setdefault(form.stem, _JOINED)
    for word in product.name:  # so that a query of nothing else is answered: "The Who"
        if forms[word].stem is None:
            sums.setdefault(forms[word].plain, _STOP_WORD)
    return {stem: sum_ / (sum_ + _SATURATION) for stem, sum_ in sums.items()}


def _without(words: Sequence[str], forms: Mapping[str, Form]) -> set[str]:
    """What a text says there is none of: "no sugar", "without sugar", "sugar free", "sugarless"."""
    lacked: list[str] = []
    for place, word in enumerate(words):
        if word in _NEGATIONS:
            lacked += words[place + 1 : place + 1 + _REACH]
        elif word == "free":
            lacked += words[max(place - 1, 0) : place]
        elif less := _LESS.fullmatch(word):
            lacked.append(less[1])
    return {stem for word in lacked if (stem := forms[word].stem)}


def _spell() -> tuple[list[float], list[str]]:
    """Every weight that one or two letters can stand for, in order, and how it is written."""
    values = {value: letter for letter, value in LETTERS.items()}
    spelled = {value: f"1{letter}" for value, letter in values.items()}
    for first in values:
        for second in values:
            if second <= first:
                spelled[first + second / 4] = f"1{values[first]},2{values[second]}"
    ordered = sorted(spelled)
    return ordered, [spelled[value] for value in ordered]


_VALUES, _SPELLINGS = _spell()
_BETWEEN = [(low + high) / 2 for low, high in pairwise(_VALUES)]


def _spelling(weight: float) -> str:
    return _SPELLINGS[bisect(_BETWEEN, weight)]


def quoted(lexeme: str) -> str:
    """The lexeme as texts of tsvector and tsquery have it."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _all(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in words_of(text)]
