"""Descriptions: a text, and its form where it has one beyond paragraphs.

What comes from outside is HTML that nobody should trust. It goes through the kit's sanitiser; what is
left is shown as it is, and its text alone is what search, result pages and data for machines are given.
"""

import re
from html import escape, unescape

import msgspec

from domains.kit.rich_text import TAGS, clean

# fmt: off
# Taken away without a loss: their words stay.
_EMPTY_FORM = frozenset({
    "article", "body", "caption", "center", "col", "colgroup", "figcaption", "figure", "font", "footer", "h1", "head",
    "header", "html", "main", "mark", "meta", "section", "span", "title", "wbr",
})
# fmt: on
_BLOCKS = frozenset(TAGS - {"a", "abbr", "b", "br", "code", "em", "i", "s", "small", "strong", "sub", "sup", "u"})

_ANY_TAG = re.compile(r"<\s*([a-zA-Z][\w:-]*)")
_BIG_HEADING = re.compile(r"<(/?)h[12]\b", re.IGNORECASE)
_CLEAN_TAG = re.compile(r'<(/?)(\w+)((?:\s[^"<>]*(?:"[^"]*"[^"<>]*)*)?)>')
_BREAK = "\x00"
_MOST_TURNS = 4


class Description(msgspec.Struct, frozen=True):
    """A description as it is kept: its `text`, its `html` where that says more, and the tags that were left out."""

    text: str | None
    html: str | None = None
    lost: tuple[str, ...] = ()


def read_description(html: str) -> Description:
    """HTML from outside as a description. What has paragraphs alone is kept as text, one blank line between two.

    A heading becomes one of the third level, below the page's own. Reading what `write_description` has written
    gives the same again.
    """
    if "<" not in html and "&" not in html:
        return Description(_paragraphs(html.replace("\r", "").replace("\n\n", _BREAK)))
    given = {tag.lower() for tag in _ANY_TAG.findall(html)}
    cleaned = _settled(_BIG_HEADING.sub(r"<\1h3", html if given else html.replace("\r", "").replace("\n\n", "<p>")))
    text = _text(cleaned)
    lost = tuple(sorted(given - TAGS - _EMPTY_FORM))
    if {tag for _, tag, _ in _CLEAN_TAG.findall(cleaned)} <= {"p", "div"} or text is None:
        return Description(text, None, lost)
    return Description(text, cleaned.strip(), lost)


def write_description(text: str | None, html: str | None) -> str:
    """A description as HTML; an empty one is the empty text."""
    if html is not None:
        return html
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text or "")]
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in paragraphs if part)


def _settled(html: str) -> str:
    """`html` cleaned until cleaning changes it no more: broken markup may need it twice to read as it stands."""
    cleaned = clean(html)
    for _turn in range(_MOST_TURNS):
        again = clean(cleaned)
        if again == cleaned:
            return cleaned
        cleaned = again
    return f"<p>{escape(_text(cleaned) or '', quote=False)}</p>"


def _text(cleaned: str) -> str | None:
    def told(found: re.Match[str]) -> str:
        closing, tag = found[1], found[2]
        if tag in {"td", "th"}:
            return " " if not closing else " |"
        if tag in {"br", "tr", "dt", "dd"}:
            return _BREAK
        if tag == "li":
            return f"{_BREAK}• " if not closing else ""
        return _BREAK * 2 if tag in _BLOCKS else ""

    return _paragraphs(unescape(_CLEAN_TAG.sub(told, cleaned)))


def _paragraphs(marked: str) -> str | None:
    """Runs of breaks become one blank line, all other white space one space."""
    parts = (" ".join(part.split()).removesuffix(" |") for part in marked.split(_BREAK))
    return "\n\n".join(part for part in parts if part) or None
