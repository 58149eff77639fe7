"""A planter that hangs from three cords."""

from itertools import pairwise

from app.seed.drawings.plants.pots import SOIL, leaf
from app.seed.drawings.settings import window
from app.seed.drawings.shades import BRASS, CANVAS, SHADE, STONE, TERRACOTTA, shifted, tones
from app.seed.drawings.sheet import Sheet, belt, box, curve, oval


def _strand(sheet: Sheet, points: list[tuple[float, float]], size: float, color: str) -> None:
    """A trailing shoot with round leaves on both sides."""
    green = tones(color)
    sheet.line(curve(points), green.dark, 4)
    for (x, y), (a, b) in pairwise(points):
        for share, side in ((0.2, -1), (0.7, 1)):
            cx, cy = x + (a - x) * share, y + (b - y) * share
            turn = side * 58 + (180 if b > y + 10 else 90)
            with sheet.group(f"translate({cx:.0f} {cy:.0f}) rotate({turn})"):
                sheet.flat(f"M0 0C{-15 * size} {-10 * size} {-15 * size} {-34 * size} 0 {-42 * size}Z", green.light)
                sheet.flat(f"M0 0C{15 * size} {-10 * size} {15 * size} {-34 * size} 0 {-42 * size}Z", green.mid)


def hanging(sheet: Sheet, color: str) -> None:
    clay, cord = tones(color), tones(CANVAS)
    cx = 400.0
    sheet.line(f"M{cx} -20V120", cord.dark, 7)
    sheet.line(f"M{cx - 2} -20V120", cord.light, 2)
    sheet.solid(oval(cx, 134, 17, 17), tones(BRASS), shade=5, light=5)
    sheet.flat(oval(cx, 134, 8, 8), "#e9e2d5")
    sheet.line(f"M{cx} 150L{cx + 14} 520", cord.dark, 6)
    for behind in (
        ((300, 520), (262, 470), (200, 470), (168, 540), (172, 640), (150, 720)),
        ((480, 520), (530, 460), (600, 480), (624, 560), (610, 660), (634, 760), (616, 850)),
    ):
        _strand(sheet, list(behind), 1.0, "#6f8f52")
    for x, y, length, turn in (
        (380, 524, 150, -34), (420, 524, 160, 26), (400, 524, 190, -6), (340, 528, 120, -62), (460, 528, 130, 58),
    ):  # fmt: skip
        leaf(sheet, x, y, length, turn, "#587a4c", wide=0.3)
    sheet.turned(cx, [[(524, 186), (580, 190), (660, 164), (716, 108), (740, 60)]], clay, tilt=0.13)
    sheet.line(belt(cx, 590, 189), clay.dark, 4)
    hollow = sheet.rim(cx, 524, 186, clay, wall=12)
    sheet.flat(oval(cx, 536, 166, 18), SOIL, within=hollow)
    for x, y, length, turn in ((330, 532, 110, -70), (372, 536, 130, -26), (420, 538, 140, 14), (470, 532, 112, 66)):
        leaf(sheet, x, y, length, turn, "#6a8c58", wide=0.3)
    for x, foot in ((-1, 176), (1, 176)):
        sheet.line(f"M{cx} 150L{cx + x * foot} 530", cord.dark, 7)
        sheet.line(f"M{cx - 2} 150L{cx + x * foot - 2} 530", cord.light, 2)
        sheet.solid(oval(cx + x * foot, 536, 9, 9), tones(BRASS), shade=3, light=3)
    for shoot in (
        ((290, 540), (250, 600), (262, 680), (230, 770), (244, 850)),
        ((360, 546), (350, 640), (372, 730), (350, 800)),
        ((510, 540), (530, 610), (506, 700), (524, 770)),
    ):
        _strand(sheet, list(shoot), 1.05, "#7d9c62")


def scene(sheet: Sheet, color: str) -> None:
    """Two of them in the kitchen window."""
    sheet.room(horizon=1000)
    window(sheet, 90, 40, 620, 720)
    sheet.flat(box(-10, 800, 820, 70), "#fbf7ee")
    sheet.flat(box(-10, 858, 820, 12), "#ddd5c5")
    sheet.flat(box(-10, 870, 820, 26), SHADE, opacity=0.1)
    with sheet.group("translate(280 0) scale(.74) translate(-400 0)"):
        hanging(sheet, color)
    with sheet.group("translate(590 -120) scale(.56) translate(-400 0)"):
        hanging(sheet, STONE if color != STONE else TERRACOTTA)
    sheet.line("M590 -10V20", shifted(CANVAS, -0.1), 4)
    pot = tones(TERRACOTTA)
    sheet.shadow(650, 846, 56, depth=0.14)
    sheet.turned(650, [[(776, 54), (848, 38)]], pot, tilt=0.13)
    sheet.turned(650, [[(764, 58), (784, 57)]], pot, tilt=0.13)
    hollow = sheet.rim(650, 764, 58, pot, wall=6)
    sheet.flat(oval(650, 769, 50, 6), SOIL, within=hollow)
    for turn, length in ((-50, 76), (46, 78), (-16, 100), (20, 96)):
        leaf(sheet, 650, 768, length, turn, "#86a06a", wide=0.18)
