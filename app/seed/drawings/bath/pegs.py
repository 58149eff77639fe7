"""A rail with pegs."""

from app.seed.drawings.bath.washing import brush_upright
from app.seed.drawings.cloth import hung
from app.seed.drawings.settings import painted_wall
from app.seed.drawings.shades import LEATHER, MAPLE, tones
from app.seed.drawings.sheet import Sheet, box, curve, oval


def _rail(sheet: Sheet, color: str, left: float, y: float, right: float, pegs: int) -> list[float]:
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
        sheet.flat(oval(x + 12, y + 58, 24, 24), "#3a2f26", opacity=0.22, within=board)
        sheet.solid(oval(x, y + 40, 23, 23), wood, shade=8, light=7)
        sheet.flat(oval(x - 2, y + 37, 13, 13), wood.light)
    return places


def pegs(sheet: Sheet, color: str) -> None:
    """On the wall, a linen bag on one peg."""
    places = _rail(sheet, color, 90, 380, 710, 5)
    _bag(sheet, places[3], 424)


def _bag(sheet: Sheet, x: float, y: float) -> None:
    """A bag of linen hung up by its cord."""
    linen = tones("#e0d3b8")
    sheet.line(f"M{x} {y - 8}L{x - 46} {y + 120}M{x} {y - 8}L{x + 46} {y + 120}", tones(LEATHER).dark, 6)
    d = f"M{x - 70} {y + 112}Q{x} {y + 128} {x + 70} {y + 112}L{x + 92} {y + 330}Q{x} {y + 352} {x - 92} {y + 330}Z"
    sheet.cast(d, 16, 12, opacity=0.13)
    sheet.solid(d, linen, shade=24, light=10)
    for lean in (-26, 4, 30):
        fold = curve([(x + lean, y + 118), (x + lean * 1.2, y + 200), (x + lean * 1.1, y + 290)])
        sheet.line(fold, linen.dark, 6, opacity=0.6, within=d)
    sheet.line(f"M{x - 68} {y + 134}Q{x} {y + 150} {x + 68} {y + 134}", linen.deep, 2.4, dash="9 7")


def pegs_scene(sheet: Sheet, color: str) -> None:
    """Hung with what the day needs."""
    painted_wall(sheet, "#b8c4bd", "#d9cbb2", horizon=900)
    places = _rail(sheet, color, 40, 210, 760, 5)
    hung(sheet, places[0] + 4, 250, 170, 740, "#e7dcc6")
    with sheet.group(f"translate({places[1] + 14} 252) scale(.5) translate(-400 -50)"):
        brush_upright(sheet, MAPLE)
    _bag(sheet, places[3] - 20, 254)
