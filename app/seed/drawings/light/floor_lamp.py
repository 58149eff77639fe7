"""A floor lamp on three legs of wood."""

from app.seed.drawings.furniture import armchair
from app.seed.drawings.light.lamps import GLOWING
from app.seed.drawings.settings import boards, evening, lying_books
from app.seed.drawings.shades import BLUSH, BRASS, FOREST, INK_BLUE, OCHRE, RUST, shifted, tones
from app.seed.drawings.sheet import Sheet, belt, box, curve, oval
from app.seed.drawings.views import OWN, Drawing, View

_LINEN = "#efdfbd"


def _shade(sheet: Sheet, cx: float, top: float, foot: float, half: float) -> None:
    linen = tones(_LINEN)
    silhouette = sheet.turned(
        cx, [[(top, half * 0.8), (foot, half)]], linen, tilt=0.09, dark_from=0.5, light_at=(-0.62, 0.1)
    )
    for share in (-0.62, -0.2, 0.2, 0.62):
        sheet.line(
            curve([(cx + share * half * 0.8, top), (cx + share * half, foot + 20)]),
            linen.dark, 2, opacity=0.35, within=silhouette,
        )  # fmt: skip
    sheet.line(belt(cx, foot - 10, half), linen.dark, 5, within=silhouette)
    sheet.flat(oval(cx, top, half * 0.8, half * 0.07), linen.dark)
    sheet.flat(oval(cx, top + 2, half * 0.74, half * 0.056), GLOWING)


def _leg(sheet: Sheet, color: str, top: tuple[float, float], foot: tuple[float, float], width: float) -> None:
    wood = tones(color)
    (x, y), (a, b) = top, foot
    outline = f"M{x - width * 0.6} {y}L{a - width * 0.42} {b}H{a + width * 0.42}L{x + width * 0.6} {y}Z"
    sheet.flat(outline, wood.mid)
    sheet.flat(f"M{x + width * 0.1} {y}L{a + width * 0.06} {b}H{a + width * 0.42}L{x + width * 0.6} {y}Z", wood.dark)
    sheet.flat(f"M{x - width * 0.6} {y}L{a - width * 0.42} {b}H{a - width * 0.24}L{x - width * 0.36} {y}Z", wood.light)


def floor_lamp(sheet: Sheet, color: str, *, lit: bool = True) -> None:
    brass = tones(BRASS)
    sheet.shadow(420, 862, 190, depth=0.09, reach=0.3)
    if lit:
        sheet.glow(400, 300, 400, 360)
    _leg(sheet, shifted(color, -0.05), (404, 420), (430, 826), 21)
    for foot in ((232, 866), (590, 862)):
        _leg(sheet, color, (400, 420), foot, 25)
    sheet.line("M318 660H498", brass.dark, 7)
    sheet.line("M318 658H498", brass.light, 2.5)
    sheet.turned(400, [[(392, 28), (400, 38), (448, 40)]], brass, tilt=0.16)
    sheet.line("M400 360V396", brass.dark, 15)
    _shade(sheet, 400, 118, 366, 196)
    sheet.line("M468 374V470", brass.dark, 4)
    sheet.solid(oval(468, 478, 9, 12), brass, shade=4, light=3)


def detail(sheet: Sheet, color: str) -> None:
    """Where the legs meet: collar, screw, pull."""
    brass = tones(BRASS)
    sheet.room(horizon=1300)
    sheet.glow(400, 60, 640, 420)
    _leg(sheet, shifted(color, -0.05), (410, 430), (480, 1100), 104)
    for foot in ((-40, 1100), (850, 1100)):
        _leg(sheet, color, (400, 460), foot, 124)
    sheet.turned(400, [[(330, 120), (352, 160), (560, 168)]], brass, tilt=0.15)
    sheet.flat(oval(400, 330, 120, 18), brass.light)
    for x in (330, 470):
        sheet.flat(oval(x, 470, 22, 22), brass.dark)
        sheet.flat(oval(x - 3, 467, 17, 17), brass.light)
        sheet.line(f"M{x - 14} 460L{x + 8} 474", brass.deep, 5)
    sheet.turned(400, [[(180, 46), (340, 46)]], brass, tilt=0.15)
    _shade(sheet, 400, -500, 190, 560)
    sheet.line("M620 236V520", brass.dark, 9)
    sheet.line("M617 236V520", brass.light, 3)
    sheet.solid(oval(620, 546, 25, 34), brass, shade=9, light=7)


def scene(sheet: Sheet, color: str) -> None:
    """The chair, the lamp, the third chapter."""
    evening(sheet, "#4a5670", "#6d5c4c", horizon=700)
    boards(sheet, "#7a6452", horizon=700)
    sheet.flat(box(0, 670, 800, 33), "#59657d")
    pane = box(60, 110, 210, 330, 3)
    sheet.flat(box(46, 96, 238, 358, 4), "#dcd6c8")
    sheet.flat(pane, "#2a3650")
    with sheet.inside(pane):
        sheet.flat(oval(206, 190, 26, 26), "#f3e7c4")
        sheet.flat("M40 380Q120 320 190 360T300 330V460H40Z", "#1f2b40")
    sheet.line("M165 110V440M60 250H270", "#dcd6c8", 11)
    sheet.glow(520, 320, 480, 470)
    sheet.flat(oval(420, 900, 460, 84), "#8b5a48")
    sheet.line(oval(420, 900, 430, 72), "#c9a06c", 5)
    with sheet.group("translate(300 900) scale(.86) translate(-400 -880)"):
        armchair(sheet, FOREST)
    with sheet.group("translate(560 884) scale(.94) translate(-400 -862)"):
        floor_lamp(sheet, color, lit=False)
    sheet.glow(560, 190, 260, 220)
    sheet.flat("M200 770L312 748L418 772L412 786L312 764L206 784Z", "#f4eee0")
    sheet.flat("M312 748L418 772L412 786L312 764Z", "#d9d0bc")
    lying_books(sheet, 92, 946, 130, (RUST, OCHRE, INK_BLUE))


DRAWINGS = {"floor_lamp": Drawing(View(floor_lamp, table=BLUSH), View(detail, OWN), View(scene, OWN))}
