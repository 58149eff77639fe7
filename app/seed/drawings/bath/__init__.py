"""The bathroom: towels, a mat, soap and what holds it, a brush, a rail."""

from app.seed.drawings.bath import linen, pegs, washing
from app.seed.drawings.bath.linen import bath_towels
from app.seed.drawings.bath.washing import dish, dispenser
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

DRAWINGS: dict[str, Drawing] = {
    "bath_towels": Drawing(
        View(linen.bath_towels, zoom=1.12), View(linen.bath_towels_detail), View(linen.bath_towels_scene, OWN)
    ),
    "bath_mat": Drawing(View(linen.mat, SURFACE), View(linen.mat_detail), View(linen.mat_scene, OWN)),
    "soap": Drawing(
        View(washing.soap, zoom=1.1),
        View(washing.soap_detail, SURFACE),
        View(washing.soap_scene, OWN, part=(10, 420, 440)),
    ),
    "soap_dish": Drawing(
        View(washing.dish, zoom=1.2), View(washing.dish_detail, SURFACE), View(washing.dish_scene, OWN)
    ),
    "dispenser": Drawing(
        View(washing.dispenser, zoom=1.12),
        View(washing.dispenser_detail),
        View(washing.dispenser_scene, OWN, part=(60, 230, 600)),
    ),
    "bath_brush": Drawing(
        View(washing.brush, SURFACE), View(washing.brush_detail, SURFACE), View(washing.brush_scene, OWN)
    ),
    "pegs": Drawing(View(pegs.pegs), View(pegs.pegs, part=(390, 340, 340)), View(pegs.pegs_scene, OWN)),
}

__all__ = ["DRAWINGS", "bath_towels", "dish", "dispenser"]
