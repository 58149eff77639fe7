"""What a word is, for documents and for what shoppers type: letters and digits, whatever stands between them."""

import re
import unicodedata
from string import ascii_lowercase

LONGEST_QUERY = 200
MOST_WORDS = 8
_LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")


def words_of(text: str) -> list[str]:
    """The words of a text in order, in small letters; `kid's` is one word, `t-shirt` two."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [word[:_LONGEST_WORD] for word in _WORD.findall(_APOSTROPHES.sub("", plain))]


def bare(word: str) -> str:
    """A word without its accents, as terms are kept."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def asked(query: str) -> str:
    """A query as it can be shown and looked up: one line, of a bounded length, nothing a database refuses."""
    shown = "".join(_shown(sign) for sign in query[: 4 * LONGEST_QUERY])
    return " ".join(shown.split())[:LONGEST_QUERY].strip()


def _shown(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf":  # marks of direction, soft hyphens: invisible and no part of a word
        return ""
    return " " if kind.startswith("C") else sign


def asked_words(query: str) -> list[str]:
    """The different words of a query, the first few of them."""
    return list(dict.fromkeys(words_of(asked(query))))[:MOST_WORDS]


def sku_of(text: str) -> str:
    """A SKU as documents keep it: without the case and the space around."""
    return " ".join(text.split()).casefold()


def slips(typed: str, meant: str) -> int:
    """How many slips lead from one word to the other: a letter too many, too few, wrong, or two the wrong way round."""
    before: list[int] = []
    last = list(range(len(meant) + 1))
    for row, letter in enumerate(typed, 1):
        current = [row]
        for column, other in enumerate(meant, 1):
            cost = min(current[-1] + 1, last[column] + 1, last[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == meant[column - 2] and typed[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]


def one_slip(word: str) -> set[str]:
    """Every word that one slip of a Latin letter, or of one of the word's own, leads to."""
    letters = set(ascii_lowercase) | set(word)
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {before + after[1:] for before, after in cuts if after}
    found |= {before + after[1] + after[0] + after[2:] for before, after in cuts if len(after) > 1}
    found |= {before + letter + after for before, after in cuts for letter in letters}
    found |= {before + letter + after[1:] for before, after in cuts if after for letter in letters}
    return found - {word}
