"""A contact sheet of the drawings, to look at them side by side.

`python -m app.seed.drawings.contact SHEET.png` shows every drawing: whole, detail, scene;
with names after it only those drawings, `category` for the pictures of the categories. `--colors` shows each
product's whole picture in all its colors instead.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyvips

from app.seed.catalogue import CATEGORIES, PRODUCTS
from app.seed.drawings import DRAWINGS, scenes
from app.seed.drawings.shades import SAGE

_WIDTH = 300
_GAP = 8
_ACROSS, _ACROSS_MANY = 6, 18
_MANY = 90


def _painted(svg: str) -> pyvips.Image:
    source = svg.encode()
    scale = _WIDTH / pyvips.Image.svgload_buffer(source).width
    return pyvips.Image.svgload_buffer(source, scale=scale).flatten(background=[255, 255, 255])


def _views(names: set[str]) -> Iterator[str]:
    """Each drawing in the first color of the product it is for."""
    colors = {product.drawing: product.colors()[0].color or product.color for product in PRODUCTS}
    for name, drawing in DRAWINGS.items():
        if names and name not in names:
            continue
        for view in drawing.views():
            yield view.svg(colors.get(name, SAGE))


def _colors(names: set[str]) -> Iterator[str]:
    for product in PRODUCTS:
        if names and product.drawing not in names:
            continue
        for choice in product.colors():
            yield DRAWINGS[product.drawing].whole.svg(choice.color or product.color)


def _chosen(words: Iterable[str]) -> Iterator[str]:
    names = {word for word in words if not word.startswith("--")}
    if "category" in names:
        yield from (scenes.category(category.slug) for category in CATEGORIES)
    elif "--colors" in words:
        yield from _colors(names)
    else:
        yield from _views(names)


if __name__ == "__main__":
    pictures = [_painted(svg) for svg in _chosen(sys.argv[2:])]
    sheet = pyvips.Image.arrayjoin(
        pictures, across=_ACROSS if len(pictures) < _MANY else _ACROSS_MANY, shim=_GAP, background=[255, 255, 255]
    )
    Path(sys.argv[1]).write_bytes(sheet.pngsave_buffer(compression=6))
