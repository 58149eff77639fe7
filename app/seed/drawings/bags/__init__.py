"""Bags: what they are, and where they are carried to."""

from app.seed.drawings.bags import in_use, luggage, rolltop, sling, washbag
from app.seed.drawings.bags.luggage import backpack, tote
from app.seed.drawings.shades import MIST
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

DRAWINGS: dict[str, Drawing] = {
    "backpack": Drawing(View(backpack), View(backpack, part=(222, 410, 300)), View(in_use.backpack_scene, OWN)),
    "tote": Drawing(View(tote), View(luggage.tote_detail, SURFACE), View(in_use.tote_scene, OWN)),
    "weekender": Drawing(
        View(luggage.weekender), View(luggage.weekender, part=(196, 400, 330)), View(in_use.weekender_scene, OWN)
    ),
    "sleeve": Drawing(
        View(luggage.sleeve, SURFACE, MIST),
        View(luggage.sleeve, SURFACE, MIST, part=(230, 240, 350)),
        View(in_use.sleeve_scene, OWN),
    ),
    "sling": Drawing(View(sling.sling), View(sling.sling, part=(230, 500, 270)), View(sling.scene, OWN)),
    "rolltop": Drawing(View(rolltop.rolltop), View(rolltop.detail, OWN), View(rolltop.scene, OWN)),
    "washbag": Drawing(View(washbag.washbag, zoom=1.08), View(washbag.detail, SURFACE), View(washbag.scene, OWN)),
}

__all__ = ["DRAWINGS", "backpack", "tote"]
