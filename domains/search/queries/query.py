"""A query as the database can answer it."""

import msgspec

from domains.search.weighing import quoted, strongly


class Word(msgspec.Struct, frozen=True):
    """A word of a query: the lexemes that stand for it, and in how many documents any of them is.

    With `is_begun` it stands for all words that its lexemes begin. `shown` is how it is written: completed where it was
    the beginning of a term.
    """

    word: str
    lexemes: tuple[str, ...]
    found: int
    is_begun: bool = False
    completed: str = ""

    @property
    def shown(self) -> str:
        return self.completed or self.word

    @property
    def query(self) -> str:
        """What the word is looked up by, as the text of a tsquery."""
        return " | ".join(quoted(lexeme) + (":*" if self.is_begun else "") for lexeme in self.lexemes)

    @property
    def strongly(self) -> str:
        """The same for documents that are named or sorted by it."""
        return " | ".join(quoted(strongly(lexeme)) + (":*" if self.is_begun else "") for lexeme in self.lexemes)


class Query(msgspec.Struct, frozen=True):
    """What is looked for: `words`, and a SKU that may be meant.

    `without` are the stems of what should be lacking, `unknown` the words that no document has, whatever was tried.
    `corrected` is the query that is answered where it is not the one that was typed, else empty.
    """

    sku: str
    words: tuple[Word, ...]
    unknown: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    corrected: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.sku

    @property
    def all_words(self) -> str:
        """What documents with every word are looked up by."""
        return " & ".join(f"( {word.query} )" for word in self.words)
