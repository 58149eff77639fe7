"""Wood: its grain, a table of it seen from above, a rail of it with pegs."""

from app.seed.drawings.shades import SHADE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval


def grain(sheet: Sheet, within: str, color: str, area: tuple[float, float, float, float]) -> None:
    """Years of wood, upright, with one flame in the middle."""
    wood = tones(color)
    left, top, width, height = area
    for share, bend, thick in ((0.08, 9, 4), (0.2, -8, 3), (0.32, 10, 6), (0.64, -9, 4), (0.76, 10, 3), (0.9, -8, 5)):
        x = left + width * share
        points = [
            (x, top - 20),
            (x + bend, top + height * 0.36),
            (x - bend, top + height * 0.7),
            (x, top + height + 20),
        ]
        sheet.line(curve(points), wood.dark, thick, opacity=0.5, within=within)
    cx, cy = left + width * 0.48, top + height * 0.5
    for half, tall in ((14, 70), (34, 120), (52, 170)):
        flame = f"M{cx} {cy - tall}C{cx - half} {cy - tall / 2} {cx - half} {cy + tall / 2} {cx} {cy + tall}"
        sheet.line(
            f"{flame}C{cx + half} {cy + tall / 2} {cx + half} {cy - tall / 2} {cx} {cy - tall}",
            wood.dark,
            3.4,
            opacity=0.5,
            within=within,
        )


def table_top(sheet: Sheet, color: str) -> None:
    """Three boards of a table from above, the day falling across them."""
    wood = tones(shifted(color, 0.035, chroma=0.8))
    sheet.flat(box(0, 0, 800, 1000), wood.mid)
    for top, tone in ((0, wood.light), (640, wood.light)):
        sheet.flat(box(0, top, 800, 330 if top == 0 else 360), tone, opacity=0.5)
    for y, bend in ((70, 8), (150, -6), (236, 9), (410, 10), (490, -8), (574, 5), (720, 8), (800, -8), (912, 7)):
        sheet.line(curve([(-20, y), (260, y + bend), (540, y - bend), (830, y)]), wood.dark, 3, opacity=0.4)
    for y in (330, 640):
        sheet.line(f"M0 {y}H800", wood.deep, 3, opacity=0.55)
    sheet.flat("M-40 0H300L20 1000H-60Z", "#fffaf0", opacity=0.16)
    sheet.flat("M372 0H520L240 1000H92Z", "#fffaf0", opacity=0.1)


def peg_rail(sheet: Sheet, color: str, left: float, y: float, right: float, pegs: int) -> list[float]:
    """The rail with its upper edge at y; returns where the pegs are."""
    wood = tones(color)
    board = box(left, y, right - left, 76, 8)
    sheet.cast(board, 10, 18, opacity=0.15)
    sheet.solid(board, wood, shade=10, light=8, drop=6)
    for at, bend in ((18, 3), (36, -3), (56, 3)):
        line = curve([(left, y + at), (left + (right - left) * 0.4, y + at + bend), (right, y + at - bend)])
        sheet.line(line, wood.dark, 2.6, opacity=0.5, within=board)
    step = (right - left) / pegs
    places = [left + step * (place + 0.5) for place in range(pegs)]
    for x in places:
        sheet.flat(oval(x + 12, y + 58, 24, 24), SHADE, opacity=0.22, within=board)
        sheet.solid(oval(x, y + 40, 23, 23), wood, shade=8, light=7)
        sheet.flat(oval(x - 2, y + 37, 13, 13), wood.light)
    return places
