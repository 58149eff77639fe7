"""Towels and a mat."""

from app.seed.drawings.bath.room import floor, tub
from app.seed.drawings.cloth import folded, hanging, loops, rolled
from app.seed.drawings.furniture import stool, tiled
from app.seed.drawings.settings import place
from app.seed.drawings.shades import BRASS, OAK, shifted, tones
from app.seed.drawings.sheet import Sheet, box, oval


def bath_towels(sheet: Sheet, color: str) -> None:
    """Three, folded, on a stool."""
    stool(sheet, 400, 660, 870, 210)
    for step in range(3):
        folded(sheet, 226 + step * 6, 560 - step * 104, 346 - step * 8, 100, color)


def bath_towels_detail(sheet: Sheet, color: str) -> None:
    """Rolled, in a pile."""
    sheet.shadow(400, 838, 300, depth=0.07, reach=0.3)
    for x, y in ((204, 716), (436, 716), (320, 520)):
        rolled(sheet, x, y, 118, color)
    rolled(sheet, 654, 732, 102, color)


def bath_towels_scene(sheet: Sheet, color: str) -> None:
    """Over a brass rail before tiles, a stack on the stool."""
    tiled(sheet, to=720)
    floor(sheet, horizon=720)
    brass = tones(BRASS)
    for x in (120, 560):
        sheet.flat(oval(x, 226, 18, 18), brass.dark)
    sheet.bar([(110, 230), (572, 230)], brass, 16)
    hanging(sheet, 164, 232, 384, 640, color)
    hanging(sheet, 412, 232, 530, 470, shifted(color, 0.02))
    with sheet.group("translate(590 905) scale(.62) translate(-400 -870)"):
        bath_towels(sheet, color)


def mat(sheet: Sheet, color: str) -> None:
    """Tufted in waves, from above, its ends flat."""
    cloth = tones(color)
    with sheet.group("rotate(-7 400 500)"):
        d = box(70, 272, 660, 456, 22)
        sheet.cast(d, 14, 16, opacity=0.17)
        sheet.solid(d, cloth, shade=12, light=10, drop=8)
        inner = box(118, 272, 564, 456)
        for row in range(10):
            y = 260 + row * 47.4
            wave, back = "q28 -22 56 0t56 0" * 6, "q-28 22 -56 0t-56 0" * 6
            tone = cloth.light if row % 2 else cloth.dark
            sheet.flat(f"M60 {y + 4}{wave}v28{back}Z", tone, opacity=0.55, within=inner)
            sheet.line(f"M60 {y + 4}{wave}", cloth.deep, 3, opacity=0.4, within=inner)
        for x in (86, 100, 700, 714):
            sheet.line(f"M{x} 288V712", cloth.deep, 2.2, dash="9 7", opacity=0.8)
        loops(sheet, inner, (124, 290, 552, 430), cloth, 24)


def mat_detail(sheet: Sheet, color: str) -> None:
    """Rolled up, lying, with a band of linen."""
    cloth = tones(color)
    sheet.shadow(420, 836, 300, depth=0.08, reach=0.3)
    d = "M236 540H640Q720 548 724 686Q720 826 640 832H236Z"
    sheet.solid(d, cloth, shade=0, light=0)
    for y, tone in ((540, cloth.light), (586, cloth.mid), (740, cloth.dark)):
        sheet.flat(box(230, y, 520, 96), tone, within=d)
    for row in range(6):
        sheet.line(
            f"M250 {560 + row * 50}q26 -14 52 0t52 0t52 0t52 0t52 0t52 0t52 0t52 0",
            cloth.deep,
            4,
            opacity=0.35,
            within=d,
        )
    band = box(500, 534, 64, 304)
    sheet.flat(band, "#e6dcc8", within=d)
    sheet.flat(box(500, 740, 64, 100), "#cbbd9f", within=d)
    rolled(sheet, 236, 686, 146, color)


def mat_scene(sheet: Sheet, color: str) -> None:
    """On the stone before the tub."""
    tiled(sheet, to=640)
    floor(sheet)
    tub(sheet, 250, 400, 800)
    hanging(sheet, 470, 408, 620, 640, "#f1ece1")
    with sheet.group("translate(360 880) skewX(-24) scale(.92 .3) translate(-400 -500)"):
        mat(sheet, color)
    with sheet.group("translate(120 780) scale(.5) translate(-400 -870)"):
        stool(sheet, 400, 560, 870, 170, OAK)
    place(sheet, _jar, "#8a5a3c", 120, 632, 0.5)


def _jar(sheet: Sheet, color: str) -> None:
    """A small bottle for the stool."""
    glass = tones(color)
    sheet.turned(390, [[(640, 26), (680, 30)], [(690, 60), (720, 74), (832, 70)]], glass, tilt=0.12)
    sheet.flat(box(326, 740, 128, 60), "#f4eee0")
