"""Mug, bottle, blanket, lantern and book where they are taken to."""

from app.seed.drawings import furniture
from app.seed.drawings.settings import boards, fir, lying_books, outdoors, painted_wall, picture, place, rock, valley
from app.seed.drawings.shades import (
    AEGEAN,
    BRASS,
    CANVAS,
    CHARCOAL,
    LEATHER,
    OAK,
    OAT,
    OCHRE,
    PAPER,
    RUST,
    SAGE,
    SHADE,
    STONE,
    oklch,
    tones,
)  # fmt: skip
from app.seed.drawings.sheet import Sheet, box, curve, oval, polygon
from app.seed.drawings.trail.gear import bottle, enamel_mug, lantern
from app.seed.drawings.trail.tent import night, tent
from app.seed.drawings.trail.walks import book


def _fire(sheet: Sheet, x: float, y: float, size: float) -> None:
    with sheet.group(f"translate({x} {y}) scale({size})"):
        sheet.glow(0, -80, 380, 340)
        for turn, length in ((-24, 230), (22, 230), (4, 200)):
            with sheet.group(f"rotate({turn})"):
                bark = tones("#5d4433")
                sheet.solid(box(-length / 2, -16, length, 34, 15), bark, shade=10, light=7, drop=8)
                sheet.flat(oval(-length / 2 + 8, 1, 9, 17), tones(OAK).mid)
        outer = "M-90 -6C-130 -90 -60 -130 -50 -210C-10 -170 -10 -140 4 -250"
        outer += "C60 -190 60 -140 66 -170C110 -120 110 -50 84 -6Z"
        sheet.flat(outer, "#d9692f")
        sheet.flat("M-60 -4C-86 -70 -34 -100 -24 -160C10 -120 12 -100 24 -150C64 -100 70 -50 54 -4Z", "#eea23f")
        sheet.flat("M-30 -2C-44 -44 -10 -64 0 -104C30 -66 40 -40 28 -2Z", "#fbe3a0")


def enamel_scene(sheet: Sheet, color: str) -> None:
    """By the fire, before the first cup."""
    night(sheet, water=False)
    for x, y, height in ((40, 770, 420), (150, 760, 300), (700, 770, 460), (610, 752, 260)):
        fir(sheet, x, y, height, "#26382f")
    _fire(sheet, 520, 810, 1.0)
    for x, y, width in ((360, 846, 70), (430, 872, 84), (520, 884, 90), (612, 872, 84), (680, 846, 70)):
        rock(sheet, x, y, width, "#6b6a66")
    bark, wood = tones("#7d654c"), tones("#d6b583")
    stump = sheet.turned(210, [[(850, 170), (900, 166), (1010, 196)]], bark, tilt=0.18)
    for x in (90, 150, 260, 320):
        sheet.line(curve([(x, 870), (x + 6, 940), (x - 4, 1010)]), bark.deep, 5, within=stump, opacity=0.6)
    sheet.flat(oval(210, 850, 170, 31), bark.light)
    sheet.flat(oval(210, 850, 158, 28), wood.mid)
    sheet.line(oval(208, 850, 110, 19), wood.dark, 3)
    sheet.line(oval(208, 850, 60, 10), wood.dark, 3)
    place(sheet, enamel_mug, color, 210, 866, 0.84)
    for x, y in ((186, 620), (222, 616)):
        sheet.line(curve([(x, y), (x - 16, y - 40), (x + 12, y - 76), (x - 8, y - 120)]), "#ffffff", 8, opacity=0.45)


def bottle_scene(sheet: Sheet, color: str) -> None:
    """On a flat stone by the river, a hat beside it."""
    outdoors(sheet, ground=620)
    stone = tones("#b7b1a6")
    slab = "M-20 820C80 770 200 780 360 772S700 760 820 800V1010H-20Z"
    sheet.solid(slab, stone, shade=0, light=14, drop=14)
    sheet.flat("M-20 940C160 900 420 930 820 890V1010H-20Z", stone.dark)
    place(sheet, bottle, color, 300, 868, 0.86)
    straw, band = tones(OAT), tones(RUST)
    sheet.shadow(560, 888, 180, depth=0.1, reach=0.25)
    sheet.flat("M390 880Q400 840 560 838T730 880Q640 916 560 916T390 880Z", straw.mid)
    sheet.flat("M560 916Q640 916 730 880Q726 862 690 852Q640 890 560 896Z", straw.dark)
    crown = "M470 864C476 770 500 744 560 744S644 770 650 864Q560 892 470 864Z"
    sheet.solid(crown, straw, shade=34, light=16)
    sheet.flat("M466 836Q560 866 654 836V866Q560 894 466 866Z", band.mid, within=crown)
    sheet.flat("M610 850L654 836V866L610 880Z", band.dark, within=crown)
    for x, y in ((60, 800), (96, 806), (720, 800)):
        sheet.flat(
            f"M{x} {y}C{x - 12} {y - 30} {x - 6} {y - 60} {x} {y - 80}C{x + 8} {y - 56} {x + 10} {y - 28} {x + 6} {y}Z",
            "#6d8a67",
        )


def blanket_scene(sheet: Sheet, color: str) -> None:
    """Over the arm of the chair, where it is found in the evening."""
    furniture.living_room(sheet, oklch(0.86, 0.022, 140))
    picture(sheet, 90, 120, 170, 210, AEGEAN)
    sheet.flat(oval(400, 900, 380, 74), tones("#e0d5c2").mid)
    sheet.line(oval(400, 900, 352, 62), "#f4ecdd", 6)
    furniture.armchair(sheet, "#c9bda6")
    wool, cream = tones(color), "#e6dcc8"
    fall = "M520 430Q600 420 640 470L652 560Q664 700 650 806H470Q486 690 474 600Q480 500 520 430Z"
    sheet.cast(fall, 9, 8, opacity=0.2)
    sheet.solid(fall, wool, shade=34, light=14)
    for step in range(26):
        x, y = 486 + (step * 53) % 150, 460 + (step * 79) % 270
        sheet.line(f"M{x} {y}l9 5", wool.light if step % 3 else wool.dark, 2.4, opacity=0.6, within=fall)
    for y, height in ((700, 34), (746, 10), (764, 10)):
        sheet.flat(
            f"M440 {y}Q560 {y + 12} 690 {y}V{y + height}Q560 {y + height + 12} 440 {y + height}Z", cream, within=fall
        )
    sheet.line("M560 470C576 560 556 680 570 800", wool.dark, 9, opacity=0.6, within=fall)
    for step in range(14):
        sheet.line(f"M{476 + step * 13} 806q{(step * 5) % 7 - 3} 16 {(step * 3) % 5 - 2} 30", wool.deep, 6)
    lying_books(sheet, 120, 952, 140, (RUST, OCHRE))
    glaze = tones(SAGE)
    sheet.turned(120, [[(842, 30), (904, 26)]], glaze, tilt=0.16)
    sheet.rim(120, 842, 30, glaze, wall=5, tilt=0.16)


def lantern_scene(sheet: Sheet, color: str) -> None:
    """At the end of the jetty, the tent behind."""
    night(sheet)
    fir(sheet, 60, 770, 300, "#26382f")
    fir(sheet, 740, 766, 260, "#26382f")
    with sheet.group("translate(590 792) scale(.3) translate(-400 -838)"):
        tent(sheet, STONE)
    sheet.flat(polygon((250, 770), (480, 770), (700, 1010), (30, 1010)), "#6d5a48")
    for y in (790, 822, 862, 912, 970):
        sheet.line(f"M{250 - (y - 770) * 0.92:.0f} {y}H{480 + (y - 770) * 0.92:.0f}", "#53443a", 5)
    for x, y, size in ((236, 800, 1.0), (500, 800, 1.0), (96, 950, 1.6), (646, 950, 1.6)):
        sheet.solid(box(x - 13 * size, y - 96 * size, 26 * size, 130 * size, 5), tones("#6d5a48"), shade=8, light=6)
    sheet.glow(370, 880, 420, 150)
    place(sheet, lantern, color, 370, 910, 0.82)


def _boot(sheet: Sheet, x: float, y: float, size: float) -> None:
    """A walking boot seen from its side, toe to the right, its sole at x, y."""
    leather = tones("#8a5a3a")
    with sheet.group(f"translate({x} {y}) scale({size})"):
        sheet.shadow(60, 0, 120, depth=0.1, reach=0.25)
        upper = "M-60 -30C-64 -90 -56 -160 -60 -220H40C44 -160 50 -130 90 -106C130 -92 168 -80 172 -30Z"
        sheet.solid(upper, leather, shade=24, light=12)
        sheet.flat("M110 -100C150 -90 170 -76 172 -30H120C122 -60 120 -80 110 -100Z", leather.dark, within=upper)
        sheet.solid(box(-66, -232, 112, 26, 11), tones(CHARCOAL), shade=8, light=6)
        for step in range(4):
            sheet.line(f"M{18 + step * 14} {-186 + step * 24}L{54 + step * 13} {-180 + step * 22}", tones(OAT).mid, 6)
        sheet.solid(box(-68, -34, 246, 34, 12), tones(CHARCOAL), shade=12, light=8)
        for step in range(8):
            sheet.flat(box(-58 + step * 29, -8, 15, 10, 3), tones(CHARCOAL).deep)


def book_scene(sheet: Sheet, color: str) -> None:
    """On the bench by the door, beside the boots: tomorrow."""
    painted_wall(sheet, oklch(0.885, 0.018, 150), "#c9ab7f", horizon=820)
    boards(sheet, "#c9ab7f", horizon=820)
    pane = box(60, 90, 250, 300)
    sheet.flat(box(44, 74, 282, 336, 4), "#fbf7ee")
    with sheet.inside(pane):
        valley(sheet, 0, 60, 380, 430)
    sheet.line("M185 90V390", "#fbf7ee", 11)
    wood = tones(OAK)
    sheet.shadow(400, 940, 350, depth=0.05, reach=0.2)
    for x in (90, 672):
        sheet.solid(box(x, 660, 40, 280, 5), wood, shade=10, light=7)
    sheet.flat(box(90, 780, 620, 24), wood.dark)
    sheet.solid(box(40, 630, 720, 40, 8), wood, shade=10, light=8)
    sheet.flat(box(44, 660, 712, 10, 4), wood.dark)
    sheet.flat(box(96, 670, 610, 12), SHADE, opacity=0.2)
    with sheet.group("translate(290 634) scale(.6) translate(-420 -838)"):
        book(sheet, color)
    place(sheet, enamel_mug, AEGEAN, 560, 634, 0.5)
    _boot(sheet, 270, 950, 0.92)
    _boot(sheet, 440, 966, 0.92)
    sheet.cast(box(560, 96, 140, 20, 8), 4, 10, opacity=0.14)
    sheet.solid(box(560, 96, 140, 20, 8), wood, shade=5, light=4)
    sheet.line("M630 112V150", tones(BRASS).mid, 8)
    strap = [(630, 140), (596, 250), (604, 340), (640, 360), (664, 300), (630, 140)]
    sheet.line(curve(strap), tones(LEATHER).mid, 9)
    sheet.solid(oval(630, 372, 34, 34), tones(BRASS), shade=8, light=7)
    sheet.flat(oval(630, 372, 24, 24), PAPER)
    sheet.line("M630 372L642 354", "#b4452c", 5)
    sheet.line("M630 372L618 390", tones(CANVAS).deep, 5)
