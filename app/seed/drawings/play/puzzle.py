"""A jigsaw puzzle of a river delta seen from the air."""

from random import Random

from app.seed.drawings.settings import cup, sprig
from app.seed.drawings.shades import OCHRE, SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval
from app.seed.drawings.views import OWN, SURFACE, Drawing, View

_SIDE, _COLUMNS, _ROWS = 50.0, 10, 8


def _tab(x: float, y: float, along: tuple[float, float], bulge: int) -> str:
    """One edge of a piece from x, y: half a side, a knob to the left or right of the way, half a side."""
    dx, dy = along
    nx, ny = -dy * bulge, dx * bulge

    def at(share: float, out: float) -> str:
        return f"{x + dx * share + nx * out:.0f} {y + dy * share + ny * out:.0f}"

    if not bulge:
        return f"L{at(1, 0)}"
    return (
        f"C{at(0.2, -0.03)} {at(0.36, -0.06)} {at(0.41, 0.03)}C{at(0.44, 0.1)} {at(0.27, 0.25)} {at(0.5, 0.26)}"
        f"C{at(0.73, 0.25)} {at(0.56, 0.1)} {at(0.59, 0.03)}C{at(0.64, -0.06)} {at(0.8, -0.03)} {at(1, 0)}"
    )


def _bulge(column: int, row: int, upright: bool) -> int:
    return 1 if Random(column * 31 + row * 17 + (7 if upright else 0)).random() < 0.5 else -1


def piece(column: int, row: int) -> str:
    """The outline of one piece of a puzzle, in its place."""
    side = _SIDE
    x, y = column * side, row * side
    top = _bulge(column, row, False) if row else 0
    bottom = _bulge(column, row + 1, False) if row < _ROWS - 1 else 0
    left = _bulge(column, row, True) if column else 0
    right = _bulge(column + 1, row, True) if column < _COLUMNS - 1 else 0
    return (
        f"M{x} {y}{_tab(x, y, (side, 0), top)}{_tab(x + side, y, (0, side), right)}"
        f"{_tab(x + side, y + side, (-side, 0), -bottom)}{_tab(x, y + side, (0, -side), -left)}Z"
    )


def delta(sheet: Sheet, color: str) -> None:
    """The picture, 0 to 500 by 0 to 400: a river that parts before the sea."""
    sheet.flat(box(-20, -20, 540, 440), "#b9c49a")
    sheet.flat("M-20 250Q120 210 240 250T520 230V420H-20Z", shifted("#b9c49a", -0.05))
    sheet.flat("M300 -20H520V150Q420 170 360 110T300 -20Z", "#d7c08a")
    sheet.flat("M-20 60Q60 40 110 90T60 190L-20 180Z", "#9fb07e")
    sea = "M-20 330Q60 300 130 340T280 330T420 350T520 320V420H-20Z"
    water = color
    sheet.line(curve([(260, -20), (230, 50), (286, 100), (240, 170)]), water, 25)
    for points, width in (
        ([(240, 165), (170, 210), (150, 270), (80, 350)], 17),
        ([(240, 165), (250, 230), (220, 290), (240, 360)], 19),
        ([(240, 165), (320, 210), (330, 270), (410, 360)], 16),
        ([(160, 240), (100, 250), (40, 290), (20, 340)], 9),
        ([(325, 240), (400, 250), (450, 300), (490, 350)], 9),
        ([(232, 270), (290, 290), (310, 350)], 9),
    ):
        sheet.line(curve(points), water, width)
    sheet.flat(sea, water)
    sheet.line("M-20 362Q60 332 130 372T280 362T420 382T520 352", shifted(water, 0.12), 5)
    sheet.flat("M86 352Q110 336 140 352Q110 364 86 352ZM330 366Q350 352 376 364Q350 376 330 366Z", "#d7c08a")
    for x, y in ((40, 110), (66, 130), (92, 108), (400, 190), (430, 206), (344, 40), (180, 60), (196, 82)):
        sheet.flat(oval(x, y, 9, 9), "#6d8a67")
        sheet.flat(oval(x - 2, y - 2, 6, 6), "#86a06a")
    sheet.flat(oval(424, 66, 26, 26), "#e9dcae", opacity=0.8)


def _joined(sheet: Sheet, color: str, cells: list[tuple[int, int]]) -> None:
    """Those pieces where they belong, with their seams."""
    outlines = [piece(column, row) for column, row in cells]
    whole = "".join(outlines)
    sheet.cast(whole, 4, 5, opacity=0.22)
    with sheet.inside(whole):
        delta(sheet, color)
    sheet.line(whole, SHADE, 1.3, opacity=0.5)


def _loose(sheet: Sheet, color: str, cell: tuple[int, int], x: float, y: float, turn: float) -> None:
    """One piece that is not in its place yet; its middle at x, y."""
    column, row = cell
    middle = (column + 0.5) * _SIDE, (row + 0.5) * _SIDE
    with sheet.group(f"translate({x} {y}) rotate({turn}) translate({-middle[0]} {-middle[1]})"):
        outline = piece(column, row)
        sheet.cast(outline, 4, 5, opacity=0.24)
        with sheet.inside(outline):
            delta(sheet, color)
        sheet.line(outline, SHADE, 1.4, opacity=0.4)


def puzzle(sheet: Sheet, color: str) -> None:
    """The box, standing, and some pieces before it."""
    card = tones(shifted(color, -0.02))
    sheet.shadow(410, 812, 290, depth=0.08, reach=0.35)
    sheet.flat("M640 262L704 240V790L640 816Z", card.dark)
    sheet.flat("M112 262L170 240H704L640 262Z", card.light)
    cover = box(112, 262, 528, 554, 4)
    sheet.flat(cover, card.mid)
    sheet.flat(box(136, 352, 480, 384), "#f4eee0")
    with sheet.inside(box(144, 360, 464, 368)), sheet.group("translate(144 360) scale(.93)"):
        delta(sheet, color)
        seams = "".join(piece(column, row) for column in range(0, 10, 2) for row in range(8))
        sheet.line(seams, "#ffffff", 1.3, opacity=0.55)
    sheet.line("M200 300H470", "#f4eee0", 17)
    sheet.line("M200 330H350", "#f4eee0", 7, opacity=0.8)
    sheet.line("M136 776H330", "#f4eee0", 7, opacity=0.8)
    sheet.flat(box(520, 756, 96, 40, 20), "#f4eee0")
    sheet.line("M542 776H594", card.mid, 9)
    for cell, x, y, turn in (((4, 3), 250, 872, 18), ((5, 6), 350, 906, -30), ((2, 1), 590, 880, 44)):
        with sheet.group(f"translate({x} {y}) scale(1.3 .82) translate({-x} {-y})"):
            _loose(sheet, color, cell, x, y, turn)


def puzzle_detail(sheet: Sheet, color: str) -> None:
    """Half done, from very near."""
    with sheet.group("translate(-60 40) rotate(-6 400 500) scale(2.7)"):
        cells = [(column, row) for column in range(6) for row in range(7) if column + row < 9]
        cells.remove((3, 3))
        _joined(sheet, color, cells)
        for cell, x, y, turn in (((3, 3), 238, 262, 24), ((6, 5), 130, 330, -50), ((7, 2), 290, 130, 130)):
            _loose(sheet, color, cell, x, y, turn)


def puzzle_scene(sheet: Sheet, color: str) -> None:
    """A wet afternoon: the table from above, the edge laid and the river begun."""
    wood = tones("#c9a06c")
    sheet.flat(box(0, 0, 800, 1000), wood.mid)
    for x in (160, 330, 500, 670):
        sheet.line(f"M{x} -10V1010", wood.dark, 4)
    for x, bend in ((70, 14), (240, -12), (420, 10), (590, -14), (740, 12)):
        sheet.line(curve([(x, -10), (x + bend, 340), (x - bend, 660), (x, 1010)]), wood.dark, 3, opacity=0.5)
    sheet.flat("M-10 -10H300L120 1010H-10Z", "#fff8e6", opacity=0.25)
    cells = [
        (column, row)
        for column in range(10)
        for row in range(8)
        if column in (0, 9) or row in (0, 7) or (3 <= column <= 6 and row < 4) or (column < 4 and row > 5)
    ]
    with sheet.group("translate(110 300) rotate(-4) scale(1.16)"):
        _joined(sheet, color, cells)
    loose = (
        ((2, 3), 150, 850, 20), ((7, 3), 262, 900, -70), ((5, 5), 386, 838, 130), ((8, 2), 480, 916, 44),
        ((1, 4), 590, 850, -24), ((6, 6), 690, 912, 160), ((4, 4), 400, 602, 34), ((7, 5), 560, 560, -18),
        ((2, 2), 232, 480, -40),
    )  # fmt: skip
    for cell, x, y, turn in loose:
        with sheet.group(f"translate({x} {y}) scale(1.16)"):
            _loose(sheet, color, cell, 0, 0, turn)
    cup(sheet, 640, 140, 92, OCHRE)
    with sheet.group("rotate(8 180 120)"):
        lid = box(-60, -90, 420, 300, 6)
        sheet.cast(lid, 12, 14)
        sheet.flat(lid, tones(color).dark)
        sheet.flat(box(-46, -76, 392, 272, 3), "#f4eee0")
        with sheet.inside(box(-38, -68, 376, 256)), sheet.group("translate(-38 -68) scale(.76 .66)"):
            delta(sheet, color)
    sprig(sheet, 470, 220, 130, 24)


DRAWINGS = {"puzzle": Drawing(View(puzzle), View(puzzle_detail, SURFACE), View(puzzle_scene, OWN))}
