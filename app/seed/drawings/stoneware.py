"""What all stoneware has: a speckled glaze and a bare foot. And plates, which many pictures are laid with."""

from random import Random

from app.seed.drawings.shades import shifted, tones
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


def plate_face(sheet: Sheet, cx: float, cy: float, radius: float, color: str, *, lying: bool = True) -> None:
    """A plate seen straight on: from above, or standing on its edge before a wall."""
    glaze = tones(color)
    edge = oval(cx, cy, radius, radius)
    sheet.cast(edge, radius * 0.07, radius * (0.08 if lying else 0.03), opacity=0.17)
    sheet.flat(edge, CLAY)
    glazed = oval(cx, cy, radius * 0.975, radius * 0.975)
    sheet.solid(glazed, glaze, shade=radius * 0.05, light=radius * 0.05)
    well = oval(cx, cy, radius * 0.7, radius * 0.7)
    sheet.flat(well, glaze.dark)
    sheet.flat(oval(cx + radius * 0.025, cy + radius * 0.03, radius * 0.69, radius * 0.69), glaze.light, within=well)
    sheet.flat(oval(cx + radius * 0.012, cy + radius * 0.012, radius * 0.668, radius * 0.668), glaze.mid, within=well)
    sheet.flat(
        oval(cx - radius * 0.5, cy + radius * 0.45, radius * 0.8, radius * 0.8), shifted(color, 0.018), within=well
    )
    speckle(sheet, edge, (cx - radius, cy - radius, 2 * radius, 2 * radius), glaze.deep, int(radius * 0.42))


def plates_stacked(sheet: Sheet, cx: float, base: float, radius: float, color: str, count: int) -> float:
    """A stack of plates seen from the side, its foot at `base`; returns where its top is."""
    glaze, clay = tones(color), tones(CLAY)
    step = radius * 0.105
    sheet.shadow(cx, base - 3, radius * 0.74, depth=0.13, reach=0.5)
    for place in range(count):
        y = base - place * step
        sheet.turned(cx, [[(y - radius * 0.05, radius * 0.6), (y, radius * 0.56)]], clay, tilt=0.12)
        profile = [[(y - radius * 0.17, radius), (y - radius * 0.1, radius * 0.86), (y - radius * 0.05, radius * 0.58)]]
        sheet.turned(cx, profile, glaze, tilt=0.12)
    top = base - (count - 1) * step - radius * 0.17
    sheet.flat(oval(cx, top, radius, radius * 0.12), CLAY)
    sheet.flat(oval(cx, top + 1, radius * 0.97, radius * 0.112), glaze.light)
    hollow = oval(cx, top + radius * 0.018, radius * 0.74, radius * 0.078)
    sheet.flat(hollow, glaze.dark)
    sheet.flat(oval(cx + radius * 0.08, top + radius * 0.036, radius * 0.72, radius * 0.07), glaze.mid, within=hollow)
    return top
