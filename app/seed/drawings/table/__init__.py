"""The table: plates, glasses, cutlery, linen, a tray."""

from app.seed.drawings.shades import SAND
from app.seed.drawings.table import crockery, glassware, laying, tablecloth, tray
from app.seed.drawings.table.crockery import pitcher, tulips
from app.seed.drawings.table.glassware import tumbler
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

DRAWINGS: dict[str, Drawing] = {
    "plate": Drawing(
        View(crockery.plate, zoom=1.1), View(crockery.plate_detail, SURFACE), View(crockery.plate_scene, OWN)
    ),
    "tumblers": Drawing(
        View(glassware.tumblers, zoom=1.36),
        View(glassware.tumblers_detail, SURFACE),
        View(glassware.tumblers_scene, OWN, part=(64, 170, 660)),
    ),
    "carafe": Drawing(
        View(glassware.carafe, zoom=1.1), View(glassware.carafe_detail, OWN), View(glassware.carafe_scene, OWN)
    ),
    "cutlery": Drawing(
        View(laying.cutlery, SURFACE), View(laying.cutlery_detail, SURFACE), View(laying.cutlery_scene, SURFACE)
    ),
    "napkins": Drawing(
        View(laying.napkin, SURFACE), View(laying.napkin_detail, SURFACE), View(laying.napkin_scene, OWN)
    ),
    "tablecloth": Drawing(
        View(tablecloth.tablecloth),
        View(tablecloth.tablecloth_detail, SURFACE),
        View(tablecloth.tablecloth_scene, OWN),
    ),
    "pitcher": Drawing(
        View(crockery.pitcher, zoom=1.12), View(crockery.pitcher_detail), View(crockery.pitcher_scene, OWN)
    ),
    "tray": Drawing(View(tray.tray), View(tray.tray_detail, SURFACE, SAND), View(tray.tray_scene, OWN)),
}

__all__ = ["DRAWINGS", "pitcher", "tulips", "tumbler"]
