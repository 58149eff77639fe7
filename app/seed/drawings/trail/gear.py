"""Enamel mug, insulated bottle, wool blanket, camp lantern."""

from app.seed.drawings.shades import CHARCOAL, LEATHER, SHADE, STEEL, shifted, tones
from app.seed.drawings.sheet import Sheet, belt, box, curve, oval


def _enamel(sheet: Sheet, color: str, cx: float, top: float, base: float, half: float, *, handle: bool = True) -> None:
    enamel = tones(color)
    edge = shifted(CHARCOAL, -0.03)
    height = base - top
    if handle:
        loop = [(cx + half - 6, top + 40), (cx + half + 78, top + 30), (cx + half + 92, top + height * 0.42),
                (cx + half + 66, top + height * 0.72), (cx + half - 14, top + height * 0.8)]  # fmt: skip
        sheet.line(curve(loop), enamel.dark, 25)
        sheet.line(curve([(x - 3, y - 3) for x, y in loop]), enamel.mid, 15)
        sheet.line(curve([(x - 4, y - 6) for x, y in loop[:3]]), enamel.light, 4)
    body = sheet.turned(cx, [[(top, half), (base, half * 0.93)]], enamel, tilt=0.13)
    sheet.line(belt(cx, base - 22, half * 0.92), enamel.dark, 3, within=body)
    sheet.flat(oval(cx, top, half + 4, (half + 4) * 0.135), edge)
    hollow = oval(cx, top + 1, half - 5, (half - 5) * 0.125)
    sheet.flat(hollow, shifted("#efe9dc", -0.16))
    sheet.flat(oval(cx + 26, top + 7, half - 5, (half - 5) * 0.125), "#efe9dc", within=hollow)


def enamel_mug(sheet: Sheet, color: str) -> None:
    sheet.shadow(375, 829, 130)
    _enamel(sheet, color, 375, 570, 832, 138)


def enamel_detail(sheet: Sheet, color: str) -> None:
    """Two stacked, the upper one askew."""
    sheet.room()
    sheet.shadow(380, 829, 150)
    _enamel(sheet, color, 380, 590, 832, 150)
    with sheet.group("rotate(-5 380 560)"):
        _enamel(sheet, color, 380, 330, 592, 150)
    with sheet.group("rotate(4 380 330)"):
        sheet.line(curve([(340, 250), (310, 200), (350, 150), (322, 96)]), "#ffffff", 12, opacity=0.55)
        sheet.line(curve([(410, 262), (382, 206), (424, 160), (398, 104)]), "#ffffff", 12, opacity=0.55)


def bottle(sheet: Sheet, color: str) -> None:
    coat, steel, cap = tones(color), tones(STEEL), tones(CHARCOAL)
    cx = 390.0
    sheet.shadow(cx, 831, 112, depth=0.17, reach=0.8)
    body = sheet.turned(
        cx,
        [[(292, 60), (318, 64), (356, 92), (396, 110), (440, 114)], [(440, 114), (806, 114), (832, 106)]],
        coat,
        tilt=0.12,
    )
    sheet.line(belt(cx, 792, 114), coat.dark, 3, within=body)
    sheet.turned(cx, [[(270, 58), (296, 58)]], steel, tilt=0.12)
    sheet.flat(oval(cx, 270, 58, 7), steel.light)
    sheet.line(curve([(cx - 44, 196), (cx - 30, 128), (cx, 116), (cx + 30, 128), (cx + 44, 196)]), cap.dark, 17)
    sheet.line(curve([(cx - 45, 194), (cx - 32, 126), (cx - 2, 113), (cx + 28, 126), (cx + 42, 194)]), cap.mid, 10)
    lid = sheet.turned(cx, [[(190, 60), (198, 68), (266, 68)]], cap, tilt=0.12)
    for step in range(-6, 7):
        x = cx + 68 * (step / 6.6)
        sheet.line(f"M{x} 214V276", cap.deep, 4, within=lid)
    sheet.flat(oval(cx, 190, 60, 7), cap.light)
    sheet.line("M346 600C360 584 374 616 388 600S416 584 430 600", coat.light, 6, opacity=0.9)
    sheet.line("M362 628C372 618 382 638 392 628S408 618 418 628", coat.light, 4, opacity=0.7)


def _fold(sheet: Sheet, y: float, color: str) -> None:
    wool = tones(color)
    d = box(112, y, 576, 94, 47)
    sheet.solid(d, wool, shade=32, light=12, drop=9)
    sheet.line(f"M150 {y + 46}H672", wool.deep, 3, opacity=0.5)
    for step in range(24):
        x = 140 + step * 22
        sheet.line(f"M{x} {y + 18 + (step * 7) % 11}l10 4", wool.light, 2.4, opacity=0.7)


def blanket(sheet: Sheet, color: str) -> None:
    """Folded in three, one end with stripes and fringe hanging over the front."""
    wool, cream = tones(color), "#e6dcc8"
    sheet.shadow(398, 836, 290, depth=0.07, reach=0.35)
    for y in (742, 650, 558):
        _fold(sheet, y, color)
    front = "M136 474Q136 424 186 424H614Q664 424 664 474V724Q400 742 136 724Z"
    with sheet.group("translate(10 14)"):
        sheet.flat(front, SHADE, opacity=0.16)
    sheet.solid(front, wool, shade=36, light=16)
    for row in range(9):
        for step in range(23):
            x, y = 150 + step * 22 + row % 2 * 11, 446 + row * 19
            tone = wool.light if (step + row) % 3 else wool.dark
            sheet.line(f"M{x} {y}l9 5", tone, 2.4, opacity=0.6, within=front)
    for y, height in ((604, 46), (668, 13), (691, 13)):
        sheet.flat(
            f"M120 {y}Q400 {y + 18} 680 {y}V{y + height}Q400 {y + height + 18} 120 {y + height}Z", cream, within=front
        )
        sheet.flat(box(628, y - 2, 60, height + 10), shifted(cream, -0.11), within=front)
    for step in range(36):
        at, hem = 143 + step * 14.6, 724 + 8 * (1 - abs(step - 17.5) / 17.5)
        swing = f"q{(step * 5) % 7 - 3} 24 {(step * 3) % 5 - 2}"
        sheet.line(f"M{at:.1f} {hem:.1f}{swing} 44", wool.deep, 8)
        sheet.line(f"M{at - 1:.1f} {hem:.1f}{swing} 43", cream if step % 3 == 1 else wool.mid, 5.5)


def blanket_detail(sheet: Sheet, color: str) -> None:
    """A corner from above: weave, stripes, fringe."""
    wool, cream = tones(color), "#e6dcc8"
    with sheet.group("rotate(-9 400 500)"):
        sheet.flat(box(-180, -180, 880, 920), SHADE, opacity=0.14)
        d = box(-200, -200, 880, 910)
        sheet.flat(d, wool.mid)
        for row in range(46):
            for step in range(28):
                x, y = -100 + step * 29 + row % 2 * 14, -60 + row * 17
                sheet.line(
                    f"M{x} {y}l15 6", wool.light if (step * 3 + row) % 4 else wool.dark, 3.4, opacity=0.6, within=d
                )
        for y, height in ((470, 76), (570, 22), (612, 22)):
            sheet.flat(box(-200, y, 880, height), cream, within=d)
            for step in range(30):
                sheet.line(f"M{-100 + step * 27} {y + height * 0.4}l14 5", shifted(cream, -0.09), 3, within=d)
        sheet.line("M676 -200V710", wool.dark, 9)
        sheet.line("M-200 706H680", wool.dark, 9)
        for step in range(34):
            at = -110 + step * 23.4
            sheet.line(f"M{at:.1f} 710q{(step * 5) % 13 - 6} 50 {(step * 3) % 9 - 4} 96", wool.dark, 13)
            sheet.line(f"M{at - 2:.1f} 710q{(step * 5) % 13 - 6} 50 {(step * 3) % 9 - 4} 94", wool.mid, 9)
            sheet.line(f"M{at - 4:.1f} 712q{(step * 5) % 13 - 6} 50 {(step * 3) % 9 - 4} 86", wool.light, 2.4)


def lantern(sheet: Sheet, color: str) -> None:
    """A rechargeable camp lantern: frosted glass between two painted caps, wire bail."""
    paint, glass, wire = tones(color), tones("#f3e6c4"), tones(STEEL)
    cx = 392.0
    sheet.shadow(cx, 830, 136, depth=0.16, reach=0.7)
    bail = [
        (cx - 126, 440),
        (cx - 132, 300),
        (cx - 60, 196),
        (cx, 184),
        (cx + 60, 196),
        (cx + 132, 300),
        (cx + 126, 440),
    ]
    sheet.line(curve(bail), wire.dark, 11)
    sheet.line(curve([(x - 2, y - 2) for x, y in bail]), wire.light, 4)
    sheet.line(belt(cx, 189, 46), LEATHER, 24)
    sheet.line(belt(cx, 184, 46), tones(LEATHER).light, 5)
    sheet.glow(cx, 566, 300, 290)
    sheet.turned(cx, [[(436, 92), (500, 112), (570, 118), (640, 112), (704, 94)]], glass, tilt=0.12, dark_from=0.5)
    sheet.flat(oval(cx - 4, 580, 52, 92), "#fff6dc")
    for share in (-0.92, 0.02, 0.92):
        sheet.line(curve([(cx + share * 104, 424), (cx + share * 128, 570), (cx + share * 104, 716)]), wire.dark, 7)
        sheet.line(
            curve([(cx + share * 104 - 2, 424), (cx + share * 128 - 2, 570), (cx + share * 104 - 2, 716)]),
            wire.light,
            2.5,
        )
    sheet.turned(cx, [[(330, 40), (352, 58), (384, 110), (410, 128)], [(410, 128), (442, 126)]], paint, tilt=0.12)
    sheet.flat(oval(cx, 330, 40, 5), paint.light)
    sheet.turned(cx, [[(704, 124), (716, 132), (812, 136), (832, 130)]], paint, tilt=0.12)
    sheet.flat(oval(cx, 704, 124, 15), paint.light)
    sheet.flat(oval(cx + 4, 704, 104, 11), paint.dark)
    sheet.turned(cx, [[(690, 84), (704, 88)]], paint, tilt=0.12)
    sheet.solid(oval(cx - 18, 786, 26, 26), wire, shade=6, light=5)
    sheet.line(f"M{cx - 18} 766V784", wire.deep, 5)
