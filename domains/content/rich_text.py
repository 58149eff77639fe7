"""Rich text: Markdown in, HTML out that can do nothing but show words.

CommonMark with tables; raw HTML in it is shown as text, and what comes out goes through nh3, the one sanitiser, with
the tags a page of words needs. Links lead to http(s), mailto, tel or a path of the shop.
"""

import re
from collections.abc import Mapping
from html import escape

import nh3
from markdown_it import MarkdownIt

# fmt: off
TAGS = frozenset({
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "div", "dl", "dt", "em", "h2", "h3", "h4", "h5", "h6", "hr",
    "i", "li", "ol", "p", "pre", "s", "small", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "u", "ul",
})
# fmt: on
_SCHEMES = {"http", "https", "mailto", "tel"}
_ATTRIBUTES = {"a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}, "td": {"colspan"}, "th": {"colspan"}}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_PLACEHOLDER = re.compile(r"\[\[(\w+)\]\]")
_LEVEL_ONE = re.compile(r"<(/?)h1>")


def rich_text(markdown: str) -> str:
    """The HTML of a Markdown text. A first-level heading becomes a second: the page's title is its h1."""
    return clean(_LEVEL_ONE.sub(r"<\1h2>", _MARKDOWN.render(markdown)))


def clean(html: str) -> str:
    """`html` without anything that could act: scripts, styles, frames, handlers, strange schemes."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    )


def fill(html: str, values: Mapping[str, tuple[str, ...]]) -> str:
    """`html` with its placeholders filled; a value's lines are parted by breaks. An unknown one stays as it is."""

    def value(found: re.Match[str]) -> str:
        lines = values.get(found[1])
        return found[0] if lines is None else "<br>".join(escape(line) for line in lines)

    return _PLACEHOLDER.sub(value, html)
