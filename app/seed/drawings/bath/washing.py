"""What one washes with: soap, its dish, a dispenser, a brush."""

from app.seed.drawings.bath.room import washstand
from app.seed.drawings.cloth import hung, rolled
from app.seed.drawings.furniture import tiled
from app.seed.drawings.settings import place, plank, sprig
from app.seed.drawings.shades import BRASS, LEATHER, MAPLE, OAK, PAPER, SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, belt, box, curve, oval
from app.seed.drawings.stoneware import speckle
from app.seed.drawings.wood import grain


def _bar(sheet: Sheet, x: float, y: float, width: float, height: float, color: str, *, band: bool = True) -> None:
    """A bar of soap seen from its long side, a little from above; x, y is its upper left corner."""
    cake, paper = tones(color), tones(PAPER)
    deep = height * 0.36
    whole = box(x, y, width, height, height * 0.2)
    sheet.solid(whole, cake, shade=width * 0.07, light=width * 0.03)
    sheet.flat(box(x, y, width, deep, height * 0.14), cake.light, within=whole)
    sheet.line(f"M{x + 10} {y + deep}H{x + width - 10}", shifted(color, 0.08), 4, within=whole)
    if not band:
        return
    left, wide = x + width * 0.32, width * 0.36
    sheet.flat(box(left, y, wide, height), paper.mid, within=whole)
    sheet.flat(box(left, y, wide, deep), paper.light, within=whole)
    sheet.flat(box(left + wide * 0.84, y + deep, wide * 0.16, height - deep), paper.dark, within=whole)
    middle = y + deep + (height - deep) * 0.42
    step = wide * 0.16
    sheet.line(f"M{left + wide * 0.2} {middle}q{step / 2} -16 {step} 0t{step} 0t{step} 0", cake.deep, 5)
    sheet.line(f"M{left + wide * 0.28} {middle + 28}h{wide * 0.34}", cake.deep, 3)


def soap(sheet: Sheet, color: str) -> None:
    """Two bars in their paper bands, one on the other, cedar beside them."""
    sheet.shadow(410, 828, 230, depth=0.09, reach=0.35)
    _bar(sheet, 190, 670, 430, 164, color)
    with sheet.group("translate(12 0)"):
        sheet.flat(box(236, 664, 380, 16, 8), SHADE, opacity=0.2)
        _bar(sheet, 222, 516, 390, 160, color)
    sprig(sheet, 640, 872, 170, -78, "#6f8a66")


def soap_detail(sheet: Sheet, color: str) -> None:
    """Bare, from above, its mark pressed into it."""
    cake = tones(color)
    with sheet.group("rotate(-14 400 500)"):
        d = box(130, 300, 540, 380, 92)
        sheet.cast(d, 18, 22, opacity=0.18)
        sheet.solid(d, cake, shade=22, light=20, drop=12)
        sheet.line(box(172, 340, 456, 300, 66), cake.dark, 7)
        sheet.line(box(174, 343, 456, 300, 66), cake.light, 3)
        for row, wide in ((0, 90), (1, 90), (2, 90)):
            y = 440 + row * 50
            sheet.line(f"M260 {y}q{wide / 2} -44 {wide} 0t{wide} 0t{wide} 0", cake.dark, 13)
            sheet.line(f"M261 {y + 5}q{wide / 2} -44 {wide} 0t{wide} 0t{wide} 0", cake.light, 4)
    for x, y, size in ((610, 720, 46), (668, 664, 26), (560, 778, 22), (690, 742, 16), (148, 250, 22), (112, 292, 12)):
        bubble(sheet, x, y, size)


def bubble(sheet: Sheet, x: float, y: float, size: float) -> None:
    sheet.flat(oval(x, y, size, size), "#ffffff", opacity=0.55)
    sheet.line(oval(x, y, size, size), "#b9cbd0", 2.4, opacity=0.9)
    sheet.flat(oval(x - size * 0.36, y - size * 0.36, size * 0.2, size * 0.2), "#ffffff")


def soap_scene(sheet: Sheet, color: str) -> None:
    """On the washstand, wet."""
    washstand(sheet)
    with sheet.group("translate(190 850) scale(.62) translate(-390 -832)"):
        dish_body(sheet, "#5c6770")
        _bar(sheet, 230, 646, 320, 128, color, band=False)
    for x, y, size in ((292, 792, 15), (316, 812, 9), (120, 778, 10), (270, 764, 8), (336, 790, 6)):
        bubble(sheet, x, y, size)


def dish_body(sheet: Sheet, color: str) -> None:
    """An oval dish on a low foot."""
    glaze = tones(color)
    sheet.shadow(390, 828, 190, depth=0.09, reach=0.35)
    sheet.turned(390, [[(800, 150), (832, 140)]], tones("#cbb08d"), tilt=0.1)
    body = sheet.turned(390, [[(752, 236), (790, 216), (816, 160)]], glaze, tilt=0.13)
    speckle(sheet, body, (150, 750, 480, 80), glaze.deep, 50)
    hollow = sheet.rim(390, 752, 236, glaze, wall=12, tilt=0.13)
    sheet.flat(oval(410, 764, 190, 18), glaze.mid, within=hollow)


def dish(sheet: Sheet, color: str) -> None:
    """With a bar on it."""
    dish_body(sheet, color)
    _bar(sheet, 240, 648, 310, 122, "#e6d3b8", band=False)


def dish_detail(sheet: Sheet, color: str) -> None:
    """From above: ridges, and holes for the water."""
    glaze = tones(color)
    with sheet.group("rotate(-16 400 500)"):
        edge = box(110, 300, 580, 400, 200)
        sheet.cast(edge, 18, 22, opacity=0.18)
        sheet.solid(edge, glaze, shade=20, light=20)
        speckle(sheet, edge, (110, 300, 580, 400), glaze.deep, 130)
        well = box(142, 332, 516, 336, 168)
        sheet.flat(well, glaze.dark)
        sheet.flat(box(152, 342, 516, 336, 168), glaze.mid, within=well)
        for step in range(5):
            x = 272 + step * 64
            tall = 96 if step in (0, 4) else 118
            sheet.line(f"M{x} {500 - tall}V{500 + tall}", glaze.dark, 26)
            sheet.line(f"M{x - 4} {500 - tall}V{500 + tall}", glaze.light, 11)
        for step in range(4):
            for y in (430, 500, 570):
                sheet.flat(oval(304 + step * 64, y, 13, 13), glaze.deep)
                sheet.flat(oval(307 + step * 64, y + 3, 9, 9), "#e9e0d0")


def dish_scene(sheet: Sheet, color: str) -> None:
    """On a shelf before tiles, between a brush's bottle and a rolled towel."""
    tiled(sheet)
    plank(sheet, 60, 700, 800, OAK, thick=34)
    place(sheet, dispenser, "#4f5f63", 650, 706, 0.62)
    place(sheet, dish, color, 330, 710, 0.86)
    plank(sheet, 60, 300, 800, OAK, thick=34)
    for x, tint in ((300, "#e9e2d5"), (470, "#c9b79a"), (384, "#e9e2d5")):
        rolled(sheet, x, 144 if x == 384 else 236, 72 if x == 384 else 66, tint)
    sprig(sheet, 640, 256, 170, 8, "#6f8a66")
    sheet.turned(640, [[(238, 11), (256, 13)], [(262, 26), (300, 32)]], tones("#8fa9ad"), tilt=0.13)


def dispenser(sheet: Sheet, color: str) -> None:
    """A straight bottle of stoneware with a brass pump."""
    glaze, brass = tones(color), tones(BRASS)
    cx = 390.0
    sheet.shadow(cx, 828, 112, depth=0.15)
    sheet.turned(cx, [[(330, 15), (420, 15)]], brass, tilt=0.2)
    spout = [(392, 322), (320, 318), (268, 326), (252, 352)]
    sheet.line(curve(spout), brass.dark, 24)
    sheet.line(curve([(x - 1, y - 3) for x, y in spout]), brass.mid, 16)
    sheet.line(curve([(x - 2, y - 7) for x, y in spout[:3]]), brass.light, 4)
    sheet.turned(cx, [[(300, 36), (312, 42), (334, 42)]], brass, tilt=0.16)
    sheet.flat(oval(cx, 300, 36, 5), brass.light)
    sheet.turned(cx, [[(400, 34), (424, 40)], [(424, 52), (462, 52)]], brass, tilt=0.14)
    sheet.flat(oval(cx, 400, 34, 4.5), brass.light)
    body = sheet.turned(cx, [[(456, 56), (480, 96), (520, 116), (800, 118), (832, 106)]], glaze, tilt=0.13)
    speckle(sheet, body, (270, 460, 240, 380), glaze.deep, 90)
    sheet.line(belt(cx, 796, 118), glaze.dark, 3, opacity=0.7, within=body)


def dispenser_detail(sheet: Sheet, color: str) -> None:
    """Its pump, close, with a drop."""
    with sheet.group("translate(-470 -620) scale(2.2)"):
        dispenser(sheet, color)
    sheet.flat("M94 204C70 246 62 262 62 280A32 32 0 0 0 126 280C126 262 118 246 94 204Z", "#cfe0e0")
    sheet.line("M80 262Q74 282 86 294", "#ffffff", 6)


def dispenser_scene(sheet: Sheet, color: str) -> None:
    """On the washstand under the mirror."""
    washstand(sheet)
    place(sheet, dispenser, color, 230, 862, 0.74)


def brush(sheet: Sheet, color: str) -> None:
    """Lying: a long handle, an oval head with its bristles down, a leather loop."""
    with sheet.group("translate(400 500) rotate(38) translate(-400 -500)"):
        brush_upright(sheet, color, lying=True)


def brush_upright(sheet: Sheet, color: str, *, lying: bool = False) -> None:
    """Handle up, head down, from its bristles; its loop ends at 400, 40."""
    wood, hair = tones(color), tones("#d9c39a")
    loop = "M400 128C372 96 376 44 400 40C424 44 428 96 400 128"
    sheet.line(loop, tones(LEATHER).dark, 8)
    sheet.line(loop, tones(LEATHER).light, 3)
    d = (
        "M400 100C424 100 430 124 428 150L420 560C470 600 500 660 500 740C500 830 460 900 400 900"
        "C340 900 300 830 300 740C300 660 330 600 380 560L372 150C370 124 376 100 400 100Z"
    )
    sheet.cast(d, 18 if lying else 14, 16 if lying else 8, opacity=0.18)
    sheet.solid(d, wood, shade=15, light=9)
    grain(sheet, d, color, (300, 100, 200, 800))
    sheet.flat(oval(400, 130, 9, 9), wood.deep)
    pad = oval(400, 736, 78, 138)
    sheet.flat(oval(403, 740, 84, 144), wood.deep, opacity=0.7)
    sheet.solid(pad, hair, shade=14, light=10)
    for row in range(11):
        y = 616 + row * 24
        for column in range(-3, 4):
            x = 400 + column * 22 + (row % 2) * 11 - 5
            if ((x - 400) / 72) ** 2 + ((y - 736) / 130) ** 2 < 1:
                sheet.line(f"M{x} {y}l-5 -9M{x} {y}l1 -11M{x} {y}l7 -8", hair.light if column < 1 else hair.dark, 3)
                sheet.flat(oval(x, y, 4, 4), hair.deep)


def brush_detail(sheet: Sheet, color: str) -> None:
    """Its head from the side: wood above, bristles below."""
    wood, hair = tones(color), tones("#d9c39a")
    with sheet.group("rotate(-10 400 500)"):
        for column in range(34):
            x = 120 + column * 16
            length = 150 + (column * 7) % 5 * 5
            lean = (column - 17) * 1.6
            tone = (hair.light, hair.mid, hair.dark)[min(2, column // 12)]
            sheet.line(f"M{x} 470L{x + lean:.1f} {470 + length}", tone, 12)
            sheet.line(f"M{x + 6} 470L{x + lean + 8:.1f} {460 + length}", hair.deep, 2.4, opacity=0.5)
        d = (
            "M80 470C80 380 140 340 240 336H560C640 330 760 300 900 296V400C780 404 700 450 690 472"
            "Q690 486 670 486H100Q80 486 80 470Z"
        )
        sheet.solid(d, wood, shade=0, light=12, drop=16)
        sheet.flat("M80 452H700V490H80Z", wood.dark, within=d)
        for y in (372, 400, 424):
            sheet.line(
                curve([(90, y + 16), (300, y - 8), (560, y), (900, y - 60)]), wood.dark, 4, opacity=0.5, within=d
            )


def brush_scene(sheet: Sheet, color: str) -> None:
    """Hung from a peg on the tiles, a towel beside it."""
    tiled(sheet)
    rail = tones(OAK)
    sheet.cast(box(60, 200, 680, 54, 6), 8, 14, opacity=0.14)
    sheet.solid(box(60, 200, 680, 54, 6), rail, shade=8, light=8, drop=4)
    for x in (200, 365, 530, 680):
        sheet.flat(oval(x + 8, 236, 17, 17), SHADE, opacity=0.2)
        sheet.solid(oval(x, 226, 17, 17), tones(MAPLE), shade=6, light=5)
    with sheet.group("translate(200 236) scale(.66) translate(-400 -50)"):
        brush_upright(sheet, color)
    hung(sheet, 530, 236, 220, 800, "#e9e2d5")
