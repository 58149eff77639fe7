"""A box of cedar pencils."""

from app.seed.drawings.settings import cup
from app.seed.drawings.shades import BRASS, INK, OCHRE, PAPER, SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.wood import table_top

_CEDAR, _GRAPHITE = "#dba878", "#4a4e55"


def pencil(sheet: Sheet, color: str, length: float = 560) -> None:
    """Lying along x from 0, its tip at `length`; 30 thick about y 0."""
    paint = tones(color)
    for y, tone in ((-15, paint.light), (-6, paint.mid), (5, paint.dark)):
        sheet.flat(box(0, y, length - 70, 10.5), tone)
    sheet.flat(box(-4, -15, 14, 30, 4), tones("#f1e6cc").mid)
    edge, notch = length - 76, length - 64
    scallops = f"M{edge} -15Q{notch} -10 {edge} -5Q{notch + 2} 0 {edge} 5Q{notch} 10 {edge} 15"
    sheet.flat(f"{scallops}L{length} 0Z", _CEDAR)
    sheet.flat(f"M{length - 70} 5Q{length - 64} 10 {length - 76} 15L{length} 0Z", shifted(_CEDAR, -0.07))
    sheet.flat(f"M{length - 20} -4L{length} 0L{length - 20} 4Z", INK)
    sheet.line("M40 -1H120", tones("#e9d9ae").mid, 4)
    sheet.line("M132 -1H150", tones("#e9d9ae").mid, 4)


def box_of_twelve(sheet: Sheet, color: str) -> None:
    """Slid open, from above; one pencil lies beside it."""
    kraft = tones("#b99b74")
    with sheet.group("rotate(-14 400 500)"):
        tray = box(96, 240, 640, 424, 10)
        sheet.cast(tray, 14, 18)
        sheet.solid(tray, kraft, shade=10, light=9)
        sheet.flat(box(114, 256, 604, 392, 4), kraft.deep)
        for row in range(12):
            with sheet.group(f"translate(124 {276 + row * 31.6:.1f})"):
                pencil(sheet, color if row % 3 != 1 else shifted(color, 0.05), 584)
        lid = box(40, 226, 250, 452, 8)
        sheet.cast(lid, 9, 6, opacity=0.24)
        sheet.solid(lid, tones(color), shade=10, light=10)
        plate = box(84, 330, 160, 240, 4)
        sheet.flat(plate, PAPER)
        sheet.line("M106 372H220", INK, 11)
        sheet.line("M106 404H180", INK, 6)
        sheet.line("M106 520C120 500 134 536 148 520S176 500 190 520S212 530 220 522", tones(color).mid, 6)
    with sheet.group("translate(150 840) rotate(-4)"):
        sheet.flat(box(6, 2, 530, 26, 8), SHADE, opacity=0.2)
        pencil(sheet, color, 560)


def _sharpener(sheet: Sheet, x: float, y: float, turn: float) -> None:
    brass = tones(BRASS)
    with sheet.group(f"translate({x} {y}) rotate({turn})"):
        sheet.flat(box(-30, -24, 84, 66, 8), SHADE, opacity=0.2)
        sheet.solid(box(-40, -34, 84, 66, 8), brass, shade=9, light=7)
        sheet.flat(box(-34, -20, 72, 26, 3), "#c8cdd0")
        sheet.flat(oval(0, -7, 7, 7), tones("#8d949a").dark)


def scene(sheet: Sheet, color: str) -> None:
    """Drawing the cup before it is empty."""
    table_top(sheet, "#c9a06c")
    with sheet.group("rotate(5 340 560)"):
        page = box(80, 300, 500, 640, 6)
        sheet.cast(page, 12, 16)
        sheet.flat(page, "#fbf7ee")
        sheet.flat(box(80, 300, 500, 40, 6), tones(color).mid)
        for x in range(100, 570, 26):
            sheet.flat(oval(x, 320, 5, 5), "#fbf7ee")
        pale = shifted(_GRAPHITE, 0.12)
        sheet.line("M190 520V700C190 760 226 790 290 790S390 760 390 700V520", pale, 5)
        sheet.line(oval(290, 520, 100, 26), pale, 5)
        sheet.line("M390 560C470 548 480 690 384 700M390 592C436 584 444 664 386 670", pale, 5)
        for step in range(9):
            sheet.line(f"M{330 + step * 7} {560 + step * 5}L{300 + step * 9} {770 - step * 9}", pale, 3, opacity=0.6)
        sheet.line(curve([(200, 800), (300, 826), (440, 808), (520, 816)]), pale, 4, opacity=0.7)
        for step in range(7):
            sheet.line(f"M{400 + step * 16} 800l30 14", pale, 3, opacity=0.5)
    cup(sheet, 610, 200, 104, OCHRE)
    with sheet.group("translate(796 470) rotate(142)"):
        sheet.flat(box(-6, -26, 500, 24, 8), SHADE, opacity=0.2)
        pencil(sheet, color, 540)
    with sheet.group("translate(60 130) rotate(16)"):
        sheet.flat(box(8, 8, 340, 26, 8), SHADE, opacity=0.2)
        pencil(sheet, color, 390)
    _sharpener(sheet, 690, 830, -18)
    for x, y, turn in ((640, 910, 10), (730, 920, 80), (600, 960, -30)):
        with sheet.group(f"translate({x} {y}) rotate({turn})"):
            sheet.flat("M-26 0A26 26 0 0 1 26 0L18 6A20 20 0 0 0 -18 6Z", _CEDAR)
            sheet.line("M-26 0A26 26 0 0 1 26 0", tones(color).mid, 4)
