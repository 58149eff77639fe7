"""Descriptions from outside: their text, their form, and nothing that acts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domains.catalog import read_description, write_description

TAGS = (
    "p",
    "div",
    "ul",
    "li",
    "b",
    "h1",
    "h2",
    "h3",
    "br",
    "script",
    "img",
    "a href='/x'",
    "table",
    "td",
    "style",
    "q",
)
pieces = st.one_of(
    st.text("ab <>&\"'\n", max_size=8),
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag.split()[0]}>" for tag in TAGS] + ["&amp;", "&lt;b&gt;"]),
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", None),
        ("<p> </p>", None),
        ("Just words.", "Just words."),
        ("One.\n\nTwo,\nstill two.", "One.\n\nTwo, still two."),
        ("<p>One.</p><p>Two &amp; a half.</p>", "One.\n\nTwo & a half."),
        ("<div>One.</div>\n<div>Two.</div>", "One.\n\nTwo."),
        ("3 < 4", "3 < 4"),
    ],
)
def test_what_has_paragraphs_alone_is_kept_as_text(html: str, text: str | None) -> None:
    read = read_description(html)

    assert (read.text, read.html, read.lost) == (text, None, ())


def test_what_has_more_form_is_kept_with_it_and_its_text_beside_it() -> None:
    read = read_description("<H1>Care</H1><ul><li>warm</li><li>no <b>iron</b></li></ul><span style='x'>Ok</span>")

    assert read.html == "<h3>Care</h3><ul><li>warm</li><li>no <b>iron</b></li></ul>Ok"
    assert read.text == "Care\n\n• warm\n\n• no iron\n\nOk"
    assert read.lost == ()


@pytest.mark.parametrize(
    ("html", "lost"),
    [
        ("<b>a</b><script>alert(1)</script>", ("script",)),
        ("<b>a</b><img src=x onerror=alert(1)><iframe src=//x></iframe>", ("iframe", "img")),
        ("<b onclick=alert(1)>a</b><a href='javascript:alert(1)'>b</a>", ()),
        ("<b>a</b><style>*{}</style><form action=//x><input></form>", ("form", "input", "style")),
    ],
)
def test_what_could_act_is_left_out_and_named(html: str, lost: tuple[str, ...]) -> None:
    read = read_description(html)

    assert read.lost == lost
    for trap in ("alert", "script", "onerror", "onclick", "iframe", "<style", "<form", "<img"):
        assert trap not in f"{read.html}{read.text}"


@settings(max_examples=300, deadline=None)
@given(parts=st.lists(pieces, max_size=12))
def test_what_was_written_is_read_again_as_the_same(parts: list[str]) -> None:
    read = read_description("".join(parts))

    again = read_description(write_description(read.text, read.html))

    assert (again.text, again.html) == (read.text, read.html)
