"""Trail: what is carried, slept in and read on the way, and where."""

from app.seed.drawings.shades import MEADOW
from app.seed.drawings.trail import compass, in_use, socks
from app.seed.drawings.trail import tent as tents
from app.seed.drawings.trail.gear import blanket, blanket_detail, bottle, enamel_detail, enamel_mug, lantern
from app.seed.drawings.trail.walks import book, book_detail
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

DRAWINGS: dict[str, Drawing] = {
    "enamel_mug": Drawing(
        View(enamel_mug, table=MEADOW, zoom=1.42), View(enamel_detail, OWN), View(in_use.enamel_scene, OWN)
    ),
    "bottle": Drawing(
        View(bottle, table=MEADOW), View(bottle, table=MEADOW, part=(232, 90, 330)), View(in_use.bottle_scene, OWN)
    ),
    "blanket": Drawing(
        View(blanket, table=MEADOW), View(blanket_detail, SURFACE, MEADOW), View(in_use.blanket_scene, OWN)
    ),
    "lantern": Drawing(
        View(lantern, table=MEADOW, zoom=1.06),
        View(lantern, table=MEADOW, part=(226, 500, 340)),
        View(in_use.lantern_scene, OWN),
    ),
    "book": Drawing(View(book, table=MEADOW), View(book_detail, SURFACE, MEADOW), View(in_use.book_scene, OWN)),
    "tent": Drawing(
        View(tents.tent, table=MEADOW, zoom=0.93), View(tents.detail, SURFACE, MEADOW), View(tents.scene, OWN)
    ),
    "compass": Drawing(
        View(compass.compass, SURFACE, MEADOW, zoom=0.9),
        View(compass.compass, SURFACE, MEADOW, part=(300, 330, 330)),
        View(compass.scene, OWN),
    ),
    "socks": Drawing(
        View(socks.pair, SURFACE, MEADOW),
        View(socks.pair, SURFACE, MEADOW, part=(90, 150, 330)),
        View(socks.scene, OWN),
    ),
}

__all__ = ["DRAWINGS", "blanket", "book", "bottle", "enamel_mug", "lantern"]
