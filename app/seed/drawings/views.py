"""What is drawn of a product, on which ground, how near."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from app.seed.drawings.shades import SAND
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
    """What is seen of a product: it whole, a part or another side of it, and the thing in use among others."""

    whole: View
    detail: View
    scene: View

    def views(self) -> tuple[View, View, View]:
        return self.whole, self.detail, self.scene


ROOM, SURFACE, OWN = Ground.ROOM, Ground.SURFACE, Ground.OWN
