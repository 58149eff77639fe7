"""Textiles: what makes chairs, floors and beds soft, and a kit to mend it all."""

from app.seed.drawings.textiles import mending, seating, sleeping
from app.seed.drawings.textiles.seating import cushion, throw
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

DRAWINGS: dict[str, Drawing] = {
    "cushion": Drawing(
        View(seating.cushion, zoom=1.12),
        View(seating.cushion_detail, SURFACE),
        View(seating.cushion_scene, OWN, part=(90, 130, 640)),
    ),
    "throw": Drawing(
        View(seating.throw), View(seating.throw_detail, SURFACE), View(seating.throw_scene, OWN, part=(120, 150, 660))
    ),
    "rug": Drawing(View(seating.rug, SURFACE), View(seating.rug_detail), View(seating.rug_scene, OWN)),
    "bedding": Drawing(
        View(sleeping.bedding), View(sleeping.bedding_detail, SURFACE), View(sleeping.bedding_scene, OWN)
    ),
    "curtain": Drawing(View(sleeping.curtain), View(sleeping.curtain_detail, OWN), View(sleeping.curtain_scene, OWN)),
    "hot_water_bottle": Drawing(
        View(sleeping.bottle, SURFACE),
        View(sleeping.bottle_detail, SURFACE),
        View(sleeping.bottle_scene, OWN, part=(130, 330, 520)),
    ),
    "mending": Drawing(View(mending.kit, SURFACE), View(mending.kit_detail), View(mending.kit_scene, OWN)),
}

__all__ = ["DRAWINGS", "cushion", "throw"]
