"""The pictures of the demo shop, drawn by code in one style: flat shapes in three tones, light from the left.

`DRAWINGS[name].whole.svg(color)` and `.detail.svg(color)` are a product's two views; `scenes.home()` and
`scenes.category(slug)` put several things together. `python -m app.seed.drawings` writes the home picture anew to
`static/img/home.svg`, where every shop starts with it.
"""

from app.seed.drawings import scenes
from app.seed.drawings.raster import painted
from app.seed.drawings.views import DRAWINGS, Drawing, View

__all__ = ["DRAWINGS", "Drawing", "View", "painted", "scenes"]
