"""A plant mister: a glass flask under a brass pump."""

from app.seed.drawings.plants.pots import SOIL, pot
from app.seed.drawings.settings import painted_wall
from app.seed.drawings.shades import BRASS, GLASS, OAK, TERRACOTTA, oklch, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval


def mister(sheet: Sheet, color: str, *, spray: bool = False) -> None:
    """`color` is that of the pump; the flask is smoky glass with water in it."""
    metal, glass, water = tones(color), tones(GLASS), tones("#a9c4c8")
    cx = 420.0
    sheet.shadow(cx, 832, 140, depth=0.13, reach=0.5)
    body = [[(470, 44), (500, 52), (560, 118), (640, 146), (760, 142), (812, 132), (832, 122)]]
    flask = sheet.turned(cx, body, glass, tilt=0.11)
    sheet.turned(cx, [[(640, 141), (700, 142), (760, 137), (810, 127), (824, 118)]], water, tilt=0.1)
    sheet.flat(oval(cx, 640, 141, 14), water.light)
    sheet.line(f"M{cx} 480V806", tones(BRASS).dark, 7)
    sheet.line(curve([(318, 610), (306, 690), (320, 790)]), "#ffffff", 9, opacity=0.6, within=flask)
    sheet.line(curve([(384, 520), (350, 556), (330, 590)]), "#ffffff", 7, opacity=0.5, within=flask)
    sheet.turned(cx, [[(410, 50), (418, 62), (476, 62)]], metal, tilt=0.13)
    for y in (436, 456):
        sheet.line(f"M{cx - 61} {y}Q{cx} {y + 16} {cx + 61} {y}", metal.dark, 4)
    sheet.flat(oval(cx, 410, 50, 6), metal.light)
    trigger = "M396 396C340 410 316 470 318 540L300 540C292 460 316 384 380 366Z"
    sheet.solid(trigger, metal, shade=8, light=6)
    sheet.turned(cx, [[(352, 30), (410, 34)]], metal, tilt=0.15)
    sheet.solid("M258 300H470Q506 300 506 336V352Q506 368 490 368H300L258 350Z", metal, shade=16, light=8, drop=6)
    sheet.solid(box(228, 304, 40, 44, 8), metal, shade=6, light=6)
    sheet.flat(oval(229, 326, 8, 13), metal.deep)
    if spray:
        for step in range(42):
            reach = 36 + (step * 29) % 190
            drift = ((step * 47) % 100 / 100 - 0.5) * reach * 0.9
            size = 2 + (step * 3) % 4
            sheet.flat(oval(220 - reach, 326 + drift, size, size), "#8db3c4", opacity=0.75)


def spraying(sheet: Sheet, color: str) -> None:
    """The nozzle at work."""
    sheet.room(horizon=1300)
    with sheet.group("translate(-70 -330) scale(1.9)"):
        mister(sheet, color, spray=True)


def scene(sheet: Sheet, color: str) -> None:
    """Fog for the ferns."""
    painted_wall(sheet, oklch(0.885, 0.02, 95), "#d9c29a")
    sheet.shadow(240, 866, 130, depth=0.13, reach=0.5)
    hollow = pot(sheet, TERRACOTTA, 240, 676, 868, 122)
    sheet.flat(oval(240, 686, 110, 12), SOIL, within=hollow)
    for turn in (-78, 74, -58, 56, -40, 38, -20, 20, 0):
        _frond(sheet, 240, 690, 300 - abs(turn) * 0.7, turn, "#587a4c" if turn % 4 else "#6f8f52")
    with sheet.group("translate(596 880) scale(.82) translate(-420 -832)"):
        mister(sheet, color, spray=True)
    wood = tones(OAK)
    sheet.solid(box(-10, 940, 820, 80), wood, shade=0, light=8, drop=8)


def _frond(sheet: Sheet, x: float, y: float, length: float, turn: float, color: str) -> None:
    """A fern's leaf that bends over at its tip."""
    green = tones(color)
    with sheet.group(f"translate({x} {y}) rotate({turn * 0.8:.0f})"):
        bend = turn * 0.5
        sheet.line(f"M0 0Q0 {-length * 0.6:.0f} {bend:.0f} {-length:.0f}", green.dark, 4)
        for step in range(9):
            share = 0.16 + step * 0.092
            px, py = bend * share * share, -length * share
            half = 44 * (1 - share * 0.72)
            for side, tone in ((-1, green.light), (1, green.mid)):
                tip = f"{px + side * half:.0f} {py - half * 0.5:.0f}"
                sheet.flat(f"M{px:.0f} {py:.0f}Q{px + side * half * 0.6:.0f} {py - half * 0.7:.0f} {tip}"
                           f"Q{px + side * half * 0.5:.0f} {py + 4:.0f} {px:.0f} {py:.0f}Z", tone)  # fmt: skip
    sheet.flat(oval(x, y, 3, 3), shifted(color, -0.1))
