"""A desk clock in the shape of an arch."""

from app.seed.drawings.settings import painted_wall, plank, standing_books
from app.seed.drawings.shades import (
    BRASS,
    FOREST,
    INK,
    INK_BLUE,
    OAK,
    OCHRE,
    PAPER,
    RUST,
    SHADE,
    TERRACOTTA,
    oklch,
    tones,
)
from app.seed.drawings.sheet import Sheet, box, oval

_FRONT = "M170 806V452A214 214 0 0 1 598 452V806Q598 820 584 820H184Q170 820 170 806Z"
_CX, _CY = 384.0, 468.0


def clock(sheet: Sheet, color: str) -> None:
    paint, brass, wood = tones(color), tones(BRASS), tones(OAK)
    sheet.shadow(410, 836, 236, depth=0.09, reach=0.45)
    for x in (206, 516):
        sheet.solid(box(x, 806, 64, 30, 8), wood, shade=10, light=7)
    with sheet.group("translate(46 -16)"):
        sheet.flat(_FRONT, paint.deep)
    sheet.flat("M598 452L644 436V790L598 812Z", paint.deep)
    sheet.solid(_FRONT, paint, shade=16, light=14)
    dial = oval(_CX, _CY, 162, 162)
    sheet.flat(oval(_CX, _CY, 174, 174), brass.dark)
    sheet.flat(oval(_CX - 2, _CY - 2, 171, 171), brass.mid)
    sheet.flat(dial, PAPER)
    shaded = f"M{_CX - 170} {_CY - 170}H{_CX + 170}V{_CY - 60}A170 170 0 0 0 {_CX - 110} {_CY + 100}"
    sheet.flat(f"{shaded}L{_CX - 170} {_CY + 170}Z", SHADE, opacity=0.07, within=dial)
    for turn in range(0, 360, 6):
        with sheet.group(f"rotate({turn} {_CX} {_CY})"):
            if turn % 30:
                sheet.line(f"M{_CX} {_CY - 150}V{_CY - 144}", INK, 2.4, opacity=0.6)
            else:
                long = 24 if turn % 90 == 0 else 16
                sheet.line(f"M{_CX} {_CY - 148}V{_CY - 148 + long}", INK, 7)
    for turn, length, width in ((305, 84, 12), (60, 124, 8)):
        with sheet.group(f"translate(5 6) rotate({turn} {_CX} {_CY})"):
            sheet.line(f"M{_CX} {_CY + 22}V{_CY - length}", SHADE, width, opacity=0.16)
        with sheet.group(f"rotate({turn} {_CX} {_CY})"):
            sheet.line(f"M{_CX} {_CY + 22}V{_CY - length}", INK, width)
    with sheet.group(f"rotate(168 {_CX} {_CY})"):
        sheet.line(f"M{_CX} {_CY + 34}V{_CY - 132}", tones(TERRACOTTA).mid, 3.5)
    sheet.flat(oval(_CX, _CY, 13, 13), brass.dark)
    sheet.flat(oval(_CX - 2, _CY - 2, 9, 9), brass.light)
    sheet.line(f"M{_CX - 60} 748H{_CX + 60}", paint.deep, 7, opacity=0.8)
    sheet.line(f"M{_CX - 36} 772H{_CX + 36}", paint.deep, 5, opacity=0.8)


def scene(sheet: Sheet, color: str) -> None:
    """On the shelf, holding up the books."""
    painted_wall(sheet, oklch(0.84, 0.03, 230), "#d9c29a", horizon=1000)
    plank(sheet, -20, 690, 820, OAK, thick=34)
    plank(sheet, -20, 180, 820, OAK, thick=34)
    standing_books(sheet, 60, 180, 150, (FOREST, OCHRE, "#e3d8c3", RUST))
    sheet.shadow(600, 180, 60, depth=0.12)
    vase = sheet.turned(600, [[(30, 24), (60, 22), (100, 62), (150, 58), (180, 40)]], tones("#e9e2d5"), tilt=0.14)
    sheet.line("M540 96Q600 112 660 96", tones("#e9e2d5").dark, 3, within=vase)
    for path in ("M600 36C590 -20 570 -40 560 -80", "M604 36C610 -20 640 -40 650 -90"):
        sheet.line(path, "#7d8a5c", 5)
    end = standing_books(sheet, 500, 690, 330, (RUST, "#e3d8c3", INK_BLUE, OCHRE))
    with sheet.group(f"translate({end + 20} 690) rotate(-9)"):
        standing_books(sheet, 0, 0, 300, (FOREST,))
    with sheet.group("translate(262 692) scale(.7) translate(-384 -836)"):
        clock(sheet, color)
    sheet.flat(box(120, 840, 560, 160), tones(OAK).mid)
    sheet.flat(box(120, 840, 560, 8), tones(OAK).light)
    for x in (140, 410):
        sheet.line(box(x, 864, 250, 160, 4), tones(OAK).dark, 3)
        sheet.solid(oval(x + 125, 930, 15, 15), tones(BRASS), shade=5, light=4)
