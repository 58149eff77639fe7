"""A small lamp without a cord, to be carried to where the evening is."""

from app.seed.drawings.light.lamps import GLOWING
from app.seed.drawings.shades import BLUSH, BRASS, shifted, tones
from app.seed.drawings.sheet import Sheet, belt, box, curve, oval
from app.seed.drawings.views import OWN, Drawing, View


def portable(sheet: Sheet, color: str) -> None:
    """A mushroom: foot, stem, cap, and the light between."""
    paint, brass = tones(color), tones(BRASS)
    cx = 400.0
    sheet.shadow(cx, 832, 150, depth=0.13, reach=0.5)
    sheet.glow(cx, 600, 360, 330)
    sheet.glow(cx, 838, 250, 46)
    sheet.turned(cx, [[(796, 108), (804, 124), (820, 136), (832, 134)]], paint, tilt=0.13)
    sheet.flat(oval(cx, 796, 108, 14), paint.light)
    dome = (
        f"M{cx - 214} 516C{cx - 214} 380 {cx - 120} 306 {cx} 306S{cx + 214} 380 {cx + 214} 516"
        f"A214 30 0 0 1 {cx - 214} 516Z"
    )
    sheet.flat(dome, paint.mid)
    sheet.flat(f"M{cx + 60} 290C{cx + 120} 340 {cx + 134} 420 {cx + 130} 560H{cx + 260}V290Z", paint.dark, within=dome)
    sheet.flat(
        f"M{cx - 60} 310C{cx - 130} 350 {cx - 160} 420 {cx - 166} 560H{cx - 110}"
        f"C{cx - 104} 430 {cx - 80} 350 {cx - 20} 306Z",
        paint.light,
        within=dome,
    )
    sheet.flat(oval(cx, 516, 213, 29), paint.deep)
    inner = oval(cx, 520, 203, 25)
    sheet.flat(inner, "#f7dfa0")
    sheet.flat(oval(cx, 526, 116, 19), GLOWING, within=inner)
    sheet.turned(cx, [[(524, 42), (640, 36), (760, 44), (800, 60)]], tones(shifted(color, 0.01)), tilt=0.13)
    sheet.line(belt(cx, 786, 52), brass.mid, 8)
    sheet.solid(oval(cx, 300, 26, 14), brass, shade=7, light=5)
    sheet.flat(oval(cx - 2, 296, 18, 8), brass.light)


def _glass(sheet: Sheet, x: float, y: float, wine: str) -> None:
    """A tumbler with something in it, its foot at x, y."""
    body = f"M{x - 40} {y - 96}L{x - 33} {y}Q{x} {y + 9} {x + 33} {y}L{x + 40} {y - 96}Z"
    sheet.shadow(x, y, 38, depth=0.14)
    sheet.flat(body, "#ccd9da", opacity=0.4)
    drink = (
        f"M{x - 37} {y - 54}L{x - 33} {y}Q{x} {y + 9} {x + 33} {y}L{x + 37} {y - 54}Q{x} {y - 46} {x - 37} {y - 54}Z"
    )
    sheet.flat(drink, wine)
    sheet.flat(oval(x, y - 54, 37, 6), shifted(wine, 0.07))
    sheet.line(oval(x, y - 96, 40, 6), "#eef3f2", 3)
    sheet.line(f"M{x - 26} {y - 84}L{x - 22} {y - 16}", "#ffffff", 4, opacity=0.5)


def scene(sheet: Sheet, color: str) -> None:
    """On the table outside, after the sun."""
    sheet.flat(box(0, 0, 800, 1000), "#5c6a8c")
    sheet.flat(box(0, 200, 800, 500), "url(#mist)", opacity=0.34)
    for points, tint in (
        ([(-20, 520), (120, 440), (260, 510), (420, 410), (580, 500), (720, 440), (820, 480)], "#55688a"),
        ([(-20, 590), (180, 540), (380, 600), (600, 530), (820, 590)], "#45597a"),
        ([(-20, 660), (220, 630), (500, 670), (820, 628)], "#384b66"),
    ):
        sheet.flat(f"{curve(points)}V1010H-20Z", tint)
    for x, y in ((120, 120), (240, 70), (420, 150), (560, 60), (690, 170), (330, 220), (640, 280), (80, 280)):
        sheet.flat(oval(x, y, 2.6, 2.6), "#f3e7c4")
    string = [(-20, 110), (90, 150), (206, 96), (330, 146), (460, 92), (580, 146), (700, 96), (820, 140)]
    sheet.line(curve(string), "#2f3b52", 4)
    for x, y in string[1:-1]:
        sheet.glow(x, y + 15, 52, 52)
        sheet.flat(oval(x, y + 15, 10, 14), GLOWING)
    wood = tones("#7a5f48")
    sheet.flat("M-20 800H820V1010H-20Z", wood.mid)
    for y in (856, 924):
        sheet.line(f"M-20 {y}H820", wood.dark, 4)
    sheet.flat(box(-20, 800, 840, 7), wood.light)
    sheet.flat(oval(400, 900, 420, 84), "#ffd98a", opacity=0.2)
    with sheet.group("translate(400 884) scale(.94) translate(-400 -832)"):
        portable(sheet, color)
    _glass(sheet, 170, 900, "#8a3a3a")
    _glass(sheet, 640, 914, "#8a3a3a")
    bowl = tones("#dccdb2")
    sheet.shadow(560, 956, 76, depth=0.13)
    hollow = oval(540, 898, 84, 15)
    sheet.turned(540, [[(898, 84), (930, 66), (956, 36)]], bowl, tilt=0.17)
    sheet.flat(hollow, bowl.deep)
    for x, y in ((490, 894), (520, 888), (550, 890), (582, 892), (506, 900), (536, 900), (566, 900)):
        sheet.solid(oval(x, y, 15, 13), tones("#6f7a3e"), shade=5, light=4)
    sheet.turned(540, [[(900, 84), (930, 66), (956, 36)]], bowl, tilt=0.17, flat_top=True)
    sheet.line(belt(540, 900, 84), bowl.light, 4)


DRAWINGS = {
    "portable_lamp": Drawing(
        View(portable, table=BLUSH, zoom=1.08), View(portable, table=BLUSH, part=(170, 250, 330)), View(scene, OWN)
    )
}
