"""A wall lamp on an arm that swings."""

from app.seed.drawings.light.lamps import GLOWING
from app.seed.drawings.settings import evening, lying_books, plank
from app.seed.drawings.shades import BLUSH, BRASS, CHALK, OAK, OCHRE, RUST, TERRACOTTA, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval, polygon
from app.seed.drawings.views import OWN, Drawing, View


def _head(sheet: Sheet, color: str, x: float, y: float, size: float, turn: float) -> None:
    """A dome that opens downward, its neck at x, y."""
    paint = tones(color)
    with sheet.group(f"translate({x} {y}) rotate({turn}) scale({size})"):
        sheet.turned(0, [[(-26, 15), (16, 19)]], tones(BRASS), tilt=0.2)
        sheet.turned(0, [[(10, 28), (26, 70), (70, 122), (150, 150)]], paint, tilt=0.12, light_at=(-0.82, -0.56))
        sheet.flat(oval(0, 10, 28, 4), paint.light)
        sheet.flat(oval(0, 150, 150, 21), paint.deep)
        inner = oval(0, 152, 142, 17)
        sheet.flat(inner, "#f7dfa0")
        sheet.flat(oval(0, 155, 74, 14), GLOWING, within=inner)
        sheet.flat(oval(0, 158, 34, 9), "#ffffff", within=inner)


def wall_lamp(sheet: Sheet, color: str) -> None:
    """From the wall at the right, its arm folded out to the left."""
    brass = tones(BRASS)
    sheet.glow(270, 700, 330, 320)
    with sheet.group("translate(22 26)", opacity=0.13):
        sheet.line("M620 300H436L282 356", "#3a2f26", 20)
        sheet.flat(oval(620, 300, 82, 82), "#3a2f26")
    plate = oval(620, 300, 78, 78)
    sheet.solid(plate, brass, shade=14, light=14)
    sheet.line(oval(620, 300, 58, 58), brass.dark, 3)
    sheet.bar([(620, 300), (440, 300)], tones(color), 21)
    sheet.bar([(440, 300), (276, 372)], tones(color), 21)
    for x, y, size in ((620, 300, 24), (440, 300, 26), (276, 372, 21)):
        sheet.flat(oval(x, y, size, size), brass.dark)
        sheet.flat(oval(x - 2, y - 2, size - 3, size - 3), brass.mid)
        sheet.flat(oval(x - 4, y - 5, size / 3, size / 3), brass.light)
    _head(sheet, color, 270, 416, 1.08, 8)
    sheet.cast(box(582, 640, 72, 72, 10), 5, 7)
    sheet.solid(box(582, 640, 72, 72, 10), tones("#f4efe4"), shade=6, light=6)
    cord = [(620, 378), (628, 450), (606, 530), (630, 610), (618, 668)]
    sheet.solid(oval(618, 676, 20, 20), tones("#3d4148"), shade=6, light=5)
    sheet.line(curve(cord), shifted("#3d4148", 0.06), 8)


def scene(sheet: Sheet, color: str) -> None:
    """Over the bed, for the last pages."""
    evening(sheet, "#57627a", "#57627a")
    sheet.glow(360, 430, 470, 420)
    with sheet.group("translate(150 30) scale(.82)"):
        wall_lamp(sheet, color)
    sheet.flat(polygon((250, 520), (490, 508), (660, 1000), (110, 1000)), "#fff0c4", opacity=0.16)
    wood = tones(OAK)
    sheet.solid(box(-40, 640, 520, 400, 26), wood, shade=16, light=10, drop=8)
    pillow = tones("#efe8da")
    for x, y, turn in ((40, 690, -4), (220, 700, 5)):
        with sheet.group(f"rotate({turn} {x + 110} {y + 80})"):
            d = f"M{x} {y + 20}Q{x + 110} {y - 16} {x + 230} {y + 16}Q{x + 246} {y + 90} {x + 230} {y + 160}"
            d += f"Q{x + 110} {y + 184} {x} {y + 158}Q{x - 14} {y + 90} {x} {y + 20}Z"
            sheet.solid(d, pillow, shade=26, light=12)
    cover = tones(RUST)
    d = "M-40 850Q120 806 300 826T480 846V1010H-40Z"
    sheet.solid(d, cover, shade=30, light=12, drop=10)
    sheet.flat("M-40 850Q120 806 300 826T480 846V884Q360 858 240 862T-40 890Z", "#efe8da")
    plank(sheet, 520, 810, 820, OAK, thick=30)
    sheet.solid(box(520, 838, 300, 180, 4), wood, shade=0, light=10)
    sheet.line(box(546, 862, 270, 120, 4), wood.dark, 3)
    sheet.solid(oval(680, 920, 14, 14), tones(BRASS), shade=4, light=4)
    lying_books(sheet, 620, 810, 140, (OCHRE, TERRACOTTA, "#e3d8c3"))
    glaze = tones(CHALK)
    sheet.turned(744, [[(744, 36), (810, 31)]], glaze, tilt=0.14)
    sheet.rim(744, 744, 36, glaze, wall=5)


DRAWINGS = {
    "wall_lamp": Drawing(
        View(wall_lamp, table=BLUSH), View(wall_lamp, table=BLUSH, part=(330, 130, 400)), View(scene, OWN)
    )
}
