"""Kitchen: what coffee is made with, what food is made with, what it is kept in."""

from app.seed.drawings.kitchen import brewing, cooking, keeping, preparing, scenes
from app.seed.drawings.kitchen.brewing import dripper, kettle, mug
from app.seed.drawings.kitchen.preparing import board, bowl, towels
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

DRAWINGS: dict[str, Drawing] = {
    "mug": Drawing(
        View(mug, zoom=1.42), View(brewing.mug_from_above, SURFACE), View(scenes.mug_scene, OWN, part=(60, 130, 640))
    ),
    "kettle": Drawing(
        View(kettle, zoom=1.12), View(brewing.kettle_detail, OWN), View(scenes.kettle_scene, OWN, part=(60, 210, 620))
    ),
    "dripper": Drawing(
        View(dripper, zoom=1.3), View(brewing.dripper_from_above, SURFACE), View(scenes.dripper_scene, OWN)
    ),
    "board": Drawing(View(board, zoom=0.98), View(preparing.board_detail, SURFACE), View(scenes.board_scene, OWN)),
    "towels": Drawing(
        View(towels), View(preparing.towels_detail, OWN), View(scenes.towels_scene, OWN, part=(130, 310, 550))
    ),
    "bowl": Drawing(View(bowl, zoom=1.16), View(preparing.bowl_detail, SURFACE), View(scenes.bowl_scene, OWN)),
    "skillet": Drawing(
        View(cooking.skillet),
        View(cooking.skillet_from_above, SURFACE),
        View(cooking.skillet_scene, OWN, part=(20, 170, 660)),
    ),
    "casserole": Drawing(
        View(cooking.casserole, zoom=1.12),
        View(cooking.casserole, part=(70, 430, 380)),
        View(cooking.casserole_scene, OWN),
    ),
    "chefs_knife": Drawing(
        View(cooking.knife_whole, SURFACE), View(cooking.knife_detail, OWN), View(cooking.knife_scene, OWN)
    ),
    "mills": Drawing(View(cooking.mills), View(cooking.mills, part=(160, 230, 290)), View(cooking.mills_scene, OWN)),
    "jars": Drawing(View(keeping.jars), View(keeping.jars, part=(110, 330, 320)), View(keeping.jars_scene, OWN)),
    "apron": Drawing(View(keeping.apron), View(keeping.apron_detail), View(keeping.apron_scene, OWN)),
}

__all__ = ["DRAWINGS", "board", "bowl", "dripper", "kettle", "mug", "towels"]
