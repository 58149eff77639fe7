"""What all stoneware has: a speckled glaze and a bare foot."""

from random import Random

from app.seed.drawings.sheet import Sheet, oval

CLAY = "#cbb08d"


def speckle(sheet: Sheet, within: str, area: tuple[float, float, float, float], color: str, count: int) -> None:
    """Iron spots of a stoneware glaze, the same on every drawing of it."""
    dice = Random(count)
    x, y, width, height = area
    spots = [
        oval(x + dice.random() * width, y + dice.random() * height, size := dice.choice((1.4, 1.8, 2.6)), size)
        for _ in range(count)
    ]
    sheet.flat("".join(spots), color, opacity=0.5, within=within)
