"""A rail with pegs."""

from app.seed.drawings.bath.washing import brush_upright
from app.seed.drawings.cloth import hung
from app.seed.drawings.settings import painted_wall
from app.seed.drawings.shades import LEATHER, MAPLE, tones
from app.seed.drawings.sheet import Sheet, curve
from app.seed.drawings.wood import peg_rail


def pegs(sheet: Sheet, color: str) -> None:
    """On the wall, a linen bag on one peg."""
    places = peg_rail(sheet, color, 90, 380, 710, 5)
    linen_bag(sheet, places[3], 424)


def linen_bag(sheet: Sheet, x: float, y: float) -> None:
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
    places = peg_rail(sheet, color, 40, 210, 760, 5)
    hung(sheet, places[0] + 4, 250, 170, 740, "#e7dcc6")
    with sheet.group(f"translate({places[1] + 14} 252) scale(.5) translate(-400 -50)"):
        brush_upright(sheet, MAPLE)
    linen_bag(sheet, places[3] - 20, 254)
