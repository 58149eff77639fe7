"""The pictures of the demo shop, drawn by code in one style: flat shapes in three tones, light from the left.

`DRAWINGS[name].whole.svg(color)`, `.detail` and `.scene` are a product's views; `scenes.home()` and
`scenes.category(slug)` put several things together. `python -m app.seed.drawings` writes the home picture anew to
`static/img/home.svg`, where every shop starts with it.
"""

from app.seed.drawings import bags, bath, desk, guides, kitchen, light, plants, play, scenes, table, textiles, trail
from app.seed.drawings.raster import painted
from app.seed.drawings.views import Drawing, View

DRAWINGS: dict[str, Drawing] = {
    **kitchen.DRAWINGS,
    **light.DRAWINGS,
    **desk.DRAWINGS,
    **bags.DRAWINGS,
    **trail.DRAWINGS,
    **plants.DRAWINGS,
    **play.DRAWINGS,
    **guides.DRAWINGS,
    **table.DRAWINGS,
    **bath.DRAWINGS,
    **textiles.DRAWINGS,
}

__all__ = ["DRAWINGS", "Drawing", "View", "painted", "scenes"]
