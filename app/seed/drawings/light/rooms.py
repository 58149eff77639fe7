"""The lamps lit, in the rooms they are for."""

from app.seed.drawings import table
from app.seed.drawings.furniture import armchair
from app.seed.drawings.kitchen import mug
from app.seed.drawings.light.candles import candles
from app.seed.drawings.light.lamps import GLOWING, desk_lamp, pendant_lamp, table_lamp
from app.seed.drawings.settings import evening, lying_books, picture, place, standing_books, valley
from app.seed.drawings.shades import CHALK, FOREST, INK_BLUE, OCHRE, PAPER, RUST, SKY, STONE, shifted, tones
from app.seed.drawings.sheet import Sheet, box, oval, polygon
from app.seed.drawings.stoneware import plates_stacked

DUSK = "#3f4c66"
OAK_BY_NIGHT = "#77563c"


def _night_window(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    """The valley under the first stars."""
    frame = tones("#55617a")
    sheet.flat(box(x - 20, y - 20, width + 40, height + 40, 4), frame.mid)
    pane = box(x, y, width, height)
    with sheet.inside(pane):
        valley(sheet, x - 60, y + 20, x + width + 60, y + height + 60)
        sheet.flat(pane, "#1d2a4a", opacity=0.78)
        stars = ((0.2, 0.14), (0.36, 0.3), (0.62, 0.1), (0.8, 0.24), (0.52, 0.22), (0.12, 0.34), (0.9, 0.08))
        sheet.flat("".join(oval(x + width * a, y + height * b, 2.6, 2.6) for a, b in stars), "#fdf3d8")
        sheet.flat(oval(x + width * 0.74, y + height * 0.2, 22, 22), "#f3e6c2")
        sheet.flat(oval(x + width * 0.74 + 10, y + height * 0.2 - 5, 20, 20), "#2a3858")
    sheet.flat(box(x + width / 2 - 7, y, 14, height), frame.mid)
    sheet.flat(box(x, y + height * 0.5, width, 12), frame.mid)
    sheet.flat(box(x - 34, y + height + 20, width + 68, 22, 4), frame.light)


def desk_lamp_scene(sheet: Sheet, color: str) -> None:
    """On a desk by night, over an open book."""
    evening(sheet, DUSK, OAK_BY_NIGHT, horizon=760)
    _night_window(sheet, 430, 90, 290, 360)
    sheet.glow(290, 780, 380, 300)
    sheet.glow(250, 870, 320, 70)
    standing_books(sheet, 640, 800, 190, (RUST, OCHRE, FOREST))
    place(sheet, desk_lamp, color, 420, 868, 1.06)
    paper = tones(PAPER)
    sheet.flat(polygon((90, 900), (262, 880), (262, 950), (60, 962)), paper.light)
    sheet.flat(polygon((262, 880), (430, 900), (466, 962), (262, 950)), paper.mid)
    for step in range(5):
        y = 902 + step * 11
        sheet.line(f"M{96 - step * 6} {y + 5}L244 {y - 6}M282 {y - 6}L{424 + step * 7} {y + 5}", paper.deep, 2.4)
    place(sheet, mug, SKY, 610, 936, 0.4)


def table_lamp_scene(sheet: Sheet, color: str) -> None:
    """Beside an armchair, at the hour for reading."""
    evening(sheet, "#4a4f63", "#6a4d38", horizon=740)
    picture(sheet, 120, 120, 170, 210, "#7d97a6")
    sheet.glow(600, 430, 420, 400)
    with sheet.group("translate(280 930) scale(.92) translate(-400 -880)"):
        armchair(sheet, "#6d4a3c")
    wood = tones(shifted(OAK_BY_NIGHT, 0.06))
    for x in (496, 716):
        sheet.solid(box(x, 700, 18, 220), wood, shade=6, light=5)
    sheet.solid(box(470, 678, 290, 28, 6), wood, shade=9, light=8)
    place(sheet, table_lamp, color, 618, 682, 0.72)
    lying_books(sheet, 524, 680, 110, (INK_BLUE, OCHRE))


def pendant_scene(sheet: Sheet, color: str) -> None:
    """Over a laid table."""
    evening(sheet, "#46506a", "#6a4d38", horizon=800)
    sheet.glow(400, 520, 420, 420)
    with sheet.group("translate(80 -60) scale(.8)"):
        pendant_lamp(sheet, color)
    sheet.flat(polygon((192, 352), (608, 352), (770, 700), (30, 700)), GLOWING, opacity=0.16)
    wood = tones(shifted(OAK_BY_NIGHT, 0.13))
    sheet.flat(oval(400, 700, 350, 52), wood.dark)
    sheet.flat(oval(400, 692, 350, 52), wood.light)
    sheet.glow(400, 692, 330, 50)
    sheet.turned(400, [[(742, 40), (860, 34), (930, 40)]], wood, tilt=0.12)
    sheet.turned(400, [[(926, 90), (950, 150)]], wood, tilt=0.14)
    plates_stacked(sheet, 220, 708, 92, CHALK, 2)
    plates_stacked(sheet, 580, 708, 92, CHALK, 2)
    table.tumbler(sheet, SKY, 318, 726, 0.34)
    table.tumbler(sheet, SKY, 486, 726, 0.34)
    place(sheet, table.pitcher, STONE, 400, 696, 0.36)


def candles_scene(sheet: Sheet, color: str) -> None:
    """On the window sill of a winter evening."""
    evening(sheet, DUSK, "#5c4a40", horizon=820)
    _night_window(sheet, 200, 90, 400, 560)
    sheet.flat(box(110, 730, 580, 34, 4), "#7a859c")
    sheet.flat(box(110, 758, 580, 10), "#55617a")
    sheet.glow(400, 520, 380, 360)
    place(sheet, candles, color, 400, 734, 0.82)
    lying_books(sheet, 610, 732, 130, (RUST, FOREST))
