"""Kitchen: what coffee is made with, what food is made with, what it is kept in."""

from app.seed.drawings.kitchen.brewing import dripper, dripper_from_above, kettle, kettle_detail, mug, mug_from_above
from app.seed.drawings.kitchen.preparing import board, board_detail, bowl, bowl_detail, towels, towels_detail
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

DRAWINGS: dict[str, Drawing] = {
    "mug": Drawing(View(mug, zoom=1.42), View(mug_from_above, SURFACE)),
    "kettle": Drawing(View(kettle, zoom=1.12), View(kettle_detail, OWN)),
    "dripper": Drawing(View(dripper, zoom=1.3), View(dripper_from_above, SURFACE)),
    "board": Drawing(View(board, zoom=0.98), View(board_detail, SURFACE)),
    "towels": Drawing(View(towels), View(towels_detail, OWN)),
    "bowl": Drawing(View(bowl, zoom=1.16), View(bowl_detail, SURFACE)),
}

__all__ = ["DRAWINGS", "board", "bowl", "dripper", "kettle", "mug", "towels"]
