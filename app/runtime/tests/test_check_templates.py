from pathlib import Path

import pytest

from app.runtime.check_templates import problems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates" / "components").mkdir(parents=True)
    (tmp_path / "templates" / "components" / "atoms.html").write_text(
        "{% macro dot(size) %}<i>{{ size }}</i>{% endmacro %}"
    )
    (tmp_path / "app").mkdir()
    return tmp_path


def found(folder: Path, source: str, code: str = "") -> list[str]:
    (folder / "templates" / "page.html").write_text(source)
    (folder / "app" / "routes.py").write_text(code)
    return problems(folder / "templates", folder / "app")


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("{% if x %}", "does not compile"),
        ("{{ x|safe }}", "escaping"),
        ("<p>\n<script>go()</script>", "a script stands in the page"),
        ("<p style='color: red'>", "style attribute"),
        ('<a onclick="go()">', "event attribute"),
        ('<a hx-on:click="go()">', "hx-on"),
        ('<a hx-vals="js:{a: 1}">', "evaluate"),
        ('<a hx-trigger="click[ctrlKey]">', "evaluates"),
        ('<img src="https://elsewhere.example/a.png">', "another site"),
        ("{{ ui.dott(1) }}", "no component"),
        ("{{ x|monney }}", "No filter"),
        ('{% extends "layouts/sight.html" %}', "no template"),
        ('{{ static("css/sight.css") }}', "no static file"),
        ('{% from "components/atoms.html" import dot %}', "not seen by a block"),
    ],
)
def test_what_a_browser_or_a_shopper_would_trip_over_is_refused(folder: Path, source: str, what: str) -> None:
    assert any(what in problem for problem in found(folder, source)), found(folder, source)


def test_a_sound_template_passes(folder: Path) -> None:
    source = """{# no |safe here #}<script src="{{ static("js/site.js") }}" defer></script>
{{ ui.dot(1) }}{{ note|default("") }}"""

    assert found(folder, source) == []


def test_a_page_that_forgets_a_variable_is_named(folder: Path) -> None:
    source = "{% for line in cart.lines %}{{ line }}{% endfor %}{% block badge %}{{ count }}{% endblock %}"

    assert found(folder, source, 'page(request, "page.html", cart=cart)') == [
        "../app/routes.py:1: page.html wants 'count'"
    ]
    assert found(folder, source, 'page(request, "page.html", fragment="badge", at="cart.show", count=1)') == []


def test_a_component_that_leans_on_the_page_is_named(folder: Path) -> None:
    (folder / "templates" / "components" / "more.html").write_text("{% macro line() %}{{ cart }}{% endmacro %}")

    assert any("'cart'" in problem for problem in found(folder, ""))


def test_the_shops_own_templates_are_sound() -> None:
    assert problems() == []
