"""Desk: notebook, pen, felt mat."""

from app.seed.drawings.shades import BRASS, INK, LEATHER, PAPER, SHADE, STEEL, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval


def notebook(sheet: Sheet, color: str) -> None:
    """Closed, from above, turned a little: cloth cover, elastic, ribbon, pages at the right."""
    cloth, paper = tones(color), tones(PAPER)
    with sheet.group("rotate(-7 400 500)"):
        sheet.flat(box(190, 196, 470, 660, 26), SHADE, opacity=0.12)
        sheet.flat(box(182, 184, 460, 652, 24), SHADE, opacity=0.16)
        sheet.line("M330 800C334 850 322 880 336 912", cloth.light, 15, cap="butt")
        sheet.flat(box(196, 176, 440, 642, 14), paper.dark)
        for x in (622, 627, 632):
            sheet.line(f"M{x} 190V806", paper.deep, 1.4)
        cover = box(166, 168, 456, 648, 22)
        sheet.solid(cover, cloth, shade=8, light=8, drop=8)
        sheet.flat(box(166, 168, 52, 648), cloth.dark, within=cover)
        sheet.line("M218 168V816", cloth.deep, 3)
        for y in range(190, 816, 20):
            sheet.line(f"M226 {y}H616", cloth.light, 1, opacity=0.28)
        sheet.flat(box(556, 164, 24, 656, 3), cloth.deep)
        sheet.flat(box(556, 164, 7, 656, 3), cloth.dark)
        plate = box(306, 290, 176, 96, 4)
        sheet.flat(plate, PAPER)
        sheet.line(box(316, 300, 156, 76, 2), cloth.mid, 2.5)
        sheet.line("M346 338C360 326 372 350 386 338C400 326 412 350 426 338C432 333 438 333 442 338", cloth.mid, 5)


def notebook_detail(sheet: Sheet, color: str) -> None:
    """Open on a page with a plan, a ribbon down the middle."""
    cloth, paper = tones(color), tones(PAPER)
    with sheet.group("rotate(4 400 500)"):
        sheet.flat(box(-90, 176, 880, 700, 26), SHADE, opacity=0.16)
        sheet.flat(box(-100, 160, 878, 690, 22), cloth.mid)
        sheet.flat(box(-100, 176, 862, 656, 10), paper.dark)
        left, right = (
            "M-100 172H340Q352 172 360 182V828Q352 818 340 818H-100Z",
            "M360 182Q368 172 380 172H744Q752 172 752 180V810Q752 818 744 818H380Q368 818 360 828Z",
        )
        sheet.flat(left, paper.mid)
        sheet.flat(box(300, 160, 60, 680), paper.dark, opacity=0.55, within=left)
        sheet.flat(right, paper.light)
        sheet.flat(box(360, 160, 30, 680), paper.dark, opacity=0.5, within=right)
        dots = "".join(oval(x, y, 1.7, 1.7) for x in range(414, 740, 27) for y in range(214, 800, 27))
        sheet.flat(dots, INK, opacity=0.28)
        dots = "".join(oval(x, y, 1.7, 1.7) for x in range(-20, 320, 27) for y in range(214, 800, 27))
        sheet.flat(dots, INK, opacity=0.22)
        ink = "#33507a"
        sheet.line("M440 262C470 240 480 284 510 262S560 284 590 262", ink, 5)
        for y, end in ((336, 690), (376, 640), (416, 672)):
            sheet.line(curve([(440, y), (520, y - 4), (600, y + 3), (end, y - 2)]), ink, 3.5, opacity=0.85)
        sheet.line("M452 720C500 560 560 690 600 560S680 520 704 480", ink, 4)
        for x, y in ((452, 720), (600, 560), (704, 480)):
            sheet.flat(oval(x, y, 9, 9), "#bf6b4a")
        sheet.flat("M352 160H370V890L361 876L352 890Z", cloth.dark)
        sheet.flat("M352 160H358V884L352 890Z", cloth.light)


def lying_pen(sheet: Sheet, color: str) -> None:
    """Lying along the x axis, 0 to 620, tip at the right."""
    metal, steel = tones(color), tones(STEEL)
    sheet.flat("M8 22Q10 2 30 4L520 8L596 26L626 32L596 44L520 50L30 50Q8 44 8 22Z", SHADE, opacity=0.2)
    sheet.flat("M566 -14L618 -4L618 4L566 14Z", steel.mid)
    sheet.flat("M566 2L618 1L618 4L566 14Z", steel.dark)
    body = "M0 -16Q0 -22 10 -22H470C510 -22 540 -18 570 -14V14C540 18 510 22 470 22H10Q0 22 0 16Z"
    sheet.flat(body, metal.mid)
    sheet.flat(box(-10, 6, 600, 20), metal.dark, within=body)
    sheet.flat(box(-10, -16, 600, 7), metal.light, within=body)
    for x in range(400, 470, 9):
        sheet.line(f"M{x} -24V24", metal.deep, 2, within=body)
    sheet.flat(box(92, -22, 7, 44), metal.deep)
    sheet.flat(box(-22, -11, 26, 22, 5), steel.mid)
    sheet.flat(box(-22, 2, 26, 9, 4), steel.dark)
    clip = box(38, -31, 190, 13, 6)
    sheet.flat(box(40, -20, 190, 12, 6), metal.deep, opacity=0.6)
    sheet.solid(clip, metal, shade=0, light=0)
    sheet.flat(box(38, -31, 190, 4, 2), metal.light)


def pen(sheet: Sheet, color: str) -> None:
    """Above its case, from above."""
    kraft = tones("#b99b74")
    with sheet.group("rotate(-32 400 500)"):
        sheet.flat(box(66, 562, 690, 130, 12), SHADE, opacity=0.16)
        sheet.solid(box(56, 546, 690, 130, 12), kraft, shade=10, light=8)
        sheet.flat(box(80, 566, 642, 90, 8), kraft.deep)
        sheet.flat(box(80, 566, 642, 14, 8), shifted(kraft.deep, -0.08))
        with sheet.group("translate(84 400)"):
            lying_pen(sheet, color)


def pen_detail(sheet: Sheet, color: str) -> None:
    """The tip, just after a line was written."""
    sheet.flat(box(0, 0, 800, 1000), PAPER)
    for y in range(90, 1000, 92):
        sheet.line(f"M0 {y}H800", "#c9d1d6", 2)
    sheet.line(
        "M70 640C130 520 190 540 170 610C154 664 210 660 250 600C280 556 300 590 286 630C276 668 330 650 368 600"
        "C392 570 410 600 396 634",
        "#2c4668",
        9,
    )
    with sheet.group("translate(1010 -88) rotate(130) scale(1.55)"):
        lying_pen(sheet, color)


def mat(sheet: Sheet, color: str) -> None:
    """Felt desk mat with a laptop, a cup and a pen on it, from above; it runs out of the picture to the right."""
    felt, leather, aluminium, cup = tones(color), tones(LEATHER), tones("#c8ccce"), tones(PAPER)
    edge = box(64, 262, 900, 480, 24)
    sheet.flat(box(70, 280, 900, 488, 26), SHADE, opacity=0.2)
    sheet.solid(edge, felt, shade=0, light=6)
    for x in range(76, 800, 26):
        for y in range(272, 740, 26):
            wobble = (x * 7 + y * 13) % 17
            tone = felt.light if wobble % 2 else felt.dark
            sheet.line(f"M{x + wobble} {y + wobble / 2}l9 5", tone, 2, opacity=0.55, within=edge)
    sheet.line(box(78, 276, 900, 452, 14), felt.deep, 2.5, dash="9 7")
    sheet.flat(box(98, 654, 58, 92, 4), SHADE, opacity=0.18)
    sheet.solid(box(92, 648, 58, 94, 4), leather, shade=7, light=5)
    sheet.line(box(99, 655, 44, 80, 3), leather.light, 2, dash="6 5")
    sheet.flat(box(322, 344, 480, 346, 18), SHADE, opacity=0.22)
    sheet.solid(box(308, 326, 480, 346, 18), aluminium, shade=6, light=6)
    sheet.flat(box(334, 350, 428, 152, 8), shifted(INK, 0.06))
    keys = "".join(box(341 + key * 34.8, 356 + row * 36, 30, 31, 5) for row in range(4) for key in range(12))
    sheet.flat(keys, shifted(INK, 0.2))
    sheet.flat(box(470, 524, 156, 122, 9), aluminium.dark)
    sheet.flat(oval(204, 408, 72, 72), SHADE, opacity=0.24)
    sheet.line("M222 350L262 300", cup.dark, 24)
    sheet.line("M220 348L259 298", cup.mid, 17)
    sheet.solid(oval(190, 390, 70, 70), cup, shade=6, light=6)
    sheet.flat(oval(191, 392, 57, 57), "#4a2f22")
    sheet.line(curve([(152, 378), (166, 356), (190, 346)]), "#7a5a48", 5)
    with sheet.group("translate(196 690) rotate(-84) scale(.34)"):
        lying_pen(sheet, BRASS)


def mat_detail(sheet: Sheet, color: str) -> None:
    """Rolled up and tied, standing on the table."""
    felt, leather = tones(color), tones(LEATHER)
    sheet.room()
    sheet.shadow(390, 832, 128, depth=0.16, reach=0.8)
    body = sheet.turned(390, [[(220, 128), (832, 128)]], felt, tilt=0.17)
    for y in range(230, 850, 24):
        for x in range(262, 520, 24):
            wobble = (x * 7 + y * 13) % 17
            sheet.line(
                f"M{x + wobble} {y + wobble / 2}l8 5",
                felt.light if wobble % 2 else felt.dark,
                2,
                opacity=0.5,
                within=body,
            )
    sheet.flat(oval(390, 220, 128, 22), felt.light)
    for rx in (108, 84, 58, 32):
        sheet.line(oval(394, 221, rx, rx * 0.165), felt.deep, 5)
    sheet.line("M470 222V850", felt.deep, 4, within=body)
    for y in (390, 640):
        band = f"M262 {y}Q390 {y + 44} 518 {y}V{y + 30}Q390 {y + 74} 262 {y + 30}Z"
        sheet.flat(band, leather.mid)
        sheet.flat(box(434, y - 5, 100, 90), leather.dark, within=band)
        sheet.flat(box(282, y - 5, 36, 90), leather.light, within=band)
        sheet.line(box(352, y + 12, 44, 44, 7), tones(BRASS).mid, 7)
        sheet.line(f"M374 {y + 22}V{y + 52}", tones(BRASS).dark, 5)
