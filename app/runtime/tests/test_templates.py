from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, UndefinedError

from app.runtime.templates import environment, money_text, render_blocks, srcset
from app.web.shell import Shell
from domains.catalog import Rendition
from domains.kit.money import Money


@pytest.fixture
def templates(tmp_path: Path) -> Environment:
    (tmp_path / "components").mkdir()
    (tmp_path / "components" / "price.html").write_text(
        "{% macro price(value) %}<b>{{ value|money }}</b>{% endmacro %}"
    )
    (tmp_path / "line.html").write_text(
        "{% block line %}{{ name }} {{ ui.price(value) }}{% endblock %}{% block day %}{{ at|date }}{% endblock %}"
    )
    shell = Shell(name="Meander", time_zone="Asia/Tokyo")
    return environment(url=lambda name: name, static=str, regional=lambda: shell, folder=tmp_path)


@pytest.mark.parametrize(
    ("money", "locale", "text"),
    [
        (Money(123450, "USD"), "en_US", "$1,234.50"),
        (Money(1234, "JPY"), "en_US", "¥1,234"),
        (Money(1999, "EUR"), "de_DE", "19,99\xa0€"),
        (Money(1500, "KWD"), "en_US", "KWD\xa01.500"),
        (Money(-5, "USD"), "en_US", "-$0.05"),
    ],
)
def test_money_is_written_exactly_as_people_of_the_place_write_it(money: Money, locale: str, text: str) -> None:
    assert money_text(money, locale) == text


def test_a_block_alone_sees_the_components(templates: Environment) -> None:
    html = render_blocks(templates, "line.html", ["line"], {"name": "<Mug>", "value": Money(900, "USD")})

    assert html == "&lt;Mug&gt; <b>$9.00</b>"


def test_a_day_is_the_shops_day(templates: Environment) -> None:
    late = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)

    assert render_blocks(templates, "line.html", ["day"], {"at": late}) == "November 21, 2026"
    assert render_blocks(templates, "line.html", ["day"], {"at": date(2026, 11, 20)}) == "November 20, 2026"


def test_a_mistyped_name_is_an_error(templates: Environment) -> None:
    with pytest.raises(UndefinedError):
        render_blocks(templates, "line.html", ["line"], {"nmae": "Mug", "value": Money(900, "USD")})


def test_an_unknown_block_is_an_error(templates: Environment) -> None:
    with pytest.raises(LookupError):
        render_blocks(templates, "line.html", ["lines"], {})


def test_an_unknown_component_is_an_error(templates: Environment) -> None:
    template = templates.from_string("{{ ui.prcie(1) }}")

    with pytest.raises(UndefinedError):
        template.render()


def test_a_piece_is_kept_for_the_same_values_and_made_anew_for_others(templates: Environment, tmp_path: Path) -> None:
    (tmp_path / "piece.html").write_text("{{ name }} {{ ui.price(value) }}")
    kept: Any = templates.globals["kept"]

    first = kept("piece.html", name="<Mug>", value=Money(900, "USD"))
    again = kept("piece.html", name="<Mug>", value=Money(900, "USD"))
    dearer = kept("piece.html", name="<Mug>", value=Money(950, "USD"))

    assert str(first) == "&lt;Mug&gt; <b>$9.00</b>"
    assert again is first
    assert str(dearer) == "&lt;Mug&gt; <b>$9.50</b>"


def test_a_kept_piece_sees_nothing_but_what_it_is_given(templates: Environment, tmp_path: Path) -> None:
    (tmp_path / "piece.html").write_text("{{ visitor }}")
    (tmp_path / "page.html").write_text("{% set visitor = 'Ana' %}{{ kept('piece.html', name='x') }}")

    with pytest.raises(UndefinedError):
        templates.get_template("page.html").render(visitor="Ana")


def test_a_grid_names_no_size_that_it_cannot_use() -> None:
    sizes = [Rendition(f"{width}.webp", width, "webp") for width in (960, 320, 640)]

    assert srcset(sizes, "webp", media=str) == "320.webp 320w, 640.webp 640w, 960.webp 960w"
    assert srcset(sizes, "webp", 640, media=str) == "320.webp 320w, 640.webp 640w"
    assert srcset(sizes, "webp", 100, media=str) == "320.webp 320w"
    assert srcset(sizes, "avif", 640, media=str) == ""
