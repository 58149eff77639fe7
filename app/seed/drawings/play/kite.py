"""A diamond kite with a tail, and its line on a winder."""

from collections.abc import Sequence

from app.seed.drawings.settings import meadow, valley
from app.seed.drawings.shades import MAPLE, SHADE, shifted, tones
from app.seed.drawings.sheet import Point, Sheet, box, curve, oval, polygon
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

CREAM = "#f1e6cc"


def sail(sheet: Sheet, color: str) -> None:
    """The kite alone: its cross at 0, 0, 200 up, 360 down, 220 to each side."""
    cloth, cream = tones(color), tones(CREAM)
    for points, tone in (
        (((0, -230), (0, 0), (-230, 0)), cloth.light),
        (((0, -230), (230, 0), (0, 0)), cream.mid),
        (((-230, 0), (0, 0), (0, 370)), cream.dark),
        (((0, 0), (230, 0), (0, 370)), cloth.dark),
    ):
        sheet.flat(polygon(*points), tone)
    sheet.flat(polygon((0, -230), (78, -152), (0, -84)), cloth.mid)
    sheet.flat(polygon((-230, 0), (-142, 0), (-86, 231)), cloth.mid)
    sheet.line("M0 -230V370M-230 0Q0 -14 230 0", tones(MAPLE).dark, 8)
    sheet.line("M-2 -230V370", tones(MAPLE).light, 2.5)
    sheet.line(polygon((0, -230), (230, 0), (0, 370), (-230, 0)), cloth.deep, 4)
    sheet.flat(oval(0, -4, 11, 11), cloth.deep)


def _bow(sheet: Sheet, x: float, y: float, turn: float, color: str, size: float = 1.0) -> None:
    cloth = tones(color)
    with sheet.group(f"translate({x} {y}) rotate({turn}) scale({size})"):
        sheet.flat("M0 0L-36 -17V17Z", cloth.mid)
        sheet.flat("M0 0L36 -17V17Z", cloth.dark)
        sheet.flat(oval(0, 0, 6, 7), cloth.deep)


def tail(sheet: Sheet, points: Sequence[Point], color: str, width: float = 5.0) -> None:
    sheet.line(curve(points), tones(color).dark, width)
    for step, (x, y) in enumerate(points[1:]):
        back = points[step]
        turn = 90 if abs(y - back[1]) < 2 else 0
        _bow(sheet, x, y, turn + (step % 3 - 1) * 22, color if step % 2 else shifted(CREAM, -0.08), width / 5)


def kite(sheet: Sheet, color: str) -> None:
    """Hung on the wall, its tail curled on the table."""
    with sheet.group("translate(400 330) rotate(12)"):
        outline = polygon((0, -230), (230, 0), (0, 370), (-230, 0))
        sheet.cast(outline, 22, 18, opacity=0.13)
        sail(sheet, color)
    ends = [(323, 692), (300, 744), (330, 800), (410, 838), (500, 832), (566, 852), (540, 890), (450, 896)]
    sheet.line(curve([(x + 8, y + 9) for x, y in ends]), SHADE, 6, opacity=0.12)
    tail(sheet, ends, color)
    _winder(sheet, color, 220, 838, 0.8)


def _winder(sheet: Sheet, color: str, x: float, y: float, size: float) -> None:
    """A spool of line between two maple disks, standing."""
    wood, line = tones(MAPLE), tones(CREAM)
    with sheet.group(f"translate({x} {y}) scale({size})"):
        sheet.shadow(0, 0, 66, depth=0.16)
        sheet.turned(0, [[(-22, 66), (0, 66)]], wood, tilt=0.16)
        sheet.flat(oval(0, -22, 66, 11), wood.light)
        spool = sheet.turned(0, [[(-104, 42), (-64, 50), (-24, 42)]], line, tilt=0.16)
        for step in range(8):
            sheet.line(f"M-60 {-100 + step * 11}Q0 {-84 + step * 11} 60 {-104 + step * 11}", line.dark, 3, within=spool)
        sheet.turned(0, [[(-124, 66), (-104, 66)]], wood, tilt=0.16)
        sheet.flat(oval(0, -124, 66, 11), wood.light)
        sheet.turned(0, [[(-164, 14), (-126, 12)]], tones(color), tilt=0.2)
        sheet.flat(oval(0, -164, 14, 3), tones(color).light)


def kite_detail(sheet: Sheet, color: str) -> None:
    """Folded: sail rolled around its sticks, tail and winder beside it, from above."""
    cloth, cream, wood = tones(color), tones(CREAM), tones(MAPLE)
    with sheet.group("rotate(-24 400 480)"):
        roll = box(40, 350, 720, 116, 30)
        sheet.cast(roll, 12, 22)
        sheet.flat(box(0, 396, 800, 22, 8), wood.mid)
        sheet.flat(box(0, 410, 800, 8, 4), wood.dark)
        sheet.flat(roll, cloth.mid)
        sheet.flat(box(40, 430, 720, 40), cloth.dark, within=roll)
        sheet.flat(box(40, 362, 720, 14), cloth.light, within=roll)
        for x in (120, 300, 520):
            sheet.flat(f"M{x} 340L{x + 90} 480H{x + 150}L{x + 60} 340Z", cream.mid, within=roll)
            sheet.flat(f"M{x + 58} 430L{x + 90} 480H{x + 150}L{x + 118} 430Z", cream.dark, within=roll)
        for x in (196, 580):
            sheet.solid(box(x, 340, 34, 136, 10), tones("#a2693f"), shade=8, light=6, drop=8)
    ends = [(120, 800), (210, 740), (300, 800), (390, 860), (480, 800), (560, 752)]
    sheet.line(curve([(x + 8, y + 10) for x, y in ends]), SHADE, 8, opacity=0.14)
    tail(sheet, ends, color, 6.5)
    sheet.flat(oval(676, 762, 88, 88), SHADE, opacity=0.16)
    sheet.solid(oval(660, 742, 86, 86), wood, shade=10, light=10)
    sheet.line(oval(660, 742, 62, 62), wood.dark, 3)
    sheet.solid(oval(660, 742, 26, 26), cloth, shade=8, light=7)
    sheet.line(curve([(590, 700), (470, 640), (330, 690), (200, 640), (90, 690)]), cream.dark, 5)
    with sheet.group("rotate(-14 200 180)"):
        sheet.cast(box(90, 120, 210, 130, 8), 8, 10)
        sheet.flat(box(90, 120, 210, 130, 8), "#f7f2e6")
        with sheet.group("translate(196 172) scale(.13)"):
            sail(sheet, color)
        for y, end in ((150, 160), (172, 150), (194, 158), (216, 146)):
            sheet.line(f"M108 {y}H{end}", "#b7ab97", 5)


def kite_scene(sheet: Sheet, color: str) -> None:
    """Over the valley."""
    valley(sheet, -200, 200, 1000, 940)
    sheet.flat(box(0, 0, 800, 140), "#d6e3e6")
    for x, y, size in ((150, 150, 1.0), (600, 560, 0.7), (80, 470, 0.55)):
        with sheet.group(f"translate({x} {y}) scale({size})"):
            cloud = "M-110 20A38 38 0 0 1 -90 -22A56 56 0 0 1 10 -46A48 48 0 0 1 86 -16A30 30 0 0 1 106 20Z"
            sheet.flat(cloud, "#ffffff", opacity=0.75)
            sheet.flat("M-110 20A38 38 0 0 1 -96 2Q0 24 110 2A28 28 0 0 1 106 20Z", "#c9dade", opacity=0.7)
    meadow(sheet, 850)
    sheet.line("M452 306Q380 700 130 1010", "#fbf7ec", 3)
    tail(sheet, [(576, 592), (620, 640), (600, 700), (650, 748), (634, 806), (684, 850)], color, 4.4)
    with sheet.group("translate(470 330) rotate(-24) scale(.78)"):
        sail(sheet, color)
    with sheet.group("translate(168 330) rotate(14) scale(.2)"):
        sail(sheet, "#5d6d48")
    tail(sheet, [(150, 400), (140, 420), (152, 442), (142, 462)], "#5d6d48", 1.6)


DRAWINGS = {"kite": Drawing(View(kite), View(kite_detail, SURFACE), View(kite_scene, OWN))}
