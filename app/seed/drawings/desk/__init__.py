"""Desk: paper and what writes on it, and the desks they belong to."""

from app.seed.drawings.desk import clock, in_use, pencils, stationery, tray
from app.seed.drawings.shades import MIST
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

DRAWINGS: dict[str, Drawing] = {
    "notebook": Drawing(
        View(stationery.notebook, SURFACE, MIST),
        View(stationery.notebook_detail, SURFACE, MIST),
        View(in_use.notebook_scene, OWN),
    ),
    "pen": Drawing(
        View(stationery.pen, SURFACE, MIST, zoom=1.06), View(stationery.pen_detail, OWN), View(in_use.pen_scene, OWN)
    ),
    "mat": Drawing(View(stationery.mat, SURFACE, MIST), View(stationery.mat_detail, OWN), View(in_use.mat_scene, OWN)),
    "clock": Drawing(
        View(clock.clock, table=MIST),
        View(clock.clock, table=MIST, part=(330, 330, 290)),
        View(clock.scene, OWN),
    ),
    "pencils": Drawing(
        View(pencils.box_of_twelve, SURFACE, MIST),
        View(pencils.box_of_twelve, SURFACE, MIST, part=(430, 180, 300)),
        View(pencils.scene, OWN),
    ),
    "letter_tray": Drawing(
        View(tray.tray, table=MIST),
        View(tray.tray, table=MIST, part=(60, 440, 330)),
        View(tray.scene, OWN),
    ),
}
