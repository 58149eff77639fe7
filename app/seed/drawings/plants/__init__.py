"""Plants: what they grow in, what they are watered and cut with, and where."""

from app.seed.drawings.plants import hanging, in_use, mister, pots, trough
from app.seed.drawings.plants.pots import SOIL, can, leaf, planter, pot
from app.seed.drawings.shades import MEADOW
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

DRAWINGS: dict[str, Drawing] = {
    "planter": Drawing(View(planter, table=MEADOW), View(pots.planter_detail, OWN), View(in_use.planter_scene, OWN)),
    "can": Drawing(View(can, table=MEADOW, zoom=1.12), View(pots.can_detail, OWN), View(in_use.can_scene, OWN)),
    "snips": Drawing(
        View(pots.snips, SURFACE, MEADOW), View(pots.snips_detail, SURFACE, MEADOW), View(trough.harvest, OWN)
    ),
    "hanging_planter": Drawing(
        View(hanging.hanging, table=MEADOW),
        View(hanging.hanging, table=MEADOW, part=(180, 440, 370)),
        View(hanging.scene, OWN),
    ),
    "mister": Drawing(
        View(mister.mister, table=MEADOW, zoom=1.06),
        View(mister.spraying, OWN),
        View(mister.scene, OWN),
    ),
    "herb_trough": Drawing(
        View(trough.trough, table=MEADOW), View(trough.from_above, SURFACE, MEADOW), View(trough.scene, OWN)
    ),
}

__all__ = ["DRAWINGS", "SOIL", "can", "leaf", "planter", "pot"]
