"""Every drawing by name: what is drawn, on which ground, how near."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from app.seed.drawings import bags, desk, kitchen, light, plants, trail
from app.seed.drawings.shades import BLUSH, LEAF, MIST, SAND
from app.seed.drawings.sheet import HEIGHT, WIDTH, Sheet


class Ground(StrEnum):
    ROOM = "room"  # wall and table
    SURFACE = "surface"  # the table from above
    OWN = "own"  # the drawing brings its ground


class View(msgspec.Struct, frozen=True):
    draw: Callable[[Sheet, str], None]
    ground: Ground = Ground.ROOM
    table: str = SAND
    zoom: float = 1.0
    """How much larger than drawn, about the point where the thing stands (or the middle, seen from above)."""
    part: tuple[float, float, float] | None = None
    """Only this part of the drawing: x, y, width; the height follows from the format."""

    def svg(self, color: str) -> str:
        sheet = Sheet()
        if self.ground is Ground.ROOM:
            sheet.room(self.table)
        elif self.ground is Ground.SURFACE:
            sheet.surface(self.table)
        x, y = (400, 832) if self.ground is Ground.ROOM else (400, 500)
        with sheet.group(f"translate({x} {y}) scale({self.zoom}) translate({-x} {-y})"):
            self.draw(sheet, color)
        if self.part is None:
            return sheet.svg()
        left, top, width = self.part
        return sheet.svg((left, top, width, width * HEIGHT / WIDTH))


class Drawing(msgspec.Struct, frozen=True):
    whole: View
    detail: View


ROOM, SURFACE, OWN = Ground.ROOM, Ground.SURFACE, Ground.OWN

DRAWINGS: dict[str, Drawing] = {
    "mug": Drawing(View(kitchen.mug, zoom=1.42), View(kitchen.mug_from_above, SURFACE)),
    "kettle": Drawing(View(kitchen.kettle, zoom=1.12), View(kitchen.kettle_detail, OWN)),
    "dripper": Drawing(View(kitchen.dripper, zoom=1.3), View(kitchen.dripper_from_above, SURFACE)),
    "board": Drawing(View(kitchen.board, zoom=0.98), View(kitchen.board_detail, SURFACE)),
    "towels": Drawing(View(kitchen.towels), View(kitchen.towels_detail, OWN)),
    "bowl": Drawing(View(kitchen.bowl, zoom=1.16), View(kitchen.bowl_detail, SURFACE)),
    "desk_lamp": Drawing(View(light.desk_lamp, table=BLUSH, zoom=1.08), View(light.desk_lamp_detail, OWN)),
    "table_lamp": Drawing(View(light.table_lamp, table=BLUSH, zoom=1.08), View(light.table_lamp_detail, OWN)),
    "pendant": Drawing(View(light.pendant, table=BLUSH), View(light.pendant_detail, OWN)),
    "candles": Drawing(View(light.candles, table=BLUSH), View(light.candles_detail, SURFACE, BLUSH)),
    "notebook": Drawing(View(desk.notebook, SURFACE, MIST), View(desk.notebook_detail, SURFACE, MIST)),
    "pen": Drawing(View(desk.pen, SURFACE, MIST, zoom=1.06), View(desk.pen_detail, OWN)),
    "mat": Drawing(View(desk.mat, SURFACE, MIST), View(desk.mat_detail, OWN)),
    "backpack": Drawing(View(bags.backpack), View(bags.backpack, part=(222, 410, 300))),
    "tote": Drawing(View(bags.tote), View(bags.tote_detail, SURFACE)),
    "weekender": Drawing(View(bags.weekender), View(bags.weekender, part=(196, 400, 330))),
    "sleeve": Drawing(View(bags.sleeve, SURFACE, MIST), View(bags.sleeve, SURFACE, MIST, part=(230, 240, 350))),
    "enamel_mug": Drawing(View(trail.enamel_mug, table=LEAF, zoom=1.42), View(trail.enamel_detail, OWN)),
    "bottle": Drawing(View(trail.bottle, table=LEAF), View(trail.bottle, table=LEAF, part=(232, 90, 330))),
    "blanket": Drawing(View(trail.blanket, table=LEAF), View(trail.blanket_detail, SURFACE, LEAF)),
    "lantern": Drawing(
        View(trail.lantern, table=LEAF, zoom=1.06), View(trail.lantern, table=LEAF, part=(226, 500, 340))
    ),
    "book": Drawing(View(trail.book, table=LEAF), View(trail.book_detail, SURFACE, LEAF)),
    "planter": Drawing(View(plants.planter, table=LEAF), View(plants.planter_detail, OWN)),
    "can": Drawing(View(plants.can, table=LEAF, zoom=1.12), View(plants.can_detail, OWN)),
    "snips": Drawing(View(plants.snips, SURFACE, LEAF), View(plants.snips_detail, SURFACE, LEAF)),
}
