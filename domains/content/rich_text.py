"""Rich text: Markdown in, HTML out that can do nothing but show words.

CommonMark with tables; raw HTML in it is shown as text, and what comes out goes through the kit's sanitiser.
"""

import re
from collections.abc import Mapping
from html import escape

from markdown_it import MarkdownIt

from domains.kit.rich_text import clean

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_PLACEHOLDER = re.compile(r"\[\[(\w+)\]\]")
_LEVEL_ONE = re.compile(r"<(/?)h1>")


def rich_text(markdown: str) -> str:
    """The HTML of a Markdown text. A first-level heading becomes a second: the page's title is its h1."""
    return clean(_LEVEL_ONE.sub(r"<\1h2>", _MARKDOWN.render(markdown)))


def fill(html: str, values: Mapping[str, tuple[str, ...]]) -> str:
    """`html` with its placeholders filled; a value's lines are parted by breaks. An unknown one stays as it is."""

    def value(found: re.Match[str]) -> str:
        lines = values.get(found[1])
        return found[0] if lines is None else "<br>".join(escape(line) for line in lines)

    return _PLACEHOLDER.sub(value, html)
