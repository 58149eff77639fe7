"""The pictures: every one can be drawn, and every color is drawn in its color."""

from xml.etree import ElementTree

import pytest
import pyvips

from app.seed.drawings import DRAWINGS, Drawing, painted, scenes
from app.seed.drawings.__main__ import HOME
from app.seed.drawings.shades import SAGE, TERRACOTTA, oklch, to_oklch, tones

EACH = pytest.mark.parametrize("drawing", [pytest.param(drawing, id=name) for name, drawing in DRAWINGS.items()])
VIOLET, TEAL = "#7d5fa3", "#2f8f86"  # nothing else in the pictures has these


@EACH
def test_a_product_is_drawn_four_to_five_in_the_color_it_has(drawing: Drawing) -> None:
    for view in drawing.views():
        violet, teal = view.svg(VIOLET), view.svg(TEAL)

        root = ElementTree.fromstring(violet)  # noqa: S314 (our own)
        assert float(root.attrib["width"]) / float(root.attrib["height"]) == pytest.approx(0.8)
        assert VIOLET in violet
        assert TEAL in teal
        assert VIOLET not in teal


@EACH
def test_a_drawing_fills_its_picture_to_the_edge(drawing: Drawing) -> None:
    """Or it would be black there: the painter leaves the opacity out."""
    for view in drawing.views():
        drawn = pyvips.Image.svgload_buffer(view.svg(SAGE).encode(), scale=0.1)

        assert drawn.extract_band(3).min() > 0


def test_the_same_drawing_is_the_same_bytes_each_time() -> None:
    mug = DRAWINGS["mug"].whole

    assert painted(mug.svg(SAGE), 200) == painted(mug.svg(SAGE), 200)


def test_a_picture_is_painted_in_the_width_that_is_asked_for() -> None:
    content, width, height = painted(DRAWINGS["kettle"].whole.svg(SAGE), 320)

    image = pyvips.Image.new_from_buffer(content, "")
    assert (width, height) == (image.width, image.height) == (320, 400)
    assert image.get("vips-loader") == "webpload_buffer"


@pytest.mark.parametrize("slug", scenes.CATEGORIES)
def test_a_category_has_a_picture_of_its_own(slug: str) -> None:
    content, width, height = painted(scenes.category(slug), 160)

    assert (width, height) == (160, 200)
    assert content


def test_the_home_picture_in_the_static_files_is_the_one_that_is_drawn() -> None:
    assert HOME.read_text() == scenes.home() + "\n"


def test_three_tones_lie_in_order_of_their_light() -> None:
    for color in (SAGE, TERRACOTTA, "#3d4148", "#e9e2d5"):
        shades = tones(color)

        light, mid, dark, deep = (to_oklch(tone)[0] for tone in (shades.light, shades.mid, shades.dark, shades.deep))
        assert light > mid > dark > deep


def test_a_color_survives_the_way_through_the_perceptual_space() -> None:
    for color in (SAGE, TERRACOTTA, "#000000", "#ffffff", "#2f6291"):
        assert oklch(*to_oklch(color)) == color
