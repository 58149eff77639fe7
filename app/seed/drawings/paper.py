"""What is printed: books that stand or lie open, maps, and what is drawn on their pages."""

from app.seed.drawings.shades import INK, PAPER, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval, polygon

FOIL = "#e9d9ae"
_TEXT = shifted(INK, 0.25)


def volume(
    sheet: Sheet, color: str, *, left: float = 206, top: float = 236, width: float = 390, height: float = 602
) -> str:
    """A bound book standing, three quarters to us; returns its cover."""
    cloth, paper = tones(color), tones(PAPER)
    right, foot = left + width - 4, top + height - 8
    sheet.flat(polygon((right, top + 14), (right + 48, top - 10), (right + 48, foot - 30), (right, foot)), paper.dark)
    for share in (0.2, 0.4, 0.6, 0.8):
        x = right + 48 * share
        sheet.line(f"M{x} {top + 14 - 24 * share}V{foot - 30 * share}", paper.deep, 1.6)
    sheet.flat(
        polygon((left + 16, top), (left + 64, top - 22), (right + 56, top - 22), (right + 4, top + 4)), paper.light
    )
    cover = box(left, top, width, height, 8)
    sheet.solid(cover, cloth, shade=10, light=0)
    sheet.flat(box(left, top, 40, height), cloth.dark, within=cover)
    sheet.line(f"M{left + 42} {top + 2}V{top + height - 2}", cloth.deep, 3)
    return cover


def title(sheet: Sheet, cx: float, y: float, *halves: float, color: str = FOIL) -> None:
    """Lines of lettering, as bars, each so wide to both sides; the first is the title."""
    for step, half in enumerate(halves):
        sheet.line(f"M{cx - half} {y + step * 32}H{cx + half}", color, 11 if step == 0 else 7)


def spread(sheet: Sheet, color: str) -> None:
    """A book lying open, from above: pages from 62 to 742 and from 222 to 776, parted at 402."""
    cloth, paper = tones(color), tones(PAPER)
    sheet.flat(box(56, 232, 720, 570, 16), "#3a2f26", opacity=0.18)
    sheet.flat(box(42, 214, 720, 568, 12), cloth.mid)
    sheet.flat(box(54, 224, 696, 548, 8), paper.dark)
    sheet.flat("M62 222H388Q402 222 402 236V776Q402 764 388 764H62Z", paper.mid)
    sheet.flat("M402 236Q402 222 416 222H742V764H416Q402 764 402 776Z", paper.light)


def gutter(sheet: Sheet, color: str, *, ribbon: bool = True) -> None:
    """Where the pages go down into the binding, over what is printed on them."""
    cloth, paper = tones(color), tones(PAPER)
    sheet.flat("M372 222H388Q402 222 402 236V776Q402 764 388 764H372Z", paper.deep, opacity=0.22)
    sheet.flat("M402 236Q402 222 416 222H426V764H416Q402 764 402 776Z", paper.deep, opacity=0.16)
    if ribbon:
        sheet.flat("M392 214H410V858L401 846L392 858Z", cloth.dark)


def words(sheet: Sheet, x: float, y: float, width: float, rows: int, *, step: float = 26, thick: float = 4) -> None:
    """A paragraph, as lines with a ragged right edge."""
    for row in range(rows):
        ragged = width - (row * 53) % (width * 0.2)
        sheet.line(f"M{x} {y + row * step}h{ragged:.0f}", _TEXT, thick, opacity=0.6)


def terrain(sheet: Sheet, color: str) -> None:
    """A walking map, 0 to 600 by 0 to 800: heights, woods, a river, paths; `color` is that of the marked way."""
    sheet.flat(box(0, 0, 600, 800), "#e7e6cf")
    sheet.flat("M0 470Q90 420 170 480T330 500Q300 640 180 660T0 640Z", "#cbd6ae")
    sheet.flat("M430 0H600V240Q520 280 460 210T430 0Z", "#cbd6ae")
    sheet.flat("M360 620Q450 580 520 640T600 660V800H330Z", "#d7dfbd")
    for cx, cy, wide, tall, rings in ((190, 210, 180, 150, 6), (470, 430, 150, 130, 5), (60, 720, 120, 90, 3)):
        for ring in range(rings):
            share = 1 - ring / (rings + 0.6)
            points = [
                (cx + wide * share * x + ring * 6, cy + tall * share * y - ring * 5)
                for x, y in ((-1, 0.1), (-0.62, -0.72), (0.12, -1), (0.8, -0.6), (1.04, 0.14), (0.5, 0.84), (-0.4, 0.9))
            ]
            sheet.line(curve([*points, points[0]]), "#b39a6a", 3 if ring % 3 == 0 else 1.7, opacity=0.75)
    sheet.line(curve([(-10, 380), (110, 392), (200, 360), (300, 400), (330, 520), (300, 640), (380, 740), (360, 810)]),
               "#86aec4", 15)  # fmt: skip
    sheet.line(curve([(610, 300), (520, 310), (420, 290), (330, 330), (300, 400)]), "#86aec4", 8)
    sheet.line(curve([(-10, 560), (130, 560), (240, 590), (420, 560), (610, 590)]), "#f8f3e2", 11)
    sheet.line(curve([(-10, 560), (130, 560), (240, 590), (420, 560), (610, 590)]), "#c2ab7c", 2)
    sheet.line(curve([(70, 800), (96, 690), (80, 600), (130, 480), (110, 340), (190, 210), (300, 240), (410, 180),
                      (480, 60), (470, -10)]), color, 6, dash="16 11")  # fmt: skip
    for x, y in ((190, 210), (470, 430)):
        sheet.flat(f"M{x} {y - 13}l12 21h-24Z", "#7a5a3a")
    for x, y in ((130, 480), (410, 180), (96, 690)):
        sheet.flat(oval(x, y, 9, 9), color)
        sheet.flat(oval(x, y, 4, 4), "#f8f3e2")
    for x in (150, 300, 450):
        sheet.line(f"M{x} 0V800", "#7f9fb0", 1, opacity=0.5)
    for y in (160, 320, 480, 640):
        sheet.line(f"M0 {y}H600", "#7f9fb0", 1, opacity=0.5)


def creased(sheet: Sheet, columns: int, rows: int) -> None:
    """The folds of a map of 600 by 800: every other panel a little in the shade."""
    wide, high = 600 / columns, 800 / rows
    for column in range(columns):
        for row in range(rows):
            if (column + row) % 2:
                sheet.flat(box(column * wide, row * high, wide, high), "#3a2f26", opacity=0.07)
    for column in range(1, columns):
        sheet.line(f"M{column * wide} 0V800", "#ffffff", 2.5, opacity=0.7)
    for row in range(1, rows):
        sheet.line(f"M0 {row * high}H600", "#ffffff", 2.5, opacity=0.7)
