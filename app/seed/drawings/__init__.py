"""The pictures of the demo shop, drawn by code in one style: flat shapes in three tones, light from the left.

`DRAWINGS[name].whole.svg(color)` and `.detail.svg(color)` are a product's two views; `scenes.home()` and
`scenes.category(slug)` put several things together; `mark.mark()` and `mark.favicon()` are the sign of the shop.
"""

from app.seed.drawings import mark, scenes
from app.seed.drawings.raster import painted
from app.seed.drawings.views import DRAWINGS, Drawing, View

__all__ = ["DRAWINGS", "Drawing", "View", "mark", "painted", "scenes"]
