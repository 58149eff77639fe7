"""Light: lamps and candles."""

from app.seed.drawings.light import floor_lamp, portable, rooms, wall_lamp
from app.seed.drawings.light.candles import candles, candles_detail
from app.seed.drawings.light.lamps import (
    desk_lamp,
    desk_lamp_detail,
    pendant,
    pendant_detail,
    pendant_lamp,
    table_lamp,
    table_lamp_detail,
)
from app.seed.drawings.shades import BLUSH
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

DRAWINGS: dict[str, Drawing] = {
    "desk_lamp": Drawing(
        View(desk_lamp, table=BLUSH, zoom=1.08), View(desk_lamp_detail, OWN), View(rooms.desk_lamp_scene, OWN)
    ),
    "table_lamp": Drawing(
        View(table_lamp, table=BLUSH, zoom=1.08), View(table_lamp_detail, OWN), View(rooms.table_lamp_scene, OWN)
    ),
    "pendant": Drawing(View(pendant, table=BLUSH), View(pendant_detail, OWN), View(rooms.pendant_scene, OWN)),
    "candles": Drawing(
        View(candles, table=BLUSH), View(candles_detail, SURFACE, BLUSH), View(rooms.candles_scene, OWN)
    ),
    **floor_lamp.DRAWINGS,
    **wall_lamp.DRAWINGS,
    **portable.DRAWINGS,
}

__all__ = ["DRAWINGS", "candles", "desk_lamp", "pendant", "pendant_lamp", "table_lamp"]
