"""A tent for two: a ridge, two poles, and a door that opens wide."""

from random import Random

from app.seed.drawings.settings import fir, rock
from app.seed.drawings.shades import CANVAS, OCHRE, SHADE, STEEL, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval, polygon

_FRONT = "M64 838Q150 640 262 372Q366 640 452 838Z"
_SIDE = "M262 372Q420 356 574 384Q660 640 744 806L452 838Q366 640 262 372Z"


def tent(sheet: Sheet, color: str, *, lit: bool = False) -> None:
    cloth, pole = tones(color), tones(STEEL)
    line = tones(CANVAS)
    sheet.shadow(410, 836, 350, depth=0.06, reach=0.2)
    sheet.line("M262 372L8 838M574 384L790 800", line.dark, 4)
    sheet.line("M262 372Q420 356 574 384", pole.dark, 9)
    sheet.flat(_SIDE, cloth.mid if not lit else shifted(color, 0.06))
    sheet.flat("M574 384Q660 640 744 806L640 818Q560 600 486 372Z", cloth.dark, within=_SIDE)
    sheet.flat("M262 372Q300 366 330 366Q430 620 520 832L452 838Q366 640 262 372Z", cloth.light, within=_SIDE)
    for path in ("M366 364Q470 620 560 826", "M478 368Q566 600 654 818"):
        sheet.line(path, cloth.deep, 3, opacity=0.7, within=_SIDE)
    sheet.line("M462 806L736 776", cloth.deep, 3, dash="9 7", opacity=0.8)
    inside = "#ffe9b0" if lit else shifted(color, -0.2, chroma=0.7)
    sheet.flat(_FRONT, cloth.dark)
    opening = "M176 838Q232 680 262 420Q292 680 352 838Z"
    sheet.flat(opening, inside)
    if lit:
        sheet.flat("M210 838Q240 740 262 560Q284 740 318 838Z", "#fff6dc", opacity=0.8)
    else:
        sheet.flat(box(180, 806, 180, 40), tones(OCHRE).dark, within=opening)
        sheet.flat(oval(290, 800, 56, 22), "#f1e6cc", within=opening)
    left = "M262 396Q226 640 152 838H64Q150 640 262 372Z"
    sheet.solid(left, tones(shifted(color, 0.02)), shade=12, light=14)
    right = "M262 396Q300 640 378 838H452Q366 640 262 372Z"
    sheet.solid(right, cloth, shade=16, light=10)
    for x, y in ((196, 700), (330, 700)):
        sheet.solid(box(x - 30, y - 10, 60, 20, 8), tones(CANVAS), shade=6, light=5)
    sheet.line("M262 372V352", pole.mid, 9)
    sheet.line("M574 384V364", pole.mid, 9)
    for x, y in ((8, 838), (64, 840), (452, 840), (744, 808), (790, 802)):
        sheet.line(f"M{x + 5} {y - 12}L{x - 4} {y + 8}", pole.dark, 7)


def detail(sheet: Sheet, color: str) -> None:
    """In its bag, poles and pegs beside it, from above."""
    cloth, pole, cord = tones(color), tones(STEEL), tones(CANVAS)
    with sheet.group("rotate(-18 400 400)"):
        bag = box(60, 220, 620, 250, 110)
        sheet.cast(bag, 14, 22)
        sheet.flat(bag, cloth.mid)
        sheet.flat(box(40, 392, 680, 120), cloth.dark, within=bag)
        sheet.flat(box(40, 238, 680, 34), cloth.light, within=bag)
        for path in (
            "M180 230C200 300 196 400 182 460",
            "M330 222C344 300 340 400 330 470",
            "M470 224C484 300 480 400 470 468",
        ):
            sheet.line(path, cloth.dark, 6, opacity=0.7, within=bag)
        sheet.flat("M600 226C640 280 640 410 600 464L680 464V226Z", cloth.dark, within=bag)
        sheet.line(curve([(606, 240), (640, 340), (606, 450)]), cord.dark, 9)
        sheet.line(curve([(640, 340), (720, 330), (760, 380), (730, 430)]), cord.dark, 8)
        sheet.solid(box(626, 322, 44, 40, 12), tones("#3d4148"), shade=8, light=6)
        sheet.flat(box(250, 316, 150, 56, 4), "#f4eee0")
        sheet.line("M270 344C286 328 302 360 318 344S350 328 380 344", cloth.deep, 6)
    for step in range(3):
        with sheet.group(f"translate({120 + step * 26} {610 + step * 34}) rotate(-18)"):
            sheet.flat(box(4, 8, 420, 16, 7), SHADE, opacity=0.18)
            sheet.solid(box(0, 0, 420, 16, 7), pole, shade=5, light=4)
            for x in (104, 210, 316):
                sheet.flat(box(x, -2, 26, 20, 4), pole.dark)
    for step in range(6):
        with sheet.group(
            f"translate({560 + step % 3 * 62} {620 + step // 3 * 168 + step % 3 * 12}) rotate({12 - step * 5})"
        ):
            sheet.line("M4 8V124", SHADE, 8, opacity=0.18)
            sheet.line("M0 0V116", pole.mid, 10)
            sheet.line("M-3 0V110", pole.light, 3)
            sheet.line("M0 6H24V24", pole.dark, 8)


def _stars(sheet: Sheet) -> None:
    dice = Random(5)
    spots = ((dice.random() * 800, dice.random() * 440, dice.choice((1.3, 1.8, 2.6))) for _ in range(70))
    sheet.flat("".join(oval(x, y, size, size) for x, y, size in spots), "#f3e7c4", opacity=0.9)


def night(sheet: Sheet, *, water: bool = True) -> None:
    """Hills, a lake and the sky after dark; the bank begins at y = 740."""
    sheet.flat(box(0, 0, 800, 1000), "#2c3b5a")
    sheet.flat(box(0, 160, 800, 460), "url(#mist)", opacity=0.22)
    _stars(sheet)
    sheet.flat(oval(620, 150, 44, 44), "#f3e7c4")
    for points, tint in (
        ([(-20, 520), (140, 420), (280, 500), (430, 390), (600, 500), (820, 430)], "#3a5068"),
        ([(-20, 590), (200, 530), (420, 590), (640, 540), (820, 580)], "#2f4456"),
    ):
        sheet.flat(f"{curve(points)}V1010H-20Z", tint)
    if water:
        sheet.flat(box(0, 610, 800, 400), "#3d5474")
        for x, y, width in ((560, 640, 150), (590, 664, 90), (540, 690, 170), (120, 650, 120), (260, 690, 90)):
            sheet.flat(box(x, y, width, 5, 2), "#f3e7c4" if x > 500 else "#55709a", opacity=0.55)
    bank = curve([(-20, 770), (160, 736), (420, 760), (640, 730), (820, 760)])
    sheet.flat(f"{bank}V1010H-20Z", "#3c4a3c")
    sheet.flat(f"{curve([(-20, 880), (260, 850), (560, 884), (820, 850)])}V1010H-20Z", "#333f35")


def scene(sheet: Sheet, color: str) -> None:
    """By the lake, somebody reading inside."""
    night(sheet)
    for x, y, height in ((60, 800, 330), (150, 784, 220), (752, 790, 300)):
        fir(sheet, x, y, height, "#26382f")
    sheet.glow(330, 860, 420, 130)
    with sheet.group("translate(400 916) scale(.78) translate(-400 -838)"):
        sheet.glow(280, 700, 300, 280)
        tent(sheet, color, lit=True)
    rock(sheet, 690, 930, 110, "#5a625e")
    sheet.flat(polygon((176, 916), (300, 916), (350, 1000), (120, 1000)), "#ffe3a0", opacity=0.2)
